"""The licences of everything the site carries that is not ours, in one file beside it.

They leave the wheels, which every visit downloads, but they must travel with the code.
"""

from pathlib import Path

from construir.base.rutas import NODE_MODULES
from construir.ruedas.ruedas import Wheel

NPM_PACKAGES = ("@pyscript/core", "docx", "fflate", "idiomorph", "node-forge", "pyodide", "polyscript")
NAMES = ("LICENSE", "LICENCE", "COPYING", "NOTICE")


def collect(wheels: list[Wheel]) -> str:
    """The text of `licencias.txt`, a heading a package."""
    return of_wheels(wheels) + "\n" + _headed([(name, _of_npm(NODE_MODULES / name)) for name in NPM_PACKAGES])


def of_wheels(wheels: list[Wheel]) -> str:
    """The same, of `wheels` alone."""
    return _headed([(f"{wheel.name} {wheel.version}", _of_wheel(wheel)) for wheel in wheels])


def _headed(sections: list[tuple[str, str]]) -> str:
    return "\n".join(f"{title}\n{'=' * len(title)}\n\n{text.strip()}\n\n" for title, text in sections)


def _of_wheel(wheel: Wheel) -> str:
    licences = [path for path in sorted(wheel.pack) if _is_licence(path)]
    # A font has its own beside it.
    files = [path for path in licences if ".dist-info/" in path] or licences
    if files:
        return "\n\n".join(wheel.pack[path].decode(errors="replace") for path in files)
    metadata = next(body for path, body in wheel.pack.items() if path.endswith(".dist-info/METADATA")).decode()
    return "\n".join(line for line in metadata.split("\n\n")[0].splitlines() if line.startswith(("License", "Author")))


def _of_npm(package: Path) -> str:
    files = [path for path in sorted(package.iterdir()) if path.is_file() and _is_licence(path.name)]
    if files:
        return "\n\n".join(path.read_text(encoding="utf-8") for path in files)
    return next(line for line in (package / "package.json").read_text().splitlines() if '"license"' in line).strip()


def _is_licence(path: str) -> bool:
    return path.rpartition("/")[2].upper().startswith(NAMES)
