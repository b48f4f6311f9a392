"""Dates as people write them in lists: read when there is one way to read them."""

import re
from datetime import date

from raoce.base.texto import plain
from raoce.reglas import nombre_mes

_EN_INGLES = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_MESES = {nombre[:3]: n for nombre, n in zip(_EN_INGLES, range(1, 13), strict=True)}
_MESES |= {nombre_mes(n)[:3]: n for n in range(1, 13)} | {"sept": 9}
_ISO = re.compile(r"([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})")
_USUAL = re.compile(r"([0-9]{1,2})[-/.]([0-9]{1,2})[-/.]([0-9]{4})")
_CON_MES = re.compile(r"([0-9]{1,2}) (?:de )?([a-z]{3,10}) (?:del? )?([0-9]{4})")
_HORA = re.compile(r"(?<=[0-9])[ T]+[0-9]{1,2}:[0-9:. apmAPM]+$")
_LARGO = 60


def read_fecha(texto: str) -> date | None:
    """The day, then the month, as in Mexico; or ISO, as spreadsheets give it. ``None`` for anything else, two figures
    for a year among them.

    >>> [str(read_fecha(t)) for t in ("31/05/2024", "2024-05-31 00:00:00", "31 de mayo de 2024", "03-jun-2024")]
    ['2024-05-31', '2024-05-31', '2024-05-31', '2024-06-03']
    >>> read_fecha("05/31/2024"), read_fecha("31/02/2024"), read_fecha("31/05/24"), read_fecha("31 de marte de 2024")
    (None, None, None, None)
    """
    texto = _HORA.sub("", texto.strip()[:_LARGO])
    if found := _ISO.fullmatch(texto):
        return _day(*found.group(1, 2, 3))
    if found := _USUAL.fullmatch(texto):
        return _day(*found.group(3, 2, 1))
    if (found := _CON_MES.fullmatch(plain(texto))) and (mes := _month(found[2])):
        return _day(found[3], str(mes), found[1])
    return None


def _month(nombre: str) -> int | None:
    """A month by its name, or by how it is cut short; in English too, as its spreadsheets write it.

    >>> _month("junio"), _month("jun"), _month("marte"), _month("junior"), _month("aug"), _month("august")
    (6, 6, None, None, 8, 8)
    """
    mes = _MESES.get(nombre if nombre == "sept" else nombre[:3])
    whole = mes and nombre in (nombre_mes(mes), _EN_INGLES[mes - 1])
    return mes if mes and ((len(nombre) <= 4 and nombre in _MESES) or whole) else None


def _day(anio: str, mes: str, dia: str) -> date | None:
    try:
        return date(int(anio), int(mes), int(dia))
    except ValueError:
        return None
