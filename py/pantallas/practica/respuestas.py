"""What a learner answered: read from what was typed, and compared with what is right."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from pantallas.practica.modo import RESPUESTA
from raoce.base import DatoInvalido
from raoce.base.formato import redondear
from raoce.cifras.montos import parse_miles
from tramite.casos.caso import Pregunta, Respuesta, Tipo
from tramite.formulario.campos import CAMPOS, MARCADO

if TYPE_CHECKING:
    from tramite.state import State

_SIGNOS = ("-", "−")
# Commas between thousands alone: «27,50» would be 2750.
_DECIMAL = re.compile(r"-?([0-9]{1,3}(,[0-9]{3})+|[0-9]{1,16})(\.[0-9]{1,10})?")


def field_of(pregunta: Pregunta, opcion: str = "") -> str:
    """The name of the field in which a question is answered, or of the box of one of its options."""
    return RESPUESTA + pregunta.clave + (f"-{opcion}" if opcion else "")


def first_input(pregunta: Pregunta) -> str:
    """The id of what takes the focus when an answer is missing or cannot be read."""
    return field_of(pregunta, next(iter(pregunta.opciones), ""))


def read(pregunta: Pregunta, textos: Mapping[str, str], state: State) -> Respuesta:
    """The answer in ``textos`` (field → text), or in the form of ``state``.

    Raises ``DatoInvalido`` when there is none yet, or it cannot be read: that is no wrong answer.
    """
    return _READERS[pregunta.tipo](pregunta, textos, state)


def is_right(pregunta: Pregunta, respuesta: Respuesta) -> bool:
    return same(pregunta, pregunta.respuesta, respuesta)


def same(pregunta: Pregunta, esperada: Respuesta, respuesta: Respuesta) -> bool:
    """Does an answer come to the one expected (the right one, or a trampa)?"""
    match pregunta.tipo:
        case Tipo.DECIMAL:
            return redondear(respuesta, pregunta.decimales) == esperada
        case Tipo.CAPTURA:
            return not _differing(esperada, respuesta)
        case Tipo.FIRMA:
            return not respuesta
        case _:
            return respuesta == esperada


def _differing(esperada: Mapping[str, str], valores: Mapping[str, object]) -> frozenset[str]:
    """The fields of the form whose values are not those of the texts expected."""
    return frozenset(k for k, texto in esperada.items() if valores.get(k) != CAMPOS[k].parse(texto))


def _text(pregunta: Pregunta, textos: Mapping[str, str]) -> str:
    texto = textos.get(field_of(pregunta), "").strip()
    if not texto:
        raise DatoInvalido("respuesta-falta")
    return texto


def _read_fecha(pregunta: Pregunta, textos: Mapping[str, str], state: State) -> date:
    texto = _text(pregunta, textos)
    try:
        return date.fromisoformat(texto)
    except ValueError:
        raise DatoInvalido("fecha-inexistente") from None


def _read_cantidad(pregunta: Pregunta, textos: Mapping[str, str], state: State) -> int:
    texto = _text(pregunta, textos)
    negative = texto.startswith(_SIGNOS)
    try:
        found = parse_miles(texto[1:] if negative else texto)
    except DatoInvalido:
        raise DatoInvalido("respuesta-cantidad") from None
    return -found if negative else found


def _read_decimal(pregunta: Pregunta, textos: Mapping[str, str], state: State) -> Decimal:
    texto = _text(pregunta, textos).removesuffix("%").replace("−", "-")
    texto = re.sub(r"\s", "", texto)
    if not _DECIMAL.fullmatch(texto):
        raise DatoInvalido("respuesta-decimal")
    return Decimal(texto.replace(",", ""))


def _read_opcion(pregunta: Pregunta, textos: Mapping[str, str], state: State) -> str:
    return _text(pregunta, textos)


def _read_opciones(pregunta: Pregunta, textos: Mapping[str, str], state: State) -> frozenset[str]:
    marked = frozenset(o for o in pregunta.opciones if textos.get(field_of(pregunta, o)) == MARCADO)
    if not marked:
        raise DatoInvalido("respuesta-falta")
    return marked


def _read_captura(pregunta: Pregunta, textos: Mapping[str, str], state: State) -> dict[str, object]:
    """What the fields of the form mean; those that say nothing that can be read are no answer."""
    try:
        return {k: state.evaluacion.valores[k] for k in pregunta.respuesta}
    except KeyError:
        raise DatoInvalido("respuesta-sin-captura") from None


def _read_firma(pregunta: Pregunta, textos: Mapping[str, str], state: State) -> frozenset[str]:
    """The fields that were signed with something else than the case asks for: editing one drops the signature."""
    if not state.firma.jws:
        raise DatoInvalido("respuesta-sin-firma")
    asked = (p.respuesta for p in state.modo.caso.preguntas if p.tipo is Tipo.CAPTURA)
    return frozenset().union(*(_differing(fields, state.evaluacion.valores) for fields in asked))


_READERS: Mapping[Tipo, Callable[[Pregunta, Mapping[str, str], State], Respuesta]] = {
    Tipo.FECHA: _read_fecha,
    Tipo.CANTIDAD: _read_cantidad,
    Tipo.DECIMAL: _read_decimal,
    Tipo.OPCION: _read_opcion,
    Tipo.OPCIONES: _read_opciones,
    Tipo.CAPTURA: _read_captura,
    Tipo.FIRMA: _read_firma,
}
