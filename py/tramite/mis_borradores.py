"""What happens in «Mis borradores»: the drafts of all companies, opened, duplicated, removed, as one file."""

from dataclasses import replace

from tramite import borrador as drafts
from tramite import efectos
from tramite.archivero import Guardado
from tramite.evaluacion import Aviso
from tramite.eventos import Event, Result
from tramite.state import State


def _say(state: State, codigo: str, **datos: object) -> State:
    return replace(state, avisos=(Aviso(codigo, datos),))


def _opened(state: State) -> Result:
    state = replace(state, pantalla="plazos", quitado=None)
    return state, (efectos.show(state.pantalla, state.consulta), efectos.focus("titulo"))


def open_one(state: State, event: Event) -> Result:
    """«Abrir»: that draft comes to the screen; the present one stays in the list."""
    if event["clave"] == state.archivero.actual:
        return _opened(state)
    return _opened(state.with_archivero(state.archivero.open(event["clave"])))


def open_new(state: State, event: Event) -> Result:
    """«Nuevo borrador»."""
    return _opened(state.with_archivero(state.archivero.open_new()))


def duplicate(state: State, event: Event) -> Result:
    """«Duplicar»: a copy beside it, as changed now, so that it comes first."""
    source = state.archivero.todos[event["clave"]]
    copy = replace(source, modificado=state.ahora.isoformat(timespec="seconds"))
    state = replace(state, archivero=state.archivero.add(copy))
    return _say(state, "borrador-duplicado"), (efectos.focus("avisos"),)


def remove(state: State, event: Event) -> Result:
    """«Borrar»: gone from the device; «Deshacer» brings it back as long as the page is open."""
    clave = event["clave"]
    quitado = (clave, state.archivero.todos[clave])
    left = state.archivero.remove(clave)
    state = state.with_archivero(left) if clave == state.archivero.actual else replace(state, archivero=left)
    return replace(_say(state, "borrador-quitado"), quitado=quitado), (efectos.focus("avisos"),)


def undo(state: State, event: Event) -> Result:
    if state.quitado is None:
        return state, ()
    state = replace(state, archivero=state.archivero.add(state.quitado[1]), quitado=None)
    return _say(state, "borrador-restituido"), (efectos.focus("avisos"),)


def save_all(state: State, event: Event) -> Result:
    """«Exportar todos»: every draft in one file."""
    texto = drafts.all_to_text(state.archivero.todos.values(), state.ahora)
    return state, (efectos.download(f"RAOCE_borradores_{state.hoy.isoformat()}.json", texto),)


def add_all(state: State, opened: tuple[Guardado, ...]) -> Result:
    """The drafts of a file join the list; those that are there already are not repeated."""
    kept, known = state.archivero, [g.campos for g in state.archivero.todos.values()]
    new = [g for g in opened if g.campos and g.campos not in known]
    for guardado in new:
        kept = kept.add(guardado)
    state = replace(state, archivero=kept, pantalla="borradores")
    state = _say(state, "borradores-agregados", nuevos=len(new), repetidos=len(opened) - len(new))
    return state, (efectos.show("borradores", state.consulta), efectos.focus("avisos"))
