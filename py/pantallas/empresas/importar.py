"""«Importar empresas»: in from a list, with a preview; nothing is written over unseen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tramite.eventos import Handler, OnDemand
from tramite.state import State

EVENTOS: Mapping[str, Handler] = {}
PIDE: Mapping[str, OnDemand] = {}


def context(state: State) -> dict[str, Any]:
    return {}
