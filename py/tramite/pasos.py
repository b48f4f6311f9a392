"""Which screens are steps of the form at hand, which comes after which, and the address of the present one."""

from tramite import efectos
from tramite.efectos import Efecto
from tramite.pantallas import PANTALLAS
from tramite.state import State


def show(state: State, replace: bool = False) -> Efecto:
    """Put what is on the screen into the address bar."""
    return efectos.show(state.modo.address(state.pantalla, state.consulta), replace)


def steps(state: State) -> tuple[str, ...]:
    """The steps in their order. VUCEM asks for the goods produced with PROSEC alone."""
    return tuple(p for p in PANTALLAS if p != "bienes" or state.evaluacion.pide_bienes)


def following(state: State) -> str | None:
    """The step after the present screen; ``None`` after the last and from the screens beside the form."""
    at = PANTALLAS.index(state.pantalla) if state.pantalla in PANTALLAS else len(PANTALLAS)
    return next((p for p in steps(state) if PANTALLAS.index(p) > at), None)
