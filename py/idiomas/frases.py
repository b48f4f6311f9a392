"""What is said in the language spoken: a sentence, one with a number, a table of them, one that code put together."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from idiomas import fechas
from idiomas.idioma import ES, catalogue, current
from raoce.reglas.frase import Frase
from raoce.reglas.meses import Mes
from raoce.reglas.tablas import read


def gettext(frase: str) -> str:
    # The message without text is the head of a catalogue.
    return catalogue(current()).gettext(frase) if frase else ""


def ngettext(una: str, varias: str, cuantas: int) -> str:
    return catalogue(current()).ngettext(una, varias, cuantas)


def N_(frase: str) -> str:
    """Marks a sentence that is said later, by ``gettext``."""
    return frase


def say(dicho: Any) -> Any:
    """A sentence that code has put together (``Frase``), a date, a month, any other text, as the reader is told it."""
    match dicho:
        case Frase():
            return gettext(dicho.plantilla).format(**{k: say(v) for k, v in dicho.datos.items()})
        case str():
            return gettext(dicho)
        case date():
            return fechas.larga(dicho)
        case Mes():
            return fechas.mes(dicho)
        case _:
            return dicho


def tables(path: Path) -> dict[str, Any]:
    """The tables of a file ``.toml`` in the language spoken. Raises ``FileNotFoundError``."""
    return _tables(path, current())


@cache
def _tables(path: Path, idioma: str) -> dict[str, Any]:
    return read(path) if idioma == ES else table(_tables(path, ES))


def table(tabla: Any) -> Any:
    """The same tables with every text in the language spoken."""
    match tabla:
        case str():
            return gettext(tabla)
        case Mapping():
            return {clave: table(valor) for clave, valor in tabla.items()}
        case list():
            return [table(valor) for valor in tabla]
        case _:
            return tabla
