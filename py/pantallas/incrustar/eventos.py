"""The page inside another one hears every event, to tell its host; «Incrustar» itself lists the cases of practice."""

from pantallas.comunes.casos import ask
from pantallas.incrustar.mensajes import results
from tramite import efectos
from tramite.eventos import Event, Pantalla, Result
from tramite.state import State


def tell(before: State, after: State, event: Event) -> Result:
    """The message to the host, when what it may know has changed."""
    after, asked = ask(before, after, event)
    if not after.incrustada:
        return after, asked
    known = results(after)
    told = before.incrustada and known == results(before)
    return after, (asked if told else (*asked, efectos.tell_host("estado", known)))


PANTALLA = Pantalla(despues=tell)
