"""A rehearsal of the whole form with nothing of anybody in it, before Python's memory is kept for the next start.

What is kept has no files. So everything of ours that needs no package on demand is imported here, and every rule,
sentence and template is read. The state that it draws is the initial one, and one with made-up figures.
"""

import gc
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from importlib import import_module
from pathlib import Path

import raoce
from pantallas.comunes import textos
from pantallas.update import update
from pantallas.view import view
from raoce.carta.carta import texts
from raoce.plazos.calendario import PRIMER_ANIO, ULTIMO_ANIO, non_business_day
from raoce.reglas import table
from raoce.reglas.tablas import COMPILADA
from tramite.formulario import hoja
from tramite.pantallas import TODAS
from tramite.state import State, initial_state

# Whose packages come when they are asked for; what needs them waits with them.
ON_DEMAND = (
    *("pydantic", "pydantic_core", "asn1crypto", "segno", "icalendar", "python_calamine", "xlsxwriter"),
    *("fpdf", "font_source_sans_pro", "email"),
)

_PACKAGES = ("raoce", "idiomas", "tramite", "pantallas", "documentos")
# Of the build alone.
_OF_THE_BUILD = ("idiomas.salas", "pantallas.comunes.fuentes")
_CLOCK = {"hoy": "2024-05-15", "ahora": "2024-05-15T18:00:00+00:00"}
_LINK = "?ejercicio=2023&programas={programas}&ventas=1000&exportaciones=900&importaciones=100&tipo-cambio=17.5"
_COMBINATIONS = ("", "PROSEC", "IMMEX,PROSEC,ALTEX,ECEX")


def rehearse() -> None:
    """Import, read and draw everything."""
    _import_all()
    _read_all()
    # What is kept must fit into what Pyodide begins with.
    gc.collect()
    nothing = initial_state()
    for state in (nothing, *map(_filled, _COMBINATIONS)):
        for pantalla in TODAS:
            view(replace(state, pantalla=pantalla))
            gc.collect()


def _filled(programas: str) -> State:
    """The form as a link with made-up figures opens it."""
    event = {"name": "inicio", "busqueda": _LINK.format(programas=programas), "registro": None, **_CLOCK}
    return update(initial_state(), event)[0]


def _import_all() -> None:
    for name in _modules():
        if name in _OF_THE_BUILD:
            continue
        try:
            import_module(name)
        except ModuleNotFoundError as error:
            if (error.name or "").partition(".")[0] not in ON_DEMAND:
                raise


def _modules() -> Iterator[str]:
    ours = Path(raoce.__path__[0]).parent
    for package in _PACKAGES:
        # In the browser the modules are compiled.
        for path in sorted((*ours.glob(f"{package}/**/*.py"), *ours.glob(f"{package}/**/*.pyc"))):
            parts = path.relative_to(ours).with_suffix("").parts
            if "__pycache__" not in parts and "compiladas" not in parts:
                yield ".".join(parts).removesuffix(".__init__")


def _read_all() -> None:
    rules = Path(raoce.__path__[0], "reglas")
    for path in sorted((*rules.glob("*.toml"), *rules.glob(f"*{COMPILADA}"))):
        table(path.stem)
    hoja.texts()
    texts()
    for pantalla in (textos.COMUNES, *TODAS):
        textos.of(pantalla)
    for anio in range(PRIMER_ANIO, ULTIMO_ANIO + 1):
        non_business_day(date(anio, 1, 2))
