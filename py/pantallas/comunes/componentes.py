"""View models of the parts that every screen uses: fields, options, errors, explanations."""

from __future__ import annotations

from typing import Any

from pantallas.comunes import textos
from tramite.formulario.campos import CAMPOS, FECHA_INCOMPLETA, MARCADO
from tramite.formulario.evaluacion import FIGURAS, Aviso
from tramite.state import State

# Errors that speak of two fields show as soon as either of them was left.
_WITH = {"exportaciones-mayores": ("ventas", "exportaciones")}


def message(state: State, clave: str) -> str:
    """What is wrong with a field or missing from it, in any case."""
    ev = state.evaluacion
    if clave == "consulta":
        return textos.error(state.error_consulta) if state.error_consulta else ""
    if clave in ev.errores:
        return textos.error(ev.errores[clave])
    return textos.falta(clave) if clave in ev.faltan else ""


def shown_error(state: State, clave: str) -> str:
    """The same, if it is time to say it: after the field was left, or after «Continuar»."""
    ev = state.evaluacion
    if clave == "consulta" or ev.pantalla_of(clave) in state.revisadas:
        return message(state, clave)
    error = ev.errores.get(clave)
    if error is None:
        return ""
    about = _WITH.get(error.codigo, (clave,))
    return textos.error(error) if state.tocados.intersection(about) else ""


def shown_doubt(state: State, clave: str) -> Aviso | None:
    """A doubt about a field, once nobody is typing in it or in what it is compared with."""
    aviso = state.evaluacion.avisos.get(clave)
    if aviso is None:
        return None
    about = [k for k in FIGURAS if state.borrador.get(k)] if aviso.codigo == "capturado-en-pesos" else [clave]
    return aviso if state.tocados.issuperset(about) else None


def campo(state: State, clave: str, **attributes: Any) -> dict[str, Any]:
    """A field: identity, label, hint, text typed, error and doubt. ``attributes`` go to the input."""
    aviso = shown_doubt(state, clave)
    texto = state.borrador.get(clave, "")
    return {
        "clave": clave,
        "etiqueta": textos.campo(clave, "etiqueta"),
        "ayuda": textos.campo(clave, "ayuda"),
        "valor": "" if texto == FECHA_INCOMPLETA else texto,
        "error": shown_error(state, clave),
        "aviso": None if aviso is None else {"codigo": aviso.codigo, "texto": textos.aviso(aviso)},
        "atributos": attributes,
    }


def vista(state: State, clave: str) -> dict[str, Any]:
    """A field of this look at the page alone: a filter, a text about to be pasted."""
    return {
        "clave": clave,
        "etiqueta": textos.campo(clave, "etiqueta"),
        "ayuda": textos.campo(clave, "ayuda"),
        "valor": state.vista.get(clave, ""),
        "error": "",
        "aviso": None,
        "atributos": {},
    }


def casilla(state: State, clave: str) -> dict[str, Any]:
    """A checkbox."""
    return {
        "clave": clave,
        "etiqueta": textos.campo(clave, "etiqueta"),
        "marcada": state.borrador.get(clave) == MARCADO,
    }


def opciones(state: State, clave: str, options: list[tuple[str, str]], **more: str) -> dict[str, Any]:
    """A question with one answer of ``options`` (value, text). ``more`` says otherwise than the labels do."""
    chosen = state.borrador.get(clave, "")
    return {
        "clave": clave,
        "etiqueta": textos.campo(clave, "etiqueta"),
        "ayuda": textos.campo(clave, "ayuda"),
        "opciones": [{"valor": v, "texto": t, "marcada": v == chosen} for v, t in options],
    } | more


def pending(state: State, pantalla: str) -> list[dict[str, str]]:
    """What a screen still needs, each with the field it leads to."""
    return [
        {"clave": clave, "pantalla": pantalla, "texto": message(state, clave)}
        for clave in state.evaluacion.pending(pantalla)
    ]


def all_pending(state: State) -> list[dict[str, str]]:
    """What the whole form still needs."""
    screens = dict.fromkeys(c.pantalla for c in CAMPOS.values())
    return [row for pantalla in screens for row in pending(state, pantalla)]
