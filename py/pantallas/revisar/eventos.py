"""From «Revisar» one goes on to «Firmar»: what that needs begins to come."""

from pantallas.comunes.bajo_demanda import FIRMA
from tramite.eventos import Pantalla

PANTALLA = Pantalla(pronto=FIRMA)
