"""The pictures of the README: the page, and each of the ways in which it is used. Drawn from the built site."""

import io
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, FrameLocator, Page

from build import synchronise
from construir.base.rutas import ROOT
from construir.portatil import portatil
from construir.scorm import scorm
from serve import Site

DOCS = ROOT / "docs"
FILLED = (
    "ejercicio=2023&programas=IMMEX,ALTEX&fecha=2024-05-20&ventas=1000000&exportaciones=105300"
    "&modalidad-IMMEX=industrial&modalidad-ALTEX=exportador-directo"
)
READY = "html[data-python=listo]"
STYLE = """<!doctype html><meta charset="utf-8"><style>
body { margin: 0; font: 1rem/1.5 Georgia, serif; color: #222; background: #fff; }
main { padding: 1rem 1.5rem; } nav { padding: 1rem; background: #eef; border-right: 1px solid #ccd; width: 15rem; }
iframe { width: 100%; border: 0; } .dos { display: flex; } .dos main { flex: 1; padding: 0; } h1 { font-size: 1.4rem; }
</style>"""
COURSE = """<main><h1>Comercio exterior II · Unidad 4: el reporte anual</h1>
<p>Lean el caso, cambien la fecha de consulta y expliquen por qué cambia la situación del programa.</p>
<iframe src="{direccion}" height="620" style="outline: 1px solid #ccc"></iframe></main>"""
PLATFORM = """<script>globalThis.API = {{ LMSInitialize: () => 'true', LMSFinish: () => 'true', LMSCommit: () => 'true',
LMSSetValue: () => 'true', LMSGetLastError: () => '0', LMSGetValue: (e) => e.endsWith('entry') ? 'ab-initio' : '' }};
</script><div class="dos"><nav><h1>Mi curso</h1><ol>{casos}</ol></nav>
<main><iframe src="{direccion}" height="900"></iframe></main></div>"""


def draw(browser: Browser, url: str, dist: Path) -> None:
    """Draw all of them into docs/."""
    _draw_page(browser, url)
    _draw_offline(browser, url)
    _draw_portable(browser, dist)
    _draw_embedded(browser, url)
    _draw_practice(browser, url)
    _draw_package(browser, dist)


def _page(browser: Browser, height: int, **options: object) -> Page:
    options = {"service_workers": "block", "viewport": {"width": 1200, "height": height}} | options
    return browser.new_context(locale="es-MX", **options).new_page()


def open_page(page: Page, address: str) -> None:
    """Go to our page, and wait until Python is ready."""
    page.goto(address)
    page.locator(READY).wait_for(state="attached", timeout=60_000)


def _save(page: Page, name: str) -> None:
    """A picture of what is in view. A palette is enough for it, and a third of the size."""
    picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    picture.quantize(128).save(DOCS / f"{name}.png", optimize=True)


def _draw_page(browser: Browser, url: str) -> None:
    page = _page(browser, 860)
    open_page(page, f"{url}?pantalla=datos&{FILLED}")
    _save(page, "pagina")


def _draw_offline(browser: Browser, url: str) -> None:
    page = _page(browser, 520, service_workers="allow")
    open_page(page, f"{url}?pantalla=plazos&{FILLED}")
    page.locator("html[data-sin-conexion=si]").wait_for(state="attached", timeout=60_000)
    page.context.set_offline(True)
    page.reload()
    page.locator(READY).wait_for(state="attached", timeout=60_000)
    page.locator("html[data-sin-conexion=si]").wait_for(state="attached")
    page.locator("#sin-conexion").scroll_into_view_if_needed()
    _save(page, "sin-conexion")


def _draw_portable(browser: Browser, dist: Path) -> None:
    page = _page(browser, 560)
    open_page(page, f"{(dist / portatil.NAME).resolve().as_uri()}?pantalla=plazos&{FILLED}")
    _save(page, "portatil")


def _show(page: Page, url: str, html: str) -> None:
    """A page of the same server that holds ours."""
    page.route(f"{url}curso", lambda route: route.fulfill(body=STYLE + html, content_type="text/html"))
    page.goto(f"{url}curso")


def _draw_embedded(browser: Browser, url: str) -> None:
    page = _page(browser, 760)
    query = "?pantalla=plazos&ejercicio=2023&programas=IMMEX&fecha=2024-06-03&incrustado=1"
    _show(page, url, COURSE.format(direccion=url + query))
    page.frame_locator("iframe").locator(READY).wait_for(state="attached", timeout=60_000)
    _save(page, "incrustada")


def _answer(page: Page | FrameLocator) -> None:
    """The first case, begun: a wrong answer, and a hint."""
    page.locator(".cuestion").first.wait_for(timeout=60_000)
    page.locator("input[type=date]").first.fill("2024-05-31")
    page.get_by_role("button", name="Comprobar").click()
    page.get_by_role("button", name="Pedir una pista").click()
    page.locator(".pistas").wait_for()
    # Back to the beginning, once the page has moved to the hint.
    page.locator("h1").evaluate("h1 => setTimeout(() => h1.focus(), 200)")
    page.locator("h1:focus").wait_for()
    page.locator("h1").evaluate("h1 => h1.ownerDocument.defaultView.scrollTo(0, 0)")


def _draw_practice(browser: Browser, url: str) -> None:
    page = _page(browser, 1000)
    page.goto(f"{url}?modo=practica&caso=fecha-prosec")
    _answer(page)
    _save(page, "practica")


def _draw_package(browser: Browser, dist: Path) -> None:
    cases = scorm.read_cases()[:8]
    pack = scorm.build((dist / portatil.NAME).read_bytes(), cases)
    with tempfile.TemporaryDirectory() as folder, Site(Path(folder)) as url:
        synchronise(pack, Path(folder))
        page = _page(browser, 900)
        names = "".join(f"<li>{caso.titulo}</li>" for caso in cases)
        _show(page, url, PLATFORM.format(casos=names, direccion=url + cases[0].ruta))
        _answer(page.frame_locator("iframe").frame_locator("#marco"))
        _save(page, "scorm")
