"""What is inside a signed file: whether it is a request of our format, and whether its figures come out again."""

import re
from typing import Any

from raoce import json_estricto
from raoce.comprobacion import Comprobacion, bien, mal, unchecked
from raoce.json_estricto import JsonInvalido
from raoce.recalculo import ContenidoInvalido, Recalculo, RecalculoImposible, recompute

FORMATO = "raoce/1"
OTRA_VERSION = "formato-otra-version"


def read_contenido(payload: bytes) -> tuple[dict[str, Any], Comprobacion | None]:
    """The request as JSON, or why it is none of our format."""
    try:
        contenido = json_estricto.load(payload)
    except JsonInvalido as error:
        return {}, mal("json", error.codigo, parte="contenido", **error.datos)
    formato = contenido.get("formato") if isinstance(contenido, dict) else None
    if formato == FORMATO:
        return contenido, None
    if isinstance(formato, str) and re.fullmatch(r"raoce/[0-9]{1,3}", formato):
        return {}, unchecked("formato", OTRA_VERSION, version=formato)
    return {}, mal("formato", "formato-otro")


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
