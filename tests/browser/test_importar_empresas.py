"""«Importar empresas» on the built site: a list as CSV and as a workbook, seen before it is kept, on the desk after."""

from playwright.sync_api import expect

from documentos.hojas.directorio import EMPRESAS, recognise
from documentos.hojas.hojas import read
from documentos.hojas.listados import Columna, Listado, write

UNO, DOS = "EKU9003173C9", "IIA040805DZ4"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = f"""Cliente;R.F.C.;IMMEX;PROSEC;Fecha aut. IMMEX;E-mail;C.P.;Notas
Ñandú, S.A.;eku-900317-3c9;83-2019;no;05/03/2019;a@b.mx;1000;x
Dos;{DOS};;sí;31/02/2020;malo;81248;
Sin RFC;;sí;;;;;
"""


def choose(pagina, nombre, body, mime):
    files = {"name": nombre, "mimeType": mime, "buffer": body}
    pagina.page.get_by_label("Importar empresas", exact=True).set_input_files(files)
    preview = pagina.page.locator("#previa")
    expect(preview).to_be_focused()
    return preview


def is_wider_than_the_screen(pagina):
    return pagina.page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")


def test_a_list_is_seen_applied_changed_by_a_workbook_and_taken_out(pagina):
    pagina.open("?pantalla=empresas&fecha=2024-04-20")
    preview = choose(pagina, "lista.csv", CSV.encode("cp1252"), "text/csv")
    expect(preview).to_contain_text("No se usan las columnas «Notas»")
    expect(preview.locator("[data-grupo=errores]")).to_contain_text("Renglón 4, RFC")
    expect(preview.locator(f"[data-entrada={DOS}]")).to_contain_text("Renglón 3, Correo electrónico: «malo»")
    expect(preview).to_contain_text("2 empresas marcadas")
    pagina.choose("Ejercicio de los renglones que no lo dicen", "2023 (se presenta en 2024)")
    for width in (360, 1280):
        pagina.page.set_viewport_size({"width": width, "height": 800})
        assert not is_wider_than_the_screen(pagina)
    pagina.press("Aplicar lo marcado")
    expect(pagina.page.locator("#avisos")).to_contain_text("Empresas nuevas: 2; con cambios: 0")
    row = pagina.page.locator(f"tr[data-rfc={UNO}]")
    expect(row).to_have_attribute("data-ejercicio", "2023")
    expect(row.locator("[data-programa=IMMEX]")).to_have_attribute("data-estado", "en-plazo")
    expect(row.locator("[data-programa=PROSEC]")).to_have_count(0)
    expect(pagina.page.locator(f"tr[data-rfc={DOS}] [data-programa=PROSEC]")).to_have_count(1)

    columnas = [Columna(t) for t in ("RFC", "Ejercicio", "Correo electrónico", "Calle")]
    book = write(Listado("Clientes", columnas, [[UNO, 2023, "z@b.mx", "Reforma"], [DOS, 2023, "", ""]]), "x")
    preview = choose(pagina, "lista.xlsx", book, XLSX)
    expect(preview).to_contain_text("lista.xlsx (hoja «Clientes»): 2 empresas")
    expect(preview.locator("[data-grupo=cambia]")).to_contain_text("Correo electrónico: a@b.mx → z@b.mx")
    preview.get_by_label("Calle").uncheck()
    pagina.press("Aplicar lo marcado")
    expect(pagina.page.locator("#avisos")).to_contain_text("Empresas nuevas: 0; con cambios: 1")

    saved = pagina.download("Exportar a Excel")
    uno = {f.textos["rfc"]: f.textos for f in recognise(read("e.xlsx", saved.cuerpo, EMPRESAS)).filas}[UNO]
    assert uno["correo"] == "z@b.mx" and "calle" not in uno and uno["codigo_postal"] == "01000"
    preview = choose(pagina, "e.xlsx", saved.cuerpo, XLSX)
    expect(preview).to_contain_text("Sin cambios: 2")
    expect(preview.get_by_role("button", name="Aplicar lo marcado")).to_have_count(0)
    preview.get_by_role("button", name="Cancelar").click()

    pagina.press("Deshacer la importación")
    expect(pagina.page.locator("#avisos")).to_contain_text("todo está como antes")
    assert recognise(read("p.xlsx", pagina.download("Descargar plantilla").cuerpo, EMPRESAS)).ejemplos == 1
