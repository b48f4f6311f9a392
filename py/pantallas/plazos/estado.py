"""What «Plazos» alone knows."""

from dataclasses import dataclass

from raoce.base import DatoInvalido
from tramite.state import Parte


@dataclass(frozen=True, slots=True)
class Plazos(Parte):
    """``inhabil_error``: what is wrong with the period of «Días inhábiles de la SE» that could not be added."""

    inhabil_error: DatoInvalido | None = None

    def of_another_draft(self) -> "Plazos":
        return Plazos()
