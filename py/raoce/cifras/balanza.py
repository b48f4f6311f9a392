"""The trade balance of the report: ventas, exportaciones, importaciones → saldo and porcentaje.

All amounts are ``int`` thousands of pesos. Source: Guía RAOCE 2024; see ``reglas/balanza.toml``.
"""

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal

from raoce.base import DatoInvalido, Entrada, Explicacion
from raoce.base.explicacion import Resultado
from raoce.base.formato import in_thousands, miles, porcentaje
from raoce.empresa import Programa
from raoce.reglas import regla_de_presentacion, regla_vigente
from raoce.reglas.frase import Frase

MILES = "miles de pesos"


def captures_importaciones(presentan: Collection[Programa]) -> bool:
    """With IMMEX, alone or linked, the importaciones are not captured and are 0 [Guía 2024]."""
    return Programa.IMMEX not in presentan


def compute_saldo(exportaciones: int, importaciones: int) -> int:
    """b − c."""
    return exportaciones - importaciones


def compute_porcentaje(ventas: int, exportaciones: int) -> Decimal:
    """b / a × 100, unrounded; 0 when there were no sales."""
    return Decimal(exportaciones) * 100 / Decimal(ventas) if ventas else Decimal(0)


@dataclass(frozen=True, slots=True)
class Balanza:
    """The three captured figures; ``None`` is a figure not yet typed.

    Raises ``DatoInvalido`` when exportaciones exceed ventas, as VUCEM does.
    """

    ejercicio: int
    ventas_totales: int | None = None
    total_exportaciones: int | None = None
    total_importaciones: int | None = None

    def __post_init__(self) -> None:
        a, b = self.ventas_totales, self.total_exportaciones
        if a is not None and b is not None and b > a:
            raise DatoInvalido("exportaciones-mayores", ventas=a, exportaciones=b)

    @property
    def saldo(self) -> Resultado[int]:
        """b − c, in thousands of pesos; it may be negative."""
        b, c = self.total_exportaciones, self.total_importaciones
        entradas = (
            Entrada("Total exportaciones (b)", b, MILES),
            Entrada("Total importaciones (c)", c, MILES),
        )
        regla = regla_de_presentacion("balanza.saldo", self.ejercicio)
        faltan = _missing(total_exportaciones=b, total_importaciones=c)
        valor = None if faltan else compute_saldo(b, c)
        operacion = "" if faltan else f"{miles(b)} − {miles(c)} = {miles(valor)}"
        return Resultado(valor, Explicacion("datos.saldo", entradas, (regla,), operacion), faltan)

    @property
    def porcentaje_exportacion(self) -> Resultado[Decimal]:
        """b / a × 100, unrounded; 0 when there were no sales."""
        a, b = self.ventas_totales, self.total_exportaciones
        entradas = (
            Entrada("Ventas totales (a)", a, MILES),
            Entrada("Total exportaciones (b)", b, MILES),
        )
        regla = regla_de_presentacion("balanza.porcentaje-exportacion", self.ejercicio)
        faltan = _missing(ventas_totales=a, total_exportaciones=b)
        valor, operacion = None, ""
        if not faltan:
            valor = compute_porcentaje(a, b)
            division = f"{miles(b)} ÷ {miles(a)} × 100" if a else Frase("sin ventas")
            operacion = Frase("{division} = {porcentaje} %", division=division, porcentaje=porcentaje(valor))
        figura = "datos.porcentajeExportacion"
        return Resultado(valor, Explicacion(figura, entradas, (regla,), operacion), faltan)


def _missing(**figures: int | None) -> tuple[str, ...]:
    return tuple(name for name, value in figures.items() if value is None)


_COMPARED = {
    "ventas": ("exportaciones",),
    "exportaciones": ("ventas",),
    "importaciones": ("ventas", "exportaciones"),
}


def suspected_pesos(figures: dict[str, int]) -> dict[str, int]:
    """Which figures look typed in pesos, each with the same amount in thousands (half up).

    A figure is suspect beyond the largest credible amount, or when it is a thousand times larger than what
    it is compared with: sales and exports with each other, imports with both. It is a question for the
    filer, never an error.

    >>> suspected_pesos({"ventas": 1_234_567_890, "exportaciones": 800_000})
    {'ventas': 1234568}
    >>> suspected_pesos({"ventas": 1_000, "exportaciones": 1_000})
    {}
    """
    maximo = regla_vigente("balanza.ventas-maximas-creibles").valor
    veces = regla_vigente("balanza.desproporcion").valor
    found = {}
    for name, value in figures.items():
        others = [v for other in _COMPARED[name] if (v := figures.get(other, 0)) > 0]
        if value > maximo or (others and value >= veces * max(others)):
            found[name] = in_thousands(value)
    return found
