"""The rehearsal before Python's memory is kept: after it nothing of ours is read or imported, and nobody is in it."""

import subprocess
import sys

from lugares import PY

# In a process of its own: what other tests have imported must not count.
PROGRAM = """
import builtins, io, pathlib, sys
sys.path.insert(0, {py!r})
from pantallas.ensayo import rehearse
rehearse()
from dataclasses import replace
from pantallas.update import update
from pantallas.view import view
from raoce.empresa import EJERCICIOS
from tramite.pantallas import TODAS
from tramite.state import initial_state

before = {{name for name in sys.modules if name.split(".")[0] in ("raoce", "tramite", "pantallas", "documentos")}}
read = []
def refuse(*args, **rest):
    read.append(str(args[0]))
    raise OSError(args[0])
io.open = builtins.open = pathlib.Path.open = refuse

clock = {{"hoy": "2026-11-26", "ahora": "2026-11-26T18:00:00+00:00"}}
for ejercicio in EJERCICIOS:
    for programas in ("IMMEX", "PROSEC", "IMMEX,PROSEC,ALTEX,ECEX"):
        link = f"?ejercicio={{ejercicio}}&programas={{programas}}&ventas=5&exportaciones=9"
        state, _ = update(initial_state(), {{"name": "inicio", "busqueda": link, "registro": None, **clock}})
        state, _ = update(state, {{"name": "cambio", "valores": {{"rfc": "x", "codigo_postal": "1"}}, **clock}})
        for pantalla in TODAS:
            state, _ = update(state, {{"name": "ir", "pantalla": pantalla, "campo": "ventas", **clock}})
            view(state)
        update(state, {{"name": "continuar", **clock}})
after = {{name for name in sys.modules if name.split(".")[0] in ("raoce", "tramite", "pantallas", "documentos")}}
print(read, sorted(after - before), len(before) > 100)
"""


def test_after_it_every_screen_of_every_year_is_drawn_without_a_file():
    done = subprocess.run([sys.executable, "-c", PROGRAM.format(py=str(PY))], capture_output=True, text=True)
    assert done.stdout.strip() == "[] [] True", done.stderr
