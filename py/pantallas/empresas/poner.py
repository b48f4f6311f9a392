"""Many drafts changed at once, the one on the screen among them."""

from dataclasses import replace

from tramite.borradores.archivero import Archivero
from tramite.state import State


def put(state: State, archivero: Archivero) -> State:
    """The state with these drafts: another one on the screen begins anew, the same one goes on with what it says.

    A signature made of what it said is dropped; where that must be told, ``avisos`` say so.
    """
    if archivero.actual != state.archivero.actual:
        return state.with_archivero(archivero)
    return replace(state.with_borrador(archivero.abierto.campos), archivero=archivero)
