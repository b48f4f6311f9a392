"""What a reader of dropped files tells about them: how far it is, what it read, what it could not read."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from raoce.base import DatoInvalido

# Enough to see what is wrong; the rest is counted.
MAXIMO_PROBLEMAS = 300
MAXIMO_NOMBRE = 200


class Avance(NamedTuple):
    """How far a reader is. ``archivo``: what it is in; ``renglones``: rows or documents of the dropped file so far."""

    archivo: str
    renglones: int


class Archivo(NamedTuple):
    """A dropped file as read. ``registros``: how many of each kind; ``renglones``: all of them together."""

    nombre: str
    sha256: str
    registros: Mapping[str, int]
    renglones: int


class Problema(NamedTuple):
    """Something that could not be read; the rest went on. ``linea``: from 1, or 0 for the file as a whole.

    ``codigo`` and ``datos`` as in ``DatoInvalido``: the sentence is said elsewhere.
    """

    archivo: str
    linea: int
    codigo: str
    datos: Mapping[str, object]


class Problemas:
    """Those found so far: the first ``MAXIMO_PROBLEMAS``, and how many there were of each code.

    >>> found = Problemas()
    >>> found.add("a.xml", DatoInvalido("cfdi-ilegible"))
    >>> found.cuantos, [p.archivo for p in found]
    ({'cfdi-ilegible': 1}, ['a.xml'])
    """

    def __init__(self) -> None:
        self.cuantos: dict[str, int] = {}
        self._kept: list[Problema] = []

    def add(self, archivo: str, problem: DatoInvalido, linea: int = 0) -> None:
        self.cuantos[problem.codigo] = self.cuantos.get(problem.codigo, 0) + 1
        if len(self._kept) < MAXIMO_PROBLEMAS:
            self._kept.append(Problema(archivo[:MAXIMO_NOMBRE], linea, problem.codigo, problem.datos))

    def __iter__(self) -> Iterator[Problema]:
        return iter(self._kept)
