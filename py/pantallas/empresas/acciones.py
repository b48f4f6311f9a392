"""For all rows or those ticked: new ejercicio, calendar, sheets, list, marked as presented, removed; undone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from idiomas import _
from pantallas.comunes import componentes
from pantallas.comunes.bajo_demanda import HOJA_EN_PDF, RECORDATORIOS
from pantallas.empresas import dichos, importar, marcar, seleccion, trabajos
from pantallas.empresas.estado import Acciones, Empresas, Hecho, Terminado, remember
from pantallas.empresas.trabajos import with_part
from raoce.base import DatoInvalido
from raoce.base.formato import miles
from raoce.empresa import EJERCICIOS
from raoce.empresa.ejercicio import parse_ejercicio
from raoce.plazos.plazos import default_ejercicio
from tramite import efectos
from tramite.empresas import lote
from tramite.empresas.lote import Creados
from tramite.empresas.renglon import Renglon
from tramite.eventos import Event, Handler, OnDemand, Result
from tramite.formulario.evaluacion import Aviso
from tramite.state import State

# So many are named; of the rest, how many they are.
_NOMBRADAS = 10


def _say(clave: str, n: int, **datos: object) -> str:
    """A sentence about ``n`` of something: ``uno`` or ``varios``, nothing for none."""
    forms = dichos.said()["lote"][clave]
    return forms["uno" if n == 1 else "varios"].format(n=miles(n), **datos) if n else ""


def _named(names: Sequence[str]) -> str:
    more = len(names) - _NOMBRADAS
    named = ", ".join(names[:_NOMBRADAS])
    return _("{nombres} y {cuantas} más").format(nombres=named, cuantas=miles(more)) if more > 0 else named


def _done(state: State, hecho: Hecho) -> Result:
    """Another thing done, that can be undone."""
    state = replace(state, avisos=()).with_drafts(hecho.resultado.archivero)
    return with_part(remember(state, hecho), terminado=None), (efectos.focus("lote-hecho"),)


def _ejercicio(state: State) -> int:
    """The one chosen; the report that comes next until one is."""
    try:
        return parse_ejercicio(state.vista.get("lote_ejercicio", ""))
    except DatoInvalido:
        return default_ejercicio(state.hoy)


def open_ejercicio(state: State, event: Event) -> Result:
    """«Nuevo ejercicio»."""
    claves = [row.clave for row in seleccion.chosen(state)]
    ejercicio = _ejercicio(state)
    found = lote.open_ejercicio(state.archivero, claves, ejercicio, state.ahora, state.hoy)
    hecho = Hecho("ejercicio", found, {"ejercicio": ejercicio})
    if not found.creados:
        # Told, and nothing to undo: «Deshacer» stays with what was done before.
        return with_part(replace(state, avisos=()), terminado=hecho), (efectos.focus("lote-terminado"),)
    return _done(state, hecho)


def ask_remove(state: State, event: Event) -> Result:
    """«Quitar»: these, if the answer is yes."""
    claves = tuple(row.clave for row in seleccion.chosen(state))
    return with_part(state, por_quitar=claves), (efectos.focus("lote-pregunta"),)


def follow(state: State) -> State:
    """The question of «Quitar» goes when it would no longer be about the same ones."""
    asked = state.of(Acciones).por_quitar
    if asked and asked != tuple(row.clave for row in seleccion.chosen(state)):
        return with_part(state, por_quitar=())
    return state


def keep(state: State, event: Event) -> Result:
    return with_part(state, por_quitar=()), (efectos.focus("lote-titulo"),)


def remove(state: State, event: Event) -> Result:
    claves = state.of(Acciones).por_quitar
    found = lote.remove(state.archivero, claves)
    state = with_part(state, por_quitar=())
    return _done(state, Hecho("quitadas", found)) if found.quitados else (state, ())


def undo(state: State, event: Event) -> Result:
    """«Deshacer»: the last thing done; then the one before."""
    hechos = state.of(Acciones).hechos
    if not hechos:
        return state, ()
    archivero, others = hechos[-1].resultado.undo(state.archivero)
    state = with_part(replace(state, avisos=()).with_drafts(archivero), hechos=hechos[:-1])
    aviso = Aviso("lote-deshecho-menos", {"cuantos": others}) if others else Aviso("lote-deshecho", {})
    return replace(state, avisos=(aviso, *state.avisos)), (efectos.focus("avisos"),)


def show_list(state: State, event: Event) -> Result:
    """«Lista para imprimir»: these rows alone on the page."""
    claves = tuple(row.clave for row in seleccion.chosen(state))
    return with_part(state, lista=claves), (efectos.focus("lista-titulo"),)


def close_list(state: State, event: Event) -> Result:
    return with_part(state, lista=None), (efectos.focus("lote-titulo"),)


def listed(state: State) -> tuple[Renglon, ...] | None:
    """The rows of the list to print, while it is shown."""
    lista = state.of(Acciones).lista
    if lista is None:
        return None
    wanted = frozenset(lista)
    return tuple(row for row in seleccion.rows(state) if row.clave in wanted)


EVENTOS: Mapping[str, Handler] = {
    "nuevo-ejercicio": open_ejercicio,
    "lote-calendario": trabajos.begin_calendar,
    "lote-hojas": trabajos.begin_sheets,
    "exportar-excel": trabajos.begin_workbook,
    "lote-seguir": trabajos.go_on,
    "lote-cancelar": trabajos.cancel,
    "lote-lista": show_list,
    "lote-cerrar-lista": close_list,
    "lote-revisar": marcar.review_ticked,
    "lote-revisar-pegado": marcar.review_pasted,
    "lote-marcar": marcar.accept,
    "lote-no-marcar": marcar.drop,
    "lote-quitar": ask_remove,
    "lote-si-quitar": remove,
    "lote-no-quitar": keep,
    "lote-deshacer": undo,
}
PIDE: Mapping[str, OnDemand] = {
    "lote-hojas": HOJA_EN_PDF,
    "lote-calendario": RECORDATORIOS,
    "exportar-excel": importar.ESCRIBIR,
}


def context(state: State) -> dict[str, Any]:
    mine = state.of(Acciones)
    chosen = seleccion.chosen(state)
    return {
        "lote": {
            "hay": bool(state.archivero.cuantos),
            "cuantas": len(chosen),
            "cuales": _scope(state, chosen),
            "ejercicio": _years(state),
            "hecho": _told(mine.hechos[-1]) if mine.hechos else None,
            "trabajo": mine.trabajo,
            "terminado": _finished(mine.terminado) if mine.terminado else None,
            "por_quitar": _question(state, mine.por_quitar),
            **marcar.context(state),
        }
    }


def _question(state: State, claves: Sequence[str]) -> str:
    """Whether these are to go; one of them alone by its RFC and ejercicio."""
    if len(claves) != 1:
        return _say("por_quitar", len(claves))
    row = next(row for row in seleccion.rows(state) if row.clave == claves[0])
    return _say("por_quitar", 1, cual=f"{row.rfc or _('Sin RFC')} {row.ejercicio}")


def _scope(state: State, chosen: Sequence[Renglon]) -> str:
    """For which rows it is done: «las 12 marcadas», «las 37 que se ven»."""
    if not state.of(Empresas).marcadas:
        return _say("vistas", len(chosen))
    seen = {row.clave for row in seleccion.seen(state)}
    hidden = sum(row.clave not in seen for row in chosen)
    return _say("marcadas", len(chosen)) + _say("ocultas", hidden)


def _years(state: State) -> dict[str, Any]:
    chosen = str(_ejercicio(state)) if state.hoy else ""
    options = [{"valor": str(n), "texto": str(n)} for n in reversed(EJERCICIOS)]
    return componentes.vista(state, "lote_ejercicio") | {"valor": chosen, "opciones": options, "regla": None}


def _told(hecho: Hecho) -> list[str]:
    """What was done, sentence by sentence."""
    found = hecho.resultado
    if isinstance(found, Creados):
        year = hecho.datos["ejercicio"]
        lines = [
            _say("creados", len(found.creados), ejercicio=year) or dichos.said()["lote"]["ninguno"],
            _say("ya", len(found.ya), ejercicio=year, cuales=_named(found.ya)),
            _say("sin_rfc", len(found.sin_rfc)),
        ]
    elif hecho.que == "presentadas":
        lines = [_say("presentadas", len(found.cambios)), _say("sin_marcar", hecho.datos["malas"])]
    else:
        lines = [_say("quitadas", len(found.quitados))]
    return [line for line in lines if line]


def _finished(done: Terminado | Hecho) -> list[str]:
    """What a file holds, and what is not in it; or why nothing was done."""
    if isinstance(done, Hecho):
        return _told(done)
    if done.que == trabajos.HOJAS:
        lines = [_say("hojas", done.cuantos), _say("incompletas", done.incompletos)]
    elif done.que == trabajos.EXCEL:
        lines = [_say("excel", done.cuantos)]
    else:
        dates = _say("fechas", done.cuantos, empresas=_say("empresas", done.empresas))
        lines = [dates or dichos.said()["lote"]["sin_fechas"], _say("sin_fechas_de", done.fuera)]
    return [line for line in lines if line]
