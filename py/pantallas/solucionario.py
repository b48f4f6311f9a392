"""The sheet of the cases for the teacher: to be printed, with the answers or without them."""

from __future__ import annotations

from typing import Any

from pantallas import componentes
from pantallas.practica import about, answer, reasons
from tramite.campos import MARCADO
from tramite.caso import Caso, Pregunta
from tramite.state import State

TODOS = ""


def _question(caso: Caso, numero: int, pregunta: Pregunta) -> dict[str, Any]:
    return {
        "numero": numero,
        "tipo": pregunta.tipo.value,
        "pregunta": pregunta.pregunta,
        "unidad": pregunta.unidad,
        "opciones": list(pregunta.opciones.values()),
        "respuesta": answer(pregunta, pregunta.respuesta),
        "razones": reasons(caso, pregunta),
        "trampas": [(answer(pregunta, t.respuesta), t.texto) for t in pregunta.trampas],
    }


def context(state: State) -> dict[str, Any]:
    casos = state.casos or ()
    chosen = state.vista.get("hoja_caso", TODOS)
    shown = [c for c in casos if c.id == chosen] or list(casos)
    return {
        "ejercicio": None,
        "eleccion_caso": componentes.vista(state, "hoja_caso")
        | {
            "valor": chosen,
            "opciones": [{"valor": TODOS, "texto": "Todos"}, *({"valor": c.id, "texto": c.titulo} for c in casos)],
            "regla": None,
        },
        "eleccion_soluciones": componentes.vista(state, "hoja_soluciones")
        | {"marcada": state.vista.get("hoja_soluciones") == MARCADO},
        "soluciones": state.vista.get("hoja_soluciones") == MARCADO,
        "esperando": state.casos is None,
        "casos": [about(c) | {"preguntas": [_question(c, n, p) for n, p in enumerate(c.preguntas, 1)]} for c in shown],
    }
