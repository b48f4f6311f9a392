"""What «Relación de bienes producidos» alone knows: what can be undone, and the goods being read from a file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pantallas.bienes.preguntas import Pregunta
from raoce.base import DatoInvalido
from raoce.bienes import COLUMNAS, Fila
from raoce.bienes.bienes import read, tidy
from raoce.bienes.escrituras import settle
from tramite.state import Parte

if TYPE_CHECKING:
    from documentos.hojas.hojas import FilaDeHoja, Hoja

PASO = 500


@dataclass(frozen=True, slots=True)
class Problema:
    """What is wrong in a cell: the row as the spreadsheet numbers it, the column, what it says."""

    renglon: int
    columna: str
    texto: str
    error: DatoInvalido


@dataclass(frozen=True, slots=True)
class Importacion:
    """The rows of a file while they are checked, ``leidas`` of them so far, and then until they are accepted.

    ``archivo``: its name, nothing for what was pasted; ``pagina``: the sheet, where it has another name.
    ``preguntas``: what is asked about its columns; ``respuestas``: the answers, by ``Pregunta.clave``; ``esperan``: the
    rows with nothing wrong but that; ``repaso``: they are checked anew, after an answer.
    """

    archivo: str
    hoja: Hoja
    preguntas: tuple[Pregunta, ...]
    respuestas: Mapping[str, str]
    pagina: str = ""
    repaso: bool = False
    leidas: int = 0
    buenas: int = 0
    esperan: int = 0
    problemas: tuple[Problema, ...] = ()

    @property
    def terminada(self) -> bool:
        return self.leidas == len(self.hoja.filas)

    @property
    def sin_responder(self) -> tuple[str, ...]:
        """The names of the questions without an answer."""
        return tuple(name for name, answer in self.respuestas.items() if not answer)

    def answered(self, respuestas: Mapping[str, str]) -> Importacion:
        """The same with other answers, to be checked from the first row on."""
        return Importacion(self.archivo, self.hoja, self.preguntas, respuestas, self.pagina, repaso=True)

    def step(self) -> Importacion:
        """The next rows checked."""
        rows = self.hoja.filas[self.leidas : self.leidas + PASO]
        found, good, waiting = [], 0, 0
        for row in rows:
            fila, errores = self._read(row)
            wrong = {k: e for k, e in errores.items() if e.codigo != "volumen-por-responder"}
            good += not errores
            waiting += bool(errores) and not wrong
            texts = dict(zip(COLUMNAS, fila, strict=True))
            found += [Problema(row.numero, k, texts[k], e) for k, e in wrong.items()]
        return replace(
            self,
            leidas=self.leidas + len(rows),
            buenas=self.buenas + good,
            esperan=self.esperan + waiting,
            problemas=(*self.problemas, *found),
        )

    def taken(self, filas: Iterable[FilaDeHoja]) -> list[Fila]:
        """Rows of the file as they are to join the table, read as was answered."""
        return [tidy(settle(row.fila, self.respuestas).fila) for row in filas]

    def good(self) -> list[Fila]:
        """The rows of the file without problems."""
        return self.taken(row for row in self.hoja.filas if not self._read(row)[1])

    def _read(self, row: FilaDeHoja) -> tuple[Fila, Mapping[str, DatoInvalido]]:
        """A row, and what is wrong in it by column; where that is of the file alone, with the text that is there."""
        asiento = settle(row.fila, self.respuestas)
        fila = tidy(asiento.fila)
        there = {columna: getattr(row.fila, columna) for columna in asiento.errores}
        return fila._replace(**there), {**read(fila).errores, **asiento.errores}


@dataclass(frozen=True, slots=True)
class Bienes(Parte):
    """``antes``: the table before each change that can be undone; ``importacion``: the goods being read from a file."""

    antes: tuple[str, ...] = ()
    importacion: Importacion | None = None

    def of_another_draft(self) -> Bienes:
        return Bienes()
