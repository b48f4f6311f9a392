"""Administrative calendar of the Secretaría de Economía: which days are business days, and why not.

Built on the Mexican public holidays of the ``holidays`` package (Ley Federal del Trabajo), plus the
days of ``reglas/calendario.toml`` and those that the user adds. A day that only some of the sources hold is
*por confirmar*: it never moves a date by itself; ``con_dudosos`` tells what the date would be if it did.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, lru_cache

import holidays

from raoce.empresa import PRIMERO, ULTIMO
from raoce.reglas import FIRME, POR_CONFIRMAR, Fuente, fuente, table
from raoce.reglas.frase import Frase

DIA = timedelta(days=1)
AGREGADO = Frase("agregado por el usuario")
# The last report is filed the year after its ejercicio; late corrections and consultations reach one more.
PRIMER_ANIO, ULTIMO_ANIO = PRIMERO, ULTIMO + 2


@dataclass(frozen=True, slots=True)
class DiaInhabil:
    """A day on which the SE does not work.

    ``estado``: firme, por confirmar, or agregado por el usuario. ``suspension``: the SE suspended terms that day,
    so that a term that ends on it goes on afterwards. A weekend has no ``fuente``.
    """

    dia: date
    motivo: str
    fuente: Fuente | None
    estado: str = FIRME
    suspension: bool = False

    @property
    def firme(self) -> bool:
        """Does it count by itself? Days added by the user do: the user has read the agreement."""
        return self.estado != POR_CONFIRMAR


def added_day(dia: date, referencia: str) -> DiaInhabil:
    """A day that the user added, by an agreement in the DOF."""
    return DiaInhabil(dia, Frase("Día inhábil de la SE"), Fuente("usuario", referencia), AGREGADO, suspension=True)


@dataclass(frozen=True, slots=True)
class Calendario:
    """The official calendar with the days that the user added, and without those the user set aside."""

    agregados: tuple[DiaInhabil, ...] = ()
    quitados: frozenset[date] = frozenset()


OFICIAL = Calendario()

_FIN_DE_SEMANA = {5: Frase("sábado"), 6: Frase("domingo")}


@cache
def _public_holidays(anio: int) -> dict[date, DiaInhabil]:
    days = holidays.country_holidays("MX", years=anio, language="es", observed=False)
    return {dia: DiaInhabil(dia, motivo, fuente("lft")) for dia, motivo in days.items()}


@cache
def suspensiones(anio: int) -> dict[date, DiaInhabil]:
    """Days of the year on which the SE suspended terms by agreement."""
    found = {}
    for row in table("calendario")["suspensiones"]:
        dia = row["desde"]
        while dia <= row["hasta"]:
            if dia.year == anio:
                found[dia] = DiaInhabil(dia, row["motivo"], fuente(row["fuente"]), row["estado"], suspension=True)
            dia += DIA
    return found


@cache
def _fixed_days(anio: int) -> dict[date, DiaInhabil]:
    rows = table("calendario")["fijos"]
    days = [(date(anio, row["mes"], row["dia"]), row) for row in rows]
    return {dia: DiaInhabil(dia, row["motivo"], fuente(row["fuente"]), row["estado"]) for dia, row in days}


def non_business_day(dia: date, calendario: Calendario = OFICIAL) -> DiaInhabil | None:
    """Why ``dia`` is not a business day, the firmest reason first; ``None`` for a business day.

    >>> non_business_day(date(2024, 5, 1)).motivo
    'Día del Trabajo'
    >>> non_business_day(date(2024, 5, 4)).motivo
    'sábado'
    >>> non_business_day(date(2024, 5, 2)) is None
    True
    """
    if dia.weekday() in _FIN_DE_SEMANA:
        return DiaInhabil(dia, _FIN_DE_SEMANA[dia.weekday()], None)
    reasons = (
        _public_holidays(dia.year).get(dia),
        next((a for a in calendario.agregados if a.dia == dia), None),
        _fixed_days(dia.year).get(dia),
        None if dia in calendario.quitados else suspensiones(dia.year).get(dia),
    )
    return min(filter(None, reasons), key=lambda d: not d.firme, default=None)


def is_business_day(dia: date, calendario: Calendario = OFICIAL, con_dudosos: bool = False) -> bool:
    """Is it a business day? A day *por confirmar* is taken for one unless ``con_dudosos``."""
    inhabil = non_business_day(dia, calendario)
    return inhabil is None or not (inhabil.firme or con_dudosos)


def last_business_day(anio: int, mes: int, calendario: Calendario = OFICIAL, con_dudosos: bool = False) -> date:
    """Last business day of a month.

    With ``con_dudosos``, where that day falls into a suspension of terms the term goes on to the first business
    day after it; where another list alone holds the day, to the business day before it.

    >>> last_business_day(2024, 6), last_business_day(2025, 8)
    (datetime.date(2024, 6, 28), datetime.date(2025, 8, 29))
    >>> last_business_day(2021, 8), last_business_day(2021, 8, con_dudosos=True)
    (datetime.date(2021, 8, 31), datetime.date(2021, 9, 27))
    """
    dia = last_day(anio, mes)
    while not is_business_day(dia, calendario):
        dia -= DIA
    duda = non_business_day(dia, calendario)
    if con_dudosos and duda:
        step = DIA if duda.suspension else -DIA
        while not is_business_day(dia, calendario, con_dudosos=True):
            dia += step
    return dia


def last_day(anio: int, mes: int) -> date:
    return date(anio, mes, monthrange(anio, mes)[1])


def add_business_days(dia: date, cuantos: int, calendario: Calendario = OFICIAL, con_dudosos: bool = False) -> date:
    """The day ``cuantos`` business days after ``dia``, which is not counted itself.

    >>> add_business_days(date(2025, 4, 30), 5)   # skips 1 and 5 May
    datetime.date(2025, 5, 9)
    """
    while cuantos > 0:
        dia += DIA
        cuantos -= is_business_day(dia, calendario, con_dudosos)
    return dia


def count_business_days(desde: date, hasta: date, calendario: Calendario = OFICIAL) -> int:
    """Business days after ``desde`` up to and including ``hasta``; 0 when it is not later.

    >>> count_business_days(date(2024, 4, 30), date(2024, 5, 8))
    5
    """
    days = (hasta - desde).days
    return sum(is_business_day(desde + DIA * n, calendario) for n in range(1, days + 1))


def skipped_days(desde: date, hasta: date, calendario: Calendario = OFICIAL) -> tuple[DiaInhabil, ...]:
    """Every non-business day, firm or not, after ``desde`` up to and including ``hasta``."""
    days = (desde + DIA * n for n in range(1, (hasta - desde).days + 1))
    return tuple(inhabil for dia in days if (inhabil := non_business_day(dia, calendario)))


@lru_cache(64)
def of_year(anio: int, calendario: Calendario = OFICIAL) -> tuple[DiaInhabil, ...]:
    """The non-business days of a year that are not just a weekend, in order."""
    days = (date(anio, 1, 1) + DIA * n for n in range((date(anio + 1, 1, 1) - date(anio, 1, 1)).days))
    found = (non_business_day(dia, calendario) for dia in days)
    return tuple(inhabil for inhabil in found if inhabil and inhabil.fuente)
