"""What differs between two requests, field by field, each with its path.

Values are those of JSON as ``json_estricto.load`` reads them: numbers are compared as numbers, and never with
texts or with true and false.
"""

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from enum import Enum
from typing import Any, NamedTuple

from raoce.base.texto import plain


class Ausente(Enum):
    """Stands for a field or a row that one of the two does not have; null is a value."""

    AUSENTE = "ausente"


AUSENTE = Ausente.AUSENTE


class Diferencia(NamedTuple):
    """One field: ``ruta`` (``datos.saldo``, ``plazos[IMMEX].limite``) and what each of the two says."""

    ruta: str
    a: Any
    b: Any


class _Filas(dict):
    """The rows of a list by their key, so that their order does not matter."""


def compare(a: Mapping[str, Any], b: Mapping[str, Any]) -> tuple[Diferencia, ...]:
    """Field by field; programmes by their name, goods by tariff item and description, never by position.

    >>> compare({"plazos": [{"programa": "IMMEX", "limite": "2024-05-31"}]}, {"plazos": []})[0].ruta
    'plazos[IMMEX]'
    >>> compare({"datos": {"saldo": 1}}, {"datos": {"saldo": True}})
    (Diferencia(ruta='datos.saldo', a=1, b=True),)
    """
    return tuple(_walk("", _keyed(a), _keyed(b)))


def compare_in_order(a: Any, b: Any) -> tuple[Diferencia, ...]:
    """The same for two texts that should be one: rows by position, paths as in JSONPath.

    >>> compare_in_order({"plazos": [{"limite": "2024-05-31"}]}, {"plazos": [{"limite": "2024-05-30"}]})[0].ruta
    '$.plazos[0].limite'
    """
    return tuple(_walk("$", a, b))


def _walk(ruta: str, a: Any, b: Any) -> Iterator[Diferencia]:
    if isinstance(a, list) and isinstance(b, list):
        a, b = (_Filas((str(n), row) for n, row in enumerate(rows)) for rows in (a, b))
    if isinstance(a, dict) and isinstance(b, dict):
        shape = "[{}]" if isinstance(a, _Filas) else ".{}" if ruta else "{}"
        for name in dict.fromkeys([*a, *b]):
            one, other = a.get(name, AUSENTE), b.get(name, AUSENTE)
            # Nearly all are texts that say the same: no path is written for them.
            if type(one) is not str or one != other:
                yield from _walk(ruta + shape.format(name), one, other)
    elif not same(a, b):
        yield Diferencia(ruta, _unkeyed(a), _unkeyed(b))


def is_left_out(d: Diferencia) -> bool:
    """Is it only that one side does not say what on the other is empty? Files of former versions say less."""
    return d.a is AUSENTE and d.b in ([], None, "")


def same(a: Any, b: Any) -> bool:
    """Equal as JSON values: 1 and 1.0 are; 1, true and "1" are three different ones."""
    numbers = [isinstance(x, int | float | Decimal) and not isinstance(x, bool) for x in (a, b)]
    return a == b and (all(numbers) or type(a) is type(b))


def _unkeyed(value: Any) -> Any:
    if isinstance(value, dict):
        inner = {k: _unkeyed(v) for k, v in value.items()}
        return list(inner.values()) if isinstance(value, _Filas) else inner
    return value


def _keyed(payload: Mapping[str, Any]) -> dict[str, Any]:
    """The request with each list that has a key turned into its rows by key."""
    bienes = payload.get("bienes")
    nombres = [_bien(row) for row in bienes if isinstance(row, dict)] if isinstance(bienes, list) else []

    def figura(row: dict[str, Any]) -> str:
        # `bienes.2.inventario` is by place in the table: the good itself is what stays when the order changes.
        first, *rest = str(row.get("figura", "")).split(".")
        if first == "bienes" and len(rest) == 2 and rest[0].isdecimal() and 0 < int(rest[0]) <= len(nombres):
            return f"bienes[{nombres[int(rest[0]) - 1]}].{rest[1]}"
        return ".".join((first, *rest))

    keys: dict[str, Callable[[dict[str, Any]], str]] = {
        **dict.fromkeys(("programas", "compromisos", "plazos"), lambda row: str(row.get("programa"))),
        "bienes": _bien,
        "diasInhabiles": lambda row: str(row.get("dia")),
        "explicaciones": figura,
        "entradas": lambda row: str(row.get("nombre")),
        "reglas": lambda row: str(row.get("id")),
    }

    def by_key(name: str, value: Any) -> Any:
        if isinstance(value, dict):
            return {k: by_key(k, v) for k, v in value.items()}
        if name not in keys or not isinstance(value, list) or not all(isinstance(row, dict) for row in value):
            return value
        rows: _Filas = _Filas()
        for row in value:
            key = base = keys[name](row)
            times = 1
            while key in rows:
                times += 1
                key = f"{base} #{times}"
            rows[key] = by_key("", row | {"figura": base} if name == "explicaciones" else row)
        return rows

    return by_key("", dict(payload))


def _bien(row: Mapping[str, Any]) -> str:
    return f"{row.get('fraccion')} {plain(str(row.get('descripcion')))}"
