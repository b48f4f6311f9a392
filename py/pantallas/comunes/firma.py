"""The fields of the e.firma, for the request and for the letter."""

from __future__ import annotations

from typing import Any

from pantallas.comunes import textos
from tramite import firmar
from tramite.state import State

_FILES = {
    "certificado": {
        "tipo": "file",
        "accept": ".cer,.crt,.pem,application/x-x509-ca-cert",
        "data-evento": "firmar.certificado",
        "data-vacio": "firmar.sin-certificado",
        "data-contenido": "base64",
        "data-maximo": "100000",
        "data-conserva": "",
    },
    "llave": {"tipo": "file", "accept": ".key,.pem"},
    "contrasena": {"tipo": "password", "autocomplete": "off"},
}


def _errors(state: State) -> dict[str, str]:
    """Sentence by field, of the last failure and of what is wrong with the certificate chosen."""
    found: dict[str, str] = {}
    for reparo in firmar.reparos(state):
        found.setdefault(firmar.campo_of(reparo.codigo), textos.firma(reparo.codigo, reparo.datos))
    fallo = state.firma.fallo
    if fallo:
        found.setdefault(firmar.campo_of(fallo.codigo), textos.firma(fallo.codigo, fallo.datos))
    return found


def _field(clave: str, errors: dict[str, str]) -> dict[str, Any]:
    return {
        "clave": clave,
        "etiqueta": textos.campo(clave, "etiqueta"),
        "ayuda": textos.campo(clave, "ayuda"),
        "valor": "",
        "error": errors.get(clave, ""),
        "aviso": None,
        "atributos": _FILES[clave],
    }


def signing(state: State, documento: str) -> dict[str, Any]:
    """The fields of the e.firma, and the signature of this kind of document if it is made."""
    errors = _errors(state)
    signed = state.firma.jws is not None and state.firma.documento == documento
    return {
        "enmarcada": state.enmarcada,
        "certificado": _field("certificado", errors),
        "llave": _field("llave", errors),
        "contrasena": _field("contrasena", errors),
        "leido": state.firma.certificado,
        "archivo_cer": state.firma.archivo,
        "firmada": signed,
        "archivo": state.firma.solicitud if signed else "",
        "errores_firma": [{"clave": k, "pantalla": state.pantalla, "texto": v} for k, v in errors.items()],
    }
