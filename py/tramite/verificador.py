"""What «Verificar un archivo» has read so far, and the authorities that it trusts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from raoce.firma.autoridades import Autoridad
    from raoce.verificacion.diferencias import Diferencia
    from raoce.verificacion.verificacion import Verificacion

# Up to so many files are shown whole; of more, only a line each is kept.
COMPLETOS = 2
ENTRADA = "autoridad/"


@dataclass(frozen=True, slots=True)
class Revisado:
    """A file and what was found; of a long list without what fills memory."""

    archivo: str
    verificacion: Verificacion


@dataclass(frozen=True, slots=True)
class Verificador:
    """``total`` files were chosen, ``revisados`` so far. ``en_curso``: the next one has been asked for.

    ``incluidas`` are the authorities that come with the site (``None``: not fetched yet); ``propias`` those that the
    user loaded, SHA-256 → base64 of the DER.
    """

    total: int = 0
    revisados: tuple[Revisado, ...] = ()
    en_curso: bool = False
    incluidas: tuple[Autoridad, ...] | None = None
    propias: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def terminado(self) -> bool:
        return bool(self.total) and len(self.revisados) == self.total


def from_entries(entradas: Mapping[str, object]) -> Mapping[str, str]:
    """The authorities that the device keeps for the user."""
    own = {k.removeprefix(ENTRADA): v for k, v in entradas.items() if k.startswith(ENTRADA) and isinstance(v, str)}
    return MappingProxyType(own)


def compare_both(v: Verificador) -> tuple[Diferencia, ...] | None:
    """What differs between two files that could both be read; ``None`` when there are not two."""
    from raoce.verificacion.diferencias import compare

    contents = [r.verificacion.contenido for r in v.revisados]
    if len(contents) != COMPLETOS or None in contents:
        return None
    return compare(*contents)
