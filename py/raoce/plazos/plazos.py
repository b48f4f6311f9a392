"""Deadlines of each programme, and its state on a given day.

The limit depends on the combination of programmes held; see ``reglas/plazos.toml``. Suspension and
cancellation are automatic. Source: Guía RAOCE 2024.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from functools import cache, lru_cache

from raoce.base import Entrada, Explicacion
from raoce.empresa import PRIMERO, ULTIMO, Programa, anio_de_presentacion
from raoce.plazos.calendario import (
    OFICIAL,
    Calendario,
    DiaInhabil,
    add_business_days,
    last_business_day,
    last_day,
    non_business_day,
    skipped_days,
)
from raoce.reglas import OtraLectura, Regla, regla_de_presentacion
from raoce.reglas.frase import Frase, unida
from raoce.reglas.meses import Mes

IMMEX, PROSEC, ALTEX, ECEX = Programa


class Estado(StrEnum):
    """Where a programme stands on a day. ``VENCIDO``: limit past, consequence not yet in force."""

    NO_INICIA = "no-inicia"
    EN_PLAZO = "en-plazo"
    VENCIDO = "vencido"
    SUSPENDIDO = "suspendido"
    CANCELADO = "cancelado"
    PRESENTADO = "presentado"
    NO_OBLIGADO = "no-obligado"


class Efecto(StrEnum):
    """What a report presented on a given day does for a programme."""

    EN_TIEMPO = "en-tiempo"
    EXTEMPORANEO = "extemporaneo"
    SIN_EFECTO = "sin-efecto"


@dataclass(frozen=True, slots=True)
class Duda:
    """A date that a day *por confirmar* puts in doubt, and what it would be if that day counts."""

    dia: date
    alterna: date
    causa: DiaInhabil

    @property
    def prudente(self) -> date:
        """The earlier of both: who files by it is in time under either reading."""
        return min(self.dia, self.alterna)


@dataclass(frozen=True, slots=True)
class Plazo:
    """The dates of one programme in one year of filing.

    ``ultima`` is the last chance after the limit (``None``: there is none). ``cancela`` is the day on which the
    programme is cancelled when nothing was presented. ``recomendada`` is the day to file by, the earliest that any
    reading of the rules gives. ``dudas``: the dates that a day *por confirmar* puts in doubt. ``otra``: the limit
    that another source gives, with that source. ``operaciones``: how limite, ultima and cancela were found, each
    with the id of its rule.
    """

    programa: Programa
    apertura: date
    limite: date
    ultima: date | None
    cancela: date
    recomendada: date
    dudas: tuple[Duda, ...]
    operaciones: Mapping[str, tuple[str, str]]
    explicacion: Explicacion
    otra: OtraLectura | None = None

    @property
    def por_confirmar(self) -> bool:
        return bool(self.dudas) or self.explicacion.por_confirmar


@cache
def apertura(ejercicio: int) -> date:
    """First day on which the report of an ejercicio can be presented."""
    valor = regla_de_presentacion("plazos.apertura", ejercicio).valor
    return date(anio_de_presentacion(ejercicio), valor["mes"], valor["dia"])


def default_ejercicio(hoy: date) -> int:
    """The ejercicio whose filing is open or comes next, within what the program knows.

    Until the last cancellation date of a year, the one filed in it; from the day after, the one filed in the next.
    """
    ejercicio = min(max(hoy.year - 1, PRIMERO), ULTIMO)
    ended = max(_cancellation(programa, ejercicio) for programa in Programa)
    return min(ejercicio + (hoy > ended), ULTIMO)


def _cancellation(programa: Programa, ejercicio: int) -> date:
    valor = regla_de_presentacion(f"plazos.cancelacion-{programa.lower()}", ejercicio).valor
    return date(anio_de_presentacion(ejercicio), valor["mes"], valor["dia"])


def _limit_rule(programa: Programa, presentan: Collection[Programa]) -> str:
    if programa in (IMMEX, PROSEC) and IMMEX in presentan and PROSEC in presentan:
        return "plazos.limite-immex-prosec"
    if programa is PROSEC and (ALTEX in presentan or ECEX in presentan):
        return "plazos.limite-prosec-con-altex-o-ecex"
    return f"plazos.limite-{programa.lower()}"


def _month_end(regla: Regla, anio: int, calendario: Calendario) -> tuple[date, str, tuple[Duda, ...]]:
    """Last business day of the month a rule names, how it was found, and what puts it in doubt."""
    dia = last_business_day(anio, regla.valor, calendario)
    operacion = Frase("último día hábil de {mes} de {anio} = {dia}", mes=Mes(regla.valor), anio=anio, dia=dia)
    if skipped := skipped_days(dia, last_day(anio, regla.valor), calendario):
        named = (Frase("el {dia} es inhábil: {motivo}", dia=d.dia.day, motivo=d.motivo) for d in skipped)
        operacion = Frase("{operacion} ({inhabiles})", operacion=operacion, inhabiles=unida(named, ", "))
    alterna = last_business_day(anio, regla.valor, calendario, con_dudosos=True)
    if alterna == dia:
        return dia, operacion, ()
    return dia, operacion, (Duda(dia, alterna, non_business_day(dia, calendario)),)


def _other_limit(otra: OtraLectura | None, anio: int, calendario: Calendario) -> OtraLectura | None:
    return replace(otra, valor=last_business_day(anio, otra.valor, calendario)) if otra else None


def _recommended(plazo: "Plazo", presentan: Collection[Programa], calendario: Calendario) -> date:
    """The earliest limit that any reading gives. For IMMEX with PROSEC some sources say April instead of May."""
    readings = [plazo.limite, *(d.prudente for d in plazo.dudas if d.dia == plazo.limite)]
    if plazo.programa in (IMMEX, PROSEC) and IMMEX in presentan and PROSEC in presentan:
        readings.append(last_business_day(plazo.limite.year, 4, calendario))
    return min(readings)


def plazo(
    programa: Programa, presentan: Collection[Programa], ejercicio: int, calendario: Calendario = OFICIAL
) -> Plazo:
    """The deadlines of ``programa`` when the programmes of ``presentan`` file for ``ejercicio``."""
    return _plazo(programa, frozenset(presentan), ejercicio, calendario)


# Every key asks for the same ones again, whatever the day they are looked at.
@lru_cache(1024)
def _plazo(programa: Programa, presentan: frozenset[Programa], ejercicio: int, calendario: Calendario) -> Plazo:
    anio = anio_de_presentacion(ejercicio)
    apertura_regla = regla_de_presentacion("plazos.apertura", ejercicio)
    limite_regla = regla_de_presentacion(_limit_rule(programa, presentan), ejercicio)
    cancela_regla = regla_de_presentacion(f"plazos.cancelacion-{programa.lower()}", ejercicio)
    limite, como_limite, dudas = _month_end(limite_regla, anio, calendario)
    reglas, ultima = [apertura_regla, limite_regla], None
    operaciones = {"limite": (Frase("Límite: {como}", como=como_limite), limite_regla.id)}
    if programa in (IMMEX, PROSEC):
        ultima_regla = regla_de_presentacion(f"plazos.ultima-{programa.lower()}", ejercicio)
        ultima, como_ultima, more = _month_end(ultima_regla, anio, calendario)
        dudas += more
        reglas.append(ultima_regla)
        operaciones["ultima"] = (Frase("Última oportunidad: {como}", como=como_ultima), ultima_regla.id)
    cancela = _cancellation(programa, ejercicio)
    reglas.append(cancela_regla)
    operaciones["cancela"] = (Frase("Cancelación si no se presenta: {dia}", dia=cancela), cancela_regla.id)
    combinacion = "-".join(p.value for p in Programa if p in presentan)
    explicacion = Explicacion(
        figura=f"plazos.{programa}",
        entradas=(
            Entrada("Programas que presentan", combinacion, ""),
            Entrada("Ejercicio", ejercicio, "año"),
            Entrada("Año de presentación", anio, "año"),
        ),
        reglas=tuple(reglas),
        operacion=Frase("{fechas}.", fechas=unida(operacion for operacion, _ in operaciones.values())),
    )
    found = Plazo(
        programa=programa,
        apertura=apertura(ejercicio),
        limite=limite,
        ultima=ultima,
        cancela=cancela,
        recomendada=limite,
        dudas=dudas,
        operaciones=operaciones,
        explicacion=explicacion,
        otra=_other_limit(limite_regla.otra, anio, calendario),
    )
    return replace(found, recomendada=_recommended(found, presentan, calendario))


@dataclass(frozen=True, slots=True)
class Situacion:
    """The state of a programme on a day.

    ``cambia`` is the day on which it next changes if nothing is presented, to ``siguiente``.
    ``efecto`` is what the presentation date given does for this programme, ``None`` without one;
    ``reactiva`` is the day by which a late report lifts the suspension, ``reactiva_alterna`` what it would be if
    the days *por confirmar* count too.
    """

    estado: Estado
    cambia: date | None = None
    siguiente: Estado | None = None
    efecto: Efecto | None = None
    reactiva: date | None = None
    reactiva_alterna: date | None = None


def efecto_of(plazo: Plazo, presentacion: date) -> Efecto:
    """In time up to the limit, late up to the last chance, otherwise without effect."""
    if plazo.apertura <= presentacion <= plazo.limite:
        return Efecto.EN_TIEMPO
    if plazo.ultima and plazo.limite < presentacion <= plazo.ultima:
        return Efecto.EXTEMPORANEO
    return Efecto.SIN_EFECTO


def situacion(plazo: Plazo, dia: date, presentacion: date | None = None, calendario: Calendario = OFICIAL) -> Situacion:
    """The state on ``dia``. A presentation later than ``dia`` has not happened yet."""
    efecto = efecto_of(plazo, presentacion) if presentacion else None
    if efecto in (Efecto.EN_TIEMPO, Efecto.EXTEMPORANEO) and dia >= presentacion:
        reactiva = alterna = None
        if efecto is Efecto.EXTEMPORANEO:
            ejercicio = plazo.apertura.year - 1
            cuantos = regla_de_presentacion("plazos.reactivacion", ejercicio).valor
            reactiva = add_business_days(presentacion, cuantos, calendario)
            alterna = add_business_days(presentacion, cuantos, calendario, con_dudosos=True)
        return Situacion(Estado.PRESENTADO, efecto=efecto, reactiva=reactiva, reactiva_alterna=alterna)
    after_limit = Estado.SUSPENDIDO if plazo.ultima else Estado.VENCIDO
    limit_passes = min(_next_day(plazo.limite), plazo.cancela)
    steps = (
        (plazo.apertura, Estado.NO_INICIA),
        (limit_passes, Estado.EN_PLAZO),
        (plazo.cancela, after_limit),
    )
    following = [Estado.EN_PLAZO, after_limit, Estado.CANCELADO]
    if limit_passes == plazo.cancela:
        following[1] = Estado.CANCELADO
    for (until, estado), siguiente in zip(steps, following, strict=True):
        if dia < until:
            return Situacion(estado, until, siguiente, efecto)
    return Situacion(Estado.CANCELADO, efecto=efecto)


def last_day_to_sign(captura: date, ejercicio: int) -> date:
    """Last day to sign in VUCEM a request captured on ``captura``; unsigned it disappears afterwards."""
    return captura + timedelta(regla_de_presentacion("plazos.firma", ejercicio).valor)


def _next_day(dia: date) -> date:
    return date.fromordinal(dia.toordinal() + 1)
