"""«Descargar papel de trabajo»: the Excel in which every peso leads back to a pedimento or an invoice."""

from __future__ import annotations

from functools import partial

from pantallas.archivos import hallazgos
from pantallas.archivos.estado import Archivos
from tramite import efectos, sellar
from tramite.eventos import Event, Result
from tramite.state import State


def download(state: State, event: Event) -> Result:
    """Of what was read, under what is decided now. Without anything read, nothing happens."""
    from documentos.papel_de_trabajo import Cantidades, write

    a = state.of(Archivos)
    if not a.hay or a.leyendo:
        return state, ()
    names = {
        tabla: {motivo: said["nombre"] for motivo, said in hallazgos.said()[tabla].items()}
        for tabla in ("motivos", "motivos_facturas")
    }
    cantidades = Cantidades(
        a.rfc, a.ejercicio, a.totales, a.ventas, names["motivos"], names["motivos_facturas"], hallazgos.doubts(a)
    )
    nombre = f"RAOCE_papel_de_trabajo_{a.ejercicio}_{a.rfc}.xlsx"
    archivo = sellar.seal(state, nombre, partial(write, cantidades))
    return state, (efectos.download_bytes(*archivo, efectos.XLSX),)
