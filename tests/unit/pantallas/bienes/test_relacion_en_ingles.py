"""«Relación de bienes producidos» in English: what is said of a sheet that was read, and of one that cannot be."""

from base64 import b64encode

import pytest
from test_relacion import CAFE, MOTOR, PROSEC, add

from documentos.hojas.hojas import write
from hostiles import HOJAS
from ingles import spanish_in
from tramites import Tramite

DATA = "Café Motor galón Bienes producidos"


def give(body):
    t = add(Tramite(PROSEC).do("idioma", idioma="en"), MOTOR)
    return t.do("bienes.importar", nombre="goods.xlsx", contenido=b64encode(body).decode())


def test_the_preview_what_is_wrong_in_it_and_what_was_taken():
    rows = [
        CAFE,
        MOTOR,
        MOTOR._replace(unidad="galón"),
        MOTOR._replace(fraccion="1"),
        CAFE._replace(total="-1", sector=""),
    ]
    t = give(write(rows))
    assert 'id="importacion"' in t.html and spanish_in(t.html, DATA) == set()
    assert spanish_in(t.do("bienes.aceptar-importacion", cuales="buenos").html, DATA) == set()
    assert spanish_in(t.do("bienes.deshacer").html, DATA) == set()


# Which sheet has which code, test_archivos_hostiles says; what is said depends on the code alone.
@pytest.mark.parametrize("codigo", sorted({codigo for _, codigo in HOJAS.values()}))
def test_a_sheet_that_cannot_be_read(codigo):
    t = give(next(make for make, its in reversed(HOJAS.values()) if its == codigo)())
    assert t.codes == [codigo] and spanish_in(t.html, DATA) == set()
