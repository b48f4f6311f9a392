"""What is inside a signed file: whether it is of our format, and whether the figures of a report come out again."""

import json
import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from raoce.base import json_estricto
from raoce.base.json_estricto import JsonInvalido
from raoce.firma import Documento
from raoce.verificacion.comprobacion import Comprobacion, bien, mal, unchecked
from raoce.verificacion.diferencias import compare_in_order, is_left_out
from raoce.verificacion.recalculo import ContenidoInvalido, Recalculo, RecalculoImposible, path_of, recompute

if TYPE_CHECKING:
    from raoce.carta.carta_firmada import CartaFirmada

OTRA_VERSION = "formato-otra-version"


def read_contenido(payload: bytes, documento: Documento) -> tuple[dict[str, Any], Comprobacion | None]:
    """The request or letter as JSON, or why it is none of our format."""
    try:
        contenido = json_estricto.load(payload)
    except JsonInvalido as error:
        return {}, mal("json", error.codigo, parte="contenido", **error.datos)
    formato = contenido.get("formato") if isinstance(contenido, dict) else None
    if formato == documento.formato:
        return contenido, None
    if isinstance(formato, str) and re.fullmatch(rf"{documento.nombre}/[0-9]{{1,3}}", formato):
        return {}, unchecked("formato", OTRA_VERSION, version=formato)
    return {}, mal("formato", "formato-otro")


def read_rfc(contenido: dict[str, Any], documento: Documento) -> str:
    """The RFC for which it was signed, even where the rest is not of our format; empty when there is none."""
    holder = contenido.get("solicitante") if documento is Documento.REPORTE else contenido
    rfc = holder.get("rfc") if isinstance(holder, dict) else None
    return str(rfc or "")


def review_carta(contenido: dict[str, Any]) -> tuple["CartaFirmada | None", Comprobacion]:
    """The letter and its format: one that is not written as we write it is none."""
    from pydantic import ValidationError

    from raoce.carta.carta_firmada import CartaFirmada, to_json

    try:
        carta = CartaFirmada.model_validate(contenido)
    except ValidationError as error:
        return None, mal("formato", "contenido-invalido", ruta=path_of(error))
    again = json.loads(to_json(carta), parse_float=Decimal)
    if found := [d for d in compare_in_order(contenido, again) if not is_left_out(d)]:
        return None, mal("formato", "contenido-invalido", ruta=found[0].ruta[:120])
    return carta, bien("formato")


def review_contenido(contenido: dict[str, Any]) -> tuple[Recalculo | None, Comprobacion, *tuple[Comprobacion, ...]]:
    """Format, figures and explanations."""
    try:
        recalculo = recompute(contenido)
    except ContenidoInvalido as error:
        return None, mal("formato", error.codigo, **error.datos)
    except RecalculoImposible as error:
        return None, bien("formato"), mal("cifras", error.codigo)
    if not recalculo.hecho:
        version = {"version": recalculo.version[:40]}
        undone = (
            unchecked("cifras", "reglas-otra-version", **version),
            unchecked("explicaciones", "reglas-otra-version", **version),
        )
        if recalculo.diferencias:
            return recalculo, mal("formato", "contenido-invalido", ruta=recalculo.diferencias[0].ruta), *undone
        return recalculo, bien("formato"), *undone
    of = {"cifras": [], "explicaciones": []}
    for d in recalculo.diferencias:
        of["explicaciones" if d.ruta.startswith("$.explicaciones") else "cifras"].append(d.ruta)
    checks = (
        mal(clave, f"{clave}-distintas", cuantas=len(rutas), rutas=", ".join(rutas[:3])) if rutas else bien(clave)
        for clave, rutas in of.items()
    )
    return recalculo, bien("formato"), *checks
