"""What is done to every screen alike."""

import pytest

from pantallas.view import view
from raoce.base import DatoInvalido
from tramite.rechazar import refuse
from tramites import Tramite, start


@pytest.mark.parametrize("sign", "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
def test_no_name_of_a_file_turns_around_what_is_said_beside_it(sign):
    state, _ = start("?pantalla=verificar")
    # Names within a zip or a signed file have passed no door of ours.
    state, _ = refuse(state, DatoInvalido("archivo-ilegible", archivo=f"raoce{sign}nosj.exe"))
    html = view(state)
    assert "raocenosj.exe" in html and sign not in html


def test_what_is_typed_with_such_a_sign_shows_without_it():
    t = Tramite("?pantalla=datos&programas=PROSEC&ejercicio=2023").type(ventas="\u202a1234\u202c")
    assert 'value="1,234"' in t.html
