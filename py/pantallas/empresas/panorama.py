"""The picture above the rows: how many are where, each count a filter, and the calendar of the next ninety days."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from idiomas import _, fechas
from pantallas.comunes import textos
from pantallas.empresas import dichos, seleccion
from raoce.empresa import Programa
from raoce.plazos import Estado
from tramite.empresas.filtros import (
    COMPLETOS,
    DATOS,
    DIA,
    DIAS_DE_AGENDA,
    EJERCICIO,
    ESTADO,
    FALTAN,
    MES,
    PELIGRO,
    PROGRAMA,
    DiaDeAgenda,
    Filtros,
    agenda,
    count,
)
from tramite.empresas.peligro import Peligro
from tramite.empresas.situaciones import SIN_FECHA
from tramite.state import State

# What must be done something about first.
_ESTADOS = (
    *(Estado.CANCELADO, Estado.SUSPENDIDO, Estado.VENCIDO, SIN_FECHA),
    *(Estado.EN_PLAZO, Estado.NO_INICIA, Estado.PRESENTADO, Estado.NO_OBLIGADO),
)
# Named in a day of the calendar; the others are one press away.
_NOMBRADAS = 3


def _option(faceta: str, valor: str, texto: str, cuantas: int | None, filtros: Filtros, total: int) -> dict[str, Any]:
    return {
        "faceta": faceta,
        "valor": valor,
        "texto": texto,
        "cuantas": cuantas,
        "puesto": filtros.valores.get(faceta) == valor,
        "ancho": f"{100 * (cuantas or 0) / total:.2f}" if total else "0",
    }


def _values(faceta: str, offered: Mapping[str, int]) -> Sequence[str]:
    """The values of a facet that some row has, in the order in which they are read."""
    match faceta:
        case "peligro":
            return [p.value for p in Peligro if p.value in offered]
        case "estado":
            return [str(e) for e in _ESTADOS if str(e) in offered]
        case "programa":
            return [p.value for p in Programa if p.value in offered]
        case "ejercicio":
            return sorted(offered, reverse=True)
        case _:
            return sorted(offered)


def _text(faceta: str, valor: str) -> str:
    match faceta:
        case "peligro":
            return dichos.said()["peligros"][valor]
        case "estado":
            return textos.catalogo()["estados"][valor]
        case "mes":
            return _("{mes} de {anio}").format(mes=fechas.mes(int(valor[5:])), anio=valor[:4])
        case _:
            return valor


def _days(months: Iterator[tuple[int, int]], marked: Collection[date], consulta: date) -> list[dict[str, Any]]:
    """The months of the calendar, week by week from Monday, as numbers to be drawn."""
    last = consulta + timedelta(DIAS_DE_AGENDA)
    found = []
    for anio, mes in months:
        days = [date(anio, mes, n) for n in range(1, monthrange(anio, mes)[1] + 1)]
        found.append(
            {
                "nombre": f"{fechas.mes(mes)} {anio}",
                "antes": days[0].weekday(),
                "dias": [
                    {"n": d.day, "marcado": d in marked, "fuera": not consulta <= d <= last, "hoy": d == consulta}
                    for d in days
                ],
            }
        )
    return found


def _months(consulta: date) -> Iterator[tuple[int, int]]:
    last = consulta + timedelta(DIAS_DE_AGENDA)
    anio, mes = consulta.year, consulta.month
    while (anio, mes) <= (last.year, last.month):
        yield anio, mes
        anio, mes = (anio, mes + 1) if mes < 12 else (anio + 1, 1)


def _day(day: DiaDeAgenda, filtros: Filtros, cuantas: int, total: int) -> dict[str, Any]:
    """A day on which something is due, and whose it is."""
    named = dict.fromkeys(row.rfc or row.nombre or _("sin RFC") for row in day.renglones[:_NOMBRADAS])
    return {
        **_option(DIA, day.dia.isoformat(), "", cuantas, filtros, total),
        "dia": day.dia,
        "dias": day.dias,
        "quienes": list(named),
        "otras": max(0, cuantas - _NOMBRADAS),
    }


def context(state: State) -> dict[str, Any]:
    todas, filtros = seleccion.rows(state), seleccion.filtros(state)
    counted = seleccion.is_counted(state)
    found = count(todas, filtros, con_datos=counted)
    offered = seleccion.totals(state)
    total = len(todas)
    options = {
        faceta: [
            _option(faceta, valor, _text(faceta, valor), found[faceta].get(valor, 0), filtros, total)
            for valor in _values(faceta, offered[faceta])
        ]
        for faceta in (PELIGRO, ESTADO, PROGRAMA, EJERCICIO, MES)
    }
    data = found.get(DATOS, {})
    words = dichos.said()["datos"]
    options[DATOS] = [
        _option(DATOS, valor, words[valor], data.get(valor, 0) if counted else None, filtros, total)
        for valor in (FALTAN, COMPLETOS)
    ]
    consulta = state.evaluacion.consulta
    days = agenda(todas, filtros, consulta)
    return {
        "consulta": consulta,
        "opciones": options,
        "dias": [_day(day, filtros, len(day.renglones), total) for day in days],
        "meses": _days(_months(consulta), {day.dia for day in days}, consulta) if days else [],
        "contadas": None if counted else seleccion.progress(state),
    }
