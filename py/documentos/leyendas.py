"""What the printed documents say besides the report, and how a cell of a table is read."""

import re
from pathlib import Path
from typing import Any

import idiomas

_CIFRA = re.compile(r"[-−]?(\$ ?)?[-−]?(\d{1,3}(,\d{3})+|\d+)(\.\d+)?( ?(%|USD|MXN))?")


def texts() -> dict[str, Any]:
    """The tables of ``leyendas.toml``."""
    return idiomas.tables(Path(__file__).with_suffix(".toml"))


def is_figure(texto: str) -> bool:
    """Whether a cell is set on the right, as an amount; nothing (or a dash) goes with the amounts.

    >>> [is_figure(t) for t in ("1,234", "-12.5 %", "$ 3.00", "", "—", "8708.99.99", "IMMEX 12")]
    [True, True, True, True, True, False, False]
    """
    return texto.strip() in ("", "-", "—") or bool(_CIFRA.fullmatch(texto.strip()))
