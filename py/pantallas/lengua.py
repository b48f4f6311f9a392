"""«English», «Español»: the language of the screens, which changes nothing of what was typed."""

from collections.abc import Mapping
from dataclasses import replace

from idiomas import EN, ES, IDIOMAS
from tramite import efectos
from tramite.eventos import Event, OnDemand, Result
from tramite.formulario.evaluacion import Aviso
from tramite.state import State

# The catalogue of each language that is not that of the code; without it the page goes on in Spanish, and says so.
CATALOGOS: Mapping[str, OnDemand] = {
    EN: OnDemand(("raoce-app-en",), ("idiomas.en",), {"idioma": ES, "idioma_ausente": EN}),
}


def asked(state: State, event: Event) -> State:
    """The state in the language that an event carries, or that it could not have."""
    idioma = event.get("idioma", ES)
    state = replace(state, idioma=idioma if idioma in IDIOMAS else ES)
    return replace(state, avisos=(Aviso("idioma-ausente", {}),)) if "idioma_ausente" in event else state


def change(state: State, event: Event) -> Result:
    """``idioma``: the language asked for."""
    after = asked(state, event)
    return after, (efectos.speak(after.idioma, remember="idioma_ausente" not in event),)
