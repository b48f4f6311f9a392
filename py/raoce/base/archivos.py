"""What a reader of dropped files tells about them: how far it is, what it read, what it could not read, what to doubt.

The sentences for a code are in ``pantallas/*/textos.toml``.
"""

from typing import Any, NamedTuple

# Enough to see what is wrong; of those beyond, only how many there were is kept.
MAXIMO_PROBLEMAS = 300
LARGO = 120


class Avance(NamedTuple):
    """How far a reader is. ``archivo``: what it is in; ``renglones``: rows or documents since the first file."""

    archivo: str
    renglones: int


class Archivo(NamedTuple):
    """A file as it was dropped. ``sha256`` in hexadecimal; ``registros``: how many of each kind; ``renglones``: all."""

    nombre: str
    sha256: str
    registros: dict[str, int]
    renglones: int


class Duda(NamedTuple):
    """What a filer should look at before she takes a total: a code, and the data that its sentence needs."""

    codigo: str
    datos: dict[str, Any]


class Problema(NamedTuple):
    """Something that could not be read; the rest went on. ``linea``: from 1, or 0 for the file as a whole.

    ``codigo`` and ``datos`` are those of a ``DatoInvalido``.
    """

    archivo: str
    linea: int
    codigo: str
    datos: dict[str, Any]


class Problemas:
    """The first ``MAXIMO_PROBLEMAS``, and how many there were in all.

    >>> found = Problemas()
    >>> found.add("a.xml", 0, "cfdi-tipo", tipo="X")
    >>> found.cuantos, found.lista
    (1, [Problema(archivo='a.xml', linea=0, codigo='cfdi-tipo', datos={'tipo': 'X'})])
    """

    def __init__(self) -> None:
        self.lista: list[Problema] = []
        self.cuantos = 0

    def add(self, archivo: str, linea: int, codigo: str, /, **datos: Any) -> None:
        self.cuantos += 1
        if len(self.lista) < MAXIMO_PROBLEMAS:
            short = {k: v[:LARGO] if isinstance(v, str) else v for k, v in datos.items()}
            self.lista.append(Problema(archivo[-LARGO:], linea, codigo, short))

    def copy(self) -> "Problemas":
        other = Problemas()
        other.lista, other.cuantos = self.lista.copy(), self.cuantos
        return other
