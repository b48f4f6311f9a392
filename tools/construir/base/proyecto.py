"""What the program says of itself: its version, that of its rules, and the packages that it needs in the browser."""

import tomllib

from construir.base.rutas import PY, ROOT

_PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]

VERSION: str = _PROJECT["version"]
RULES: str = tomllib.loads((PY / "raoce" / "reglas" / "version.toml").read_text(encoding="utf-8"))["version"]

# The packages that the first screen needs.
START: tuple[str, ...] = tuple(_PROJECT["dependencies"])
