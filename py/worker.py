"""The browser's side of Python: receives an event as JSON, answers {html, effects} as JSON.

The only Python that knows a browser. It keeps the state; everything else is pure.
"""

import asyncio
import importlib
import json
import random
import sys
from collections.abc import Awaitable
from typing import Any

import pyodide_js

from pantallas.update import needs, needs_soon, update
from pantallas.view import view
from tramite.eventos import OnDemand
from tramite.state import initial_state

# With what the rest of us travels. Python that began from a memory kept (pantallas.ensayo) has no files yet.
OURS = "raoce-app"
FROM_MEMORY = "pantallas.ensayo" in sys.modules
if FROM_MEMORY:
    random.seed()  # or every start would draw the same numbers

state = initial_state()
files: asyncio.Future | None = None
on_their_way: dict[tuple[str, ...], asyncio.Future] = {}


async def load(needed: OnDemand) -> None:
    # It does not reject when a package does not come; the import does.
    await pyodide_js.loadPackage([OURS, *needed.packages])
    for name in needed.modules:
        importlib.import_module(name)


def loaded(needed: OnDemand) -> asyncio.Future:
    """The packages and the modules, on their way or there; tried again after a failure."""
    future = on_their_way.get(needed.modules)
    if future is None or (future.done() and future.exception()):
        future = on_their_way[needed.modules] = asyncio.ensure_future(load(needed))
    return future


def dispatch(event_json: str) -> str | Awaitable[str]:
    """The answer to an event: at once where nothing has to come for it, since a turn of the loop takes longer."""
    event = json.loads(event_json)
    needed = needs(event["name"])
    if needed is None and (files is None or files.done()):
        return answer(event)
    return answer_when_there(event, needed)


async def answer_when_there(event: dict[str, Any], needed: OnDemand | None) -> str:
    if files:
        await files
    if needed:
        try:
            await loaded(needed)
        except Exception as error:  # whatever kept a package from coming, the filer can only try again
            print(needed.packages, error)
            event |= needed.failure
    return answer(event)


def answer(event: dict[str, Any]) -> str:
    global state, files
    state, effects = update(state, event)
    if soon := needs_soon(state):
        loaded(soon)
    html = view(state)
    if FROM_MEMORY and files is None:
        # The first figure is there; what comes later may be read from a file.
        files = asyncio.ensure_future(pyodide_js.loadPackage([OURS]))
    return json.dumps({"html": html, "effects": effects})


__export__ = ["dispatch"]
