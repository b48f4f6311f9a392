"""What the preview of an import asks about the columns of volumes, once for each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from raoce.bienes import VOLUMENES
from raoce.bienes.escrituras import doubts
from raoce.bienes.preguntas import ANSWERS, clave

if TYPE_CHECKING:
    from documentos.hojas.hojas import FilaDeHoja

_EJEMPLOS = 3


@dataclass(frozen=True, slots=True)
class Pregunta:
    """What is asked about a column: ``sobre``, DECIMALES or CEROS. ``celdas``: how many ask it; ``renglon``: the row of
    the first as the spreadsheet numbers it; ``ejemplos``: what some of them say."""

    sobre: str
    columna: str
    celdas: int
    renglon: int
    ejemplos: tuple[str, ...]

    @property
    def clave(self) -> str:
        return clave(self.sobre, self.columna)


def ask(filas: Iterable[FilaDeHoja]) -> tuple[Pregunta, ...]:
    """The questions that the rows of a spreadsheet raise, in the order of its columns."""
    found: dict[tuple[str, str], list[tuple[int, str]]] = {}
    for row in filas:
        for columna in VOLUMENES:
            texto = getattr(row.fila, columna)
            if texto and (sobre := doubts(texto)):
                found.setdefault((columna, sobre), []).append((row.numero, texto))
    order = sorted(found, key=lambda key: (VOLUMENES.index(key[0]), key[1]))
    return tuple(_question(sobre, columna, found[columna, sobre]) for columna, sobre in order)


def _question(sobre: str, columna: str, cells: list[tuple[int, str]]) -> Pregunta:
    ejemplos = tuple(dict.fromkeys(texto for _, texto in cells))[:_EJEMPLOS]
    return Pregunta(sobre, columna, len(cells), cells[0][0], ejemplos)


def answers(preguntas: Iterable[Pregunta], vista: Mapping[str, str]) -> dict[str, str]:
    """Each question by its ``clave``, and its answer among those there are, or «»."""
    given = {p.clave: (vista.get(p.clave, ""), ANSWERS[p.sobre]) for p in preguntas}
    return {name: answer if answer in possible else "" for name, (answer, possible) in given.items()}
