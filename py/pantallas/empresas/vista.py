"""«Mis empresas»: every company and ejercicio on the device, by danger; how many are where, and what comes next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from markupsafe import Markup

from idiomas import current
from pantallas.comunes import componentes, textos
from pantallas.comunes.entorno import environment
from pantallas.empresas import acciones, dichos, importar, panorama, respaldo, seleccion
from pantallas.empresas.estado import MARCA, Empresas
from raoce.empresa import Programa
from tramite.empresas.filtros import PROGRAMA, named
from tramite.empresas.renglon import Renglon
from tramite.listas import part
from tramite.state import State

# Until the text is wider than a list of them all.
_BUSCAR_DESDE = 5
_RENGLONES_VISTOS = 25
# A row says much, and all of them may be others at the next key: while one types, those that a screen has room for.
_AL_BUSCAR = 10


def _moment(texto: str) -> str:
    """When a draft was last changed, in central Mexico; nothing for a text of a file that does not say."""
    try:
        return dichos.moment(datetime.fromisoformat(texto))
    except (ValueError, OverflowError):
        return ""


def _missing(state: State, row: Renglon) -> list[dict[str, Any]]:
    """The steps of the form that lack something, and how much."""
    screens = Counter(state.evaluacion.pantalla_of(clave) for clave in row.faltan)
    nombres = textos.catalogo()["pantallas"]
    return [{"paso": p, "nombre": nombres[p]["nombre"], "cuantos": n} for p, n in screens.items()]


def _data(state: State, row: Renglon, programas: tuple[str, ...]) -> dict[str, Any]:
    return {
        "clave": row.clave,
        "rfc": row.rfc,
        "empresa": row.nombre,
        "ejercicio": row.ejercicio,
        "peligro": row.peligro.value,
        "peligro_texto": dichos.said()["peligros"][row.peligro],
        "celdas": [dichos.state_of(row, p) for p in programas],
        "proxima": row.proxima,
        "dias": row.dias,
        "conviene": row.situacion.conviene,
        "por_confirmar": row.situacion.por_confirmar,
        "faltan": _missing(state, row),
        "presentacion": row.presentacion,
        "prevista": row.presentacion is not None and row.presentada is None,
        "folio": row.folio,
        "firmada": row.firmada,
        "modificado": _moment(row.modificado),
        "marca": MARCA + row.clave,
    }


def _printed(state: State, programas: tuple[str, ...]) -> dict[str, Any] | None:
    """The list to print, while it is shown; without its rows until it is known what is missing in each."""
    listed = acciones.listed(state)
    if listed is None:
        return None
    known = seleccion.is_counted(state)
    return {
        "consulta": state.evaluacion.consulta,
        "cuantas": len(listed),
        "renglones": [_data(state, row, programas) for row in listed] if known else None,
        "contadas": seleccion.progress(state),
    }


class _Partes:
    """The parts of the screen around its rows, as they were drawn last. At a key of the search most of them stay: one
    that is given the same again, in the same language, is not drawn again."""

    def __init__(self) -> None:
        self._kept: dict[str, tuple[str, dict[str, Any], Markup]] = {}

    def draw(self, nombre: str, datos: dict[str, Any]) -> Markup:
        lengua, before, html = self._kept.get(nombre, ("", {}, Markup()))
        if lengua != current() or before != datos:
            html = Markup(environment().get_template(f"empresas/{nombre}.html").render(datos))
            self._kept[nombre] = (current(), datos, html)
        return html


_PARTES = _Partes()


class _Panorama:
    """The counts and the calendar as they were drawn last: a longer text that leaves the same rows changes nothing."""

    def __init__(self) -> None:
        self._of: Sequence[Renglon] | None = None
        self._known: tuple[Any, ...] = ()
        self._html = Markup()

    def draw(self, state: State) -> Markup:
        todas, filtros = seleccion.rows(state), seleccion.filtros(state)
        left = named(todas, filtros.texto)
        counted = None if seleccion.is_counted(state) else seleccion.progress(state)
        known = (current(), len(todas), filtros.valores, counted, state.evaluacion.consulta)
        if self._of is not left or self._known != known:
            self._of, self._known, self._html = left, known, _picture(state)
        return self._html


_PANORAMA = _Panorama()


def _picture(state: State) -> Markup:
    """Each part drawn by itself: with another search most dates stay where they are."""
    shown = panorama.context(state)
    meses = _PARTES.draw("meses", {"meses": shown.pop("meses")})
    agenda = _PARTES.draw("agenda", {"dias": shown.pop("dias"), "meses": meses})
    return _PARTES.draw("panorama", shown | {"agenda": agenda})


class _Dibujadas:
    """The rows as they were drawn: while one types in the search, they come and go as they are."""

    def __init__(self) -> None:
        self._kept: dict[str, tuple[Renglon, tuple[Any, ...], Markup]] = {}

    def draw(self, state: State, rows: Sequence[Renglon], programas: tuple[str, ...], varias: bool) -> list[Markup]:
        template = environment().get_template("empresas/renglon.html")
        found = {}
        for row in rows:
            looks = {
                "actual": row.clave == state.archivero.actual,
                "marcada": row.clave in state.of(Empresas).marcadas,
                "varias": varias,
            }
            known = (current(), programas, *looks.values())
            before = self._kept.get(row.clave)
            if before is None or before[0] is not row or before[1] != known:
                html = Markup(template.render(_data(state, row, programas) | looks))
                before = (row, known, html)
            found[row.clave] = before
        # Those of other parts of the list stay too, as long as they are not too many: 2 KB each.
        self._kept = found if len(self._kept) > _DIBUJADAS else self._kept | found
        return [html for _, _, html in found.values()]


_DIBUJADAS = 3000
_RENGLONES = _Dibujadas()


def context(state: State) -> dict[str, Any]:
    todas, filtros = seleccion.rows(state), seleccion.filtros(state)
    mine = state.of(Empresas)
    vistas = seleccion.seen(state)
    programas = tuple(p.value for p in Programa if p.value in seleccion.totals(state)[PROGRAMA])
    parte = part(state, "empresas", vistas, _RENGLONES_VISTOS)
    drawn = _AL_BUSCAR if mine.buscando else _RENGLONES_VISTOS
    varias = len(todas) > 1
    # Those counted just now are drawn with them, since all of them may be others at the next key of the search.
    _RENGLONES.draw(state, seleccion.just_counted(state), programas, varias)
    return {
        "ejercicio": None,
        "empresas": parte,
        "renglones": _RENGLONES.draw(state, parte.elementos[:drawn], programas, varias),
        "programas": programas,
        "lista": _printed(state, programas),
        "cuantos": len(todas),
        "filtro": componentes.vista(state, "filtro_empresas"),
        "se_busca": len(todas) > _BUSCAR_DESDE or bool(filtros.texto),
        "se_filtra": bool(filtros.valores or filtros.texto),
        "panorama": _PANORAMA.draw(state) if varias else "",
        "deshacer": bool(mine.quitados),
        "marcadas": len(mine.marcadas),
        "importar": _PARTES.draw("importar", importar.context(state)),
        "acciones": _PARTES.draw("acciones", acciones.context(state)),
        "respaldo": _PARTES.draw("respaldo", {"cuantos": len(todas), **respaldo.context(state)}),
    }
