"""Gives every field for files what harms whoever believes it, in a browser, and measures what stays behind of it.

The memory of the wasm never shrinks: what it tells is whether it grows with every round, and how high it stands. What
Python holds is told by its own count of objects, the rest by what the system says that the processes occupy.
"""

import hashlib
import json
import random
import shutil
import subprocess
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Playwright

import navegador
from efirmas import make_efirma
from medir.campos import Campo, campos
from serve import Site

SCRIPT = Path(__file__).with_name("memoria.js")
PATIENCE = 150_000  # ms: the page gives up earlier
PAUSE = 2.0  # seconds for what was let go to be given back
# What Python counts, for the worker's own global scope: the page has no way to ask.
COUNT = """

def _objects():
    import gc

    gc.collect()
    return len(gc.get_objects())


import js
from pyodide.ffi import create_proxy

js.medida = create_proxy(lambda: f"{pyodide_js._module.HEAPU8.length} {_objects()}")
"""


@dataclass
class Cuenta:
    """What came of the files of one kind."""

    files: int = 0
    silent: list[str] = field(default_factory=list)  # those without a sentence
    faults: Counter[str] = field(default_factory=Counter)
    slowest: tuple[float, str] = (0.0, "")

    def line(self) -> str:
        told = f"{self.files} files, slowest {self.slowest[0]:.2f} s ({self.slowest[1]}), {len(self.silent)} silent"
        return (
            told
            + "".join(f"\n    no sentence: {name}" for name in dict.fromkeys(self.silent))
            + "".join(f"\n    {fault}: {count}" for fault, count in self.faults.items())
        )


@dataclass(frozen=True)
class Memoria:
    """Megabytes, but for the objects of Python."""

    wasm: float
    objects: int
    page: float
    renderer: float
    whole: float

    HEADINGS = f"{'':22}{'wasm':>8}{'Python':>12}{'page':>8}{'renderer':>11}{'whole browser':>15}"

    def line(self, label: str) -> str:
        return f"{label:22}{self.wasm:8.1f}{self.objects:12,}{self.page:8.1f}{self.renderer:11.1f}{self.whole:15.1f}"


class Medidor:
    """A page of the site at `url`, whose answers are heard and whose memory is measured."""

    def __init__(self, playwright: Playwright, url: str, folder: Path):
        options = navegador.launch_options()
        options["args"] = [*options["args"], "--js-flags=--expose-gc"]
        self._folder, self._written_so_far = folder, 0
        self.accounts: dict[str, Cuenta] = defaultdict(Cuenta)
        self._browser = playwright.chromium.launch(**options)
        context = self._browser.new_context(locale="es-MX", timezone_id="America/Mexico_City", service_workers="block")
        self.page = context.new_page()
        self.page.add_init_script(path=SCRIPT)
        self.page.goto(f"{url}?pantalla=plazos&ejercicio=2023&programas=PROSEC")
        self.page.locator("html[data-python=listo]").wait_for(state="attached", timeout=PATIENCE)

    def end(self) -> None:
        self._browser.close()

    def measure(self) -> Memoria:
        time.sleep(PAUSE)
        (worker,) = self.page.workers
        worker.evaluate("gc()")
        self.page.evaluate("gc()")
        wasm, objects = map(int, worker.evaluate("medida()").split())
        time.sleep(PAUSE)
        heap = self.page.context.new_cdp_session(self.page).send("Runtime.getHeapUsage")["usedSize"]
        processes = self._browser.new_browser_cdp_session().send("SystemInfo.getProcessInfo")["processInfo"]
        sizes = [(p["type"], _resident(p["id"])) for p in processes]
        # The browser has some of its own, which are smaller.
        renderer = max(size for kind, size in sizes if kind == "renderer")
        return Memoria(wasm / 1e6, objects, heap / 1e6, renderer, sum(size for _, size in sizes))

    def go(self, pantalla: str) -> None:
        self._answer(lambda: self.page.evaluate("name => medida.go(name)", pantalla))

    def give(self, campo: Campo, name: str, body: bytes) -> None:
        """Chooses the file in the field; what is answered is put down."""
        self.clear(campo)
        # What was told of the file before is gone when the screen is left.
        self.go("incrustar")
        self.go(campo.pantalla)
        if campo.pantalla == "firmar":
            self._choose("certificado", "empresa.cer", make_efirma().cer)
        if campo.firma:
            self.page.locator("#contrasena").fill(make_efirma().contrasena)
        account = self.accounts[campo.nombre]
        before = self.page.evaluate("medida.lines()")
        if campo.firma:
            self.page.locator(f"#{campo.id}").set_input_files(self._written(name, body))
            button = self.page.get_by_role("button", name="Firmar", exact=True)
            took = self._answer(button.click)
        else:
            took = self._choose(campo.id, name, body)
        account.files += 1
        account.slowest = max(account.slowest, (took, name))
        if not any(line not in before and len(line.split()) > 2 for line in self.page.evaluate("medida.lines()")):
            account.silent.append(name)
        account.faults.update(f"{name}: {fault}" for fault in self.page.evaluate("medida.faults()"))

    def _choose(self, field: str, name: str, body: bytes) -> float:
        path = self._written(name, body)
        return self._answer(lambda: self.page.locator(f"#{field}").set_input_files(path))

    def _written(self, name: str, body: bytes) -> Path:
        # Of a file of the same name in the same field the browser says nothing.
        self._written_so_far += 1
        path = self._folder / f"{self._written_so_far} {name}"
        path.write_bytes(body)
        return path

    def clear(self, campo: Campo) -> None:
        button = self.page.get_by_role("button", name=campo.suelta, exact=True)
        if campo.suelta and button.count():
            self._answer(button.first.click)

    def _answer(self, act: Callable[[], object]) -> float:
        """Seconds from the event that `act` causes until all that follows from it is answered and shown."""
        self.page.evaluate("medida.begin()")
        act()
        return self.page.evaluate("patience => medida.ended(patience)", PATIENCE) / 1000


def _resident(pid: int) -> float:
    """Megabytes of memory that a process occupies."""
    done = subprocess.run(["ps", "-o", "rss=", "-p", str(pid)], capture_output=True, text=True, check=False)
    return int(done.stdout or 0) / 1000


def _counting(dist: Path, folder: Path) -> Path:
    """A copy of the site whose Python tells what it holds."""
    shutil.copytree(dist, folder)
    worker = "py/worker.py"
    body = (folder / worker).read_bytes() + COUNT.encode()
    # A start that takes long looks whether every file is as it was published.
    listed = folder / "static/data/archivos.json"
    files = json.loads(listed.read_text()) | {worker: [len(body), hashlib.sha256(body).hexdigest()]}
    (folder / worker).write_bytes(body)
    listed.write_text(json.dumps(files))
    return folder


def use_memory(playwright: Playwright, dist: Path, rounds: int, count: int, seed: int) -> None:
    """`rounds` times all that is hostile, and `count` damaged ones, to each field; the figures are printed."""
    chance, fields = random.Random(seed), campos()
    with tempfile.TemporaryDirectory() as temporary, Site(_counting(dist, Path(temporary, "sitio"))) as url:
        meter = Medidor(playwright, url, Path(temporary))
        try:
            # The draft first: a key is asked for when the report can be signed.
            for campo in sorted(fields, key=lambda c: c.nombre != "draft"):
                meter.go(campo.pantalla)
                meter.give(campo, *campo.good)
            meter.accounts.clear()
            print(Memoria.HEADINGS, flush=True)
            print(meter.measure().line("every field used"), flush=True)
            for number in range(1, rounds + 1):
                for campo in fields:
                    meter.go(campo.pantalla)
                    for name, body in campo.files(chance, count):
                        meter.give(campo, name, body)
                    meter.go(campo.pantalla)
                    meter.clear(campo)
                print(meter.measure().line(f"after round {number}"), flush=True)
        finally:
            for name, account in meter.accounts.items():
                print(f"{name}: {account.line()}", flush=True)
            meter.end()
