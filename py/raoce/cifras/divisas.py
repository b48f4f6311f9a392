"""Exchange rate of the ejercicio, and the exports in dollars.

VUCEM converts with the «tipo de cambio promedio del año anterior» and does not publish which average;
the mean of the daily FIX is the default, and the filer may change it.
"""

import re
from datetime import date
from decimal import Decimal

from raoce.base import DatoInvalido, Entrada, Explicacion
from raoce.base.explicacion import Resultado
from raoce.base.formato import decimal, miles
from raoce.reglas import Regla, ReglaInexistente, regla
from raoce.reglas.frase import Frase

# Outside this range a rate is a typing error: the FIX has been between 9 and 26 since 2000.
MINIMO, MAXIMO = Decimal(1), Decimal(100)


def default_tipo_cambio(ejercicio: int) -> Regla | None:
    """The mean FIX of the ejercicio, or ``None`` when that year has not been published yet."""
    try:
        return regla("divisas.promedio-fix", date(ejercicio, 12, 31))
    except ReglaInexistente:
        return None


def parse_tipo_cambio(texto: str) -> Decimal:
    """``"17.73383705"`` → Decimal, pesos per dollar. Raises ``DatoInvalido``.

    >>> parse_tipo_cambio(" 17.7338 ")
    Decimal('17.7338')
    """
    limpio = texto.strip()
    if not re.fullmatch(r"[0-9]{1,3}(\.[0-9]{1,8})?", limpio):
        raise DatoInvalido("tipo-cambio-forma")
    valor = Decimal(limpio)
    if not MINIMO <= valor <= MAXIMO:
        raise DatoInvalido("tipo-cambio-fuera", minimo=MINIMO, maximo=MAXIMO)
    return valor


def exportaciones_en_dolares(
    ejercicio: int, exportaciones: int | None, tipo_cambio: Decimal | None
) -> Resultado[Decimal]:
    """b × 1000 / tipo de cambio, in dollars, unrounded. ``exportaciones`` in thousands of pesos."""
    default = default_tipo_cambio(ejercicio)
    reglas = (default,) if default and default.valor == tipo_cambio else ()
    entradas = (
        Entrada("Total exportaciones (b)", exportaciones, "miles de pesos"),
        Entrada("Tipo de cambio", tipo_cambio, "pesos por dólar"),
    )
    missing = {"total_exportaciones": exportaciones, "tipo_cambio": tipo_cambio}
    faltan = tuple(name for name, value in missing.items() if value is None)
    valor, operacion = None, ""
    if not faltan:
        valor = Decimal(exportaciones) * 1000 / tipo_cambio
        operacion = Frase(
            "{exportaciones} × 1,000 ÷ {tipo_cambio} = {valor} dólares",
            exportaciones=miles(exportaciones),
            tipo_cambio=tipo_cambio,
            valor=decimal(valor),
        )
    explicacion = Explicacion("dolares.exportaciones", entradas, reglas, operacion)
    return Resultado(valor, explicacion, faltan)
