"""Goods from a spreadsheet («Importar bienes», pasted rows) and to one («Exportar a Excel»).

A file is read whole, then its rows are checked in steps, between which the page shows how far it is and can be told to
stop. What its columns leave in doubt is asked, and after each answer they are checked again. Nothing joins the table
until the filer accepts what was found.
"""

from __future__ import annotations

from base64 import b64decode
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from pantallas.bienes import preguntas
from pantallas.bienes.anotar import with_rows
from pantallas.bienes.estado import Bienes, Importacion
from raoce.base import DatoInvalido
from raoce.bienes import MAXIMO_FILAS
from raoce.bienes.preguntas import PREGUNTAS
from tramite import efectos, sellar
from tramite.eventos import Event, Result
from tramite.formulario.campos import MARCADO
from tramite.formulario.evaluacion import Aviso
from tramite.rechazar import refuse
from tramite.state import State

if TYPE_CHECKING:
    from documentos.hojas.hojas import Tabla


def _with(state: State, importacion: Importacion | None) -> State:
    return state.having(replace(state.of(Bienes), importacion=importacion))


def _begin(state: State, archivo: str, tabla: Tabla) -> Result:
    from documentos.hojas.hojas import recognise

    hoja = recognise(tabla)
    if not hoja.filas:
        raise DatoInvalido("hoja-sin-renglones")
    sheet = tabla.nombre if tabla.nombre != archivo else ""
    questions = preguntas.ask(hoja.filas)
    importacion = Importacion(archivo, hoja, questions, preguntas.answers(questions, {}), sheet)
    # The answers to another file say nothing of this one.
    vista = {k: v for k, v in state.vista.items() if k not in (*PREGUNTAS, "importacion")}
    return _advance(_with(replace(state, avisos=(), vista=vista), importacion))


def _advance(state: State) -> Result:
    importacion = state.of(Bienes).importacion.step()
    state = _with(state, importacion)
    if importacion.terminada and importacion.repaso:
        # Whoever answered goes on from where the question is.
        datos = {"buenos": importacion.buenas, "otros": importacion.leidas - importacion.buenas}
        return replace(state, anuncio=Aviso("importacion-repasada", datos)), ()
    if importacion.terminada:
        return state, (efectos.focus("importacion"),)
    return state, (efectos.go_on("bienes.importar-seguir"),)


def open_file(state: State, event: Event) -> Result:
    """A file was chosen; ``contenido`` is its base64."""
    from documentos.hojas.hojas import read as read_file

    try:
        return _begin(state, event["nombre"], read_file(event["nombre"], b64decode(event["contenido"])))
    except DatoInvalido as error:
        return refuse(state, error)


def paste(state: State, event: Event) -> Result:
    """«Revisar lo pegado»: the text in the field, which stays there until it is accepted."""
    from documentos.hojas.hojas import read_text

    texto = state.vista.get("pegado", "")
    try:
        if not texto.strip():
            raise DatoInvalido("pegado-vacio")
        return _begin(state, "", read_text(texto))
    except DatoInvalido as error:
        return refuse(state, error)


def go_on(state: State, event: Event) -> Result:
    """The next step, unless it was cancelled meanwhile."""
    importacion = state.of(Bienes).importacion
    if importacion is None or importacion.terminada:
        return state, ()
    return _advance(state)


def answer(state: State) -> Result:
    """After a question about a column was answered: the rows are checked again, if the answer is another."""
    importacion = state.of(Bienes).importacion
    if importacion is None:
        return state, ()
    answers = preguntas.answers(importacion.preguntas, state.vista)
    if answers == importacion.respuestas:
        return state, ()
    return _advance(_with(state, importacion.answered(answers)))


def cancel(state: State, event: Event) -> Result:
    """«Cancelar», «No importar nada»: the table is as it was."""
    return _with(state, None), (efectos.focus("hojas-titulo"),)


def accept(state: State, event: Event) -> Result:
    """«Aceptar todos» or, with ``cuales`` = «buenos», only the rows without problems: they join the table.

    Not before what is asked about the columns was answered.
    """
    importacion = state.of(Bienes).importacion
    if importacion is None or not importacion.terminada:
        return state, ()
    if importacion.sin_responder:
        vista = {**state.vista, "importacion": "revisada"}
        return replace(state, vista=vista), (efectos.focus(importacion.sin_responder[0]),)
    rows = importacion.good() if event["cuales"] == "buenos" else importacion.taken(importacion.hoja.filas)
    kept = () if state.vista.get("reemplazar") == MARCADO else state.evaluacion.relacion.filas
    filas = (*kept, *rows)
    if len(filas) > MAXIMO_FILAS:
        return refuse(state, DatoInvalido("bienes-muchos", maximo=MAXIMO_FILAS))
    vista = {k: v for k, v in state.vista.items() if k not in ("pegado", "reemplazar", *PREGUNTAS)}
    state = replace(_with(with_rows(state, filas), None), vista=vista)
    state = replace(state, anuncio=Aviso("bienes-importados", {"cuantos": len(rows)}))
    return state, (efectos.focus("bienes-titulo"),)


def export(state: State, event: Event) -> Result:
    """«Exportar a Excel»: the table as typed, or a template when it is empty."""
    from documentos.hojas.hojas import write

    ev = state.evaluacion
    nombre = "_".join(filter(None, ("RAOCE_bienes", str(ev.ejercicio), ev.valores.get("rfc")))) + ".xlsx"
    archivo = sellar.seal(state, nombre, partial(write, ev.relacion.filas))
    return state, (efectos.download_bytes(*archivo, efectos.XLSX),)


def fail(state: State, event: Event) -> Result:
    """What reads and writes spreadsheets could not be fetched."""
    return refuse(state, DatoInvalido("hoja-fallo"))
