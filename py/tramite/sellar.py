"""What a file carries when it leaves the page in practice: its mark, inside and in its name.

Every file that the form writes goes through ``seal``, which hands the mark to its writer; what is signed is marked by
``raoce.firma.practica`` before it is signed.
"""

from collections.abc import Callable
from typing import TypeVar

from tramite.state import State

PREFIJO = "EJERCICIO_"

Contenido = TypeVar("Contenido")


def seal(state: State, nombre: str, write: Callable[..., Contenido]) -> tuple[str, Contenido]:
    """The name of a file and what it holds, as ``write(sello=…)`` gives it; the mark is empty outside of practice."""
    return name(state, nombre), write(sello=state.modo.sello)


def name(state: State, nombre: str) -> str:
    """The name of a file as it is downloaded."""
    return f"{PREFIJO}{nombre}" if state.modo.sello else nombre
