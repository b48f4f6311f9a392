"""The totals of the pedimentos, and why each counts or does not."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from raoce.aduana.clases import Clases, clave_of, day_of
from raoce.aduana.eleccion import Eleccion
from raoce.aduana.pedimentos import Pedimentos
from raoce.aduana.registros import exact
from raoce.base.archivos import Duda

IMPORTACION, EXPORTACION = "1", "2"
MOTIVOS = ("repetido", "otro-rfc", "otro-anio", "desistido", "rectificado", "clave")


class Pedimento(NamedTuple):
    """``llave``: patente, number, sección, year. ``clave`` is the one it counts under, ``propia`` that of its 501.

    ``fecha``: of its own payment, AAAAMMDD; ``anio`` and ``mes``: those it counts in; ``comercial`` and ``agregado`` in
    pesos; ``veces``: how many times it came; ``anterior`` and ``primero``: the ``llave`` of what it rectifies and
    of the first of its chain, or nothing.
    """

    llave: str
    tipo: str
    clave: str
    propia: str
    rfc: str
    fecha: int
    anio: int
    mes: int
    comercial: Decimal
    agregado: Decimal
    partidas: int
    veces: int
    anterior: str
    primero: str


class Decision(NamedTuple):
    """``motivo``: why it does not count, or nothing; ``regla``: the id of what decided."""

    pedimento: Pedimento
    motivo: str
    regla: str


@dataclass(frozen=True)
class Totales:
    """Money in pesos, not rounded. Keys: tipo de operación first («1» imports, «2» exports), then clave or month.

    ``contados``: pedimentos by tipo; ``excluidos``: by the first reason that applies, all of ``MOTIVOS``, exports and
    imports together; ``huerfanas``: rectifications of the company whose chain has nothing else in the files.
    ``por_que``: of each of the ``Clases``, why its pedimentos do not count, ``""`` where they do, ``None`` without 501.
    """

    pedimentos: Pedimentos = field(repr=False)
    eleccion: Eleccion
    por_clave: dict[tuple[str, str], Decimal]
    por_mes: dict[tuple[str, int], Decimal]
    contados: dict[str, int]
    excluidos: dict[str, int]
    huerfanas: int
    circulares: int
    dudas: tuple[Duda, ...]
    por_que: list[str | None] = field(repr=False)

    @property
    def _clases(self) -> Clases:
        return self.pedimentos.clases(self.eleccion.fecha)

    @property
    def exportaciones(self) -> Decimal:
        return self._total(EXPORTACION)

    @property
    def importaciones(self) -> Decimal:
        return self._total(IMPORTACION)

    def _total(self, tipo: str) -> Decimal:
        with exact():
            return sum((v for (t, _), v in self.por_clave.items() if t == tipo), Decimal(0))

    @cached_property
    def volumenes(self) -> dict[tuple[str, str, str], Decimal]:
        """CantidadUMTarifa by tipo, fracción and unit (two digits) of what counts."""
        units = [(f.strip(), f"{u.strip():0>2}") for f, u in self.pedimentos.acopio.unidades]
        clases = self._clases.clases
        found: dict[tuple[str, str, str], Decimal] = defaultdict(Decimal)
        with exact():
            for clase, unidad, cantidad in self._clases.volumes():
                if self.por_que[clase] == "":
                    found[str(clases[clase].tipo), *units[unidad]] += cantidad
        return dict(found)

    def decisiones(self) -> Iterator[Decision]:
        """Every pedimento once, in the order in which they came."""
        a, cadenas = self.pedimentos.acopio, self.pedimentos.cadenas
        textos = list(a.textos)
        llaves = cadenas.llaves
        for place, clase in enumerate(self._clases.de):
            motivo = self.por_que[clase]
            if motivo is None:
                continue
            first = cadenas.first(place)
            day = day_of(a, self.eleccion.fecha, place, first)
            before = a.anteriores.get(place)
            pedimento = Pedimento(
                llaves[place],
                str(a.tipo[place]),
                clave_of(a, cadenas, textos, first),
                textos[a.clave[place]],
                textos[a.rfc[place]],
                a.fecha[place],
                day // 10_000,
                day // 100 % 100,
                Decimal(a.comercial[place]),
                Decimal(a.agregado[place]),
                a.partidas[place],
                a.veces[place],
                before.llave if before else "",
                llaves[first] if before and first != place else "",
            )
            yield Decision(pedimento, motivo, rule_of(motivo))


def rule_of(motivo: str) -> str:
    """The id of the rule that leaves a pedimento out, or, without ``motivo``, that makes it count.

    >>> rule_of("desistido"), rule_of("clave"), rule_of("")
    ('aduana.desistido', 'aduana.claves', 'aduana.claves')
    """
    return "aduana.claves" if motivo in ("", "clave") else f"aduana.{motivo}"
