"""What happens in «Relación de bienes producidos»: add, edit, duplicate, remove, undo; the authorised list."""

from collections.abc import Callable
from dataclasses import replace

from pantallas.bienes.estado import Bienes
from raoce.base import DatoInvalido
from raoce.bienes import COLUMNAS, MAXIMO_FILAS, Fila
from raoce.bienes.bienes import read, tidy
from tramite import efectos
from tramite.eventos import Event, Result
from tramite.formulario import relacion
from tramite.formulario.autorizados import AUTORIZADAS, authorised, join
from tramite.formulario.evaluacion import Aviso
from tramite.listas import PARTE
from tramite.rechazar import refuse
from tramite.state import State

_RENGLON = tuple(f"bien_{columna}" for columna in COLUMNAS)


def _typing(fila: Fila, indice: str = "") -> dict[str, str]:
    """The fields of the form for a row."""
    return {**dict(zip(_RENGLON, fila, strict=True)), "bien_indice": indice}


def with_rows(state: State, filas: tuple[Fila, ...], **others: str) -> State:
    """The state with another table; «Deshacer» brings the present one back."""
    before = state.borrador.get("bienes", "")
    part = state.of(Bienes)
    state = state.having(replace(part, antes=(*part.antes, before)[-20:]))
    return state.with_borrador({**state.borrador, "bienes": relacion.to_text(filas), **others})


def _say(state: State, codigo: str, **datos: object) -> State:
    return replace(state, anuncio=Aviso(codigo, datos))


def add(state: State, event: Event) -> Result:
    """«Agregar», or «Guardar cambios»: the row typed joins the table, or what is wrong with it shows."""
    ev = state.evaluacion
    fila = tidy(ev.renglon)
    errores = read(fila).errores
    filas, place = list(ev.relacion.filas), ev.renglon_editado
    if errores:
        state = replace(state, vista={**state.vista, "renglon": "revisado"})
        return state, (efectos.focus(f"bien_{next(iter(errores))}"),)
    if place is None and len(filas) >= MAXIMO_FILAS:
        return refuse(state, DatoInvalido("bienes-muchos", maximo=MAXIMO_FILAS))
    if place is None:
        filas.append(fila)
        state = _show_row(_say(state, "bien-agregado", renglon=len(filas)), len(filas) - 1)
    else:
        filas[place] = fila
        state = _say(state, "bien-cambiado", renglon=place + 1)
    # The sector stays: most companies report several goods of one.
    state = _without_review(with_rows(state, tuple(filas), **_typing(Fila(sector=fila.sector))))
    rest = state.evaluacion.relacion.con_errores
    if place is not None and rest:
        # Goods of last year or of a file wait for their volumes: on to the next one.
        return edit_bad_row(state)
    return state, (efectos.focus("bien_fraccion"),)


def edit_bad_row(state: State) -> Result:
    """The next row with errors goes to the form, with the focus where it is wrong."""
    relation = state.evaluacion.relacion
    place = relation.con_errores[0]
    state = _show_row(state, place)
    if state.evaluacion.hay_renglon:
        return edit(state, {"indice": str(place)})
    state, _ = edit(state, {"indice": str(place)})
    wrong = next(iter(relation.lecturas[place].errores))
    return state, (efectos.focus(f"bien_{wrong}"),)


def _without_review(state: State) -> State:
    vista = {k: v for k, v in state.vista.items() if k != "renglon"}
    return replace(state, vista=vista, tocados=state.tocados - set(_RENGLON))


def _show_row(state: State, indice: int) -> State:
    """The part of the table that holds a row, with no filter."""
    vista = {**state.vista, "filtro_bienes": "", "parte_bienes": str(indice // PARTE)}
    return replace(state, vista=vista)


def edit(state: State, event: Event) -> Result:
    """«Editar»: the row goes back to the form. One half typed there is not thrown away for it."""
    if state.evaluacion.hay_renglon:
        return refuse(state, DatoInvalido("bien-sin-agregar"))
    fila = state.evaluacion.relacion.filas[int(event["indice"])]
    state = state.with_borrador({**state.borrador, **_typing(fila, event["indice"])})
    # A row that came wrong from a file shows at once what is wrong.
    state = replace(state, vista={**state.vista, "renglon": "revisado"})
    return state, (efectos.focus("bien_fraccion"),)


def discard(state: State, event: Event) -> Result:
    """«Descartar»: the row typed is given up."""
    state = state.with_borrador({**state.borrador, **_typing(Fila())})
    return _without_review(state), (efectos.focus("bien_sector"),)


def duplicate(state: State, event: Event) -> Result:
    filas, n = state.evaluacion.relacion.filas, int(event["indice"])
    if len(filas) >= MAXIMO_FILAS:
        return state, ()
    state = with_rows(state, (*filas[: n + 1], filas[n], *filas[n + 1 :]), **_moved(state, n, 1))
    return _say(state, "bien-duplicado", renglon=n + 2), (efectos.focus(f"editar-{n + 1}"),)


def remove(state: State, event: Event) -> Result:
    filas, n = state.evaluacion.relacion.filas, int(event["indice"])
    state = with_rows(state, filas[:n] + filas[n + 1 :], **_moved(state, n, -1))
    return _say(state, "bien-eliminado", renglon=n + 1), (efectos.focus("deshacer-bienes"),)


def _moved(state: State, at: int, by: int) -> dict[str, str]:
    """The place of the row being edited, after rows were put in or taken out below ``at``."""
    place = state.evaluacion.renglon_editado
    if place is None or place < at or (place == at and by > 0):
        return {}
    # The row being edited was itself removed, and what is typed with it.
    return _typing(Fila()) if place == at else {"bien_indice": str(place + by)}


def clear(state: State, event: Event) -> Result:
    """«Vaciar la relación»."""
    state = with_rows(state, (), **({} if state.evaluacion.renglon_editado is None else _typing(Fila())))
    return _say(state, "bienes-vaciados"), (efectos.focus("deshacer-bienes"),)


def undo(state: State, event: Event) -> Result:
    part = state.of(Bienes)
    if not part.antes:
        return state, ()
    *others, before = part.antes
    state = state.having(replace(part, antes=tuple(others)))
    state = state.with_borrador({**state.borrador, "bienes": before})
    return _say(state, "bienes-deshechos"), (efectos.focus("bienes-titulo"),)


def _with_authorised(state: State, change: Callable[[tuple[Fila, ...]], tuple[Fila, ...]]) -> State:
    filas = change(authorised(state.borrador))
    return state.with_borrador({**state.borrador, "autorizados": relacion.to_text(filas)})


def authorise(state: State, event: Event) -> Result:
    """«Guardar en mis bienes autorizados»: the row typed, as far as it can be authorised."""
    fila = tidy(state.evaluacion.renglon)
    wrong = [k for k in AUTORIZADAS if k in read(fila).errores]
    if wrong:
        return replace(state, vista={**state.vista, "renglon": "autorizar"}), (efectos.focus(f"bien_{wrong[0]}"),)
    state = _with_authorised(state, lambda known: join(known, (fila,)))
    return _without_review(_say(state, "autorizado-guardado")), ()


def authorise_table(state: State, event: Event) -> Result:
    """«Tomar los de la relación»: every row of the table that can be read joins the list."""
    relation = state.evaluacion.relacion
    good = tuple(f for f, x in zip(relation.filas, relation.lecturas, strict=True) if x.bien)
    return _say(_with_authorised(state, lambda known: join(known, good)), "autorizado-guardado"), ()


def unauthorise(state: State, event: Event) -> Result:
    n = int(event["indice"])
    return _with_authorised(state, lambda known: known[:n] + known[n + 1 :]), (efectos.focus("autorizados-titulo"),)


def use(state: State, event: Event) -> Result:
    """«Usar»: a good of the list goes to the form; its volumes are still to be typed."""
    if state.evaluacion.hay_renglon:
        return refuse(state, DatoInvalido("bien-sin-agregar"))
    fila = authorised(state.borrador)[int(event["indice"])]
    return state.with_borrador({**state.borrador, **_typing(fila)}), (efectos.focus("bien_total"),)
