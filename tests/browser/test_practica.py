"""The training mode in a browser: keyboard alone, the mark on paper, signing, and nothing left on the device."""

import json
import re
import shutil
import subprocess

import pytest
from conftest import Pagina, only_hosted, put_in_frame
from playwright.sync_api import expect

from casos import PRACTICA
from esperas import python_works
from raoce.firma import SELLO
from tramite.casos.caso import Tipo, from_folder

CASOS = {caso.id: caso for caso in from_folder(PRACTICA)}
WHOLE = CASOS["reporte-completo"]


def start(pagina, caso):
    pagina.open(f"?modo=practica&caso={caso}")
    expect(pagina.page.locator(".cuestion").first).to_be_visible()
    return pagina.page


def solve(pagina, caso):
    """Every question of a case as a learner who knows would answer it."""
    page = pagina.page
    for n, p in enumerate(caso.preguntas, 1):
        section = page.locator(f"#pregunta-{p.clave}")
        match p.tipo:
            case Tipo.CAPTURA:
                section.get_by_role("link", name="Ir a").click()
                for clave, texto in p.respuesta.items():
                    page.locator(f"#{clave}").fill(texto)
                    page.locator(f"#{clave}").blur()
                page.get_by_role("link", name="El caso").click()
            case Tipo.FIRMA:
                section.get_by_role("link", name="Ir a").click()
                pagina.press("Firmar")
                expect(page.locator("#firma-lista")).to_contain_text("Firmó la llave de práctica")
                page.get_by_role("link", name="El caso").click()
            case Tipo.OPCION:
                section.get_by_label(p.opciones[p.respuesta], exact=True).check()
            case Tipo.FECHA:
                section.locator("input").fill(p.respuesta.isoformat())
            case _:
                section.locator("input").fill(str(p.respuesta))
        page.get_by_role("button", name=f"Comprobar la pregunta {n}", exact=True).click()
        expect(section).to_have_attribute("data-estado", "resuelta")


@pytest.mark.cada_motor
def test_a_case_is_solved_with_the_keyboard_alone(pagina):
    page = start(pagina, "programa-no-aparece")
    caso = CASOS["programa-no-aparece"]
    first = caso.preguntas[0]
    assert first.tipo is Tipo.OPCION
    wrong = next(n for n, clave in enumerate(first.opciones) if clave != first.respuesta)
    right = list(first.opciones).index(first.respuesta)

    page.keyboard.press("Tab")
    for _ in range(30):
        if page.evaluate("document.activeElement.type") == "radio":
            break
        page.keyboard.press("Tab")
    page.keyboard.press("Space")
    for _ in range(wrong):
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    result = page.locator(f"#resultado-{first.clave}")
    expect(result).to_contain_text("Todavía no.")
    expect(result).to_be_focused()

    page.keyboard.press("Shift+Tab")
    for _ in range((right - wrong) % len(first.opciones)):
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(result).to_contain_text("Correcto.")
    expect(result).to_contain_text("75 de 100 puntos")
    expect(result).to_be_focused()


@pytest.mark.primera_visita
def test_the_whole_report_of_practice(pagina, context, tmp_path):
    """Captured, reviewed, signed with a key of practice, scored, printed; and no report for the verifier."""
    page = start(pagina, WHOLE.id)
    expect(page.locator(".sello")).to_have_text(SELLO)
    solve(pagina, WHOLE)
    expect(page.locator("#puntaje")).to_have_attribute("data-puntos", "100")
    pagina.go("Firmar")
    saved = pagina.download("Descargar solicitud firmada")
    assert saved.nombre.startswith("EJERCICIO_RAOCE_")
    file = tmp_path / saved.nombre
    file.write_bytes(saved.cuerpo)
    assert set(json.loads(saved.cuerpo)) == {"payload", "protected", "signature"}

    pagina.go("Revisar")
    if shutil.which("pdftotext"):
        page.pdf(path=tmp_path / "revisar.pdf", format="Letter")
        text = subprocess.run(["pdftotext", tmp_path / "revisar.pdf", "-"], capture_output=True, text=True).stdout
        pages = text.removesuffix("\f").split("\f")
        assert len(pages) > 1 and all(SELLO in sheet for sheet in pages)

    assert page.evaluate("indexedDB.databases()") == []
    assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]

    other = Pagina(context.new_page(), pagina.url).open("?pantalla=verificar")
    other.field("Archivo firmado").set_input_files(file)
    expect(other.page.locator("h1")).to_have_attribute("data-veredicto", "no-es-reporte")
    expect(other.page.locator("main")).to_contain_text("ejercicio de práctica")


@pytest.mark.primera_visita
def test_a_case_with_files_is_solved_with_them(pagina, tmp_path):
    """Used with the button, and chosen as a company's own; the mistake of the case is made first."""
    caso = CASOS["archivos-virtuales"]
    page = start(pagina, caso.id)
    page.get_by_role("link", name="Abrir los archivos del caso").click()
    pagina.press("Usar los archivos del caso")
    exports = pagina.field("Exportaciones según pedimentos")
    expect(exports).to_have_attribute("data-pesos", "9147125")
    saved = pagina.download("Descargar los archivos del caso")
    assert saved.nombre == f"EJERCICIO_RAOCE_archivos_{caso.id}.zip"
    (tmp_path / saved.nombre).write_bytes(saved.cuerpo)
    pagina.press("Quitar los archivos")
    expect(exports).to_have_count(0)
    pagina.field("Archivos del Data Stage").set_input_files(tmp_path / saved.nombre)
    expect(exports).to_have_attribute("data-pesos", "9147125")

    pagina.field("V1").uncheck()
    expect(exports).to_have_attribute("data-pesos", "3133550")
    pagina.press("Usar estas cantidades")
    page.get_by_role("link", name="El caso").click()
    first, second, third = (page.locator(f"#pregunta-{p.clave}") for p in caso.preguntas)
    first.locator("input").fill("6,013,575")
    first.get_by_role("button", name="Comprobar").click()
    second.get_by_role("button", name="Comprobar").click()
    expect(second).to_contain_text("Faltan las exportaciones virtuales, las de clave V1")
    second.get_by_role("link", name="Ir a «Calcular con mis archivos»").click()
    pagina.field("V1").check()
    pagina.press("Usar estas cantidades")
    page.get_by_role("link", name="El caso").click()
    second.get_by_role("button", name="Comprobar").click()
    expect(second).to_have_attribute("data-estado", "resuelta")
    third.get_by_label(caso.preguntas[2].opciones["dolares"], exact=True).check()
    third.get_by_role("button", name="Comprobar").click()
    expect(page.locator("#puntaje")).to_have_attribute("data-puntos", "91")
    pagina.go("Datos de reporte anual")
    expect(pagina.field("Total exportaciones (b)")).to_have_value("9,147")
    assert page.evaluate("indexedDB.databases()") == []
    assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]


def test_back_and_a_reload_lose_nothing(pagina):
    caso = CASOS["en-pesos"]
    assert caso.abierto and len(caso.preguntas) > 1
    page = start(pagina, caso.id)
    page.get_by_role("button", name="Ver la respuesta de la pregunta 1").click()
    pagina.go("Datos de reporte anual")
    pagina.type("Ventas totales (a)", "777")
    page.go_back()
    expect(page.locator("h1")).to_have_text(caso.titulo)
    expect(page.locator("[data-estado=mostrada]")).to_have_count(1)
    page.get_by_role("link", name="Todos los casos").click()
    expect(page.locator("h1")).to_have_text("Practicar")
    page.go_back()
    expect(page.locator("[data-estado=mostrada]")).to_have_count(1)
    pagina.go("Datos de reporte anual")
    expect(pagina.field("Ventas totales (a)")).to_have_value("777")
    page.go_back()
    page.reload()
    expect(page.locator("[data-estado=mostrada]")).to_have_count(1, timeout=60_000)
    page.get_by_role("link", name="Ir al contenido").focus()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    assert page.url.endswith("#contenido") and "avance=" in page.url


def test_an_answer_that_cannot_be_read_takes_the_focus_to_its_field(pagina):
    page = start(pagina, "saldo-y-porcentaje")
    for pregunta in CASOS["saldo-y-porcentaje"].preguntas:
        section = page.locator(f"#pregunta-{pregunta.clave}")
        section.get_by_role("button", name="Comprobar").click()
        expect(section.locator("input").first).to_be_focused()
        expect(section.locator(".error")).to_be_visible()
        section.get_by_role("button", name="Ver la respuesta").click()
    expect(page.locator("#anuncio")).to_have_text("Terminaste el caso. Tu resultado: 0 de 100.")

    page = start(pagina, "en-pesos")
    page.get_by_role("button", name="Ver la respuesta de la pregunta 1").click()
    capture = next(p for p in CASOS["en-pesos"].preguntas if p.tipo is Tipo.CAPTURA)
    assert capture is CASOS["en-pesos"].preguntas[1]
    pagina.go("Datos de reporte anual")
    pagina.type("Ventas totales (a)", "")
    page.get_by_role("link", name="El caso").click()
    page.get_by_role("button", name="Comprobar la pregunta 2").click()
    expect(page.locator(f"#respuesta-{capture.clave}")).to_be_focused()
    expect(page.locator(f"#respuesta-{capture.clave}")).to_contain_text("Captura primero los datos")


def test_the_mark_is_there_before_python_is(device, site):
    page = device.new_page()
    page.route("**/pyodide.asm.wasm", lambda route: None)
    page.goto(site + "?modo=practica&caso=fecha-prosec")
    expect(page.locator(".sello")).to_have_text(SELLO)
    expect(page.get_by_text("Preparando los casos")).to_be_visible()
    expect(page.get_by_text("Guardar borrador")).to_have_count(0)
    expect(page).to_have_title(re.compile("Práctica"))
    page.unroute_all(behavior="ignoreErrors")


# How wide the page has been, after whatever was drawn.
WATCH_WIDTH = """() => {
    const measure = () => { globalThis.widest = Math.max(globalThis.widest, document.documentElement.scrollWidth); };
    globalThis.widest = 0;
    new MutationObserver(measure).observe(document.getElementById('app'), { subtree: true, childList: true });
    measure();
}"""


def test_every_case_fits_a_narrow_screen(pagina):
    """As it begins, and after each of its answers has been shown."""
    page = pagina.page
    page.set_viewport_size({"width": 320, "height": 640})
    pagina.open("?modo=practica")
    page.evaluate(WATCH_WIDTH)
    for caso in CASOS.values():
        page.get_by_role("link", name=caso.titulo, exact=True).click()
        for pregunta in caso.preguntas:
            page.locator(f"#pregunta-{pregunta.clave} [data-evento='practica.mostrar']").dispatch_event("click")
        expect(page.locator("[data-estado=mostrada]")).to_have_count(len(caso.preguntas))
        expect(page.locator("#puntaje")).to_be_visible()
        assert page.evaluate("widest") <= 320, caso.id
        page.get_by_role("link", name="Todos los casos").click()


def test_leaving_practice_finds_the_own_draft_again(pagina):
    pagina.open("?pantalla=solicitante")
    pagina.type("RFC", "EKU9003173C9")
    pagina.page.get_by_role("navigation", name="Herramientas").get_by_role("link", name="Practicar").click()
    pagina.page.get_by_role("link", name=CASOS["fecha-prosec"].titulo).click()
    expect(pagina.page.locator(".cuestion").first).to_be_visible()
    assert re.search(r"modo=practica", pagina.page.url)
    pagina.page.get_by_role("link", name="Todos los casos").click()
    pagina.page.get_by_role("link", name=CASOS["en-pesos"].titulo).click()
    expect(pagina.page.locator("h1")).to_have_text(CASOS["en-pesos"].titulo)
    pagina.page.go_back()
    pagina.page.go_back()
    expect(pagina.page.locator("h1")).to_have_text(CASOS["fecha-prosec"].titulo)
    pagina.page.get_by_role("link", name="Salir de la práctica").click()
    python_works(pagina.page)
    pagina.go("Solicitante")
    expect(pagina.field("RFC")).to_have_value("EKU9003173C9")
    expect(pagina.page.locator(".sello")).to_have_count(0)


def test_the_sheet_of_the_teacher_is_printed_with_the_mark_on_each_page(pagina, tmp_path):
    pagina.open("?pantalla=practica")
    pagina.page.get_by_role("link", name="Hoja de los casos para imprimir").click()
    pagina.field("Con soluciones").check()
    expect(pagina.page.locator(".solucion")).to_have_count(sum(len(c.preguntas) for c in CASOS.values()))
    if not shutil.which("pdftotext"):
        pytest.skip("pdftotext is not installed")
    pagina.page.pdf(path=tmp_path / "hoja.pdf", format="Letter")
    text = subprocess.run(["pdftotext", tmp_path / "hoja.pdf", "-"], capture_output=True, text=True).stdout
    pages = text.removesuffix("\f").split("\f")
    assert len(pages) >= len(CASOS) and all(SELLO in sheet for sheet in pages)
    assert "Guardar borrador" not in text and all(c.titulo in " ".join(text.split()) for c in CASOS.values())


@only_hosted("a page of the disk frames no other")
def test_inside_another_page_it_signs_and_tells_the_score(device, site):
    page = device.new_page()
    frame = put_in_frame(page, site, f"{site}?modo=practica&caso={WHOLE.id}&incrustado=1")
    expect(frame.locator(".cuestion").first).to_be_visible(timeout=60_000)
    expect(frame.get_by_text("Todos los casos")).to_have_count(0)
    frame.get_by_role("navigation", name="Pasos").get_by_role("link", name="Firmar").click()
    expect(frame.locator("main")).to_contain_text("En la práctica no se usa la e.firma")
    frame.get_by_role("link", name="El caso").click()
    for n in range(1, len(WHOLE.preguntas) + 1):
        frame.get_by_role("button", name=f"Ver la respuesta de la pregunta {n}").click()
    expect(frame.locator("#puntaje")).to_be_visible()
    *_, last = page.evaluate("told.filter(message => message.tipo === 'practica')")
    assert last["raoce"] == 1 and last["terminado"] and last["puntos"] == 0 and last["caso"] == WHOLE.id
