"""Many drafts changed at once, the one on the screen among them; and what was done, to be undone."""

from dataclasses import replace

from pantallas.empresas.estado import Acciones, Hecho
from tramite.borradores.archivero import Archivero
from tramite.state import State

# Each holds the drafts that it changed.
MAXIMO_DE_HECHOS = 10


def put(state: State, archivero: Archivero) -> State:
    """The state with these drafts: another one on the screen begins anew, the same one goes on with what it says.

    A signature made of what it said is dropped; where that must be told, ``avisos`` say so.
    """
    if archivero.actual != state.archivero.actual:
        return state.with_archivero(archivero)
    return replace(state.with_borrador(archivero.abierto.campos), archivero=archivero)


def remember(state: State, hecho: Hecho) -> State:
    """The state in which this is what is undone first."""
    mine = state.of(Acciones)
    return state.having(replace(mine, hechos=(*mine.hechos, hecho)[-MAXIMO_DE_HECHOS:]))
