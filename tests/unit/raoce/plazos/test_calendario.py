"""The administrative calendar and the states, over their whole space."""

from datetime import date, timedelta

import pytest

import estados
from propiedades import given, st
from raoce.empresa import EJERCICIOS, Programa, Registro
from raoce.plazos import Calendario, Estado, plazo
from raoce.plazos.calendario import (
    OFICIAL,
    PRIMER_ANIO,
    ULTIMO_ANIO,
    add_business_days,
    count_business_days,
    is_business_day,
    last_business_day,
    non_business_day,
    of_year,
    skipped_days,
)
from raoce.plazos.plazos import Efecto, efecto_of, situacion
from raoce.solicitud import Reporte
from tramite.formulario.inhabiles import Periodo, build_calendario

days = st.dates(date(2016, 1, 1), date(ULTIMO_ANIO, 12, 31))
groups = st.frozensets(st.sampled_from(list(Programa)), min_size=1)
ejercicios = st.sampled_from(EJERCICIOS)


@pytest.mark.parametrize("anio", range(PRIMER_ANIO, ULTIMO_ANIO + 1))
def test_every_non_business_day_has_reason_source_and_state(anio):
    found = of_year(anio)
    assert {d.estado for d in found} <= {"firme", "por confirmar"}
    assert all(d.motivo and d.fuente.titulo for d in found)
    firm = {d.dia for d in found if d.firme} | {date(anio, 1, 1), date(anio, 5, 1), date(anio, 5, 5)}
    weekdays = {dia for dia in (date(anio, 1, 1), date(anio, 5, 1), date(anio, 5, 5)) if dia.weekday() < 5}
    assert weekdays <= firm
    assert len([d for d in found if d.firme]) in range(4, 11)


@given(days, st.integers(1, 30))
def test_adding_and_counting_business_days_agree(dia, n):
    later = add_business_days(dia, n)
    assert is_business_day(later)
    assert count_business_days(dia, later) == n
    assert len(skipped_days(dia, later)) >= (later - dia).days - n


@given(days, st.integers(1, 30))
def test_doubtful_days_only_put_a_term_off(dia, n):
    assert add_business_days(dia, n, con_dudosos=True) >= add_business_days(dia, n)


@given(st.integers(2016, 2030), st.integers(1, 12))
def test_the_last_business_day_is_one_and_none_follows_it_in_the_month(anio, mes):
    last = last_business_day(anio, mes)
    assert is_business_day(last) and last.month == mes
    dia = last + timedelta(1)
    while dia.month == mes:
        assert not is_business_day(dia)
        dia += timedelta(1)


def test_the_suspension_of_2021_gives_both_results():
    assert last_business_day(2021, 8) == date(2021, 8, 31)
    assert last_business_day(2021, 8, con_dudosos=True) == date(2021, 9, 27)
    found = plazo(Programa.IMMEX, {Programa.IMMEX}, 2020)
    (duda,) = found.dudas
    assert (duda.dia, duda.alterna, duda.prudente) == (date(2021, 8, 31), date(2021, 9, 27), date(2021, 8, 31))
    assert "DOF 12-08-2021" in duda.causa.fuente.titulo


def test_a_suspension_set_aside_leaves_no_doubt():
    calendario = build_calendario((), frozenset({date(2021, 8, 12)}))
    assert plazo(Programa.IMMEX, {Programa.IMMEX}, 2020, calendario).dudas == ()


def test_days_added_by_the_user_move_the_dates():
    calendario = build_calendario((Periodo(date(2024, 5, 30), date(2024, 5, 31), "DOF 1-05-2024"),), frozenset())
    assert non_business_day(date(2024, 5, 31), calendario).estado == "agregado por el usuario"
    assert plazo(Programa.IMMEX, {Programa.IMMEX}, 2023, calendario).limite == date(2024, 5, 29)
    assert plazo(Programa.IMMEX, {Programa.IMMEX}, 2023).limite == date(2024, 5, 31)
    assert isinstance(calendario, Calendario) and OFICIAL.agregados == ()


@given(groups, ejercicios, st.data())
def test_exactly_one_state_and_it_only_moves_forward(held, ejercicio, data):
    order = [Estado.NO_INICIA, Estado.EN_PLAZO, Estado.VENCIDO, Estado.SUSPENDIDO, Estado.CANCELADO]
    year = st.dates(date(ejercicio + 1, 1, 1), date(ejercicio + 1, 12, 31))
    one, other = sorted((data.draw(year), data.draw(year)))
    for programa in held:
        fechas = plazo(programa, held, ejercicio)
        before, after = situacion(fechas, one), situacion(fechas, other)
        assert order.index(before.estado) <= order.index(after.estado)
        if before.cambia and other < before.cambia:
            assert after.estado is before.estado


@given(groups, ejercicios, st.data())
def test_a_report_on_the_last_day_is_in_time_and_one_the_next_day_is_not(held, ejercicio, data):
    dia = data.draw(st.dates(date(ejercicio + 1, 1, 1), date(ejercicio + 1, 12, 31)))
    for programa in held:
        fechas = plazo(programa, held, ejercicio)
        assert efecto_of(fechas, fechas.limite) is Efecto.EN_TIEMPO
        assert efecto_of(fechas, fechas.limite + timedelta(1)) is not Efecto.EN_TIEMPO
        assert efecto_of(fechas, fechas.apertura - timedelta(1)) is Efecto.SIN_EFECTO
        if fechas.ultima:
            assert efecto_of(fechas, fechas.ultima) is Efecto.EXTEMPORANEO
            assert efecto_of(fechas, fechas.ultima + timedelta(1)) is Efecto.SIN_EFECTO
        now = situacion(fechas, dia, fechas.limite)
        assert (now.estado is Estado.PRESENTADO) == (dia >= fechas.limite)


@given(groups, ejercicios, st.data())
def test_the_day_and_the_moment_of_authorisation_decide_everything(held, ejercicio, data):
    """Authorised before, in or after the ejercicio, presented or not: one well-defined state a programme."""
    years = st.sampled_from([None, ejercicio - 3, ejercicio, ejercicio + 1])
    registros = tuple(
        Registro(p, autorizacion=date(y, 7, 1) if (y := data.draw(years)) else None) for p in sorted(held)
    )
    year = st.dates(date(ejercicio + 1, 1, 1), date(ejercicio + 1, 12, 31))
    presentacion = data.draw(st.none() | year)
    reporte = Reporte(ejercicio, registros, data.draw(year), presentacion)
    for p in reporte.plazos:
        new = p.registro.autorizacion and p.registro.autorizacion.year > ejercicio
        assert (p.situacion.estado is Estado.NO_OBLIGADO) == bool(new)
        if p.situacion.reactiva:
            assert presentacion < p.situacion.reactiva <= presentacion + timedelta(12)
            assert p.situacion.efecto is Efecto.EXTEMPORANEO
        if p.situacion.cambia:
            assert p.situacion.cambia > reporte.consulta and p.situacion.siguiente


def test_the_table_of_states_in_the_docs_is_what_the_code_says():
    assert estados.TARGET.read_text(encoding="utf-8") == estados.document(), "run tools/estados.py"
