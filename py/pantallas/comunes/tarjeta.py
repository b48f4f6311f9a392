"""Where a programme stands, on a card: on «Plazos» and on «Revisar»."""

from __future__ import annotations

from datetime import date
from typing import Any

from pantallas.comunes import textos
from pantallas.comunes.motivos import motivo
from raoce.empresa import Programa, anio_de_presentacion
from raoce.plazos import Estado
from raoce.plazos.calendario import count_business_days
from raoce.reglas import regla_de_presentacion
from raoce.solicitud import Reporte
from raoce.solicitud.reporte import PlazoDeRegistro


def _next_date(p: PlazoDeRegistro, reporte: Reporte) -> date | None:
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
        "con_immex_y_prosec": {Programa.IMMEX, Programa.PROSEC} <= reporte.presentan,
        "otra_guia": _other_guide(p, reporte),
        "motivo": motivo(p),
        "meta": meta,
        "naturales": (meta - reporte.consulta).days if meta else None,
        "habiles": count_business_days(reporte.consulta, meta, reporte.calendario) if meta else None,
    }
