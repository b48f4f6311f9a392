"""python dibujar.py FOLDER CASES PAGE VERSION: what our own code makes at build time, under CPython.

It runs as a program of its own, so that the build never holds an old copy of a module that was edited:
- `pantallas.json`: for each language every screen while nothing is known, drawn by the same `view` that draws it in
  the browser, and the first one of the training mode;
- `pagina.es.html`, `pagina.en.html`: PAGE, what surrounds the screens, in each language;
- `en/`: the compiled catalogue of each language that is not Spanish;
- `raoce-1.schema.json`: the JSON Schema of the signed file;
- `compiladas/`: the templates as Python modules;
- `tablas/`: the tables of rules, sentences and labels, compiled;
- `practica.json`, `practica.en.json`: the cases of practice of the folder CASES, one file for each language.
"""

import json
import sys
from dataclasses import replace
from pathlib import Path

import idiomas
import raoce
from idiomas.idioma import COMPILADO
from idiomas.salas import compile_catalogue
from pantallas.comunes.casos import file_of
from pantallas.comunes.entorno import environment
from pantallas.practica.modo import Practica
from pantallas.view import view
from raoce.reglas import version as rule_version
from raoce.reglas.tablas import COMPILADA, compile_table
from raoce.solicitud.solicitud import json_schema
from tramite.casos.caso import from_folder, to_json
from tramite.pantallas import PRACTICA as PANTALLA
from tramite.pantallas import TODAS
from tramite.state import initial_state

PY = Path(raoce.__path__[0]).parent
folder, cases, page = map(Path, sys.argv[1:4])
version = {"version": sys.argv[4], "reglas": rule_version()}
screens = {}
for language in idiomas.IDIOMAS:
    nothing = replace(initial_state(), idioma=language)
    screens[language] = {name: view(replace(nothing, pantalla=name)) for name in TODAS}
    screens[language]["en-practica"] = view(replace(nothing, pantalla=PANTALLA, modo=Practica()))
    with idiomas.using(language):
        drawn = environment().from_string(page.read_text(encoding="utf-8")).render(idioma=language, **version)
    (folder / f"pagina.{language}.html").write_text(drawn, encoding="utf-8")
    if language != idiomas.ES:
        (folder / language).mkdir()
        (folder / language / COMPILADO).write_bytes(compile_catalogue(language))
(folder / "pantallas.json").write_text(json.dumps(screens), encoding="utf-8")
schema = json.dumps(json_schema(), ensure_ascii=False, indent=2)
(folder / "raoce-1.schema.json").write_text(schema + "\n", encoding="utf-8")
if not from_folder(cases):
    sys.exit(f"there are no cases of practice in {cases}")
for idioma in idiomas.IDIOMAS:
    (folder / Path(file_of(idioma)).name).write_text(to_json(cases, idioma), encoding="utf-8")
(folder / "compiladas").mkdir()
environment().compile_templates(str(folder / "compiladas"), extensions=["html"], zip=None, ignore_errors=False)
for path in PY.rglob("*.toml"):
    target = (folder / "tablas" / path.relative_to(PY)).with_suffix(COMPILADA)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(compile_table(path.read_text(encoding="utf-8")))
