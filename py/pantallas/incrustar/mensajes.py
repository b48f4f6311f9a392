"""The page inside another one: what it tells its host, and the snippet that puts it there.

Nothing personal and no amount is told: only the state of each programme and whether its commitment is met.
"""

from typing import Any

import idiomas
from tramite.borradores.enlace import write
from tramite.pantallas import PRACTICA
from tramite.state import State

ALTURA = 900


def results(state: State) -> dict[str, Any]:
    """What the host may know of a state: screen, ejercicio, deadlines and results by programme."""
    reporte = state.evaluacion.reporte
    commitments = {c.programa: c.resultado.value for c in reporte.compromisos}
    return {
        "pantalla": state.pantalla,
        "ejercicio": reporte.ejercicio,
        "programas": [
            {
                "programa": p.registro.programa.value,
                "estado": p.situacion.estado.value,
                "limite": p.plazo.limite.isoformat() if p.plazo else None,
                "ultima": p.plazo.ultima.isoformat() if p.plazo and p.plazo.ultima else None,
                "compromiso": commitments.get(p.registro.programa),
            }
            for p in reporte.plazos
        ],
    }


def address(state: State, pantalla: str) -> str:
    """The address of the page to be put inside another: of a screen as it is now, of the cases of practice
    (``practica``), or of one of them (``practica/ID``)."""
    screen, _, caso = pantalla.partition("/")
    lang = "" if state.idioma == idiomas.ES else f"&lang={state.idioma}"
    if screen == PRACTICA:
        return f"{state.sitio}?modo=practica{f'&caso={caso}' if caso else ''}&incrustado=1{lang}"
    return f"{state.sitio}{write(state.borrador, pantalla, state.consulta)}&incrustado=1{lang}"
