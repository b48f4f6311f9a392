"""An afternoon of a broker with 500 companies: list in, new ejercicio for all, figures of three, their sheets in a zip,
two marked as presented, backup, erased, restored: everything as it was."""

import json
from io import BytesIO
from zipfile import ZipFile

from playwright.sync_api import expect

CUANTAS = 500
RFCS = [f"AAA010101{n:03}" for n in range(CUANTAS)]
TRES = RFCS[7:10]
FOLIOS = [f"02015001002202001010000{n:02}" for n in range(2)]
LONG = 120_000  # ms, on a machine that does other things too


def make_list():
    rows = (f"{rfc},Empresa {n},IMMEX,83-{n},Industrial,05/03/2019,a{n}@b.mx" for n, rfc in enumerate(RFCS))
    return "\n".join(("RFC,Denominación,Programas,Número,Modalidad,Autorización,Correo", *rows)).encode()


def rows(pagina, **attributes):
    return pagina.page.locator("tr[data-rfc]" + "".join(f'[data-{k}="{v}"]' for k, v in attributes.items()))


def search(pagina, text):
    pagina.field("Buscar una empresa").fill(text)
    expect(pagina.page.locator("#cuantas")).to_have_attribute("data-texto", text)


def to_desk(pagina):
    pagina.unfold()
    pagina.page.get_by_role("link", name="Mis empresas").click()
    expect(pagina.field("Buscar una empresa")).to_be_visible()


def drafts_in(file):
    found = json.loads(file.cuerpo)["borradores"]
    return {(d["campos"]["rfc"], d["campos"]["ejercicio"]): d["campos"] for d in found}


def test_an_afternoon_with_five_hundred_companies(pagina):
    pagina.page.set_default_timeout(LONG)
    expect.set_options(timeout=LONG)
    try:
        pagina.open("?pantalla=empresas&fecha=2025-04-20")
        file = {"name": "clientes.csv", "mimeType": "text/csv", "buffer": make_list()}
        pagina.page.get_by_label("Importar empresas", exact=True).set_input_files(file)
        expect(pagina.page.locator("#previa")).to_contain_text(f"{CUANTAS} empresas marcadas")
        pagina.choose("Ejercicio de los renglones que no lo dicen", "2023 (se presenta en 2024)")
        expect(pagina.page.locator("#previa")).to_contain_text("AAA010101000 Empresa 0 · 2023")
        pagina.press("Aplicar lo marcado")
        expect(pagina.page.locator("#avisos")).to_contain_text(f"Empresas nuevas: {CUANTAS};")

        pagina.choose("Ejercicio que se abre", "2024")
        pagina.press("Nuevo ejercicio")
        expect(pagina.page.locator("#lote-hecho")).to_contain_text(f"Se abrieron {CUANTAS} borradores")
        expect(pagina.page.locator("#cuantas")).to_contain_text("de 1,000")

        for n, rfc in enumerate(TRES):
            search(pagina, rfc)
            pagina.press(f"Abrir {rfc} 2024")
            pagina.go("Datos de reporte anual")
            pagina.type("Ventas totales (a)", f"{n + 5}000")
            pagina.type("Total exportaciones (b)", f"{n + 3}000")
            to_desk(pagina)

        for rfc in TRES:
            search(pagina, rfc)
            rows(pagina, rfc=rfc, ejercicio="2024").get_by_role("checkbox").check()
        sheets = pagina.download("Descargar hojas de captura")
        with ZipFile(BytesIO(sheets.cuerpo)) as whole:
            assert sorted(whole.namelist()) == [f"RAOCE_captura_2024_{rfc}.pdf" for rfc in TRES]

        pagina.page.locator("summary", has_text="Marcar como presentadas").click()
        pagina.type("Fecha en que se presentaron", "2025-04-10")
        pasted = "\n".join(f"{rfc}\t{folio}" for rfc, folio in zip(TRES, FOLIOS, strict=False))
        pagina.field("Pegar RFC y folio").fill(pasted)
        pagina.press("Revisar lo pegado")
        pagina.press("Marcar 2 como presentadas")
        expect(pagina.page.locator("#lote-hecho")).to_contain_text("2 reportes quedaron marcados")

        backup = pagina.download("Respaldar")
        before = drafts_in(backup)
        assert len(before) == 2 * CUANTAS
        assert [before[rfc, "2024"].get("folio", "") for rfc in TRES] == [*FOLIOS, ""]
        assert [before[rfc, "2024"]["ventas"] for rfc in TRES] == ["5,000", "6,000", "7,000"]

        pagina.unfold()
        pagina.press("Borrar todo")
        pagina.press("Sí, borrar todo")
        expect(pagina.page.locator("#avisos")).to_contain_text("Se borró")
        pagina.open("?pantalla=empresas&fecha=2025-04-20")
        copy = {"name": backup.nombre, "mimeType": "application/json", "buffer": backup.cuerpo}
        pagina.page.locator("#restaurar").set_input_files(copy)
        pagina.press("Restaurar las marcadas")
        expect(pagina.page.locator("#cuantas")).to_contain_text("de 1,000")
        assert drafts_in(pagina.download("Respaldar")) == before
        search(pagina, TRES[0])
        expect(rows(pagina, rfc=TRES[0], ejercicio="2024")).to_have_attribute("data-peligro", "ninguno")
    finally:
        expect.set_options(timeout=10_000)
