"""«Firmar»: the e.firma of the company, and the signed file."""

from __future__ import annotations

from datetime import date
from typing import Any

from idiomas import _
from pantallas.comunes import componentes
from pantallas.comunes.firma import signing
from raoce.plazos import Estado
from raoce.plazos.plazo_de_correccion import plazo_de_correccion
from raoce.plazos.plazos import last_day_to_sign
from raoce.reglas import regla_de_presentacion
from raoce.solicitud.reporte import PlazoDeRegistro
from tramite.formulario.evaluacion import Evaluacion
from tramite.state import SOLICITUD, State

# While a programme is in one of these states there is a day until which its report can be presented.
_OPEN = (Estado.NO_INICIA, Estado.EN_PLAZO, Estado.SUSPENDIDO)


def _present_by(p: PlazoDeRegistro) -> date:
    return p.plazo.ultima if p.situacion.estado is Estado.SUSPENDIDO else p.plazo.recomendada


def _what_is_left(ev: Evaluacion) -> dict[str, Any]:
    """The days that follow the signature: of VUCEM, of the signature there, of a correction."""
    awaited = [p for p in ev.reporte.plazos if p.situacion.estado in _OPEN]
    captura, presentado = ev.valores.get("captura"), ev.reporte.presentacion
    return {
        "abre": next((p.plazo.apertura for p in awaited if p.situacion.estado is Estado.NO_INICIA), None),
        "limite": min(map(_present_by, awaited), default=None),
        "firma_hasta": captura and last_day_to_sign(captura, ev.ejercicio),
        "presentado": presentado,
        "correccion": regla_de_presentacion("plazos.correccion", ev.ejercicio),
        "corregir_hasta": presentado and plazo_de_correccion(presentado, ev.ejercicio, ev.calendario).limite,
    }


def context(state: State) -> dict[str, Any]:
    found = signing(state, SOLICITUD)
    missing = componentes.all_pending(state)
    asked = state.firma.intentada and state.firma.documento == SOLICITUD
    title = {"titulo": _("Solicitud firmada")} if found["firmada"] and not state.modo.nombre else {}
    return (
        found
        | title
        | _what_is_left(state.evaluacion)
        | {
            "por_completar": missing,
            "pendientes": [*missing, *found["errores_firma"]] if asked else [],
            "plazo_firma": regla_de_presentacion("plazos.firma", state.evaluacion.ejercicio),
        }
    )
