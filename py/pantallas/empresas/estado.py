"""What «Mis empresas» alone knows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING

from raoce.base import DatoInvalido
from tramite.borradores.archivero import Archivero
from tramite.borradores.borrador import Guardado
from tramite.empresas.filtros import Filtros
from tramite.empresas.lote import Cambiados, Creados, Quitados
from tramite.empresas.presentadas import Propuesta
from tramite.state import Parte, State

if TYPE_CHECKING:
    from documentos.hojas.listados import Libro
    from documentos.paquete import Paquete
    from documentos.recordatorios import Agenda

# Each action that can be undone holds the drafts that it changed.
MAXIMO_DE_HECHOS = 10
MAXIMO_DE_QUITADOS = 100
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
    """``quitados``: the drafts removed one by one that can be had back, the last one at the end.
    ``marcadas``: the keys of the rows ticked. ``buscando``: the search is being typed in, and another key may follow.
    """

    quitados: tuple[Guardado, ...] = ()
    marcadas: frozenset[str] = frozenset()
    filtros: Filtros = field(default_factory=Filtros)
    cuenta: Cuenta = field(default_factory=Cuenta)
    buscando: bool = False


@dataclass(frozen=True)
class Hecho:
    """Something that was done to many, and can be undone. ``datos``: what its sentence says besides."""

    que: str
    resultado: Creados | Cambiados | Quitados
    datos: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True)
class Trabajo:
    """A file about many that is being written. ``cola``: the drafts that go into it, of which ``hechos`` are in.

    ``destino`` changes in place, as whatever writes a long file; whoever gives up the work gives it up whole.
    ``incompletos``: how many lack something; ``fuera``: how many say nothing that could go in.
    """

    que: str
    destino: Agenda | Paquete | Libro
    cola: tuple[Guardado, ...]
    hechos: int = 0
    incompletos: int = 0
    fuera: int = 0


@dataclass(frozen=True)
class Terminado:
    """What was in the file that was written last: ``cuantos`` sheets or rows; or dates, of ``empresas``."""

    que: str
    cuantos: int
    empresas: int
    incompletos: int
    fuera: int


@dataclass(frozen=True)
class Revision:
    """Reports about to be marked as presented, and what they were found from, to look again before it is done.

    ``texto``: what was pasted; or ``claves`` and ``folio``, of the rows ticked.
    """

    propuesta: Propuesta
    dia: date | None
    texto: str | None = None
    claves: tuple[str, ...] = ()
    folio: str = ""


@dataclass(frozen=True)
class Acciones(Parte):
    """What is done with many at once. ``hechos``: what can be undone, the last one at the end. ``terminado``: the file
    that was written last, or what was asked for and changed nothing. ``fallos``: what is wrong with a field.
    ``por_quitar``: the keys that wait for a yes. ``lista``: the keys of the list to print, while it is shown.
    """

    hechos: tuple[Hecho, ...] = ()
    trabajo: Trabajo | None = None
    terminado: Terminado | Hecho | None = None
    revision: Revision | None = None
    fallos: Mapping[str, DatoInvalido] = field(default_factory=lambda: MappingProxyType({}))
    por_quitar: tuple[str, ...] = ()
    lista: tuple[str, ...] | None = None


def remember(state: State, hecho: Hecho) -> State:
    """The state in which this is what is undone first."""
    mine = state.of(Acciones)
    return state.having(replace(mine, hechos=(*mine.hechos, hecho)[-MAXIMO_DE_HECHOS:]))
