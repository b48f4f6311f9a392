"""The outside of a signed file: strict JSON, a flattened JWS of three members, and the header that we write.

``firma.parse`` decides what is taken; here each refusal is put under the check to which it belongs, and a file that
is no report and no letter at all is told from one that was changed.
"""

import base64
import binascii
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from raoce.base import json_estricto
from raoce.base.json_estricto import JsonInvalido
from raoce.firma import Documento
from raoce.firma.jws import ALG, FirmaIlegible, Jws, parse
from raoce.firma.practica import TYP
from raoce.verificacion.comprobacion import Comprobacion, bien, mal

MIEMBROS = frozenset({"payload", "protected", "signature"})
CABECERA = frozenset({"alg", "typ", "cty", "iat", "x5c"})


@dataclass(frozen=True, slots=True)
class Sobre:
    """What was found, by check. ``jws`` is set when nothing was wrong; ``ajeno``: it does not claim to be ours.

    ``documento`` is what it claims to be, by its header or, where that cannot be read, by its content.
    """

    comprobaciones: tuple[Comprobacion, ...]
    jws: Jws | None = None
    cabecera: Mapping[str, Any] | None = None
    ajeno: bool = False
    documento: Documento = Documento.REPORTE


def read(datos: bytes) -> Sobre:
    """Take a file apart; never raises."""
    try:
        miembros = json_estricto.load(datos)
    except JsonInvalido as error:
        ours = error.codigo == "json-repetida" and error.datos["repetida"] in MIEMBROS
        return Sobre((mal("json", error.codigo, parte="archivo", **error.datos),), ajeno=not ours)
    if not (isinstance(miembros, dict) and all(isinstance(miembros.get(m), str) for m in MIEMBROS)):
        return Sobre((bien("json"), mal("sobre", "sobre-otro")), ajeno=True)
    try:
        cabecera = json_estricto.load(_decode(miembros["protected"]))
    except JsonInvalido as error:
        checks = (mal("json", error.codigo, parte="cabecera", **error.datos),)
        claimed = _claimed(miembros["payload"])
        return Sobre(checks, documento=claimed) if claimed else Sobre(checks, ajeno=True)
    typ = cabecera.get("typ") if isinstance(cabecera, dict) else None
    documento = next((d for d in Documento if d.typ == typ), None)
    if documento is None:
        wrong = mal("tipo", "tipo-practica" if typ == TYP else "tipo-otro")
        return Sobre((bien("json"), bien("sobre"), wrong), ajeno=True)
    tipo = bien("tipo")
    if extra := sorted(miembros.keys() - MIEMBROS):
        checks = (bien("json"), mal("sobre", "sobre-miembro", miembro=_short(extra[0])), tipo)
        return Sobre(checks, None, cabecera, documento=documento)
    if wrong := _review(cabecera):
        return Sobre((bien("json"), bien("sobre"), wrong, tipo), None, cabecera, documento=documento)
    try:
        jws = parse(datos, documento)
    except FirmaIlegible as error:
        where = "sobre" if error.datos.get("miembro") in MIEMBROS else "cabecera"
        parte = error.datos.get("miembro", "")
        found = {"json": bien("json"), "sobre": bien("sobre"), "tipo": tipo}
        found[where] = mal(where, f"{where}-escritura", parte=parte)
        return Sobre(tuple(found.values()), None, cabecera, documento=documento)
    return Sobre((bien("json"), bien("sobre"), bien("cabecera"), tipo), jws, cabecera, documento=documento)


def _review(cabecera: Mapping[str, Any]) -> Comprobacion | None:
    """What is wrong with the header: another algorithm, whatever changes how it is read or brings another key."""
    if cabecera.get("alg") != ALG:
        return mal("cabecera", "cabecera-algoritmo", alg=_short(cabecera.get("alg")))
    if extra := sorted(cabecera.keys() - CABECERA):
        return mal("cabecera", "cabecera-parametro", parametro=_short(extra[0]))
    if missing := sorted(CABECERA - cabecera.keys()):
        return mal("cabecera", "cabecera-falta", parametro=missing[0])
    return None


def _decode(text: str) -> bytes:
    """Base64url as well as it can be read; what is not read strictly later is refused there."""
    try:
        return base64.urlsafe_b64decode(text.encode("ascii", "ignore") + b"=" * (-len(text) % 4))
    except binascii.Error:
        return b""


def _claimed(payload: str) -> Documento | None:
    """What a file whose header cannot be read says that it is, by its content."""
    start = _decode(payload)[:1000].decode("utf-8", "replace")
    return next((d for d in Documento if re.search(rf'"formato"\s*:\s*"{d.nombre}/', start)), None)


def _short(value: Any) -> str:
    return str(value)[:40]
