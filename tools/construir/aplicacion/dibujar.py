"""python dibujar.py FOLDER CASES: what our own code makes at build time, under CPython.

It runs as a program of its own, so that the build never holds an old copy of a module that was edited:
- `pantallas.json`: every screen while nothing is known, drawn by the same `view` that draws it in the browser, and the
  first one of the training mode;
- `raoce-1.schema.json`: the JSON Schema of the signed file;
- `compiladas/`: the templates as Python modules;
- `tablas/`: the tables of rules, sentences and labels, compiled;
- `practica.json`, `practica.en.json`: the cases of practice of the folder CASES, one file for each language.
"""

import json
import sys
from dataclasses import replace
from pathlib import Path

import raoce
from idiomas import IDIOMAS
from pantallas.comunes.casos import file_of
from pantallas.comunes.entorno import compile_templates
from pantallas.practica.modo import Practica
from pantallas.view import view
from raoce.reglas.tablas import COMPILADA, compile_table
from raoce.solicitud.solicitud import json_schema
from tramite.casos.caso import from_folder, to_json
from tramite.pantallas import PRACTICA as PANTALLA
from tramite.pantallas import TODAS
from tramite.state import initial_state

PY = Path(raoce.__path__[0]).parent
folder, cases = map(Path, sys.argv[1:])
nothing = initial_state()
screens = {name: view(replace(nothing, pantalla=name)) for name in TODAS}
screens["en-practica"] = view(replace(nothing, pantalla=PANTALLA, modo=Practica()))
(folder / "pantallas.json").write_text(json.dumps(screens), encoding="utf-8")
schema = json.dumps(json_schema(), ensure_ascii=False, indent=2)
(folder / "raoce-1.schema.json").write_text(schema + "\n", encoding="utf-8")
if not from_folder(cases):
    sys.exit(f"there are no cases of practice in {cases}")
for idioma in IDIOMAS:
    (folder / Path(file_of(idioma)).name).write_text(to_json(cases, idioma), encoding="utf-8")
(folder / "compiladas").mkdir()
compile_templates(folder / "compiladas")
for path in PY.rglob("*.toml"):
    target = (folder / "tablas" / path.relative_to(PY)).with_suffix(COMPILADA)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(compile_table(path.read_text(encoding="utf-8")))
