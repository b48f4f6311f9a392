"""What `pyproject.toml` says of the program: its version, and the packages that it needs in the browser."""

import tomllib

from construir.base.rutas import ROOT

_PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]

VERSION: str = _PROJECT["version"]

# The packages that the first screen needs.
START: tuple[str, ...] = tuple(_PROJECT["dependencies"])
