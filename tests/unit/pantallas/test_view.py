"""What is done to every screen alike."""

import pytest

from pantallas.update import update
from pantallas.view import view
from raoce.base import DatoInvalido
from tramite.rechazar import refuse
from tramite.state import initial_state

NOW = {"hoy": "2024-05-20", "ahora": "2024-05-20T18:00:00+00:00"}
OPENED = {"name": "inicio", "registro": None, "almacenamiento": True, "enmarcada": False, "sitio": "https://x.mx/"}


@pytest.mark.parametrize("sign", "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
def test_no_name_of_a_file_turns_around_what_is_said_beside_it(sign):
    state, _ = update(initial_state(), OPENED | NOW | {"busqueda": "?pantalla=verificar"})
    # Names within a zip or a signed file have passed no door of ours.
    state, _ = refuse(state, DatoInvalido("archivo-ilegible", archivo=f"raoce{sign}nosj.exe"))
    html = view(state)
    assert "raocenosj.exe" in html and sign not in html


def test_what_is_typed_with_such_a_sign_shows_without_it():
    state, _ = update(initial_state(), OPENED | NOW | {"busqueda": "?pantalla=datos&programas=PROSEC&ejercicio=2023"})
    state, _ = update(state, {"name": "cambio", "valores": {"ventas": "\u202a1234\u202c"}} | NOW)
    assert 'value="1,234"' in view(state)
