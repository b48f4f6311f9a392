"""Choosing the ejercicio and the programmes held: on «Plazos» and on «Programas»."""

from __future__ import annotations

from typing import Any

from idiomas import _
from pantallas.comunes import componentes
from raoce.empresa import EJERCICIOS, Programa, anio_de_presentacion
from tramite import efectos
from tramite.eventos import Result
from tramite.state import State


def reach(state: State, campo: str) -> Result:
    """To a field of the screen; «programas» are the boxes, of which the first takes the focus."""
    return state, (efectos.focus(f"programa-{Programa.IMMEX}" if campo == "programas" else campo),)


def ejercicios() -> list[dict[str, str]]:
    """The options of a list of ejercicios, the last one first."""
    told = _("{ejercicio} (se presenta en {anio})")
    return [
        {"valor": str(e), "texto": told.format(ejercicio=e, anio=anio_de_presentacion(e))} for e in reversed(EJERCICIOS)
    ]


def context(state: State) -> dict[str, Any]:
    ejercicio = state.evaluacion.ejercicio
    campo = componentes.campo(state, "ejercicio")
    typed = campo["valor"]
    known = state.hoy is not None
    if not typed and known:
        campo["valor"] = str(ejercicio)
    opciones = ejercicios()
    if campo["valor"] not in {o["valor"] for o in opciones}:
        opciones.insert(0, {"valor": campo["valor"], "texto": campo["valor"] or _("Elige")})
    campo |= {"opciones": opciones, "regla": None}
    return {
        "eleccion": {
            "ejercicio": campo,
            "programas": [componentes.casilla(state, f"programa-{p}") for p in Programa],
            "error_programas": componentes.shown_error(state, "programas"),
        },
    }
