"""Reads the cases that a lawyer can read: `load("cifras")` gives the tables of `casos/cifras.toml`."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

# The cases of practice, one a file.
PRACTICA = Path(__file__).with_name("practica")


def load(nombre: str) -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name(f"{nombre}.toml").read_text(encoding="utf-8"))


def each(nombre: str, tabla: str = "casos", titulo: str = "titulo"):
    """Decorator: run a test once for each row of a table, named after the row."""
    rows = load(nombre)[tabla]
    return pytest.mark.parametrize("caso", rows, ids=[str(row[titulo]) for row in rows])
