"""What may happen on every screen: typing, keeping drafts, turning the parts of a list."""

from collections.abc import Mapping
from dataclasses import replace

from pantallas.comunes.bajo_demanda import RECORDATORIOS
from tramite import efectos, escribir, listas
from tramite.borradores import conservar
from tramite.eventos import Event, Handler, OnDemand, Result
from tramite.formulario.evaluacion import Aviso
from tramite.luego import later
from tramite.state import State


def print_page(state: State, event: Event) -> Result:
    return state, (efectos.print_page(),)


def fail(state: State, event: Event) -> Result:
    """What makes or reads a file could not be fetched."""
    return replace(state, avisos=(Aviso("descarga-fallo", {}),)), (efectos.focus("avisos"),)


EVENTOS: Mapping[str, Handler] = {
    "entrada": escribir.type_text,
    "cambio": escribir.leave_field,
    "pausa": escribir.pause,
    "usar-miles": escribir.use_thousands,
    "guardar-borrador": conservar.save_to_file,
    "abrir-borrador": conservar.open_file,
    "recuperar": conservar.go_back,
    "borrar-todo": conservar.ask_erase,
    "cancelar-borrar": conservar.keep,
    "confirmar-borrar": conservar.erase,
    "sin-almacenamiento": conservar.without_storage,
    "con-almacenamiento": conservar.with_storage,
    "otra-pestana": conservar.other_tab,
    "ver-parte": listas.turn,
    "imprimir": print_page,
    "recordatorios": later("pantallas.comunes.recordar", "download"),
    "descarga-fallo": fail,
}

PIDE: Mapping[str, OnDemand] = {"recordatorios": RECORDATORIOS}
