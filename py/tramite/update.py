"""``update(state, event)``: the state after an event and what the page must do. Pure.

An event is a mapping with ``name``; those with fields typed carry ``valores`` (field → text). Every event
carries ``hoy`` (ISO date in Mexico City) and ``ahora`` (ISO instant).
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from raoce.errores import DatoInvalido
from raoce.formato import miles
from tramite import borrador as drafts
from tramite import efectos, enlace, firmar
from tramite.campos import CAMPOS, PANTALLAS, tidy
from tramite.efectos import Efecto
from tramite.evaluacion import Aviso
from tramite.state import State

Event = Mapping[str, Any]
Result = tuple[State, tuple[Efecto, ...]]


def update(state: State, event: Event) -> Result:
    """Raises ``KeyError`` for an event that does not exist."""
    handler = _HANDLERS[event["name"]]
    if "hoy" in event:
        state = replace(state, hoy=date.fromisoformat(event["hoy"]), ahora=datetime.fromisoformat(event["ahora"]))
    before = replace(state, anuncio=None)
    state, found = handler(before, event)
    state = _with_year(state)
    if _kept(state) != _kept(before) and event["name"] not in _KEEP_THEMSELVES:
        found = (*found, efectos.save(*_kept(state)))
    if state.consulta != before.consulta:
        found = (*found, efectos.show(state.pantalla, state.consulta, replace=True))
    if state.pantalla == "firmar" != before.pantalla:
        found = (*found, efectos.prepare_signing())
    return state, found


# Opening the page changes the state and not yet what the device keeps; erasing has an effect of its own.
_KEEP_THEMSELVES = ("inicio", "confirmar-borrar")


def _kept(state: State) -> tuple[Any, ...]:
    """What the device keeps of a state."""
    return state.borrador, state.apartados, state.de_enlace


def _with_year(state: State) -> State:
    """A draft that says anything says its ejercicio: the usual one changes at New Year, the draft must not."""
    if not state.borrador or "ejercicio" in state.borrador:
        return state
    return state.with_borrador({**state.borrador, "ejercicio": str(state.evaluacion.ejercicio)})


def _start(state: State, event: Event) -> Result:
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
        # The record of another version is left as it is on the device until something is typed.
        actual, apartados = {}, ()
        state = replace(state, avisos=(Aviso("guardado-ilegible", {}),))
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
    state = _with_year(state.with_borrador({**actual, **link.campos}))
    state = replace(
        state,
        pantalla=link.pantalla or state.pantalla,
        consulta=link.fecha or state.consulta,
        tocados=state.tocados | link.campos.keys(),
        avisos=avisos,
    )
    keep = (efectos.save(*_kept(state)),) if _kept(state) != _kept(restored) else ()
    return state, (efectos.show(state.pantalla, state.consulta, replace=True), *keep)


def _type(state: State, event: Event) -> Result:
    """Text typed: kept as it is, and computed. Its error waits until the typing stops."""
    state = _with_values(state, event["valores"])
    return replace(state, tocados=state.tocados - event["valores"].keys()), ()


def _with_values(state: State, valores: Mapping[str, str]) -> State:
    valores = dict(valores)
    if "consulta" in valores:
        texto = valores.pop("consulta")
        is_today = not texto or (state.hoy and texto == state.hoy.isoformat())
        state = replace(state, consulta=None if is_today else texto)
    draft = {**state.borrador, **{k: v for k, v in valores.items() if k in CAMPOS}}
    if draft != state.borrador:
        state = replace(state.with_borrador(draft), de_enlace=False)
    published = state.evaluacion.tipo_cambio_publicado
    if published is not None and draft.get("tipo_cambio") == str(published):
        draft.pop("tipo_cambio")
        state = state.with_borrador(draft)
    return state


def _leave(state: State, event: Event) -> Result:
    """A field was left: what it holds is put in its usual form, and its error may now show."""
    valores = {k: tidy(k, v) for k, v in event["valores"].items()}
    state = _with_values(state, valores)
    return replace(state, tocados=state.tocados | valores.keys()), ()


def _pause(state: State, event: Event) -> Result:
    """Typing has stopped for a moment: show the error of the field, and read the figures out."""
    state = replace(state, tocados=state.tocados | {event["campo"]})
    if CAMPOS.get(event["campo"]) and CAMPOS[event["campo"]].pantalla == "datos":
        state = replace(state, anuncio=Aviso("cifras", {}))
    return state, ()


def _go(state: State, event: Event) -> Result:
    pantalla = event["pantalla"] if event["pantalla"] in PANTALLAS else state.pantalla
    state = replace(state, pantalla=pantalla, pregunta_borrar=False, avisos=())
    moved = () if event.get("historial") else (efectos.show(pantalla, state.consulta),)
    if campo := event.get("campo"):
        state = replace(state, revisadas=state.revisadas | {pantalla})
        return state, (*moved, efectos.focus(_first_input(campo)))
    return state, (*moved, efectos.focus("titulo"))


def _first_input(clave: str) -> str:
    return "programa-IMMEX" if clave == "programas" else clave


def _continue(state: State, event: Event) -> Result:
    """To the next screen, or to the summary of what is wrong or missing on this one."""
    if state.evaluacion.pending(state.pantalla):
        state = replace(state, revisadas=state.revisadas | {state.pantalla})
        return state, (efectos.focus("resumen-errores"),)
    following = PANTALLAS[PANTALLAS.index(state.pantalla) + 1]
    return _go(state, {"pantalla": following})


def _use_thousands(state: State, event: Event) -> Result:
    """Take the figure offered in «¿Lo capturaste en pesos?»."""
    aviso = state.evaluacion.avisos.get(event["campo"])
    if aviso is None or "miles" not in aviso.datos:
        return state, ()
    valores = {event["campo"]: miles(aviso.datos["miles"])}
    return _with_values(state, valores), (efectos.focus(event["campo"]),)


def _use_published_rate(state: State, event: Event) -> Result:
    draft = {k: v for k, v in state.borrador.items() if k != "tipo_cambio"}
    return state.with_borrador(draft), (efectos.focus("tipo_cambio"),)


def _save_draft(state: State, event: Event) -> Result:
    nombre = drafts.filename(state.borrador, state.evaluacion.ejercicio)
    return state, (efectos.download(nombre, drafts.to_text(state.borrador, state.ahora)),)


def _open_draft(state: State, event: Event) -> Result:
    """A draft file replaces the present draft, which is put aside; a bad file changes nothing."""
    try:
        opened = drafts.parse(event["texto"])
    except DatoInvalido as error:
        return replace(state, avisos=(Aviso(error.codigo, error.datos),)), (efectos.focus("avisos"),)
    if opened != state.borrador:
        state = state.put_aside()
    state = replace(state.with_borrador(opened), tocados=frozenset(opened), firma=firmar.NINGUNA, de_enlace=False)
    return replace(state, avisos=(Aviso("borrador-abierto", {}),)), (efectos.focus("avisos"),)


def _restore(state: State, event: Event) -> Result:
    """Go back to the newest draft put aside; the present one takes its turn behind the others."""
    if not state.apartados:
        return state, ()
    *others, newest = state.apartados
    mine = () if state.de_enlace or not state.borrador else (state.borrador,)
    state = replace(state, apartados=(*mine, *others), de_enlace=False)
    state = replace(state.with_borrador(newest), avisos=(Aviso("borrador-recuperado", {}),))
    return state, (efectos.focus("avisos"),)


def _ask_erase(state: State, event: Event) -> Result:
    return replace(state, pregunta_borrar=True), (efectos.focus("pregunta-borrar"),)


def _keep(state: State, event: Event) -> Result:
    return replace(state, pregunta_borrar=False), (efectos.focus("borrar-todo"),)


def _erase(state: State, event: Event) -> Result:
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


def _without_storage(state: State, event: Event) -> Result:
    """The browser stopped keeping the draft: say it, and go on."""
    return replace(state, almacenamiento=False), ()


def _other_tab(state: State, event: Event) -> Result:
    """Another tab changed or erased what the device keeps; this one keeps nothing more, and says so."""
    return replace(state, otra_pestana=True), ()


def _print(state: State, event: Event) -> Result:
    return state, (efectos.print_page(),)


_HANDLERS: Mapping[str, Callable[[State, Event], Result]] = {
    "inicio": _start,
    "entrada": _type,
    "cambio": _leave,
    "pausa": _pause,
    "ir": _go,
    "continuar": _continue,
    "usar-miles": _use_thousands,
    "usar-fix": _use_published_rate,
    "guardar-borrador": _save_draft,
    "abrir-borrador": _open_draft,
    "recuperar": _restore,
    "borrar-todo": _ask_erase,
    "cancelar-borrar": _keep,
    "confirmar-borrar": _erase,
    "sin-almacenamiento": _without_storage,
    "otra-pestana": _other_tab,
    "imprimir": _print,
    "certificado": firmar.choose_certificate,
    "firmar": firmar.request,
    "firmado": firmar.finish,
    "firma-fallo": firmar.fail,
    "descargar-solicitud": firmar.download,
}
