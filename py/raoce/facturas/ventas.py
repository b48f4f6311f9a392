"""What was sold, according to the invoices issued: invoiced, exported, national; which invoices count, and why.

Source: the rules ``facturas.*``.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType

from raoce.base.archivos import Duda
from raoce.facturas.cfdi import EXACTA
from raoce.facturas.lectura import CANCELADO, ESPERADO, Factura, Facturas
from raoce.reglas import Regla, nombre_mes, regla_vigente

# Reasons to leave an invoice out, in the order in which they are tried, each with its rule.
REGLAS: Mapping[str, str] = MappingProxyType(
    {
        "repetido": "facturas.repetido",
        "recibido": "facturas.recibido",
        "otro-anio": "facturas.otro-anio",
        "cancelado": "facturas.cancelado",
        "sustituido": "facturas.sustituido",
        "tipo": "facturas.tipos",
    }
)
CUENTA, EXPORTA = "facturas.neto", "facturas.exporta"
# No company substitutes an invoice more often; a longer chain may be a ring.
CADENA = 100


def rules() -> tuple[Regla, ...]:
    """Those that «Ventas según facturas» rests on."""
    return tuple(regla_vigente(id) for id in (CUENTA, *REGLAS.values()))


@dataclass(frozen=True)
class Ventas:
    """Pesos without tax, not rounded: type I less type E, at the rate that each invoice says.

    ``por_mes``: months 1 to 12 with an invoice that counts. ``contados``: invoices by type, I and E. ``otros_tipos``:
    those of the company and the year left out for their type, N, P and T, which are in ``excluidos["tipo"]`` too.
    ``sin_metadatos``: no metadata came, and cancelled invoices may be inside. ``sin_estatus``: invoices that count
    and that no metadata name. ``sin_xml``: invoices in force that the metadata name and that did not come.
    ``perdidas``: invoices substituted by one that does not count either.
    """

    facturas: Facturas
    facturado: Decimal
    exportado: Decimal
    por_mes: Mapping[int, Decimal]
    exportado_por_mes: Mapping[int, Decimal]
    contados: Mapping[str, int]
    excluidos: Mapping[str, int]
    otros_tipos: Mapping[str, int]
    sin_metadatos: bool
    sin_estatus: int
    sin_xml: int
    perdidas: int

    @property
    def nacional(self) -> Decimal:
        return EXACTA.subtract(self.facturado, self.exportado)

    @property
    def dudas(self) -> tuple[Duda, ...]:
        """The codes: ``duda-sin-metadatos``; ``duda-metadatos-incompletos``, ``duda-faltan-xml``, ``duda-perdidas`` and
        ``duda-sin-leer`` (cuantas); ``duda-meses-sin-facturas`` (faltan: their names; meses: their numbers).
        """
        counted = sum(self.contados.values())
        months = tuple(m for m in range(1, 13) if m not in self.por_mes)
        names = ", ".join(nombre_mes(m) for m in months)
        found = (
            (self.sin_metadatos and counted, Duda("duda-sin-metadatos", {})),
            (not self.sin_metadatos and self.sin_estatus, _doubt("metadatos-incompletos", self.sin_estatus)),
            (self.sin_xml, _doubt("faltan-xml", self.sin_xml)),
            (self.perdidas, _doubt("perdidas", self.perdidas)),
            (counted and months, Duda("duda-meses-sin-facturas", {"faltan": names, "meses": months})),
            (self.facturas.cuantos_problemas, _doubt("sin-leer", self.facturas.cuantos_problemas)),
        )
        return tuple(duda for applies, duda in found if applies)

    def decisiones(self) -> Iterator[tuple[Factura, str, str]]:
        """Each invoice once, with the reason to leave it out, or ``""``, and the rule that decided."""
        for factura in self.facturas.presentes.values():
            motivo = why_out(factura, self.facturas)
            yield factura, motivo, REGLAS[motivo] if motivo else EXPORTA if factura.exporta else CUENTA


def _doubt(codigo: str, cuantas: int) -> Duda:
    return Duda(f"duda-{codigo}", {"cuantas": cuantas})


def why_out(factura: Factura, facturas: Facturas) -> str:
    """The first reason that applies, or ``""``. Copies are not among them: they were never kept."""
    if not factura.propia:
        return "recibido"
    if factura.fecha.year != facturas.ejercicio:
        return "otro-anio"
    if facturas.estatus.get(factura.uuid) == CANCELADO:
        return "cancelado"
    if factura.uuid in facturas.sustituciones:
        return "sustituido"
    return "" if factura.tipo in _signs() else "tipo"


def _is_lost(factura: Factura, facturas: Facturas) -> bool:
    """Does nothing count of what a substituted invoice sold? The last of its chain was cancelled or is of another year,
    or there is no last one."""
    last = factura.uuid
    for _ in range(CADENA):
        if last not in facturas.sustituciones:
            return why_out(facturas.presentes[last], facturas) in ("otro-anio", "cancelado")
        last = facturas.sustituciones[last]
    return True


def _signs() -> Mapping[str, int]:
    return regla_vigente("facturas.tipos").valor


def calcular(facturas: Facturas) -> Ventas:
    """What these invoices add up to.

    A substitution counts on its own date, and what it names is out whatever became of it: of A, substituted by B, and
    that by C, only C counts.
    """
    signs = _signs()
    totals = {True: Decimal(0), False: Decimal(0)}
    months: dict[bool, dict[int, Decimal]] = {True: {}, False: {}}
    contados, otros = dict.fromkeys(signs, 0), Counter()
    excluidos = dict.fromkeys(REGLAS, 0) | {"repetido": facturas.repetidas}
    sin_estatus = perdidas = 0
    for factura in facturas.presentes.values():
        motivo = why_out(factura, facturas)
        if motivo:
            excluidos[motivo] += 1
            if motivo == "tipo":
                otros[factura.tipo] += 1
            elif motivo == "sustituido":
                perdidas += factura.tipo in signs and _is_lost(factura, facturas)
            continue
        contados[factura.tipo] += 1
        sin_estatus += factura.uuid not in facturas.estatus
        value = EXACTA.multiply(factura.pesos, signs[factura.tipo])
        for exporta in (True, False) if factura.exporta else (False,):
            totals[exporta] = EXACTA.add(totals[exporta], value)
            by_month = months[exporta]
            by_month[factura.fecha.month] = EXACTA.add(by_month.get(factura.fecha.month, Decimal(0)), value)
    return Ventas(
        facturas,
        facturado=totals[False],
        exportado=totals[True],
        por_mes=MappingProxyType(months[False]),
        exportado_por_mes=MappingProxyType(months[True]),
        contados=MappingProxyType(contados),
        excluidos=MappingProxyType(excluidos),
        otros_tipos=MappingProxyType(dict(otros)),
        sin_metadatos=not facturas.estatus,
        sin_estatus=sin_estatus,
        sin_xml=sum(s == ESPERADO and uuid not in facturas.presentes for uuid, s in facturas.estatus.items()),
        perdidas=perdidas,
    )
