r"""«Cadena original»: the request as one line of text, in the manner of the SAT's for invoices.

It is derived from the signed file for those who are used to reading one; **it is not what is signed** (that are the
bytes of the file). It begins and ends with ``||``; its values are separated by ``|``:

- every value of the request in the order of its JSON Schema, nested ones in their place, explanations left out;
- a list is preceded by the number of its rows; a value that is missing is empty, so that places never shift;
- in each text, runs of spaces, tabs and line breaks become one space, those at the ends are dropped (as the SAT
  does), ``\`` is written ``\\`` and ``|`` is written ``\p``, which is what the SAT forbids altogether;
- figures are written in full, without separators and without zeros that say nothing; yes and no as true and false;
- at the end, the number of the certificate and the signature in base64.
"""

import base64
from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from raoce.solicitud.solicitud import Solicitud

FUERA = frozenset({"explicaciones"})


def cadena_original(solicitud: "Solicitud", numero: str, firma: bytes) -> str:
    """The line of a request, with the number of the certificate and the signature."""
    contenido = solicitud.model_dump(mode="json", by_alias=True, exclude=set(FUERA))
    sello = base64.b64encode(firma).decode("ascii")
    return f"||{'|'.join([*_values(contenido), numero, sello])}||"


def _values(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for inner in value.values():
            yield from _values(inner)
    elif isinstance(value, list):
        yield str(len(value))
        for row in value:
            yield from _values(row)
    else:
        yield _text(value)


def _text(value: Any) -> str:
    r"""
    >>> [_text(v) for v in (None, True, 1000, 17.50, 56389.38, " a\t b|c\\ ")]
    ['', 'true', '1000', '17.5', '56389.38', 'a b\\pc\\\\']
    """
    match value:
        case None:
            return ""
        case bool():
            return str(value).lower()
        case int():
            return str(value)
        case float():
            plain = f"{Decimal(repr(value)):f}"
            return plain.rstrip("0").rstrip(".") if "." in plain else plain
        case _:
            return " ".join(str(value).split()).replace("\\", "\\\\").replace("|", "\\p")
