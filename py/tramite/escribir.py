"""Typing: every text is kept as it is, and read."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

from raoce.base.formato import miles
from raoce.base.texto import whole
from raoce.empresa import anio_de_presentacion
from tramite import efectos
from tramite.eventos import Event, Result
from tramite.formulario.campos import CAMPOS, VISTA, tidy
from tramite.formulario.evaluacion import Aviso
from tramite.state import State


def type_text(state: State, event: Event) -> Result:
    """Text typed: kept as it is, and computed. Its error waits until the typing stops."""
    state = with_values(state, event["valores"])
    return replace(state, tocados=state.tocados - event["valores"].keys()), ()


def with_values(state: State, valores: Mapping[str, str]) -> State:
    """The state once these texts were typed; what is not a field of the form is passed over."""
    valores = dict(valores)
    if "dia_del_anio" in valores:
        first = date(anio_de_presentacion(state.evaluacion.ejercicio), 1, 1)
        # A slider gives nothing else, but its text is a text like any other.
        if (dia := whole(valores.pop("dia_del_anio"), 366)) is not None:
            valores["consulta"] = (first + timedelta(dia - 1)).isoformat()
    if "consulta" in valores:
        texto = valores.pop("consulta")
        is_today = not texto or (state.hoy and texto == state.hoy.isoformat())
        state = replace(state, consulta=None if is_today else texto)
    seen = {k: valores.pop(k) for k in VISTA if k in valores}
    if seen:
        # Another filter begins again at the first part of its list.
        state = replace(
            state, vista={**state.vista, **seen, **{f"parte_{k.removeprefix('filtro_')}": "0" for k in seen}}
        )
    # A field left empty is nothing typed, but for the rate: emptied, it is not the published one any more.
    typed = {k: v for k, v in valores.items() if k in CAMPOS and (v or k in state.borrador or k == "tipo_cambio")}
    draft = {**state.borrador, **typed}
    # The published rate is not something typed: it follows the ejercicio.
    published = state.with_borrador(draft).evaluacion.tipo_cambio_publicado
    if published is not None and draft.get("tipo_cambio") == str(published):
        del draft["tipo_cambio"]
    if draft != state.borrador:
        state = state.with_borrador(draft)
        state = replace(state, archivero=replace(state.archivero, de_enlace=False))
    return state


def leave_field(state: State, event: Event) -> Result:
    """A field was left: what it holds is put in its usual form, and its error may now show."""
    valores = {k: tidy(k, v) for k, v in event["valores"].items()}
    state = with_values(state, valores)
    return replace(state, tocados=state.tocados | valores.keys()), ()


def pause(state: State, event: Event) -> Result:
    """Typing has stopped for a moment: show the error of the field, and read the figures out."""
    state = replace(state, tocados=state.tocados | {event["campo"]})
    if CAMPOS.get(event["campo"]) and CAMPOS[event["campo"]].pantalla == "datos":
        state = replace(state, anuncio=Aviso("cifras", {}))
    return state, ()


def use_thousands(state: State, event: Event) -> Result:
    """Take the figure offered in «¿Lo capturaste en pesos?»."""
    aviso = state.evaluacion.avisos.get(event["campo"])
    if aviso is None or "miles" not in aviso.datos:
        return state, ()
    valores = {event["campo"]: miles(aviso.datos["miles"])}
    return with_values(state, valores), (efectos.focus(event["campo"]),)
