"""What the page must do after an event, as data. ``static/js/shell.js`` carries them out by ``tipo``."""

from base64 import b64encode
from collections.abc import Mapping
from typing import Any

Efecto = dict[str, Any]


def save(actual: Mapping[str, str], anterior: Mapping[str, str] | None, de_enlace: bool) -> Efecto:
    """Keep the draft, and the one put aside, on the device."""
    registro = {
        "actual": dict(actual),
        "anterior": None if anterior is None else dict(anterior),
        "deEnlace": de_enlace,
    }
    return {"tipo": "guardar", "registro": registro}


def erase() -> Efecto:
    """Remove everything kept on the device."""
    return {"tipo": "borrar"}


def focus(id: str) -> Efecto:
    return {"tipo": "enfocar", "id": id}


def show(pantalla: str, replace: bool = False) -> Efecto:
    """Put the screen into the address bar, as a new step of the history or in place of the present one."""
    return {"tipo": "direccion", "pantalla": pantalla, "reemplazar": replace}


def download(nombre: str, texto: str, tipo: str = "application/json") -> Efecto:
    return {"tipo": "descargar", "nombre": nombre, "texto": texto, "mime": tipo}


def sign(entrada: bytes, certificado: bytes) -> Efecto:
    """Have the page sign these bytes with the key chosen on the screen."""
    return {
        "tipo": "firmar",
        "entrada": b64encode(entrada).decode(),
        "certificado": b64encode(certificado).decode(),
    }


def forget_key() -> Efecto:
    """Empty the fields of the key and of its password."""
    return {"tipo": "olvidar-llave"}


def print_page() -> Efecto:
    return {"tipo": "imprimir"}
