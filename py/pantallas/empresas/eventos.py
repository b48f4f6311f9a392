"""What happens in «Mis empresas»: opened, duplicated, removed, ticked, as one file; and what its parts add to it."""

from collections.abc import Collection
from dataclasses import replace

from pantallas.empresas import acciones, importar, respaldo, seleccion
from pantallas.empresas.estado import MARCA, MAXIMO_DE_QUITADOS, Empresas
from tramite import efectos, pasos
from tramite.empresas.filtros import Filtros
from tramite.eventos import Event, Pantalla, Result
from tramite.formulario.evaluacion import Aviso
from tramite.pantallas import PANTALLAS
from tramite.state import State


def _say(state: State, codigo: str, **datos: object) -> State:
    return replace(state, avisos=(Aviso(codigo, datos),))


def _opened(state: State) -> Result:
    state = replace(state, pantalla=PANTALLAS[0])
    return state, (pasos.show(state), efectos.focus("titulo"))


def open_one(state: State, event: Event) -> Result:
    """«Abrir»: that draft comes to the screen; the present one stays in the list.

    With ``paso``, at that step of the form, with what it lacks.
    """
    if event["clave"] != state.archivero.actual:
        state = state.with_archivero(state.archivero.open(event["clave"]))
    state, effects = _opened(state)
    if event.get("paso") not in pasos.steps(state):
        return state, effects
    state = replace(state, pantalla=event["paso"], revisadas=state.revisadas | {event["paso"]})
    return state, (pasos.show(state), efectos.focus("resumen-errores"))


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
    mine = state.of(Empresas)
    quitados = (*mine.quitados, state.archivero.todos[clave])[-MAXIMO_DE_QUITADOS:]
    state = state.with_drafts(state.archivero.remove(clave)).having(replace(mine, quitados=quitados))
    return _say(state, "borrador-quitado"), (efectos.focus("avisos"),)


def undo(state: State, event: Event) -> Result:
    """«Deshacer»: the one removed last comes back; then the one before."""
    mine = state.of(Empresas)
    if not mine.quitados:
        return state, ()
    *before, last = mine.quitados
    state = replace(state, archivero=state.archivero.add(last)).having(replace(mine, quitados=tuple(before)))
    return _say(state, "borrador-restituido"), (efectos.focus("avisos"),)


def _with_ticked(state: State, marcadas: Collection[str]) -> State:
    return state.having(replace(state.of(Empresas), marcadas=frozenset(marcadas)))


def tick_seen(state: State, event: Event) -> Result:
    """«Marcar todas las que se ven»: those that the search and the filters leave, on whichever part of the list."""
    found = {row.clave for row in seleccion.seen(state)}
    return _with_ticked(state, state.of(Empresas).marcadas | found), (efectos.focus("marcadas"),)


def tick_none(state: State, event: Event) -> Result:
    """«No marcar ninguna»."""
    return _with_ticked(state, ()), (efectos.focus("marcadas"),)


def _filtered(state: State, filtros: Filtros) -> State:
    # Another filter begins again at the first part of the list.
    state = replace(state, vista={**state.vista, "parte_empresas": "0"})
    return state.having(replace(state.of(Empresas), filtros=filtros))


def press_filter(state: State, event: Event) -> Result:
    """A count was pressed: those rows alone, or no longer."""
    return _filtered(state, state.of(Empresas).filtros.toggled(event["faceta"], event["valor"])), ()


def drop_filters(state: State, event: Event) -> Result:
    """«Quitar filtros», the text searched too."""
    state = replace(state, vista={**state.vista, "filtro_empresas": ""})
    return _filtered(state, Filtros()), (efectos.focus("cuantas"),)


def go_on_counting(state: State, event: Event) -> Result:
    """Whether something is missing in some rows more; it waits while another screen is shown."""
    if state.pantalla != "empresas":
        return seleccion.stop(state), ()
    state = seleccion.go_on(seleccion.begin(state) if seleccion.is_to_begin(state) else state)
    return state, (() if seleccion.is_counted(state) else (efectos.go_on("empresas.contar"),))


def _rows_after(before: State, after: State, event: Event) -> Result:
    """Rows that were ticked, unticked or searched; and what must be known of all of them begins to be found out."""
    after, found = importar.note(after, event)
    # Until the typing stops, or something else happens.
    buscando = event["name"] == "entrada" and "filtro_empresas" in event["valores"]
    if buscando != after.of(Empresas).buscando:
        after = after.having(replace(after.of(Empresas), buscando=buscando))
    marcadas = set(after.of(Empresas).marcadas)
    for clave, texto in event.get("valores", {}).items():
        if clave.startswith(MARCA):
            (marcadas.add if texto else marcadas.discard)(clave.removeprefix(MARCA))
    if marcadas:
        marcadas &= after.archivero.todos.keys()
    if marcadas != after.of(Empresas).marcadas:
        after = _with_ticked(after, marcadas)
    after = acciones.follow(after)
    if not seleccion.is_to_begin(after):
        return after, found
    is_running = after.of(Empresas).cuenta.en_curso
    return seleccion.begin(after), (*found, *(() if is_running else (efectos.go_on("empresas.contar"),)))


def _after(before: State, state: State, event: Event) -> Result:
    state, counted = _rows_after(before, state, event)
    state, more = respaldo.after(before, state, event)
    return state, (*counted, *more)


PANTALLA = Pantalla(
    eventos={
        "abrir": open_one,
        "nuevo": open_new,
        "duplicar": duplicate,
        "borrar": remove,
        "deshacer": undo,
        "todas": tick_seen,
        "ninguna": tick_none,
        "filtrar": press_filter,
        "quitar-filtros": drop_filters,
        "contar": go_on_counting,
        **importar.EVENTOS,
        **acciones.EVENTOS,
        **respaldo.EVENTOS,
    },
    pide={**importar.PIDE, **acciones.PIDE, **respaldo.PIDE},
    despues=_after,
)
