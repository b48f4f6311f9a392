"""How the page is being used: for a real report, or in another mode that a screen brings («Practicar»)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from tramite.pantallas import TODAS

if TYPE_CHECKING:
    from tramite.casos.expediente import Expediente


@dataclass(frozen=True)
class Modo:
    """The usual mode: the filer's own report, today, on every screen, with what is typed kept on the device.

    Another mode is a subclass that says otherwise. ``sello`` is what everything made in it carries; ``nombre``, what
    «?modo=» calls it; ``id``, what is being worked on in it. ``fijo``: another page asked for just that.
    """

    @property
    def nombre(self) -> str:
        return ""

    @property
    def sello(self) -> str:
        return ""

    @property
    def id(self) -> str:
        return ""

    @property
    def fijo(self) -> str:
        return ""

    @property
    def expediente(self) -> Expediente | None:
        """The files that are there to be read without choosing any."""
        return None

    def admits(self, evento: str) -> bool:
        """May an event of this name happen?"""
        return True

    def clock(self, hoy: date, ahora: datetime) -> tuple[date, datetime]:
        """Today and now, as they count in this mode."""
        return hoy, ahora

    def note(self, valores: Mapping[str, str]) -> Modo:
        """The mode once these texts were typed."""
        return self

    def screens(self, incrustada: bool) -> tuple[str, ...]:
        """The screens that can be gone to."""
        return TODAS

    def address(self, pantalla: str, consulta: str | None) -> dict[str, str | None]:
        """The parameters of the address of a screen."""
        return {"pantalla": pantalla, "fecha": consulta}

    def links(self, incrustada: bool) -> str:
        """What the address of each screen begins with, up to its name: a link opened in another tab keeps the mode."""
        return "?pantalla="


NORMAL = Modo()
