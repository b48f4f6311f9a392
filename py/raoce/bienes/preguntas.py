"""The names of what is asked about a column of volumes, and its answers. When it is asked is told by ``escrituras``."""

from collections.abc import Mapping

from raoce.bienes.bienes import VOLUMENES

# What is asked about a column, and the answers: which sign marks the decimals; whether a dash is zero.
DECIMALES, CEROS = "decimales", "ceros"
COMA, PUNTO = "coma", "punto"
CERO, FALTA = "cero", "falta"
ANSWERS: Mapping[str, tuple[str, str]] = {DECIMALES: (COMA, PUNTO), CEROS: (CERO, FALTA)}


def clave(pregunta: str, columna: str) -> str:
    """The name of a question about a column.

    >>> clave(DECIMALES, "total")
    'decimales_total'
    """
    return f"{pregunta}_{columna}"


PREGUNTAS = tuple(clave(pregunta, columna) for columna in VOLUMENES for pregunta in ANSWERS)
