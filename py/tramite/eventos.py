"""The shape of what happens, of what comes of it, and of what a screen declares about both.

An event is a mapping with ``name``; those with fields typed carry ``valores`` (field → text). Every event
carries ``hoy`` (ISO date in Mexico City) and ``ahora`` (ISO instant). A handler is a pure function from a state
and an event to the state after it and what the page must do.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tramite.borradores.enlace import Enlace
from tramite.efectos import Efecto
from tramite.state import State

Event = Mapping[str, Any]
Result = tuple[State, tuple[Efecto, ...]]
Handler = Callable[[State, Event], Result]


_HALF = re.compile("[\ud800-\udfff]")
# Marks, embeddings, overrides and isolates of Unicode: unseen, they turn around what stands beside them.
_DIRECTION = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


def without_direction(text: str) -> str:
    """Without the signs that turn text around: no name of ours is written from right to left.

    >>> without_direction("\u202a1234\u202c")
    '1234'
    """
    # Every screen goes through here: to look for one sign that is not there costs less than a regular expression.
    for sign in _DIRECTION:
        text = text.replace(sign, "")
    return text


def well_formed(value: Any) -> Any:
    """As the screen shows it, and with U+FFFD for half a surrogate pair: no text of ours could be written out with one.

    >>> well_formed({"valores": {"rfc": "A\\ud800B\u202e"}})
    {'valores': {'rfc': 'A\ufffdB'}}
    """
    if isinstance(value, str):
        return value if value.isascii() else without_direction(_HALF.sub("\ufffd", value))
    if isinstance(value, Mapping):
        return {well_formed(k): well_formed(v) for k, v in value.items()}
    return [well_formed(v) for v in value] if isinstance(value, list) else value


@dataclass(frozen=True, slots=True)
class OnDemand:
    """What only some events need: packages, modules that use them, and the event if they do not come."""

    packages: tuple[str, ...]
    modules: tuple[str, ...]
    failure: Mapping[str, str]


def _nothing(before: State, after: State, event: Event) -> Result:
    return after, ()


@dataclass(frozen=True, slots=True)
class Pantalla:
    """What a screen declares, in its ``eventos.py``. ``pantallas.update`` looks it up by the name of the screen.

    - ``eventos``: handlers by the second half of the event's name («bienes.agregar» → ``agregar``);
    - ``pide``: what some of them need first; ``pronto``: what begins to come when the screen is shown;
    - ``despues``: runs after each event while the screen is shown, or is among the ``oyentes`` of the state;
    - ``llegar``: leads to a field of the screen;
    - ``abrir``, ``seguir``: of a screen that brings a mode of its own. The page opens in it («?modo=»), or the reader
      goes back or forward in it.
    """

    eventos: Mapping[str, Handler] = field(default_factory=dict)
    pide: Mapping[str, OnDemand] = field(default_factory=dict)
    pronto: OnDemand | None = None
    despues: Callable[[State, State, Event], Result] = _nothing
    llegar: Callable[[State, str], Result] | None = None
    abrir: Callable[[State, Enlace], State] | None = None
    seguir: Callable[[State, Enlace], State] | None = None
