"""Keeping drafts: on the device as they are typed, as files, put aside, brought back, erased."""

from dataclasses import replace
from typing import Any

from raoce.errores import DatoInvalido
from tramite import borrador as drafts
from tramite import efectos, enlace
from tramite.efectos import Efecto
from tramite.evaluacion import Aviso
from tramite.eventos import Event, Result
from tramite.state import Firma, State


def kept(state: State) -> tuple[Any, ...]:
    """What the device keeps of a state."""
    return state.borrador, state.apartados, state.de_enlace


def save_changes(before: State, after: State) -> tuple[Efecto, ...]:
    """The effect that brings the device up to date, if there is something to write and it may be written."""
    if after.solo_lectura or kept(after) == kept(before):
        return ()
    return (efectos.save(*kept(after)),)


def with_year(state: State) -> State:
    """A draft that says anything says its ejercicio: the usual one changes at New Year, the draft must not."""
    if not state.borrador or "ejercicio" in state.borrador:
        return state
    return state.with_borrador({**state.borrador, "ejercicio": str(state.evaluacion.ejercicio)})


def start(state: State, event: Event) -> Result:
    """The page has opened: the draft kept on the device, then what the link says."""
    registro = event.get("registro") or {}
    state = replace(
        state,
        almacenamiento=event.get("almacenamiento", True),
        enmarcada=event.get("enmarcada", False),
    )
    try:
        actual = drafts.check(registro.get("actual", {}))
        apartados = tuple(drafts.check(a) for a in registro.get("apartados", ()))
    except DatoInvalido:
        # What another version kept is not ours to write over.
        actual, apartados = {}, ()
        state = replace(state, solo_lectura=True, avisos=(Aviso("guardado-ilegible", {}),))
    state = restored = replace(
        state.with_borrador(actual),
        apartados=apartados,
        de_enlace=bool(registro.get("deEnlace")),
        tocados=frozenset(actual),
    )
    link = enlace.parse(event.get("busqueda", ""))
    changed = tuple(k for k, v in link.campos.items() if actual.get(k, "") not in ("", v))
    avisos = state.avisos + link.avisos
    if changed:
        state = replace(state.put_aside(), de_enlace=True)
        avisos += (Aviso("enlace-cambio", {"campos": changed}),)
    state = with_year(state.with_borrador({**actual, **link.campos}))
    state = replace(
        state,
        pantalla=link.pantalla or state.pantalla,
        consulta=link.fecha or state.consulta,
        tocados=state.tocados | link.campos.keys(),
        avisos=avisos,
    )
    return state, (efectos.show(state.pantalla, state.consulta, replace=True), *save_changes(restored, state))


def save_to_file(state: State, event: Event) -> Result:
    nombre = drafts.filename(state.borrador, state.evaluacion.ejercicio)
    return state, (efectos.download(nombre, drafts.to_text(state.borrador, state.ahora)),)


def open_file(state: State, event: Event) -> Result:
    """A draft file replaces the present draft, which is put aside; a bad file changes nothing."""
    try:
        opened = drafts.parse(event["texto"])
    except DatoInvalido as error:
        return replace(state, avisos=(Aviso(error.codigo, error.datos),)), (efectos.focus("avisos"),)
    if opened != state.borrador:
        state = state.put_aside()
    state = replace(state.with_borrador(opened), tocados=frozenset(opened), firma=Firma(), de_enlace=False)
    return replace(state, avisos=(Aviso("borrador-abierto", {}),)), (efectos.focus("avisos"),)


def go_back(state: State, event: Event) -> Result:
    """Go back to the newest draft put aside; the present one takes its turn behind the others."""
    if not state.apartados:
        return state, ()
    *others, newest = state.apartados
    mine = () if state.de_enlace or not state.borrador else (state.borrador,)
    state = replace(state, apartados=(*mine, *others), de_enlace=False)
    state = replace(state.with_borrador(newest), avisos=(Aviso("borrador-recuperado", {}),))
    return state, (efectos.focus("avisos"),)


def ask_erase(state: State, event: Event) -> Result:
    return replace(state, pregunta_borrar=True), (efectos.focus("pregunta-borrar"),)


def keep(state: State, event: Event) -> Result:
    return replace(state, pregunta_borrar=False), (efectos.focus("borrar-todo"),)


def erase(state: State, event: Event) -> Result:
    fresh = State(
        hoy=state.hoy,
        ahora=state.ahora,
        almacenamiento=state.almacenamiento,
        enmarcada=state.enmarcada,
        avisos=(Aviso("borrado", {}),),
    )
    return fresh, (
        efectos.erase(),
        efectos.forget_key(),
        efectos.show(fresh.pantalla, None),
        efectos.focus("avisos"),
    )


def without_storage(state: State, event: Event) -> Result:
    """The browser stopped keeping the draft: say it, and go on."""
    return replace(state, almacenamiento=False), ()


def other_tab(state: State, event: Event) -> Result:
    """Another tab changed or erased what the device keeps; this one keeps nothing more, and says so."""
    return replace(state, otra_pestana=True, solo_lectura=True), ()
