"""Long lists are shown in parts, so that a table of thousands costs no more to draw than one of fifty."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from tramite import efectos
from tramite.eventos import Event, Result
from tramite.state import State

PARTE = 50

T = TypeVar("T")


@dataclass(frozen=True)
class Parte(Generic[T]):
    """The part of a list that is shown: the ``numero``-th of ``partes``, from 0."""

    elementos: Sequence[T]
    numero: int
    partes: int
    total: int
    lista: str
    medida: int

    @property
    def primero(self) -> int:
        """The place in the list, from 1, of the first one shown."""
        return self.numero * self.medida + 1


def part(state: State, lista: str, elementos: Sequence[T], medida: int = PARTE) -> Parte[T]:
    """The part of a list that the reader has come to, of ``medida`` elements."""
    partes = max(1, -(-len(elementos) // medida))
    numero = min(int(state.vista.get(f"parte_{lista}", "0")), partes - 1)
    return Parte(elementos[numero * medida : (numero + 1) * medida], numero, partes, len(elementos), lista, medida)


def turn(state: State, event: Event) -> Result:
    """Another part of a list: ``lista``, ``numero`` from 0."""
    vista = {**state.vista, f"parte_{event['lista']}": str(max(0, int(event["numero"])))}
    return replace(state, vista=vista), (efectos.focus(f"parte-{event['lista']}"),)
