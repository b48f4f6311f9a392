"""The figures and the commitments against the cases of tests/casos."""

from decimal import Decimal

import pytest

from casos import each, load
from raoce.base import DatoInvalido
from raoce.base.formato import porcentaje, redondear
from raoce.cifras import Balanza
from raoce.cifras.balanza import suspected_pesos
from raoce.cifras.compromisos import compromiso
from raoce.cifras.divisas import default_tipo_cambio, exportaciones_en_dolares
from raoce.empresa import EJERCICIOS, Programa, Registro
from raoce.empresa.programas import obligacion


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
    published = {str(e): str(r.valor) for e in EJERCICIOS if (r := default_tipo_cambio(e))}
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


@each("capturas", "en_pesos")
def test_figures_that_look_typed_in_pesos(caso):
    names = ("ventas", "exportaciones", "importaciones")
    assert suspected_pesos({n: caso[n] for n in names if n in caso}) == caso["pregunta"]


def test_exportaciones_cannot_exceed_ventas():
    with pytest.raises(DatoInvalido) as caught:
        Balanza(2023, 999, 1000, 0)
    assert caught.value.codigo == "exportaciones-mayores"
