"""«Descargar papel de trabajo»: the Excel in which every peso leads back to a pedimento or an invoice."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING

import idiomas
from pantallas.archivos import hallazgos
from pantallas.archivos.estado import Archivos, Mesa, with_part
from pantallas.archivos.leer import RATO
from tramite import efectos, sellar
from tramite.efectos import Efecto
from tramite.eventos import Event, Result
from tramite.state import State

if TYPE_CHECKING:
    from documentos.papel_de_trabajo import Papel


class Hechura:
    """A paper being written, and the moments that it takes. All of it speaks the language in which it was begun."""

    def __init__(self, nombre: str, papel: Papel):
        self.papel, self.nombre = papel, nombre  # as ``sellar.seal`` gives them
        self.momentos: Iterator[None] = papel.write()
        self.idioma = idiomas.current()

    @property
    def archivo(self) -> tuple[str, bytes]:
        return self.nombre, self.papel.contenido


def download(state: State, event: Event) -> Result:
    """Of what was read, under what is decided now. Without anything read, nothing happens."""
    from documentos.papel_de_trabajo import Cantidades, Papel

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
    mesa = a.mesa or Mesa()
    mesa.papel = Hechura(*sellar.seal(state, nombre, partial(Papel, cantidades)))
    state, done = go_on(with_part(state, mesa=mesa, papel=0), event)
    shown = state.of(Archivos).papel is not None
    return state, (*done, efectos.focus("haciendo-papel")) if shown else done


def go_on(state: State, event: Event) -> Result:
    """A moment more of the paper."""
    a = state.of(Archivos)
    if a.papel is None or a.mesa is None or a.mesa.papel is None:
        return state, ()
    h, until = a.mesa.papel, monotonic() + RATO
    with idiomas.using(h.idioma):
        for _ in h.momentos:
            if monotonic() > until:
                return with_part(state, papel=h.papel.renglones), (efectos.go_on("archivos.papel-seguir"),)
    a.mesa.papel = None
    done: tuple[Efecto, ...] = (efectos.download_bytes(*h.archivo, efectos.XLSX),)
    if a.papel:  # it was said to be on its way, and whoever waited for it is led back
        done += (efectos.focus("papel-titulo"),)
    return with_part(state, papel=None), done


def cancel(state: State, event: Event) -> Result:
    """«Cancelar» while it is written."""
    a = state.of(Archivos)
    if a.mesa is not None:
        a.mesa.papel = None
    return with_part(state, papel=None), (efectos.focus("papel-titulo"),)
