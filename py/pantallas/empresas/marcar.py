"""«Marcar como presentadas»: those ticked with one date, or those of a pasted table; looked at before it is done."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from types import MappingProxyType
from typing import Any

from idiomas import _, fechas
from pantallas.comunes import componentes, textos
from pantallas.empresas import dichos, seleccion
from pantallas.empresas.estado import Acciones, Hecho, Revision, remember
from raoce.base import DatoInvalido
from raoce.base.fechas import read_fecha
from tramite import efectos
from tramite.empresas import presentadas
from tramite.empresas.lote import write_into
from tramite.empresas.presentadas import Marca, Propuesta
from tramite.eventos import Event, Result
from tramite.listas import part
from tramite.rechazar import refuse
from tramite.state import State

_CAMPOS = ("lote_fecha", "lote_folio", "lote_pegado")
# Above the preview: what is wrong first.
_ORDEN = ("error", "cambia", "nueva", "igual")


def _date(state: State) -> date | None:
    return read_fecha(state.vista.get("lote_fecha", ""))


def review_ticked(state: State, event: Event) -> Result:
    """«Revisar»: the rows ticked, or those seen, with the date typed."""
    dia = _date(state)
    if dia is None:
        return _wrong(state, "lote_fecha", DatoInvalido("lote-sin-fecha"))
    claves = tuple(row.clave for row in seleccion.chosen(state))
    folio = state.vista.get("lote_folio", "") if len(claves) == 1 else ""
    return _review(state, "lote_folio", Revision(Propuesta(()), dia, claves=claves, folio=folio))


def review_pasted(state: State, event: Event) -> Result:
    """«Revisar lo pegado»."""
    return _review(state, "lote_pegado", Revision(Propuesta(()), _date(state), state.vista.get("lote_pegado", "")))


def _propose(state: State, r: Revision) -> Propuesta:
    todos = state.archivero.todos
    if r.texto is not None:
        return presentadas.read_pasted(todos, r.texto, r.dia, state.hoy)
    return presentadas.propose(todos, r.claves, r.dia, r.folio, state.hoy)


def _review(state: State, campo: str, r: Revision) -> Result:
    try:
        found = _propose(state, r)
    except DatoInvalido as error:
        return _wrong(state, campo, error)
    mine = replace(state.of(Acciones), revision=replace(r, propuesta=found), fallos=MappingProxyType({}))
    vista = {**state.vista, "parte_marcas": "0"}
    return replace(state.having(mine), vista=vista, avisos=()), (efectos.focus("lote-revision"),)


def _wrong(state: State, campo: str, error: DatoInvalido) -> Result:
    fallos = MappingProxyType({campo: error})
    return state.having(replace(state.of(Acciones), fallos=fallos)), (efectos.focus(campo),)


def drop(state: State, event: Event) -> Result:
    """«No marcar nada»: what was typed and pasted stays, to be mended."""
    return state.having(replace(state.of(Acciones), revision=None)), (efectos.focus("lote_pegado"),)


def accept(state: State, event: Event) -> Result:
    """«Marcar»: what was shown is written. If a draft has changed meanwhile, what is shown changes first."""
    r = state.of(Acciones).revision
    if r is None:
        return state, ()
    again = _propose(state, r)
    if again.textos != r.propuesta.textos:
        mine = replace(state.of(Acciones), revision=replace(r, propuesta=again))
        return refuse(state.having(mine), DatoInvalido("lote-cambio"))
    if not again.buenas:
        return state, ()
    done = write_into(state.archivero, again.textos, state.ahora)
    state = replace(state, avisos=()).with_drafts(done.archivero)
    state = state.having(replace(state.of(Acciones), revision=None, terminado=None))
    vista = {k: v for k, v in state.vista.items() if k not in _CAMPOS}
    state = remember(replace(state, vista=vista), Hecho("presentadas", done, {"malas": len(again.malas)}))
    return state, (efectos.focus("lote-hecho"),)


def context(state: State) -> dict[str, Any]:
    """The fields, or what was found instead of them."""
    r = state.of(Acciones).revision
    return {
        "campos_de_marcas": {k.removeprefix("lote_"): _field(state, k) for k in _CAMPOS},
        "revision": None if r is None else _preview(state, r),
    }


def _field(state: State, clave: str) -> dict[str, Any]:
    error = state.of(Acciones).fallos.get(clave)
    return componentes.vista(state, clave) | ({"error": textos.error(error)} if error else {})


def _preview(state: State, r: Revision) -> dict[str, Any]:
    marks = sorted(r.propuesta.marcas, key=lambda m: _ORDEN.index(_kind(m)))
    parte = part(state, "marcas", marks)
    return {
        "pegada": r.texto is not None,
        "buenas": len(r.propuesta.buenas),
        "cambian": sum(m.cambia for m in r.propuesta.buenas),
        "malas": len(r.propuesta.malas),
        "iguales": len(r.propuesta.iguales),
        "parte": parte,
        "filas": [_row(state, m) for m in parte.elementos],
    }


def _kind(m: Marca) -> str:
    return "error" if m.error else "igual" if m.igual else "cambia" if m.cambia else "nueva"


def _row(state: State, m: Marca) -> dict[str, Any]:
    guardado = state.archivero.todos.get(m.clave)
    kind = _kind(m)
    dia, folio = m.antes
    before = read_fecha(dia)
    sentence = dichos.said()["marcas"][kind if kind != "error" else "nueva"]
    return {
        "numero": m.numero,
        "tipo": kind,
        "rfc": m.rfc,
        "nombre": guardado.campos.get("razon_social", "") if guardado else "",
        "ejercicio": m.ejercicio,
        "dia": m.dia,
        "folio": m.folio,
        "texto": textos.error(m.error)
        if m.error
        else sentence.format(
            dia=fechas.larga(before) if before else dia or _("sin fecha"), folio=folio or _("sin folio")
        ),
    }
