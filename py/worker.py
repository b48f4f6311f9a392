"""The browser's side of Python: receives an event as JSON, answers {html, effects} as JSON, or {falla} when it failed.

The only Python that knows a browser. It keeps the state; everything else is pure.
"""

import asyncio
import importlib
import json
import random
import sys
import traceback
from collections.abc import Awaitable
from typing import Any

import pyodide_js
from jinja2 import TemplateNotFound

from pantallas.falla import describe
from pantallas.lengua import CATALOGOS
from pantallas.update import needs, needs_soon, update
from pantallas.view import view
from tramite.eventos import OnDemand
from tramite.state import initial_state

# Our own code, in two halves; the second comes when something of it is missed. Python that began from a memory kept
# (pantallas.ensayo) has imported both, and the files of neither.
OURS = ("raoce-app", "raoce-app-despues")
REST = OnDemand((), ("documentos",), {"name": "descarga-fallo"})
MISSED = (ImportError, OSError, TemplateNotFound)
if "pantallas.ensayo" in sys.modules:
    random.seed()  # or every start would draw the same numbers

state = initial_state()
on_their_way: dict[tuple[str, ...], asyncio.Future] = {}


async def load(needed: OnDemand) -> None:
    # It does not reject when a package does not come; the import does.
    packages = needed.packages if needed in CATALOGOS.values() else (*OURS, *needed.packages)
    await pyodide_js.loadPackage([*packages])
    for name in needed.modules:
        importlib.import_module(name)


def loaded(needed: OnDemand) -> asyncio.Future:
    """The packages and the modules, on their way or there; tried again after a failure."""
    future = on_their_way.get(needed.modules)
    if future is None or (future.done() and future.exception()):
        future = on_their_way[needed.modules] = asyncio.ensure_future(load(needed))
    return future


def is_there(needed: OnDemand) -> bool:
    future = on_their_way.get(needed.modules)
    return future is not None and future.done() and not future.exception()


def dispatch(event_json: str) -> str | Awaitable[str]:
    """The answer to an event: at once where nothing has to come for it, since a turn of the loop takes longer.

    It never raises: an event that fails changes nothing, and its answer says so.
    """
    event = json.loads(event_json)
    try:
        needed = needs(event)
        return answer_when_there(event, needed) if needed else answer(event)
    except MISSED as error:
        return failed(event, error) if is_there(REST) else answer_when_there(event, REST)
    except Exception as error:
        return failed(event, error)


async def answer_when_there(event: dict[str, Any], needed: OnDemand) -> str:
    try:
        await loaded(needed)
    except Exception as error:  # whatever kept a package from coming, the filer can only try again
        print(needed.packages, error)
        event |= needed.failure
    try:
        return answer(event)
    except MISSED as error:
        return failed(event, error) if is_there(REST) else await answer_when_there(event, REST)
    except Exception as error:
        return failed(event, error)


def failed(event: dict[str, Any], error: Exception) -> str:
    traceback.print_exception(error)
    return json.dumps({"falla": describe(event["name"], error)})


def answer(event: dict[str, Any]) -> str:
    global state
    after, effects = update(state, event)
    html = view(after)
    state = after
    if soon := needs_soon(state):
        loaded(soon)
    return json.dumps({"html": html, "effects": effects})


__export__ = ["dispatch"]
