"""What «Mis empresas» alone knows."""

from dataclasses import dataclass

from tramite.borradores.borrador import Guardado
from tramite.state import Parte

# What the names of the boxes that tick a row begin with.
MARCA = "marca-"


@dataclass(frozen=True, slots=True)
class Empresas(Parte):
    """``quitado``: the draft removed last, as long as it can be had back. ``marcadas``: the keys of the rows ticked."""

    quitado: Guardado | None = None
    marcadas: frozenset[str] = frozenset()
