"""«Inicio»: what this is, what it takes, and the five things people come for."""

from __future__ import annotations

from typing import Any

from pantallas.comunes.marco import first_incomplete
from raoce.empresa import anio_de_presentacion
from raoce.plazos.plazos import apertura, default_ejercicio
from tramite.state import State


def context(state: State) -> dict[str, Any]:
    draft = state.borrador
    ejercicio = default_ejercicio(state.hoy) if state.hoy else None
    return {
        "ejercicio": None,
        "sigue": draft
        and {
            "pantalla": first_incomplete(state),
            "ejercicio": state.evaluacion.ejercicio,
            "empresa": draft.get("razon_social") or draft.get("rfc", ""),
        },
        "otros": len(state.archivero.otros),
        "proximo": ejercicio
        and {
            "ejercicio": ejercicio,
            "anio": anio_de_presentacion(ejercicio),
            "abre": apertura(ejercicio),
            "abierto": apertura(ejercicio) <= state.hoy,
        },
    }
