"""The table of goods as the draft keeps it: a line a row, its texts separated by tabs, as a spreadsheet copies it."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache

from raoce.bienes import COLUMNAS, Bien, Fila
from raoce.bienes.bienes import Lectura, identity, read, repeated


@dataclass(frozen=True)
class Relacion:
    """The rows typed and what they mean."""

    filas: tuple[Fila, ...] = ()

    @cached_property
    def lecturas(self) -> tuple[Lectura, ...]:
        return tuple(map(read, self.filas))

    @cached_property
    def bienes(self) -> tuple[Bien, ...]:
        """The goods of the rows that can be read, in their order."""
        return tuple(x.bien for x in self.lecturas if x.bien)

    @cached_property
    def con_errores(self) -> tuple[int, ...]:
        """The places, from 0, of the rows that cannot be read."""
        return tuple(n for n, x in enumerate(self.lecturas) if x.errores)

    @cached_property
    def fracciones(self) -> frozenset[str]:
        return frozenset(f.fraccion for f in self.filas)

    @cached_property
    def _repeated(self) -> frozenset[tuple[str, str]]:
        return repeated(self.bienes)

    def is_repeated(self, bien: Bien) -> bool:
        return identity(bien) in self._repeated


def to_text(filas: Iterable[Iterable[str]]) -> str:
    """
    >>> to_text([Fila("I", "85011001", "Motor", "06", "1", "1", "0")])
    'I\\t85011001\\tMotor\\t06\\t1\\t1\\t0'
    """
    return "\n".join("\t".join(" ".join(texto.split()) for texto in fila) for fila in filas)


@lru_cache(maxsize=16)
def parse(texto: str) -> Relacion:
    """The table of a draft. Never fails: a line too short gets empty texts, one too long loses the rest."""
    rows = (line.split("\t") for line in texto.split("\n") if line.strip())
    width = len(COLUMNAS)
    return Relacion(tuple(Fila(*(row + [""] * width)[:width]) for row in rows))
