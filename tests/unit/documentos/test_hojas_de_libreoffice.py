"""Workbooks of LibreOffice (.ods): what is read of them, what they hide, and those that mean harm."""

import time
from contextlib import suppress

import pytest

from documentos.hojas import envases, odf
from documentos.hojas.columnas import Ocultos
from documentos.hojas.encabezados import ENCABEZADOS
from documentos.hojas.hojas import read, recognise
from libreoffice import NUMBER, cell, content, ods, packed, row, sheet
from propiedades import given, settings, st
from raoce.base import DatoInvalido
from raoce.bienes import MAXIMO_FILAS, Fila
from raoce.bienes.escrituras import Numero

TITULOS = tuple(ENCABEZADOS.values())
CAFE = Fila("XXII", "09012101", "Café tostado", "01", "30000", "20000.25", "9999.75")
MOTOR = Fila("I", "85011001", "Motor", "06", "5", "2", "3")


def goods(datos):
    return tuple(r.fila for r in recognise(read("bienes.ods", datos)).filas)


def code(datos):
    with pytest.raises(DatoInvalido) as caught:
        recognise(read("bienes.ods", datos))
    return caught.value.codigo


def texts(*cells):
    """What is read of cells written as XML."""
    return odf.sheets(content(sheet([row((), inside="".join(cells))])).encode())[0].filas[0]


def test_a_workbook_is_read_with_its_numbers_as_numbers():
    tabla = read("x", ods(("Relación",), TITULOS, (), ("XXII", 9012101, "Café\ntostado", 1, 30000, 0.25, "1.000,50")))
    assert tabla.nombre == "Hoja1" and len(tabla.filas) == 4
    fila = recognise(tabla).filas[0]
    assert (fila.numero, fila.fila) == (4, Fila("XXII", "09012101", "Café\ntostado", "1", "30000", "0.25", "1.000,50"))
    assert [isinstance(t, Numero) for t in fila.fila[4:]] == [True, True, False]


@pytest.mark.parametrize(
    ("kind", "inside", "expected"),
    [
        ('"percentage" office:value="0.5"', "<text:p>50 %</text:p>", "0.5"),
        ('"date" office:date-value="2023-12-31T00:00:00"', "<text:p>31/12/23</text:p>", "2023-12-31"),
        ('"boolean" office:boolean-value="true"', "<text:p>V</text:p>", "VERDADERO"),
        ('"string"', "<office:annotation><text:p>nota</text:p></office:annotation><text:p>Café</text:p>", "Café"),
        ('"string"', '<text:p>a<text:span>b</text:span><text:s text:c="999999999"/>&amp; c</text:p>', "ab & c"),
        ('"string"', "<draw:frame><text:p>dibujo</text:p></draw:frame>", ""),
        ('"float" office:value="x1"', "<text:p>nada</text:p>", "nada"),
        ('"string" office:string-value="b"', "", "b"),
    ],
)
def test_a_cell_is_read_as_a_person_sees_it(kind, inside, expected):
    last = '<table:table-cell office:value-type="string" office:string-value="z"/>'
    assert texts(f"<table:table-cell office:value-type={kind}>{inside}</table:table-cell>", last) == (expected, "z")


def test_what_another_cell_covers_is_not_read():
    covered = '<table:covered-table-cell office:value-type="string"><text:p>tapada</text:p></table:covered-table-cell>'
    assert texts(cell("a"), covered, cell("b")) == ("a", "", "b")


def test_repeated_cells_and_rows_are_as_many_as_they_say():
    twice = '<table:table-cell table:number-columns-repeated="2" office:value-type="float" office:value="7"/>'
    repeated = row(()).replace("<table:table-row", '<table:table-row table:number-rows-repeated="2"', 1)
    filas = odf.sheets(content(sheet([repeated, row((), inside=cell("") + twice), ("a",)])).encode())[0].filas
    assert filas == ((), (), ("", "7", "7"), ("a",))


def test_what_is_hidden_is_told():
    columns = '<table:table-column/><table:table-column table:visibility="collapse" table:number-columns-repeated="2"/>'
    columns += '<table:table-column table:number-columns-repeated="16381"/>'
    book = packed(content(sheet([TITULOS, row(CAFE, hidden=True), MOTOR, row((), hidden=True)], columns=columns)))
    hoja = recognise(read("x", book))
    assert [r.fila for r in hoja.filas] == [CAFE, MOTOR]
    assert (hoja.renglones_ocultos, hoja.columnas_ocultas, hoja.oculta) == (1, ("fraccion", "descripcion"), False)


def test_a_hidden_sheet_is_read_where_no_other_has_goods():
    hidden = sheet([TITULOS, CAFE], "Datos", hidden=True)
    shown = recognise(read("x", packed(content(hidden, sheet([TITULOS, MOTOR])))))
    assert ([r.fila for r in shown.filas], shown.oculta) == ([MOTOR], False)
    tabla = read("x", packed(content(sheet([("Carátula",)]), hidden)))
    assert (tabla.nombre, tabla.ocultos) == ("Datos", Ocultos(hoja=True)) and recognise(tabla).oculta


def many(values, times):
    return row(values).replace("<table:table-row", f'<table:table-row table:number-rows-repeated="{times}"', 1)


def wide(times, value="1"):
    return f'<table:table-cell table:number-columns-repeated="{times}" {NUMBER}="{value}"/>'


DOCTYPE = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
DEEP = "<text:span>" * 300_000


@pytest.mark.parametrize(
    ("make", "expected"),
    [
        (lambda: ods(), "hoja-vacia"),
        (lambda: ods(TITULOS), "hoja-sin-renglones"),
        (lambda: ods(("a", "b", "c")), "hoja-sin-encabezados"),
        (lambda: packed(content(sheet([])).replace("office:spreadsheet", "office:text")), "hoja-tipo"),
        (lambda: packed(content(sheet([TITULOS, CAFE]))[:-20]), "hoja-danada"),
        (lambda: packed(""), "hoja-danada"),
        (lambda: packed(None), "hoja-tipo"),
        (lambda: packed(content(sheet([TITULOS, CAFE])).replace("UTF-8", "gb18030")), "hoja-danada"),
        (lambda: packed(content(sheet([TITULOS, CAFE])).replace("UTF-8", "no-hay")), "hoja-danada"),
        (lambda: packed(content(sheet([(DEEP,)])).replace("&lt;", "<").replace("&gt;", ">")), "hoja-danada"),
        (lambda: packed(content(sheet([TITULOS, CAFE])).replace("<office:document", f"{DOCTYPE}<office:document", 1)),
         "hoja-danada"),
        (lambda: packed(content(sheet([TITULOS, row((), inside=wide("x"))]))), "hoja-danada"),
        (lambda: packed(content(sheet([TITULOS, row((), inside=wide("9" * 5000))]))), "hoja-danada"),
        (lambda: packed(content(sheet([TITULOS, row((), inside=wide(90_000_000))]))), "hoja-extensa"),
        (lambda: packed(content(sheet([TITULOS, many((), 9_000_000), row(CAFE)]))), "hoja-extensa"),
        (lambda: packed(content(sheet([many((), 1_048_000), row((), inside=wide(16_384))]))), "hoja-extensa"),
        (lambda: packed(content(*[sheet([many((), 500_000), CAFE])] * 2)), "hoja-extensa"),
        (lambda: packed(content(sheet([TITULOS, many(CAFE, 90_000_000)]))), "hoja-filas"),
        (lambda: packed(content(sheet([TITULOS, *[CAFE] * (MAXIMO_FILAS + 1)]))), "hoja-filas"),
        (lambda: packed(content(sheet([TITULOS, many((*CAFE[:2], "x" * 30_000, *CAFE[3:]), 9_000)]))), "hoja-inflada"),
        (lambda: packed(content(sheet(["<table:table-row/>" * (odf.MAXIMO_ELEMENTOS + 1)]))), "hoja-extensa"),
        (lambda: packed(" " * (envases.MAXIMO_INFLADO + 1)), "hoja-inflada"),
        (lambda: packed("x", **{"META-INF__manifest.xml": "<manifest:encryption-data/>"}), "hoja-cifrada"),
        (lambda: packed(None, **{"encrypted-package": "x"}), "hoja-cifrada"),
        (lambda: packed(content(sheet([TITULOS, CAFE])), **{"Basic__Standard__Module1.xml": "<m/>"}), "hoja-macros"),
        (lambda: packed(content(sheet([TITULOS, CAFE])), **{"Scripts__python__a.py": "1"}), "hoja-macros"),
    ],
)  # fmt: skip
def test_each_workbook_that_is_no_table_has_its_reason(make, expected):
    datos = make()
    began = time.process_time()
    if expected == "hoja-sin-renglones":
        assert goods(datos) == ()
    else:
        assert code(datos) == expected
    assert time.process_time() - began < 10


def test_the_libraries_of_macros_that_hold_none_are_no_harm():
    book = packed(content(sheet([TITULOS, CAFE])), **{"Basic__Standard__script-lb.xml": "<l/>", "Scripts__": ""})
    assert goods(book) == (CAFE,)


def test_a_hidden_sheet_that_is_too_long_is_passed_over():
    long = sheet([TITULOS, many(CAFE, 90_000_000)], "Datos", hidden=True)
    assert goods(packed(content(long, sheet([TITULOS, MOTOR])))) == (MOTOR,)
    assert code(packed(content(long))) == "hoja-vacia"


DANABLE = ods(TITULOS, CAFE, MOTOR)
XML = content(sheet([TITULOS, CAFE, MOTOR])).encode()


@settings(max_examples=150)
@given(st.data())
def test_no_damage_escapes_as_anything_but_a_reason(data):
    whole = bytearray(DANABLE)
    for _ in range(data.draw(st.integers(1, 6))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(whole)) | st.just(len(whole)))
    with suppress(DatoInvalido):
        recognise(read("x", bytes(whole[:cut])))


@settings(max_examples=150)
@given(st.data())
def test_no_damage_inside_its_content_escapes_either(data):
    body = bytearray(XML)
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(body) - 1))
        body[place : place + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=3))
    with suppress(DatoInvalido):
        recognise(read("x", packed(bytes(body))))
