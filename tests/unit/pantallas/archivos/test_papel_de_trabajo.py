"""The working paper: read back with another library, it adds up to the book that the files were written from."""

from base64 import b64decode
from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest
from test_calcular import RFC, Filer

import cfdi
import data_stage
from aduana import CLAVES_DE_EXPORTACION, esperado
from aduana_azar import make_libro
from documentos import papel_de_trabajo
from facturas import make_cartera
from pantallas.archivos import papel


def rows(workbook, name):
    """Each row by its headings."""
    headings, *rest = workbook[name].iter_rows(values_only=True)
    return [dict(zip(headings, row, strict=True)) for row in rest]


def download(filer):
    filer.do("archivos.papel")
    effect = filer.effect("descargar")
    assert effect["nombre"] == f"RAOCE_papel_de_trabajo_2023_{RFC}.xlsx"
    return openpyxl.load_workbook(BytesIO(b64decode(effect["base64"])))


def close(found, pesos):
    """Excel keeps fifteen digits."""
    assert found == pytest.approx(float(pesos), rel=1e-12, abs=1e-6)


@pytest.mark.parametrize("semilla", range(4))
def test_every_peso_leads_back_to_a_pedimento(semilla):
    libro = make_libro(semilla, RFC, 2023, 60)
    workbook = download(Filer().drop("data-stage", data_stage.files(libro)))
    right = esperado(libro, CLAVES_DE_EXPORTACION)
    pedimentos = rows(workbook, "Pedimentos")
    for operacion, total in (("Exportación", right.exportaciones), ("Importación", right.importaciones)):
        counted = [r for r in pedimentos if r["Operación"] == operacion and r["Cuenta"] == "Sí"]
        close(sum(r["Valor comercial (pesos)"] for r in counted), total)
        by_month = [r for r in rows(workbook, "Por mes y clave") if r["Operación"] == operacion]
        close(sum(r["Pesos"] for r in by_month), total)
        assert sum(r["Pedimentos"] for r in by_month) == len(counted)
    out = [r for r in pedimentos if r["Cuenta"] == "No"]
    once = sum(n for motivo, n in right.excluidos.items() if motivo != "repetido")
    assert len(out) == once and all(r["Motivo"] and r["Regla"] for r in out)
    assert all(r["Rectifica a"] for r in rows(workbook, "Rectificaciones"))
    assert all(len(r["SHA-256"]) == 64 for r in rows(workbook, "Archivos"))
    assert {r["Regla"] for r in pedimentos} <= {r["Id"] for r in rows(workbook, "Reglas")}


def test_the_invoices_are_there_too_and_nothing_is_a_formula():
    cartera = make_cartera(3, RFC, 2023, 40)
    workbook = download(Filer().drop("facturas", cfdi.files(cartera)))
    assert "Pedimentos" not in workbook.sheetnames
    summary = {r["Concepto"]: r["Cantidad"] for r in rows(workbook, "Resumen")}
    counted = [r for r in rows(workbook, "Facturas") if r["Cuenta"] == "Sí"]
    signed = sum(Decimal(str(r["Pesos sin impuestos"])) * (-1 if r["Tipo"] == "E" else 1) for r in counted)
    close(float(signed), Decimal(str(summary["Ventas según facturas (pesos)"])))
    assert not any(cell.data_type == "f" for sheet in workbook for row in sheet.iter_rows() for cell in row)


def test_without_files_there_is_no_paper():
    filer = Filer().do("archivos.papel")
    assert not [e for e in filer.effects if e["tipo"] == "descargar"]


def test_while_it_is_written_it_says_so_and_can_be_cancelled(monkeypatch):
    libro = make_libro(2, RFC, 2023, 60)
    filer = Filer().drop("data-stage", data_stage.files(libro))
    monkeypatch.setattr(papel, "RATO", -1)
    monkeypatch.setattr(papel_de_trabajo, "PASO", 5)
    whole = download(filer)
    plain_do, seen = filer.do, []

    def watched(name, **event):
        if name == "archivos.papel-seguir" and len(seen) < 3:
            seen.append(filer.html)
            if len(seen) == 3:
                plain_do("archivos.papel-cancelar")
        return plain_do(name, **event)

    monkeypatch.setattr(filer, "do", watched)
    filer.do("archivos.papel")
    assert all("Preparando el papel de trabajo" in html and "Cancelar" in html for html in seen) and len(seen) == 3
    assert not [e for e in filer.effects if e["tipo"] == "descargar"]
    assert "Descargar papel de trabajo" in filer.html
    # And it can begin again, with all its rows.
    assert len(rows(download(filer), "Pedimentos")) == len(rows(whole, "Pedimentos"))
