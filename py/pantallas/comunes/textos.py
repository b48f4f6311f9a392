"""The sentences of the screens in the language spoken, with dates and figures put into the sentences.

What one screen alone says is in its ``textos.toml``, what several say in that of ``comunes``.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta, timezone
from functools import cache
from pathlib import Path
from typing import Any

import idiomas
from idiomas import _, fechas
from raoce.base import DatoInvalido
from raoce.reglas.frase import Frase
from tramite.formulario.etiquetas import campo, split_programa
from tramite.formulario.evaluacion import Aviso
from tramite.pantallas import TODAS

# Certificates expire at an instant; the reader is told the day in central Mexico (UTC−6 since 2022).
CENTRO = timezone(timedelta(hours=-6))


_PANTALLAS = Path(__file__).parents[1]
COMUNES = "comunes"


def of(pantalla: str) -> dict[str, Any]:
    """What one screen says and no other, by table; nothing for a screen without sentences of its own."""
    return _of(pantalla, idiomas.current())


@cache
def _of(pantalla: str, idioma: str) -> dict[str, Any]:
    # Kept also where there is no file: it is not looked for at every sentence.
    try:
        return idiomas.tables(_PANTALLAS / pantalla / "textos.toml")
    except FileNotFoundError:
        return {}


def catalogo() -> dict[str, Any]:
    """What several screens say."""
    return of(COMUNES)


def _tables(tabla: str, codigo: str) -> Iterator[dict[str, str]]:
    """The tables of this name that have a code: that of all screens, or of the one that alone says it."""
    tables = (of(pantalla).get(tabla, {}) for pantalla in (COMUNES, *TODAS))
    return (table for table in tables if codigo in table)


def _sentence(tabla: str, codigo: str) -> str:
    return next(_tables(tabla, codigo))[codigo]


def is_error(codigo: str) -> bool:
    return any(_tables("errores", codigo))


def falta(clave: str) -> str:
    """What to do about a required field that is empty."""
    nombre, programa = split_programa(clave)
    return _sentence("falta", nombre).format(programa=programa)


def error(e: DatoInvalido) -> str:
    return _fill(_sentence("errores", e.codigo), e.datos)


def firma(codigo: str, datos: dict[str, Any]) -> str:
    return _fill(catalogo()["firma"][codigo], datos)


def que_hacer(codigo: str, datos: dict[str, Any]) -> str:
    return _fill(catalogo()["que_hacer"][codigo], datos)


def aviso(a: Aviso) -> str:
    """The sentence of a doubt or a notice. Notices about files that failed are errors too."""
    datos = dict(a.datos)
    if "campos" in datos:
        datos["campos"] = ", ".join(_("«{campo}»").format(campo=campo(c, "etiqueta")) for c in datos["campos"])
    if "miles" in datos:
        datos["pesos"] = datos["valor"] * 1000
    tabla = "avisos" if any(_tables("avisos", a.codigo)) else "errores"
    return _fill(_sentence(tabla, a.codigo), datos)


def _fill(sentence: str, datos: dict[str, Any]) -> str:
    return sentence.format(**{k: shown(v) for k, v in datos.items()})


def shown(value: Any) -> Any:
    match value:
        case datetime():
            return fechas.larga(value.astimezone(CENTRO).date())
        case date():
            return fechas.larga(value)
        case DatoInvalido():
            return error(value)
        case Frase():
            return idiomas.say(value)
        case _:
            return value
