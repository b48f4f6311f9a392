"""What happens in «Firmar»; the signature itself is made by ``tramite.firmar``, for the letter too."""

from pantallas.comunes.bajo_demanda import FIRMA
from tramite import efectos, firmar
from tramite.eventos import Event, Pantalla, Result
from tramite.state import State


def prepare(before: State, after: State, event: Event) -> Result:
    """What opens a key begins to come when the reader gets here; there is none in practice."""
    arrived = before.pantalla != "firmar" and not after.modo.nombre
    return after, ((efectos.prepare_signing(),) if arrived else ())


PANTALLA = Pantalla(
    eventos={
        "certificado": firmar.choose_certificate,
        "sin-certificado": firmar.remove_certificate,
        "solicitud": firmar.request,
        "llave-de-practica": firmar.take_key,
        "firmado": firmar.finish,
        "fallo": firmar.fail,
        "descargar": firmar.download,
    },
    pide={"certificado": FIRMA, "solicitud": FIRMA},
    pronto=FIRMA,
    despues=prepare,
)
