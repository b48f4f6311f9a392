"""The whole job with PROSEC alone, with goods from a file and last year's report; and the drafts of many companies."""

import json
import re

import pytest
from conftest import covered
from playwright.sync_api import expect

from documentos.hojas.hojas import read, recognise, write
from libreoffice import MIME, ods
from raoce.bienes import Fila
from raoce.firma.jws import parse
from tramite.formulario.relacion import to_text

CAFE = {
    "Clave sector": "XXII",
    "Fracción arancelaria": "0901.12.01",
    "Bienes producidos": "Café & «Ñandú» tostado",
    "Unidad de medida": "Kilogramo",
    "Volumen del total de bienes producidos": "30000",
    "Volumen del mercado nacional": "10,000",
    "Volumen de exportaciones": "5000.5",
}
MOTOR = Fila("I", "85011001", "Motor", "06", "5", "2", "4")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def add(pagina, **changes):
    for label, text in (CAFE | changes).items():
        if label in ("Clave sector", "Unidad de medida"):
            pagina.field(label).select_option(text)
        else:
            pagina.type(label, text)
    pagina.press("Agregar")


def choose(pagina, label, nombre, body, mime="application/json"):
    pagina.page.get_by_label(label, exact=True).set_input_files({"name": nombre, "mimeType": mime, "buffer": body})


def rows(pagina):
    return pagina.page.locator("[data-bien]")


def draft(**campos):
    known = {"programa-PROSEC": "si", "numero-PROSEC": "2019-8664", "modalidad-PROSEC": "productor-directo"}
    return json.dumps({"formato": "raoce-borrador/1", "campos": known | campos}).encode()


def test_the_final_inventory_is_under_what_explains_it(pagina):
    pagina.open("?pantalla=bienes&ejercicio=2023&programas=PROSEC")
    figure = pagina.page.locator("#bien_inventario")
    help_, value = pagina.page.locator(".campo", has=figure).locator(".ayuda").bounding_box(), figure.bounding_box()
    # The line of a big figure is a little taller than its letters.
    assert value["y"] >= help_["y"] + help_["height"] - 4


def test_the_whole_prosec_job(pagina, efirma):
    pagina.open("?pantalla=programas&ejercicio=2023&programas=PROSEC&fecha=2024-04-20")
    pagina.type("Número de programa PROSEC", "2019-8664")
    pagina.choose("Modalidad PROSEC", "Productor directo")
    pagina.fill_empresa()
    pagina.go("Datos de reporte anual")
    for label, amount in (("Ventas totales (a)", "5000"), ("Total exportaciones (b)", "3500")):
        pagina.type(label, amount)
    pagina.type("Total importaciones (c)", "4000")
    pagina.press("Continuar a Relación de bienes producidos")

    pagina.press("Agregar")
    expect(pagina.field("Clave sector")).to_be_focused()
    add(pagina)
    expect(rows(pagina)).to_have_count(1)
    expect(rows(pagina)).to_contain_text("14,999.5")
    choose(pagina, "Importar bienes", "bienes.xlsx", write([MOTOR, MOTOR._replace(unidad="galón")]), XLSX)
    expect(pagina.page.locator("#importacion")).to_contain_text("Unidad de medida")
    pagina.press("Aceptar solo los buenos")
    expect(rows(pagina)).to_have_count(2)
    expect(pagina.page.locator("main")).to_contain_text("El inventario final es negativo")
    saved = pagina.download("Exportar a Excel")
    again = recognise(read("b.xlsx", saved.cuerpo))
    assert [row.fila.descripcion for row in again.filas] == ["Café & «Ñandú» tostado", "Motor"]

    pagina.page.get_by_role("link", name="Hoja de captura").click()
    expect(pagina.page.locator("[data-copia='30000']")).to_have_count(1)
    if pagina.engine == "chromium":  # Firefox lets no page read it
        pagina.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    pagina.press("Copiar Ventas totales (a)")
    expect(pagina.page.locator("[data-copia='5000'][data-copiado=si]")).to_be_visible()
    if pagina.engine == "chromium":
        assert pagina.page.evaluate("navigator.clipboard.readText()") == "5000"
    sheet = pagina.download("Descargar PDF")
    assert sheet.nombre == "RAOCE_captura_2023_EKU9003173C9.pdf"
    assert sheet.cuerpo.startswith(b"%PDF-")

    pagina.go("Revisar")
    expect(pagina.page.locator("main")).to_contain_text("La solicitud está completa")
    pagina.go("Firmar")
    pagina.choose_efirma(efirma)
    pagina.press("Firmar")
    expect(pagina.page.locator("#firma-lista")).to_be_focused()
    signed = pagina.download("Descargar solicitud firmada")
    bienes = json.loads(parse(signed.cuerpo).payload)["bienes"]
    assert [(b["fraccion"], b["inventario"]) for b in bienes] == [("09011201", "14999.5"), ("85011001", "-1")]

    pagina.go("Programas")
    pagina.choose("Ejercicio", "2024 (se presenta en 2025)")
    pagina.go("Datos de reporte anual")
    choose(pagina, "Abrir reporte anterior", "firmada.json", signed.cuerpo)
    pagina.type("Ventas totales (a)", "5000000")
    expect(pagina.page.locator("#ventas-antes")).to_have_text("2023: 5,000 (+99,900.0 %)")
    expect(pagina.page.locator("#ventas-salto")).to_contain_text("cinco veces")


def test_the_postal_code_fills_in_the_address(pagina):
    pagina.open("?pantalla=solicitante")
    pagina.field("Código postal").fill("81248")
    for label, text in (("Estado", "Sinaloa"), ("Municipio o alcaldía", "Ahome"), ("Localidad", "Los Mochis")):
        expect(pagina.field(label)).to_have_value(text)
    assert pagina.page.locator("#colonias option").count() > 0
    pagina.type("Municipio o alcaldía", "El Fuerte")
    pagina.type("Código postal", "81200")
    expect(pagina.field("Municipio o alcaldía")).to_have_value("El Fuerte")


def test_thousands_of_rows_show_their_progress_and_can_be_cancelled(pagina):
    filas = [MOTOR._replace(descripcion=f"Motor {n}", unidad="06" if n % 1000 else "x") for n in range(4_000)]
    datos = write(filas)
    pagina.open("?pantalla=bienes&ejercicio=2023&programas=PROSEC")
    choose(pagina, "Importar bienes", "bienes.xlsx", datos, XLSX)
    pagina.page.get_by_role("button", name="Cancelar", exact=True).click(timeout=90_000)
    expect(pagina.page.locator("#importacion")).to_have_count(0)
    expect(rows(pagina)).to_have_count(0)
    choose(pagina, "Importar bienes", "bienes.xlsx", datos, XLSX)
    expect(pagina.page.locator("#importacion")).to_contain_text("3996 sin problemas", timeout=90_000)
    pagina.press("Aceptar todos")
    expect(pagina.page.locator("main")).to_contain_text("Bienes agregados (4000)")


def test_what_a_spreadsheet_leaves_in_doubt_is_asked_before_it_is_imported(pagina):
    titles = ("Producto", "Fracción", "Sector", "U.M.", "Total", "Nacional", "Exportación")
    goods = [("Café", "09012101 01", "Café", "kg", "1.000,50 kg", 30, "—")] * 2 + [("Té", "9021001", 22, "kg", 5, 5, 0)]
    pagina.open("?pantalla=bienes&ejercicio=2023&programas=PROSEC")
    choose(pagina, "Importar bienes", "bienes.ods", ods(titles, *goods), MIME)
    found = pagina.page.locator("#importacion")
    expect(found).to_contain_text("En 2 renglones se quitó el NICO")
    expect(found).to_contain_text("1 sin problemas, 2 esperan tu respuesta")
    pagina.press("Aceptar todos")
    expect(pagina.page.locator("#decimales_total")).to_be_focused()
    expect(found.get_by_text("Elige una respuesta")).to_have_count(2)
    right = found.get_by_label("El punto separa los miles")
    found.get_by_label("La coma separa los miles").check()
    expect(found).to_contain_text("«1.000,50 kg» no se puede leer así.")
    expect(found).to_contain_text("Escribe solo números")
    right.check()
    expect(right).to_be_focused()
    found.get_by_label("Sí, es 0.").check()
    expect(found).to_contain_text("3 sin problemas. Todavía")
    pagina.press("Aceptar todos")
    expect(rows(pagina)).to_have_count(3)
    expect(rows(pagina).first).to_contain_text("1,000.5")


@pytest.mark.cada_motor
def test_drafts_of_several_companies(pagina):
    pagina.open("?pantalla=solicitante")
    pagina.type("RFC", "EKU9003173C9")
    page = pagina.page
    page.get_by_role("link", name="Mis empresas").click()
    pagina.press("Nuevo borrador")
    pagina.go("Solicitante")
    pagina.type("RFC", "IIA040805DZ4")
    page.get_by_role("link", name="Mis empresas").click()
    expect(page.locator("[data-borrador]")).to_have_count(2)
    copy = pagina.download("Respaldar").cuerpo
    page.get_by_role("row", name="EKU9003173C9").get_by_role("button", name="Abrir").click()
    pagina.go("Solicitante")
    expect(pagina.field("RFC")).to_have_value("EKU9003173C9")
    page.reload()
    expect(pagina.field("RFC")).to_have_value("EKU9003173C9")
    page.get_by_role("link", name="Mis empresas").click()
    expect(page.locator("[data-borrador]")).to_have_count(2)
    page.get_by_role("row", name="IIA040805DZ4").get_by_role("button", name="Borrar").click()
    expect(page.locator("[data-borrador]")).to_have_count(1)
    choose(pagina, "Restaurar", "todos.json", copy)
    pagina.press("Restaurar las marcadas")
    expect(page.locator("[data-borrador]")).to_have_count(2)


def test_the_new_screens_fit_a_narrow_page(pagina):
    pagina.page.set_viewport_size({"width": 320, "height": 640})
    pagina.open("?pantalla=empresas")
    body = draft(ejercicio="2023", bienes=to_text([MOTOR] * 60), razon_social="Ñ" * 200)
    choose(pagina, "Restaurar", "b.json", body)
    pagina.press("Restaurar las marcadas")
    pagina.open("?pantalla=bienes")
    for pantalla in ("bienes", "captura", "empresas"):
        pagina.page.set_viewport_size({"width": 320, "height": 640})
        if pantalla != "bienes":
            pagina.unfold()
            pagina.page.locator(f"[data-evento=ir][data-pantalla={pantalla}]").first.click()
        expect(pagina.page).to_have_url(re.compile(f"pantalla={pantalla}"))
        assert pagina.page.evaluate("document.documentElement.scrollWidth") <= 320
        assert covered(pagina.page) == []
        pagina.page.set_viewport_size({"width": 1280, "height": 720})
        assert covered(pagina.page) == []
