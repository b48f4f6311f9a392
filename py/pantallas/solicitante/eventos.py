"""What happens in «Solicitante»: a postal code fills in what its catalogue says, or asks for it."""

from pantallas.solicitante import domicilio
from tramite.eventos import Event, Pantalla, Result
from tramite.state import State


def complete(before: State, state: State, event: Event) -> Result:
    """A postal code that was there already asks too: to know which of the address is the catalogue's."""
    codigo = state.borrador.get("codigo_postal")
    if state.archivero.actual == before.archivero.actual and codigo != before.borrador.get("codigo_postal"):
        state = domicilio.fill(state, codigo)
    elif before.pantalla == state.pantalla:
        return state, ()
    return domicilio.ask(state)


PANTALLA = Pantalla(eventos={"codigos-postales": domicilio.receive}, despues=complete)
