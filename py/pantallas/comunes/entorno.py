"""The Jinja2 environment of the screens. In the browser the templates arrive compiled to Python."""

from functools import cache
from pathlib import Path

from jinja2 import BaseLoader, Environment, FileSystemLoader, ModuleLoader, StrictUndefined
from markupsafe import Markup

import idiomas
from idiomas import fechas
from raoce.base import formato
from raoce.reglas import FIRME

# A template is named by its folder: «bienes/plantilla.html».
PLANTILLAS = Path(__file__).parents[1]
COMPILADAS = PLANTILLAS / "compiladas"


def _gettext(frase: str, **datos: object) -> Markup:
    """A sentence of a template. What is put into it is escaped."""
    return Markup(idiomas.gettext(frase)) % datos


def _ngettext(una: str, varias: str, num: int, **datos: object) -> Markup:
    return Markup(idiomas.ngettext(una, varias, num)) % {"num": num, **datos}


def _create(loader: BaseLoader, **options: object) -> Environment:
    env = Environment(
        loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, **options
    )
    env.globals |= {"gettext": _gettext, "ngettext": _ngettext, "_": _gettext}
    env.filters |= {
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
    # Compiled, they need nothing of the extension but the functions that they call.
    return _create(ModuleLoader(str(COMPILADAS))) if COMPILADAS.is_dir() else _from_sources()


def _from_sources() -> Environment:
    env = _create(FileSystemLoader(PLANTILLAS), extensions=["jinja2.ext.i18n"])
    env.install_gettext_callables(idiomas.gettext, idiomas.ngettext, newstyle=True)
    env.globals |= {"gettext": _gettext, "ngettext": _ngettext, "_": _gettext}
    env.policies["ext.i18n.trimmed"] = True
    return env


def draw_page(source: str, **known: object) -> str:
    """What surrounds the screens, in the language spoken."""
    return _from_sources().from_string(source).render(known)


def compile_templates(target: Path) -> None:
    """Write every template as a Python module into ``target``, to ship in place of the templates."""
    env = _from_sources()
    env.compile_templates(str(target), extensions=["html"], zip=None, ignore_errors=False)
