"""Runs inside Pyodide, on the built site: what the first figure imports of ours, and how long it takes."""

import json
import sys
import time


def first_figure(query: str) -> str:
    began = time.perf_counter()
    from pantallas.update import update
    from pantallas.view import view
    from tramite.state import initial_state

    clock = {"hoy": "2024-05-15", "ahora": "2024-05-15T18:00:00+00:00"}
    state, _ = update(initial_state(), {"name": "inicio", "busqueda": query, "registro": None, **clock})
    view(state)
    took = (time.perf_counter() - began) * 1000
    ours = [name for name in sys.modules if name.partition(".")[0] in ("raoce", "tramite", "pantallas", "documentos")]
    return json.dumps({"modules": len(ours), "ms": took})
