"""«Código postal»: the SAT's catalogue of its state is asked for, and says the rest of the address.

What the filer wrote stays: only what is empty, or what the catalogue itself put there, is filled in.
"""

from dataclasses import replace

from pantallas.solicitante.estado import Solicitante
from raoce.base import DatoInvalido
from raoce.base.texto import plain
from raoce.empresa.codigos_postales import Lugar, estados_de, parse
from raoce.empresa.solicitante import parse_codigo_postal
from tramite import efectos
from tramite.efectos import Efecto
from tramite.eventos import Event, Result
from tramite.state import State

_CATALOGOS = "static/data/codigos-postales/"
# Fields of the form, by what the catalogue says.
_CAMPOS = ("estado", "municipio", "localidad")


def _with(state: State, **changes: object) -> State:
    return state.having(replace(state.of(Solicitante), **changes))


def _codigo(state: State) -> str | None:
    try:
        return parse_codigo_postal(state.borrador.get("codigo_postal", ""))
    except DatoInvalido:
        return None


def ask(state: State) -> tuple[State, tuple[Efecto, ...]]:
    """Ask for the catalogues that can hold the postal code typed, and that have not been asked for."""
    codigo = _codigo(state)
    if codigo is None:
        return state, ()
    missing = [e for e in estados_de(codigo) if e not in state.of(Solicitante).catalogos]
    if not missing:
        return state, ()
    state = _with(state, catalogos={**state.of(Solicitante).catalogos, **dict.fromkeys(missing)})
    return state, tuple(efectos.fetch(f"{_CATALOGOS}{e}.json", "solicitante.codigos-postales", e) for e in missing)


def receive(state: State, event: Event) -> Result:
    """A catalogue has come (``texto``), or has not (``fallo``): then it is asked for again at the next change."""
    estado = event["clave"]
    try:
        if event.get("fallo"):
            raise ValueError(estado)
        catalogo = parse(event["texto"])
    except ValueError:
        others = {k: v for k, v in state.of(Solicitante).catalogos.items() if k != estado}
        return _with(state, catalogos=others), ()
    state = _with(state, catalogos={**state.of(Solicitante).catalogos, estado: catalogo})
    return fill(state, state.borrador.get("codigo_postal")), ()


def place(state: State) -> Lugar | None:
    """What the catalogues that are here say of the postal code on the form."""
    codigo = _codigo(state)
    found = (c.look_up(codigo) for c in state.of(Solicitante).catalogos.values() if c is not None) if codigo else ()
    return next((lugar for lugar in found if lugar), None)


def unknown(state: State) -> bool:
    """Is the postal code in none of the catalogues that could hold it?"""
    codigo = _codigo(state)
    if codigo is None or place(state):
        return False
    return all(state.of(Solicitante).catalogos.get(e) is not None for e in estados_de(codigo))


def contradicts(state: State) -> bool:
    """Does the form say another state or municipality than the catalogue?"""
    lugar = place(state)
    said = ((lugar.estado, "estado"), (lugar.municipio, "municipio")) if lugar else ()
    typed = ((a, state.borrador.get(k, "")) for a, k in said)
    return any(a and b and plain(a) != plain(b) for a, b in typed)


def fill(state: State, changed: str | None) -> State:
    """Fill in what the catalogue says, if the postal code has just been typed or its catalogue has just come."""
    lugar = place(state)
    if changed is None or (lugar is None and not unknown(state)):
        return state
    # Most codes belong to a state and to nothing below it.
    said = {k: v for k in _CAMPOS if (v := getattr(lugar, k))} if lugar else {}
    if lugar and len(lugar.colonias) == 1:
        said["colonia"] = lugar.colonias[0]
    before = state.of(Solicitante).del_catalogo
    mine = {k: v for k, v in said.items() if state.borrador.get(k, "") in ("", v, before.get(k))}
    state = _with(state, del_catalogo={**before, **mine})
    # What the former postal code had filled in and this one does not say goes.
    gone = {k: "" for k in before.keys() - said.keys() if state.borrador.get(k) == before[k]}
    return state.with_borrador({**state.borrador, **gone, **mine})
