"""The correction letter as it is signed: its text and the SHA-256 of each file that goes with it.

Pydantic models → JSON, keys in camelCase as in ``solicitud.py``. The text is that of ``Carta``, word for word; the
files (the letter as PDF, its annexes) are named by their bytes, so that whoever receives them can tell whether they
are those that were signed.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field, field_validator, model_validator

from raoce import VERSION
from raoce.base import DatoInvalido
from raoce.carta.carta import Carta
from raoce.empresa import PRIMERO, ULTIMO
from raoce.solicitud.folio import DIGITOS
from raoce.solicitud.tipos import Modelo, Rfc, Version

FORMATO = "raoce-carta/1"
MAXIMO_ARCHIVOS = 50

Parrafo = Annotated[str, Field(min_length=1)]


class DiferenciaFirmada(Modelo):
    """One line of the clarification. ``calculada``: VUCEM works it out from the captured figures."""

    concepto: Parrafo
    dice: str
    debe_decir: str
    calculada: Annotated[bool, Field(strict=True)]


class TextoDeCarta(Modelo):
    """The letter, in the order in which it is read; each list is of lines or paragraphs."""

    lugar_y_fecha: Parrafo
    destinatario: list[Parrafo]
    asunto: Parrafo
    parrafos: list[Parrafo]
    diferencias: list[DiferenciaFirmada]
    cierre: list[Parrafo]
    anexos: list[Parrafo]
    firmante: list[Parrafo]


class ArchivoFirmado(Modelo):
    """A file that goes with the letter: its name, its length in bytes, its SHA-256 in hexadecimal."""

    nombre: str = Field(min_length=1, max_length=255)
    bytes: Annotated[int, Field(strict=True, ge=0)]
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")


class CartaFirmada(Modelo):
    """The correction letter of a report, format raoce-carta/1. ``folio`` and ``presentacion`` are the report's."""

    formato: Literal["raoce-carta/1"] = FORMATO
    rfc: Rfc
    ejercicio: int = Field(strict=True, ge=PRIMERO, le=ULTIMO)
    folio: Annotated[str, Field(pattern=rf"^[0-9]{{{DIGITOS}}}$")] | None
    presentacion: date | None
    carta: TextoDeCarta
    archivos: list[ArchivoFirmado] = Field(max_length=MAXIMO_ARCHIVOS)
    # Letters signed before version 0.2 do not say it.
    version: Version | None = None
    generado: datetime

    @field_validator("archivos")
    @classmethod
    def _different(cls, value: list[ArchivoFirmado]) -> list[ArchivoFirmado]:
        if len({a.nombre for a in value}) != len(value):
            raise ValueError("archivo repetido")
        return value

    @model_validator(mode="after")
    def _consistent(self) -> "CartaFirmada":
        if self.rfc not in self.carta.asunto:
            raise ValueError("el asunto no lleva el RFC")
        return self


def describe(nombre: str, datos: bytes) -> ArchivoFirmado:
    """A file as the letter names it.

    >>> describe("vacio.pdf", b"").sha256[:16]
    'e3b0c44298fc1c14'
    """
    return ArchivoFirmado(nombre=nombre, bytes=len(datos), sha256=hashlib.sha256(datos).hexdigest())


def build(
    carta: Carta,
    rfc: str,
    ejercicio: int,
    folio: str | None,
    presentacion: date | None,
    archivos: Sequence[ArchivoFirmado],
    generado: datetime,
) -> CartaFirmada:
    """The letter to be signed. ``folio`` as ``parse_folio`` gives it (an empty one is none); ``generado`` is aware.

    Raises ``DatoInvalido``: ``carta-archivo-repetido`` (nombre), ``carta-archivos-muchos`` (maximo).
    """
    if generado.tzinfo is None:
        raise ValueError("generado must be aware")
    if len(archivos) > MAXIMO_ARCHIVOS:
        raise DatoInvalido("carta-archivos-muchos", maximo=MAXIMO_ARCHIVOS)
    names = [a.nombre for a in archivos]
    if repeated := next((n for n in names if names.count(n) > 1), None):
        raise DatoInvalido("carta-archivo-repetido", nombre=repeated)
    return CartaFirmada(
        rfc=rfc,
        ejercicio=ejercicio,
        folio=folio or None,
        presentacion=presentacion,
        carta=TextoDeCarta.model_validate(asdict(carta)),
        archivos=list(archivos),
        version=VERSION,
        generado=generado,
    )


def to_json(firmada: CartaFirmada) -> bytes:
    """The bytes that are signed: UTF-8 JSON, indented so that a person can read them."""
    return firmada.model_dump_json(by_alias=True, indent=2).encode()


class Cotejo(StrEnum):
    """``CAMBIADO``: there is a file of this name with other bytes. ``FALTA``: neither the name nor the bytes."""

    IGUAL = "igual"
    CAMBIADO = "cambiado"
    FALTA = "falta"


def match_files(firmada: CartaFirmada, archivos: Mapping[str, str]) -> tuple[tuple[ArchivoFirmado, Cotejo], ...]:
    """Each file of the letter, in its order, beside those at hand: name → SHA-256 in hexadecimal.

    What was signed are the bytes: a file is the same under another name, as browsers and mail programs give.
    """
    at_hand = {sha256.lower() for sha256 in archivos.values()}

    def match(archivo: ArchivoFirmado) -> Cotejo:
        if archivo.sha256 in at_hand:
            return Cotejo.IGUAL
        return Cotejo.CAMBIADO if archivo.nombre in archivos else Cotejo.FALTA

    return tuple((archivo, match(archivo)) for archivo in firmada.archivos)
