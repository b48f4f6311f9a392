"""«Verificar un archivo» in English: the verdict, every check and everything in the file are told without Spanish."""

import pytest
from test_verificar import CHANGED, INCLUIDAS, verdict, verify

import alteraciones as al
from ingles import spanish_in
from tramites import Tramite

# What is signed stays as it was signed, and names are names.
NAMES = "Nandú AC de prueba MAQUILADORA DE PRUEBA SA DE CV"
DATA = f"{al.payload_of().decode()} {al.good().decode()} {CHANGED.decode()} {NAMES}"


@pytest.mark.parametrize("lista", [INCLUIDAS, "[]", None], ids=["its authority", "none", "no list"])
@pytest.mark.parametrize(
    "datos", [al.good(), CHANGED, b"{}", b"%PDF", b"x" * 5_000_001], ids=["good", "changed", "{}", "pdf", "large"]
)
def test_each_verdict(datos, lista):
    t = verify(("RAOCE_2023.json", datos), lista=lista, t=Tramite("?pantalla=verificar").do("idioma", idioma="en"))
    assert bool(verdict(t)) is (lista is not None)
    assert spanish_in(t.html, DATA) == set()


def test_several():
    t = Tramite("?pantalla=verificar").do("idioma", idioma="en")
    t = verify(("a.json", al.good()), ("b.json", CHANGED), ("c.json", b"{}"), t=t)
    assert spanish_in(t.html, DATA) == set()
