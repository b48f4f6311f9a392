"""Where the browser keeps nothing for any site, as in a frame with strict settings: the page works all the same."""

import json

import pytest
from conftest import CONTEXT, DIST, QUERY_IN_FRAME, Pagina, fast_options, only_hosted, put_in_frame, watch
from playwright.sync_api import expect

from esperas import python_works
from serve import Site

pytestmark = only_hosted("a page of the disk has no storage of its own to refuse")
# What Firefox does with all cookies blocked: even to look at the database is refused, and so is the channel.
REFUSE_ALL = """
    const refuse = () => { throw new DOMException('The operation is insecure.', 'SecurityError'); };
    for (const name of ['indexedDB', 'localStorage', 'sessionStorage', 'caches']) {
        Object.defineProperty(globalThis, name, { get: refuse, configurable: true });
    }
    globalThis.BroadcastChannel = class { constructor() { refuse(); } };
"""


@pytest.fixture
def strict(playwright, tmp_path):
    """A browser whose user has blocked all the data of sites."""
    settings = {"profile": {"default_content_setting_values": {"cookies": 2}}}
    (tmp_path / "Default").mkdir()
    (tmp_path / "Default" / "Preferences").write_text(json.dumps(settings))
    context = playwright.chromium.launch_persistent_context(tmp_path, **fast_options(), **CONTEXT)
    yield context
    context.close()


def test_the_page_computes_and_says_that_nothing_is_kept(strict, site):
    page = strict.new_page()
    problems = watch(page)
    pagina = Pagina(page, site).open("?pantalla=datos&ejercicio=2023&programas=IMMEX&ventas=10&exportaciones=5")
    assert page.evaluate("new Promise(done => { indexedDB.open('x').onerror = () => done(true); })")
    expect(page.locator("#sin-almacenamiento")).to_contain_text("Guardar borrador")
    expect(pagina.field("Porcentaje exportación b/a*100")).to_have_text("50.00")
    assert not problems


def test_a_case_is_practised(strict, site):
    page = strict.new_page()
    problems = watch(page)
    Pagina(page, site).open("?modo=practica&caso=fecha-prosec")
    page.get_by_role("button", name="Ver la respuesta de la pregunta 1").click()
    expect(page.locator("[data-estado=mostrada]")).to_have_count(1)
    assert not problems


def test_it_works_in_a_frame_of_another_site(strict):
    with Site(DIST) as ours, Site(DIST) as theirs:
        page = strict.new_page()
        # Another port is the same site; another name is not.
        frame = put_in_frame(page, theirs.replace("127.0.0.1", "localhost"), ours + QUERY_IN_FRAME)
        python_works(frame)
        expect(frame.locator("[data-programa=IMMEX]")).to_have_attribute("data-estado", "suspendido")


def test_where_not_even_a_channel_is_given(device, site):
    page = device.new_page()
    problems = watch(page)
    page.add_init_script(REFUSE_ALL)
    pagina = Pagina(page, site).open("?pantalla=datos&ejercicio=2023&programas=IMMEX&ventas=10&exportaciones=5")
    expect(page.locator("#sin-almacenamiento")).to_contain_text("Guardar borrador")
    expect(pagina.field("Porcentaje exportación b/a*100")).to_have_text("50.00")
    assert not problems
