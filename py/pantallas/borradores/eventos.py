"""What happens in «Mis borradores»: the drafts of all companies, opened, duplicated, removed, as one file."""

from dataclasses import replace

from pantallas.borradores.estado import Borradores
from tramite import efectos, pasos
from tramite.borradores import borrador as drafts
from tramite.eventos import Event, Pantalla, Result
from tramite.formulario.evaluacion import Aviso
from tramite.pantallas import PANTALLAS
from tramite.state import State


def _say(state: State, codigo: str, **datos: object) -> State:
    return replace(state, avisos=(Aviso(codigo, datos),))


def _opened(state: State) -> Result:
    state = replace(state, pantalla=PANTALLAS[0]).having(Borradores())
    return state, (pasos.show(state), efectos.focus("titulo"))


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
    quitado = state.archivero.todos[clave]
    left = state.archivero.remove(clave)
    state = state.with_archivero(left) if clave == state.archivero.actual else replace(state, archivero=left)
    return _say(state, "borrador-quitado").having(Borradores(quitado)), (efectos.focus("avisos"),)


def undo(state: State, event: Event) -> Result:
    quitado = state.of(Borradores).quitado
    if quitado is None:
        return state, ()
    state = replace(state, archivero=state.archivero.add(quitado)).having(Borradores())
    return _say(state, "borrador-restituido"), (efectos.focus("avisos"),)


def save_all(state: State, event: Event) -> Result:
    """«Exportar todos»: every draft in one file."""
    texto = drafts.all_to_text(state.archivero.todos.values(), state.ahora)
    return state, (efectos.download(f"RAOCE_borradores_{state.hoy.isoformat()}.json", texto),)


PANTALLA = Pantalla(
    eventos={
        "abrir": open_one,
        "nuevo": open_new,
        "duplicar": duplicate,
        "borrar": remove,
        "deshacer": undo,
        "exportar": save_all,
    }
)
