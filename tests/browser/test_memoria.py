"""Python's memory, kept on the device for the next start: what it holds, when it is used, what becomes of a bad one."""

import pytest
from conftest import CONTEXT, DIST, Pagina, only_hosted, put_in_frame, watch
from playwright.sync_api import expect

from esperas import python_works
from serve import Site

pytestmark = only_hosted("it keeps nothing on the device")

FIGURES = "?pantalla=datos&ejercicio=2023&programas=PROSEC&ventas=1000&exportaciones=700&importaciones=100"

SECRET = "Zxqvwpk Ñandúes de Tlalpan"
# The text as a Python string may hold it: one, two or four bytes a letter.
FORMS = ("latin-1", "utf-8", "utf-16-le", "utf-32-le")

# What the device keeps.
OPEN = """
    const name = (await caches.keys()).find((name) => name.startsWith('instantanea'));
    const store = await caches.open(name);
    const [place] = await store.keys();
    const kept = await store.match(place);
"""
STORED = "async () => (await caches.keys()).filter((name) => name.startsWith('instantanea'))"
FIND = (
    "async (texts) => {"
    + OPEN
    + """
    const bytes = new Uint8Array(await kept.arrayBuffer());
    const isAt = (i, text) => text.every((byte, n) => bytes[i + n] === byte);
    const has = (text) => {
        for (let i = 0; (i = bytes.indexOf(text[0], i)) !== -1; i += 1) if (isAt(i, text)) return true;
        return false;
    };
    return texts.map(has);
}"""
)


@pytest.fixture
def context(browser):
    context = browser.new_context(**CONTEXT)
    yield context
    context.close()


def visit(context, site, query=FIGURES) -> Pagina:
    pagina = Pagina(context.new_page(), site)
    pagina.problems = watch(pagina.page)
    return pagina.open(query)


def until_kept(pagina: Pagina) -> Pagina:
    expect(pagina.page.locator("#memoria")).to_be_visible(timeout=90_000)
    return pagina


def began_from_memory(pagina: Pagina) -> bool:
    return pagina.page.evaluate("performance.getEntriesByName('raoce:memoria').length") == 1


def change_kept(pagina: Pagina, headers: str = "", body: str = "") -> None:
    """Keep something else in its place: ``headers`` and ``body`` are statements over those."""
    pagina.page.evaluate(
        "async () => {"
        + OPEN
        + "const headers = new Headers(kept.headers); const body = new Uint8Array(await kept.arrayBuffer());"
        + headers
        + body
        + "await store.put(place, new Response(body, { headers })); }"
    )


@pytest.fixture
def kept(context, site, memoria):
    """A device on which the memory is kept."""
    memoria.put(context, site).close()


@pytest.fixture
def remembering(new_device):
    """Such a device that keeps nothing else of the site, nor makes the memory anew."""
    context = new_device(been_here=True)
    yield context
    context.close()


def test_the_next_start_begins_there_and_does_the_whole_job(context, site, kept, efirma):
    pagina = visit(context, site)
    assert began_from_memory(pagina)
    expect(pagina.page.locator("main")).to_contain_text("600")
    pagina.go("Programas")
    pagina.type("Número de programa PROSEC", "2019-8664")
    pagina.choose("Modalidad PROSEC", "Productor directo")
    pagina.fill_empresa()
    expect(pagina.field("Estado")).to_have_value("Sinaloa")
    pagina.go("Relación de bienes producidos")
    pagina.go("Revisar")
    pagina.go("Firmar")
    # pydantic, asn1crypto and our modules over them come after a start that had no files.
    pagina.choose_efirma(efirma)
    pagina.press("Firmar")
    expect(pagina.page.locator("#firma-lista")).to_be_visible(timeout=30_000)
    assert pagina.download("Descargar solicitud firmada").nombre == "RAOCE_2023_EKU9003173C9.json"
    assert pagina.problems == []


def test_it_works_without_a_server_too(context, efirma):
    with Site(DIST) as url:
        pagina = until_kept(visit(context, url))
        assert not began_from_memory(pagina)
        pagina.page.close()
    pagina = visit(context, url)
    assert began_from_memory(pagina)
    pagina.page.goto(url + "?pantalla=captura&ejercicio=2023&programas=IMMEX")
    python_works(pagina.page)
    assert pagina.download("Descargar PDF").nombre.endswith(".pdf")


def test_it_holds_nothing_of_the_user(context, site):
    pagina = visit(context, site, "?pantalla=solicitante")
    pagina.type("Denominación o razón social", SECRET)
    pagina.type("RFC", "ZXQ010203AB9")
    until_kept(pagina)
    looked_for = [text.encode(form) for text in (SECRET, "ZXQ010203AB9") for form in FORMS]
    # What it must hold: otherwise it would be no wonder that the rest is not found.
    known = [text.encode("latin-1") for text in ("Relación de bienes producidos", "pantallas.solicitante.vista")]
    found = pagina.page.evaluate(FIND, [list(text) for text in (*looked_for, *known)])
    assert found == [False] * len(looked_for) + [True] * len(known)


@pytest.mark.parametrize(
    "wrong",
    [
        {"body": "body[body.length >> 1] ^= 1;"},
        {"body": "body.fill(0, 100_000);"},
        {"headers": "headers.set('x-version', 'otra');"},
        {"headers": "headers.set('x-sha256', '');"},
    ],
    ids=["a bit", "no memory at all", "another version", "no hash"],
)
def test_one_that_is_of_no_use_is_thrown_away_and_the_page_starts_without(remembering, site, wrong):
    pagina = Pagina(remembering.new_page(), site)
    pagina.page.goto(site + "pyscript.json")
    change_kept(pagina, **wrong)
    pagina.open(FIGURES)
    assert not began_from_memory(pagina)
    expect(pagina.page.locator("main")).to_contain_text("600")
    assert pagina.page.evaluate(STORED) == []


def test_one_that_python_cannot_go_on_from_is_thrown_away_too(remembering, site):
    """Whole by its hash, and no memory: as another engine would find it."""
    pagina = Pagina(remembering.new_page(), site)
    pagina.page.goto(site + "pyscript.json")
    rehash = """
        body.fill(7, 60_000);
        const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', body));
        headers.set('x-sha256', Array.from(digest, (b) => b.toString(16).padStart(2, '0')).join(''));
    """
    change_kept(pagina, body=rehash)
    pagina.open(FIGURES)
    assert not began_from_memory(pagina)
    expect(pagina.page.locator("main")).to_contain_text("600")
    assert pagina.page.evaluate(STORED) == []


def test_erasing_everything_erases_it_and_it_is_not_made_again(context, site, kept):
    pagina = until_kept(visit(context, site))
    pagina.press("Borrar todo")
    pagina.press("Sí, borrar todo")
    expect(pagina.page.locator("#memoria")).to_be_hidden()
    pagina.page.wait_for_timeout(500)
    assert pagina.page.evaluate(STORED) == []
    assert pagina.page.evaluate("Object.keys(localStorage)") == []


@pytest.mark.parametrize("query", ["?modo=practica&caso=fecha-prosec", FIGURES + "&incrustado=1"])
def test_neither_practice_nor_a_frame_uses_it(remembering, site, query):
    page = remembering.new_page()
    if "incrustado" in query:
        frame = put_in_frame(page, site, site + query)
        python_works(frame)
        used = page.frames[1].evaluate("performance.getEntriesByName('raoce:memoria').length")
    else:
        used = began_from_memory(Pagina(page, site).open(query))
    assert not used


def test_where_storage_is_scarce_nothing_is_kept(context, site):
    page = context.new_page()
    page.add_init_script("navigator.storage.estimate = async () => ({ quota: 600_000_000, usage: 200_000_000 });")
    pagina = Pagina(page, site).open(FIGURES)
    expect(page.locator("html")).to_have_attribute("data-sin-conexion", "si", timeout=60_000)
    page.wait_for_timeout(6000)
    assert pagina.page.evaluate(STORED) == []
    expect(page.locator("#memoria")).to_be_hidden()
