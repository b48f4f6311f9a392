"""Every date and every state against the cases of tests/casos."""

from datetime import date, timedelta

import pytest

from casos import each
from raoce.empresa import EJERCICIOS, Programa, Registro
from raoce.plazos import Estado, plazo
from raoce.plazos.calendario import add_business_days, last_business_day, skipped_days
from raoce.plazos.plazos import default_ejercicio, situacion
from raoce.solicitud import Reporte


@each("fechas", "anios", "presentacion")
def test_last_business_days(caso):
    for mes, nombre in ((4, "abril"), (5, "mayo"), (6, "junio"), (8, "agosto")):
        assert last_business_day(caso["presentacion"], mes) == caso[nombre]


@each("fechas", "anios", "presentacion")
def test_limits_of_each_combination(caso):
    ejercicio = caso["presentacion"] - 1
    immex, prosec, altex, ecex = Programa
    assert plazo(immex, {immex}, ejercicio).limite == caso["mayo"]
    assert plazo(immex, {immex, altex, ecex}, ejercicio).limite == caso["mayo"]
    assert plazo(prosec, {prosec}, ejercicio).limite == caso["abril"]
    assert plazo(prosec, {prosec, altex}, ejercicio).limite == caso["mayo"]
    assert plazo(prosec, {prosec, ecex}, ejercicio).limite == caso["mayo"]
    assert plazo(altex, {altex}, ejercicio).limite == caso["mayo"]
    assert plazo(ecex, {ecex, immex}, ejercicio).limite == caso["mayo"]
    both = caso["mayo"] if caso["presentacion"] >= 2024 else caso["abril"]
    for programa, ultima in ((immex, caso["agosto"]), (prosec, caso["junio"])):
        fechas = plazo(programa, {immex, prosec}, ejercicio)
        assert (fechas.limite, fechas.ultima) == (both, ultima)
        assert fechas.recomendada == caso["abril"]
        assert fechas.explicacion.por_confirmar == (caso["presentacion"] < 2024)


@each("fechas", "correcciones")
def test_correction_term(caso):
    assert add_business_days(caso["presentado"], 5) == caso["ultimo_dia"]
    assert all(d.motivo for d in skipped_days(caso["presentado"], caso["ultimo_dia"]))


@each("situaciones")
def test_situation_on_a_day(caso):
    autorizacion = caso.get("autorizacion", {})
    registros = tuple(Registro(Programa(p), autorizacion=autorizacion.get(p)) for p in caso["programas"])
    reporte = Reporte(caso["ejercicio"], registros, caso["consulta"], caso.get("presentacion"))
    found = {
        p.registro.programa.value: [
            p.situacion.estado.value,
            p.plazo.limite if p.plazo else "",
            (p.plazo.ultima or "") if p.plazo else "",
        ]
        for p in reporte.plazos
    }
    assert found == caso["espera"]
    if "reactiva" in caso:
        now = reporte.plazos[0].situacion
        assert now.reactiva == caso["reactiva"]
        assert now.reactiva_alterna == caso.get("reactiva_alterna", caso["reactiva"])


@pytest.mark.parametrize("ejercicio", EJERCICIOS)
@pytest.mark.parametrize("mask", range(1, 16))
def test_every_combination_every_day_has_a_state(ejercicio, mask):
    """All four programmes, every ejercicio: the states follow each other in order and end cancelled."""
    held = {p for n, p in enumerate(Programa) if mask >> n & 1}
    order = [Estado.NO_INICIA, Estado.EN_PLAZO, Estado.VENCIDO, Estado.SUSPENDIDO, Estado.CANCELADO]
    for programa in held:
        fechas = plazo(programa, held, ejercicio)
        assert fechas.apertura < fechas.limite < fechas.cancela
        seen = []
        for n in range(366):
            dia = date(ejercicio + 1, 1, 1) + timedelta(n)
            now = situacion(fechas, dia)
            seen.append(order.index(now.estado))
            if now.cambia:
                assert now.cambia > dia
                assert situacion(fechas, now.cambia).estado is now.siguiente
        assert seen == sorted(seen)
        assert order[seen[0]] is Estado.NO_INICIA and order[seen[-1]] is Estado.CANCELADO


@pytest.mark.parametrize(
    ("hoy", "ejercicio"),
    [("2026-03-31", 2025), ("2026-09-01", 2025), ("2026-09-02", 2026), ("2027-01-01", 2026), ("2012-01-01", 2016)],
)
def test_the_report_that_comes_next(hoy, ejercicio):
    assert default_ejercicio(date.fromisoformat(hoy)) == ejercicio


def test_immex_with_prosec_in_2023_has_two_limits_and_advises_the_earlier():
    fechas = plazo(Programa.IMMEX, {Programa.IMMEX, Programa.PROSEC}, 2022)
    assert (fechas.limite, fechas.otra.valor) == (date(2023, 4, 28), date(2023, 5, 31))
    assert fechas.recomendada == date(2023, 4, 28) and fechas.por_confirmar
    assert plazo(Programa.IMMEX, {Programa.IMMEX}, 2022).otra is None
    assert plazo(Programa.IMMEX, {Programa.IMMEX, Programa.PROSEC}, 2021).limite == date(2022, 4, 29)
