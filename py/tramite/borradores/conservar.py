"""Keeping drafts: on the device as they are typed, as files, put aside, brought back, erased."""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from raoce.base import DatoInvalido
from tramite import efectos, pasos
from tramite.borradores import archivero
from tramite.borradores import borrador as drafts
from tramite.borradores.archivero import Archivero
from tramite.borradores.borrador import Guardado
from tramite.borradores.enlace import Enlace
from tramite.efectos import Efecto
from tramite.eventos import Event, Result
from tramite.formulario.campos import SOLICITANTE
from tramite.formulario.evaluacion import Aviso
from tramite.pantallas import INICIO, PANTALLAS
from tramite.rechazar import refuse
from tramite.state import State


def save_changes(before: State, after: State) -> tuple[Efecto, ...]:
    """The effect that brings the device up to date, if there is something to write and it may be written."""
    if after.solo_lectura or after.archivero is before.archivero:
        return ()
    found = archivero.changes(before.archivero, after.archivero)
    return (efectos.save(found),) if found else ()


def with_year(state: State) -> State:
    """A draft that says anything says its ejercicio: the usual one changes at New Year, the draft must not."""
    if not state.borrador or "ejercicio" in state.borrador:
        return state
    return state.with_borrador({**state.borrador, "ejercicio": str(state.evaluacion.ejercicio)})


def restore(state: State, registro: Mapping[str, Any], link: Enlace) -> Result:
    """What the device keeps (``registro``, entry by entry), then what the link says."""
    try:
        kept, migrated = archivero.from_entries(registro)
    except DatoInvalido:
        # What another version kept is not ours to write over.
        kept, migrated = Archivero(), {}
        state = replace(state, solo_lectura=True, avisos=(Aviso("guardado-ilegible", {}),))
    others = MappingProxyType({k: v for k, v in registro.items() if not archivero.is_own(k)})
    state = restored = replace(state, archivero=kept, entradas=others, tocados=frozenset(kept.abierto.campos))
    actual = state.borrador
    changed = tuple(k for k, v in link.campos.items() if actual.get(k, "") not in ("", v))
    avisos = state.avisos + link.avisos
    if changed:
        state = replace(state, archivero=replace(kept.put_aside(), de_enlace=True))
        avisos += (Aviso("enlace-cambio", {"campos": changed}),)
        # What a link shows must not depend on what was there: only who the company is stays.
        actual = {k: v for k, v in actual.items() if k in SOLICITANTE}
    state = with_year(state.with_borrador({**actual, **link.campos}))
    state = replace(
        state,
        pantalla=first_screen(link, state),
        consulta=link.fecha or state.consulta,
        tocados=state.tocados | link.campos.keys(),
        avisos=avisos,
    )
    saved = (efectos.save(migrated),) if migrated else ()
    return state, (pasos.show(state, replace=True), *saved, *save_changes(restored, state))


def first_screen(link: Enlace, state: State) -> str:
    """The screen that an address opens: without a draft and without being asked for anything, «Inicio»."""
    return link.pantalla or (INICIO if link.vacio and not state.archivero.todos else PANTALLAS[0])


def save_to_file(state: State, event: Event) -> Result:
    nombre = drafts.filename(state.borrador, state.evaluacion.ejercicio)
    return state, (efectos.download(nombre, drafts.to_text(state.borrador, state.ahora)),)


def open_file(state: State, event: Event) -> Result:
    """A draft file replaces the present draft, which is put aside; one of many joins the list of drafts.

    A bad file changes nothing.
    """
    try:
        opened = drafts.parse(event["texto"])
    except DatoInvalido as error:
        return refuse(state, error)
    if len(opened) != 1:
        return _add_all(state, opened)
    return _open(state, opened[0].campos)


def _open(state: State, opened: Mapping[str, str]) -> Result:
    if opened != state.borrador:
        instante = state.ahora.isoformat(timespec="seconds")
        state = state.with_archivero(state.archivero.open_new().with_abierto(opened, instante))
    return replace(state, avisos=(Aviso("borrador-abierto", {}),)), (efectos.focus("avisos"),)


def _add_all(state: State, opened: tuple[Guardado, ...]) -> Result:
    """The drafts of a file join the list; those that are there already are not repeated."""
    known = [g.campos for g in state.archivero.todos.values()]
    new = [g for g in opened if g.campos and g.campos not in known]
    aviso = Aviso("borradores-agregados", {"nuevos": len(new), "repetidos": len(opened) - len(new)})
    state = replace(state, archivero=state.archivero.add_all(new), pantalla="empresas", avisos=(aviso,))
    return state, (pasos.show(state), efectos.focus("avisos"))


def go_back(state: State, event: Event) -> Result:
    """Go back to the draft used last; the present one takes its turn behind the others."""
    if not state.archivero.otros:
        return state, ()
    *_, last = state.archivero.otros
    state = state.with_archivero(state.archivero.open(last, last=False))
    return replace(state, avisos=(Aviso("borrador-recuperado", {}),)), (efectos.focus("avisos"),)


def ask_erase(state: State, event: Event) -> Result:
    return replace(state, pregunta_borrar=True), (efectos.focus("pregunta-borrar"),)


def keep(state: State, event: Event) -> Result:
    return replace(state, pregunta_borrar=False), (efectos.focus("borrar-todo"),)


def erase(state: State, event: Event) -> Result:
    fresh = State(
        pantalla=PANTALLAS[0],
        hoy=state.hoy,
        ahora=state.ahora,
        almacenamiento=state.almacenamiento,
        enmarcada=state.enmarcada,
        incrustada=state.incrustada,
        oyentes=state.oyentes,
        sitio=state.sitio,
        idioma=state.idioma,
        avisos=(Aviso("borrado", {}),),
    )
    return fresh, (
        efectos.erase(),
        efectos.forget_key(),
        pasos.show(fresh),
        efectos.focus("avisos"),
    )


def without_storage(state: State, event: Event) -> Result:
    """The browser stopped keeping the draft: say it, and go on."""
    return replace(state, almacenamiento=False), ()


def with_storage(state: State, event: Event) -> Result:
    """What the browser had not kept is kept now."""
    return replace(state, almacenamiento=True), ()


def other_tab(state: State, event: Event) -> Result:
    """Another tab changed or erased what the device keeps; this one keeps nothing more, and says so."""
    return replace(state, otra_pestana=True, solo_lectura=True), ()
