"""What each field is called: ``campos.toml``."""

from pathlib import Path

import idiomas
from raoce.empresa import Programa

# One path, whose hash is worked out once: it is asked for at every label.
_CAMPOS = Path(__file__).with_name("campos.toml")


def _textos() -> dict[str, dict[str, str]]:
    return idiomas.tables(_CAMPOS)


def split_programa(clave: str) -> tuple[str, str | None]:
    """``"numero-IMMEX"`` → ``("numero", "IMMEX")``; other fields have no programme."""
    nombre, _, programa = clave.rpartition("-")
    return (nombre, programa) if programa in Programa.__members__ else (clave, None)


def campo(clave: str, parte: str) -> str:
    """Label (``etiqueta``) or hint (``ayuda``) of a field; a field of its own prevails over its kind."""
    nombre, programa = split_programa(clave)
    entry = _textos().get(clave) or _textos()[nombre]
    return entry.get(parte, "").format(programa=programa)
