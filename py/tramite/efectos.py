"""What the page must do after an event, as data. ``static/js/efectos.js`` carries them out by ``tipo``."""

from base64 import b64encode
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

Efecto = dict[str, Any]


def save(cambios: Mapping[str, Any]) -> Efecto:
    """Bring what the device keeps up to date: entry → value, ``None`` to remove it."""
    return {"tipo": "guardar", "cambios": dict(cambios)}


def erase() -> Efecto:
    """Remove everything kept on the device."""
    return {"tipo": "borrar"}


def speak(idioma: str, remember: bool = True) -> Efecto:
    """What surrounds the screens in this language too; remembered, whenever the page is opened on this device."""
    return {"tipo": "hablar", "idioma": idioma, "recordar": remember}


def focus(id: str) -> Efecto:
    return {"tipo": "enfocar", "id": id}


def show(parametros: Mapping[str, str | None], replace: bool = False) -> Efecto:
    """Put these parameters into the address bar: as a new step of the history or in place of the present one."""
    busqueda = "?" + urlencode({k: v for k, v in parametros.items() if v})
    return {"tipo": "direccion", "busqueda": busqueda, "reemplazar": replace}


def fetch(archivo: str, evento: str, clave: str) -> Efecto:
    """Fetch a file of this site; it comes back as the event ``evento`` with ``clave`` and ``texto`` or ``fallo``."""
    return {"tipo": "traer", "archivo": archivo, "evento": evento, "clave": clave}


def read(campo: str, indice: int, evento: str, maximo: int = 5_000_001, desde: int = 0) -> Efecto:
    """Read one of the files chosen in a field; it comes back as ``evento`` with ``campo``, ``indice``, ``desde``,
    ``nombre`` and ``contenido`` (base64) or ``fallo``. One byte more than is accepted is enough to see that a file is
    too large; a file without a limit comes in stretches, each from the byte ``desde``."""
    return {"tipo": "leer", "campo": campo, "indice": indice, "evento": evento, "maximo": maximo, "desde": desde}


def forget_files(campo: str) -> Efecto:
    """Empty a field of files."""
    return {"tipo": "olvidar-archivos", "campo": campo}


def write_word(nombre: str, carta: Mapping[str, Any]) -> Efecto:
    """Have the page write this letter as a Word document, and download it."""
    return {"tipo": "word", "nombre": nombre, "carta": dict(carta)}


def tell_host(tipo: str, datos: Mapping[str, Any]) -> Efecto:
    """Tell the page that holds this one, if it is inside a frame. See docs/incrustar.md."""
    return {"tipo": "avisar", "aviso": tipo, "datos": dict(datos)}


def go_on(evento: str) -> Efecto:
    """Send this event after what happened meanwhile: long work goes in steps, between which the page answers."""
    return {"tipo": "seguir", "evento": evento}


XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def download_bytes(nombre: str, datos: bytes, tipo: str) -> Efecto:
    return {"tipo": "descargar", "nombre": nombre, "base64": b64encode(datos).decode(), "mime": tipo}


def download(nombre: str, texto: str, tipo: str = "application/json") -> Efecto:
    return {"tipo": "descargar", "nombre": nombre, "texto": texto, "mime": tipo}


def sign(entrada: bytes, certificado: bytes) -> Efecto:
    """Have the page sign these bytes with the key chosen on the screen."""
    return {
        "tipo": "firmar",
        "entrada": b64encode(entrada).decode(),
        "certificado": b64encode(certificado).decode(),
    }


def create_key(evento: str) -> Efecto:
    """Make the throw-away key of practice; ``llave-de-practica`` brings its public half and the event to go on with."""
    return {"tipo": "crear-llave", "evento": evento}


def sign_in_practice(entrada: bytes) -> Efecto:
    """Have the page sign these bytes with the key of practice."""
    return {"tipo": "firmar-en-practica", "entrada": b64encode(entrada).decode()}


def prepare_signing() -> Efecto:
    """Fetch what opens a key before it is asked for: by then the filer may have unplugged."""
    return {"tipo": "preparar-firma"}


def forget_key() -> Efecto:
    """Empty the fields of the key and of its password."""
    return {"tipo": "olvidar-llave"}


def print_page() -> Efecto:
    return {"tipo": "imprimir"}


def encrypt(nombre: str, texto: str, sobre: Mapping[str, Any], campos: tuple[str, str]) -> Efecto:
    """Have the page put a text into a file that opens with the password typed twice in ``campos``, and download it.

    Comes back as ``empresas.cifrado``, or as ``empresas.cifrado-fallo`` with its ``codigo``.
    """
    return {"tipo": "cifrar", "nombre": nombre, "texto": texto, "sobre": dict(sobre), "campos": list(campos)}


def decrypt(sal: str, nonce: str, iteraciones: int, datos: str, campo: str) -> Efecto:
    """Have the page open such a file with the password typed in ``campo``.

    Comes back as ``empresas.descifrado`` with its ``texto``, or as ``empresas.descifrado-fallo`` with its ``codigo``.
    """
    sealed = {"sal": sal, "nonce": nonce, "iteraciones": iteraciones, "datos": datos}
    return {"tipo": "descifrar", "campo": campo, **sealed}


def cancel_encryption() -> Efecto:
    """What either of the two was about comes back no more."""
    return {"tipo": "cancelar-cifrado"}


def use_folder(accion: str) -> Efecto:
    """Do this with the folder of copies; comes back as ``empresas.carpeta``. See ``static/js/carpeta.js``."""
    return {"tipo": "carpeta", "accion": accion}
