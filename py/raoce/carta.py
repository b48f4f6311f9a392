"""The correction letter («escrito libre»): what it says, paragraph by paragraph. Source: Guía RAOCE 2024."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Diferencia:
    """One line of the clarification: what the report presented says and what it must say."""

    concepto: str
    dice: str
    debe_decir: str


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
