"""The page opens: what the device keeps, what the link says, and the mode that it asks for."""

from dataclasses import replace

from pantallas import lengua
from pantallas.declaradas import declared
from tramite import efectos, pasos
from tramite.borradores import conservar, enlace
from tramite.eventos import Event, Result
from tramite.state import State


def start(state: State, event: Event) -> Result:
    """``busqueda`` is the query of the address, ``registro`` what the device keeps (entry → value), ``idioma`` the
    language that the address asks for, or that the device remembers."""
    state, effects = _start(lengua.asked(state, event), event)
    if "idioma_ausente" in event:
        effects = (*effects, efectos.speak(state.idioma, remember=False))
    return state, effects


def _start(state: State, event: Event) -> Result:
    link = enlace.parse(event.get("busqueda", ""))
    state = replace(
        state,
        almacenamiento=event.get("almacenamiento", True),
        enmarcada=event.get("enmarcada", False),
        sitio=event.get("sitio", ""),
        incrustada=link.incrustada,
    )
    if link.modo:
        state = declared(link.modo).abrir(state, link)
        return state, (pasos.show(state, replace=True),)
    state = replace(state, oyentes=("incrustar",) if link.incrustada else ())
    return conservar.restore(state, event.get("registro") or {}, link)
