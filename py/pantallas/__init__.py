"""The screens: state → HTML, and nothing else. One module and one template each."""

from __future__ import annotations

from pantallas import (
    bienes,
    borradores,
    captura,
    corregir,
    datos,
    firmar,
    incrustar,
    marco,
    plazos,
    practica,
    programas,
    revisar,
    solicitante,
    solucionario,
    verificar,
)
from pantallas.entorno import environment
from tramite.state import State

_SCREENS = {
    "plazos": plazos,
    "programas": programas,
    "solicitante": solicitante,
    "datos": datos,
    "bienes": bienes,
    "revisar": revisar,
    "firmar": firmar,
    "captura": captura,
    "borradores": borradores,
    "corregir": corregir,
    "verificar": verificar,
    "incrustar": incrustar,
    "practica": practica,
    "solucionario": solucionario,
}


def view(state: State) -> str:
    """The HTML inside ``#app`` for a state. Pure."""
    screen = _SCREENS[state.pantalla]
    template = environment().get_template(f"{state.pantalla}.html")
    return template.render(marco.context(state) | screen.context(state))
