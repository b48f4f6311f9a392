"""The cases of practice as «Practicar», «Hoja de los casos» and «Incrustar» show them; all three have them fetched."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from idiomas import ES, fechas
from pantallas.comunes import textos
from raoce.base.formato import decimal, miles
from tramite import efectos
from tramite.casos.caso import Caso, Pregunta, Respuesta
from tramite.eventos import Event, Result
from tramite.formulario.etiquetas import campo
from tramite.pantallas import HOJA, PRACTICA
from tramite.state import State

_PANTALLAS = (PRACTICA, HOJA, "incrustar")


def ask(before: State, after: State, event: Event) -> Result:
    """The cases are fetched when something begins to need them, and again when another language is spoken."""
    wanted = _wanted(after)
    if wanted is None or wanted == _wanted(before):
        return after, ()
    return after, (efectos.fetch(wanted, "practica.casos", PRACTICA),)


def file_of(idioma: str) -> str:
    """
    >>> file_of("es"), file_of("en")
    ('static/data/practica.json', 'static/data/practica.en.json')
    """
    return "static/data/practica.json" if idioma == ES else f"static/data/practica.{idioma}.json"


def _wanted(state: State) -> str | None:
    """The file of the cases that are needed and have not come; those that could not come are not asked for again."""
    has_them = state.casos is not None and all(c.idioma == state.idioma for c in state.casos)
    needs_them = state.modo.nombre == PRACTICA or state.pantalla in _PANTALLAS
    return file_of(state.idioma) if needs_them and not has_them else None


def answer(pregunta: Pregunta, respuesta: Respuesta) -> str:
    """An answer as a reader says it."""
    match respuesta:
        case date():
            return fechas.con_dia(respuesta)
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
