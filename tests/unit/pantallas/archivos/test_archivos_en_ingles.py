"""«Calcular con mis archivos» in English: what is found in the files, and the working paper, follow the language."""

from base64 import b64decode
from dataclasses import replace
from html import unescape
from io import BytesIO

import openpyxl
import pytest
from test_calcular import RFC, Filer

import cfdi
import data_stage
from aduana import Rarezas
from aduana_azar import make_libro
from documentos import papel_de_trabajo
from facturas import make_cartera
from idiomas import EN, ES
from ingles import spanish_in
from pantallas.archivos import papel


def in_language(filer, idioma):
    filer.state = replace(filer.state, idioma=idioma)
    return filer


def paper(filer):
    filer.do("archivos.papel")
    return openpyxl.load_workbook(BytesIO(b64decode(filer.effect("descargar")["base64"])))


def texts(workbook):
    return {cell for sheet in workbook for row in sheet.iter_rows(values_only=True) for cell in row}


def test_the_paper_has_the_same_amounts_under_english_headings():
    libro, cartera = make_libro(3, RFC, 2023, 60), make_cartera(3, RFC, 2023, 40)
    filer = Filer().drop("data-stage", data_stage.files(libro)).drop("facturas", cfdi.files(cartera))
    spanish, english = paper(filer), paper(in_language(filer, EN))
    assert english.sheetnames == [
        *("Summary", "By month and code", "Customs entries", "Rectifications", "Invoices", "Files", "Rules"),
    ]
    assert {"Commercial value (pesos)", "January", "Export", "Yes", "Sales according to invoices (pesos)"} <= texts(
        english
    )
    assert not texts(english) & {"Operación", "Exportación", "enero", "Sí", "De otro año", "firme", "por confirmar"}
    for ours, theirs in zip(spanish, english, strict=True):
        numbers = [
            [[c for c in row if isinstance(c, int | float)] for row in sheet.iter_rows(values_only=True)]
            for sheet in (ours, theirs)
        ]
        assert numbers[0] == numbers[1]


def test_a_paper_goes_on_in_the_language_in_which_it_was_begun(monkeypatch):
    filer = in_language(Filer().drop("data-stage", data_stage.files(make_libro(2, RFC, 2023, 60))), EN)
    monkeypatch.setattr(papel, "RATO", -1)
    monkeypatch.setattr(papel_de_trabajo, "PASO", 5)
    do, steps = filer.do, []

    def switched(name, **event):
        if name == "archivos.papel-seguir":
            steps.append(in_language(filer, ES))
        return do(name, **event)

    monkeypatch.setattr(filer, "do", switched)
    workbook = paper(filer)
    assert steps and "Summary" in workbook.sheetnames and "Rules" in workbook.sheetnames
    assert not texts(workbook) & {"Operación", "Exportación", "Sí", "Regla"}


def test_a_file_not_understood_and_a_missing_month_are_told_anew_in_another_language():
    libro = make_libro(5, RFC, 2023, 60, Rarezas(meses_faltantes=(2,)))
    filer = Filer().drop("data-stage", [*data_stage.files(libro), ("x_501.asc", b"Cliente|Monto\nACME|12\n")])
    assert "febrero" in filer.html and "Códigos: aduana-sin-encabezados" in filer.html
    html = unescape(in_language(filer, EN).html)
    assert "Months of the reporting year are missing: February." in html
    assert "Codes: aduana-sin-encabezados" in html and "headings: Cliente | Monto" in html
    assert "febrero" not in html and "Códigos" not in html and "encabezados:" not in html


OTRA_EMPRESA = "MUÑOZ E HIJOS, S.A. DE C.V. (ÑAM010203AB1)"
DRAFTS = (
    {"ejercicio": "2023", "rfc": RFC, "programa-IMMEX": "si"},
    {"ejercicio": "2023", "rfc": RFC, "programa-PROSEC": "si", "consignacion": "si", "ventas": "10"},
)


@pytest.mark.parametrize("draft", DRAFTS, ids=["IMMEX", "PROSEC"])
@pytest.mark.parametrize("seed", range(3))
def test_what_was_read_used_and_taken_away_is_told_without_spanish(seed, draft):
    libro, cartera = make_libro(seed, RFC, 2023, 80), make_cartera(seed, RFC, 2023, 60)
    t = Filer(draft).do("idioma", idioma="en")
    t.drop("data-stage", [*data_stage.files(libro), ("x_501.asc", b"Client|Amount\nACME|12\n"), ("b.zip", b"PK\3\4x")])
    t.drop("facturas", [*cfdi.files(cartera), ("broken.xml", b"<a")])
    data = " ".join([OTRA_EMPRESA, *(name for name, _ in cfdi.files(cartera))])
    assert spanish_in(t.html, data) == set()
    t.do("archivos.usar")
    assert spanish_in(t.html, data) == set()
    t.do("ir", pantalla="datos")
    assert spanish_in(t.html, data) == set()
    t.do("ir", pantalla="archivos").do("archivos.quitar")
    assert spanish_in(t.html, data) == set()
