"""«Mis empresas»: every company and ejercicio on the device, by danger; how many are where, and what comes next."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from typing import Any

from pantallas.comunes import componentes, textos
from pantallas.empresas import acciones, celdas, importar, panorama, respaldo, seleccion
from pantallas.empresas.estado import MARCA, Empresas
from raoce.empresa import Programa
from tramite.empresas.filtros import PROGRAMA
from tramite.empresas.renglon import Renglon
from tramite.listas import part
from tramite.state import State

# Until the text is wider than a list of them all.
_BUSCAR_DESDE = 5


def _moment(texto: str) -> str:
    """When a draft was last changed, in central Mexico; nothing for a text of a file that does not say."""
    try:
        return datetime.fromisoformat(texto).astimezone(textos.CENTRO).strftime("%d/%m/%Y %H:%M")
    except (ValueError, OverflowError):
        return ""


def _missing(state: State, row: Renglon) -> list[dict[str, Any]]:
    """The steps of the form that lack something, and how much."""
    screens = Counter(state.evaluacion.pantalla_of(clave) for clave in row.faltan)
    nombres = textos.catalogo()["pantallas"]
    return [{"paso": p, "nombre": nombres[p]["nombre"], "cuantos": n} for p, n in screens.items()]


def _row(state: State, row: Renglon, programas: list[str]) -> dict[str, Any]:
    return {
        "clave": row.clave,
        "rfc": row.rfc,
        "empresa": row.nombre,
        "ejercicio": row.ejercicio,
        "peligro": row.peligro.value,
        "peligro_texto": textos.of("empresas")["peligros"][row.peligro],
        "celdas": [celdas.state_of(row, p) for p in programas],
        "proxima": row.proxima,
        "dias": row.dias,
        "conviene": row.situacion.conviene,
        "por_confirmar": row.situacion.por_confirmar,
        "faltan": _missing(state, row),
        "presentacion": row.presentacion,
        "prevista": row.presentacion is not None and row.presentada is None,
        "folio": row.folio,
        "firmada": row.firmada,
        "modificado": _moment(row.modificado),
        "actual": row.clave == state.archivero.actual,
        "marca": MARCA + row.clave,
        "marcada": row.clave in state.of(Empresas).marcadas,
    }


def _printed(state: State, programas: list[str]) -> dict[str, Any] | None:
    """The list to print, while it is shown; without its rows until it is known what is missing in each."""
    listed = acciones.listed(state)
    if listed is None:
        return None
    known = seleccion.is_counted(state)
    return {
        "consulta": state.evaluacion.consulta,
        "cuantas": len(listed),
        "renglones": [_row(state, row, programas) for row in listed] if known else None,
        "contadas": seleccion.progress(state),
    }


def context(state: State) -> dict[str, Any]:
    todas, filtros = seleccion.rows(state), seleccion.filtros(state)
    mine = state.of(Empresas)
    vistas = seleccion.seen(state)
    programas = [p.value for p in Programa if p.value in seleccion.totals(state)[PROGRAMA]]
    parte = part(state, "empresas", vistas)
    return {
        "ejercicio": None,
        "empresas": parte,
        "renglones": [_row(state, row, programas) for row in parte.elementos],
        "programas": programas,
        "lista": _printed(state, programas),
        "cuantos": len(todas),
        "filtro": componentes.vista(state, "filtro_empresas"),
        "se_busca": len(todas) > _BUSCAR_DESDE or bool(filtros.texto),
        "se_filtra": bool(filtros.valores or filtros.texto),
        "panorama": panorama.context(state) if len(todas) > 1 else None,
        "deshacer": mine.quitado is not None,
        "marcadas": len(mine.marcadas),
        **importar.context(state),
        **acciones.context(state),
        **respaldo.context(state),
    }
