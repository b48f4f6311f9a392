"""«Hoja de los casos» needs the cases."""

from pantallas.comunes.casos import ask
from tramite.eventos import Pantalla

PANTALLA = Pantalla(despues=ask)
