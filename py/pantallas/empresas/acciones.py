"""For all rows or those ticked: new ejercicio, calendar, sheets, list, marked as presented, removed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tramite.eventos import Handler, OnDemand
from tramite.state import State

EVENTOS: Mapping[str, Handler] = {}
PIDE: Mapping[str, OnDemand] = {}


def context(state: State) -> dict[str, Any]:
    return {}
