"""What happens in «Datos de reporte anual»: last year's figures, the published exchange rate."""

from pantallas.comunes.bajo_demanda import FIRMA, sin_archivo
from tramite import efectos
from tramite.eventos import Event, Pantalla, Result
from tramite.luego import later
from tramite.state import State


def use_published_rate(state: State, event: Event) -> Result:
    draft = {k: v for k, v in state.borrador.items() if k != "tipo_cambio"}
    return state.with_borrador(draft), (efectos.focus("tipo_cambio"),)


PANTALLA = Pantalla(
    eventos={
        "abrir-anterior": later("pantallas.datos.anterior", "open_file"),
        "quitar-anterior": later("pantallas.datos.anterior", "close"),
        "usar-fix": use_published_rate,
    },
    pide={"abrir-anterior": sin_archivo(FIRMA)},
)
