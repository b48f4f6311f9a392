"""«Mis empresas», for all or those ticked: new ejercicio, marked by pasting, sheets as a zip, calendar, list."""

import json
from io import BytesIO
from zipfile import ZipFile

import pytest
from conftest import covered
from icalendar import Calendar
from playwright.sync_api import expect

FOLIOS = [f"02015001002202001010000{n:02}" for n in range(3)]
RFCS = ("EKU9003173C9", "IIA040805DZ4", "GODE561231GR8")


def company(rfc, **more):
    campos = {"rfc": rfc, "razon_social": f"Empresa {rfc}", "ejercicio": "2023", "ventas": "5,000"}
    return {"campos": campos | {"programa-IMMEX": "si", "numero-IMMEX": "83-2019"} | more, "modificado": ""}


@pytest.fixture
def mesa(pagina):
    """The desk of three companies, on a day of 2024."""
    content = {"formato": "raoce-borradores/1", "borradores": [company(rfc) for rfc in RFCS]}
    pagina.open("?pantalla=empresas&fecha=2024-05-20")
    body = json.dumps(content).encode()
    pagina.field("Restaurar").set_input_files({"name": "todas.json", "mimeType": "application/json", "buffer": body})
    pagina.press("Restaurar las marcadas")
    expect(rows(pagina)).to_have_count(3)
    return pagina


def rows(pagina, **attributes):
    return pagina.page.locator("tr[data-rfc]" + "".join(f'[data-{k}="{v}"]' for k, v in attributes.items()))


def undo(pagina):
    pagina.page.locator("#lote-hecho").get_by_role("button", name="Deshacer").click()


def open_marks(pagina):
    pagina.page.locator("summary", has_text="Marcar como presentadas").click()


def test_a_new_ejercicio_for_all_with_last_years_figures_beside_and_undone(mesa):
    mesa.choose("Ejercicio que se abre", "2024")
    mesa.press("Nuevo ejercicio")
    expect(mesa.page.locator("#lote-hecho")).to_contain_text("Se abrieron 3 borradores del ejercicio 2024")
    expect(rows(mesa, ejercicio=2024)).to_have_count(3)
    mesa.press("Nuevo ejercicio")
    expect(mesa.page.locator("#lote-terminado")).to_contain_text("3 empresas ya tenían el ejercicio 2024")
    expect(rows(mesa)).to_have_count(6)
    expect(mesa.page.locator("#lote-hecho")).to_contain_text("Se abrieron 3 borradores")
    mesa.page.get_by_role("button", name=f"Abrir {RFCS[0]} 2024").click()
    mesa.go("Datos de reporte anual")
    expect(mesa.field("Ventas totales (a)")).to_have_value("")
    expect(mesa.page.locator("#contenido")).to_contain_text("2023")
    mesa.type("Ventas totales (a)", "6000")
    expect(mesa.page.locator("#ventas-antes")).to_contain_text("2023: 5,000 (+20.0 %)")
    mesa.unfold()
    mesa.page.get_by_role("link", name="Mis empresas").click()
    undo(mesa)
    expect(mesa.page.locator("#avisos")).to_contain_text("menos lo que escribiste después (1)")
    expect(rows(mesa, ejercicio=2024)).to_have_count(1)


def test_marked_by_pasting_after_a_look_and_undone(mesa):
    pasted = f"RFC\tFolio\n{RFCS[0]}\t{FOLIOS[0]}\n{FOLIOS[1]}\t03/05/2024\t{RFCS[1]}\nAAA010101AAA\t{FOLIOS[2]}"
    open_marks(mesa)
    mesa.type("Fecha en que se presentaron", "2024-05-02")
    mesa.field("Pegar RFC y folio").fill(pasted)
    mesa.press("Revisar lo pegado")
    review = mesa.page.locator("#lote-revision")
    expect(review).to_contain_text("2 se marcarían como presentadas y 1 tiene un problema. Todavía no se cambia nada.")
    expect(review.locator("[data-marca=error]")).to_contain_text("AAA010101AAA no está entre tus empresas")
    expect(rows(mesa).filter(has_text="Folio")).to_have_count(0)
    mesa.press("Marcar 2 como presentadas")
    expect(mesa.page.locator("#lote-hecho")).to_contain_text("2 reportes quedaron marcados")
    expect(rows(mesa, rfc=RFCS[0])).to_contain_text(f"Folio {FOLIOS[0]}")
    expect(rows(mesa, rfc=RFCS[1]).locator("[data-programa=IMMEX]")).to_have_attribute("data-estado", "presentado")
    expect(rows(mesa, peligro="ninguno")).to_have_count(2)
    mesa.page.reload()
    expect(rows(mesa, peligro="ninguno")).to_have_count(2, timeout=60_000)


def test_those_ticked_are_marked_and_it_is_undone(mesa):
    for rfc in RFCS[:2]:
        rows(mesa, rfc=rfc).get_by_role("checkbox").check()
    open_marks(mesa)
    mesa.type("Fecha en que se presentaron", "2024-05-02")
    mesa.press("Revisar las 2 marcadas")
    mesa.press("Marcar 2 como presentadas")
    expect(rows(mesa, peligro="ninguno")).to_have_count(2)
    undo(mesa)
    expect(rows(mesa, peligro="ninguno")).to_have_count(0)


def test_the_sheets_are_a_zip_of_pdf(mesa):
    # The packages that write PDF come first, and each sheet takes its time.
    mesa.page.set_default_timeout(120_000)
    found = mesa.download("Descargar hojas de captura")
    assert found.nombre.startswith("RAOCE_hojas_de_captura_") and found.nombre.endswith(".zip")
    with ZipFile(BytesIO(found.cuerpo)) as sheets:
        assert sorted(sheets.namelist()) == sorted(f"RAOCE_captura_2023_{rfc}.pdf" for rfc in RFCS)
        assert sheets.testzip() is None and all(sheets.read(n).startswith(b"%PDF-") for n in sheets.namelist())
    expect(mesa.page.locator("#lote-terminado")).to_contain_text("un zip con 3 hojas de captura")
    expect(mesa.page.locator("#lote-terminado")).to_contain_text("A 3 les faltan datos")


def test_the_sheets_can_be_cancelled_while_they_are_written(mesa):
    downloads = []
    mesa.page.on("download", lambda download: downloads.append(download))
    mesa.page.set_default_timeout(120_000)
    mesa.press("Descargar hojas de captura")
    expect(mesa.page.get_by_role("progressbar")).to_be_visible(timeout=60_000)
    mesa.press("Cancelar")
    expect(mesa.page.locator("#avisos")).to_contain_text("Se canceló")
    expect(mesa.page.get_by_role("progressbar")).to_have_count(0)
    assert downloads == []


def test_the_dates_are_one_calendar(mesa):
    rows(mesa, rfc=RFCS[2]).get_by_role("checkbox").check()
    first = mesa.download("Agregar todas a mi calendario")
    found = Calendar.from_ical(first.cuerpo).events
    assert {e["SUMMARY"].partition(":")[0] for e in found} == {f"Empresa {RFCS[2]}"}
    mesa.press("No marcar ninguna")
    found = Calendar.from_ical(mesa.download("Agregar todas a mi calendario").cuerpo).events
    assert len({e["UID"] for e in found}) == len(found) == 12
    assert {e["SUMMARY"].partition(":")[0] for e in found} == {f"Empresa {rfc}" for rfc in RFCS}


def test_removed_after_a_yes_and_had_back(mesa):
    rows(mesa, rfc=RFCS[1]).get_by_role("checkbox").check()
    mesa.press("Quitar")
    expect(mesa.page.locator("#lote-pregunta")).to_contain_text(f"¿Quitar {RFCS[1]} ")
    mesa.press("Sí, quitar")
    expect(rows(mesa)).to_have_count(2)
    undo(mesa)
    expect(rows(mesa)).to_have_count(3)


@pytest.mark.parametrize("width", [360, 1280])
def test_everything_can_be_seen_and_pressed(mesa, width):
    mesa.page.set_viewport_size({"width": width, "height": 800})
    open_marks(mesa)
    mesa.field("Pegar RFC y folio").fill(f"{RFCS[0]}\t03/05/2024\t{FOLIOS[0]}\n{RFCS[1]}\tx")
    mesa.press("Revisar lo pegado")
    expect(mesa.page.locator("#lote-revision")).to_be_visible()
    assert covered(mesa.page) == []
    assert mesa.page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_list_to_print_is_all_that_is_printed(mesa):
    mesa.press("Lista para imprimir")
    expect(mesa.page.get_by_role("heading", name="3 empresas y ejercicios al lunes 20 de mayo de 2024")).to_be_focused()
    mesa.page.emulate_media(media="print")
    table = mesa.page.get_by_role("region", name="Lista para imprimir")
    expect(table).to_contain_text(RFCS[0])
    expect(mesa.page.get_by_role("button", name="Volver a mis empresas")).to_be_hidden()
    mesa.page.emulate_media(media="screen")
    mesa.press("Volver a mis empresas")
    expect(rows(mesa)).to_have_count(3)
