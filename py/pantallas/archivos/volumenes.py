"""The volumes exported by fracción beside the goods produced, and one of them copied into its good, or brought back.

The rules convert no unit into another: a volume goes only into a good in the same unit.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal, localcontext
from typing import Any

from idiomas import _
from pantallas.archivos.estado import EXPORTACION, Archivos, Copia, is_current, with_part
from raoce.base import DatoInvalido
from raoce.base.formato import redondear
from raoce.bienes import Bien, Fila
from raoce.bienes.catalogos import nombre_unidad
from raoce.bienes.volumenes import DECIMALES, parse_volumen, volumen, volumen_vucem
from tramite import efectos
from tramite.eventos import Event, Result
from tramite.formulario import relacion
from tramite.formulario.evaluacion import Aviso
from tramite.state import State


def rows(state: State, a: Archivos) -> list[dict[str, Any]]:
    """What was exported of each fracción in the unit of the Tarifa, beside the goods of that fracción."""
    if a.totales is None:
        return []
    goods: dict[str, list[tuple[int, Bien]]] = {}
    for place, lectura in enumerate(state.evaluacion.relacion.lecturas):
        if lectura.bien:
            goods.setdefault(lectura.bien.fraccion, []).append((place, lectura.bien))
    found = []
    for (tipo, fraccion, unidad), cantidad in sorted(a.totales.volumenes.items()):
        if tipo != EXPORTACION:
            continue
        beside = goods.get(fraccion, [])
        sharing = sum(b.unidad == unidad for _, b in beside)
        found.append(
            {
                "fraccion": fraccion,
                "unidad": unidad,
                "nombre_unidad": nombre_unidad(unidad),
                "cantidad": _amount(cantidad),
                "entre_varios": sharing if sharing > 1 else 0,
                "bienes": [_good(state, a, place, bien, unidad, cantidad, sharing) for place, bien in beside],
            }
        )
    return found


def _good(
    state: State, a: Archivos, place: int, bien: Bien, unidad: str, cantidad: Decimal, sharing: int
) -> dict[str, Any]:
    """A good, and whether the volume may be copied into it: in its unit, and where no other good shares it."""
    written = _written(cantidad)
    same = bien.unidad == unidad
    copy = _copy_of(state, a, place)
    return {
        "renglon": place,
        "descripcion": bien.descripcion,
        "volumen": volumen(bien.exportacion),
        "unidad": nombre_unidad(bien.unidad),
        "otra_unidad": not same,
        "largo": same and written is None,
        "igual": same and written == bien.exportacion,
        "copia": volumen(written) if _may_copy(state, a, bien, unidad, written, sharing) else "",
        "redondeado": same and written is not None and written != cantidad,
        "antes": copy.antes.exportacion if same and copy else None,
    }


def _may_copy(state: State, a: Archivos, bien: Bien, unidad: str, written: Decimal | None, sharing: int) -> bool:
    """May this volume, of its fracción, go into this good? ``written``: as a good takes it."""
    if written is None or not is_current(state, a):
        return False
    return bien.unidad == unidad and sharing == 1 and written != bien.exportacion


def _written(cantidad: Decimal) -> Decimal | None:
    """A volume as a good takes it, with its three decimals, half up; ``None`` where it is too long for VUCEM."""
    try:
        return parse_volumen(volumen_vucem(redondear(cantidad, DECIMALES)))
    except DatoInvalido:
        return None


def _amount(cantidad: Decimal) -> str:
    """
    >>> _amount(Decimal("1234.500")), _amount(Decimal(10))
    ('1,234.5', '10')
    """
    with localcontext(prec=200):
        text = f"{cantidad:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def copy(state: State, event: Event) -> Result:
    """«Copiar»: the volume of a ``fraccion`` and ``unidad`` into «Volumen de exportaciones» of the good ``renglon``."""
    a = state.of(Archivos)
    place, wanted = int(event["renglon"]), (event["fraccion"], event["unidad"])
    row = next((v for v in rows(state, a) if (v["fraccion"], v["unidad"]) == wanted), None)
    good = next((b for b in row["bienes"] if b["renglon"] == place), None) if row else None
    if a.leyendo or not good or not good["copia"]:
        return state, ()
    fila = state.evaluacion.relacion.filas[place]
    now = fila._replace(exportacion=good["copia"])
    former = _copy_of(state, a, place)
    kept = tuple(c for c in a.copias if c is not former)
    # Copied twice, what comes back is what the filer had.
    copia = Copia(former.antes if former else fila, now)
    state = with_part(_with_row(state, place, now), copias=(*kept, copia))
    said = {"bien": now.descripcion, "volumen": now.exportacion, "antes": copia.antes.exportacion or _("vacío")}
    return replace(state, anuncio=Aviso("volumen-copiado", said)), (efectos.focus(f"deshacer-volumen-{place}"),)


def undo(state: State, event: Event) -> Result:
    """«Deshacer» beside a good (``renglon``): its volume as it was. One typed over since then stays."""
    a = state.of(Archivos)
    place = int(event["renglon"])
    copia = _copy_of(state, a, place)
    if copia is None:
        return state, ()
    state = _with_row(state, place, copia.antes)
    state = with_part(state, copias=tuple(c for c in a.copias if c is not copia))
    said = {"bien": copia.antes.descripcion, "volumen": copia.antes.exportacion or _("vacío")}
    return replace(state, anuncio=Aviso("volumen-deshecho", said)), (efectos.focus("volumenes-titulo"),)


def copied(state: State, a: Archivos, shown: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """What was copied and can still be brought back, but for what the ``rows`` shown say themselves."""
    there = {b["renglon"] for v in shown for b in v["bienes"] if b["antes"] is not None}
    found = []
    for place in range(len(state.evaluacion.relacion.filas)) if a.copias else ():
        if place not in there and (copia := _copy_of(state, a, place)):
            said = {"ahora": copia.ahora.exportacion, "antes": copia.antes.exportacion or _("vacío")}
            found.append({"renglon": place, "descripcion": copia.ahora.descripcion} | said)
    return found


def _copy_of(state: State, a: Archivos, place: int) -> Copia | None:
    """The copy that a row still says; a row changed since then has none."""
    filas = state.evaluacion.relacion.filas
    return next((c for c in a.copias if place < len(filas) and filas[place] == c.ahora), None)


def _with_row(state: State, place: int, fila: Fila) -> State:
    filas = list(state.evaluacion.relacion.filas)
    filas[place] = fila
    return state.with_borrador({**state.borrador, "bienes": relacion.to_text(filas)})
