"""The Python that the browser runs, before our own code: Pyodide, its standard library, PyPI's packages.

The packages that the first screen needs ride in the standard library's zip, from which Python imports without
unpacking: eleven downloads and as many unpackings less at every start. Those with compiled code or data
files cannot, and those that come on demand need not: they are wheels in our own `pyodide-lock.json`.

All this changes only when a lock file or the build itself does, so it may take its time to be small.
"""

import dataclasses
import json
import shutil
from collections.abc import Iterable
from pathlib import Path

from construir.base import proyecto
from construir.base.rutas import NODE_MODULES, WHEELS
from construir.ruedas import bytecode, licencias, paquete, podar, ruedas, stdlib
from construir.ruedas.paquete import Pack
from construir.ruedas.ruedas import Wheel

PYODIDE = NODE_MODULES / "pyodide"
# Under names that every server knows the type of: some send `.mjs` as no script, and the page would not start.
PYODIDE_FILES = {
    "pyodide.mjs": "pyodide.js",
    "pyodide.asm.mjs": "pyodide.asm.js",
    "pyodide.asm.wasm": "pyodide.asm.wasm",
}
STDLIB = "pyodide/python_stdlib.zip"
PACKAGES = "paquetes.json"
COMPLEMENT = "stdlib-complemento"
MAIL = "stdlib-correo"
LATER = "stdlib-despues"


def build(folder: Path) -> None:
    """Fill `folder` with `pyodide/`, `wheels/`, `licencias.txt`, and what the lock says of the wheels.

    `paquetes.json` holds their entries, and the names of those that the first screen needs.
    """
    whole = [ruedas.read(path) for path in sorted(WHEELS.glob("*.whl"))]
    wheels = {wheel.name: _pruned(wheel) for wheel in whole if wheel.name not in podar.NOT_SHIPPED}
    library, rest = stdlib.split(paquete.read(PYODIDE / "python_stdlib.zip"))
    rest, later = stdlib.take_later(rest)
    rest, mail = stdlib.take_mail(rest)
    # Whatever is loaded once the first screen is there may import what that one does without.
    start_names = needed(proyecto.START, wheels)
    for name in wheels.keys() - start_names:
        wheels[name] = dataclasses.replace(wheels[name], depends=(*wheels[name].depends, LATER))
    wheels[LATER] = Wheel(LATER, _python_version(), (), later)
    wheels[MAIL] = Wheel(MAIL, _python_version(), (LATER,), mail)
    wheels[COMPLEMENT] = Wheel(COMPLEMENT, _python_version(), (MAIL, LATER), rest)

    compiled = bytecode.compile_packs({"library": library} | {name: wheel.pack for name, wheel in wheels.items()})
    library = compiled.pop("library")
    wheels = {name: dataclasses.replace(wheels[name], pack=pack) for name, pack in compiled.items()}
    at_start = needed(proyecto.START, wheels)
    for name in sorted(at_start):
        if wheels[name].is_code_only:
            library |= wheels.pop(name).pack

    (folder / "pyodide").mkdir()
    for name, ours in PYODIDE_FILES.items():
        shutil.copyfile(PYODIDE / name, folder / "pyodide" / ours)
    (folder / "licencias.txt").write_text(licencias.collect(whole), encoding="utf-8")
    packages = {
        "start": sorted(at_start & wheels.keys()),
        "entries": _write(library, wheels, folder, small=at_start),
    }
    (folder / PACKAGES).write_text(json.dumps(packages, indent=1, sort_keys=True))


def needed(names: Iterable[str], wheels: dict[str, Wheel]) -> set[str]:
    """The packages `names` and all that they need in turn."""
    found: set[str] = set()
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += wheels[name].depends
    return found


def lock(entries: dict) -> str:
    """The text of our `pyodide-lock.json`: only the packages of `entries`, all of them from this site."""
    original = json.loads((PYODIDE / "pyodide-lock.json").read_text())
    return json.dumps({"info": original["info"], "packages": entries}, sort_keys=True, separators=(",", ":"))


def _pruned(wheel: Wheel) -> Wheel:
    if wheel.name == "pydantic-core" and "wasm32" not in wheel.tag:
        raise ValueError("the wheel of pydantic-core is not the one for WebAssembly")
    return dataclasses.replace(
        wheel,
        pack=podar.prune(wheel.name, wheel.pack),
        depends=tuple(name for name in wheel.depends if name not in podar.NOT_SHIPPED),
    )


def _python_version() -> str:
    return json.loads((PYODIDE / "pyodide-lock.json").read_text())["info"]["python"]


def _write(library: Pack, wheels: dict[str, Wheel], folder: Path, small: set[str]) -> dict:
    """Write the zip and the wheels; answers the lock's entries. Making them `small` takes most of a minute."""
    (folder / "wheels").mkdir()
    paquete.write(library, folder / STDLIB, small=True)
    entries = {}
    for name, wheel in wheels.items():
        path = ruedas.write(wheel, folder / "wheels", small=name in small)
        entries[name] = _entry(wheel, path, wheels)
    return entries


def _entry(wheel: Wheel, path: Path, wheels: dict[str, Wheel]) -> dict:
    """What the zip already holds is no dependency any more."""
    return ruedas.lock_entry(
        dataclasses.replace(wheel, depends=tuple(name for name in wheel.depends if name in wheels)), path
    )
