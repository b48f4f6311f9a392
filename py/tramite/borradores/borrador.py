"""The draft as a file («Guardar borrador», «Abrir borrador») and as kept on the device."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any, TypeGuard

from raoce.base import DatoInvalido, json_estricto
from tramite.formulario.campos import CAMPOS

FORMATO = "raoce-borrador/1"
FORMATO_DE_TODOS = "raoce-borradores/1"
# One draft with ten thousand goods is 2 MB.
MAXIMO_BYTES = 5_000_000
MAXIMO_DE_TODOS = 50_000_000


@dataclass(frozen=True, slots=True)
class Guardado:
    """A draft kept. ``modificado``: ISO instant of its last change, empty when not known."""

    campos: Mapping[str, str]
    modificado: str = ""


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


def all_to_text(todos: Iterable[Guardado], ahora: datetime, antes: Iterable[str] | None = None) -> str:
    """The file of many drafts; ``antes``: what is remembered of each, see ``tramite.empresas.fusion``."""
    rows = [{"campos": dict(g.campos), "modificado": g.modificado} for g in todos]
    content = {
        "formato": FORMATO_DE_TODOS,
        "guardado": ahora.isoformat(timespec="seconds"),
        "borradores": rows if antes is None else [row | {"antes": a} for row, a in zip(rows, antes, strict=True)],
    }
    return json.dumps(content, ensure_ascii=False, indent=1)


def parse(texto: str, maximo: int = MAXIMO_BYTES) -> tuple[Guardado, ...]:
    """The drafts of a file: one, or all those exported together.

    Raises ``DatoInvalido``: as ``load`` and ``read``.
    """
    return read(load(texto, maximo))


def load(texto: str, maximo: int = MAXIMO_BYTES) -> dict[str, Any]:
    """What a file says, whatever it is. Raises ``DatoInvalido``: ``borrador-danado``, ``borrador-ajeno``."""
    if len(texto) > maximo:
        raise DatoInvalido("borrador-grande", maximo=maximo // 1_000_000)
    try:
        content = json_estricto.load(texto, maximo)
    except json_estricto.JsonInvalido:
        raise DatoInvalido("borrador-danado") from None
    if not isinstance(content, dict):
        raise DatoInvalido("borrador-ajeno")
    return content


def read(content: dict[str, Any]) -> tuple[Guardado, ...]:
    """The drafts of what a file says. Raises ``DatoInvalido``: as ``rows_of`` and ``read_one``."""
    return read_all(rows_of(content))


def rows_of(content: dict[str, Any]) -> list[Any]:
    """The drafts of what a file says, nothing of them read yet.

    Raises ``DatoInvalido``: ``borrador-danado``, ``borrador-ajeno`` (another kind of file),
    ``borrador-firmado`` (a signed request), ``borrador-otra-version``.
    """
    if {"payload", "protected", "signature"} <= content.keys():
        raise DatoInvalido("borrador-firmado")
    match content.get("formato"):
        case formato if formato == FORMATO:
            return [content | {"modificado": content.get("guardado")}]
        case formato if formato == FORMATO_DE_TODOS:
            rows = content.get("borradores")
            if isinstance(rows, list):
                return rows
            raise DatoInvalido("borrador-danado")
        case str(formato) if formato.startswith("raoce-borrador"):
            raise DatoInvalido("borrador-otra-version")
        case _:
            raise DatoInvalido("borrador-ajeno")


def read_all(rows: object) -> tuple[Guardado, ...]:
    """Drafts as mappings with ``campos`` and ``modificado``; raises ``DatoInvalido``."""
    if not isinstance(rows, list):
        raise DatoInvalido("borrador-danado")
    return tuple(map(read_one, rows))


def read_one(row: object) -> Guardado:
    """Raises ``DatoInvalido``: ``borrador-danado``, ``borrador-otra-version`` (fields this version lacks)."""
    if not isinstance(row, dict):
        raise DatoInvalido("borrador-danado")
    modificado = row.get("modificado")
    return Guardado(MappingProxyType(check(row.get("campos"))), modificado if is_instant(modificado) else "")


def is_instant(texto: object) -> TypeGuard[str]:
    """Is it an ISO instant of our days? A file may say anything in its place."""
    if not isinstance(texto, str) or len(texto) > 40:
        return False
    try:
        instante = datetime.fromisoformat(texto)
    except ValueError:
        return False
    return instante.tzinfo is not None and 2000 <= instante.year <= 2200


def check(campos: object) -> dict[str, str]:
    """The fields of a draft, if they are texts of fields that exist; else raises ``DatoInvalido``."""
    if not isinstance(campos, dict) or not all(isinstance(v, str) for v in campos.values()):
        raise DatoInvalido("borrador-danado")
    if not campos.keys() <= CAMPOS.keys():
        raise DatoInvalido("borrador-otra-version")
    return campos
