"""«Marcar como presentadas»: which report each line speaks of, and every way in which it can be wrong."""

from datetime import date
from types import MappingProxyType

import pytest

from propiedades import given, st
from raoce.base import DatoInvalido
from tramite.borradores.borrador import Guardado
from tramite.empresas import presentadas

HOY = date(2025, 6, 2)
DIA = date(2024, 5, 20)
UNO, DOS, TRES = "EKU9003173C9", "IIA040805DZ4", "Ñ&E9003173C9"
F1, F2 = "0201500100220200101000001", "0201500100220200101000002"


def todos(*drafts):
    return {str(n): Guardado(MappingProxyType(d)) for n, d in enumerate(drafts, 1)}


HERE = todos(
    {"rfc": UNO, "ejercicio": "2023"},
    {"rfc": UNO, "ejercicio": "2024", "presentacion": "2025-05-02", "folio": F2},
    {"rfc": "iia-040805-dz4", "ejercicio": "2023"},
    {"rfc": TRES, "ejercicio": "2022"},
)


def read(texto, dia=DIA, here=HERE):
    return presentadas.read_pasted(here, texto, dia, HOY)


def only(texto, **more):
    (mark,) = read(texto, **more).marcas
    return mark


def code(texto, **more):
    error = only(texto, **more).error
    return error and error.codigo


@pytest.mark.parametrize(
    "line",
    [
        f"{UNO}\t{F1}",
        f"{F1};{UNO}",
        f"eku-900317-3c9 , '{F1}",
        f"{UNO} {F1[:5]} {F1[5:10]} {F1[10:]}",
        f"20/05/2024\t{F1}\t{UNO}",
        f"{F1}|2024-05-20|{UNO}",
        f"{UNO}\t20 de mayo de 2024\t{F1}",
        f'"{UNO}","2024-05-20 00:00:00","{F1}"',
    ],
)
def test_a_line_is_read_whatever_the_order_of_its_cells(line):
    mark = only(line)
    assert (mark.clave, mark.ejercicio, mark.dia, mark.folio, mark.error) == ("1", 2023, DIA, F1, None)
    assert mark.textos == {"presentacion": "2024-05-20", "folio": F1}


def test_headings_and_empty_lines_are_passed_over_and_lines_keep_their_number():
    found = read(f"RFC\tFolio\n\n{UNO}\t{F1}\n\t\n{DOS}\t{F2[:-1]}3\n")
    assert [(m.numero, m.rfc, m.clave) for m in found.marcas] == [(3, UNO, "1"), (5, DOS, "3")]
    assert found.textos.keys() == {"1", "3"}


def test_a_title_above_the_headings_is_passed_over_too():
    texto = f"Relación de acuses 2024\nRFC\tFolio\tFecha\n{UNO}\t{F1}\t2024-05-20\n"
    (mark,) = read(texto).marcas
    assert (mark.clave, mark.numero, mark.error) == ("1", 3, None)
    assert code("x;20/05/2024") == "marca-sobra"  # a bad line is told, first or not


@pytest.mark.parametrize("texto", ["20/05/24", "20-may-24", "45432"])
def test_the_date_is_read_as_in_a_list_of_companies(texto):
    assert only(f"{UNO}\t{F1}\t{texto}", dia=None).dia == date(2024, 5, 20)


def test_the_year_of_the_date_says_which_report_it_is():
    mark = only(f"{UNO}\t2025-05-02\t{F2}")
    assert mark.clave == "2" and mark.igual and not mark.cambia
    mark = only(f"{UNO}\t2025-05-03\t{F2}")
    assert mark.cambia and mark.antes == ("2025-05-02", F2)


def test_a_column_of_years_says_which_report_it_is():
    found = read(f"RFC\tEjercicio\tFecha\tFolio\n{UNO}\t2023\t31/05/2024\t{F1}\n{UNO}\t2024\t02/05/2025\t{F2}")
    assert [(m.clave, m.ejercicio, m.error) for m in found.marcas] == [("1", 2023, None), ("2", 2024, None)]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (f"{UNO}\t2024\t31/05/2024\t{F1}", "marca-fuera"),
        (f"{DOS}\t2024\t31/05/2024\t{F1}", "marca-sin-ejercicio"),
        (f"{UNO}\t2023\t2024\t{F1}", "marca-sobra"),
        (f"{UNO}\t2023", "marca-sin-folio"),
        (f"{F1}", "marca-sin-rfc"),
        (f"XYZ1\t{F1}", "marca-sobra"),
        (f"{UNO}", "marca-sin-folio"),
        (f"{UNO}\t{F1[:-1]}", "folio-forma"),
        (f"{UNO}\t{F1}0", "folio-forma"),
        (f"{UNO}\t2.01500100220200E+23", "marca-folio-de-excel"),
        (f"{UNO}\t{F1}\t31/02/2024", "marca-fecha"),
        (f"{UNO}\t{F1}\t05/31/2024", "marca-fecha"),
        (f"{UNO}\t{F1}\tpresentada", "marca-sobra"),
        (f"{UNO}\t{F1}\t{F2}", "marca-sobra"),
        (f"AAA010101AAA\t{F1}", "marca-rfc-ajeno"),
        (f"{DOS}\t2025-05-02\t{F1}", "marca-sin-ejercicio"),
        (f"{UNO}\t2024-03-31\t{F1}", "marca-fuera"),
        (f"{UNO}\t2025-06-03\t{F1}", "marca-fuera"),
        (f"{DOS}\t{F2}", "marca-folio-repetido"),
    ],
)
def test_what_is_wrong_with_a_line_is_told_and_nothing_of_it_is_written(line, expected):
    assert code(line) == expected
    found = read(line)
    assert found.textos == {} and found.malas == found.marcas


def test_without_a_date_above_each_line_needs_its_own():
    assert code(f"{UNO}\t{F1}", dia=None) == "marca-sin-fecha"
    assert code(f"{UNO}\t{F1}\t20/05/2024", dia=None) is None


def test_two_lines_for_one_report_and_one_folio_for_two_are_told():
    found = read(f"{UNO}\t{F1}\n{UNO}\t{F1}\n{DOS}\t{F1}")
    assert [m.error and m.error.codigo for m in found.marcas] == [None, "marca-dos-veces", "marca-folio-repetido"]
    assert found.textos.keys() == {"1"}


def test_two_drafts_of_one_report_are_not_guessed_between():
    assert code(f"{UNO}\t{F1}", here=todos(*[{"rfc": UNO, "ejercicio": "2023"}] * 2)) == "marca-varios"


def test_nothing_pasted_and_too_much_are_refused():
    for texto, expected in (("", "marcas-vacias"), ("RFC;Folio", "marcas-vacias"), ("1\n" * 5001, "marcas-muchas")):
        with pytest.raises(DatoInvalido) as error:
            read(texto)
        assert error.value.codigo == expected


def test_those_ticked_get_one_date_and_those_of_another_year_are_told():
    found = presentadas.propose(HERE, ("1", "2", "3", "9"), DIA, "", HOY)
    assert found.textos == {"1": {"presentacion": "2024-05-20"}, "3": {"presentacion": "2024-05-20"}}
    assert [m.error.codigo for m in found.malas] == ["marca-fuera"]


def test_the_folio_that_there_is_stays_when_none_is_given():
    found = presentadas.propose(HERE, ("2",), date(2025, 5, 9), "", HOY)
    assert found.textos == {"2": {"presentacion": "2025-05-09"}} and found.marcas[0].cambia
    assert presentadas.propose(HERE, ("2",), date(2025, 5, 2), "", HOY).iguales


def test_a_folio_for_one_is_checked_and_one_for_two_is_refused_at_the_second():
    with pytest.raises(DatoInvalido, match="folio-forma"):
        presentadas.propose(HERE, ("1",), DIA, "123", HOY)
    found = presentadas.propose(HERE, ("1", "3"), DIA, F1, HOY)
    assert [m.error and m.error.codigo for m in found.marcas] == [None, "marca-folio-repetido"]


def test_a_report_that_cannot_be_presented_yet_cannot_be_marked():
    here = todos({"rfc": UNO, "ejercicio": "2025"})
    (mark,) = presentadas.propose(here, ("1",), HOY, "", HOY).marcas
    assert mark.error.codigo == "marca-sin-abrir" and mark.error.datos["desde"] == date(2026, 4, 1)


cells = st.sampled_from((UNO, DOS, TRES, F1, F2, "20/05/2024", "2025-05-02", "x", "1E+23", "٣", "", "9" * 3000, "¼"))
lines = st.lists(st.lists(cells, max_size=4).map("\t".join), max_size=6).map("\n".join)


@given(st.one_of(lines, st.text(max_size=60)), st.sampled_from((None, DIA)))
def test_whatever_is_pasted_each_line_is_good_or_told_and_only_good_ones_are_written(texto, dia):
    try:
        found = read(texto, dia)
    except DatoInvalido as error:
        assert error.codigo == "marcas-vacias"
        return
    assert len(found.buenas) + len(found.malas) + len(found.iguales) == len(found.marcas)
    for clave, textos in found.textos.items():
        assert HERE[clave].campos["ejercicio"] == str(int(textos["presentacion"][:4]) - 1)
        assert len(textos["folio"]) == 25
    assert len({m.clave for m in found.buenas}) == len(found.buenas)
