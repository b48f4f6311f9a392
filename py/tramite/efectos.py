"""What the page must do after an event, as data. ``static/js/efectos.js`` carries them out by ``tipo``."""

from base64 import b64encode
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import quote

Efecto = dict[str, Any]


def save(actual: Mapping[str, str], apartados: Iterable[Mapping[str, str]], de_enlace: bool) -> Efecto:
    """Keep the draft, and those put aside, on the device."""
    registro = {"actual": dict(actual), "apartados": [dict(a) for a in apartados], "deEnlace": de_enlace}
    return {"tipo": "guardar", "registro": registro}


def erase() -> Efecto:
    """Remove everything kept on the device."""
    return {"tipo": "borrar"}


def focus(id: str) -> Efecto:
    return {"tipo": "enfocar", "id": id}


def show(pantalla: str, consulta: str | None, replace: bool = False) -> Efecto:
    """Put the screen, and a day of consultation that is not today, into the address bar: as a new step of the
    history or in place of the present one."""
    busqueda = f"?pantalla={pantalla}" + (f"&fecha={quote(consulta)}" if consulta else "")
    return {"tipo": "direccion", "busqueda": busqueda, "reemplazar": replace}


def download(nombre: str, texto: str, tipo: str = "application/json") -> Efecto:
    return {"tipo": "descargar", "nombre": nombre, "texto": texto, "mime": tipo}


def sign(entrada: bytes, certificado: bytes) -> Efecto:
    """Have the page sign these bytes with the key chosen on the screen."""
    return {
        "tipo": "firmar",
        "entrada": b64encode(entrada).decode(),
        "certificado": b64encode(certificado).decode(),
    }


def prepare_signing() -> Efecto:
    """Fetch what opens a key before it is asked for: by then the filer may have unplugged."""
    return {"tipo": "preparar-firma"}


def forget_key() -> Efecto:
    """Empty the fields of the key and of its password."""
    return {"tipo": "olvidar-llave"}


def print_page() -> Efecto:
    return {"tipo": "imprimir"}
