"""The correction letter («escrito libre»): what it says, paragraph by paragraph. Source: Guía RAOCE 2024."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from raoce.reglas.tablas import read


@dataclass(frozen=True, slots=True)
class Diferencia:
    """One line of the clarification: what the report presented says and what it must say.

    ``calculada``: a figure that VUCEM works out from the captured ones.
    """

    concepto: str
    dice: str
    debe_decir: str
    calculada: bool = False


@dataclass(frozen=True, slots=True)
class Carta:
    """A letter that is complete, ready to be written as PDF, Word or e-mail.

    ``parrafos`` come before the table of ``diferencias``, ``cierre`` after it; ``firmante`` are the lines under the
    signature line (name, post, company).
    """

    lugar_y_fecha: str
    destinatario: tuple[str, ...]
    asunto: str
    parrafos: tuple[str, ...]
    diferencias: tuple[Diferencia, ...]
    cierre: tuple[str, ...]
    anexos: tuple[str, ...]
    firmante: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Mensaje:
    """The e-mail that carries the letter: ``destinatarios`` are addresses, ``cuerpo`` plain text."""

    destinatarios: tuple[str, ...]
    asunto: str
    cuerpo: str


@cache
def texts() -> dict[str, Any]:
    """The tables of ``carta.toml``: the paragraphs and the labels of the letter."""
    return read(Path(__file__).with_suffix(".toml"))
