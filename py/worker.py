"""The browser's side of Python: receives an event as JSON, answers {html, effects} as JSON.

The only Python that knows a browser. It keeps the state; everything else is pure.
"""

import asyncio
import importlib
import json

import pyodide_js

from pantallas import view
from tramite.state import initial_state
from tramite.update import update

# What only signing needs starts to come when the filer gets to the last screens.
FIRMA = ["pydantic", "asn1crypto"]
PANTALLAS_CON_FIRMA = {"revisar", "firmar"}
EVENTOS_CON_FIRMA = {"certificado", "firmar"}

state = initial_state()
signing: asyncio.Future | None = None


async def load_signing() -> None:
    await pyodide_js.loadPackage(FIRMA)
    importlib.import_module("raoce.emision")


def signing_loaded() -> asyncio.Future:
    """The packages and modules of signing, on their way or there; tried again after a failure."""
    global signing
    if signing is None or (signing.done() and signing.exception()):
        signing = asyncio.ensure_future(load_signing())
    return signing


async def dispatch(event_json: str) -> str:
    global state
    event = json.loads(event_json)
    if event["name"] in EVENTOS_CON_FIRMA:
        try:
            await signing_loaded()
        except Exception as error:  # whatever kept a package from coming, the filer can only try again
            print("signing:", error)
            event |= {"name": "firma-fallo", "codigo": "sin-conexion"}
    state, effects = update(state, event)
    if state.pantalla in PANTALLAS_CON_FIRMA:
        signing_loaded()
    return json.dumps({"html": view(state), "effects": effects})


__export__ = ["dispatch"]
