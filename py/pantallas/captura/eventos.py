"""What happens in «Hoja de captura»."""

from dataclasses import replace
from functools import partial

from pantallas.captura.hoja import build
from pantallas.comunes.bajo_demanda import PAPEL
from tramite import efectos, sellar
from tramite.eventos import Event, Pantalla, Result
from tramite.state import State


def download(state: State, event: Event) -> Result:
    """«Descargar PDF»."""
    from documentos.captura import make

    hoja = build(state.evaluacion)
    nombre = "_".join(filter(None, ("RAOCE_captura", str(hoja.ejercicio), hoja.rfc))) + ".pdf"
    archivo = sellar.seal(state, nombre, partial(make, hoja, state.ahora))
    return state, (efectos.download_bytes(*archivo, "application/pdf"),)


HOJA_EN_PDF = replace(PAPEL, modules=("documentos.captura",))

PANTALLA = Pantalla(eventos={"descargar": download}, pide={"descargar": HOJA_EN_PDF})
