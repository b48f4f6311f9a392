"""Export commitments: met, not met, or too close to call (*zona gris*), with the arithmetic.

A test in dollars whose answer changes within ±0.5 % of the exchange rate is *zona gris*: neither pass
nor fail. Amounts are compared in full precision; only what is shown is rounded.
Sources: Decreto IMMEX arts. 11 and 24; Guía RAOCE 2024; see ``reglas/compromisos.toml``.
"""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from raoce.base import Entrada, Explicacion
from raoce.base.formato import decimal, miles
from raoce.cifras.balanza import Balanza
from raoce.cifras.divisas import exportaciones_en_dolares
from raoce.empresa import Programa, Registro
from raoce.empresa.programas import Obligacion, nombre_modalidad
from raoce.reglas import Regla, regla_de_presentacion
from raoce.reglas.frase import Frase, unida


class Cumplimiento(StrEnum):
    """The result of a commitment. ``SIN_UMBRAL``: there is none, or it is not required this year."""

    CUMPLE = "cumple"
    NO_CUMPLE = "no-cumple"
    ZONA_GRIS = "zona-gris"
    SIN_UMBRAL = "sin-umbral"
    INCOMPLETO = "incompleto"


@dataclass(frozen=True, slots=True)
class Compromiso:
    """Whether a programme met its commitment. ``faltan`` names what is needed to tell."""

    programa: Programa
    resultado: Cumplimiento
    explicacion: Explicacion
    faltan: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Prueba:
    """One test of a commitment: an outcome (``None`` while figures are missing) and its arithmetic."""

    outcome: Cumplimiento | None
    regla: Regla | None
    operacion: str
    faltan: tuple[str, ...] = ()


def _by_porcentaje(balanza: Balanza, regla: Regla) -> _Prueba:
    figure = balanza.porcentaje_exportacion
    if not figure.completo:
        return _Prueba(None, regla, "", figure.faltan)
    # b × 100 ≥ umbral × a avoids the division, and so any rounding.
    a, b = balanza.ventas_totales, balanza.total_exportaciones
    met = a > 0 and b * 100 >= regla.valor * a
    sign = "≥" if met else "<"
    operacion = Frase(
        "{porcentaje} {signo} {umbral} %", porcentaje=figure.explicacion.operacion, signo=sign, umbral=regla.valor
    )
    return _Prueba(Cumplimiento.CUMPLE if met else Cumplimiento.NO_CUMPLE, regla, operacion)


def _by_dolares(
    balanza: Balanza,
    tipo_cambio: Decimal | None,
    umbral: int,
    regla: Regla | None,
    meets: Callable[[Decimal, Decimal], bool],
    signs: tuple[str, str],
) -> _Prueba:
    """``meets`` compares exports in pesos with the threshold in pesos, at rates around the given one."""
    figure = exportaciones_en_dolares(balanza.ejercicio, balanza.total_exportaciones, tipo_cambio)
    if not figure.completo:
        return _Prueba(None, regla, "", figure.faltan)
    margen = regla_de_presentacion("compromisos.zona-gris", balanza.ejercicio).valor / 100
    pesos = Decimal(balanza.total_exportaciones) * 1000
    rates = (tipo_cambio * (1 - margen), tipo_cambio, tipo_cambio * (1 + margen))
    outcomes = {meets(pesos, umbral * rate) for rate in rates}
    sign = signs[0] if meets(pesos, umbral * tipo_cambio) else signs[1]
    operacion = Frase(
        "{dolares} {signo} {umbral} dólares", dolares=figure.explicacion.operacion, signo=sign, umbral=miles(umbral)
    )
    if len(outcomes) == 2:
        doubt = Frase(
            "con el tipo de cambio ±{margen} % serían entre {menos} y {mas} dólares: no se puede afirmar",
            margen=(margen * 100).normalize(),
            menos=decimal(pesos / rates[2]),
            mas=decimal(pesos / rates[0]),
        )
        return _Prueba(Cumplimiento.ZONA_GRIS, regla, unida((operacion, doubt)))
    return _Prueba(Cumplimiento.CUMPLE if outcomes == {True} else Cumplimiento.NO_CUMPLE, regla, operacion)


def _any_of(pruebas: list[_Prueba]) -> tuple[Cumplimiento, tuple[str, ...]]:
    """One test met is enough. Missing figures count only while no other test is met."""
    outcomes = [p.outcome for p in pruebas]
    if Cumplimiento.CUMPLE in outcomes:
        return Cumplimiento.CUMPLE, ()
    faltan = tuple(dict.fromkeys(name for p in pruebas for name in p.faltan))
    if faltan:
        return Cumplimiento.INCOMPLETO, faltan
    if Cumplimiento.ZONA_GRIS in outcomes:
        return Cumplimiento.ZONA_GRIS, ()
    return Cumplimiento.NO_CUMPLE, ()


def _above(value: Decimal, umbral: Decimal) -> bool:
    return value > umbral


def _at_least(value: Decimal, umbral: Decimal) -> bool:
    return value >= umbral


def _pruebas(registro: Registro, balanza: Balanza, tipo_cambio: Decimal | None) -> list[_Prueba]:
    def regla(nombre: str) -> Regla:
        return regla_de_presentacion(f"compromisos.{nombre}", balanza.ejercicio)

    programa, modalidad = registro.programa, registro.modalidad
    if programa is Programa.IMMEX:
        dolares = regla("immex-dolares")
        return [
            _by_porcentaje(balanza, regla("immex-porcentaje")),
            _by_dolares(balanza, tipo_cambio, dolares.valor, dolares, _above, (">", Frase("no supera"))),
        ]
    if programa is Programa.ALTEX and modalidad == "exportador-directo":
        dolares = regla("altex-directo-dolares")
        return [
            _by_porcentaje(balanza, regla("altex-directo-porcentaje")),
            _by_dolares(balanza, tipo_cambio, dolares.valor, dolares, _at_least, ("≥", "<")),
        ]
    if programa is Programa.ALTEX and modalidad == "exportador-indirecto":
        return [_by_porcentaje(balanza, regla("altex-indirecto-porcentaje"))]
    if programa is Programa.ECEX:
        umbral, source = registro.compromiso_dolares, regla("ecex-registro")
        if umbral is None and modalidad in ("consolidadora", "promotora"):
            source = regla(f"ecex-{modalidad}-dolares")
            umbral = source.valor
        if umbral is not None:
            return [_by_dolares(balanza, tipo_cambio, umbral, source, _at_least, ("≥", "<"))]
    return [_Prueba(None, None, "", ("modalidad",))]


def compromiso(registro: Registro, obligacion: Obligacion, balanza: Balanza, tipo_cambio: Decimal | None) -> Compromiso:
    """The commitment of one programme. ``tipo_cambio`` in pesos per dollar."""
    figura = f"compromisos.{registro.programa}"
    if registro.programa is Programa.PROSEC:
        regla = regla_de_presentacion("compromisos.prosec-sin-umbral", balanza.ejercicio)
        return _without_threshold(registro, regla, figura)
    if not obligacion.exige_compromiso:
        return _without_threshold(registro, obligacion.explicacion.reglas[0], figura)
    pruebas = _pruebas(registro, balanza, tipo_cambio)
    resultado, faltan = _any_of(pruebas)
    explicacion = Explicacion(
        figura,
        (
            Entrada("Modalidad", nombre_modalidad(registro.programa, registro.modalidad), ""),
            Entrada("Ventas totales (a)", balanza.ventas_totales, "miles de pesos"),
            Entrada("Total exportaciones (b)", balanza.total_exportaciones, "miles de pesos"),
            Entrada("Tipo de cambio", tipo_cambio, "pesos por dólar"),
        ),
        tuple(p.regla for p in pruebas if p.regla),
        _any_of_them([p.operacion for p in pruebas if p.operacion]),
    )
    return Compromiso(registro.programa, resultado, explicacion, faltan)


def _any_of_them(operaciones: list[str]) -> str:
    said, *others = operaciones or [""]
    for other in others:
        said = Frase("{una}; o bien {otra}", una=said, otra=other)
    return said


def _without_threshold(registro: Registro, regla: Regla, figura: str) -> Compromiso:
    explicacion = Explicacion(figura, (), (regla,), Frase("{regla}.", regla=regla.titulo))
    return Compromiso(registro.programa, Cumplimiento.SIN_UMBRAL, explicacion)
