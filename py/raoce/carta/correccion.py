"""What a presented report says and what it must say: figures, goods, and what follows from them.

Amounts in thousands of pesos. The rows come out as the letter writes them, in the order of the VUCEM screens.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace
from decimal import Decimal
from enum import StrEnum

from raoce.base.formato import miles, porcentaje
from raoce.bienes import Bien
from raoce.carta.bienes_corregidos import compare_bienes
from raoce.carta.carta import Diferencia, texts
from raoce.cifras import Balanza, Cumplimiento
from raoce.cifras.balanza import compute_porcentaje, compute_saldo
from raoce.cifras.compromisos import Compromiso
from raoce.empresa import Programa
from raoce.solicitud import Reporte


@dataclass(frozen=True, slots=True)
class Cifras:
    """The three captured figures, in thousands of pesos; ``None`` is one that is not known."""

    ventas: int | None = None
    exportaciones: int | None = None
    importaciones: int | None = None

    def filled(self, otras: "Cifras") -> "Cifras":
        """These, and where one is not known that of ``otras``: what is not corrected stays as it was presented.

        >>> Cifras(exportaciones=5).filled(Cifras(9, 8, 7))
        Cifras(ventas=9, exportaciones=5, importaciones=7)
        """
        given = {f.name: getattr(self, f.name) for f in fields(self)}
        return replace(otras, **{name: value for name, value in given.items() if value is not None})


def compare(
    dice: Cifras, debe_decir: Cifras, bienes_dice: Sequence[Bien] = (), bienes_debe: Sequence[Bien] = ()
) -> tuple[Diferencia, ...]:
    """Every row of the clarification: captured figures, those that VUCEM computes from them, goods.

    >>> for d in compare(Cifras(1000, 500, 0), Cifras(1000, 700, 0)):
    ...     print(d.concepto, d.dice, d.debe_decir)
    Total exportaciones (b) 500 700
    Saldo b-c (calculado) 500 700
    Porcentaje exportación b/a*100 (calculado) 50.00 % 70.00 %
    """
    return (*compare_cifras(dice, debe_decir), *compare_bienes(bienes_dice, bienes_debe))


def compare_cifras(dice: Cifras, debe_decir: Cifras) -> tuple[Diferencia, ...]:
    """The figures that differ. One that either side does not know is not compared, nor what follows from it."""
    return (*_captured(dice, debe_decir), *_computed(dice, debe_decir))


def _captured(dice: Cifras, debe_decir: Cifras) -> Iterator[Diferencia]:
    say = texts()["conceptos"]
    for name, a, b in _pairs(dice, debe_decir):
        if a != b:
            yield Diferencia(say[name], miles(a), miles(b))


def _pairs(dice: Cifras, debe_decir: Cifras) -> Iterator[tuple[str, int, int]]:
    """Name and both values of each figure that both know."""
    for f in fields(Cifras):
        a, b = getattr(dice, f.name), getattr(debe_decir, f.name)
        if a is not None and b is not None:
            yield f.name, a, b


def _computed(dice: Cifras, debe_decir: Cifras) -> Iterator[Diferencia]:
    say = texts()["conceptos"]
    for name, compute in (("saldo", _saldo), ("porcentaje", _porcentaje)):
        a, b = compute(dice), compute(debe_decir)
        if a and b and a != b:
            yield Diferencia(say["calculado"].format(concepto=say[name]), a, b, calculada=True)


def _saldo(cifras: Cifras) -> str:
    if cifras.exportaciones is None or cifras.importaciones is None:
        return ""
    return miles(compute_saldo(cifras.exportaciones, cifras.importaciones))


def _porcentaje(cifras: Cifras) -> str:
    if cifras.ventas is None or cifras.exportaciones is None:
        return ""
    return f"{porcentaje(compute_porcentaje(cifras.ventas, cifras.exportaciones))} %"


@dataclass(frozen=True, slots=True)
class Derivados:
    """What follows from the figures of a report. Saldo in thousands of pesos; the others unrounded.

    ``dolares`` is ``None`` without an exchange rate; ``compromisos``: one for each programme that must file.
    """

    saldo: int | None
    porcentaje: Decimal | None
    dolares: Decimal | None
    compromisos: tuple[Compromiso, ...]


def derive(reporte: Reporte, cifras: Cifras) -> Derivados:
    """What ``reporte`` would give with ``cifras``: its programmes, ejercicio and exchange rate, these figures.

    Raises ``DatoInvalido("exportaciones-mayores")`` when exportaciones exceed ventas, as VUCEM does.
    """
    importaciones = cifras.importaciones if reporte.captures_importaciones else 0
    balanza = Balanza(reporte.ejercicio, cifras.ventas, cifras.exportaciones, importaciones)
    with_these = replace(reporte, balanza=balanza)
    return Derivados(
        balanza.saldo.valor, balanza.porcentaje_exportacion.valor, with_these.dolares.valor, with_these.compromisos
    )


@dataclass(frozen=True, slots=True)
class CambioDeCompromiso:
    """A programme whose commitment comes out otherwise with the right figures."""

    programa: Programa
    antes: Compromiso
    despues: Compromiso

    @property
    def pierde(self) -> bool:
        """Was it met as presented, and is it not, or not surely, once corrected?"""
        return self.antes.resultado is Cumplimiento.CUMPLE

    @property
    def gana(self) -> bool:
        return self.despues.resultado is Cumplimiento.CUMPLE


def cambia_compromiso(dice: Derivados, debe_decir: Derivados) -> tuple[CambioDeCompromiso, ...]:
    """The programmes whose commitment changes its result, in the order of the report."""
    after = {c.programa: c for c in debe_decir.compromisos}
    pairs = ((c, after[c.programa]) for c in dice.compromisos if c.programa in after)
    return tuple(CambioDeCompromiso(a.programa, a, b) for a, b in pairs if a.resultado is not b.resultado)


class ErrorDeMiles(StrEnum):
    """In what the figures were captured instead of thousands of pesos."""

    EN_PESOS = "en-pesos"
    EN_MILLONES = "en-millones"


def error_de_miles(dice: Cifras, debe_decir: Cifras) -> ErrorDeMiles | None:
    """The mistake of thousands, when it explains every figure that is corrected; a question, never a verdict.

    >>> error_de_miles(Cifras(1_234_567_890, 800_000_000), Cifras(1_234_568, 800_000)).value
    'en-pesos'
    >>> error_de_miles(Cifras(1_234, 800), Cifras(1_234_567, 800_000)).value
    'en-millones'
    >>> error_de_miles(Cifras(1000, 0), Cifras(1500, 0))
    """
    changed = [(a, b) for _, a, b in _pairs(dice, debe_decir) if a != b]
    if changed and all(_is_thousandth(b, a) for a, b in changed):
        return ErrorDeMiles.EN_PESOS
    if changed and all(_is_thousandth(a, b) for a, b in changed):
        return ErrorDeMiles.EN_MILLONES
    return None


def es_error_de_miles(dice: Cifras, debe_decir: Cifras) -> bool:
    """Do all the corrected figures differ by a factor of a thousand, but for the rounding?"""
    return error_de_miles(dice, debe_decir) is not None


def suggest_causa(dice: Cifras, debe_decir: Cifras) -> str:
    """What the cause seems to be, to be offered to the user: the mistake of thousands, or nothing."""
    error = error_de_miles(dice, debe_decir)
    return texts()["causas"][error] if error else ""


def _is_thousandth(small: int, large: int) -> bool:
    """Cut or rounded to the nearest."""
    return small > 0 and small in (large // 1000, (large + 500) // 1000)
