"""Many companies at once: what a new ejercicio keeps, what is marked, removed, undone; nothing else is touched."""

import json
from datetime import UTC, date, datetime
from types import MappingProxyType

import pytest

from borradores import company
from propiedades import given, st
from raoce.bienes import COLUMNAS
from raoce.carta import PARRAFOS
from tramite.borradores.archivero import Archivero, changes
from tramite.borradores.borrador import Guardado
from tramite.empresas import lote
from tramite.formulario.campos import CAMPOS, CORREGIDAS, DECLARADAS, FIGURAS

HOY = date(2025, 4, 10)
AHORA = datetime(2025, 4, 10, 18, tzinfo=UTC)
UNO, DOS = "EKU9003173C9", "IIA040805DZ4"
FIGURES = {"ventas": "5,000", "exportaciones": "3,500", "importaciones": "1,200"}
GOODS = "I\t85011001\tMotor\t06\t10\t4\t6"
FOLIO = "0201500100220200101000001"


def draft(rfc=UNO, ejercicio="2023", **more):
    return {"rfc": rfc, "ejercicio": ejercicio, "programa-IMMEX": "si", "numero-IMMEX": "83-2019", **more}


def kept(*drafts):
    todos = {str(n): Guardado(MappingProxyType(d), f"2024-05-0{n}T00:00:00+00:00") for n, d in enumerate(drafts, 1)}
    *others, last = todos
    return Archivero(last, todos[last], MappingProxyType({k: todos[k] for k in others}))


def opened(archivero, ejercicio=2024, claves=None):
    return lote.open_ejercicio(archivero, claves or archivero.todos, ejercicio, AHORA, HOY)


def only(creados):
    (guardado,) = creados.creados.values()
    return guardado.campos


def test_the_company_and_its_programmes_are_kept_and_nothing_of_the_report():
    whole = company() | draft(ejercicio="2023", **FIGURES) | {k: "x" for k in CAMPOS if k not in company()}
    whole |= draft(**FIGURES, bienes=GOODS, autorizados=GOODS)
    new = only(opened(kept(whole)))
    assert {k: new[k] for k in lote.DE_LA_EMPRESA} == {k: whole[k] for k in lote.DE_LA_EMPRESA}
    assert new.keys() - set(lote.DE_LA_EMPRESA) == {"ejercicio", "anterior"} and new["ejercicio"] == "2024"
    gone = {*FIGURAS, *CORREGIDAS, *DECLARADAS, "tipo_cambio", "consignacion", "bienes", "presentacion", "folio"}
    gone |= {"presentado", "captura", "causa", "firmado", "carta_fecha", *(f"parrafo_{p}" for p in PARRAFOS)}
    gone |= {f"bien_{k}" for k in COLUMNAS}
    assert gone <= CAMPOS.keys() and not gone & new.keys()


def test_the_figures_of_the_year_before_are_beside_in_thousands_with_the_goods():
    new = only(opened(kept(draft(ejercicio="2022", ventas="1"), draft(**FIGURES, bienes=GOODS))))
    beside = json.loads(new["anterior"])
    assert beside == {
        "ejercicio": 2023,
        "montos": {"ventas": 5000, "exportaciones": 3500, "importaciones": 1200},
        "bienes": GOODS,
    }


def test_a_figure_that_cannot_be_read_is_not_put_beside_and_without_any_nothing_is():
    assert "anterior" not in only(opened(kept(draft())))
    assert json.loads(only(opened(kept(draft(ventas="mucho", exportaciones="7"))))["anterior"])["montos"] == {
        "exportaciones": 7
    }


def test_a_year_before_all_that_there_are_takes_the_company_and_puts_nothing_beside():
    new = only(opened(kept(draft(ejercicio="2023", calle="A", **FIGURES), draft(ejercicio="2024", calle="B")), 2020))
    assert new["calle"] == "A" and "anterior" not in new


def test_a_company_that_has_it_is_left_alone_and_told_and_so_is_one_without_rfc():
    a = kept(draft(), draft(DOS), draft("", ejercicio="2022"), draft(" iia-040805-dz4 ", "2024"))
    found = opened(a)
    assert [g.campos["rfc"] for g in found.creados.values()] == [UNO]
    assert found.ya == (DOS,) and found.sin_rfc == ("3",)


def test_only_the_companies_asked_for_and_each_once():
    a = kept(draft(), draft(ejercicio="2022"), draft(DOS))
    found = opened(a, claves=("1", "2"))
    assert [g.campos["rfc"] for g in found.creados.values()] == [UNO]
    assert opened(a, claves=("3",)).creados.keys() == {"4"}


def test_twice_is_as_once_and_nothing_that_there_was_changes():
    a = kept(draft(), draft(DOS, **FIGURES))
    once = opened(a).archivero
    twice = opened(once)
    assert twice.creados == {} and twice.archivero.todos == once.todos and twice.ya == (UNO, DOS)
    assert {k: once.todos[k] for k in a.todos} == a.todos and once.actual == a.actual
    assert changes(a, once).keys() == {"borrador/3", "borrador/4", "indice"}


def test_undone_it_takes_back_those_that_nobody_has_touched():
    a = kept(draft(), draft(DOS))
    found = opened(a)
    assert found.undo(found.archivero) == (a, 0)
    typed = Guardado({**found.creados["4"].campos, "ventas": "9"})
    back, stay = found.undo(found.archivero.put({"4": typed}))
    assert back.todos == a.todos | {"4": typed} and stay == 1
    assert found.undo(found.archivero.remove_all(("3", "4")))[1] == 0


def test_a_new_one_that_is_on_the_screen_goes_too_when_undone():
    found = opened(kept(draft()))
    back, _ = found.undo(found.archivero.open("2"))
    assert back.todos == kept(draft()).todos and back.abierto.campos == {}


def test_what_is_written_is_written_there_alone_and_taken_back_where_it_still_says_so():
    a = kept(draft(folio="1"), draft(DOS))
    found = lote.write_into(a, {"1": {"presentacion": "2024-05-03", "folio": FOLIO}, "9": {"folio": FOLIO}}, AHORA)
    assert found.archivero.todos["2"] is a.todos["2"]
    assert found.archivero.todos["1"].campos == draft(folio=FOLIO, presentacion="2024-05-03")
    back, others = found.undo(found.archivero)
    assert (others, back.todos["1"].campos) == (0, draft(folio="1"))
    since = Guardado({**found.archivero.todos["1"].campos, "folio": "2", "ventas": "8"})
    back, others = found.undo(found.archivero.put({"1": since}))
    assert (others, back.todos["1"].campos) == (1, draft(folio="2", ventas="8"))


def test_what_is_there_already_is_not_written_again():
    a = kept(draft(folio=FOLIO))
    found = lote.write_into(a, {"1": {"folio": FOLIO}}, AHORA)
    assert found.cambios == {} and changes(a, found.archivero) == {}


@pytest.mark.parametrize("gone", [("1",), ("2", "3"), ("1", "2", "3"), ("9",)])
def test_all_that_were_removed_come_back(gone):
    a = kept(draft(), draft(DOS), draft(ejercicio="2021"))
    found = lote.remove(a, gone)
    assert found.archivero.todos == {k: g for k, g in a.todos.items() if k not in gone}
    assert found.undo(found.archivero)[0].todos == a.todos


def test_removed_they_come_back_under_other_keys_where_a_new_one_has_come_under_theirs():
    a = kept(draft(), draft(DOS))
    found = lote.remove(a, ("1", "2"))
    new = Guardado(draft("Ñ&E9003173C9"))
    since = Archivero(otros={"2": new}, actual="1", abierto=new)
    back, _ = found.undo(since)
    assert {k: g.campos for k, g in back.todos.items()} == {
        "1": new.campos,
        "2": new.campos,
        "3": draft(),
        "4": draft(DOS),
    }


texts = st.sampled_from(
    ("", "2022", "2023", "2024", "1999", UNO, DOS, "1,500", "si", "mucho", GOODS, "{", "2024-05-03")
)
random_draft = st.dictionaries(
    st.sampled_from(("rfc", "ejercicio", "ventas", "bienes", "folio", "presentacion", "programa-ALTEX", "anterior")),
    texts,
    min_size=1,
)


@given(st.lists(random_draft, min_size=1, max_size=8), st.integers(2022, 2025), st.sets(st.integers(1, 9)))
def test_whatever_the_drafts_say_no_draft_changes_none_comes_twice_and_undone_it_is_as_before(drafts, year, chosen):
    a = kept(*drafts)
    found = opened(a, year, [str(n) for n in chosen] or ["1"])
    after = found.archivero.todos
    assert {k: after[k] for k in a.todos} == a.todos
    assert after.keys() - a.todos.keys() == found.creados.keys()
    companies = [(lote.rfc_of(g.campos), lote.ejercicio_of(g.campos, HOY)) for g in found.creados.values()]
    assert len(set(companies)) == len(companies)
    before = {(lote.rfc_of(g.campos), lote.ejercicio_of(g.campos, HOY)) for g in a.todos.values()}
    assert not before & set(companies) and all(rfc and y == year for rfc, y in companies)
    assert opened(found.archivero, year, [str(n) for n in chosen] or ["1"]).creados == {}
    assert found.undo(found.archivero)[0].todos == a.todos
