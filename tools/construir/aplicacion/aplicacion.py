"""Our own code: one wheel for the browser, and what it draws at build time under CPython."""

import json
import os
import subprocess
import sys
from pathlib import Path

from construir.base import proyecto
from construir.base.rutas import CASES, OUR_PACKAGES, PY
from construir.ruedas import bytecode, paquete, ruedas
from construir.ruedas.paquete import Pack
from construir.ruedas.ruedas import Wheel

NAME = "raoce-app"
ENTRY = "aplicacion.json"
TEMPLATES = (".html", ".jinja", ".j2")


class OurCodeError(Exception):
    """Our own code failed while the build ran it; the message is its traceback."""


def build(folder: Path, stdlib: Path, depends: tuple[str, ...]) -> None:
    """Fill `folder` with the wheel, its entry for the lock, and what `dibujar.py` draws.

    `stdlib` is the compiled standard library, to start the compiler quickly; `depends`, the wheels to load with ours.
    """
    _draw(folder)
    pack = _sources() | paquete.read_folder(folder / "compiladas", "pantallas/compiladas/")
    compiled = bytecode.compile_packs({"app": pack}, stdlib)["app"]
    wheel = Wheel(NAME, proyecto.VERSION, depends, compiled)
    path = ruedas.write(wheel, folder, small=True)
    (folder / ENTRY).write_text(json.dumps(ruedas.lock_entry(wheel, path)))


def _draw(folder: Path) -> None:
    command = [sys.executable, Path(__file__).with_name("dibujar.py"), folder, CASES]
    environment = os.environ | {"PYTHONPATH": str(PY), "PYTHONHASHSEED": "0", "PYTHONUTF8": "1"}
    done = subprocess.run(command, env=environment, capture_output=True, encoding="utf-8")
    if done.returncode:
        raise OurCodeError(done.stderr.strip())


def _sources() -> Pack:
    """The packages with their data files. The templates stay at home: they travel compiled."""
    pack: Pack = {}
    for package in OUR_PACKAGES:
        if (PY / package).is_dir():
            pack |= paquete.read_folder(PY / package, f"{package}/")
    return {path: body for path, body in pack.items() if not path.endswith(TEMPLATES)}
