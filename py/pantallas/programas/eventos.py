"""What happens in «Programas»."""

from pantallas.comunes.eleccion import reach
from tramite.eventos import Pantalla

PANTALLA = Pantalla(llegar=reach)
