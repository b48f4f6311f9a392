"""Where a programme stands, on a card: on «Plazos» and on «Revisar»."""

from __future__ import annotations

from datetime import date
from typing import Any

import idiomas
from idiomas import _, fechas
from pantallas.comunes import textos
from pantallas.comunes.situacion.motivos import motivo
from pantallas.comunes.situacion.que_hacer import consejos
from raoce.empresa import Programa, anio_de_presentacion
from raoce.plazos import Estado
from raoce.plazos.calendario import count_business_days
from raoce.reglas import regla_de_presentacion
from raoce.solicitud import Reporte
from raoce.solicitud.reporte import PlazoDeRegistro


def _next_date(p: PlazoDeRegistro, reporte: Reporte) -> date | None:
    """The date the filer counts down to, if there still is one."""
    estado, plazo = p.situacion.estado, p.plazo
    if estado is Estado.NO_INICIA:
        return plazo.apertura
    if estado is Estado.EN_PLAZO:
        return plazo.limite
    if estado is Estado.SUSPENDIDO and reporte.consulta <= plazo.ultima:
        return plazo.ultima
    return None


def _other_guide(p: PlazoDeRegistro, reporte: Reporte) -> str:
    """What to bear in mind when the rules were read in the guide of another year of filing."""
    anio = anio_de_presentacion(reporte.ejercicio)
    rules = p.plazo.explicacion.reglas if p.plazo else ()
    guides = (r.fuente for r in rules if r.fuente.presentacion not in (None, anio))
    guide = next(guides, None)
    if guide is None:
        return ""
    told = _("Regla leída en la {guia}. Confirma que la guía de {anio} no la cambie.")
    return told.format(guia=idiomas.say(guide.titulo), anio=anio)


# What the answer to «¿Ya presentaste el reporte?» may be.
SI, NO, NO_SE = "si", "no", "no-se"
_ASKED = (Estado.VENCIDO, Estado.SUSPENDIDO, Estado.CANCELADO)


def asks(reporte: Reporte) -> bool:
    """Does the state of a programme depend on whether the report was presented, which nobody has said?"""
    return reporte.presentacion is None and any(p.situacion.estado in _ASKED for p in reporte.plazos)


def look(estado: Estado, presentacion: date | None, presentado: str) -> str:
    """How the state is shown: called suspended or cancelled only once somebody says that nothing was presented."""
    if estado not in _ASKED or presentacion or presentado == NO:
        return estado.value
    return "sin-fecha" if presentado == SI else "depende"


def _name(p: PlazoDeRegistro, aspecto: str) -> str:
    if p.situacion.estado is Estado.NO_INICIA:
        return _("Abre el {dia}").format(dia=fechas.larga(p.plazo.apertura))
    return textos.catalogo()["estados"][aspecto]


def card(p: PlazoDeRegistro, reporte: Reporte, presentado: str = "") -> dict[str, Any]:
    """One programme: state, dates, days left, rule. ``presentado``: SI, NO or NO_SE as answered, or nothing yet."""
    meta = _next_date(p, reporte)
    aspecto = look(p.situacion.estado, reporte.presentacion, presentado)
    return {
        "programa": p.registro.programa.value,
        "estado": p.situacion.estado.value,
        "aspecto": aspecto,
        "estado_nombre": _name(p, aspecto),
        "consejos": consejos(p, reporte) if aspecto == p.situacion.estado else (),
        "situacion": p.situacion,
        "efecto": p.situacion.efecto.value if p.situacion.efecto else None,
        "plazo": p.plazo,
        "obligacion": p.obligacion,
        "consulta": reporte.consulta,
        "presentacion": reporte.presentacion,
        "reactivacion": regla_de_presentacion("plazos.reactivacion", reporte.ejercicio),
        "con_immex_y_prosec": {Programa.IMMEX, Programa.PROSEC} <= reporte.presentan,
        "otra_guia": _other_guide(p, reporte),
        "motivo": motivo(p),
        "meta": meta,
        "naturales": (meta - reporte.consulta).days if meta else None,
        "habiles": count_business_days(reporte.consulta, meta, reporte.calendario) if meta else None,
    }
