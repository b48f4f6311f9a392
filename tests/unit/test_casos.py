"""The core against the cases of tests/casos: every date and every worked figure."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from casos import each, load
from raoce.base import DatoInvalido
from raoce.base.formato import porcentaje, redondear
from raoce.cifras import Balanza
from raoce.cifras.balanza import suspected_pesos
from raoce.cifras.compromisos import compromiso
from raoce.cifras.divisas import default_tipo_cambio, exportaciones_en_dolares, parse_tipo_cambio
from raoce.cifras.montos import parse_miles
from raoce.empresa import Programa, Registro, solicitante
from raoce.empresa.programas import obligacion
from raoce.plazos import Estado, plazo
from raoce.plazos.calendario import add_business_days, last_business_day, skipped_days
from raoce.plazos.plazos import situacion
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


@each("cifras")
def test_figures(caso):
    balanza = Balanza(caso["ejercicio"], caso["ventas"], caso["exportaciones"], caso["importaciones"])
    published = default_tipo_cambio(caso["ejercicio"])
    rate = Decimal(caso["tipo_cambio"]) if "tipo_cambio" in caso else published.valor
    assert balanza.saldo.valor == caso["saldo"]
    assert porcentaje(balanza.porcentaje_exportacion.valor) == caso["porcentaje"]
    dolares = exportaciones_en_dolares(caso["ejercicio"], caso["exportaciones"], rate)
    assert str(redondear(dolares.valor)) == caso["dolares"]
    for resultado in (balanza.saldo, balanza.porcentaje_exportacion, dolares):
        assert resultado.completo and resultado.explicacion.operacion and resultado.explicacion.entradas


def test_exchange_rates():
    data = load("cifras")
    published = {str(e): str(r.valor) for e in range(2016, 2028) if (r := default_tipo_cambio(e))}
    assert published == data["promedios-fix"]
    for anio, mensual in data["promedios-mensuales"].items():
        fix = default_tipo_cambio(int(anio)).valor
        assert abs(Decimal(mensual) / fix - 1) <= Decimal("0.0009")


@each("compromisos")
def test_commitments(caso):
    registro = Registro(
        Programa(caso["programa"]),
        modalidad=caso["modalidad"],
        autorizacion=caso.get("autorizacion"),
        compromiso_dolares=caso.get("compromiso_dolares"),
    )
    rate = Decimal(caso["tipo_cambio"]) if "tipo_cambio" in caso else None
    balanza = Balanza(2023, caso["ventas"], caso["exportaciones"], 0)
    found = compromiso(registro, obligacion(registro, 2023), balanza, rate)
    assert found.resultado == caso["resultado"]
    assert bool(found.faltan) == (caso["resultado"] == "incompleto")
    if caso["resultado"] != "incompleto":
        assert found.explicacion.operacion and found.explicacion.reglas
    if "por_confirmar" in caso:
        assert found.explicacion.por_confirmar == caso["por_confirmar"]


PARSERS = {
    "montos": parse_miles,
    "rfc": solicitante.parse_rfc,
    "tipo_cambio": lambda texto: str(parse_tipo_cambio(texto)),
    "correo": solicitante.parse_correo,
    "codigo_postal": solicitante.parse_codigo_postal,
    "lada": solicitante.parse_lada,
    "telefono": solicitante.parse_telefono,
}


@pytest.mark.parametrize(
    ("tabla", "caso"), [(t, row) for t in PARSERS for row in load("capturas")[t]], ids=lambda v: str(v)[:60]
)
def test_what_is_typed(tabla, caso):
    if "error" in caso:
        with pytest.raises(DatoInvalido) as caught:
            PARSERS[tabla](caso["texto"])
        assert caught.value.codigo == caso["error"]
    else:
        assert PARSERS[tabla](caso["texto"]) == caso["valor"]


@each("capturas", "en_pesos")
def test_figures_that_look_typed_in_pesos(caso):
    names = ("ventas", "exportaciones", "importaciones")
    assert suspected_pesos({n: caso[n] for n in names if n in caso}) == caso["pregunta"]


def test_exportaciones_cannot_exceed_ventas():
    with pytest.raises(DatoInvalido) as caught:
        Balanza(2023, 999, 1000, 0)
    assert caught.value.codigo == "exportaciones-mayores"


@pytest.mark.parametrize("ejercicio", range(2016, 2028))
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


def test_who_must_file():
    def ask(**fields):
        found = obligacion(Registro(Programa.IMMEX, **fields), 2023)
        return found.presenta, found.exige_compromiso

    assert ask() == (True, True)
    assert ask(autorizacion=date(2022, 12, 31)) == (True, True)
    assert ask(autorizacion=date(2023, 1, 1)) == (True, False)
    assert ask(autorizacion=date(2023, 12, 31)) == (True, False)
    assert ask(autorizacion=date(2024, 1, 1)) == (False, False)
    assert ask(autorizacion=date(2025, 6, 1)) == (False, False)
    assert ask(cancelacion=date(2023, 9, 1)) == (False, False)
