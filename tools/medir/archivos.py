"""«Calcular con mis archivos» with the files of a year of a large company, made by the generators of the tests."""

import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, Playwright

from construir.base.rutas import DIST, ROOT
from medir.pagina import PATIENCE, QUIET, browser, keystrokes, timed
from serve import Site

# What makes the files up is of the tests.
sys.path[:0] = [str(ROOT / folder) for folder in ("py", "tests", "tests/ayudas")]

RFC, EJERCICIO = "EKU9003173C9", 2023
PEDIMENTOS, PARTIDAS, FACTURAS, EN_PAPEL = 200_000, 5, 100_000, 100_000
LONG = 300_000  # ms: a machine that does other things too


def measure(playwright: Playwright, samples: dict[str, list[float]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        for part in (_pedimentos, _facturas, _papel):
            place = Path(folder, part.__name__)
            place.mkdir()
            part(playwright, samples, place)


def _pedimentos(playwright: Playwright, samples: dict[str, list[float]], folder: Path) -> None:
    """Read to the end, then a key of documents is ticked; read again while something is typed elsewhere; cancelled."""
    files = _data_stage(folder, PEDIMENTOS)
    with _page(playwright) as (page, memory):
        before = memory()
        samples["files"].append(_read(page, "#data-stage", files))
        samples["files memory"].append((memory(peak=True) - before) / 1e6)
        samples["files silence"].append(max(page.evaluate("medida.gaps()")))
        page.evaluate("medida.keystrokes.length = 0")
        page.get_by_label("V1", exact=True).click()
        # The policy of the page forbids what ``wait_for_function`` does with a text.
        while not page.evaluate("medida.keystrokes.length"):
            page.wait_for_timeout(50)
        samples["files key"] += page.evaluate("medida.keystrokes")
        remove = page.get_by_role("button", name="Quitar los archivos")
        remove.click()
        # Files chosen before they are forgotten would be forgotten with them.
        remove.wait_for(state="detached")
        page.locator("#data-stage").set_input_files(files)
        page.locator("#leyendo").wait_for(timeout=LONG)
        page.get_by_role("link", name="Volver a Datos de reporte anual").click()
        waits = keystrokes(page, "Ventas totales (a)")
        samples["files keystroke"] += waits
        samples["files longest"].append(max(waits))
        page.go_back()
        cancel = page.get_by_role("button", name="Cancelar")
        cancel.wait_for(timeout=LONG)
        gone = "medida.until('click', 'body:not(:has(#leyendo))')"
        samples["files cancel"].append(timed(page, gone, cancel.click))


def _facturas(playwright: Playwright, samples: dict[str, list[float]], folder: Path) -> None:
    import cfdi
    from facturas import RarezasCfdi, make_cartera

    files = cfdi.write(make_cartera(1, RFC, EJERCICIO, FACTURAS, RarezasCfdi()), folder)
    with _page(playwright) as (page, memory):
        before = memory()
        samples["invoices"].append(_read(page, "#facturas", files, "#total-ventas"))
        samples["invoices memory"].append((memory(peak=True) - before) / 1e6)
        samples["invoices silence"].append(max(page.evaluate("medida.gaps()")))


def _papel(playwright: Playwright, samples: dict[str, list[float]], folder: Path) -> None:
    files = _data_stage(folder, EN_PAPEL)
    with _page(playwright) as (page, _):
        _read(page, "#data-stage", files)
        start = time.monotonic()
        with page.expect_download(timeout=LONG) as download:
            page.get_by_role("button", name="Descargar papel de trabajo").click()
        path = download.value.path()
        samples["paper"].append(time.monotonic() - start)
        samples["paper size"].append(path.stat().st_size / 1e6)


def _data_stage(folder: Path, pedimentos: int) -> list[Path]:
    import data_stage
    from aduana import Rarezas
    from aduana_azar import make_libro

    libro = make_libro(1, RFC, EJERCICIO, pedimentos, Rarezas(), partidas=(PARTIDAS, PARTIDAS))
    return data_stage.write(libro, folder)


@contextmanager
def _page(playwright: Playwright) -> Iterator[tuple[Page, "Memory"]]:
    from borradores import draft_file

    draft = draft_file(rfc=RFC, ventas="98765", exportaciones="4321", **{"programa-IMMEX": "si"})
    body = {"name": "b.json", "mimeType": "application/json", "buffer": draft.encode()}
    with (
        Site(DIST) as url,
        tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile,
        browser(playwright, profile) as context,
    ):
        page = context.pages[0]
        page.goto(f"{url}?pantalla=archivos")
        page.wait_for_selector("html[data-python=listo]", state="attached", timeout=PATIENCE)
        page.locator("#abrir-borrador").set_input_files(body)
        page.get_by_text(f"Se cuenta lo de {RFC} en {EJERCICIO}").wait_for(timeout=PATIENCE)
        time.sleep(QUIET)
        yield page, Memory(profile)


def _read(page: Page, field: str, files: list[Path], shown: str = "#total-exportaciones") -> float:
    """Seconds from the choice of the files until what they add up to."""
    page.evaluate("medida.changes.length = 0")
    done = f"medida.until('change', '{shown}')"
    return timed(page, done, lambda: page.locator(field).set_input_files(files)) / 1000


class Memory:
    """The bytes that the process of the page holds, by what Linux says of it."""

    def __init__(self, profile: str):
        parents = {p: _status(p).get("PPid") for p in _pids()}
        top = {p for p in parents if profile in _command(p)}
        below = {p for p in parents if top & {p, parents[p], parents.get(parents[p] or "")}}
        pages = [p for p in below if "--type=renderer" in _command(p)]
        self.pid = max(pages, key=lambda p: _kilobytes(p, "VmRSS"))
        Path("/proc", self.pid, "clear_refs").write_text("5")

    def __call__(self, peak: bool = False) -> float:
        return _kilobytes(self.pid, "VmHWM" if peak else "VmRSS") * 1024


def _pids() -> list[str]:
    return [p.name for p in Path("/proc").iterdir() if p.name.isdigit()]


def _command(pid: str) -> str:
    try:
        return Path("/proc", pid, "cmdline").read_text(errors="replace").replace("\0", " ")
    except OSError:
        return ""


def _status(pid: str) -> dict[str, str]:
    try:
        lines = Path("/proc", pid, "status").read_text().splitlines()
    except OSError:
        return {}
    return {name: value.strip() for name, _, value in (line.partition(":") for line in lines)}


def _kilobytes(pid: str, name: str) -> int:
    return int(_status(pid).get(name, "0 kB").split()[0])
