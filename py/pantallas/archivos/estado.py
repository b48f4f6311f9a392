"""What «Calcular con mis archivos» has read so far, and what the filer has decided about it. Of it the draft
keeps the amounts used and where they came from (``raoce.solicitud.procedencia``)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal

from raoce.base import DatoInvalido
from tramite.formulario.campos import MARCADO
from tramite.state import Parte, State

if TYPE_CHECKING:
    from pantallas.archivos.muestra import Line
    from raoce.aduana import Pedimentos, Totales
    from raoce.bienes import Fila
    from raoce.facturas import Facturas, Ventas

DATA_STAGE, FACTURAS = "data-stage", "facturas"
EXPORTACION, IMPORTACION = "2", "1"


@dataclass(frozen=True, slots=True)
class Pendiente:
    """A file chosen and not yet read: the ``indice``-th that the page holds for the field ``campo``, or one of the case
    of practice, whose ``contenido`` is here."""

    campo: str
    indice: int
    nombre: str
    bytes: int
    contenido: bytes | None = None


@dataclass(frozen=True, slots=True)
class Fallo:
    """A file that could not be taken at all, and why."""

    archivo: str
    error: DatoInvalido


@dataclass(frozen=True, slots=True)
class Copia:
    """A row of the goods before a volume was copied into it, and since."""

    antes: Fila
    ahora: Fila


class Mesa:
    """The readers at work. The one thing here that changes in place: a reader of a million rows cannot be copied for
    every step of it. Whoever gives up a reading gives up its whole desk."""

    def __init__(self) -> None:
        self.lectores: dict[str, Any] = {}
        self.recibido = bytearray()
        self.en_mano: Iterator[Any] | None = None  # a reading, or an adding up
        self.contenido: bytes | None = None
        self.problemas = 0  # that there were before the file in hand
        self.papel: Any = None  # the working paper being written

    def clear(self) -> None:
        """Nothing is in hand any more."""
        self.en_mano, self.recibido, self.contenido = None, bytearray(), None


@dataclass(frozen=True, slots=True)
class Archivos(Parte):
    """``rfc`` and ``ejercicio``: those that the files are read for. ``cola``: the files to be read. Of the first,
    which is in hand, ``recibidos`` bytes have come and ``renglones`` rows are read; ``leidos`` came before it, of
    ``pasados`` bytes together.

    ``claves``: what the filer decided of each key, by tipo de operación and key; ``fecha``: which date puts a pedimento
    into a year and a month; ``todo``: the totals if every key found counted. ``puestas``: the amounts that «Usar estas
    cantidades» wrote, and ``antes`` those that it wrote over, until it is undone; ``copias``: the volumes copied into
    goods. ``muestras``: what can be told of the files that were not understood.
    """

    rfc: str = ""
    ejercicio: int = 0
    mesa: Mesa | None = None
    cola: tuple[Pendiente, ...] = ()
    sumando: bool = False
    papel: int | None = None  # rows of the working paper written so far, while it is
    recibidos: int = 0
    renglones: int = 0
    leidos: int = 0
    pasados: int = 0
    fallos: tuple[Fallo, ...] = ()
    muestras: tuple[tuple[Line, ...], ...] = ()
    pedimentos: Pedimentos | None = None
    facturas: Facturas | None = None
    claves: Mapping[tuple[str, str], bool] = field(default_factory=lambda: MappingProxyType({}))
    fecha: Literal["original", "propia"] = "original"
    totales: Totales | None = None
    todo: Totales | None = None
    ventas: Ventas | None = None
    antes: Mapping[str, str] | None = None
    puestas: Mapping[str, str] | None = None
    copias: tuple[Copia, ...] = ()

    def of_another_draft(self) -> Archivos:
        return Archivos()

    @property
    def leyendo(self) -> bool:
        """Files are read, or what was read is added up."""
        return bool(self.cola) or self.sumando

    @property
    def hay(self) -> bool:
        """Is there something to show of what was read?"""
        return self.pedimentos is not None or self.facturas is not None


def rfc_of(state: State) -> str:
    """That of the form; empty while it is missing or wrong."""
    return "" if "rfc" in state.evaluacion.errores else str(state.evaluacion.valores.get("rfc", ""))


def is_current(state: State, a: Archivos) -> bool:
    """Were the files read for the company and the ejercicio that are on the form now?"""
    return (a.rfc, a.ejercicio) == (rfc_of(state), state.evaluacion.ejercicio)


def consignacion(state: State) -> bool:
    return state.borrador.get("consignacion") == MARCADO


def with_part(state: State, **changes: object) -> State:
    return state.having(replace(state.of(Archivos), **changes))
