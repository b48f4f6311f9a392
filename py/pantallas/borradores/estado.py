"""What «Mis borradores» alone knows."""

from dataclasses import dataclass

from tramite.borradores.borrador import Guardado
from tramite.state import Parte


@dataclass(frozen=True, slots=True)
class Borradores(Parte):
    """``quitado``: the draft removed last, as long as it can be had back."""

    quitado: Guardado | None = None
