"""«Qué hacer ahora»: the way out for a programme that is suspended or cancelled, step by step, each with its rule."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import idiomas
from pantallas.comunes import textos
from raoce.empresa import Programa
from raoce.plazos import Estado
from raoce.reglas import Regla, regla_de_presentacion
from raoce.solicitud import Reporte
from raoce.solicitud.reporte import PlazoDeRegistro


@dataclass(frozen=True, slots=True)
class Consejo:
    """One step: its sentence, the rule it rests on, the screen where it is done."""

    texto: str
    regla: Regla | None = None
    pantalla: str = ""


def _consejo(codigo: str, regla: Regla | None = None, pantalla: str = "", **datos: Any) -> Consejo:
    return Consejo(textos.que_hacer(codigo, datos), regla, pantalla)


def consejos(p: PlazoDeRegistro, reporte: Reporte) -> tuple[Consejo, ...]:
    """What to do for a programme whose report was not presented; nothing while it is in time."""
    estado = p.situacion.estado
    if estado is Estado.SUSPENDIDO:
        return tuple(_suspended(p, reporte))
    if estado is Estado.VENCIDO:
        return (_consejo("sin-oportunidad", cancela=p.plazo.cancela),)
    return tuple(_cancelled(p, reporte)) if estado is Estado.CANCELADO else ()


def _suspended(p: PlazoDeRegistro, reporte: Reporte) -> Iterator[Consejo]:
    if reporte.consulta > p.plazo.ultima:
        yield _consejo("sin-oportunidad", cancela=p.plazo.cancela)
        return
    regla = regla_de_presentacion(p.plazo.operaciones["ultima"][1], reporte.ejercicio)
    yield _consejo("presentar", regla, "programas", ultima=p.plazo.ultima)
    reactivacion = regla_de_presentacion("plazos.reactivacion", reporte.ejercicio)
    yield _consejo("reactivacion", reactivacion, plazo=idiomas.say(reactivacion.texto))
    others = _suspended_others(p, reporte)
    if p.registro.programa is Programa.IMMEX and Programa.PROSEC in others:
        yield _consejo("immex-reactiva-prosec")
    if p.registro.programa is Programa.PROSEC and Programa.IMMEX in others:
        yield _consejo("prosec-con-immex", ultima=others[Programa.IMMEX].plazo.ultima)


def _cancelled(p: PlazoDeRegistro, reporte: Reporte) -> Iterator[Consejo]:
    yield _consejo("cancelado")
    programa = p.registro.programa
    if programa is Programa.IMMEX:
        regla = regla_de_presentacion("plazos.regreso-immex", reporte.ejercicio)
        yield _consejo(
            "regresar", regla, plazo=idiomas.say(regla.texto), hasta=p.plazo.cancela + timedelta(regla.valor)
        )
    others = _suspended_others(p, reporte)
    if programa is Programa.PROSEC and Programa.IMMEX in others:
        yield _consejo("salvar-immex", pantalla="programas", ultima=others[Programa.IMMEX].plazo.ultima)
    if programa in (Programa.ALTEX, Programa.ECEX):
        yield _consejo("registro-cerrado")


def _suspended_others(p: PlazoDeRegistro, reporte: Reporte) -> Mapping[Programa, PlazoDeRegistro]:
    """The other programmes that are suspended and can still be saved."""
    return {
        o.registro.programa: o
        for o in reporte.plazos
        if o is not p and o.situacion.estado is Estado.SUSPENDIDO and reporte.consulta <= o.plazo.ultima
    }
