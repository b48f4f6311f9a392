"""The year of filing as a picture: one lane a programme, and in it one segment a state."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from idiomas import _, fechas
from pantallas.comunes import textos
from raoce.empresa import Programa, anio_de_presentacion
from raoce.plazos import Calendario, Estado, Plazo
from raoce.plazos.calendario import OFICIAL
from raoce.plazos.plazos import Duda, Efecto, Situacion, situacion
from raoce.reglas import Regla, regla_de_presentacion
from raoce.solicitud import Reporte

_DAY = timedelta(days=1)
# Which of a plazo's rules is behind each state.
_REGLA = {
    Estado.NO_INICIA: "apertura",
    Estado.EN_PLAZO: "limite",
    Estado.VENCIDO: "cancelacion",
    Estado.SUSPENDIDO: "ultima",
    Estado.CANCELADO: "cancelacion",
}
# Widths of the picture, in rem, from which linea.css shows the names that fit.
_ANCHOS = (17, 24, 32, 46)
# On the narrowest telephone a month is 24 pixels, a target, and four days are 3, the least that is seen.
_CORTO, _MINIMO = 31, 4
# In em of the picture's letter: above the lanes, one lane (its name, its bar), below the lanes.
_ARRIBA, _CARRIL, _NOMBRE, _BARRA, _ABAJO = 1.75, 4.25, 1.5, 2.0, 1.5


@dataclass(frozen=True, slots=True)
class Tramo:
    """The days, first and last included, that a programme spends in one state."""

    programa: Programa
    desde: date
    hasta: date
    situacion: Situacion
    plazo: Plazo

    @property
    def estado(self) -> Estado:
        return self.situacion.estado

    @property
    def nombre(self) -> str:
        return textos.catalogo()["estados"][self.estado]

    @property
    def id(self) -> str:
        return f"linea-{self.programa}-{self.estado}"

    @property
    def dias(self) -> int:
        return (self.hasta - self.desde).days + 1

    @property
    def corto(self) -> bool:
        return self.dias < _CORTO

    @property
    def minimo(self) -> bool:
        return self.dias < _MINIMO

    @property
    def periodo(self) -> str:
        if self.desde == self.hasta:
            return _("el {dia}").format(dia=fechas.larga(self.desde))
        first = _("{dia} de {mes}").format(dia=self.desde.day, mes=fechas.mes(self.desde.month))
        return _("del {desde} al {hasta}").format(desde=first, hasta=fechas.larga(self.hasta))

    @property
    def inicia(self) -> str:
        return _short(self.desde)

    @property
    def termina(self) -> str:
        return _short(self.hasta)

    @property
    def x(self) -> str:
        return _percent(_start(self.desde))

    @property
    def fin(self) -> str:
        return _percent(_end(self.hasta))

    @property
    def ancho(self) -> str:
        return _percent(_end(self.hasta) - _start(self.desde))

    @property
    def centro(self) -> str:
        return _percent((_start(self.desde) + _end(self.hasta)) / 2)

    @property
    def cabe(self) -> int | None:
        """The least of ``_ANCHOS`` at which the name fits inside, ``None`` where it never does."""
        needed = (0.5 * len(self.nombre) + 0.5) / (_end(self.hasta) - _start(self.desde))
        return next((ancho for ancho in _ANCHOS if needed <= ancho), None)

    @property
    def extemporaneo(self) -> bool:
        return self.situacion.efecto is Efecto.EXTEMPORANEO

    @property
    def reglas(self) -> tuple[Regla, ...]:
        parte = _REGLA.get(self.estado) or ("ultima" if self.extemporaneo else "limite")
        found = tuple(r for r in self.plazo.explicacion.reglas if r.id.startswith(f"plazos.{parte}"))
        if self.estado is Estado.PRESENTADO and self.extemporaneo:
            found += (regla_de_presentacion("plazos.reactivacion", self.desde.year - 1),)
        return found

    @property
    def dudas(self) -> tuple[Duda, ...]:
        """What puts the date of this segment in doubt."""
        fecha = {Estado.EN_PLAZO: self.plazo.limite, Estado.SUSPENDIDO: self.plazo.ultima}.get(self.estado)
        return tuple(d for d in self.plazo.dudas if d.dia == fecha)


def _start(dia: date) -> float:
    """Where a day begins, as a part of its year."""
    first = date(dia.year, 1, 1)
    return (dia - first) / (date(dia.year + 1, 1, 1) - first)


def _end(dia: date) -> float:
    following = dia + _DAY
    return _start(following) if following.year == dia.year else 1.0


def _percent(part: float) -> str:
    return f"{100 * part:.3f}%"


def tramos(
    programa: Programa, plazo: Plazo, presentacion: date | None = None, calendario: Calendario = OFICIAL
) -> list[Tramo]:
    """The segments of a lane, from 1 January to 31 December without gaps, each in a state of its own."""
    dia, last = date(plazo.apertura.year, 1, 1), date(plazo.apertura.year, 12, 31)
    found: list[Tramo] = []
    while dia <= last:
        s = situacion(plazo, dia, presentacion, calendario)
        changes = [d for d in (s.cambia, presentacion) if d and dia < d <= last]
        hasta = min(changes) - _DAY if changes else last
        # A presentation without effect changes nothing.
        desde = found.pop().desde if found and found[-1].estado is s.estado else dia
        found.append(Tramo(programa, desde, hasta, s, plazo))
        dia = hasta + _DAY
    return found


def _mark(dia: date, texto: str) -> dict[str, Any]:
    """A day in the picture; its words lean inwards at the edges."""
    at = (_start(dia) + _end(dia)) / 2
    lado = "start" if at < 0.12 else "end" if at > 0.88 else "middle"
    return {"dia": dia, "x": _percent(at), "lado": lado, "texto": texto}


def _short(dia: date) -> str:
    return f"{dia.day} {fechas.mes(dia.month)[:3]}"


def _months(anio: int) -> list[dict[str, str]]:
    starts = [date(anio, mes, 1) for mes in range(1, 13)]
    ends = [*starts[1:], date(anio + 1, 1, 1)]
    return [
        {
            "x": _percent(_start(desde)),
            "centro": _percent((_start(desde) + _end(hasta - _DAY)) / 2),
            "inicial": fechas.mes(desde.month)[0].upper(),
            "resto": fechas.mes(desde.month)[1:3],
        }
        for desde, hasta in zip(starts, ends, strict=True)
    ]


def _lane(posicion: int, lista: list[Tramo]) -> dict[str, Any]:
    presentado = next((t.desde for t in lista if t.estado is Estado.PRESENTADO), None)
    top = _ARRIBA + posicion * _CARRIL
    return {
        "programa": lista[0].programa.value,
        "tramos": lista,
        "y_nombre": f"{top + 1:g}em",
        "y": f"{top + _NOMBRE:g}em",
        "medio": f"{top + _NOMBRE + _BARRA / 2:g}em",
        "presentacion": _mark(presentado, _short(presentado)) if presentado else None,
    }


def context(reporte: Reporte, hoy: date | None = None) -> dict[str, Any] | None:
    """What ``linea.html`` draws; ``None`` when no programme must file. On ``hoy`` the day reads «Hoy»."""
    anio = anio_de_presentacion(reporte.ejercicio)
    lanes = [
        _lane(i, tramos(p.registro.programa, p.plazo, reporte.presentacion, reporte.calendario))
        for i, p in enumerate([p for p in reporte.plazos if p.plazo])
    ]
    if not lanes:
        return None
    consulta = reporte.consulta
    today = consulta == hoy
    bottom = _ARRIBA + len(lanes) * _CARRIL
    drawn = {t.estado: t.nombre for lane in lanes for t in lane["tramos"]}
    return {
        "anio": anio,
        "carriles": lanes,
        "barra": f"{_BARRA:g}em",
        "alto": f"{bottom + _ABAJO:g}em",
        "arriba": f"{_ARRIBA - 0.5:g}em",
        "abajo": f"{bottom - 0.375:g}em",
        "y_meses": f"{bottom + 1:g}em",
        "meses": _months(anio),
        "consulta": _mark(consulta, _("Hoy") if today else _short(consulta)) | {"hoy": today}
        if consulta.year == anio
        else None,
        "leyenda": [(estado.value, drawn[estado]) for estado in Estado if estado in drawn],
    }
