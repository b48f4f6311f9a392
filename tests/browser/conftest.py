"""A browser on the built site. `make test` builds it and finds the browser first.

With `RAOCE_PORTATIL=dist/raoce-portable.html` the same tests run on the portable page, opened from the disk.
"""

import fcntl
import os
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, FrameLocator, Page, expect, sync_playwright

from efirmas import make_efirma
from esperas import python_works
from memoria_guardada import QUIET, Memoria, forget, keep_compiled, quiet_page
from navegador import find_firefox, firefox_options, launch_options
from serve import Site

ROOT = Path(__file__).parents[2]
DIST = Path(os.environ.get("RAOCE_DIST", ROOT / "dist"))
# The engines of this machine: a test marked `cada_motor` runs in each.
ENGINES = ["chromium", *(["firefox"] if find_firefox() else [])]
PORTABLE = Path(os.environ["RAOCE_PORTATIL"]).resolve() if "RAOCE_PORTATIL" in os.environ else None
expect.set_options(timeout=10_000)


def only_hosted(reason: str):
    """Marks a test that says nothing of the portable page."""
    return pytest.mark.skipif(PORTABLE is not None, reason=f"not of the portable page: {reason}")


CONTEXT = {"locale": "es-MX", "timezone_id": "America/Mexico_City", "accept_downloads": True}

EMPRESA = {
    "RFC": "EKU9003173C9",
    "Denominación o razón social": "Ensambles Kuautli, S.A. de C.V.",
    "Actividad económica preponderante": "Fabricación de arneses",
    "Correo electrónico": "comercio@empresa.com.mx",
    "Código postal": "81248",
    "Estado": "Sinaloa",
    "Municipio o alcaldía": "Ahome",
    "Localidad": "Los Mochis",
    "Colonia": "Centro",
    "Calle": "Álvaro Obregón",
    "Número exterior": "12",
    "Número interior": "B",
    "Lada": "668",
    "Teléfono": "8123456",
}


@dataclass(frozen=True)
class Descarga:
    """A file that the page gave: the name that it gave it, and its bytes."""

    nombre: str
    cuerpo: bytes


# Firefox says nothing of a download that the page itself makes: it is looked for where it puts it.
FIREFOX_DOWNLOADS = Path(tempfile.mkdtemp(prefix="raoce-descargas-"))


def _saved_by_firefox(act) -> Descarga:
    for old in FIREFOX_DOWNLOADS.iterdir():
        old.unlink()
    act()
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        time.sleep(0.1)
        files = list(FIREFOX_DOWNLOADS.iterdir())
        if len(files) == 1 and files[0].suffix != ".part" and files[0].stat().st_size:
            return Descarga(files[0].name, files[0].read_bytes())
    raise AssertionError("Firefox saved nothing")


# Fields (name → text), filled in by the browser itself.
FILL = """(texts) => {
    for (const [name, text] of Object.entries(texts)) {
        const field = document.getElementsByName(name)[0];
        field.value = text;
        for (const kind of ['input', 'change']) field.dispatchEvent(new Event(kind, { bubbles: true }));
    }
}"""


class Pagina:
    """The page as a filer uses it: by the names on the screen."""

    def __init__(self, page: Page, url: str):
        self.page, self.url = page, url
        self.expected_errors = False

    def open(self, query: str = "") -> "Pagina":
        self.page.goto(self.url + query)
        python_works(self.page)
        return self

    def field(self, label: str):
        return self.page.get_by_label(label, exact=True)

    def type(self, label: str, text: str) -> None:
        self.field(label).fill(text)
        self.field(label).blur()

    def choose(self, label: str, option: str) -> None:
        self.field(label).select_option(label=option)

    def unfold(self) -> None:
        """On a narrow screen the steps and tools are one line that opens."""
        line = self.page.locator("[data-despliega]")
        if line.is_visible() and line.get_attribute("aria-expanded") == "false":
            line.click()

    def go(self, step: str) -> None:
        self.unfold()
        self.page.get_by_role("navigation", name="Pasos").get_by_role("link", name=step).click()
        expect(self.page.locator("h1")).to_contain_text(step)

    def press(self, name: str) -> None:
        self.page.get_by_role("button", name=name, exact=True).click()

    def download(self, button: str) -> "Descarga":
        """What the button of that name gives to keep."""
        if self.engine == "firefox":
            return _saved_by_firefox(lambda: self.press(button))
        with self.page.expect_download() as caught:
            self.press(button)
        return Descarga(caught.value.suggested_filename, caught.value.path().read_bytes())

    @property
    def engine(self) -> str:
        browser = self.page.context.browser  # one with a profile of its own tells none
        return browser.browser_type.name if browser else "chromium"

    def error(self, campo: str):
        return self.page.locator(f"#{campo}-error")

    def fill_empresa(self, types: bool = False) -> None:
        """As a browser that knows the company fills a form in, all of it at once; or typed, a field after another."""
        self.go("Solicitante")
        if types:
            for label, text in EMPRESA.items():
                self.type(label, text)
            return
        texts = {self.field(label).get_attribute("name"): text for label, text in EMPRESA.items()}
        self.page.evaluate(FILL, texts)
        for label, text in EMPRESA.items():
            expect(self.field(label)).to_have_value(text)

    def choose_efirma(self, efirma, contrasena: str | None = None) -> None:
        def archivo(name: str, body: bytes) -> dict:
            return {"name": name, "mimeType": "application/octet-stream", "buffer": body}

        self.field("Certificado (.cer)").set_input_files(archivo("empresa.cer", efirma.cer))
        self.field("Clave privada (.key)").set_input_files(archivo("empresa.key", efirma.key))
        self.field("Contraseña de clave privada").fill(efirma.contrasena if contrasena is None else contrasena)


COVERED = """() => [...document.querySelectorAll('main :is(input, select, textarea, button, a)')].filter(control => {
    const isSeen = control.checkVisibility({ visibilityProperty: true });
    if (!isSeen || control.closest('.solo-lectores, [data-soltar]')) return false;
    control.scrollIntoView({ block: 'center', inline: 'center' });
    const [{ x, y, width, height }] = control.getClientRects();
    const there = document.elementFromPoint(x + width / 2, y + height / 2);
    return there && !control.contains(there) && !there.contains(control);
}).map(control => control.outerHTML.slice(0, 120))"""


def covered(page: Page) -> list[str]:
    """The controls of the screen that something else lies upon, so that nobody can click them."""
    return page.evaluate(COVERED)


@pytest.fixture(scope="session")
def site():
    if PORTABLE:
        yield PORTABLE.as_uri()
        return
    with Site(DIST) as url:
        yield url


@pytest.fixture(scope="session")
def playwright():
    with sync_playwright() as playwright:
        yield playwright


def pytest_generate_tests(metafunc):
    if metafunc.definition.get_closest_marker("cada_motor") and not PORTABLE:
        metafunc.parametrize("browser", ENGINES, indirect=True, scope="session")


# Tests start Python hundreds of times, each for a few seconds: a second, slower compilation pays only where it is kept.
ONE_COMPILATION = "--js-flags=--liftoff-only"


def fast_options() -> dict:
    """In one process, the pages of a device have what was compiled for any that is open."""
    options = launch_options()
    return options | {"args": [*options["args"], ONE_COMPILATION, "--process-per-site"]}


@pytest.fixture(scope="session")
def browser(request, playwright):
    if getattr(request, "param", "chromium") == "firefox":
        browser = playwright.firefox.launch(**firefox_options(), downloads_path=FIREFOX_DOWNLOADS)
    else:
        browser = playwright.chromium.launch(**fast_options())
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def memorias():
    """By the engine, once a test has wanted it."""
    return {}


@pytest.fixture
def memoria(browser, site, memorias, tmp_path_factory):
    """What a device that has been here before keeps of Python. It is made once, whoever of us is first."""
    engine = browser.browser_type.name
    if engine not in memorias:
        ours = tmp_path_factory.getbasetemp()
        folder = ours.parent if "PYTEST_XDIST_WORKER" in os.environ else ours
        found = Memoria(folder / f"memoria-{engine}")
        with open(folder / f"memoria-{engine}.lock", "w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not found.file.exists():
                context = browser.new_context(**CONTEXT)
                found.take(context, site)
                context.close()
        memorias[engine] = found
    return memorias[engine]


@pytest.fixture
def new_device(browser, site, request):
    """Makes one, which has been here before if `been_here`; it keeps no copy of the site."""

    def make(been_here: bool, **options) -> BrowserContext:
        context = browser.new_context(**CONTEXT, service_workers="block", **options)
        # In Firefox to make the memory takes longer than its few tests would save.
        if been_here and not PORTABLE and browser.browser_type.name == "chromium":
            keep_compiled(request.getfixturevalue("memoria").put(context, site))
        return context

    return make


@pytest.fixture
def context(new_device, request):
    """A device of this test alone. Of a first visit tell test_memoria, test_arranque and test_sin_conexion."""
    context = new_device(been_here=request.node.get_closest_marker("primera_visita") is None)
    yield context
    context.close()


@pytest.fixture(scope="session")
def devices():
    """By the browser and the site: the one that tests use in turn, for a new one costs as much as a start.

    Beside it the page that stays open in it.
    """
    return {}


@pytest.fixture
def device(browser, site, new_device, devices, request):
    """A device on which nobody has left anything: one of this test alone where it asks for that."""
    is_virgin = request.node.get_closest_marker("primera_visita") is not None
    if PORTABLE or is_virgin or "context" in request.fixturenames:
        yield request.getfixturevalue("context")
        return
    whose = browser, site
    if whose not in devices:
        new = new_device(been_here=True)
        devices[whose] = new, new.pages[0] if new.pages else quiet_page(new, site)
    device, keeper = devices[whose]
    yield device
    forget(device, site, keeper)


QUERY_IN_FRAME = "?pantalla=plazos&ejercicio=2023&programas=IMMEX&fecha=2024-06-03&incrustado=1"


def put_in_frame(page: Page, host: str, src: str, sandbox: str | None = None) -> FrameLocator:
    """Show `src` in a frame of a page of the site `host`, which keeps in `told` what it is told."""
    page.goto(host + QUIET)
    page.evaluate(
        """([src, sandbox]) => {
            globalThis.told = [];
            addEventListener('message', ({ data }) => told.push(data));
            const frame = document.createElement('iframe');
            if (sandbox !== null) frame.sandbox = sandbox;
            Object.assign(frame, { src, width: 900, height: 600 });
            document.body.prepend(frame);
        }""",
        [src, sandbox],
    )
    return page.frame_locator("iframe")


def watch(page: Page) -> list[str]:
    """What goes wrong on a page from now on, as the browser reports it."""
    problems = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)
    return problems


@pytest.fixture
def pagina(device, site):
    """A page that fails the test when the browser reports an error that nobody expected."""
    page = device.new_page()
    problems = watch(page)
    pagina = Pagina(page, site)
    yield pagina
    assert not problems or pagina.expected_errors


@pytest.fixture(scope="session")
def efirma():
    return make_efirma(rfc=EMPRESA["RFC"], nombre="ENSAMBLES KUAUTLI SA DE CV")
