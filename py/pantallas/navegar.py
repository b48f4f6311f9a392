"""From screen to screen: by a link, to the next step, back and forward in the browser."""

from dataclasses import replace

from pantallas.declaradas import declared
from tramite import efectos, pasos
from tramite.borradores import conservar, enlace
from tramite.eventos import Event, Result
from tramite.state import State


def go(state: State, event: Event) -> Result:
    """To a screen (``pantalla``), and there to a field of it (``campo``), whose errors then show."""
    allowed = state.modo.screens(state.incrustada)
    pantalla = event["pantalla"] if event["pantalla"] in allowed else state.pantalla
    state = replace(state, pantalla=pantalla, pregunta_borrar=False, avisos=())
    moved = pasos.show(state)
    campo = event.get("campo")
    if not campo:
        return state, (moved, efectos.focus("titulo"))
    state = replace(state, revisadas=state.revisadas | {pantalla})
    reach = declared(pantalla).llegar
    state, effects = reach(state, campo) if reach else (state, (efectos.focus(campo),))
    return state, (moved, *effects)


def go_on(state: State, event: Event) -> Result:
    """To the next screen, or to the summary of what is wrong or missing on this one."""
    if state.evaluacion.pending(state.pantalla):
        state = replace(state, revisadas=state.revisadas | {state.pantalla})
        return state, (efectos.focus("resumen-errores"),)
    return go(state, {"pantalla": pasos.following(state)})


def follow(state: State, event: Event) -> Result:
    """Back or forward in the browser: to what the address says (``busqueda``), with what has been done since."""
    link = enlace.parse(event["busqueda"])
    moved = replace(state, avisos=())
    if state.modo.nombre:
        moved = declared(state.modo.nombre).seguir(moved, link)
    else:
        moved = replace(moved, pantalla=conservar.first_screen(link, state))
    shown = pasos.show(moved, replace=True)
    if _place(moved) == _place(state):
        # A jump inside the page («Ir al contenido») comes here too.
        return replace(moved, avisos=state.avisos), (shown,)
    return replace(moved, pregunta_borrar=False), (shown, efectos.focus("titulo"))


def _place(state: State) -> tuple[str, str]:
    """The screen, and the case of practice."""
    return state.pantalla, state.modo.id
