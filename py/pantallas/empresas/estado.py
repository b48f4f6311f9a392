"""What «Mis empresas» alone knows."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from tramite.borradores.archivero import Archivero
from tramite.borradores.borrador import Guardado
from tramite.empresas.filtros import Filtros
from tramite.state import Parte

# What the names of the boxes that tick a row begin with.
MARCA = "marca-"


@dataclass(frozen=True)
class Cuenta:
    """How many of the rows are known to be complete or not. ``de``: the drafts, and the days that they were read on."""

    de: tuple[Archivero, date, date] | None = None
    hechos: int = 0
    en_curso: bool = False

    def is_of(self, archivero: Archivero, consulta: date, hoy: date) -> bool:
        return self.de is not None and self.de[0] is archivero and self.de[1:] == (consulta, hoy)


@dataclass(frozen=True)
class Empresas(Parte):
    """``quitado``: the draft removed last, as long as it can be had back. ``marcadas``: the keys of the rows ticked."""

    quitado: Guardado | None = None
    marcadas: frozenset[str] = frozenset()
    filtros: Filtros = field(default_factory=Filtros)
    cuenta: Cuenta = field(default_factory=Cuenta)
