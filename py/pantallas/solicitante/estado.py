"""What «Solicitante» alone knows."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from raoce.empresa.codigos_postales import Catalogo
from tramite.state import VACIO, Parte


@dataclass(frozen=True, slots=True)
class Solicitante(Parte):
    """``catalogos``: the postal codes of the states asked for (``None``: on their way); ``del_catalogo``: what they
    have put into the address."""

    catalogos: Mapping[str, Catalogo | None] = field(default_factory=lambda: VACIO)
    del_catalogo: Mapping[str, str] = field(default_factory=lambda: VACIO)

    def of_another_draft(self) -> "Solicitante":
        return replace(self, del_catalogo=VACIO)
