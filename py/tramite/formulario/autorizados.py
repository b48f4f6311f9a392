"""«Mis bienes autorizados»: the goods that a company may produce under PROSEC, kept with its draft."""

from collections.abc import Mapping

from raoce.base.texto import plain
from raoce.bienes import COLUMNAS, MAXIMO_FILAS, Fila
from tramite.formulario import relacion
from tramite.formulario.relacion import Relacion

# What a good is authorised as: its sector, tariff item, description and unit.
AUTORIZADAS = COLUMNAS[:4]


def authorised_list(borrador: Mapping[str, str]) -> Relacion:
    """«Mis bienes autorizados», without volumes."""
    return relacion.parse(borrador.get("autorizados", ""))


def authorised(borrador: Mapping[str, str]) -> tuple[Fila, ...]:
    return authorised_list(borrador).filas


def _as_authorised(fila: Fila) -> Fila:
    return Fila(*fila[: len(AUTORIZADAS)])


def join(known: tuple[Fila, ...], new: tuple[Fila, ...]) -> tuple[Fila, ...]:
    """The list with those rows that it does not hold yet."""
    found = {(f.fraccion, plain(f.descripcion)): f for f in (*map(_as_authorised, new), *known)}
    order = dict.fromkeys((f.fraccion, plain(f.descripcion)) for f in (*known, *new))
    return tuple(found[k] for k in order)[:MAXIMO_FILAS]
