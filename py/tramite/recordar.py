"""«Agregar a mi calendario»: the dates of the programmes held, as a file for the user's own calendar."""

from dataclasses import replace

from tramite import efectos
from tramite.evaluacion import Aviso
from tramite.eventos import Event, Result
from tramite.state import State


def download(state: State, event: Event) -> Result:
    from documentos.recordatorios import make

    ev = state.evaluacion
    texto = make(ev.reporte, ev.valores.get("captura"), state.ahora).decode()
    nombre = "_".join(filter(None, ("RAOCE_fechas", str(ev.ejercicio), ev.valores.get("rfc")))) + ".ics"
    return state, (efectos.download(nombre, texto, "text/calendar"),)


def fail(state: State, event: Event) -> Result:
    """What makes the file could not be fetched."""
    return replace(state, avisos=(Aviso("descarga-fallo", {}),)), (efectos.focus("avisos"),)
