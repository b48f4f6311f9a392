"""«Plazos»: where each programme stands on the day of consultation, and what happens next."""

from __future__ import annotations

from datetime import date
from typing import Any

from idiomas import _, fechas
from pantallas.comunes import componentes, eleccion
from pantallas.comunes.situacion.tarjeta import NO, NO_SE, SI, asks, card
from pantallas.plazos import cambios, deber, inhabiles, linea
from raoce.empresa import anio_de_presentacion
from raoce.plazos import Estado, plazo
from raoce.plazos.plazos import last_day_to_sign
from tramite.formulario.evaluacion import Evaluacion
from tramite.state import State


def _sign_by(ev: Evaluacion) -> date | None:
    """Last day to sign in VUCEM a request captured on «Fecha de captura»."""
    captura = ev.valores.get("captura")
    return None if captura is None else last_day_to_sign(captura, ev.ejercicio)


def _question(state: State) -> dict[str, Any]:
    """«¿Ya presentaste el reporte de 2025?»"""
    options = [(SI, _("Sí")), (NO, _("No")), (NO_SE, _("No estoy seguro"))]
    question = _("¿Ya presentaste el reporte de {ejercicio}?").format(ejercicio=state.evaluacion.ejercicio)
    chosen = {"respuesta": state.borrador.get("presentado", "")}
    return componentes.opciones(state, "presentado", options, etiqueta=question) | chosen


def _year_slider(ev: Evaluacion) -> dict[str, Any]:
    """The day of consultation as a day of the year of filing, kept inside it."""
    first = date(anio_de_presentacion(ev.ejercicio), 1, 1)
    days = (date(first.year + 1, 1, 1) - first).days
    return {
        "anio": first.year,
        "dias": days,
        "dia": min(max((ev.consulta - first).days + 1, 1), days),
        "texto": fechas.con_dia(ev.consulta),
        "cambia": any(p.situacion.cambia for p in ev.reporte.plazos),
    }


def context(state: State) -> dict[str, Any]:
    ev = state.evaluacion
    hoy = state.hoy.isoformat() if state.hoy else ""
    consulta = componentes.campo(state, "consulta")
    consulta["valor"] = hoy if state.consulta is None else state.consulta
    answer = state.borrador.get("presentado", "")
    general = () if ev.programas or state.hoy is None else cambios.COMBINACIONES
    return {
        **eleccion.context(state),
        "consulta": consulta,
        "presentacion": componentes.campo(state, "presentacion"),
        "dia": ev.consulta,
        "anio": anio_de_presentacion(ev.ejercicio),
        "tarjetas": [card(p, ev.reporte, answer) for p in ev.reporte.plazos],
        "presentado": _question(state) if asks(ev.reporte) else None,
        "por_abrir": any(p.situacion.estado is Estado.NO_INICIA for p in ev.reporte.plazos),
        "general": [(_(texto), plazo(p, group, ev.ejercicio, ev.calendario)) for texto, p, group in general],
        "captura": componentes.campo(state, "captura"),
        "firma_hasta": _sign_by(ev),
        "recorrer": _year_slider(ev),
        "deber": deber.context(state),
        "inhabiles": inhabiles.context(state),
        "cambios": cambios.context(state),
        "linea": linea.context(ev.reporte, state.hoy),
        "conocida": state.hoy is not None,
    }
