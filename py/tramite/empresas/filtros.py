"""Which rows are shown, and how many there would be: each count is what its filter would leave, the others kept."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cache
from operator import attrgetter
from types import MappingProxyType

from raoce.base.texto import plain
from tramite.empresas.renglon import Lugar, Renglon

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


def find(rows: Sequence[Renglon], filtros: Filtros) -> tuple[Renglon, ...]:
    """The rows that the search and all filters leave, in their order."""
    return tuple(_passing(named(rows, filtros.texto), filtros.valores))


def count(rows: Sequence[Renglon], filtros: Filtros, con_datos: bool = True) -> Mapping[str, Mapping[str, int]]:
    """How many rows each value of each facet would leave. ``con_datos``: those of ``DATOS`` too, which cost more."""
    # Of fifteen hundred rows there are a few dozen kinds.
    kinds = Counter(map(_WITH_DATA if con_datos or DATOS in filtros.valores else _PLACE, named(rows, filtros.texto)))
    found = {}
    for faceta in FACETAS:
        if faceta == DATOS and not con_datos:
            continue
        others = {f: v for f, v in filtros.valores.items() if f != faceta}
        values, fits = _reader(faceta, others), _test(others)
        mine = found[faceta] = Counter()
        for lugar, n in kinds.items():
            if not others or fits(lugar):
                for valor in values(lugar):
                    mine[valor] += n
    return found


def agenda(rows: Sequence[Renglon], filtros: Filtros, consulta: date) -> tuple[DiaDeAgenda, ...]:
    """The days of the next ninety on which somebody's report must be in; a filter by day leaves them all."""
    others = {f: v for f, v in filtros.valores.items() if f != DIA}
    last = consulta + timedelta(DIAS_DE_AGENDA)
    days: dict[date, list[Renglon]] = {}
    left = _passing(named(rows, filtros.texto), others)
    places = [row.lugar for row in left]
    theirs = {p: [days.setdefault(dia, []) for dia in p.trazo.fechas if dia <= last] for p in set(places)}
    for row, place in zip(left, places, strict=True):
        for found in theirs[place]:
            found.append(row)
    return tuple(DiaDeAgenda(dia, (dia - consulta).days, days[dia]) for dia in sorted(days))


_PLACE, _WITH_DATA = attrgetter("lugar"), attrgetter("lugar_con_datos")


class _Buscada:
    """The rows found last. At one key they are asked for several times; and what a longer text finds is among them."""

    def __init__(self) -> None:
        self._of: Sequence[Renglon] = ()
        self._texto = ""
        self._found: Sequence[Renglon] = ()

    def find(self, rows: Sequence[Renglon], texto: str) -> Sequence[Renglon]:
        if rows is not self._of or not texto.startswith(self._texto):
            self._of, self._texto, self._found = rows, "", rows
        if texto != self._texto:
            found = self._found
            # What was found already has the words that were whole.
            for word in set(texto.split()) - set(self._texto.split()):
                left = [row for row in found if word in row.buscable]
                # As many as before are the same ones: who kept something about them need not look at each.
                found = left if len(left) < len(found) else found
            self._texto, self._found = texto, found
        return self._found


_BUSCADA = _Buscada()


def named(rows: Sequence[Renglon], texto: str) -> Sequence[Renglon]:
    """The rows that the search alone leaves; the same object as at the last text where these are the same rows."""
    return _BUSCADA.find(rows, plain(texto))


def _passing(rows: Sequence[Renglon], valores: Mapping[str, str]) -> Sequence[Renglon]:
    if not valores:
        return rows
    place, fits = _WITH_DATA if DATOS in valores else _PLACE, cache(_test(valores))
    return [row for row in rows if fits(place(row))]


def _test(valores: Mapping[str, str]) -> Callable[[Lugar], bool]:
    """Has a row these values? A state and a programme together: that programme in that state."""
    readers = [(_reader(faceta, valores), valor) for faceta, valor in valores.items()]
    return lambda lugar: all(valor in values(lugar) for values, valor in readers)


def _reader(faceta: str, valores: Mapping[str, str]) -> Callable[[Lugar], Iterable[str]]:
    """What the values of a facet are in a row, where these others are wanted too."""
    if faceta == ESTADO and PROGRAMA in valores:
        return lambda lugar: _partners(lugar, 1, valores[PROGRAMA])
    if faceta == PROGRAMA and ESTADO in valores:
        return lambda lugar: _partners(lugar, 0, valores[ESTADO])
    return _LECTORES[faceta]


def _partners(lugar: Lugar, lado: int, otro: str) -> set[str]:
    return {par[lado] for par in lugar.trazo.pares if par[1 - lado] == otro}


_LECTORES: Mapping[str, Callable[[Lugar], Iterable[str]]] = {
    PELIGRO: lambda lugar: (lugar.trazo.peligro.value,),
    ESTADO: lambda lugar: lugar.trazo.estados,
    PROGRAMA: lambda lugar: lugar.trazo.tenidos,
    EJERCICIO: lambda lugar: (lugar.ejercicio,),
    MES: lambda lugar: lugar.trazo.mes,
    DIA: lambda lugar: lugar.trazo.dias_de_fechas,
    DATOS: lambda lugar: (FALTAN if lugar.le_falta else COMPLETOS,),
}
