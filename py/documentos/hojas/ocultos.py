"""What a workbook of Excel (.xlsx) hides: python-calamine reads it like the rest and does not say so."""

import posixpath
import re
from collections.abc import Iterator, Mapping

from documentos.hojas.columnas import ANCHO, Ocultos
from documentos.hojas.envases import ATRIBUTOS, LIBRO

RELACIONES = "xl/_rels/workbook.xml.rels"

_ATTRIBUTE = re.compile(rb"""(?:^|\s)([\w:]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_SHOWN = (b"", b"0", b"false")


def hidden(partes: Mapping[str, bytes], indice: int, hoja: bool) -> Ocultos:
    """What is hidden of the sheet at ``indice`` of the workbook, from 0; nothing where its XML cannot be found."""
    xml = partes.get(_part(partes, indice), b"")
    if b"hidden" not in xml:
        return Ocultos(hoja=hoja)
    filas, number = set(), 0
    for row in _tags(xml, b"row"):
        number = _number(row.get(b"r"), number + 1)
        if row.get(b"hidden", b"") not in _SHOWN:
            filas.add(number)
    columnas: set[int] = set()
    for column in _tags(xml, b"col"):
        if column.get(b"hidden", b"") not in _SHOWN:
            columnas.update(range(_number(column.get(b"min"), 1) - 1, min(_number(column.get(b"max"), 0), ANCHO)))
    return Ocultos(frozenset(filas), frozenset(columnas), hoja)


def _part(partes: Mapping[str, bytes], indice: int) -> str:
    """The name of the part that holds a sheet."""
    named = [sheet.get(b"r:id") or _relation(sheet) for sheet in _tags(partes.get(LIBRO, b""), b"sheet")]
    wanted = named[indice] if indice < len(named) else None
    targets = {tag.get(b"Id"): tag.get(b"Target", b"") for tag in _tags(partes.get(RELACIONES, b""), b"Relationship")}
    target = targets.get(wanted, b"").decode("utf-8", "replace")
    return target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")


def _relation(sheet: Mapping[bytes, bytes]) -> bytes | None:
    """The identity of the relation, where its namespace has another name than the usual."""
    return next((value for name, value in sheet.items() if name.endswith(b":id")), None)


def _tags(xml: bytes, name: bytes) -> Iterator[dict[bytes, bytes]]:
    """The attributes of each element of this name."""
    found = re.finditer(rb"<(?:\w+:)?" + name + rb"(?=[\s/>])" + ATRIBUTOS, xml)
    return ({a[1]: a[2] or a[3] or b"" for a in _ATTRIBUTE.finditer(tag[1])} for tag in found)


def _number(texto: bytes | None, otherwise: int) -> int:
    return int(texto) if texto and re.fullmatch(rb"[0-9]{1,9}", texto) else otherwise
