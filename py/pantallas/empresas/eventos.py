"""What happens in «Mis empresas»: opened, duplicated, removed, ticked, as one file; and what its parts add to it."""

from collections.abc import Collection
from dataclasses import replace

from pantallas.empresas import acciones, importar, respaldo
from pantallas.empresas.estado import MARCA, Empresas
from tramite import efectos, pasos
from tramite.borradores import borrador as drafts
from tramite.eventos import Event, Pantalla, Result
from tramite.formulario.evaluacion import Aviso
from tramite.pantallas import PANTALLAS
from tramite.state import State


def _say(state: State, codigo: str, **datos: object) -> State:
    return replace(state, avisos=(Aviso(codigo, datos),))


def _opened(state: State) -> Result:
    state = replace(state, pantalla=PANTALLAS[0]).having(replace(state.of(Empresas), quitado=None))
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
    return _say(state, "borrador-quitado").having(replace(state.of(Empresas), quitado=quitado)), (
        efectos.focus("avisos"),
    )


def undo(state: State, event: Event) -> Result:
    quitado = state.of(Empresas).quitado
    if quitado is None:
        return state, ()
    state = replace(state, archivero=state.archivero.add(quitado)).having(replace(state.of(Empresas), quitado=None))
    return _say(state, "borrador-restituido"), (efectos.focus("avisos"),)


def _with_ticked(state: State, marcadas: Collection[str]) -> State:
    return state.having(replace(state.of(Empresas), marcadas=frozenset(marcadas)))


def _tick(before: State, after: State, event: Event) -> Result:
    """A row is ticked, or no more; those that are gone are ticked no longer."""
    marcadas = set(after.of(Empresas).marcadas)
    for clave, texto in event.get("valores", {}).items():
        if clave.startswith(MARCA):
            (marcadas.add if texto else marcadas.discard)(clave.removeprefix(MARCA))
    if after.archivero is not before.archivero or "valores" in event:
        marcadas &= after.archivero.todos.keys()
    return (after if marcadas == after.of(Empresas).marcadas else _with_ticked(after, marcadas)), ()


def tick_all(state: State, event: Event) -> Result:
    """«Todas las que se ven»: those that the search and the filters leave, on whichever part of the list."""
    seen = set(state.archivero.todos)
    return _with_ticked(state, state.of(Empresas).marcadas | seen), (efectos.focus("marcadas"),)


def tick_none(state: State, event: Event) -> Result:
    return _with_ticked(state, ()), (efectos.focus("marcadas"),)


def _after(before: State, state: State, event: Event) -> Result:
    state, ticked = _tick(before, state, event)
    state, more = respaldo.after(before, state, event)
    return state, (*ticked, *more)


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
        "ninguna": tick_none,
        "todas": tick_all,
        **importar.EVENTOS,
        **acciones.EVENTOS,
        **respaldo.EVENTOS,
    },
    pide={**importar.PIDE, **acciones.PIDE, **respaldo.PIDE},
    despues=_after,
)
