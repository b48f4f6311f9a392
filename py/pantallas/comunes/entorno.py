"""The Jinja2 environment of the screens. In the browser the templates arrive compiled to Python."""

from functools import cache
from pathlib import Path

from jinja2 import BaseLoader, Environment, FileSystemLoader, ModuleLoader, StrictUndefined

from raoce.base import formato
from raoce.reglas import FIRME

# A template is named by its folder: «bienes/plantilla.html».
PLANTILLAS = Path(__file__).parents[1]
COMPILADAS = PLANTILLAS / "compiladas"


def _create(loader: BaseLoader) -> Environment:
    env = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    env.filters |= {
        "fecha": formato.fecha_larga,
        "fecha_dia": formato.fecha_con_dia,
        "miles": formato.miles,
        "decimal": formato.decimal,
        "porcentaje": formato.porcentaje,
    }
    env.globals["FIRME"] = FIRME
    return env


@cache
def environment() -> Environment:
    compiled = COMPILADAS.is_dir()
    return _create(ModuleLoader(str(COMPILADAS)) if compiled else FileSystemLoader(PLANTILLAS))


def compile_templates(target: Path) -> None:
    """Write every template as a Python module into ``target``, to ship in place of the templates."""
    env = _create(FileSystemLoader(PLANTILLAS))
    env.compile_templates(str(target), extensions=["html"], zip=None, ignore_errors=False)
