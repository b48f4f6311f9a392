"""The deadlines of a report as an iCalendar file (RFC 5545), for Outlook, Google and Apple.

Every event lasts a day and warns at nine in the morning, in whatever zone the reader is. An event keeps its UID
from one export to the next, so that importing again moves it instead of doubling it.
"""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from pathlib import Path
from typing import Any

from icalendar import Alarm, Calendar, Event

import idiomas
from documentos.sello import with_sello
from idiomas import _, fechas, say
from raoce.empresa import Programa
from raoce.plazos import Plazo
from raoce.plazos.plazo_de_correccion import plazo_de_correccion
from raoce.plazos.plazos import Duda, Efecto, efecto_of, last_day_to_sign
from raoce.reglas import Regla, regla_de_presentacion
from raoce.reglas import fuente as source
from raoce.solicitud import Reporte

AVISOS = (30, 7, 1)
HORA = timedelta(hours=9)
DIA = timedelta(days=1)
PRODID = "-//RAOCE//Recordatorios//ES"

# Only to tell our UIDs from everybody else's; it must never change.
_NAMESPACE = uuid.UUID("5b0c1d2e-6a39-5c57-9d7e-1f3a52a0c0e1")


@dataclass(frozen=True, slots=True)
class Recordatorio:
    """One day to remember: ``tipo`` is a table of ``recordatorios.toml``, ``texto`` what the filer must know."""

    tipo: str
    dia: date
    programas: tuple[Programa, ...]
    texto: str


def make(reporte: Reporte, captura: date | None, ahora: datetime, sello: str = "") -> bytes:
    """The file with the dates of every programme that must file; without an event when none must.

    ``captura`` is the day on which the request was captured in VUCEM, ``ahora`` the instant of the export, with
    its zone. ``sello``: a mark before each name and description; the events are then others than the real ones.
    """
    nombre = _say("calendario", ejercicio=reporte.ejercicio)
    return _wrapped(nombre, sello, _events(reporte, captura, ahora, sello))


class Agenda:
    """The dates of many reports as one file, written report by report; the company is named in each event.

    An event has the same UID as in the file of its report alone: with either, it is once in the reader's calendar.
    """

    def __init__(self, ahora: datetime, sello: str = "") -> None:
        self._ahora, self._sello = ahora, sello
        self._eventos: list[bytes] = []
        self._empresas: set[str] = set()

    def add(self, reporte: Reporte, captura: date | None) -> int:
        """How many dates it has; the RFC is needed, since it tells the events of one company from another's."""
        rfc = reporte.solicitante["rfc"]
        empresa = reporte.solicitante.get("razon_social") or rfc
        found = list(_events(reporte, captura, self._ahora, self._sello, empresa))
        self._eventos += found
        self._empresas |= {rfc} if found else set()
        return len(found)

    @property
    def empresas(self) -> int:
        """How many have a date in it."""
        return len(self._empresas)

    def __len__(self) -> int:
        return len(self._eventos)

    def finish(self) -> bytes:
        return _wrapped(_say("calendario_de_todas"), self._sello, self._eventos)


def _events(reporte: Reporte, captura: date | None, ahora: datetime, sello: str, empresa: str = "") -> Iterator[bytes]:
    ahora = ahora.replace(microsecond=0)
    return (_event(r, reporte, ahora, sello, empresa).to_ical() for r in recordatorios(reporte, captura))


def _wrapped(nombre: str, sello: str, eventos: Iterable[bytes]) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", PRODID)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", with_sello(sello, nombre))
    head, end, _ = calendar.to_ical().partition(b"END:VCALENDAR\r\n")
    return b"".join((head, *eventos, end))


def recordatorios(reporte: Reporte, captura: date | None = None) -> tuple[Recordatorio, ...]:
    """What there is to remember, by day. Programmes with the same date for the same thing share it."""
    plazos = [p.plazo for p in reporte.plazos if p.plazo]
    if not plazos:
        return ()
    shared: dict[tuple[str, date], list[Plazo]] = defaultdict(list)
    for plazo in sorted(plazos, key=lambda p: list(Programa).index(p.programa)):
        for tipo, dia in _dates(plazo):
            shared[tipo, dia].append(plazo)
    found = [_of_plazos(tipo, dia, those, reporte.ejercicio) for (tipo, dia), those in shared.items()]
    programas = tuple(p for p in Programa if p in reporte.presentan)
    if captura:
        found.append(_firma(reporte.ejercicio, captura, programas))
    presentacion = reporte.presentacion
    if presentacion and any(efecto_of(p, presentacion) is not Efecto.SIN_EFECTO for p in plazos):
        found.append(_correccion(reporte, presentacion, programas))
    return tuple(sorted(found, key=lambda r: r.dia))


def _dates(plazo: Plazo) -> Iterator[tuple[str, date]]:
    yield "apertura", plazo.apertura
    if plazo.recomendada < plazo.limite:
        yield "recomendada", plazo.recomendada
    yield "limite", plazo.limite
    if plazo.ultima:
        yield "ultima", plazo.ultima
    yield "cancelacion", plazo.cancela


def _of_plazos(tipo: str, dia: date, plazos: list[Plazo], ejercicio: int) -> Recordatorio:
    lines = [_say(tipo, "texto", ejercicio=ejercicio), *filter(None, (_consequence(tipo, p) for p in plazos))]
    if tipo == "recomendada":
        lines.append(_say("criterio", fuente=say(source("criterio-propio").titulo)))
    # Each programme has its rule, named after the kind of date; two may rest on the same one.
    reglas = {r.id: r for p in plazos for r in p.explicacion.reglas if r.id.startswith(f"plazos.{tipo}")}
    lines += map(_rule, reglas.values())
    lines += _doubts(dict.fromkeys(d for p in plazos for d in p.dudas if d.dia == dia))
    return Recordatorio(tipo, dia, tuple(p.programa for p in plazos), "\n".join(lines))


def _consequence(tipo: str, plazo: Plazo) -> str:
    """What a date means for one programme, where programmes differ."""
    pieces = {"limite": plazo.limite, "ultima": plazo.ultima, "cancela": plazo.cancela}
    dates = {name: fechas.larga(dia) for name, dia in pieces.items() if dia}
    kind = "programa_sin_ultima" if tipo == "limite" and not plazo.ultima else "programa"
    return _say(tipo, kind, programa=plazo.programa, **dates) if kind in _texts()[tipo] else ""


def _firma(ejercicio: int, captura: date, programas: tuple[Programa, ...]) -> Recordatorio:
    regla = regla_de_presentacion("plazos.firma", ejercicio)
    texto = _say("firma", "texto", captura=fechas.larga(captura), cuantos=regla.valor)
    return Recordatorio("firma", last_day_to_sign(captura, ejercicio), programas, f"{texto}\n{_rule(regla)}")


def _correccion(reporte: Reporte, presentacion: date, programas: tuple[Programa, ...]) -> Recordatorio:
    plazo = plazo_de_correccion(presentacion, reporte.ejercicio, reporte.calendario)
    lines = [_say("correccion", "texto", presentacion=fechas.larga(presentacion), cuantos=plazo.regla.valor)]
    if plazo.inhabiles:
        named = (_say("correccion", "inhabil", dia=fechas.larga(d.dia), motivo=say(d.motivo)) for d in plazo.inhabiles)
        lines.append(_say("correccion", "inhabiles", dias=_list(named)))
    lines.append(_rule(plazo.regla))
    lines += _doubts(plazo.dudas)
    return Recordatorio("correccion", plazo.limite, programas, "\n".join(lines))


def _rule(regla: Regla) -> str:
    text = _say("regla", titulo=say(regla.titulo), texto=say(regla.texto), fuente=say(regla.fuente.titulo))
    if regla.firme:
        return text
    return " ".join(filter(None, (text, _say("por_confirmar"), say(regla.nota))))


def _doubts(dudas: Iterable[Duda]) -> Iterator[str]:
    """A line for each reason, with all its days."""
    for (motivo, fuente), group in groupby(dudas, key=lambda d: (d.causa.motivo, d.causa.fuente)):
        those = list(group)
        yield _say(
            "duda",
            dias=_list(fechas.larga(d.causa.dia) for d in those),
            motivo=say(motivo),
            fuente=say(fuente.titulo),
            alterna=fechas.con_dia(those[0].alterna),
            prudente=fechas.con_dia(those[0].prudente),
        )


def _event(recordatorio: Recordatorio, reporte: Reporte, ahora: datetime, sello: str, empresa: str) -> Event:
    programas = _list(recordatorio.programas)
    titulo = _say(recordatorio.tipo, "titulo")
    resumen = _say("resumen", titulo=titulo, programas=programas, ejercicio=reporte.ejercicio)
    texto = recordatorio.texto
    if empresa:
        resumen = _say("resumen_de", empresa=empresa, resumen=resumen)
        texto = f"{_say('de', empresa=empresa, rfc=reporte.solicitante['rfc'])}\n{texto}"
    resumen = with_sello(sello, resumen)
    language = {"LANGUAGE": idiomas.current()}
    event = Event()
    event.add("uid", _uid(recordatorio, reporte, sello))
    event.add("dtstamp", ahora)
    event.add("sequence", 0)
    event.add("dtstart", recordatorio.dia)
    event.add("dtend", recordatorio.dia + DIA)  # the first day that is no longer part of it
    event.add("summary", resumen, language)
    event.add("description", with_sello(sello, f"{texto}\n\n{_say('deslinde')}", "\n\n"), language)
    event.add("transp", "TRANSPARENT")
    # Some versions of Outlook go by these two.
    event.add("x-microsoft-cdo-alldayevent", "TRUE")
    event.add("x-microsoft-cdo-busystatus", "FREE")
    for dias in AVISOS:
        event.add_component(_alarm(dias, resumen))
    return event


def _alarm(dias: int, resumen: str) -> Alarm:
    """Counted from the midnight on which the event starts: a day before at nine is fifteen hours before."""
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("trigger", HORA - DIA * dias)
    alarm.add(
        "description",
        _say("falta" if dias == 1 else "faltan", dias=dias, resumen=resumen),
        {"LANGUAGE": idiomas.current()},
    )
    return alarm


def _uid(recordatorio: Recordatorio, reporte: Reporte, sello: str) -> str:
    """The same for the same company, ejercicio, programmes and kind of date, whatever the day; a hash of them."""
    parts = (reporte.solicitante.get("rfc", ""), reporte.ejercicio, "-".join(recordatorio.programas), recordatorio.tipo)
    return str(uuid.uuid5(_NAMESPACE, with_sello(sello, "|".join(map(str, parts)))))


def _list(names: Iterable[str]) -> str:
    """
    >>> _list(["IMMEX", "PROSEC", "ECEX"]), _list(["ALTEX"])
    ('IMMEX, PROSEC y ECEX', 'ALTEX')
    """
    *others, last = names
    return _("{varios} y {ultimo}").format(varios=", ".join(others), ultimo=last) if others else str(last)


def _texts() -> dict[str, Any]:
    return idiomas.tables(Path(__file__).with_suffix(".toml"))


def _say(*path: str, **pieces: object) -> str:
    text: Any = _texts()
    for key in path:
        text = text[key]
    return text.format_map(pieces)
