"""The Spanish of the screens: ``textos.toml``, with dates and figures put into the sentences."""

import tomllib
from datetime import date, datetime, timedelta, timezone
from functools import cache
from pathlib import Path
from typing import Any

from raoce.base import DatoInvalido
from raoce.base.formato import fecha_larga
from tramite.etiquetas import campo, split_programa
from tramite.evaluacion import Aviso

# Certificates expire at an instant; the reader is told the day in central Mexico (UTC−6 since 2022).
CENTRO = timezone(timedelta(hours=-6))


@cache
def catalogo() -> dict[str, Any]:
    text = (Path(__file__).parent / "textos.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def falta(clave: str) -> str:
    """What to do about a required field that is empty."""
    nombre, programa = split_programa(clave)
    return catalogo()["falta"][nombre].format(programa=programa)


def error(e: DatoInvalido) -> str:
    return _fill(catalogo()["errores"][e.codigo], e.datos)


def firma(codigo: str, datos: dict[str, Any]) -> str:
    return _fill(catalogo()["firma"][codigo], datos)


def aviso(a: Aviso) -> str:
    """The sentence of a doubt or a notice. Notices about files that failed are errors too."""
    textos = catalogo()
    datos = dict(a.datos)
    if "campos" in datos:
        datos["campos"] = ", ".join(f"«{campo(c, 'etiqueta')}»" for c in datos["campos"])
    if "miles" in datos:
        datos["pesos"] = datos["valor"] * 1000
    return _fill(textos["avisos"].get(a.codigo) or textos["errores"][a.codigo], datos)


def _fill(sentence: str, datos: dict[str, Any]) -> str:
    return sentence.format(**{k: shown(v) for k, v in datos.items()})


def shown(value: Any) -> Any:
    match value:
        case datetime():
            return fecha_larga(value.astimezone(CENTRO).date())
        case date():
            return fecha_larga(value)
        case DatoInvalido():
            return error(value)
        case _:
            return value
