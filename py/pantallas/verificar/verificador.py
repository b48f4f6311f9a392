"""What «Verificar un archivo» has read so far, and the authorities that it trusts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tramite.state import Parte, State

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
class Verificador(Parte):
    """``total`` files were chosen, ``revisados`` so far. ``en_curso``: the next one has been asked for.

    ``incluidas`` are the authorities that come with the site (``None``: not fetched yet).
    """

    total: int = 0
    revisados: tuple[Revisado, ...] = ()
    en_curso: bool = False
    incluidas: tuple[Autoridad, ...] | None = None

    @property
    def terminado(self) -> bool:
        return bool(self.total) and len(self.revisados) == self.total


def own_authorities(state: State) -> Mapping[str, str]:
    """Those that the user loaded, as the device keeps them: SHA-256 → base64 of the DER."""
    kept = state.entradas.items()
    return {k.removeprefix(ENTRADA): v for k, v in kept if k.startswith(ENTRADA) and isinstance(v, str)}


def compare_both(v: Verificador) -> tuple[Diferencia, ...] | None:
    """What differs between two files that could both be read; ``None`` when there are not two."""
    from raoce.verificacion.diferencias import compare

    contents = [r.verificacion.contenido for r in v.revisados]
    if len(contents) != COMPLETOS or None in contents:
        return None
    return compare(*contents)
