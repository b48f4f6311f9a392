"""The figures of the report as they are shown where they are typed and where they are reviewed."""

from __future__ import annotations

from typing import Any

from pantallas.comunes import textos
from raoce.cifras.compromisos import Compromiso
from tramite.state import State


def commitment(c: Compromiso) -> dict[str, Any]:
    """A commitment with its result in words, what follows from it, and its arithmetic."""
    catalogo = textos.catalogo()
    consecuencias = catalogo["consecuencias"].get(c.resultado.value, {})
    return {
        "programa": c.programa.value,
        "resultado": c.resultado.value,
        "nombre": catalogo["resultados"][c.resultado],
        "consecuencia": consecuencias.get(c.programa.value, ""),
        "explicacion": c.explicacion,
        "falta": next((k for k in ("modalidad", "tipo_cambio") if k in c.faltan), ""),
    }


def figures(state: State) -> dict[str, Any]:
    """Saldo, percentage and dollars as results with their explanation; ``None`` while b exceeds a."""
    reporte = state.evaluacion.reporte
    balanza = reporte.balanza
    return {
        "saldo": balanza and balanza.saldo,
        "porcentaje": balanza and balanza.porcentaje_exportacion,
        "dolares": reporte.dolares,
        "compromisos": [commitment(c) for c in reporte.compromisos],
    }
