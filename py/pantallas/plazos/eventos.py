"""What happens in «Plazos»: the day of consultation, the days that the SE declared."""

from datetime import timedelta

from pantallas.comunes.eleccion import reach
from tramite.escribir import with_values
from tramite.eventos import Event, Pantalla, Result
from tramite.luego import later
from tramite.state import State


def step_consulta(state: State, event: Event) -> Result:
    """Move the day of consultation: by ``dias``, or to the next change of any programme (``siguiente``)."""
    reporte = state.evaluacion.reporte
    if event.get("siguiente"):
        changes = [p.situacion.cambia for p in reporte.plazos if p.situacion.cambia]
        target = min(changes, default=reporte.consulta)
    else:
        target = reporte.consulta + timedelta(int(event["dias"]))
    return with_values(state, {"consulta": target.isoformat()}), ()


PANTALLA = Pantalla(
    eventos={
        "mover-consulta": step_consulta,
        "agregar-inhabil": later("pantallas.plazos.anotar", "add"),
        "quitar-inhabil": later("pantallas.plazos.anotar", "remove"),
        "suspension": later("pantallas.plazos.anotar", "set_aside"),
    },
    llegar=reach,
)
