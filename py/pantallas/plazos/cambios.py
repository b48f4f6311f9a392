"""«Qué cambió»: the deadlines of two years of filing side by side, what each rests on, and the rules new in between."""

from __future__ import annotations

from datetime import date
from typing import Any

from idiomas import N_, _
from pantallas.comunes import textos
from raoce.empresa import EJERCICIOS, PRIMERO, ULTIMO, Programa, anio_de_presentacion
from raoce.plazos import plazo
from raoce.reglas import novedades
from tramite.state import State

IMMEX, PROSEC, ALTEX, ECEX = Programa

# The combinations that have dates of their own.
COMBINACIONES = (
    (N_("IMMEX, con o sin ALTEX o ECEX"), IMMEX, frozenset({IMMEX})),
    (N_("PROSEC solo"), PROSEC, frozenset({PROSEC})),
    (N_("PROSEC con ALTEX o ECEX"), PROSEC, frozenset({PROSEC, ALTEX})),
    (N_("IMMEX con PROSEC: el IMMEX"), IMMEX, frozenset({IMMEX, PROSEC})),
    (N_("IMMEX con PROSEC: el PROSEC"), PROSEC, frozenset({IMMEX, PROSEC})),
    (N_("ALTEX o ECEX"), ALTEX, frozenset({ALTEX})),
)


def _year(state: State, clave: str, default: int) -> dict[str, Any]:
    years = [str(anio_de_presentacion(e)) for e in reversed(EJERCICIOS)]
    chosen = state.borrador.get(clave, "")
    if chosen not in years:
        chosen = str(anio_de_presentacion(default))
    return {
        "clave": clave,
        "etiqueta": textos.campo(clave, "etiqueta"),
        "ayuda": "",
        "error": "",
        "aviso": None,
        "regla": None,
        "valor": chosen,
        "opciones": [{"valor": y, "texto": y} for y in years],
    }


def _same_rule(one, other) -> bool:
    """Do both limits come from the same value of the same rule, whatever the calendar makes of it?"""
    return [(r.id, r.valor) for r in one.explicacion.reglas] == [(r.id, r.valor) for r in other.explicacion.reglas]


def context(state: State) -> dict[str, Any]:
    ejercicio = state.evaluacion.ejercicio
    before = _year(state, "anio_b", max(PRIMERO, ejercicio - 1))
    now = _year(state, "anio_a", min(ULTIMO, ejercicio))
    ours, theirs = int(now["valor"]) - 1, int(before["valor"]) - 1
    calendario = state.evaluacion.calendario
    rows = []
    for texto, programa, group in COMBINACIONES:
        a, b = plazo(programa, group, ours, calendario), plazo(programa, group, theirs, calendario)
        rows.append({"texto": _(texto), "a": a, "b": b, "cambio": not _same_rule(a, b)})
    first, last = sorted((ours + 1, theirs + 1))
    return {
        "anio_a": now,
        "anio_b": before,
        "filas": rows,
        "desde": first,
        "hasta": last,
        "novedades": novedades(date(first, 1, 1), date(last, 12, 31)),
    }
