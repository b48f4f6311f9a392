"""A result that explains itself: value, what is missing, inputs, rules, arithmetic.

Explanation and incompleteness are return values: whoever asks for a figure gets the reasons with it.
"""

from dataclasses import dataclass
from typing import Generic, TypeVar

from raoce.reglas import Regla

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Entrada:
    """One input of a figure. ``unidad``: miles de pesos, pesos por dólar, dólares, fecha…"""

    nombre: str
    valor: object
    unidad: str


@dataclass(frozen=True, slots=True)
class Explicacion:
    """Why a figure is what it is. ``operacion`` is the arithmetic, written out for a reader."""

    figura: str
    entradas: tuple[Entrada, ...]
    reglas: tuple[Regla, ...]
    operacion: str

    @property
    def por_confirmar(self) -> bool:
        """Does it rest on a rule that no primary text confirms?"""
        return any(not regla.firme for regla in self.reglas)


@dataclass(frozen=True, slots=True)
class Resultado(Generic[T]):
    """A figure with its explanation. ``valor`` is ``None`` while inputs (``faltan``) are missing."""

    valor: T | None
    explicacion: Explicacion
    faltan: tuple[str, ...] = ()

    @property
    def completo(self) -> bool:
        return not self.faltan
