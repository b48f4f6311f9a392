"""The page opens: what the device keeps, what the link says, and the mode that it asks for."""

from dataclasses import replace

from pantallas.declaradas import declared
from tramite import pasos
from tramite.borradores import conservar, enlace
from tramite.eventos import Event, Result
from tramite.state import State


def start(state: State, event: Event) -> Result:
    """``busqueda`` is the query of the address, ``registro`` what the device keeps (entry → value)."""
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
