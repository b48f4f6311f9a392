"""What is typed about the company and its amounts, and who must file, against the cases of tests/casos."""

from datetime import date

import pytest

from casos import load
from raoce.base import DatoInvalido
from raoce.cifras.divisas import parse_tipo_cambio
from raoce.cifras.montos import parse_miles
from raoce.empresa import Programa, Registro, solicitante
from raoce.empresa.programas import obligacion

PARSERS = {
    "montos": parse_miles,
    "rfc": solicitante.parse_rfc,
    "tipo_cambio": lambda texto: str(parse_tipo_cambio(texto)),
    "correo": solicitante.parse_correo,
    "codigo_postal": solicitante.parse_codigo_postal,
    "lada": solicitante.parse_lada,
    "telefono": solicitante.parse_telefono,
}


@pytest.mark.parametrize(
    ("tabla", "caso"), [(t, row) for t in PARSERS for row in load("capturas")[t]], ids=lambda v: str(v)[:60]
)
def test_what_is_typed(tabla, caso):
    if "error" in caso:
        with pytest.raises(DatoInvalido) as caught:
            PARSERS[tabla](caso["texto"])
        assert caught.value.codigo == caso["error"]
    else:
        assert PARSERS[tabla](caso["texto"]) == caso["valor"]


def test_who_must_file():
    def ask(**fields):
        found = obligacion(Registro(Programa.IMMEX, **fields), 2023)
        return found.presenta, found.exige_compromiso

    assert ask() == (True, True)
    assert ask(autorizacion=date(2022, 12, 31)) == (True, True)
    assert ask(autorizacion=date(2023, 1, 1)) == (True, False)
    assert ask(autorizacion=date(2023, 12, 31)) == (True, False)
    assert ask(autorizacion=date(2024, 1, 1)) == (False, False)
    assert ask(autorizacion=date(2025, 6, 1)) == (False, False)
    assert ask(cancelacion=date(2023, 9, 1)) == (False, False)
