"""«Días inhábiles de la SE»: the days that the user adds to the calendar, and those the user sets aside.

Kept in the draft as text, like everything else: ``inhabiles`` is a JSON list of
``{"desde", "hasta", "referencia"}`` (ISO dates, the agreement in the DOF), ``inhabiles_quitados`` one of the
first days of official suspensions that the user says do not apply.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from idiomas import N_
from raoce.base import DatoInvalido, json_estricto
from raoce.plazos import Calendario
from raoce.plazos.calendario import PRIMER_ANIO, ULTIMO_ANIO, added_day, suspensiones

MAXIMO_DIAS = 120
MAXIMO_FILAS = 60
PRIMERO, ULTIMO = date(PRIMER_ANIO, 1, 1), date(ULTIMO_ANIO, 12, 31)


@dataclass(frozen=True, slots=True)
class Periodo:
    """Days that the user added, both ends included."""

    desde: date
    hasta: date
    referencia: str


def parse_periodos(texto: str) -> tuple[Periodo, ...]:
    """The periods of the draft; raises ``DatoInvalido`` when the text is not a list of them."""
    try:
        rows = json_estricto.load(texto)
        found = [
            Periodo(date.fromisoformat(r["desde"]), date.fromisoformat(r["hasta"]), str(r["referencia"])[:200])
            for r in rows
        ]
    except (ValueError, TypeError, KeyError):
        raise DatoInvalido("inhabiles-danados") from None
    for one in found:
        check(one)
    if len(found) > MAXIMO_FILAS:
        raise DatoInvalido("inhabiles-muchos", maximo=MAXIMO_FILAS)
    return tuple(found)


def check(periodo: Periodo) -> None:
    """Raises ``DatoInvalido`` for a period that ends before it starts, is too long or out of range."""
    if periodo.hasta < periodo.desde:
        raise DatoInvalido("inhabil-al-reves")
    if not (periodo.desde >= PRIMERO and periodo.hasta <= ULTIMO):
        raise DatoInvalido("fecha-fuera", desde=PRIMERO, hasta=ULTIMO)
    if (periodo.hasta - periodo.desde).days >= MAXIMO_DIAS:
        raise DatoInvalido("inhabil-largo", maximo=MAXIMO_DIAS)


def parse_quitados(texto: str) -> frozenset[date]:
    """The first days of the suspensions set aside."""
    try:
        return frozenset(date.fromisoformat(dia) for dia in json_estricto.load(texto))
    except (ValueError, TypeError):
        raise DatoInvalido("inhabiles-danados") from None


def build_calendario(periodos: tuple[Periodo, ...], quitados: frozenset[date]) -> Calendario:
    """The calendar that these periods make of the official one."""
    agregados = []
    for p in periodos:
        reference = p.referencia or N_("Sin referencia al DOF")
        for n in range((p.hasta - p.desde).days + 1):
            agregados.append(added_day(p.desde + timedelta(n), reference))
    removed = [d for first in quitados for d in _suspension_from(first)]
    return Calendario(tuple(agregados), frozenset(removed))


def _suspension_from(first: date) -> list[date]:
    """All days of the official suspension that begins on ``first``."""
    found, dia = [], first
    while dia in suspensiones(dia.year):
        found.append(dia)
        dia += timedelta(1)
    return found
