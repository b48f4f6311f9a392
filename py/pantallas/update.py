"""``update(state, event)``: the state after an event and what the page must do. Pure. It routes, and no more.

«bienes.agregar» is what the screen «bienes» declares as «agregar»; a name without a screen is of all of them.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime

import idiomas
from pantallas import abrir, lengua, navegar
from pantallas.comunes import eventos as comunes
from pantallas.declaradas import declared
from tramite import pasos
from tramite.borradores import conservar
from tramite.eventos import Event, Handler, OnDemand, Result, well_formed
from tramite.state import State

_DE_TODAS: Mapping[str, Handler] = comunes.EVENTOS | {
    "inicio": abrir.start,
    "ir": navegar.go,
    "historial": navegar.follow,
    "continuar": navegar.go_on,
    "idioma": lengua.change,
}

# Opening the page changes the state and not yet what the device keeps; erasing has an effect of its own.
_KEEP_THEMSELVES = ("inicio", "confirmar-borrar", "idioma")


def update(state: State, event: Event) -> Result:
    """Raises ``KeyError`` for an event that does not exist."""
    with idiomas.using(state.idioma):
        return _update(state, well_formed(event))


def _update(state: State, event: Event) -> Result:
    name = event["name"]
    handler = handler_of(name)
    if "hoy" in event:
        state = _at(state, date.fromisoformat(event["hoy"]), datetime.fromisoformat(event["ahora"]))
    before = replace(state, anuncio=None)
    if not state.modo.admits(name):
        return before, ()
    noted = replace(before, modo=before.modo.note(event["valores"])) if "valores" in event else before
    state, found = handler(noted, event)
    state = conservar.with_year(state)
    for pantalla in dict.fromkeys((state.pantalla, *state.oyentes)):
        state, more = declared(pantalla).despues(before, state, event)
        found = (*found, *more)
    if name not in _KEEP_THEMSELVES:
        found = (*found, *conservar.save_changes(before, state))
    if name != "entrada" and _shows_another_day(before, state, event):
        found = (*found, pasos.show(state, replace=True))
    return state, found


def needs(event: Event) -> OnDemand | None:
    """What an event needs to have come before it can happen."""
    if event.get("idioma", idiomas.ES) in lengua.CATALOGOS:
        return lengua.CATALOGOS[event["idioma"]]
    pantalla, _, clave = event["name"].rpartition(".")
    return declared(pantalla).pide.get(clave) if pantalla else comunes.PIDE.get(clave)


def needs_soon(state: State) -> OnDemand | None:
    """What the screen shown is about to need."""
    return declared(state.pantalla).pronto


def handler_of(name: str) -> Handler:
    """What an event of this name does. Raises ``KeyError``."""
    pantalla, _, clave = name.rpartition(".")
    return declared(pantalla).eventos[clave] if pantalla else _DE_TODAS[clave]


def _at(state: State, hoy: date, ahora: datetime) -> State:
    hoy, ahora = state.modo.clock(hoy, ahora)
    return replace(state, hoy=hoy, ahora=ahora)


def _shows_another_day(before: State, after: State, event: Event) -> bool:
    """Not at each step of the slider: browsers allow only so many changes of the address."""
    return after.consulta != before.consulta or bool({"consulta", "dia_del_anio"} & event.get("valores", {}).keys())
