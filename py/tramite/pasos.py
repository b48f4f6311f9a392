"""Which screens are steps of the form at hand, and which comes after which."""

from tramite.campos import PANTALLAS
from tramite.state import State


def steps(state: State) -> tuple[str, ...]:
    """The steps in their order. VUCEM asks for the goods produced with PROSEC alone."""
    return tuple(p for p in PANTALLAS if p != "bienes" or state.evaluacion.pide_bienes)


def following(state: State) -> str | None:
    """The step after the present screen; ``None`` after the last and from the screens beside the form."""
    at = PANTALLAS.index(state.pantalla) if state.pantalla in PANTALLAS else len(PANTALLAS)
    return next((p for p in steps(state) if PANTALLAS.index(p) > at), None)
