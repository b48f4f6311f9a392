"""Two versions of a draft: which side is the newer one field by field, and where to ask."""

import pytest

from propiedades import given, st
from tramite.empresas import fusion
from tramite.empresas.fusion import Lado
from tramite.formulario.campos import CAMPOS

VIEJO = {"rfc": "EKU9003173C9", "ejercicio": "2023", "ventas": "10", "calle": "Uno"}
CAMPO = st.sampled_from(("rfc", "ventas", "calle", "lada", "bienes"))
TEXTO = st.sampled_from(("1", "2", "3", "Ñandú"))
BORRADOR = st.dictionaries(CAMPO, TEXTO, max_size=5)
CON_ALGO = st.dictionaries(CAMPO, TEXTO, min_size=1)
OPUESTO = {Lado.AQUI: Lado.ARCHIVO, Lado.ARCHIVO: Lado.AQUI, None: None}
HISTORIA = st.lists(BORRADOR, max_size=4)


def remembered(*versions):
    memoria = {}
    for campos in versions:
        memoria = fusion.note(memoria, campos)
    return memoria


def sides(aqui, archivo, memoria, otra):
    return {d.campo: d.lado for d in fusion.compare(aqui, archivo, memoria, otra)}


def test_each_side_keeps_what_it_alone_changed_and_both_are_asked():
    memoria = remembered(VIEJO)
    aqui = VIEJO | {"ventas": "20", "lada": "55", "calle": "Dos"}
    archivo = VIEJO | {"colonia": "Centro", "calle": "Tres"}
    found = sides(aqui, archivo, memoria, memoria)
    assert found == {"calle": None, "colonia": Lado.ARCHIVO, "lada": Lado.AQUI, "ventas": Lado.AQUI}
    merged = fusion.merge(aqui, archivo, {k: v or Lado.ARCHIVO for k, v in found.items()})
    assert merged == VIEJO | {"ventas": "20", "lada": "55", "colonia": "Centro", "calle": "Tres"}


def test_a_copy_that_nobody_got_hides_no_change():
    """Here 10 was copied and handed over, and then 20 copied and not handed over. The other's file still says 10."""
    aqui, archivo = VIEJO | {"ventas": "20"}, VIEJO | {"calle": "Dos"}
    found = sides(aqui, archivo, remembered(VIEJO, aqui), remembered(VIEJO, archivo))
    assert found == {"calle": Lado.ARCHIVO, "ventas": Lado.AQUI}


def test_what_nobody_remembers_is_asked():
    found = sides(VIEJO | {"ventas": "20"}, VIEJO, {}, {})
    assert found == {"ventas": None}
    # Nine copies later the first value is forgotten.
    later = remembered(VIEJO, *(VIEJO | {"ventas": str(n)} for n in range(100, 100 + fusion.MAXIMO)))
    assert sides(VIEJO | {"ventas": "20"}, VIEJO, later, later) == {"ventas": None}


def test_a_field_emptied_on_one_side_goes():
    memoria = remembered(VIEJO)
    archivo = {k: v for k, v in VIEJO.items() if k != "calle"}
    assert sides(VIEJO, archivo, memoria, memoria) == {"calle": Lado.ARCHIVO}
    assert fusion.merge(VIEJO, archivo, {"calle": Lado.ARCHIVO}) == archivo
    assert fusion.merge(VIEJO, VIEJO | {"calle": ""}, {"calle": Lado.ARCHIVO})["calle"] == ""


@given(BORRADOR, BORRADOR, HISTORIA, HISTORIA)
def test_it_does_not_matter_from_which_side_one_looks(aqui, archivo, mias, suyas):
    one = sides(aqui, archivo, remembered(*mias), remembered(*suyas))
    other = sides(archivo, aqui, remembered(*suyas), remembered(*mias))
    assert other == {k: OPUESTO[lado] for k, lado in one.items()}


@given(BORRADOR, CON_ALGO, HISTORIA, HISTORIA, st.sampled_from(Lado))
def test_no_field_is_lost_and_a_second_time_changes_nothing(aqui, archivo, mias, suyas, elegido):
    memoria, otra = remembered(*mias), remembered(*suyas, archivo)
    asked = sides(aqui, archivo, memoria, otra)
    found = {k: v or elegido for k, v in asked.items()}
    merged = fusion.merge(aqui, archivo, found)
    for campo in aqui.keys() | archivo.keys():
        said = {aqui.get(campo, ""), archivo.get(campo, "")}
        assert merged.get(campo, "") in said
        assert campo in found or merged[campo] == aqui[campo]
    after = fusion.note(fusion.note(fusion.join(memoria, otra), archivo), merged)
    again = sides(merged, archivo, after, otra)
    # What goes back to a value that both have left behind is asked each time; nothing is taken without asking.
    assert {k for k, lado in again.items() if lado is not Lado.AQUI} <= {k for k, lado in asked.items() if not lado}
    assert fusion.merge(merged, archivo, {k: lado or elegido for k, lado in again.items()}) == merged


@given(CON_ALGO, BORRADOR, BORRADOR)
def test_what_one_side_alone_changed_is_never_asked(viejo, aqui, archivo):
    memoria = remembered(viejo)
    for campo, lado in sides(aqui, archivo, memoria, memoria).items():
        changed = aqui.get(campo, "") != viejo.get(campo, ""), archivo.get(campo, "") != viejo.get(campo, "")
        assert lado is {(True, False): Lado.AQUI, (False, True): Lado.ARCHIVO, (True, True): None}[changed]


@given(st.lists(st.dictionaries(st.sampled_from(sorted(CAMPOS)), st.text(max_size=5)), max_size=10), BORRADOR)
def test_a_memory_is_written_and_read_back(versions, campos):
    memoria = remembered(*versions)
    written = fusion.to_text(memoria, campos, "2024-05-20T18:00:00+00:00")
    assert len(written) < fusion.MAXIMO_ESCRITA
    assert fusion.from_text(written, campos) == memoria
    assert fusion.from_text(written, campos | {"rfc": "OTRA010101AAA"}) == {}


@pytest.mark.parametrize("texto", ["", "x", None, 5, "A" * 30_000, "abcdefgh@;ventas=corta", "=;" * 9_000])
def test_a_memory_that_says_nothing_is_none(texto):
    assert fusion.from_text(texto, VIEJO) == {}
