"""Administrative calendar of the Secretaría de Economía: which days are business days, and why not.

Built on the Mexican public holidays of the ``holidays`` package (Ley Federal del Trabajo), plus the
days of ``reglas/calendario.toml``. A day that only some of the sources hold is *por confirmar*: it is
shown, and never moves a date by itself.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

import holidays

from raoce.reglas import FIRME, Fuente, fuente, table

DIA = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class DiaInhabil:
    """A day on which the SE does not work. ``estado`` as in the rules: firme or por confirmar."""

    dia: date
    motivo: str
    fuente: Fuente | None
    estado: str = FIRME

    @property
    def firme(self) -> bool:
        return self.estado == FIRME


_FIN_DE_SEMANA = {5: "sábado", 6: "domingo"}


@cache
def _public_holidays(anio: int) -> dict[date, DiaInhabil]:
    days = holidays.country_holidays("MX", years=anio, language="es", observed=False)
    return {dia: DiaInhabil(dia, motivo, fuente("lft")) for dia, motivo in days.items()}


@cache
def _administrative_days(anio: int) -> dict[date, DiaInhabil]:
    """Days of the year that ``reglas/calendario.toml`` adds, the firm ones last so that they prevail."""
    rows = table("calendario")
    found = []
    for row in rows["suspensiones"]:
        dia = row["desde"]
        while dia <= row["hasta"]:
            if dia.year == anio:
                found.append((dia, row))
            dia += DIA
    found += [(date(anio, row["mes"], row["dia"]), row) for row in rows["fijos"]]
    found.sort(key=lambda pair: pair[1]["estado"] == FIRME)
    return {dia: DiaInhabil(dia, row["motivo"], fuente(row["fuente"]), row["estado"]) for dia, row in found}


def non_business_day(dia: date) -> DiaInhabil | None:
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
    return _public_holidays(dia.year).get(dia) or _administrative_days(dia.year).get(dia)


def is_business_day(dia: date) -> bool:
    """Is it a business day? A day *por confirmar* is taken for one."""
    inhabil = non_business_day(dia)
    return inhabil is None or not inhabil.firme


def last_business_day(anio: int, mes: int) -> date:
    """Last business day of a month.

    >>> last_business_day(2024, 6), last_business_day(2025, 8)
    (datetime.date(2024, 6, 28), datetime.date(2025, 8, 29))
    """
    dia = last_day(anio, mes)
    while not is_business_day(dia):
        dia -= DIA
    return dia


def last_day(anio: int, mes: int) -> date:
    return date(anio, mes, monthrange(anio, mes)[1])


def add_business_days(dia: date, cuantos: int) -> date:
    """The day ``cuantos`` business days after ``dia``, which is not counted itself.

    >>> add_business_days(date(2025, 4, 30), 5)   # skips 1 and 5 May
    datetime.date(2025, 5, 9)
    """
    while cuantos > 0:
        dia += DIA
        cuantos -= is_business_day(dia)
    return dia


def count_business_days(desde: date, hasta: date) -> int:
    """Business days after ``desde`` up to and including ``hasta``; 0 when it is not later.

    >>> count_business_days(date(2024, 4, 30), date(2024, 5, 8))
    5
    """
    days = (hasta - desde).days
    return sum(is_business_day(desde + DIA * n) for n in range(1, days + 1))


def skipped_days(desde: date, hasta: date) -> tuple[DiaInhabil, ...]:
    """Every non-business day, firm or not, after ``desde`` up to and including ``hasta``."""
    days = (desde + DIA * n for n in range(1, (hasta - desde).days + 1))
    return tuple(inhabil for dia in days if (inhabil := non_business_day(dia)))
