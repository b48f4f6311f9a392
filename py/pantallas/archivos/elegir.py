"""What the filer decides about the pedimentos, recalculated at once; and the amounts taken to the form."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from types import MappingProxyType

from idiomas import _
from pantallas.archivos.estado import EXPORTACION, IMPORTACION, Archivos, consignacion, is_current, with_part
from raoce.base.formato import in_thousands, miles
from tramite import efectos
from tramite.escribir import with_values
from tramite.eventos import Event, Result
from tramite.formulario.campos import FIGURAS, MARCADO
from tramite.formulario.etiquetas import campo
from tramite.formulario.evaluacion import Aviso
from tramite.state import State

CASILLA = "clave-"
FECHA = "fecha-pedimentos"
FECHAS = ("original", "propia")


def key_name(tipo: str, clave: str) -> str:
    """The name of the checkbox of a key: «clave-2-V1»."""
    return f"{CASILLA}{tipo}-{clave}"


def recalculate(state: State, anew: bool = False) -> State:
    """The totals under what is decided now. ``anew``: other pedimentos, or another value of them, are added up."""
    a = state.of(Archivos)
    if a.facturas is not None and anew:
        from raoce import facturas

        state = with_part(state, ventas=facturas.calcular(a.facturas))
    if a.pedimentos is None:
        return state
    from raoce.aduana import CLAVES, Eleccion, calcular

    inicial = replace(Eleccion.inicial(a.pedimentos), consignacion=consignacion(state), fecha=a.fecha)
    todo = a.todo
    if anew or todo is None:
        every = frozenset(clave for _, clave in a.pedimentos.claves) | CLAVES.keys()
        todo = calcular(a.pedimentos, replace(inicial, exportacion=every, importacion=None))
    on, off = ({pair for pair, counts in a.claves.items() if counts is yes} for yes in (True, False))
    chosen = inicial.exportacion | {clave for tipo, clave in on if tipo == EXPORTACION}
    chosen -= {clave for tipo, clave in off if tipo == EXPORTACION}
    without = {clave for tipo, clave in off if tipo == IMPORTACION}
    imports = {clave for tipo, clave in todo.por_clave if tipo == IMPORTACION} - without
    eleccion = replace(inicial, exportacion=chosen, importacion=frozenset(imports) if without else None)
    return with_part(state, todo=todo, totales=calcular(a.pedimentos, eleccion))


def decide(before: State, state: State, event: Event) -> Result:
    """After every event: a key ticked or not, goods on consignment or not, another date."""
    a = state.of(Archivos)
    typed = event.get("valores", {}) if event["name"] == "cambio" else {}
    decided = {pair: value == MARCADO for name, value in typed.items() if (pair := _key(a, name))}
    if decided:
        state = with_part(state, claves=MappingProxyType({**a.claves, **decided}))
    other_date = typed.get(FECHA) in FECHAS and typed[FECHA] != a.fecha
    if other_date:
        state = with_part(state, fecha=typed[FECHA])
    # It may have been ticked on another screen.
    other_value = a.totales is not None and a.totales.eleccion.consignacion != consignacion(state)
    if a.pedimentos is not None and (decided or other_value or other_date):
        state = recalculate(state, anew=other_value or other_date)
    return state, ()


def _key(a: Archivos, name: str) -> tuple[str, str] | None:
    """The tipo and key of a checkbox, if it is one of those shown."""
    if a.todo is None or not name.startswith(CASILLA):
        return None
    return next((pair for pair in a.todo.por_clave if key_name(*pair) == name), None)


def amounts(state: State) -> Mapping[str, int]:
    """What «Usar estas cantidades» writes, by field, in thousands of pesos. Where nothing counts there is no amount."""
    a = state.of(Archivos)
    if not a.hay or not is_current(state, a):
        return {}
    found = {}
    if a.ventas is not None and any(a.ventas.contados.values()):
        found["ventas"] = in_thousands(a.ventas.facturado)
    if a.totales is not None and any(a.totales.contados.values()):
        found["exportaciones"] = in_thousands(a.totales.exportaciones)
        if state.evaluacion.captures_importaciones:
            found["importaciones"] = in_thousands(a.totales.importaciones)
    return found


def use(state: State, event: Event) -> Result:
    """«Usar estas cantidades»: into the form, in thousands; what was there can be brought back."""
    a = state.of(Archivos)
    new = {k: miles(v) for k, v in amounts(state).items()}
    if a.leyendo or not new:
        return state, ()
    new["procedencia"] = _whence(state, new.keys())
    # What was written from files before is not what the filer had: «Deshacer» goes behind all of it.
    ours = _untouched(state, a)
    before = {k: state.borrador.get(k, "") for k in new} | {k: a.antes[k] for k in ours}
    written = {k: a.puestas[k] for k in ours} | new
    state = with_values(state, new)
    state = replace(state, tocados=state.tocados | new.keys())
    said = "; ".join(
        _("{campo}: {ahora} (antes: {antes})").format(
            campo=campo(k, "etiqueta"), ahora=new[k], antes=before[k] or _("vacío")
        )
        for k in FIGURAS
        if k in new
    )
    state = with_part(state, antes=MappingProxyType(before), puestas=MappingProxyType(written))
    return replace(state, anuncio=Aviso("cantidades-puestas", {"cuales": said})), (efectos.focus("puestas"),)


def _whence(state: State, amounts: Collection[str]) -> str:
    """The draft's «procedencia» once these amounts are written: of the others, what it says already."""
    from raoce.solicitud import procedencia as p

    a = state.of(Archivos)
    made = {
        "ventas": lambda: p.of_facturas(a.ventas),
        "exportaciones": lambda: p.of_pedimentos(a.totales, p.EXPORTACIONES),
        "importaciones": lambda: p.of_pedimentos(a.totales, p.IMPORTACIONES),
    }
    kept = state.evaluacion.valores.get("procedencia")
    known = {x.figura: x for x in (kept.of(a.rfc, a.ejercicio) if kept else ())}
    known |= {x.figura: x for x in (made[k]() for k in FIGURAS if k in amounts)}
    return p.to_text(p.Procedencias(a.rfc, a.ejercicio, tuple(known.values())))


def _untouched(state: State, a: Archivos) -> frozenset[str]:
    """The fields that still say what «Usar estas cantidades» wrote in them."""
    return frozenset(k for k, v in (a.puestas or {}).items() if state.borrador.get(k) == v)


def is_stale(state: State) -> bool:
    """Do the files add up to something else than what was written?"""
    a = state.of(Archivos)
    now = amounts(state)
    return bool(a.puestas and now) and any(miles(now[k]) != v for k, v in a.puestas.items() if k in now)


def undo(state: State, event: Event) -> Result:
    """«Deshacer»: the fields as they were; what was typed in one since then stays."""
    a = state.of(Archivos)
    if a.antes is None:
        return state, ()
    # As ``with_values`` leaves an empty field that was not typed in out of the draft, so must this.
    before = {k: a.antes[k] for k in _untouched(state, a)}
    draft = {**state.borrador, **before}
    state = state.with_borrador({k: v for k, v in draft.items() if v or k not in before})
    state = with_part(state, antes=None, puestas=None)
    return replace(state, anuncio=Aviso("cantidades-deshechas", {})), (efectos.focus("usar-titulo"),)
