"""«Solicitante»: the company and its fiscal domicile, as VUCEM reads them from the SAT."""

from __future__ import annotations

from typing import Any

from idiomas import _
from pantallas.comunes import componentes
from pantallas.solicitante import domicilio
from raoce.empresa.codigos_postales import Lugar
from tramite.formulario.campos import SOLICITANTE
from tramite.state import State

_DIGITS = {"inputmode": "numeric"}

# Hints for the browser and for touch keyboards. Narrow fields say how long their content is.
_ATTRIBUTES = {
    "rfc": {"autocapitalize": "characters", "spellcheck": "false", "ancho": "medio"},
    "razon_social": {"autocomplete": "organization"},
    "correo": {"inputmode": "email", "autocomplete": "email", "spellcheck": "false"},
    "codigo_postal": {"autocomplete": "postal-code", "ancho": "corto"} | _DIGITS,
    "numero_exterior": {"ancho": "corto"},
    "numero_interior": {"ancho": "corto"},
    "lada": {"ancho": "corto"} | _DIGITS,
    "telefono": {"inputmode": "tel", "ancho": "medio"},
}

_EMPRESA = SOLICITANTE[: SOLICITANTE.index("codigo_postal")]
_DOMICILIO = SOLICITANTE[len(_EMPRESA) :]


def context(state: State) -> dict[str, Any]:
    def fields(claves: tuple[str, ...]) -> list[dict[str, Any]]:
        return [componentes.campo(state, clave, **_ATTRIBUTES.get(clave, {})) for clave in claves]

    lugar = domicilio.place(state)
    address = fields(_DOMICILIO)
    for campo in address:
        if campo["clave"] == "colonia" and lugar and lugar.colonias:
            campo["atributos"] |= {"list": "colonias"}
        if campo["clave"] == "codigo_postal":
            campo["eco"] = _said(lugar, domicilio.unknown(state))
            if domicilio.contradicts(state):
                told = _("{domicilio}. Lo que escribiste es distinto: compáralo con tu constancia de situación fiscal.")
                campo["eco"] = told.format(domicilio=campo["eco"])
    return {
        "empresa": fields(_EMPRESA),
        "domicilio": address,
        "colonias": lugar.colonias if lugar else (),
    }


def _said(lugar: Lugar | None, unknown: bool) -> str:
    """What the SAT's catalogue says of the postal code."""
    if unknown:
        return _("No está en el catálogo del SAT. Compáralo con tu constancia; puedes escribir el domicilio.")
    return ", ".join(filter(None, (lugar.estado, lugar.municipio, lugar.localidad))) if lugar else ""
