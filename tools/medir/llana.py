"""A plain PyScript page, to measure ours against: what the same imports cost with nothing done about it.

Stock PyScript on the main thread, Pyodide's own standard library, PyPI's wheels as they come. Packages go
through a lock file, by name, which is quicker than PyScript's default road (micropip asking PyPI): the
comparison is with a plain page at its best.
"""

import json
import shutil
from pathlib import Path

from construir.base.rutas import WHEELS
from construir.javascript.javascript import PYSCRIPT
from construir.ruedas import plataforma, ruedas

CONFIG = {
    "packages": ["pydantic", "holidays"],
    "packages_cache": "passthrough",
    "interpreter": "./pyodide/pyodide.mjs",
}

# What starting Python costs by itself: PyScript and Pyodide as npm gives them, and no package.
EMPTY_CONFIG = {"interpreter": "./pyodide/pyodide.mjs"}

PAGE = """<!doctype html>
<html lang="es">
<head>
<meta charset="utf-8">
<title>{title}</title>
<link rel="icon" href="data:,">
<script type="module" src="pyscript/core.js"></script>
</head>
<body>
<h1>{title}</h1>
<output></output>
<script type="py" config="./{config}">
{program}window.performance.mark("raoce:listo")
document.documentElement.dataset.python = "listo"
</script>
</body>
</html>
"""
PLAIN = """import holidays
from pydantic import BaseModel
from pyscript import document, window


class Balanza(BaseModel):
    ventas_totales: int
    total_exportaciones: int


balanza = Balanza(ventas_totales=1000, total_exportaciones=700)
dias = len(holidays.Mexico(years=2024))
document.querySelector("output").textContent = f"{balanza.total_exportaciones} {dias}"
"""
EMPTY = """from pyscript import document, window

document.querySelector("output").textContent = "1"
"""


def _write_page(page: Path, title: str, program: str, config: dict) -> None:
    settings = page.with_suffix(".json")
    settings.write_text(json.dumps(config))
    page.write_text(PAGE.format(title=title, config=settings.name, program=program), encoding="utf-8")


def build(folder: Path) -> None:
    """Fill `folder` with the plain page and all it loads."""
    _write_page(folder / "index.html", "Plain PyScript", PLAIN, CONFIG)
    _write_page(folder / "vacia.html", "Empty PyScript", EMPTY, EMPTY_CONFIG)
    shutil.copytree(PYSCRIPT, folder / "pyscript", ignore=shutil.ignore_patterns("*.map"))
    (folder / "pyodide").mkdir()
    for name in (*plataforma.PYODIDE_FILES, "python_stdlib.zip"):
        shutil.copyfile(plataforma.PYODIDE / name, folder / "pyodide" / name)
    shutil.copytree(WHEELS, folder / "wheels")
    entries = {}
    for path in sorted(WHEELS.glob("*.whl")):
        wheel = ruedas.read(path)
        entries[wheel.name] = ruedas.lock_entry(wheel, path)
    (folder / "pyodide" / "pyodide-lock.json").write_text(plataforma.lock(entries))
