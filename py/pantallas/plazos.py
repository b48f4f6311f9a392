"""«Plazos»: where each programme stands on the day of consultation, and what happens next."""

from __future__ import annotations

from datetime import date
from typing import Any

from pantallas import cambios, componentes, deber, eleccion, inhabiles, linea, textos
from pantallas.motivos import motivo
from raoce.base.formato import fecha_con_dia
from raoce.empresa import Programa, anio_de_presentacion
from raoce.plazos import Estado, plazo
from raoce.plazos.calendario import count_business_days
from raoce.plazos.plazos import last_day_to_sign
from raoce.reglas import regla_de_presentacion
from raoce.solicitud import Reporte
from raoce.solicitud.reporte import PlazoDeRegistro
from tramite.evaluacion import Evaluacion
from tramite.state import State

IMMEX, PROSEC, ALTEX, ECEX = Programa


def _next_date(p: PlazoDeRegistro, reporte: Reporte):
    """The date the filer counts down to, if there still is one."""
    estado, fechas = p.situacion.estado, p.plazo
    if estado is Estado.NO_INICIA:
        return fechas.apertura
    if estado is Estado.EN_PLAZO:
        return fechas.limite
    if estado is Estado.SUSPENDIDO and reporte.consulta <= fechas.ultima:
        return fechas.ultima
    return None


def _other_guide(p: PlazoDeRegistro, reporte: Reporte) -> str:
    """What to bear in mind when the rules were read in the guide of another year of filing."""
    anio = anio_de_presentacion(reporte.ejercicio)
    rules = p.plazo.explicacion.reglas if p.plazo else ()
    guides = (r.fuente for r in rules if r.fuente.presentacion not in (None, anio))
    guide = next(guides, None)
    return f"Regla leída en la {guide.titulo}. Confirma que la guía de {anio} no la cambie." if guide else ""


def card(p: PlazoDeRegistro, reporte: Reporte) -> dict[str, Any]:
    """One programme: state, dates, days left, rule."""
    meta = _next_date(p, reporte)
    return {
        "programa": p.registro.programa.value,
        "estado": p.situacion.estado.value,
        "estado_nombre": textos.catalogo()["estados"][p.situacion.estado],
        "situacion": p.situacion,
        "efecto": p.situacion.efecto.value if p.situacion.efecto else None,
        "plazo": p.plazo,
        "obligacion": p.obligacion,
        "consulta": reporte.consulta,
        "presentacion": reporte.presentacion,
        "reactivacion": regla_de_presentacion("plazos.reactivacion", reporte.ejercicio),
        "con_immex_y_prosec": {IMMEX, PROSEC} <= reporte.presentan,
        "otra_guia": _other_guide(p, reporte),
        "motivo": motivo(p),
        "meta": meta,
        "naturales": (meta - reporte.consulta).days if meta else None,
        "habiles": count_business_days(reporte.consulta, meta, reporte.calendario) if meta else None,
    }


def _sign_by(ev: Evaluacion) -> date | None:
    """Last day to sign in VUCEM a request captured on «Fecha de captura»."""
    captura = ev.valores.get("captura")
    return None if captura is None else last_day_to_sign(captura, ev.ejercicio)


def _year_slider(ev: Evaluacion) -> dict[str, Any]:
    """The day of consultation as a day of the year of filing, kept inside it."""
    first = date(anio_de_presentacion(ev.ejercicio), 1, 1)
    days = (date(first.year + 1, 1, 1) - first).days
    return {
        "anio": first.year,
        "dias": days,
        "dia": min(max((ev.consulta - first).days + 1, 1), days),
        "texto": fecha_con_dia(ev.consulta),
        "cambia": any(p.situacion.cambia for p in ev.reporte.plazos),
    }


def context(state: State) -> dict[str, Any]:
    ev = state.evaluacion
    hoy = state.hoy.isoformat() if state.hoy else ""
    consulta = componentes.campo(state, "consulta")
    consulta["valor"] = hoy if state.consulta is None else state.consulta
    general = () if ev.programas or state.hoy is None else cambios.COMBINACIONES
    return {
        **eleccion.context(state),
        "consulta": consulta,
        "presentacion": componentes.campo(state, "presentacion"),
        "dia": ev.consulta,
        "anio": anio_de_presentacion(ev.ejercicio),
        "tarjetas": [card(p, ev.reporte) for p in ev.reporte.plazos],
        "general": [(texto, plazo(p, group, ev.ejercicio, ev.calendario)) for texto, p, group in general],
        "captura": componentes.campo(state, "captura"),
        "firma_hasta": _sign_by(ev),
        "recorrer": _year_slider(ev),
        "deber": deber.context(state),
        "inhabiles": inhabiles.context(state),
        "cambios": cambios.context(state),
        "linea": linea.context(ev.reporte, state.hoy),
        "conocida": state.hoy is not None,
    }
