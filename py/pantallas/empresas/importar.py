"""«Importar empresas»: in from a list, with a preview; nothing is written over unseen.

A file is read whole, then its companies in steps, between which the page shows how far it is and can be told to stop.
"""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from types import MappingProxyType
from typing import Any

from idiomas import _
from pantallas.empresas import dichos, previa
from raoce.base import DatoInvalido
from raoce.plazos.plazos import default_ejercicio
from tramite import efectos, sellar
from tramite.empresas import lista, salida
from tramite.empresas.lista import MARCA, Clase, Importadas, Propuesta
from tramite.eventos import Event, Handler, OnDemand, Result
from tramite.formulario.campos import CAMPOS
from tramite.formulario.evaluacion import Aviso
from tramite.rechazar import refuse
from tramite.state import Parte, State

_NOTHING: Mapping[str, bool] = MappingProxyType({})


@dataclass(frozen=True)
class Importacion(Parte):
    """The list being looked at. ``pagina``: its sheet, where that has another name than the file; ``marcas``: the boxes
    that were touched; ``hecho``: what was applied last."""

    archivo: str = ""
    pagina: str = ""
    propuesta: Propuesta | None = None
    marcas: Mapping[str, bool] = field(default_factory=lambda: _NOTHING)
    hecho: Importadas | None = None


def _with(state: State, **changes: Any) -> State:
    return state.having(replace(state.of(Importacion), **changes))


def _say(state: State, codigo: str, **datos: object) -> Result:
    return replace(state, avisos=(Aviso(codigo, datos),)), (efectos.focus("avisos"),)


def open_file(state: State, event: Event) -> Result:
    """A file was chosen; ``contenido`` is its base64."""
    from documentos.hojas.directorio import EMPRESAS, recognise
    from documentos.hojas.hojas import read

    try:
        tabla = read(event["nombre"], b64decode(event["contenido"]), EMPRESAS)
        directorio = recognise(tabla)
        sheet = tabla.nombre if tabla.nombre != event["nombre"] else ""
        # The ejercicio chosen for another list says nothing of this one.
        state = replace(state, avisos=(), vista={k: v for k, v in state.vista.items() if k != "lista_ejercicio"})
        propuesta = lista.propose(directorio, state.archivero, default_ejercicio(state.hoy), state.hoy)
    except DatoInvalido as error:
        return refuse(state, error)
    return _advance(_with(state, archivo=event["nombre"], pagina=sheet, propuesta=propuesta, marcas=_NOTHING))


def _advance(state: State) -> Result:
    propuesta = state.of(Importacion).propuesta.step()
    state = _with(state, propuesta=propuesta)
    return state, (efectos.focus("previa") if propuesta.terminada else efectos.go_on("empresas.lista-seguir"),)


def go_on(state: State, event: Event) -> Result:
    """The next step, unless it was cancelled meanwhile."""
    propuesta = state.of(Importacion).propuesta
    return _advance(state) if propuesta and not propuesta.terminada else (state, ())


def _again(state: State) -> State:
    """The same list beside the drafts as they are now, with the ejercicio chosen; what was ticked stays."""
    before = state.of(Importacion).propuesta
    try:
        ejercicio = CAMPOS["ejercicio"].parse(state.vista.get("lista_ejercicio", ""))
    except DatoInvalido:
        ejercicio = before.ejercicio
    return _with(state, propuesta=lista.propose(before.directorio, state.archivero, ejercicio, state.hoy))


def cancel(state: State, event: Event) -> Result:
    """«Cancelar»: everything is as it was."""
    return _with(state, propuesta=None, marcas=_NOTHING), (efectos.focus("importar-titulo"),)


def tick_class(state: State, event: Event) -> Result:
    """«Marcar todas», «No marcar ninguna»: those of one kind, on whichever part of their list."""
    mine = state.of(Importacion)
    if mine.propuesta is None:
        return state, ()
    of_them = mine.propuesta.por_clase[Clase(event["clase"])]
    ticked = {e.marca: event["cuales"] == "todas" for e in of_them if e.aplicable}
    return _with(state, marcas=MappingProxyType({**mine.marcas, **ticked})), ()


def note(after: State, event: Event) -> Result:
    """After each event: a box was touched, or another ejercicio chosen."""
    valores = event.get("valores", {})
    mine = after.of(Importacion)
    if mine.propuesta is None or not valores:
        return after, ()
    ticked = {clave: bool(texto) for clave, texto in valores.items() if clave.startswith(MARCA)}
    if ticked:
        after = _with(after, marcas=MappingProxyType({**mine.marcas, **ticked}))
    if valores.get("lista_ejercicio", "") in ("", str(mine.propuesta.ejercicio)):
        return after, ()
    again = _again(after)
    return again, (efectos.go_on("empresas.lista-seguir"),)


def apply(state: State, event: Event) -> Result:
    """«Aplicar lo marcado», into the drafts that were shown; if they are others by now, they are shown first."""
    mine = state.of(Importacion)
    if mine.propuesta is None:
        return state, ()
    if not mine.propuesta.terminada:
        # Pressed on what was shown before another ejercicio was chosen.
        return replace(state, avisos=(Aviso("lista-otra-vez", {}),)), ()
    if mine.propuesta.archivero is not state.archivero:
        state, effects = _advance(_again(state))
        return replace(state, avisos=(Aviso("lista-otra-vez", {}),)), effects
    done = lista.apply(state.archivero, mine.propuesta.entradas, mine.marcas, state.ahora)
    nuevas, cambiadas = len(done.nuevas.creados), len(done.cambiadas.cambios)
    if not nuevas and not cambiadas:
        return refuse(state, DatoInvalido("lista-nada"))
    state = _with(_put(state, done), propuesta=None, marcas=_NOTHING, hecho=done)
    return _say(state, "lista-aplicada", nuevas=nuevas, cambiadas=cambiadas)


def _put(state: State, done: Importadas) -> State:
    """The drafts as they are after it; of the one on the screen, the errors of what the list says show at once."""
    _, changed = done.cambiadas.cambios.get(done.archivero.actual, ({}, {}))
    return replace(state.with_drafts(done.archivero), tocados=state.tocados | changed.keys())


def undo(state: State, event: Event) -> Result:
    """«Deshacer la importación»: what was written since stays, and is told."""
    done = state.of(Importacion).hecho
    if done is None:
        return state, ()
    after, kept = done.undo(state.archivero)
    state = _with(state.with_drafts(after), hecho=None)
    if kept:
        return _say(state, "lista-deshecha-en-parte", quedan=kept)
    return _say(state, "lista-deshecha")


def download_template(state: State, event: Event) -> Result:
    """«Descargar plantilla»."""
    from documentos.hojas.listados import write

    listado = salida.template(dichos.said())
    archivo = sellar.seal(state, "RAOCE_plantilla_empresas.xlsx", partial(write, listado, listado.hoja))
    return state, (efectos.download_bytes(*archivo, efectos.XLSX),)


def fail(state: State, event: Event) -> Result:
    """What reads and writes spreadsheets could not be fetched."""
    return refuse(state, DatoInvalido("hoja-fallo"))


EVENTOS: Mapping[str, Handler] = {
    "importar-lista": open_file,
    "lista-seguir": go_on,
    "lista-cancelar": cancel,
    "lista-marcar": tick_class,
    "lista-aplicar": apply,
    "lista-deshacer": undo,
    "lista-plantilla": download_template,
    "hoja-fallo": fail,
}
_FALLO = {"name": "empresas.hoja-fallo"}
_LEER = OnDemand(("python-calamine", "xlsxwriter"), ("documentos.hojas.hojas", "documentos.hojas.directorio"), _FALLO)
ESCRIBIR = OnDemand(("xlsxwriter",), ("documentos.hojas.listados", "documentos.hojas.directorio"), _FALLO)
PIDE: Mapping[str, OnDemand] = {
    "importar-lista": _LEER,
    "lista-plantilla": ESCRIBIR,
}


def _from(mine: Importacion) -> str:
    """Where the list comes from: a file, and the sheet of it where that has a name."""
    if not mine.pagina:
        return mine.archivo
    return _("{archivo} (hoja «{hoja}»)").format(archivo=mine.archivo, hoja=mine.pagina)


def context(state: State) -> dict[str, Any]:
    mine = state.of(Importacion)
    return {
        "previa": previa.context(state, _from(mine), mine.propuesta, mine.marcas) if mine.propuesta else None,
        "lista_deshacer": mine.hecho is not None,
    }
