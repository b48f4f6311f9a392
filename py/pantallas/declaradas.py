"""What each screen declares about its events, found by its name and imported when it is first asked for."""

from functools import cache
from importlib import import_module
from importlib.util import find_spec

from tramite.eventos import Pantalla
from tramite.pantallas import TODAS

_NADA = Pantalla()


@cache
def declared(pantalla: str) -> Pantalla:
    """What ``pantallas/NAME/eventos.py`` declares; nothing for a screen that only shows.

    Raises ``KeyError`` when there is no such screen.
    """
    if pantalla not in TODAS:
        raise KeyError(pantalla)
    name = f"pantallas.{pantalla}.eventos"
    if find_spec(name):
        return import_module(name).PANTALLA
    if find_spec(f"pantallas.{pantalla}.vista"):
        return _NADA
    raise ModuleNotFoundError(name)  # it has not come yet (py/worker.py)
