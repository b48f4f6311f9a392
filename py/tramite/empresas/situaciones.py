"""Where the programmes of a company stand on a day, and how dangerous that is.

It depends on a few things that hundreds of companies share, so each combination is worked out once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache

from raoce.empresa import Programa
from raoce.plazos import Calendario, Estado, plazo
from raoce.plazos.plazos import situacion
from tramite.empresas.peligro import PASADOS, Peligro, peligro_of

# Its state, where somebody said that it was presented and the date is still missing.
SIN_FECHA = "sin-fecha"


@dataclass(frozen=True, eq=False)
class Trazo:
    """What the filters ask of a situation, of which there are a few dozen; of the same one there is one of these."""

    peligro: Peligro
    pares: tuple[tuple[str, str], ...]
    fechas: tuple[date, ...]

    @cached_property
    def estados(self) -> frozenset[str]:
        return frozenset(estado for _, estado in self.pares)

    @cached_property
    def tenidos(self) -> tuple[str, ...]:
        return tuple(programa for programa, _ in self.pares)

    @cached_property
    def mes(self) -> tuple[str, ...]:
        """``("2024-05",)``: the month of the next date, if there is one."""
        return tuple(dia.isoformat()[:7] for dia in self.fechas[:1])

    @cached_property
    def dias_de_fechas(self) -> tuple[str, ...]:
        return tuple(dia.isoformat() for dia in self.fechas)


_trazo = lru_cache(4096)(Trazo)


@dataclass(frozen=True, eq=False)
class Situacion:
    """Of all companies that are in the same one there is one of these.

    ``fechas``: the last days that are left to present, in order. ``conviene``: the day to present by, where another
    reading of the rules gives an earlier one. ``se_presento``: it was presented, nobody has said when. ``limites``: the
    limit of each programme that must file, passed or not.
    """

    programas: Mapping[Programa, Estado]
    fechas: tuple[date, ...]
    conviene: date | None
    por_confirmar: bool
    dias: int | None
    se_presento: bool
    limites: Mapping[Programa, date]

    @cached_property
    def peligro(self) -> Peligro:
        return peligro_of(self.programas.values(), self.dias, self.se_presento)

    @cached_property
    def pares(self) -> tuple[tuple[str, str], ...]:
        """Programme and state, as the desk names it."""
        return tuple((p.value, self._named(estado)) for p, estado in self.programas.items())

    @cached_property
    def trazo(self) -> Trazo:
        return _trazo(self.peligro, self.pares, self.fechas)

    def _named(self, estado: Estado) -> str:
        return SIN_FECHA if self.se_presento and estado in PASADOS else estado.value


@dataclass(frozen=True, slots=True)
class _Punto:
    """Where one programme stands; ``meta``: the last day that is left to present."""

    estado: Estado
    meta: date | None = None
    conviene: date | None = None
    por_confirmar: bool = False


@lru_cache(4096)
def situacion_of(
    tenidos: tuple[Programa, ...],
    presentan: frozenset[Programa],
    ejercicio: int,
    calendario: Calendario,
    consulta: date,
    presentacion: date | None,
    se_presento: bool,
) -> Situacion:
    """The situation of a company with the programmes of ``tenidos``, of which those of ``presentan`` must file."""
    puntos = {
        p: _punto(p, presentan, ejercicio, calendario, consulta, presentacion)
        if p in presentan
        else _Punto(Estado.NO_OBLIGADO)
        for p in tenidos
    }
    fechas = sorted({punto.meta for punto in puntos.values() if punto.meta})
    return Situacion(
        programas={p: punto.estado for p, punto in puntos.items()},
        fechas=tuple(fechas),
        conviene=min((punto.conviene for punto in puntos.values() if punto.conviene), default=None),
        por_confirmar=any(punto.por_confirmar for punto in puntos.values()),
        dias=(fechas[0] - consulta).days if fechas else None,
        se_presento=se_presento and presentacion is None,
        limites={p: plazo(p, presentan, ejercicio, calendario).limite for p in tenidos if p in presentan},
    )


def _punto(
    programa: Programa,
    presentan: frozenset[Programa],
    ejercicio: int,
    calendario: Calendario,
    consulta: date,
    presentacion: date | None,
) -> _Punto:
    fechas = plazo(programa, presentan, ejercicio, calendario)
    estado = situacion(fechas, consulta, presentacion, calendario).estado
    meta = None
    if estado in (Estado.NO_INICIA, Estado.EN_PLAZO):
        meta = fechas.limite
    elif estado is Estado.SUSPENDIDO and consulta <= fechas.ultima:
        meta = fechas.ultima
    if meta is None:
        return _Punto(estado)
    conviene = fechas.recomendada if consulta <= fechas.recomendada < meta else None
    return _Punto(estado, meta, conviene, fechas.por_confirmar)
