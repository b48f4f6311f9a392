"""Files about many companies: their dates as one calendar, their capture sheets as one zip, the desk as a workbook.

They are written a moment at a time, so that the page answers meanwhile, shows how far it is and can be told to stop.
"""

from __future__ import annotations

from dataclasses import replace
from time import monotonic

from pantallas.empresas import dichos, seleccion
from pantallas.empresas.estado import Acciones, Terminado, Trabajo
from raoce.base import DatoInvalido
from tramite import efectos, sellar
from tramite.borradores.borrador import Guardado
from tramite.efectos import Efecto
from tramite.empresas import salida
from tramite.empresas.lote import ejercicio_of, rfc_of
from tramite.empresas.renglon import Renglon
from tramite.eventos import Event, Result
from tramite.formulario.evaluacion import Aviso, Evaluacion
from tramite.rechazar import refuse
from tramite.state import State

HOJAS, CALENDARIO, EXCEL = "hojas", "calendario", "excel"
RATO = 0.2  # s of writing in one event
_ARCHIVOS = {
    HOJAS: ("RAOCE_hojas_de_captura_{hoy}.zip", "application/zip"),
    CALENDARIO: ("RAOCE_fechas_{hoy}.ics", "text/calendar"),
    EXCEL: ("RAOCE_empresas_{consulta}.xlsx", efectos.XLSX),
}


def with_part(state: State, **changes: object) -> State:
    return state.having(replace(state.of(Acciones), **changes))


def begin_sheets(state: State, event: Event) -> Result:
    """«Descargar hojas de captura»."""
    from documentos.paquete import Paquete

    return _begin(state, Trabajo(HOJAS, Paquete(state.ahora), _drafts(state)))


def begin_calendar(state: State, event: Event) -> Result:
    """«Agregar todas a mi calendario»: the events are told apart by RFC and ejercicio, so each report is in it once."""
    from documentos.recordatorios import Agenda

    drafts = _drafts(state)
    latest: dict[tuple[str, int], Guardado] = {}
    for guardado in sorted(drafts, key=lambda g: g.modificado):
        if rfc := rfc_of(guardado.campos):
            latest[rfc, ejercicio_of(guardado.campos, state.hoy)] = guardado
    wanted = {id(g) for g in latest.values()}
    queue = tuple(g for g in drafts if id(g) in wanted)
    without = sum(not rfc_of(g.campos) for g in drafts)
    return _begin(state, Trabajo(CALENDARIO, Agenda(state.ahora, state.modo.sello), queue, fuera=without))


def begin_workbook(state: State, event: Event) -> Result:
    """«Exportar a Excel», in the order of the desk."""
    from documentos.hojas.listados import Libro

    rows = seleccion.chosen(state)
    listado = salida.sheet(rows, dichos.said(), _in_words)
    libro = Libro(listado, listado.hoja, state.ahora.replace(tzinfo=None), state.modo.sello)
    return _begin(state, Trabajo(EXCEL, libro, tuple(row.guardado for row in rows)))


def _in_words(row: Renglon, programa: str) -> str:
    found = dichos.state_of(row, programa)
    return found["texto"] if found else ""


def _drafts(state: State) -> tuple[Guardado, ...]:
    return tuple(row.guardado for row in seleccion.chosen(state))


def _begin(state: State, trabajo: Trabajo) -> Result:
    if state.of(Acciones).trabajo:
        return state, ()
    state = with_part(replace(state, avisos=()), trabajo=trabajo, terminado=None)
    return state, (efectos.go_on("empresas.lote-seguir"), efectos.focus("lote-avance"))


def go_on(state: State, event: Event) -> Result:
    """A moment more of the file that is being written, unless it was cancelled meanwhile."""
    trabajo = state.of(Acciones).trabajo
    if trabajo is None:
        return state, ()
    until = monotonic() + RATO
    try:
        for guardado in trabajo.cola[trabajo.hechos :]:
            trabajo = _one(state, trabajo, guardado)
            if monotonic() > until:
                break
        state = with_part(state, trabajo=trabajo)
        if trabajo.hechos < len(trabajo.cola):
            return state, (efectos.go_on("empresas.lote-seguir"),)
        return _finish(state, trabajo)
    except MemoryError:
        return refuse(with_part(state, trabajo=None), DatoInvalido("lote-memoria"))


def _one(state: State, trabajo: Trabajo, guardado: Guardado) -> Trabajo:
    """One draft more, read as of the day of consultation."""
    if trabajo.que == EXCEL:
        trabajo.destino.step()
        return replace(trabajo, hechos=trabajo.hechos + 1)
    ev = Evaluacion(guardado.campos, state.evaluacion.consulta, state.hoy)
    if trabajo.que == CALENDARIO:
        dates = trabajo.destino.add(ev.reporte, ev.valores.get("captura"))
        return replace(trabajo, hechos=trabajo.hechos + 1, fuera=trabajo.fuera + (not dates))
    from documentos.captura import make
    from tramite.formulario.hoja import build, filename

    hoja = build(ev)
    nombre = filename(hoja) if hoja.rfc else f"{filename(hoja)}_sin_RFC_{hoja.empresa}"
    trabajo.destino.add(sellar.name(state, nombre), ".pdf", make(hoja, state.ahora, sello=state.modo.sello))
    return replace(trabajo, hechos=trabajo.hechos + 1, incompletos=trabajo.incompletos + bool(ev.bloquean))


def _finish(state: State, trabajo: Trabajo) -> Result:
    nombre, tipo = _ARCHIVOS[trabajo.que]
    companies = trabajo.destino.empresas if trabajo.que == CALENDARIO else 0
    done = Terminado(trabajo.que, len(trabajo.destino), companies, trabajo.incompletos, trabajo.fuera)
    effects: tuple[Efecto, ...] = ()
    if done.cuantos:
        named = sellar.name(state, nombre.format(hoy=state.hoy, consulta=state.evaluacion.consulta))
        effects = (efectos.download_bytes(named, trabajo.destino.finish(), tipo),)
    state = with_part(state, trabajo=None, terminado=done)
    if state.pantalla != "empresas":
        return replace(state, anuncio=Aviso("lote-descargado", {})), effects
    return state, (*effects, efectos.focus("lote-terminado"))


def cancel(state: State, event: Event) -> Result:
    """«Cancelar»: at once, and nothing is downloaded."""
    if state.of(Acciones).trabajo is None:
        return state, ()
    state = replace(with_part(state, trabajo=None), avisos=(Aviso("lote-cancelado", {}),))
    return state, (efectos.focus("avisos"),)
