"""PROSEC goods: how each column is read, the inventory, what is doubted."""

from decimal import Decimal

import pytest

from casos import each
from propiedades import given, settings, st
from raoce.base import DatoInvalido
from raoce.bienes import Fila
from raoce.bienes.bienes import PARSERS, read, repeated, tidy
from raoce.bienes.catalogos import parse_sector, sectores, unidades
from raoce.bienes.volumenes import parse_volumen, volumen, volumen_vucem
from tramite.formulario import relacion


@each("bienes", "columnas", "texto")
def test_each_column_is_read_or_refused_with_a_reason(caso):
    parse = PARSERS[caso["columna"]]
    if "error" in caso:
        with pytest.raises(DatoInvalido) as caught:
            parse(caso["texto"])
        assert caught.value.codigo == caso["error"]
    else:
        expected = caso["valor"]
        assert parse(caso["texto"]) == (Decimal(expected) if caso["columna"] == "total" else expected)


@each("bienes", "filas")
def test_the_inventory_is_what_was_neither_sold_nor_exported(caso):
    bien = read(Fila(*caso["fila"])).bien
    assert bien.inventario == Decimal(caso["inventario"])


def test_a_row_tells_what_is_wrong_and_missing_by_column():
    lectura = read(Fila("", "123", "x" * 251, "kg", "1", "", "-1"))
    assert lectura.bien is None
    assert {k: e.codigo for k, e in lectura.errores.items()} == {
        "sector": "bien-falta",
        "fraccion": "fraccion-forma",
        "descripcion": "texto-largo",
        "nacional": "volumen-falta",
        "exportacion": "volumen-negativo",
    }


def test_the_same_good_twice_is_found_and_the_same_sector_twice_is_not():
    one, other = (
        Fila("I", "85011001", "Motor", "06", "1", "1", "0"),
        Fila("I", "85011001", "Motór ", "06", "2", "1", "0"),
    )
    third = Fila("I", "85011002", "Motor", "06", "1", "1", "0")
    bienes = [read(f).bien for f in (one, other, third)]
    assert repeated(bienes) == {("85011001", "motor")}


def test_the_catalogues_are_those_of_vucem():
    assert len({s.clave for s in sectores()}) == len(sectores()) == 29
    assert [s.clave for s in sectores() if not s.confirmada] == ["XXIII", "XXIV"]
    assert all(len(s.clave) <= 6 for s in sectores())
    assert [u.clave for u in unidades()] == [f"{n:02}" for n in range(1, 23)] + ["99"]


def test_each_sector_is_known_by_its_key_its_number_and_its_name():
    numbers = {roman: n for n, roman in enumerate(dict.fromkeys(s.clave.rstrip("abc") for s in sectores()), 1)}
    assert len(numbers) == 24
    for sector in sectores():
        roman = sector.clave.rstrip("abc")
        letter = sector.clave.removeprefix(roman)
        written = (sector.clave, f"{roman} {sector.nombre}", f"{numbers[roman]} {letter}", sector.nombre)
        assert {parse_sector(t) for t in (*written, *(f" De la {t.upper()} " for t in written[3:]))} == {sector.clave}


VOLUMES = st.decimals(0, Decimal("999999999999.999"), places=3, allow_nan=False)


@given(VOLUMES)
@settings(max_examples=200)
def test_a_volume_written_is_the_volume_read(value):
    assert parse_volumen(volumen(value)) == parse_volumen(volumen_vucem(value)) == value
    assert len(volumen_vucem(value)) <= 16


@given(st.lists(st.tuples(*[st.text(max_size=20)] * 7), max_size=5))
@settings(max_examples=100)
def test_a_table_kept_as_text_is_the_same_table(rows):
    clean = tuple(Fila(*(" ".join(t.split()) for t in row)) for row in rows)
    # A row without a letter is no row.
    expected = tuple(f for f in clean if "".join(f))
    assert relacion.parse(relacion.to_text(clean)).filas == expected


def test_tidying_twice_changes_nothing_more():
    fila = tidy(Fila("xix a", "8708.29.99", " a  b ", "kg", "1000.50", "x", ""))
    assert fila == tidy(fila) == Fila("XIXa", "87082999", "a b", "01", "1,000.5", "x", "")
