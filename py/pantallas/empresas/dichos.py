"""What the desk says of its rows, and so does what is taken from it: sentences, and the state of a programme."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import idiomas
from idiomas import fechas
from pantallas.comunes import textos
from pantallas.comunes.situacion.tarjeta import look
from raoce.empresa import Programa
from tramite.empresas.renglon import Renglon

_DICHOS = Path(__file__).with_name("dichos.toml")


def said() -> dict[str, Any]:
    """The sentences, by table."""
    return idiomas.tables(_DICHOS)


def moment(cuando: datetime) -> str:
    """A day and its hour in central Mexico: «31/05/2024 09:30», “31 May 2024 09:30”."""
    there = cuando.astimezone(textos.CENTRO)
    dia = f"{there:%d/%m/%Y}" if idiomas.current() == idiomas.ES else fechas.larga(there.date())
    return f"{dia} {there:%H:%M}"


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
        "texto": said()["depende"].format(estado=palabra) if aspecto == "depende" else palabra,
    }
