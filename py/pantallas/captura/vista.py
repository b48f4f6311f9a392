"""«Hoja de captura»: what is to be typed in VUCEM, each value with its button to copy it."""

from __future__ import annotations

from typing import Any

from pantallas.comunes import componentes
from tramite.formulario.hoja import build
from tramite.listas import part
from tramite.state import State


def context(state: State) -> dict[str, Any]:
    hoja = build(state.evaluacion)
    tablas = {b.titulo: part(state, "captura", list(enumerate(b.filas))) for b in hoja.bloques if b.columnas}
    return {
        "hoja": hoja,
        "tablas": tablas,
        # Only what is on the screen is printed.
        "larga": any(parte.partes > 1 for parte in tablas.values()),
        "por_completar": componentes.all_pending(state),
    }
