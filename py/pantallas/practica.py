"""«Practicar»: the list of the cases, or one of them with its questions, what came of each answer, and the score."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from pantallas import textos
from raoce.base.formato import decimal, fecha_con_dia, miles
from tramite import practicar
from tramite.campos import MARCADO
from tramite.caso import NIVELES, Caso, Pregunta, Respuesta, Tipo
from tramite.etiquetas import campo
from tramite.practica import COMPLETO, DESCUENTO, Practica
from tramite.respuestas import field_of
from tramite.state import State


def answer(pregunta: Pregunta, respuesta: Respuesta) -> str:
    """An answer as a reader says it."""
    match respuesta:
        case date():
            return fecha_con_dia(respuesta)
        case Decimal():
            return f"{decimal(respuesta, pregunta.decimales)} {pregunta.unidad}".strip()
        case int():
            return f"{miles(respuesta)} {pregunta.unidad}".strip()
        case frozenset():
            return "; ".join(texto for clave, texto in pregunta.opciones.items() if clave in respuesta)
        case dict():
            return "; ".join(f"{campo(clave, 'etiqueta')}: {texto}" for clave, texto in respuesta.items())
        case str():
            return pregunta.opciones[respuesta]
        case _:
            return textos.catalogo()["practica"]["firmada"]


def reasons(caso: Caso, pregunta: Pregunta) -> dict[str, Any]:
    """Why an answer is right: the case's own words, the program's arithmetic, the rules and their sources."""
    figura = caso.figure_of(pregunta)
    rules = {r.id: r for r in (*caso.rules_of(pregunta), *(figura.explicacion.reglas if figura else ()))}
    named = {r.fuente.titulo for r in rules.values()}
    return {
        "texto": pregunta.explicacion,
        "operacion": figura.explicacion.operacion if figura else "",
        "reglas": list(rules.values()),
        "fuentes": [f.titulo for f in caso.sources_of(pregunta) if f.titulo not in named],
        "por_confirmar": pregunta.por_confirmar,
    }


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


def about(caso: Caso) -> dict[str, Any]:
    """A case as it is presented: never its answers."""
    temas = textos.catalogo()["practica"]["temas"]
    return {
        "id": caso.id,
        "titulo": caso.titulo,
        "nivel": caso.nivel,
        "temas": ", ".join(temas[str(t)] for t in caso.temas),
        "fecha": caso.fecha,
        "abierto": caso.abierto,
        "parrafos": caso.parrafos,
        "tabla": caso.tabla,
        "cuantas": len(caso.preguntas),
    }


def _catalogue(state: State) -> list[tuple[str, list[dict[str, Any]]]]:
    """The cases by level, each with its number and the points it was worth in this visit."""
    done = state.practica.hechos if state.practica else {}
    listed = [about(c) | {"numero": n, "puntos": done.get(c.id)} for n, c in enumerate(state.casos or (), 1)]
    return [(nivel, found) for nivel in NIVELES if (found := [c for c in listed if c["nivel"] == nivel])]


def context(state: State) -> dict[str, Any]:
    practica = state.practica
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
        "formulario": practicar.is_open(state),
        "siguiente_caso": following and about(following),
    }
