"""«Firmar»: the e.firma of the company, and the signed file."""

from __future__ import annotations

from typing import Any

from pantallas.comunes import componentes
from pantallas.comunes.firma import signing
from raoce.reglas import regla_de_presentacion
from tramite.state import SOLICITUD, State


def context(state: State) -> dict[str, Any]:
    found = signing(state, SOLICITUD)
    missing = componentes.all_pending(state)
    asked = state.firma.intentada and state.firma.documento == SOLICITUD
    return found | {
        "por_completar": missing,
        "pendientes": [*missing, *found["errores_firma"]] if asked else [],
        "plazo_firma": regla_de_presentacion("plazos.firma", state.evaluacion.ejercicio),
    }
