"""Files made to harm whoever reads them: each is answered with a sentence, and nothing else changes.

How long each takes, and thousands of files damaged at random: `make resistencia`.
"""

from base64 import b64encode

import pytest

from hostiles import DER, HOJAS, HOJAS_LEGIBLES, JSON
from tramites import Tramite


def imported(body):
    t = Tramite("?pantalla=bienes&ejercicio=2023&programas=PROSEC")
    before = t.draft
    t.do("bienes.importar", nombre="a.xlsx", contenido=b64encode(body).decode())
    assert t.draft == before and t.html
    return t


@pytest.mark.parametrize(("make", "codigo"), HOJAS.values(), ids=HOJAS)
def test_sheets(make, codigo):
    assert imported(make()).codes == [codigo]


@pytest.mark.parametrize("make", HOJAS_LEGIBLES.values(), ids=HOJAS_LEGIBLES)
def test_what_a_workbook_says_of_its_own_size_is_not_believed(make):
    t = imported(make())
    assert not t.codes and "(hoja «Hoja0»): 3 renglones" in t.html


@pytest.mark.parametrize("texto", JSON.values(), ids=JSON)
@pytest.mark.parametrize("event", ["abrir-borrador", "datos.abrir-anterior", "corregir.abrir-presentado"])
def test_json(event, texto):
    screen = event.partition(".")[0] if "." in event else "plazos"
    t = Tramite(f"?pantalla={screen}&ejercicio=2023&programas=PROSEC")
    before = t.draft
    t.do(event, nombre="a.json", texto=texto)
    assert t.codes == ["borrador-danado"] and t.draft == before and t.html


@pytest.mark.parametrize("der", DER.values(), ids=DER)
def test_certificates(der):
    t = Tramite("?pantalla=firmar&ejercicio=2023&programas=IMMEX")
    t.do("firmar.certificado", nombre="a.cer", contenido=b64encode(der).decode())
    assert t.state.firma.fallo.codigo == "certificado-ilegible" and t.html
