"""The browser's side of Python: receives an event as JSON, answers {html, effects} as JSON.

The only Python that knows a browser. It keeps the state; everything else is pure.
"""

import json

import pyodide_js

from pantallas import view
from tramite.state import initial_state
from tramite.update import update

# Packages that an event needs and the start does not load.
PAQUETES = {"certificado": ["asn1crypto"]}

state = initial_state()


async def dispatch(event_json: str) -> str:
    global state
    event = json.loads(event_json)
    if event["name"] in PAQUETES:
        await pyodide_js.loadPackage(PAQUETES[event["name"]])
    state, effects = update(state, event)
    return json.dumps({"html": view(state), "effects": effects})


__export__ = ["dispatch"]
