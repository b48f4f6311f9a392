"""«Calcular con mis archivos» on the built site: files dropped, totals read, a key unticked, the amounts used."""

import re
from decimal import Decimal
from pathlib import Path

from playwright.sync_api import expect

import cfdi
import data_stage
import facturas
from accesibilidad import violations
from aduana import CLAVES_DE_EXPORTACION, Rarezas, esperado, in_thousands
from aduana_azar import make_libro
from facturas import RarezasCfdi, make_cartera
from raoce.base.formato import miles

RFC = "EKU9003173C9"
LIBRO = make_libro(1, RFC, 2023, 300, Rarezas(rectificados=0.1, ajenos=0.05, otro_anio=0.05, desistidos=0.05))
CARTERA = make_cartera(1, RFC, 2023, 120, RarezasCfdi(cancelados=0.1))


def payloads(files):
    return [{"name": n, "mimeType": "application/octet-stream", "buffer": b} for n, b in files]


def open_with_rfc(pagina, programas="IMMEX"):
    pagina.open(f"?pantalla=archivos&ejercicio=2023&programas={programas}")
    pagina.page.get_by_role("link", name="Escribir el RFC").click()
    pagina.type("RFC", RFC)
    pagina.go("Datos de reporte anual")
    pagina.page.get_by_role("link", name="Calcular con mis archivos").click()
    return pagina


def has_total(pagina, etiqueta, pesos):
    output = pagina.field(etiqueta)
    expect(output).to_have_attribute("data-pesos", f"{Decimal(pesos).quantize(Decimal(1), 'ROUND_HALF_UP')}")
    expect(output).to_have_text(miles(in_thousands(Decimal(pesos))))


def test_files_become_the_figures_of_the_report(pagina):
    open_with_rfc(pagina)
    pagina.field("Archivos del Data Stage").set_input_files(payloads(data_stage.files(LIBRO)))
    pagina.field("Facturas (CFDI)").set_input_files(payloads(cfdi.files(CARTERA)))
    right, sales = esperado(LIBRO), facturas.esperado(CARTERA)
    has_total(pagina, "Exportaciones según pedimentos", right.exportaciones)
    has_total(pagina, "Importaciones según pedimentos", right.importaciones)
    has_total(pagina, "Ventas según facturas", sales.facturado)
    has_total(pagina, "Exportaciones según facturas", sales.exportado)
    for motivo, cuantos in right.excluidos.items():
        expect(pagina.page.locator(f"[data-motivo={motivo}]")).to_have_attribute("data-cuantos", str(cuantos))
    pagina.field("V1").uncheck()
    has_total(pagina, "Exportaciones según pedimentos", esperado(LIBRO, CLAVES_DE_EXPORTACION - {"V1"}).exportaciones)
    pagina.field("Mercancías en consignación (valor agregado)").check()
    less = esperado(LIBRO, CLAVES_DE_EXPORTACION - {"V1"}, consignacion=True)
    has_total(pagina, "Exportaciones según pedimentos", less.exportaciones)
    pagina.press("Usar estas cantidades")
    expect(pagina.page.locator("#puestas")).to_be_focused()
    pagina.go("Datos de reporte anual")
    expect(pagina.field("Total exportaciones (b)")).to_have_value(miles(in_thousands(less.exportaciones)))
    expect(pagina.field("Ventas totales (a)")).to_have_value(miles(in_thousands(sales.facturado)))
    # They are still there, and can be taken back or put away.
    pagina.page.get_by_role("link", name="Calcular con mis archivos").click()
    pagina.press("Deshacer")
    pagina.press("Quitar los archivos")
    expect(pagina.field("Exportaciones según pedimentos")).to_have_count(0)
    pagina.go("Datos de reporte anual")
    expect(pagina.field("Ventas totales (a)")).to_have_value("")


def test_the_page_answers_while_files_are_read_and_stops_when_it_is_told(pagina, tmp_path):
    """Some 120,000 rows of 551: they take seconds."""
    large = make_libro(2, RFC, 2023, 1500, Rarezas(), partidas=(60, 100))
    paths = [Path(p) for p in data_stage.write(large, tmp_path)]
    open_with_rfc(pagina)
    pagina.page.evaluate(
        """() => {
            const seen = (window.seen = new Set());
            new MutationObserver(() => {
                const text = document.querySelector('#leyendo p')?.textContent;
                if (text) seen.add(text);
            }).observe(document.getElementById('app'), { subtree: true, childList: true, characterData: true });
        }"""
    )
    pagina.field("Archivos del Data Stage").set_input_files(paths)
    expect(pagina.page.locator("#leyendo")).to_be_visible()
    pagina.press("Cancelar")
    expect(pagina.page.locator("#leyendo")).to_have_count(0)
    expect(pagina.page.locator("#avisos")).to_contain_text("canceló")
    pagina.field("Archivos del Data Stage").set_input_files(paths)
    expect(pagina.page.locator("#leyendo")).to_be_visible()
    pagina.go("Solicitante")
    pagina.type("Denominación o razón social", "Ensambles")
    pagina.go("Datos de reporte anual")
    pagina.page.get_by_role("link", name="Calcular con mis archivos").click()
    expect(pagina.field("Exportaciones según pedimentos")).to_be_visible(timeout=60_000)
    has_total(pagina, "Exportaciones según pedimentos", esperado(large).exportaciones)
    assert len({re.search(r"([\d,]+) renglones", t)[1] for t in pagina.page.evaluate("[...seen]")}) > 3
    pagina.go("Solicitante")
    expect(pagina.field("Denominación o razón social")).to_have_value("Ensambles")


def test_it_is_accessible_on_a_narrow_screen(pagina):
    narrow, page = {"width": 320, "height": 640}, pagina.page
    page.set_viewport_size(narrow)
    open_with_rfc(pagina, "PROSEC")
    assert violations(page) == []
    bad = [("mes.zip", b"PK\x03\x04"), ("x_501.asc", b"Cliente|Monto\nA|1\n")]
    pagina.field("Archivos del Data Stage").set_input_files(payloads([*data_stage.files(LIBRO), *bad]))
    pagina.field("Facturas (CFDI)").set_input_files(payloads(cfdi.files(CARTERA)))
    expect(pagina.field("Ventas según facturas")).to_be_visible()
    pagina.press("Usar estas cantidades")
    expect(page.locator("#puestas")).to_be_focused()
    assert page.evaluate("document.documentElement.scrollWidth") <= narrow["width"]
    assert violations(page) == []
