"""The draft as a file («Guardar borrador», «Abrir borrador») and as kept on the device."""

import json
from collections.abc import Mapping
from datetime import datetime

from raoce.errores import DatoInvalido
from tramite.campos import CAMPOS

FORMATO = "raoce-borrador/1"
MAXIMO_BYTES = 5_000_000


def filename(borrador: Mapping[str, str], ejercicio: int) -> str:
    """``RAOCE_borrador_2023_EKU9003173C9.json``; only characters that every system accepts."""
    rfc = "".join(c for c in borrador.get("rfc", "").upper() if c.isalnum() or c == "&")
    return "_".join(filter(None, ("RAOCE_borrador", str(ejercicio), rfc))) + ".json"


def to_text(borrador: Mapping[str, str], ahora: datetime) -> str:
    """The file of a draft: every text as typed, right or wrong."""
    content = {
        "formato": FORMATO,
        "guardado": ahora.isoformat(timespec="seconds"),
        "campos": dict(borrador),
    }
    return json.dumps(content, ensure_ascii=False, indent=2)


def parse(texto: str) -> dict[str, str]:
    """The fields of a draft file.

    Raises ``DatoInvalido``: ``borrador-danado``, ``borrador-ajeno`` (another kind of file),
    ``borrador-firmado`` (a signed request), ``borrador-otra-version`` (fields this version lacks).
    """
    if len(texto) > MAXIMO_BYTES:
        raise DatoInvalido("borrador-grande", maximo=MAXIMO_BYTES // 1_000_000)
    try:
        content = json.loads(texto)
    except (ValueError, RecursionError):
        raise DatoInvalido("borrador-danado") from None
    if not isinstance(content, dict):
        raise DatoInvalido("borrador-ajeno")
    if {"payload", "protected", "signature"} <= content.keys():
        raise DatoInvalido("borrador-firmado")
    formato = content.get("formato")
    if formato != FORMATO:
        is_draft = isinstance(formato, str) and formato.startswith("raoce-borrador/")
        raise DatoInvalido("borrador-otra-version" if is_draft else "borrador-ajeno")
    return check(content.get("campos"))


def check(campos: object) -> dict[str, str]:
    """The fields of a draft, if they are texts of fields that exist; else raises ``DatoInvalido``."""
    if not isinstance(campos, dict) or not all(isinstance(v, str) for v in campos.values()):
        raise DatoInvalido("borrador-danado")
    if not campos.keys() <= CAMPOS.keys():
        raise DatoInvalido("borrador-otra-version")
    return campos
