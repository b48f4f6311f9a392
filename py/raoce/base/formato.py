"""How dates and figures are written for a Mexican reader, in explanations and on screen."""

from datetime import date
from decimal import ROUND_DOWN, ROUND_HALF_UP, Context, Decimal

from raoce.reglas.meses import fecha_larga

# The usual 28 digits are too few for sums of a company's files.
_EXACTO = Context(prec=200)
_DIAS = ("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo")


def fecha_con_dia(dia: date) -> str:
    """
    >>> fecha_con_dia(date(2024, 5, 31))
    'viernes 31 de mayo de 2024'
    """
    return f"{_DIAS[dia.weekday()]} {fecha_larga(dia)}"


def miles(valor: int) -> str:
    """An amount in thousands of pesos with thousands separators.

    >>> miles(1234567), miles(-500)
    ('1,234,567', '−500')
    """
    return f"{valor:,}".replace("-", "−")


def decimal(valor: Decimal, decimales: int = 2) -> str:
    """A figure rounded half up, with thousands separators.

    >>> decimal(Decimal("56389.375")), decimal(Decimal("17.73383705"), 8)
    ('56,389.38', '17.73383705')
    """
    return f"{redondear(valor, decimales):,}".replace("-", "−")


def redondear(valor: Decimal, decimales: int = 2) -> Decimal:
    """Half up, of however many digits."""
    return valor.quantize(Decimal(1).scaleb(-decimales), ROUND_HALF_UP, _EXACTO)


def in_thousands(pesos: Decimal | int) -> int:
    """Divided once and rounded half up, as the report asks.

    >>> in_thousands(1499), in_thousands(Decimal("1500.00")), in_thousands(2500)
    (1, 2, 3)
    """
    return int(redondear(Decimal(pesos).scaleb(-3, _EXACTO), 0))


def redondear_porcentaje(valor: Decimal) -> Decimal:
    """Two decimals, or more where two would round it across a whole number such as a threshold.

    >>> [str(redondear_porcentaje(Decimal(v))) for v in ("70", "9.9996", "9.99999999")]
    ['70.00', '9.9996', '9.999999']
    """
    for decimales in (2, 4, 6):
        rounded = redondear(valor, decimales)
        if rounded == valor or rounded != rounded.to_integral_value():
            return rounded
    return valor.quantize(Decimal("0.000001"), ROUND_DOWN)


def porcentaje(valor: Decimal) -> str:
    return str(redondear_porcentaje(valor))
