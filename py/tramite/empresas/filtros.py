"""Which rows are shown, and how many there would be: each count is what its filter would leave, the others kept."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import chain
from types import MappingProxyType

from raoce.base.texto import plain
from tramite.empresas.renglon import Renglon

PELIGRO, ESTADO, PROGRAMA, EJERCICIO, MES, DIA, DATOS = FACETAS = (
    "peligro",
    "estado",
    "programa",
    "ejercicio",
    "mes",
    "dia",
    "datos",
)
FALTAN, COMPLETOS = "faltan", "completos"
# How far the calendar looks ahead.
DIAS_DE_AGENDA = 90


@dataclass(frozen=True, slots=True)
class Filtros:
    """``valores``: the one value that is wanted, by facet; ``texto``: words of which each must be found."""

    valores: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    texto: str = ""

    def toggled(self, faceta: str, valor: str) -> "Filtros":
        """With this value alone in its facet; without any, if it was that one."""
        others = {f: v for f, v in self.valores.items() if f != faceta}
        mine = {} if self.valores.get(faceta) == valor or faceta not in FACETAS else {faceta: valor}
        return replace(self, valores=MappingProxyType(others | mine))


@dataclass(frozen=True, slots=True)
class DiaDeAgenda:
    """A day of the calendar on which the report of these rows must be in, at the latest."""

    dia: date
    dias: int
    renglones: Sequence[Renglon]


def find(rows: Iterable[Renglon], filtros: Filtros) -> tuple[Renglon, ...]:
    """The rows that the search and all filters leave, in their order."""
    return tuple(_passing(_named(rows, filtros.texto), filtros.valores))


def count(rows: Sequence[Renglon], filtros: Filtros, con_datos: bool = True) -> Mapping[str, Mapping[str, int]]:
    """How many rows each value of each facet would leave. ``con_datos``: those of ``DATOS`` too, which cost more."""
    named = _named(rows, filtros.texto)
    passing = _passing(named, filtros.valores)
    found = {}
    for faceta in FACETAS:
        if faceta == DATOS and not con_datos:
            continue
        others = {f: v for f, v in filtros.valores.items() if f != faceta}
        left = passing if len(others) == len(filtros.valores) else _passing(named, others)
        values = _reader(faceta, others)
        found[faceta] = Counter(chain.from_iterable(map(values, left)))
    return found


def agenda(rows: Sequence[Renglon], filtros: Filtros, consulta: date) -> tuple[DiaDeAgenda, ...]:
    """The days of the next ninety on which somebody's report must be in; a filter by day leaves them all."""
    others = {f: v for f, v in filtros.valores.items() if f != DIA}
    last = consulta + timedelta(DIAS_DE_AGENDA)
    days: dict[date, list[Renglon]] = {}
    for row in _passing(_named(rows, filtros.texto), others):
        for dia in row.situacion.fechas:
            if dia <= last:
                days.setdefault(dia, []).append(row)
    return tuple(DiaDeAgenda(dia, (dia - consulta).days, days[dia]) for dia in sorted(days))


def _named(rows: Iterable[Renglon], texto: str) -> Sequence[Renglon]:
    found = rows
    for word in plain(texto).split():
        found = [row for row in found if word in row.buscable]
    return found if isinstance(found, Sequence) else tuple(found)


def _passing(rows: Sequence[Renglon], valores: Mapping[str, str]) -> Sequence[Renglon]:
    """The rows with these values. A state and a programme together: that programme in that state."""
    for faceta, valor in valores.items():
        values = _reader(faceta, valores)
        rows = [row for row in rows if valor in values(row)]
    return rows


def _reader(faceta: str, valores: Mapping[str, str]) -> Callable[[Renglon], Iterable[str]]:
    """What the values of a facet are in a row, where these others are wanted too."""
    if faceta == ESTADO and PROGRAMA in valores:
        return lambda row: _partners(row, 1, valores[PROGRAMA])
    if faceta == PROGRAMA and ESTADO in valores:
        return lambda row: _partners(row, 0, valores[ESTADO])
    return _LECTORES[faceta]


def _partners(row: Renglon, lado: int, otro: str) -> set[str]:
    return {par[lado] for par in row.situacion.pares if par[1 - lado] == otro}


_LECTORES: Mapping[str, Callable[[Renglon], Iterable[str]]] = {
    PELIGRO: lambda row: (row.situacion.peligro.value,),
    ESTADO: lambda row: row.situacion.estados,
    PROGRAMA: lambda row: row.situacion.tenidos,
    EJERCICIO: lambda row: (str(row.ejercicio),),
    MES: lambda row: row.situacion.mes,
    DIA: lambda row: row.situacion.dias_de_fechas,
    DATOS: lambda row: (FALTAN if row.faltan else COMPLETOS,),
}
