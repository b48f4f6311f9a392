"""The shape of what happens, and of what comes of it.

An event is a mapping with ``name``; those with fields typed carry ``valores`` (field → text). Every event
carries ``hoy`` (ISO date in Mexico City) and ``ahora`` (ISO instant). A handler is a pure function from a state
and an event to the state after it and what the page must do.
"""

from collections.abc import Callable, Mapping
from typing import Any

from tramite.efectos import Efecto
from tramite.state import State

Event = Mapping[str, Any]
Result = tuple[State, tuple[Efecto, ...]]
Handler = Callable[[State, Event], Result]
