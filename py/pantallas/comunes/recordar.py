"""«Agregar a mi calendario»: the dates of the programmes held, as a file for the user's own calendar."""

from functools import partial

from tramite import efectos, sellar
from tramite.eventos import Event, Result
from tramite.state import State


def download(state: State, event: Event) -> Result:
    from documentos.recordatorios import make

    ev = state.evaluacion
    nombre = "_".join(filter(None, ("RAOCE_fechas", str(ev.ejercicio), ev.valores.get("rfc")))) + ".ics"
    archivo = sellar.seal(state, nombre, partial(make, ev.reporte, ev.valores.get("captura"), state.ahora))
    return state, (efectos.download_bytes(*archivo, "text/calendar"),)
