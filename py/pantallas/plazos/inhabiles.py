"""«Días inhábiles de la SE»: the non-business days of the year of filing, and what the user adds to them."""

from __future__ import annotations

from typing import Any

from pantallas.comunes import componentes, textos
from pantallas.plazos.estado import Plazos
from raoce.empresa import anio_de_presentacion
from raoce.plazos.calendario import DiaInhabil, of_year, suspensiones
from tramite.state import State


def _runs(days: tuple[DiaInhabil, ...]) -> list[dict[str, Any]]:
    """Consecutive days with the same reason and source as one row."""
    rows: list[dict[str, Any]] = []
    for d in days:
        last = rows[-1] if rows else None
        same = last and (last["motivo"], last["fuente"]) == (d.motivo, d.fuente.titulo)
        if same and d.suspension and (d.dia - last["hasta"]).days <= 3:
            last["hasta"] = d.dia
        else:
            rows.append(
                {"desde": d.dia, "hasta": d.dia, "motivo": d.motivo, "fuente": d.fuente.titulo, "estado": d.estado}
            )
    return rows


def _suspensions(anio: int, state: State) -> list[dict[str, Any]]:
    """The official suspensions that touch the year, with whether the user takes them into account."""
    rows = _runs(tuple(suspensiones(anio).values()))
    quitados = state.evaluacion.calendario.quitados
    return [row | {"quitada": row["desde"] in quitados} for row in rows]


def context(state: State) -> dict[str, Any]:
    ev = state.evaluacion
    anio = anio_de_presentacion(ev.ejercicio)
    desde = componentes.campo(state, "inhabil_desde")
    if state.of(Plazos).inhabil_error and not desde["error"]:
        desde["error"] = textos.error(state.of(Plazos).inhabil_error)
    return {
        "anio": anio,
        "dias": _runs(of_year(anio, ev.calendario)),
        "suspensiones": _suspensions(anio, state),
        "periodos": ev.valores.get("inhabiles", ()),
        "desde": desde,
        "hasta": componentes.campo(state, "inhabil_hasta"),
        "referencia": componentes.campo(state, "inhabil_referencia"),
        "danados": componentes.message(state, "inhabiles"),
    }
