"""«Mis empresas»: every draft on the device, by RFC and ejercicio."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from pantallas.comunes import componentes, textos
from pantallas.empresas import acciones, importar, respaldo
from pantallas.empresas.estado import MARCA, Empresas
from raoce.base.texto import plain
from tramite.borradores.borrador import Guardado
from tramite.formulario.evaluacion import held
from tramite.listas import part
from tramite.state import State


def _moment(texto: str) -> str:
    """When a draft was last changed, in central Mexico."""
    if not texto:
        return ""
    return datetime.fromisoformat(texto).astimezone(textos.CENTRO).strftime("%d/%m/%Y %H:%M")


def _row(state: State, clave: str, guardado: Guardado) -> dict[str, Any]:
    campos = guardado.campos
    return {
        "clave": clave,
        "rfc": campos.get("rfc", ""),
        "empresa": campos.get("razon_social", ""),
        "ejercicio": campos.get("ejercicio", ""),
        "programas": ", ".join(held(campos)),
        "modificado": _moment(guardado.modificado),
        "actual": clave == state.archivero.actual,
        "marca": MARCA + clave,
        "marcada": clave in state.of(Empresas).marcadas,
    }


def _rows(state: State) -> list[dict[str, Any]]:
    """By RFC, the newest ejercicio first; the latest change first among equals."""
    kept = sorted(state.archivero.todos.items(), key=lambda item: item[1].modificado, reverse=True)
    rows = sorted((_row(state, k, g) for k, g in kept), key=lambda row: row["ejercicio"], reverse=True)
    rows.sort(key=lambda row: row["rfc"] or "\uffff")
    wanted = plain(state.vista.get("filtro_empresas", ""))
    return [r for r in rows if wanted in plain(f"{r['rfc']} {r['empresa']} {r['ejercicio']}")] if wanted else rows


def context(state: State) -> dict[str, Any]:
    return {
        "ejercicio": None,
        "borradores": part(state, "empresas", _rows(state)),
        "cuantos": len(state.archivero.todos),
        "filtro": componentes.vista(state, "filtro_empresas"),
        "deshacer": state.of(Empresas).quitado is not None,
        "marcadas": len(state.of(Empresas).marcadas),
        **importar.context(state),
        **acciones.context(state),
        **respaldo.context(state),
    }
