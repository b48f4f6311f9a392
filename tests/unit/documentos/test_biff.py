"""An Excel of 1997 to 2003: what is parsed is what was measured, and nothing else."""

import random
from struct import pack

import pytest

import xls
from azar import damaged
from documentos.hojas import ole
from documentos.hojas.biff import measured
from documentos.hojas.hojas import read
from raoce.base import DatoInvalido

ROWS = (("Fracción", "Bien"), ("85011001", "Motor"), (9012101, 2.5))
MOST = 1000


def rows(datos):
    return [tuple(row) for row in read("a.xls", datos).filas]


def code(datos, celdas=MOST, letras=MOST):
    with pytest.raises(DatoInvalido) as caught:
        measured(datos, celdas, letras)
    return caught.value.codigo


def test_numbers_texts_and_shared_texts_are_read():
    assert rows(xls.table(*ROWS)) == [("Fracción", "Bien"), ("85011001", "Motor"), ("9012101", "2.5")]
    cells = [xls.record(xls.LABEL_SST, pack("<HHHI", 0, n, 0, n)) for n in range(2)]
    assert rows(xls.container(xls.stream(*cells, before=xls.shared(2, b"uno", b"dos")))) == [("uno", "dos")]


def test_a_shared_text_goes_on_in_the_next_record():
    start = xls.record(xls.SST, pack("<IIHB", 2, 2, 6, 0) + b"abc")
    rest = xls.record(0x3C, b"\1" + "def".encode("utf-16-le") + pack("<HB", 2, 0) + b"gh")
    cells = [xls.record(xls.LABEL_SST, pack("<HHHI", 0, n, 0, n)) for n in range(2)]
    whole = xls.container(xls.stream(*cells, before=start + rest))
    assert rows(whole) == [("abcdef", "gh")]
    assert measured(whole, MOST, 8) and code(whole, letras=7) == "hoja-inflada"


def test_the_last_cell_and_all_the_records_are_counted():
    assert measured(xls.container(xls.stream(xls.cell(99, 9, 1))), MOST, MOST)
    assert code(xls.container(xls.stream(xls.cell(99, 10, 1)))) == "hoja-extensa"
    several = xls.record(0xBD, pack("<HH", 99, 8) + pack("<HI", 0, 2) * 3 + pack("<H", 10))
    assert code(xls.container(xls.stream(several))) == "hoja-extensa"
    assert code(xls.container(xls.stream(*[xls.cell(0, 0, 1)] * MOST))) == "hoja-extensa"


def test_what_is_no_cell_is_left_out():
    name = xls.record(0x18, bytes(20))
    whole = xls.container(xls.stream(xls.record(xls.DIMENSIONS, bytes(14)), xls.cell(0, 0, 1), before=name))
    assert ole.stream(measured(whole, MOST, MOST), "Workbook")[1].strip(b"\0") == xls.stream(xls.cell(0, 0, 1)).strip(
        b"\0"
    )


def test_a_formula_is_its_value():
    formula = xls.record(0x06, pack("<HHHdHI", 0, 0, 0, 7.5, 0, 0) + pack("<H", 9) + b"\x23" + pack("<II", 1, 1))
    assert rows(xls.container(xls.stream(formula, xls.cell(0, 1, "b")))) == [("7.5", "b")]


def test_a_locked_one_is_told():
    assert code(xls.container(xls.stream(before=xls.record(0x2F, b"\1\0")))) == "hoja-cifrada"


@pytest.mark.parametrize("size", [0, 100, 4095, 4096, 600_000])
def test_a_container_gives_back_its_stream(size):
    body = random.Random(size).randbytes(size)
    assert ole.stream(ole.around("Book", body), "Workbook", "Book") == ("Book", body.ljust(4096, b"\0"))
    assert ole.stream(xls.container(body, "Book"), "Workbook", "Book") == ("Book", body.ljust(4096, b"\0"))


def test_a_short_stream_lives_inside_that_of_the_root():
    body = xls.stream(xls.cell(0, 0, "uno"), xls.cell(0, 1, "dos"))
    assert len(body) < 4096
    assert rows(xls.small_container(body)) == [("uno", "dos")]


def test_damage_is_read_or_refused():
    chance, whole = random.Random(4), xls.table(*ROWS)
    refused = 0
    for _ in range(300):
        try:
            read("a.xls", damaged(chance, whole))
        except DatoInvalido:
            refused += 1
    assert 20 < refused < 300
