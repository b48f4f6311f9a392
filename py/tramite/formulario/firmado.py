"""That a draft was signed, and whether it still says what was signed.

Kept in the draft as text, like everything else: the instant of the signature and a short digest of the company, its
programmes and its figures. When it was presented, with what folio, and the letter are written down after signing.
"""

import hashlib
from collections.abc import Mapping
from datetime import datetime

from tramite.formulario.campos import CAMPOS, tidy

_LARGO = 16
_PANTALLAS = ("programas", "solicitante", "datos")
# What is put beside the figures to compare them with.
_AL_LADO = ("anterior",)


def write(campos: Mapping[str, str], ahora: datetime) -> str:
    """What the draft keeps of being signed now."""
    return f"{ahora.isoformat(timespec='seconds')} {_digest(campos)}"


def parse(texto: str) -> datetime | None:
    """When it was signed; ``None`` for a text that does not say. It prevents nothing, so it is never an error."""
    try:
        return datetime.fromisoformat(texto.partition(" ")[0])
    except ValueError:
        return None


def is_signed(campos: Mapping[str, str]) -> bool:
    """Was it signed, as it is now?"""
    texto = campos.get("firmado", "")
    return bool(texto) and parse(texto) is not None and texto.partition(" ")[2] == _digest(campos)


def _digest(campos: Mapping[str, str]) -> str:
    signed = (k for k in CAMPOS if (CAMPOS[k].pantalla in _PANTALLAS and k not in _AL_LADO) or k == "bienes")
    texts = ((k, tidy(k, campos.get(k, "")).strip()) for k in signed)
    said = "\x1e".join(f"{k}\x1f{texto}" for k, texto in texts if texto)
    return hashlib.sha256(said.encode(errors="replace")).hexdigest()[:_LARGO]
