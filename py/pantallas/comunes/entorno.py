"""The Jinja2 environment of the screens. In the browser the templates arrive compiled to Python."""

from functools import cache
from pathlib import Path

from jinja2 import Environment, ModuleLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from markupsafe import Markup

import idiomas
from idiomas import fechas
from raoce.base import formato
from raoce.reglas import FIRME

# A template is named by its folder: «bienes/plantilla.html».
PLANTILLAS = Path(__file__).parents[1]
COMPILADAS = PLANTILLAS / "compiladas"


_OPTIONS = {
    "autoescape": True,
    "undefined": StrictUndefined,
    "trim_blocks": True,
    "lstrip_blocks": True,
    # Each part of each screen would look anew whether its file has changed.
    "auto_reload": False,
}


# They ask for the context so that no compiler says them beforehand, in Spanish.
@pass_context
def _frase(_context: Context, frase: str, **datos: object) -> Markup:
    """A sentence of a template. What is put into it is escaped."""
    said = idiomas.gettext(frase)
    # Most have nothing put into them: one that has writes even its own «%» twice.
    return Markup(said) % datos if "%" in said else Markup(said)


@pass_context
def _frases(_context: Context, una: str, varias: str, num: int, **datos: object) -> Markup:
    return Markup(idiomas.ngettext(una, varias, num)) % {"num": num, **datos}


def _equip(env: Environment) -> Environment:
    env.filters |= {
        "frase": _frase,
        "frases": _frases,
        "decir": idiomas.say,
        "fecha": fechas.larga,
        "fecha_dia": fechas.con_dia,
        "miles": formato.miles,
        "decimal": formato.decimal,
        "porcentaje": formato.porcentaje,
    }
    env.globals["FIRME"] = FIRME
    return env


@cache
def environment() -> Environment:
    if COMPILADAS.is_dir():
        return _equip(Environment(loader=ModuleLoader(str(COMPILADAS)), **_OPTIONS))
    from pantallas.comunes.fuentes import sources

    return _equip(sources(PLANTILLAS, **_OPTIONS))
