"""A page of another site that holds this one and means harm: what it gets to read, to click, to change and to learn."""

import pytest
from conftest import DIST, Pagina, only_hosted, put_in_frame
from playwright.sync_api import expect

from esperas import python_works
from memoria_guardada import QUIET
from serve import Site

pytestmark = only_hosted("a file from the disk is shown in no frame of another site")

FIGURES = "ejercicio=2023&programas=IMMEX&fecha=2024-05-20&exportaciones=5&ventas="
# Whatever a page may send to a frame: what this one says itself, events of its own kinds, prototypes, much of it.
MESSAGES = """(frame) => {
    const events = ['confirmar-borrar', 'firmar.solicitud', 'guardar-borrador', 'firmar.firmado'];
    const objects = [null, 1, 'hola', '{"name":"confirmar-borrar"}', { raoce: 1, tipo: 'altura', altura: 1 },
        { raoce: { gone: true } }, { tipo: 'recargar' }, { tipo: 'usar' }, JSON.parse('{"__proto__": {"valores": {}}}'),
        ...events.map((name) => ({ name, valores: { ventas: '9' } })), ...events.map((name) => ({ evento: name })),
        'x'.repeat(1_000_000), new ArrayBuffer(1_000_000)];
    for (const object of objects) frame.postMessage(object, '*');
    for (let n = 0; n < 10_000; n += 1) frame.postMessage({ n, name: 'entrada', valores: { ventas: String(n) } }, '*');
}"""
READS = """(frame) => ['document', 'localStorage', 'told', 'name', 'performance', 'frames'].filter((what) => {
    try {
        const found = frame[what];
        return what !== 'frames' && found !== undefined && found !== null;
    } catch {
        return false;
    }
})"""


@pytest.fixture
def host(device):
    """The page of another site; of this machine two names are two sites."""
    with Site(DIST) as url:
        yield device.new_page(), url.replace("127.0.0.1", "localhost")


@pytest.mark.parametrize("query", ["?pantalla=firmar&incrustado=1", "?pantalla=firmar"])
@pytest.mark.parametrize("sandbox", [None, "allow-scripts allow-same-origin allow-forms allow-popups"])
def test_no_click_of_its_visitors_can_fall_on_firmar(host, site, query, sandbox):
    page, other = host
    frame = put_in_frame(page, other, site + query, sandbox)
    python_works(frame)
    expect(frame.locator("main")).to_contain_text("Aquí no se firma")
    for screen in ("firmar", "corregir"):
        assert frame.locator(f"[data-evento='{screen}.solicitud'], [data-evento='{screen}.firmar']").count() == 0
        assert frame.locator("input[type=password]").count() == 0


def test_it_reads_nothing_and_its_messages_change_nothing(host, site):
    page, other = host
    frame = put_in_frame(page, other, f"{site}?pantalla=datos&incrustado=1&{FIGURES}10")
    python_works(frame)
    before = frame.locator("#app").inner_html()
    inside = page.evaluate_handle("document.querySelector('iframe').contentWindow")
    assert page.evaluate(READS, inside) == []
    page.evaluate(MESSAGES, inside)
    frame.get_by_label("Ventas totales (a)", exact=True).fill("20")
    expect(frame.get_by_label("Porcentaje exportación b/a*100", exact=True)).to_have_text("25.00")
    frame.get_by_label("Ventas totales (a)", exact=True).fill("10")
    frame.get_by_label("Ventas totales (a)", exact=True).blur()
    expect(frame.get_by_label("Porcentaje exportación b/a*100", exact=True)).to_have_text("50.00")
    assert frame.locator("#app").inner_html() == before


def test_what_it_is_told_does_not_tell_one_amount_from_another(host, site):
    page, other = host
    told = []
    for ventas in ("20", "40"):
        frame = put_in_frame(page, other, f"{site}?pantalla=datos&incrustado=1&{FIGURES}{ventas}")
        python_works(frame)
        page.wait_for_timeout(300)
        messages = page.evaluate("told")
        heights = [m["altura"] for m in messages if m["tipo"] == "altura"]
        told.append((heights[-1], [m for m in messages if m["tipo"] != "altura"]))
    assert told[0] == told[1]


def test_the_drafts_of_the_device_are_not_shown_in_its_frame(device, host, site):
    mine = Pagina(device.new_page(), site).open("?pantalla=solicitante&programas=IMMEX")
    mine.type("RFC", "EKU9003173C9")
    expect(mine.field("RFC")).to_have_value("EKU9003173C9")
    page, other = host
    frame = put_in_frame(page, other, f"{site}?pantalla=empresas")
    python_works(frame)
    assert "EKU9003173C9" not in frame.locator("body").inner_text()
    frame.locator("[data-despliega]").click()
    # One click erases nothing there either: it is asked first.
    frame.get_by_role("button", name="Borrar todo").click()
    expect(frame.get_by_role("button", name="Sí, borrar todo")).to_be_visible()


def test_a_window_that_it_opens_is_not_its_own(device, host, site):
    page, other = host
    page.goto(other + QUIET)
    with device.expect_page() as opened:
        page.evaluate("(url) => { globalThis.opened = open(url, 'raoce'); }", f"{site}?pantalla=datos&{FIGURES}10")
    window = opened.value
    python_works(window)
    before = window.locator("#app").inner_html()
    handle = page.evaluate_handle("globalThis.opened")
    assert page.evaluate(READS, handle) == []
    page.evaluate(MESSAGES, handle)
    window.wait_for_timeout(300)
    assert window.locator("#app").inner_html() == before
