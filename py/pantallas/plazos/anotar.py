"""What happens on the list «Días inhábiles de la SE»: add a period, remove one, set a suspension aside."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from pantallas.plazos.estado import Plazos
from raoce.base import DatoInvalido
from tramite import efectos
from tramite.eventos import Event, Result
from tramite.formulario.inhabiles import MAXIMO_FILAS, Periodo, check, parse_periodos, parse_quitados
from tramite.state import State


def _rows(borrador: Mapping[str, str]) -> tuple[Periodo, ...]:
    try:
        return parse_periodos(borrador.get("inhabiles") or "[]")
    except DatoInvalido:
        return ()


def _set_aside(borrador: Mapping[str, str]) -> frozenset[date]:
    try:
        return parse_quitados(borrador.get("inhabiles_quitados") or "[]")
    except DatoInvalido:
        return frozenset()


def _with_rows(state: State, rows: tuple[Periodo, ...], **others: str) -> State:
    texto = json.dumps(
        [
            {"desde": p.desde.isoformat(), "hasta": p.hasta.isoformat(), "referencia": p.referencia}
            for p in sorted(rows, key=lambda p: p.desde)
        ],
        ensure_ascii=False,
    )
    return state.with_borrador({**state.borrador, "inhabiles": texto if rows else "", **others})


def add(state: State, event: Event) -> Result:
    """«Agregar días»: the period typed joins the list, or its error shows and nothing changes."""
    fields = ("inhabil_desde", "inhabil_hasta", "inhabil_referencia")
    state = replace(state, tocados=state.tocados | set(fields)).having(Plazos())
    values = state.evaluacion.valores
    if any(k in state.evaluacion.errores for k in fields):
        return state, (efectos.focus("inhabil_desde"),)
    try:
        if "inhabil_desde" not in values:
            raise DatoInvalido("inhabil-sin-fecha")
        desde = values["inhabil_desde"]
        periodo = Periodo(desde, values.get("inhabil_hasta", desde), values.get("inhabil_referencia", ""))
        check(periodo)
        rows = _rows(state.borrador)
        if len(rows) >= MAXIMO_FILAS:
            raise DatoInvalido("inhabiles-muchos", maximo=MAXIMO_FILAS)
    except DatoInvalido as error:
        return state.having(Plazos(inhabil_error=error)), (efectos.focus("inhabil_desde"),)
    state = _with_rows(state, (*rows, periodo), inhabil_desde="", inhabil_hasta="", inhabil_referencia="")
    return state, (efectos.focus("inhabil_desde"),)


def remove(state: State, event: Event) -> Result:
    """«Quitar»: the period in that place of the list goes."""
    n = int(event["indice"])
    rows = _rows(state.borrador)
    return _with_rows(state, rows[:n] + rows[n + 1 :]), (efectos.focus("inhabil_desde"),)


def set_aside(state: State, event: Event) -> Result:
    """«No tomarlo en cuenta» / «Tomarlo en cuenta»: an official suspension, by its first day."""
    first = date.fromisoformat(event["dia"])
    quitados = _set_aside(state.borrador) ^ {first}
    kept = json.dumps(sorted(d.isoformat() for d in quitados)) if quitados else ""
    return state.with_borrador({**state.borrador, "inhabiles_quitados": kept}), ()
