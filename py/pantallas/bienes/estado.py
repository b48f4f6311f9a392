"""What «Relación de bienes producidos» alone knows: what can be undone, and the goods being read from a file."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from raoce.base import DatoInvalido
from raoce.bienes import COLUMNAS
from raoce.bienes.bienes import read, tidy
from tramite.state import Parte

if TYPE_CHECKING:
    from documentos.hojas.hojas import Hoja

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
    """The rows of a file while they are checked, ``leidas`` of them so far, and then until they are accepted."""

    archivo: str
    hoja: Hoja
    leidas: int = 0
    buenas: int = 0
    problemas: tuple[Problema, ...] = ()

    @property
    def terminada(self) -> bool:
        return self.leidas == len(self.hoja.filas)

    def step(self) -> Importacion:
        """The next rows checked."""
        rows = self.hoja.filas[self.leidas : self.leidas + PASO]
        found, good = [], 0
        for row in rows:
            fila = tidy(row.fila)
            errores = read(fila).errores
            good += not errores
            texts = dict(zip(COLUMNAS, fila, strict=True))
            found += [Problema(row.numero, k, texts[k], e) for k, e in errores.items()]
        return replace(
            self,
            leidas=self.leidas + len(rows),
            buenas=self.buenas + good,
            problemas=(*self.problemas, *found),
        )


@dataclass(frozen=True, slots=True)
class Bienes(Parte):
    """``antes``: the table before each change that can be undone; ``importacion``: the goods being read from a file."""

    antes: tuple[str, ...] = ()
    importacion: Importacion | None = None

    def of_another_draft(self) -> Bienes:
        return Bienes()
