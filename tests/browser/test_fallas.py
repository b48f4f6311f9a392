"""What nobody foresaw, in Python: an event that fails, one that kills it, one that never ends. The page goes on."""

import re
import shutil

import pytest
from conftest import DIST, Pagina, only_hosted
from playwright.sync_api import expect

from serve import Site
from tramite.pantallas import TODAS
from versiones import new_version

pytestmark = only_hosted("its worker is another, with the same way out")

DATOS = "?pantalla=datos&ejercicio=2023&programas=PROSEC&ventas=1000&exportaciones=700&importaciones=1"
SCREENS = [p for p in TODAS if p not in ("inicio", "practica", "solucionario", "incrustar")]
# As many as a page lets die before it gives up.
IN_ONE_PAGE = [SCREENS[n : n + 3] for n in range(0, len(SCREENS), 3)]
# What a text of the event does. Python is not asked when its wasm dies: that is outside of what it may catch.
DIES = """
    if "MORIR" in event_json:
        pyodide_js._module._trigger_fatal_error()
    while "COLGAR" in event_json:
        pass
"""
FAILS = """
        if "FALLAR" in event_json:
            raise RuntimeError("the RFC EKU9003173C9")
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The site, whose Python fails, dies or never ends where a text says so."""
    folder = tmp_path_factory.mktemp("fallas") / "sitio"
    shutil.copytree(DIST, folder)
    source = (folder / "py" / "worker.py").read_text(encoding="utf-8")
    before = "\n    try:\n"
    start, attempt, rest = source.partition(before + "        needed = needs(event)")
    assert attempt
    breakable = start + DIES.rstrip() + attempt.replace(before, before.rstrip() + FAILS) + rest
    new_version(folder, **{"py/worker.py": breakable.encode()})
    with Site(folder) as url:
        yield url


@pytest.fixture
def pagina(device, site):
    return Pagina(device.new_page(), site)


# What comes of itself a moment after a screen is shown.
COMES_LATER = {"empresas": "#carpeta"}


def show(pagina, screen):
    if f"pantalla={screen}" not in pagina.page.url:
        pagina.page.locator(f"[data-evento=ir][data-pantalla={screen}]").first.click()
    expect(pagina.page).to_have_url(re.compile(f"pantalla={screen}"))
    expect(pagina.page.locator(COMES_LATER.get(screen, "h1"))).to_be_attached()


def notice(pagina, clase):
    return pagina.page.locator(f"#falla [data-clase={clase}]")


def press(pagina, text):
    """A link of the page whose event carries that text."""
    pagina.page.evaluate(
        """(text) => {
            const link = Object.assign(document.createElement('a'), { href: '#' });
            Object.assign(link.dataset, { evento: 'ir', pantalla: text });
            document.getElementById('app').append(link);
            link.click();
        }""",
        text,
    )


def test_an_event_that_fails_changes_nothing_on_any_screen(pagina):
    pagina.open(DATOS)
    for screen in SCREENS:
        show(pagina, screen)
        before = pagina.page.locator("main").inner_html()
        press(pagina, "FALLAR")
        expect(notice(pagina, "evento")).to_be_visible()
        assert pagina.page.locator("main").inner_html() == before
        pagina.press("Entendido")
        pagina.go("Datos de reporte anual")
        expect(notice(pagina, "evento")).to_be_hidden()


def test_what_was_typed_stays_and_the_detail_has_no_datum(pagina):
    pagina.open(DATOS)
    pagina.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    pagina.type("Ventas totales (a)", "FALLAR")
    expect(notice(pagina, "evento")).to_be_visible()
    pagina.type("Total exportaciones (b)", "500")
    expect(pagina.field("Porcentaje exportación b/a*100")).to_have_text("50.00")
    expect(pagina.field("Ventas totales (a)")).to_have_value("FALLAR")
    pagina.press("Copiar el detalle de la falla")
    expect(pagina.page.locator("[data-copiado=si]")).to_be_visible()
    detail = pagina.page.evaluate("navigator.clipboard.readText()")
    assert "RuntimeError: «" in detail and "dispatch" in detail
    assert "EKU9003173C9" not in detail and "FALLAR" not in detail
    pagina.type("Ventas totales (a)", "2000")
    expect(pagina.field("Porcentaje exportación b/a*100")).to_have_text("25.00")


@pytest.mark.parametrize("screens", IN_ONE_PAGE, ids=" ".join)
def test_python_that_dies_begins_again_with_the_draft_and_the_screen(pagina, screens):
    pagina.open(DATOS)
    pagina.type("Ventas totales (a)", "4321")
    for screen in screens:
        show(pagina, screen)
        title = pagina.page.locator("h1").inner_text()
        press(pagina, "MORIR")
        expect(notice(pagina, "reinicio")).to_be_visible(timeout=60_000)
        expect(pagina.page.locator("h1")).to_have_text(title, use_inner_text=True)
        pagina.press("Entendido")
        pagina.go("Datos de reporte anual")
        expect(pagina.field("Ventas totales (a)")).to_have_value("4,321")


def test_without_storage_the_draft_is_handed_over_too(pagina):
    pagina.page.add_init_script("delete globalThis.indexedDB; globalThis.indexedDB = undefined")
    pagina.open(DATOS)
    pagina.type("Ventas totales (a)", "4321")
    press(pagina, "MORIR")
    expect(notice(pagina, "reinicio")).to_be_visible(timeout=60_000)
    expect(pagina.field("Ventas totales (a)")).to_have_value("4,321")


def test_an_event_without_end_is_not_waited_for_for_ever(pagina):
    pagina.open(DATOS)
    pagina.page.clock.install()
    press(pagina, "COLGAR")
    expect(pagina.page.locator("html[data-ocupado=si]")).to_be_attached()
    pagina.page.clock.fast_forward(19_000)
    pagina.page.wait_for_timeout(200)
    assert not notice(pagina, "reinicio").is_visible()
    pagina.page.clock.fast_forward(1_000)
    expect(notice(pagina, "reinicio")).to_be_visible(timeout=90_000)
    expect(pagina.page.locator("html[data-ocupado]")).not_to_be_attached()
    expect(pagina.field("Ventas totales (a)")).to_have_value("1,000")


def test_what_kills_it_again_and_again_ends_in_words(pagina):
    pagina.open(DATOS)
    for _ in range(3):
        press(pagina, "MORIR")
        expect(notice(pagina, "reinicio")).to_be_visible(timeout=60_000)
        pagina.press("Entendido")
    press(pagina, "MORIR")
    expect(pagina.page.locator("#arranque[data-estado=interno]")).to_be_visible()


def test_a_link_that_cannot_be_opened_is_opened_without_what_it_says(pagina):
    pagina.open("?pantalla=datos&numero-IMMEX=FALLAR")
    expect(notice(pagina, "evento")).to_be_visible()
    expect(pagina.page.locator("h1")).to_contain_text("Reporte anual de comercio exterior")
