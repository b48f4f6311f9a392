"""The rows of the desk: states and danger by the dates of the law, the same as the form says, whatever was typed."""

from datetime import date, timedelta
from types import MappingProxyType

import pytest

from casos import each
from escritorio import random_drafts
from raoce.empresa import EJERCICIOS, Programa
from raoce.plazos import Estado, plazo
from tramite.borradores.archivero import Archivero
from tramite.borradores.borrador import Guardado
from tramite.empresas.peligro import BASTANTES, POCOS, Peligro, peligro_of
from tramite.empresas.renglon import Lectura, read
from tramite.formulario.evaluacion import Evaluacion

ALTO, MEDIO, BAJO, NINGUNO = Peligro
IMMEX, PROSEC, ALTEX, ECEX = Programa
DIA = timedelta(1)
COMBINACIONES = (
    (IMMEX,),
    (PROSEC,),
    (ALTEX,),
    (ECEX,),
    (IMMEX, PROSEC),
    (PROSEC, ALTEX),
    (IMMEX, PROSEC, ALTEX, ECEX),
)


def row(dia, ejercicio=2023, programas=(IMMEX,), **campos):
    ticked = {f"programa-{p}": "si" for p in programas}
    return read("1", Guardado({"ejercicio": str(ejercicio), **ticked, **campos}), dia, dia)


@each("situaciones", "casos", "titulo")
def test_each_state_is_that_of_the_cases(caso):
    dates = {f"autorizacion-{p}": d.isoformat() for p, d in caso.get("autorizacion", {}).items()}
    if "presentacion" in caso:
        dates["presentacion"] = caso["presentacion"].isoformat()
    found = row(caso["consulta"], caso["ejercicio"], [Programa(p) for p in caso["programas"]], **dates)
    assert {p.value: e.value for p, e in found.programas.items()} == {p: e[0] for p, e in caso["espera"].items()}


@pytest.mark.parametrize("programas", COMBINACIONES, ids="-".join)
@pytest.mark.parametrize("ejercicio", EJERCICIOS)
def test_danger_follows_the_dates_of_each_year(ejercicio, programas):
    """Each edge from the deadlines' own source: the day before and the day after say otherwise."""
    dates = [plazo(p, programas, ejercicio) for p in programas]
    abre, limite = dates[0].apertura, min(d.limite for d in dates)

    def danger(dia):
        return row(dia, ejercicio, programas).peligro

    first_of_concern = min(abre, limite - DIA * BASTANTES)
    assert danger(first_of_concern - DIA) is BAJO and danger(first_of_concern) is MEDIO
    assert danger(limite - DIA * (POCOS + 1)) is MEDIO
    assert danger(limite - DIA * POCOS) is ALTO and danger(limite) is ALTO
    assert danger(limite + DIA) is ALTO and danger(date(ejercicio + 5, 1, 1)) is ALTO
    found = row(limite - DIA * 20, ejercicio, programas)
    assert (found.proxima, found.dias) == (limite, 20)
    presented = row(limite + DIA * 400, ejercicio, programas, presentacion=limite.isoformat())
    assert presented.peligro is NINGUNO and presented.presentada == limite and presented.proxima is None
    last = [d.ultima for d in dates if d.ultima]
    after = row(limite + DIA, ejercicio, programas)
    assert set(after.situacion.fechas) <= {*last, *(d.limite for d in dates)}
    assert after.proxima is None or after.proxima > limite


def test_nothing_to_file_is_no_danger():
    assert row(date(2024, 6, 3), 2023, ()).peligro is NINGUNO
    late = row(date(2024, 6, 3), 2023, **{"autorizacion-IMMEX": "2024-02-01"})
    assert late.programas == {IMMEX: Estado.NO_OBLIGADO} and late.peligro is NINGUNO


def test_presented_without_its_date_is_not_lost_for_certain():
    said = row(date(2024, 6, 3), presentado="si")
    assert said.peligro is MEDIO and said.situacion.pares == (("IMMEX", "sin-fecha"),)
    assert row(date(2024, 6, 3), presentado="no").peligro is ALTO
    assert row(date(2024, 5, 28), presentado="si").peligro is ALTO  # still in time: the date has not come


def test_a_presentation_to_come_has_not_happened():
    found = row(date(2024, 5, 20), presentacion="2024-05-30")
    assert found.presentada is None and found.presentacion == date(2024, 5, 30) and found.peligro is ALTO


def test_the_danger_of_no_state_is_none_and_each_state_has_one():
    assert peligro_of((), None) is NINGUNO
    assert all(isinstance(peligro_of((e,), None), Peligro) for e in Estado)


def test_they_stand_by_danger_then_days_then_rfc():
    drafts = {
        "1": {"rfc": "ZZZ010101AAA", "programa-IMMEX": "si", "ejercicio": "2023"},
        "2": {"rfc": "BBB010101AAA", "programa-PROSEC": "si", "ejercicio": "2023", "presentacion": "2024-04-10"},
        "3": {"rfc": "AAA010101AAA", "programa-IMMEX": "si", "ejercicio": "2023"},
        "4": {"rfc": "AAA010101AAA", "programa-PROSEC": "si", "ejercicio": "2023"},
        "5": {"rfc": "CCC010101AAA", "programa-IMMEX": "si", "ejercicio": "2024"},
    }
    archivero = Archivero(otros=MappingProxyType({k: Guardado(c) for k, c in drafts.items()}))
    dia = date(2024, 4, 20)
    assert [r.clave for r in Lectura().rows(archivero, dia, dia)] == ["4", "3", "1", "5", "2"]


def test_only_what_changed_is_read_again():
    lectura, dia = Lectura(), date(2024, 4, 20)
    drafts = {str(n): Guardado({"rfc": f"AAA0101{n:05}"}) for n in range(20)}
    archivero = Archivero("0", drafts.pop("0"), MappingProxyType(drafts))
    before = {r.clave: r for r in lectura.rows(archivero, dia, dia)}
    assert lectura.rows(archivero, dia, dia) is lectura.rows(archivero, dia, dia)
    changed = archivero.with_abierto({"rfc": "BBB010101AAA"}, "")
    after = {r.clave: r for r in lectura.rows(changed, dia, dia)}
    assert [k for k in after if after[k] is not before[k]] == ["0"] and after["0"].rfc == "BBB010101AAA"
    assert all(r.consulta == dia + DIA for r in lectura.rows(changed, dia + DIA, dia + DIA))


def test_whatever_was_typed_a_row_says_what_the_form_says():
    dia = date(2024, 6, 3)
    for n, guardado in enumerate(random_drafts(1500)):
        found = read(str(n), guardado, dia, dia)
        ev = Evaluacion(guardado.campos, dia, dia)
        assert found.ejercicio == ev.ejercicio and found.faltan == ev.bloquean
        states = {p.registro.programa: p.situacion.estado for p in ev.reporte.plazos}
        assert dict(found.programas) == states
        assert found.presentacion == ev.reporte.presentacion
        assert found.orden and found.buscable is not None and found.firmada in (True, False)
