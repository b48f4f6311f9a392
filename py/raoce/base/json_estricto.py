"""JSON from strangers: one reading for every text, within bounds known before the parser sees it.

Refused beyond RFC 8259: repeated names, ``NaN`` and ``Infinity``, halves of a surrogate pair, numbers too long
to be exact, and whatever exceeds the limits below (RFC 7493, I-JSON, asks for most of it).
"""

import json
import re
from decimal import Decimal, InvalidOperation
from typing import Any

from raoce.base.errores import DatoInvalido

MAX_BYTES = 5_000_000
MAX_PROFUNDIDAD = 12
MAX_CLAVES = 250_000
MAX_CIFRAS = 32

# A text without end runs to the end, so that the scan is linear.
_TEXT = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+"?', re.DOTALL)
_NO_BRACKET = re.compile(r"[^\[\]{}]+")


class JsonInvalido(DatoInvalido):
    """Not JSON that can be trusted to say one thing. `codigo`:

    `json-grande` (maximo); `json-codificacion` not UTF-8; `json-sintaxis`; `json-profundo` (maximo);
    `json-claves` (maximo); `json-repetida` (repetida); `json-numero`; `json-suplente` half a surrogate pair.
    """


def load(data: bytes | str, maximo: int = MAX_BYTES) -> Any:
    """The value; numbers with a point or an exponent are ``Decimal``. `maximo`: bytes, or characters of a text.

    Raises ``JsonInvalido``.

    >>> load(b'{"a": [1, 2.50]}')
    {'a': [1, Decimal('2.50')]}
    >>> load(b'{"a": 1, "a": 2}')
    Traceback (most recent call last):
    ...
    raoce.base.json_estricto.JsonInvalido: json-repetida {'repetida': 'a'}
    """
    if len(data) > maximo:
        raise JsonInvalido("json-grande", maximo=maximo)
    try:
        text = data.decode("utf-8") if isinstance(data, bytes) else data
    except UnicodeDecodeError:
        raise JsonInvalido("json-codificacion") from None
    _measure(text)
    try:
        value = json.loads(
            text, object_pairs_hook=_object, parse_float=_number, parse_int=_integer, parse_constant=_number
        )
    except JsonInvalido:
        raise
    except (ValueError, RecursionError):
        raise JsonInvalido("json-sintaxis") from None
    if re.search(r"\\u[dD][89a-fA-F]", text):
        _refuse_surrogates(value)
    return value


def _measure(text: str) -> None:
    bare = _TEXT.sub("", text)
    depth = 0
    for bracket in _NO_BRACKET.sub("", bare):
        depth += 1 if bracket in "[{" else -1
        if depth > MAX_PROFUNDIDAD:
            raise JsonInvalido("json-profundo", maximo=MAX_PROFUNDIDAD)
    if bare.count(":") > MAX_CLAVES:
        raise JsonInvalido("json-claves", maximo=MAX_CLAVES)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = {}
    for name, value in pairs:
        if name in found:
            raise JsonInvalido("json-repetida", repetida=name[:40].encode("ascii", "replace").decode())
        found[name] = value
    return found


def _integer(text: str) -> int:
    if len(text) > MAX_CIFRAS:
        raise JsonInvalido("json-numero")
    return int(text)


def _number(text: str) -> Decimal:
    """`NaN` and `Infinity` come here too."""
    try:
        value = Decimal(text)
    except InvalidOperation:  # an exponent beyond any number
        raise JsonInvalido("json-numero") from None
    if len(text) > MAX_CIFRAS or not value.is_finite() or abs(value.adjusted()) > MAX_CIFRAS:
        raise JsonInvalido("json-numero")
    return value


def _refuse_surrogates(value: Any) -> None:
    pending = [value]
    while pending:
        one = pending.pop()
        if isinstance(one, dict):
            pending += [*one, *one.values()]
        elif isinstance(one, list):
            pending += one
        elif isinstance(one, str) and re.search("[\ud800-\udfff]", one):
            raise JsonInvalido("json-suplente")
