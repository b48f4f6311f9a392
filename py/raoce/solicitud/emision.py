"""From a complete report to the request that is signed: every figure with its explanation."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from raoce import VERSION, reglas
from raoce.base import Explicacion
from raoce.base.formato import redondear, redondear_porcentaje
from raoce.bienes import Bien
from raoce.bienes.catalogos import nombre_unidad
from raoce.bienes.volumenes import volumen_vucem
from raoce.empresa.programas import nombre_modalidad
from raoce.plazos import Calendario
from raoce.plazos.calendario import suspensiones
from raoce.reglas import Regla
from raoce.solicitud.reporte import PlazoDeRegistro, Reporte
from raoce.solicitud.solicitud import (
    BienSolicitud,
    CompromisoSolicitud,
    Datos,
    DiaInhabilFirmado,
    Dolares,
    Domicilio,
    EntradaFirmada,
    ExplicacionFirmada,
    PlazoSolicitud,
    ProgramaSolicitud,
    ReglaFirmada,
    Reglas,
    Solicitante,
    Solicitud,
)


def _plain(value: Any) -> str | int | None:
    """Dates, decimals, lists and tables of a rule as a reader's text; whole numbers stay numbers."""
    if value is None or isinstance(value, int):
        return value
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, dict):
        return ", ".join(f"{k} {v}" for k, v in value.items())
    if isinstance(value, list):
        return ", ".join(row["clave"] if isinstance(row, dict) else str(row) for row in value)
    return value.isoformat() if isinstance(value, date) else str(value)


def _explicacion(e: Explicacion) -> ExplicacionFirmada:
    return ExplicacionFirmada(
        figura=e.figura,
        entradas=[EntradaFirmada(nombre=x.nombre, valor=_plain(x.valor), unidad=x.unidad) for x in e.entradas],
        reglas=[
            ReglaFirmada(
                id=r.id,
                titulo=r.titulo,
                valor=_plain(r.valor),
                unidad=r.unidad,
                texto=r.texto,
                desde=r.desde,
                fuente=r.fuente.titulo,
                estado=r.estado,
            )
            for r in e.reglas
        ],
        operacion=e.operacion,
    )


def _programa(p: PlazoDeRegistro) -> ProgramaSolicitud:
    return ProgramaSolicitud(
        programa=p.registro.programa,
        numero=p.registro.numero,
        modalidad=nombre_modalidad(p.registro.programa, p.registro.modalidad),
        autorizacion=p.registro.autorizacion,
        compromiso_dolares=p.registro.compromiso_dolares,
        presenta=p.obligacion.presenta,
    )


def _plazo(p: PlazoDeRegistro, reporte: Reporte) -> PlazoSolicitud:
    plazo = p.plazo
    return PlazoSolicitud(
        programa=p.registro.programa,
        estado=p.situacion.estado,
        fecha_consulta=reporte.consulta,
        fecha_presentacion=reporte.presentacion,
        apertura=plazo and plazo.apertura,
        limite=plazo and plazo.limite,
        ultima=plazo and plazo.ultima,
        cancelacion=plazo and plazo.cancela,
        recomendada=plazo and plazo.recomendada,
        efecto=p.situacion.efecto,
    )


def _bien(bien: Bien) -> BienSolicitud:
    return BienSolicitud(
        sector=bien.sector,
        fraccion=bien.fraccion,
        descripcion=bien.descripcion,
        unidad=bien.unidad,
        nombre_unidad=nombre_unidad(bien.unidad),
        volumen_total=volumen_vucem(bien.total),
        volumen_nacional=volumen_vucem(bien.nacional),
        volumen_exportaciones=volumen_vucem(bien.exportacion),
        inventario=volumen_vucem(bien.inventario),
    )


def _dias_inhabiles(calendario: Calendario) -> list[DiaInhabilFirmado]:
    added = [DiaInhabilFirmado(dia=d.dia, accion="agregado", referencia=d.fuente.titulo) for d in calendario.agregados]
    removed = [
        DiaInhabilFirmado(dia=d, accion="no tomado en cuenta", referencia=suspensiones(d.year)[d].fuente.titulo)
        for d in sorted(calendario.quitados)
    ]
    return added + removed


def _rate_source(applied: Iterable[Regla]) -> str:
    return next((f"{r.titulo}. {r.fuente.titulo}" for r in applied), "Capturado por el usuario")


def build(reporte: Reporte, generado: datetime) -> Solicitud:
    """The request of a complete report. ``generado``: aware UTC datetime.

    Raises ``pydantic.ValidationError`` when the report is not complete.
    """
    balanza, address = reporte.balanza, dict(reporte.solicitante)
    company = {k: address.pop(k) for k in ("rfc", "razon_social", "actividad_economica", "correo")}
    return Solicitud(
        ejercicio=reporte.ejercicio,
        solicitante=Solicitante(**company, domicilio=Domicilio(**address)),
        programas=[_programa(p) for p in reporte.plazos],
        datos=Datos(
            ventas_totales=balanza.ventas_totales,
            total_exportaciones=balanza.total_exportaciones,
            total_importaciones=balanza.total_importaciones,
            saldo=balanza.saldo.valor,
            porcentaje_exportacion=redondear_porcentaje(balanza.porcentaje_exportacion.valor),
        ),
        bienes=[_bien(b) for b in reporte.bienes],
        dolares=Dolares(
            tipo_cambio=reporte.tipo_cambio,
            fuente=_rate_source(reporte.dolares.explicacion.reglas),
            exportaciones=redondear(reporte.dolares.valor),
        ),
        compromisos=[
            CompromisoSolicitud(programa=c.programa, resultado=c.resultado, operacion=c.explicacion.operacion)
            for c in reporte.compromisos
        ],
        plazos=[_plazo(p, reporte) for p in reporte.plazos],
        dias_inhabiles=_dias_inhabiles(reporte.calendario),
        explicaciones=[_explicacion(e) for e in reporte.explicaciones],
        reglas=Reglas(version=reglas.version()),
        version=VERSION,
        generado=generado,
    )
