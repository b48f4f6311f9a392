"""«Practicar»: the list of the cases, or one of them with its questions, what came of each answer, and the score."""

from __future__ import annotations

from typing import Any

from pantallas.comunes import textos
from pantallas.comunes.casos import about, answer, reasons
from pantallas.practica.avance import COMPLETO, DESCUENTO
from pantallas.practica.modo import Practica, practice_of
from pantallas.practica.respuestas import field_of
from tramite.casos.caso import NIVELES, Pregunta, Tipo
from tramite.formulario.campos import MARCADO
from tramite.state import State


def _options(practica: Practica, pregunta: Pregunta) -> list[dict[str, Any]]:
    """The options, each with the name of its field and whether it is chosen."""
    several = pregunta.tipo is Tipo.OPCIONES
    chosen = practica.respuestas.get(field_of(pregunta), "")
    return [
        {
            "id": field_of(pregunta, clave),
            "nombre": field_of(pregunta, clave) if several else field_of(pregunta),
            "valor": MARCADO if several else clave,
            "texto": texto,
            "elegida": practica.respuestas.get(field_of(pregunta, clave)) == MARCADO if several else chosen == clave,
        }
        for clave, texto in pregunta.opciones.items()
    ]


def _question(practica: Practica, numero: int, pregunta: Pregunta) -> dict[str, Any]:
    intento = practica.attempt(pregunta)
    clave = field_of(pregunta)
    names = textos.catalogo()["pantallas"]
    where = "firmar" if pregunta.tipo is Tipo.FIRMA else pregunta.pantalla
    return {
        "clave": pregunta.clave,
        "numero": numero,
        "tipo": pregunta.tipo.value,
        "pregunta": pregunta.pregunta,
        "campo": {
            "clave": clave,
            "etiqueta": pregunta.pregunta,
            "ayuda": "",
            "valor": practica.respuestas.get(clave, ""),
            "error": textos.error(intento.error) if intento.error else "",
            "aviso": None,
            "atributos": {"ancho": "medio"} | ({} if pregunta.tipo is Tipo.FECHA else {"inputmode": "decimal"}),
        },
        "unidad": pregunta.unidad,
        "opciones": _options(practica, pregunta),
        "pantalla": where and {"clave": where, "nombre": names[where]["nombre"]},
        "pistas": pregunta.pistas[: intento.pistas],
        "quedan": len(pregunta.pistas) - intento.pistas,
        "intento": intento,
        "respuesta": answer(pregunta, pregunta.respuesta) if intento.terminada else "",
        "razones": reasons(practica.caso, pregunta) if intento.terminada else None,
    }


def _catalogue(state: State) -> list[tuple[str, list[dict[str, Any]]]]:
    """The cases by level, each with its number and the points it was worth in this visit."""
    practica = practice_of(state)
    done = practica.hechos if practica else {}
    listed = [about(c) | {"numero": n, "puntos": done.get(c.id)} for n, c in enumerate(state.casos or (), 1)]
    return [(nivel, found) for nivel in NIVELES if (found := [c for c in listed if c["nivel"] == nivel])]


def context(state: State) -> dict[str, Any]:
    practica = practice_of(state)
    shared = {
        "ejercicio": None,
        "completo": COMPLETO,
        "descuento": DESCUENTO,
        "esperando": state.casos is None,
        "caso": None,
    }
    if practica is None or practica.caso is None:
        return shared | {"niveles": _catalogue(state)}
    caso = practica.caso
    following = next((c for c in state.casos if c.orden > caso.orden), None)
    return shared | {
        "titulo": caso.titulo,
        "caso": about(caso),
        "preguntas": [_question(practica, n, p) for n, p in practica.visibles],
        "terminada": practica.terminada,
        "puntos": practica.puntos,
        "formulario": practica.abierta,
        "siguiente_caso": following and about(following),
    }
