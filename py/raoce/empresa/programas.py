"""Programmes, their modalities, and who must file.

A company may hold any subset of the four. Source: Guía RAOCE 2024; see ``reglas/programas.toml``.
"""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from raoce.base import Entrada, Explicacion
from raoce.empresa.ejercicio import anio_de_presentacion
from raoce.reglas import regla_de_presentacion, regla_vigente
from raoce.reglas.frase import Frase


class Programa(StrEnum):
    """The four programmes, in the order in which VUCEM names them."""

    IMMEX = "IMMEX"
    PROSEC = "PROSEC"
    ALTEX = "ALTEX"
    ECEX = "ECEX"


@dataclass(frozen=True, slots=True)
class Modalidad:
    clave: str
    nombre: str


def modalidades(programa: Programa) -> tuple[Modalidad, ...]:
    """The modalities of a programme, in the order of the catalogue."""
    return tuple(Modalidad(**row) for row in regla_vigente(f"programas.modalidades-{programa}").valor)


def nombre_modalidad(programa: Programa, clave: str) -> str:
    """The name of a modality by its key; empty for a key that is not one.

    >>> nombre_modalidad(Programa.ALTEX, "exportador-directo")
    'Exportador directo'
    """
    return next((m.nombre for m in modalidades(programa) if m.clave == clave), "")


@dataclass(frozen=True, slots=True)
class Registro:
    """A programme held by the company, as in its authorisation.

    ``compromiso_dolares``: dollars committed in the registration (ECEX only).
    """

    programa: Programa
    numero: str = ""
    modalidad: str = ""
    autorizacion: date | None = None
    cancelacion: date | None = None
    compromiso_dolares: int | None = None


# IMMEX 83-2019, PROSEC 2019-8664. Those of ALTEX and ECEX are not published: any is accepted.
_NUMERO = {
    Programa.IMMEX: re.compile(r"\d{1,6}-\d{4}"),
    Programa.PROSEC: re.compile(r"\d{4}-\d{1,6}"),
}


def looks_like_numero(programa: Programa, numero: str) -> bool:
    """Has the number the usual shape? Unusual ones exist, so this warns and never blocks.

    >>> looks_like_numero(Programa.IMMEX, "83-2019"), looks_like_numero(Programa.PROSEC, "83-2019")
    (True, False)
    """
    shape = _NUMERO.get(programa)
    return shape is None or bool(shape.fullmatch(numero.strip()))


@dataclass(frozen=True, slots=True)
class Obligacion:
    """Must this programme file, and must it have met its export commitment?

    ``motivo``: ``vigente``, ``cancelado``, ``autorizado-despues-del-ejercicio`` or
    ``autorizado-en-el-ejercicio``, which is also the name of the rule that says so.
    """

    presenta: bool
    exige_compromiso: bool
    motivo: str
    explicacion: Explicacion


def _motivo(registro: Registro, ejercicio: int) -> str:
    if registro.cancelacion:
        return "cancelado"
    if registro.autorizacion and registro.autorizacion.year >= anio_de_presentacion(ejercicio):
        return "autorizado-despues-del-ejercicio"
    if registro.autorizacion and registro.autorizacion.year == ejercicio:
        return "autorizado-en-el-ejercicio"
    return "vigente"


def presenta(registro: Registro, ejercicio: int) -> bool:
    """Must it file? Without the reasons, which ``obligacion`` gives."""
    return _motivo(registro, ejercicio) in ("vigente", "autorizado-en-el-ejercicio")


def obligacion(registro: Registro, ejercicio: int) -> Obligacion:
    """Who must file for an ejercicio.

    Cancelled: no. Authorised after the reported year: no. Authorised within it: yes, but the commitment is
    not yet required (por confirmar). Otherwise yes.
    """
    autorizacion, cancelacion = registro.autorizacion, registro.cancelacion
    motivo = _motivo(registro, ejercicio)
    regla = regla_de_presentacion(f"programas.{motivo}", ejercicio)
    entradas = [Entrada("Programa", registro.programa.value, ""), Entrada("Ejercicio", ejercicio, "año")]
    if autorizacion:
        entradas.append(Entrada("Fecha de autorización", autorizacion, "fecha"))
    if cancelacion:
        entradas.append(Entrada("Fecha de cancelación", cancelacion, "fecha"))
    operacion = Frase("{regla}.", regla=regla.titulo)
    explicacion = Explicacion(f"obligacion.{registro.programa}", tuple(entradas), (regla,), operacion)
    return Obligacion(presenta(registro, ejercicio), motivo == "vigente", motivo, explicacion)


def programas_que_presentan(registros: tuple[Registro, ...], ejercicio: int) -> frozenset[Programa]:
    """The programmes that decide the deadlines and the form: those that must file for the ejercicio."""
    return frozenset(r.programa for r in registros if presenta(r, ejercicio))
