"""Cells as a person reads them, whichever program wrote them."""

from collections.abc import Iterable
from datetime import date, datetime, time
from decimal import Decimal

from raoce.base import DatoInvalido
from raoce.bienes import MAXIMO_FILAS
from raoce.bienes.escrituras import Numero

# Twenty rows of headings and a few of totals fit in the tenth part.
MAXIMO_ESCRITAS = MAXIMO_FILAS + MAXIMO_FILAS // 10


def table(rows: Iterable[Iterable[object]]) -> tuple[tuple[str, ...], ...]:
    """Cells as text, without the empty ones at the end. Raises ``DatoInvalido`` (``hoja-filas``)."""
    found: list[tuple[str, ...]] = []
    written = last = 0
    for number, row in enumerate(rows, 1):
        texts = tuple(map(text, row))
        if any(texts):
            written, last = written + 1, number
            if written > MAXIMO_ESCRITAS:
                raise DatoInvalido("hoja-filas", maximo=MAXIMO_FILAS)
        found.append(texts if any(texts) else ())
    return tuple(found[:last])


def text(value: object) -> str:
    """A cell as a person reads it: fifteen figures, which is what Excel shows; dates, in ISO. A number is a ``Numero``.

    >>> text(30000.0), text(0.1 + 0.2), text(datetime(2023, 1, 31)), text(" Café ")
    ('30000', '0.3', '2023-01-31', 'Café')
    """
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, bool):
        return "VERDADERO" if value else "FALSO"
    if isinstance(value, int | float):
        return Numero(f"{Decimal(f'{value + 0.0:.15g}'):f}")
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value).strip()
