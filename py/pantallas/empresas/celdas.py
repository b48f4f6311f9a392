"""The state of a programme in a row, as the desk and what is taken from it say it."""

from __future__ import annotations

from pantallas.comunes import textos
from pantallas.comunes.situacion.tarjeta import look
from raoce.empresa import Programa
from tramite.empresas.renglon import Renglon


def state_of(row: Renglon, programa: str) -> dict[str, str] | None:
    """The state of a programme, worded and coloured as on «Plazos»; ``None`` where it is not held."""
    estado = row.programas.get(Programa(programa))
    if estado is None:
        return None
    aspecto = look(estado, row.presentacion, row.campos.get("presentado", ""))
    palabra = textos.catalogo()["estados"][estado if aspecto == "depende" else aspecto]
    return {
        "programa": programa,
        "estado": dict(row.situacion.pares)[programa],
        "aspecto": aspecto,
        "texto": textos.of("empresas")["depende"].format(estado=palabra) if aspecto == "depende" else palabra,
    }
