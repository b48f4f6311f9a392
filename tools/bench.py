"""Measure the start of the page and its answer to a keystroke, beside a plain PyScript page.

Both pages are served from the same place and visited in the same browser, in turns: a first visit with an
empty profile (cold) and a second one in a new browser with the same profile (warm). Medians over the rounds.

The plain page imports pydantic before it is ready. Ours does without until the filer gets to the last screens: a
visit straight to «Firmar» measures how long it takes to have everything that the plain page has.
Nothing here passes or fails: the aims are printed beside what was measured.
"""

import argparse
import json
import statistics
import tempfile
import time
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from playwright.sync_api import Page, Playwright, sync_playwright

import navegador
from construir.base import node
from construir.base.reserva import Store, fingerprint
from construir.base.rutas import BUILD, DIST, ROOT, WHEELS
from construir.sitio.peso import AIM as MOST_BYTES
from medir import archivos, llana
from medir.pagina import PATIENCE, QUIET, browser, keystrokes, timed
from medir.red import SlowNetwork
from serve import Site

HERE = Path(__file__).parent / "medir"
FIGURES = {
    "pantalla": "datos",
    "ejercicio": "2023",
    "programas": "IMMEX",
    "fecha": "2024-05-15",
    "ventas": "98765",
    "exportaciones": "4321",
}

Samples = dict[str, list[float]]


@dataclass(frozen=True)
class Row:
    """A line of the table: a measure, its unit, and what is aimed at, in that unit or as a ratio."""

    label: str
    measure: str
    unit: str = "s"
    most: float | None = None
    most_ratio: float | None = None


ROWS = (
    Row("form painted, cold", "cold paint", most=0.15),
    Row("form painted, warm", "warm paint", most=0.15),
    Row("Python ready, cold", "cold ready", most_ratio=0.30),
    Row("Python ready, warm", "warm ready", most_ratio=0.35),
    Row("with all that signing needs, first visit", "cold signing"),
    Row("with all that signing needs, second visit", "warm signing", most_ratio=0.25),
    Row("with all that signing needs, third visit", "later signing", most_ratio=0.25),
    Row("first figure, cold", "cold figure"),
    Row("first figure, warm", "warm figure"),
    Row("ready, first visit, beside an empty page", "chromium visit 1"),
    Row("ready, second visit, beside an empty page", "chromium visit 2", most_ratio=0.33),
    Row("ready, third visit, beside an empty page", "chromium visit 3", most_ratio=0.33),
    Row("Firefox: first visit, beside an empty page", "firefox visit 1"),
    Row("Firefox: second visit, beside an empty page", "firefox visit 2"),
    Row("Firefox: third visit, beside an empty page", "firefox visit 3"),
    Row("9 Mbit/s, 60 ms: form painted, cold", "slow paint"),
    Row("9 Mbit/s, 60 ms: ready, cold", "slow ready"),
    Row("longest task of the start, cold", "cold task", unit="ms", most=50),
    Row("longest task of the start, warm", "warm task", unit="ms", most=50),
    Row("keystroke to figure, p95", "keystroke", unit="ms", most=16),
    Row("the same with 1,000 goods, p95", "goods keystroke", unit="ms", most=30),
    Row("a good added to 1,000", "goods row", unit="ms", most=200),
    Row("1,000 goods read and shown", "goods table", unit="ms", most=100),
    Row("1,000,000 rows of pedimentos read and added up", "files", most=8),
    Row("memory for that, over the page's own", "files memory", unit="MB", most=200),
    Row("longest without a sign of progress", "files silence", unit="ms", most=500),
    Row("«Cancelar» to its answer", "files cancel", unit="ms"),
    Row("keystroke to figure meanwhile, p95", "files keystroke", unit="ms"),
    Row("the longest that a key waits", "files longest", unit="ms"),
    Row("a key of documents ticked, 200,000 pedimentos", "files key", unit="ms"),
    Row("100,000 CFDI read and added up", "invoices", most=60),
    Row("memory for that, over the page's own", "invoices memory", unit="MB"),
    Row("longest without a sign of progress", "invoices silence", unit="ms", most=500),
    Row("working paper of 100,000 pedimentos", "paper"),
    Row("its size", "paper size", unit="MB"),
    Row("1,500 companies and ejercicios shown", "desk", unit="ms", most=200),
    Row("keystroke in their search, p95", "desk keystroke", unit="ms", most=30),
    Row("our modules imported by the first figure", "modules", unit="modules"),
    Row("their imports and the first figure, in Node", "imports", unit="ms"),
    Row("first visit, compressed", "bytes", unit="MB", most=MOST_BYTES / 1e6),
)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--rounds", type=int, default=5, help="visits of each kind to each page")
    options.add_argument("--files", action="store_true", help="only what the filer's own files take to be read")
    asked = options.parse_args()
    if asked.files:
        print(table(_files(asked.rounds), {}))
        return
    rounds = asked.rounds
    plain_folder = Store(BUILD / "reserva").folder(
        "llana",
        fingerprint(Path(llana.__file__), WHEELS, ROOT / "package-lock.json"),
        llana.build,
        "Making the plain PyScript page to compare with",
    )
    query = f"?{urlencode(FIGURES)}"
    engines = ["chromium", *(["firefox"] if navegador.find_firefox() else [])]
    ours: Samples = defaultdict(list)
    plain: Samples = defaultdict(list)
    with sync_playwright() as playwright:
        for number in range(1, rounds + 1):
            print(f"Round {number} of {rounds}", flush=True)
            measure(playwright, DIST, query, ours, types=True)
            measure_slow(playwright, DIST, query, ours)
            for engine in engines:
                measure_visits(playwright, DIST, query, ours, engine=engine, keeps=True)
            measure_signing(playwright, ours)
            measure_goods(playwright, ours)
            archivos.measure(playwright, ours)
            measure_desk(playwright, ours)
            measure_imports(ours)
            measure(playwright, plain_folder, "", plain, types=False)
            measure_slow(playwright, plain_folder, "", plain)
            for engine in engines:
                measure_visits(playwright, plain_folder, "vacia.html", plain, engine=engine)
    print(table(ours, plain))


def _files(rounds: int) -> Samples:
    found: Samples = defaultdict(list)
    with sync_playwright() as playwright:
        for _ in range(rounds):
            archivos.measure(playwright, found)
    return found


def measure(playwright: Playwright, folder: Path, query: str, samples: Samples, *, types: bool) -> None:
    """A cold and a warm visit to the site in `folder`; what they took is added to `samples`."""
    site = Site(folder)
    with site as url, tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        for visit in ("cold", "warm"):
            with browser(playwright, profile) as context:
                page = context.pages[0]
                time.sleep(QUIET)
                _ready(page, url + query)
                time.sleep(QUIET)
                for name, value in _start_of(page).items():
                    samples[f"{visit} {name}"].append(value)
                if visit == "cold":
                    samples["bytes"].append(site.bytes_sent / 1e6)
                elif types:
                    samples["keystroke"] += keystrokes(page, "Ventas totales (a)")


def measure_visits(
    playwright: Playwright, folder: Path, path: str, samples: Samples, *, engine: str = "chromium", keeps: bool = False
) -> None:
    """Three visits as people make them, to a page of `folder` that may keep itself and Python's memory for the next."""
    with Site(folder) as url, tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        for number in (1, 2, 3):
            with browser(playwright, profile, service_workers="allow", engine=engine) as context:
                page = context.pages[0]
                time.sleep(QUIET)
                samples[f"{engine} visit {number}"].append(_ready(page, url + path))
                if keeps:
                    page.locator("#memoria").wait_for(state="visible", timeout=PATIENCE)


def measure_slow(playwright: Playwright, folder: Path, path: str, samples: Samples) -> None:
    """A first visit on the network of a small firm."""
    with (
        Site(folder) as near,
        SlowNetwork(near, bits_per_second=9e6, round_trip=0.06) as url,
        tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile,
        browser(playwright, profile) as context,
    ):
        time.sleep(QUIET)
        samples["slow ready"].append(_ready(context.pages[0], url + path))
        samples["slow paint"].append(_at(context.pages[0], "first-contentful-paint"))


def _ready(page: Page, url: str) -> float:
    """Seconds from the navigation to `url` until Python has put its first figure there."""
    page.goto(url)
    page.locator("html[data-python=listo]").wait_for(state="attached", timeout=PATIENCE)
    return _at(page, "raoce:listo")


def _at(page: Page, name: str) -> float:
    """Seconds from the navigation until a moment that the page has marked."""
    return page.evaluate("name => performance.getEntriesByName(name)[0].startTime", name) / 1000


def measure_signing(playwright: Playwright, samples: Samples) -> None:
    """Visits to «Firmar», until Python has what signing needs and answers to its button."""
    with Site(DIST) as url, tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        for visit, service_workers in (("cold", "block"), ("kept", "allow"), ("warm", "allow"), ("later", "allow")):
            with browser(playwright, profile, service_workers) as context:
                page = context.pages[0]
                time.sleep(QUIET)
                _ready(page, f"{url}?pantalla=firmar")
                page.locator("[data-evento='firmar.solicitud']").click()
                page.locator("#resumen-errores").wait_for(timeout=PATIENCE)
                samples[f"{visit} signing"].append(page.evaluate("performance.now()") / 1000)
                if visit == "kept":
                    page.locator("#memoria").wait_for(state="visible", timeout=PATIENCE)


def measure_goods(playwright: Playwright, samples: Samples) -> None:
    """A table of a thousand goods: opened, typed beside, and one more added."""
    goods = "\n".join(f"I\t85011001\tMotor {n}\t06\t{n}\t1\t1" for n in range(1000))
    draft = {"formato": "raoce-borrador/1", "campos": {"programa-PROSEC": "si", "ejercicio": "2023", "bienes": goods}}
    body = {"name": "b.json", "mimeType": "application/json", "buffer": json.dumps(draft).encode()}
    with (
        Site(DIST) as url,
        tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile,
        browser(playwright, profile) as context,
    ):
        page = context.pages[0]
        page.goto(f"{url}?pantalla=bienes")
        page.wait_for_selector("html[data-python=listo]", state="attached", timeout=PATIENCE)
        time.sleep(QUIET)
        change = "medida.until('change', '[data-bien]')"
        samples["goods table"].append(
            timed(page, change, lambda: page.locator("#abrir-borrador").set_input_files(body))
        )
        page.get_by_label("Clave sector").select_option("I")
        for name, text in (("bien_fraccion", "85011002"), ("bien_descripcion", "x"), ("bien_total", "1")):
            page.locator(f"#{name}").fill(text)
        page.get_by_label("Unidad de medida").select_option("06")
        for name in ("bien_nacional", "bien_exportacion"):
            page.locator(f"#{name}").fill("1")
        samples["goods keystroke"] += keystrokes(page, "Volumen del total de bienes producidos")
        added = "medida.until('click', '[data-bien=\"1000\"]')"
        samples["goods row"].append(timed(page, added, lambda: page.get_by_role("button", name="Agregar").click()))


def measure_desk(playwright: Playwright, samples: Samples) -> None:
    """The desk of a broker, 500 companies with three years each: shown, and searched."""
    drafts = [
        {
            "campos": {
                **{"rfc": f"AAA0101{n:05}", "razon_social": f"Ensambles {n}", "ejercicio": str(ejercicio)},
                **{f"programa-{p}": "si" for p in (("IMMEX",), ("PROSEC",), ("IMMEX", "PROSEC"), ("ALTEX",))[n % 4]},
                **({"presentacion": f"{ejercicio + 1}-04-{10 + n % 19}"} if n % 3 else {}),
            }
        }
        for n in range(500)
        for ejercicio in (2023, 2024, 2025)
    ]
    body = json.dumps({"formato": "raoce-borradores/1", "borradores": drafts}).encode()
    with (
        Site(DIST) as url,
        tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile,
        browser(playwright, profile) as context,
    ):
        page = context.pages[0]
        _ready(page, f"{url}?pantalla=empresas")
        file = {"name": "b.json", "mimeType": "application/json", "buffer": body}
        page.locator("#restaurar").set_input_files(file)
        page.get_by_role("button", name="Restaurar las marcadas").click(timeout=PATIENCE)
        page.locator("[data-borrador]").first.wait_for(timeout=PATIENCE)
        page.locator("#contando").wait_for(state="detached", timeout=PATIENCE)
        page.locator("[data-evento=ir][data-pantalla=verificar]").first.click()
        page.locator("[data-borrador]").first.wait_for(state="detached", timeout=PATIENCE)
        time.sleep(QUIET)
        shown = "medida.until('click', '[data-borrador]')"
        desk = page.locator("[data-evento=ir][data-pantalla=empresas]").first
        samples["desk"].append(timed(page, shown, desk.click))
        page.locator("#contando").wait_for(state="detached", timeout=PATIENCE)
        page.locator("#filtro_empresas").focus()
        wanted = "ensambles 12"
        for n, key in enumerate(wanted, 1):
            # The first letters leave all of them, the last ones fewer.
            left = f"medida.until('input', '#cuantas[data-texto=\"{wanted[:n]}\"]')"
            samples["desk keystroke"].append(timed(page, left, lambda key=key: page.keyboard.press(key)))
            page.wait_for_timeout(120)


def measure_imports(samples: Samples) -> None:
    """What the first figure imports of ours: without a browser, whose own work would hide it."""
    found = json.loads(node.run(HERE / "importaciones.mjs", DIST, f"?{urlencode(FIGURES)}"))
    samples["modules"].append(found["modules"])
    samples["imports"].append(found["ms"])


def _start_of(page: Page) -> dict[str, float]:
    """The measures of a start: seconds since the navigation, and milliseconds of the longest task until ready."""
    paint, ready, figure, task = page.evaluate(
        """() => {
            const at = name => performance.getEntriesByName(name)[0].startTime;
            const ready = at('raoce:listo');
            const tasks = medida.tasks.filter(task => task.startTime < ready).map(task => task.duration);
            return [at('first-contentful-paint'), ready, at('medida:cifra'), Math.max(0, ...tasks)];
        }"""
    )
    return {"paint": paint / 1000, "ready": ready / 1000, "figure": figure / 1000, "task": task}


def table(ours: Samples, plain: Samples) -> str:
    """One line a measure: ours, the plain page's, their ratio, and the aim."""
    lines = ["", f"{'':48}{'ours':>9}{'plain':>9}{'ratio':>8}   aim"]
    for row in ROWS:
        if row.measure not in ours:
            continue  # of an engine that is not here
        value = _summary(row, ours)
        other = _summary(row, plain) if _beside(row) in plain else None
        ratio = f"{value / other:8.2f}" if other else " " * 8
        beside = f"{other:9.{_digits(row)}f}" if other is not None else " " * 9
        label = f"{row.label}, {row.unit}"
        lines.append(f"{label:48}{value:9.{_digits(row)}f}{beside}{ratio}   {_aim(row)}")
    return "\n".join(lines)


def _beside(row: Row) -> str:
    """The measure of the plain page that a row is compared with: it has everything as soon as it is ready."""
    return {"later signing": "warm ready"}.get(row.measure, row.measure.replace("signing", "ready"))


def _summary(row: Row, samples: Samples) -> float:
    values = samples[row.measure] or samples[_beside(row)]
    return statistics.quantiles(values, n=20)[-1] if "keystroke" in row.measure else statistics.median(values)


def _digits(row: Row) -> int:
    return 0 if row.unit in ("ms", "modules") else 2


def _aim(row: Row) -> str:
    if row.most_ratio is not None:
        return f"ratio ≤ {row.most_ratio:.2f}"
    return f"≤ {row.most:g}" if row.most is not None else ""


if __name__ == "__main__":
    main()
