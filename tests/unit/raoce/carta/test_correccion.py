"""What is corrected: rows of the letter, what follows from the figures, the folio, and until when."""

from datetime import date
from decimal import Decimal

import pytest

from casos import each
from propiedades import given, st
from raoce.base import DatoInvalido
from raoce.base.formato import fecha_larga, redondear
from raoce.bienes import Bien
from raoce.carta.bienes_corregidos import compare_bienes, match
from raoce.carta.correccion import (
    Cifras,
    cambia_compromiso,
    compare,
    compare_cifras,
    derive,
    error_de_miles,
    es_error_de_miles,
)
from raoce.empresa import Programa, Registro
from raoce.plazos import Calendario
from raoce.plazos.calendario import added_day
from raoce.plazos.plazo_de_correccion import plazo_de_correccion
from raoce.solicitud import Reporte
from raoce.solicitud.folio import parse_folio
from renglones import goods
from tramite.formulario.etiquetas import campo


def written(diferencias):
    return [[d.concepto, d.dice, d.debe_decir] for d in diferencias]


@each("cartas", "cifras")
def test_figures(caso):
    dice, debe_decir = Cifras(**caso["dice"]), Cifras(**caso["debe_decir"])
    rows = compare_cifras(dice, debe_decir)
    assert written(rows) == caso["filas"]
    assert [d.calculada for d in rows] == [d.concepto.endswith("(calculado)") for d in rows]
    assert error_de_miles(dice, debe_decir) == caso.get("error_de_miles")
    assert es_error_de_miles(dice, debe_decir) is ("error_de_miles" in caso)


@each("cartas", "bienes")
def test_goods(caso):
    dice, debe_decir = goods(caso["dice"]), goods(caso["debe_decir"])
    assert written(compare_bienes(dice, debe_decir)) == caso["filas"]


@each("cartas", "compromisos")
def test_what_follows_from_the_figures(caso):
    registros = tuple(Registro(Programa(p.split()[0]), modalidad=p.split()[1]) for p in caso["programas"])
    report = Reporte(2023, registros, date(2024, 5, 2), tipo_cambio=Decimal(20))
    before, after = (derive(report, Cifras(**caso[side])) for side in ("dice", "debe_decir"))
    assert [before.saldo, after.saldo] == caso["saldos"]
    assert [str(redondear(d.dolares)) for d in (before, after)] == caso["dolares"]
    changes = cambia_compromiso(before, after)
    assert [f"{c.programa}: {c.antes.resultado}, {c.despues.resultado}" for c in changes] == caso["cambios"]
    assert any(c.pierde for c in changes) is caso["pierde"]


def test_figures_that_vucem_would_refuse_are_refused():
    report = Reporte(2023, (Registro(Programa.IMMEX, modalidad="industrial"),), date(2024, 5, 2))
    with pytest.raises(DatoInvalido) as refusal:
        derive(report, Cifras(100, 200, 0))
    assert refusal.value.codigo == "exportaciones-mayores"


def test_the_labels_are_those_of_the_form():
    first, second = Cifras(3, 2, 1), Cifras(30, 20, 10)
    captured = [d.concepto for d in compare_cifras(first, second) if not d.calculada]
    assert captured == [campo(name, "etiqueta") for name in ("ventas", "exportaciones", "importaciones")]
    one, other = goods(["XXII | 09011201 | Café | 01 | 5 | 0 | 5", "V | 64039999 | Café | 09 | 6 | 1 | 6"])
    labels = {d.concepto.partition(". ")[2] for d in compare_bienes([one], [other])}
    columns = ("sector", "fraccion", "unidad", "total", "nacional", "exportacion")
    assert labels == {campo(f"bien_{column}", "etiqueta") for column in columns}


bienes = st.builds(
    Bien,
    sector=st.sampled_from(["V", "XXII"]),
    fraccion=st.sampled_from(["09011201", "64039999", "42022101"]),
    descripcion=st.sampled_from(["Café", "Zapato", "Bolsa"]),
    unidad=st.sampled_from(["01", "06"]),
    total=st.integers(0, 3).map(Decimal),
    nacional=st.integers(0, 1).map(Decimal),
    exportacion=st.integers(0, 1).map(Decimal),
)
lists = st.lists(bienes, max_size=7)


@given(lists, lists)
def test_every_good_of_both_lists_is_matched_once(dice, debe_decir):
    pairs = match(dice, debe_decir)
    assert [a for a, _ in pairs if a] == dice
    assert sorted((b for _, b in pairs if b), key=repr) == sorted(debe_decir, key=repr)
    assert (None, None) not in pairs


@given(lists, st.randoms())
def test_a_list_in_another_order_says_the_same(dice, random):
    shuffled = list(dice)
    random.shuffle(shuffled)
    assert compare_bienes(dice, shuffled) == ()


@given(lists, lists)
def test_no_row_says_twice_the_same_unless_its_unit_changed(dice, debe_decir):
    for row in compare(Cifras(), Cifras(), dice, debe_decir):
        assert row.dice and row.debe_decir and row.dice != row.debe_decir


@each("cartas", "plazos")
def test_the_term(caso):
    plazo = plazo_de_correccion(caso["presentacion"], caso["presentacion"].year - 1)
    assert plazo.limite == caso["limite"]
    assert [f"{fecha_larga(d.dia)} ({d.motivo})" for d in plazo.inhabiles] == caso["inhabiles"]
    days = {date.fromisoformat(dia): quedan for dia, quedan in caso["quedan"].items()}
    assert {dia: plazo.days_left(dia) for dia in days} == days
    assert [plazo.is_late(dia) for dia in days] == [dia > caso["limite"] for dia in days]
    assert not plazo.dudas
    operacion = plazo.explicacion.operacion
    assert operacion.startswith(
        f"{fecha_larga(caso['presentacion'])} + 5 días hábiles = {fecha_larga(caso['limite'])}; no cuentan"
    )
    assert all(inhabil in operacion for inhabil in caso["inhabiles"])
    assert plazo.regla.firme and "2024" in plazo.regla.fuente.titulo


def test_a_day_that_the_user_added_puts_the_term_off():
    calendar = Calendario((added_day(date(2024, 5, 2), "DOF 30-04-2024"),))
    plazo = plazo_de_correccion(date(2024, 4, 30), 2023, calendar)
    assert plazo.limite == date(2024, 5, 9)
    assert plazo.days_left(date(2024, 5, 1)) == 5


def test_a_suspension_to_be_confirmed_is_a_doubt():
    plazo = plazo_de_correccion(date(2021, 8, 11), 2020)
    assert plazo.limite == date(2021, 8, 18)
    assert {d.prudente for d in plazo.dudas} == {date(2021, 8, 18)}
    assert {d.alterna for d in plazo.dudas} == {date(2021, 10, 1)}


@pytest.mark.parametrize(
    ("texto", "digitos"),
    [("", 0), ("020150010022020010100000", 24), ("02015001002202001010000011", 26), ("O201500100220200101000001", 24)],
)
def test_a_folio_of_another_shape_says_how_many_digits_it_has(texto, digitos):
    with pytest.raises(DatoInvalido) as refusal:
        parse_folio(texto)
    assert (refusal.value.codigo, refusal.value.datos) == ("folio-forma", {"digitos": digitos})
