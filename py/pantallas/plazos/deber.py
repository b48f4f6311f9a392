"""«¿Debo presentar?»: three questions for new, cancelled and just authorised programmes."""

from __future__ import annotations

from datetime import date
from typing import Any

from idiomas import _
from pantallas.comunes import componentes
from raoce.empresa import Programa, Registro, anio_de_presentacion
from raoce.empresa.programas import obligacion
from tramite.state import State


def _registro(state: State, programa: str) -> Registro | None:
    """The programme that the answers describe, or ``None`` while one is missing."""
    ejercicio = state.evaluacion.ejercicio
    cancelado = state.borrador.get("deber_vigente")
    if cancelado == "si":
        return Registro(Programa(programa), cancelacion=date(ejercicio, 12, 31))
    years = {"antes": ejercicio - 1, "en": ejercicio, "despues": ejercicio + 1}
    autorizado = years.get(state.borrador.get("deber_autorizado", ""))
    if cancelado != "no" or autorizado is None:
        return None
    return Registro(Programa(programa), autorizacion=date(autorizado, 6, 30))


def context(state: State) -> dict[str, Any]:
    ejercicio = state.evaluacion.ejercicio
    anio = anio_de_presentacion(ejercicio)
    programa = state.borrador.get("deber_programa", "")
    registro = _registro(state, programa) if programa in Programa.__members__ else None
    questions = [
        componentes.opciones(state, "deber_vigente", [("no", _("No, está vigente o suspendido")), ("si", _("Sí"))])
    ]
    if state.borrador.get("deber_vigente") != "si":
        when = [
            ("antes", _("Antes de {ejercicio}").format(ejercicio=ejercicio)),
            ("en", _("En {ejercicio}, el año que se reporta").format(ejercicio=ejercicio)),
            ("despues", _("En {anio} o después").format(anio=anio)),
        ]
        questions.append(componentes.opciones(state, "deber_autorizado", when))
    lista = componentes.campo(state, "deber_programa")
    names = [("", _("Elige")), *((p.value, p.value) for p in Programa)]
    lista |= {"opciones": [{"valor": v, "texto": t} for v, t in names], "regla": None}
    return {
        "programa": lista,
        "preguntas": questions,
        "respuesta": obligacion(registro, ejercicio) if registro else None,
    }
