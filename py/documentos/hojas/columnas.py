"""A table of any kind, and the columns of one kind of table told by their headings, in any order and spelling."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from raoce.base.texto import plain

# The heading is looked for in the first rows: above it come titles.
PRIMERAS = 20
# Columns in which a heading is looked for: no table that people make is wider.
ANCHO = 500
# A title or a cell of text, not a heading.
LARGO = 80


class Ocultos(NamedTuple):
    """What a file hides: rows of the sheet, from 1; columns, from 0 and below ``ANCHO``; the sheet itself."""

    filas: frozenset[int] = frozenset()
    columnas: frozenset[int] = frozenset()
    hoja: bool = False


NADA_OCULTO = Ocultos()


@dataclass(frozen=True, slots=True)
class Tabla:
    """Cells as a person reads them: texts, and ``Numero`` where the cell holds one. The first row is row 1 of the
    spreadsheet; its first cell, column A."""

    filas: tuple[tuple[str, ...], ...]
    nombre: str = ""
    ocultos: Ocultos = NADA_OCULTO


def _none_in_order(tabla: Tabla) -> dict[str, int]:
    return {}


@dataclass(frozen=True)
class Columnas:
    """What a kind of table is told by.

    ``encabezados``: each column and its own heading, which goes before any other wording, as does that ``en_ingles``;
    ``nombrar``: the column that a heading in other words names, or «»; ``necesarias``: no row of headings is without
    one of them; ``seguidas``: the place of each column of a table without headings; ``extiende``: a heading above goes
    on over the cells to its right that are empty, as one merged over several does; ``minimo``: the columns that a row
    of headings has at least; ``vago``: does a heading name its column only where no other does?
    """

    encabezados: Mapping[str, str]
    nombrar: Callable[[str], str]
    necesarias: tuple[str, ...]
    seguidas: Callable[[Tabla], dict[str, int]] = _none_in_order
    extiende: bool = False
    minimo: int = 2
    en_ingles: Mapping[str, str] = field(default_factory=dict)
    vago: Callable[[str], bool] = lambda encabezado: False
    _propios: Mapping[str, str] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(
            self, "_propios", {plain(text): c for own in (self.encabezados, self.en_ingles) for c, text in own.items()}
        )

    def columna(self, encabezado: str) -> str:
        """The column that a heading names, or nothing."""
        return self.nombrar(encabezado) if len(encabezado) <= LARGO else ""

    def match(self, row: Sequence[str]) -> dict[str, int]:
        """The place of each column in a row of headings. Own wording goes first, vague ones last; then the leftmost."""
        named = {i: self.columna(text) for i, text in enumerate(row[:ANCHO]) if text}
        places: dict[str, int] = {}
        for i in sorted(named, key=lambda i: (plain(row[i]) not in self._propios, self.vago(row[i]))):
            if named[i]:
                places.setdefault(named[i], i)
        return dict(sorted(places.items(), key=lambda place: place[1]))

    def is_table(self, tabla: Tabla) -> bool:
        """Whether its columns can be told."""
        return bool(self.find_headings(tabla)[1] or (tabla.filas and self.seguidas(tabla)))

    def find_headings(self, tabla: Tabla) -> tuple[int, tuple[str, ...]]:
        """Where the rows start, and the headings above them: a row, or two when one is split below; or none."""
        best: tuple[int, tuple[str, ...]] = (0, ())
        most = self.minimo - 1
        rows = tabla.filas[:PRIMERAS]
        for start, row in enumerate(rows):
            found = self.match(row)
            if len(found) > most and self._has_a_needed(found):
                best, most = (start + 1, row), len(found)
            below = rows[start + 1] if start + 1 < len(rows) else ()
            for both in self._joined(row, below, found):
                found = self.match(both)
                if len(found) > max(most, len(self.match(below))) and self._has_a_needed(found):
                    best, most = (start + 2, both), len(found)
        return best

    def _has_a_needed(self, found: Mapping[str, int]) -> bool:
        return any(c in found for c in self.necesarias)

    def _joined(self, row: Sequence[str], below: Sequence[str], found: Mapping[str, int]) -> Iterator[tuple[str, ...]]:
        """A row of headings and the one below it as one, in the ways in which they may be."""
        width = range(min(max(len(row), len(below)), ANCHO))
        if found and len(self.match(below)) > 1:
            yield tuple(f"{cell(row, i)} {cell(below, i)}".strip() for i in width)
        # A row of what the table is about has something below a heading that none is without.
        if (
            self.extiende
            and self._has_a_needed(found)
            and not any(cell(below, found[c]) for c in self.necesarias if c in found)
        ):
            above = [cell(row, i) for i in width]
            for i in width:
                if i and not above[i] and cell(below, i):
                    above[i] = above[i - 1]
            yield tuple(f"{above[i]} {cell(below, i)}".strip() for i in width)


def by_hints(pistas: Sequence[tuple[str, str]]) -> Callable[[str], str]:
    """The column whose hint is found first in a heading as `plain` leaves it: (column or «», expression), in order."""

    @lru_cache(maxsize=1024)
    def name(encabezado: str) -> str:
        texto = plain(encabezado)
        return next((c for c, pista in pistas if re.search(pista, texto)), "")

    return name


def cell(row: Sequence[str], place: int) -> str:
    return row[place] if place < len(row) else ""


def letra(lugar: int) -> str:
    """
    >>> letra(0), letra(27)
    ('A', 'AB')
    """
    return (letra(lugar // 26 - 1) if lugar >= 26 else "") + chr(65 + lugar % 26)
