"""What happens in «Hoja de captura»."""

from functools import partial

from pantallas.comunes.bajo_demanda import HOJA_EN_PDF
from tramite import efectos, sellar
from tramite.eventos import Event, Pantalla, Result
from tramite.formulario.hoja import build, filename
from tramite.state import State


def download(state: State, event: Event) -> Result:
    """«Descargar PDF»."""
    from documentos.captura import make

    hoja = build(state.evaluacion)
    archivo = sellar.seal(state, filename(hoja) + ".pdf", partial(make, hoja, state.ahora))
    return state, (efectos.download_bytes(*archivo, "application/pdf"),)


PANTALLA = Pantalla(eventos={"descargar": download}, pide={"descargar": HOJA_EN_PDF})
