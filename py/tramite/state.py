"""The state of the page: what was typed, where the user is, what was signed. Immutable."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Self, TypeVar

from idiomas import ES
from raoce.base import DatoInvalido
from tramite.borradores.archivero import Archivero
from tramite.formulario.campos import parse_consulta
from tramite.formulario.evaluacion import Aviso, Evaluacion
from tramite.modo import NORMAL, Modo
from tramite.pantallas import INICIO

if TYPE_CHECKING:
    from documentos.qr import Qr
    from raoce.firma.certificado import Certificado
    from raoce.firma.jws import PorFirmar
    from tramite.casos.caso import Caso

VACIO: Mapping[str, str] = MappingProxyType({})

# The page is drawn at build time without a date; nothing that depends on one is then shown.
_SIN_FECHA = date(2025, 1, 1)


SOLICITUD, CARTA = "solicitud", "carta"


@dataclass(frozen=True)
class Firma:
    """The signature being made. The private key and its password are never here.

    ``documento`` is what is signed: SOLICITUD or CARTA. ``archivo`` is the name of the .cer chosen, ``solicitud`` the
    name of the file that is signed. ``llave``: in the training mode, the public half of the throw-away key (JWK).
    """

    documento: str = SOLICITUD
    certificado: Certificado | None = None
    llave: Mapping[str, str] | None = None
    archivo: str = ""
    solicitud: str = ""
    fallo: DatoInvalido | None = None
    intentada: bool = False
    por_firmar: PorFirmar | None = None
    jws: str | None = None
    qr: Qr | None = None


class Parte:
    """What one screen alone knows of the state: its own frozen dataclass, kept by ``State`` under its class."""

    def of_another_draft(self) -> Self:
        """What is left of it when another draft comes to the screen."""
        return self


class _Leido:
    """The draft as it was read last: most of what happens says nothing of it, and need not read it again."""

    def __init__(self) -> None:
        self._last: Evaluacion | None = None

    def evaluate(self, borrador: Mapping[str, str], consulta: date, hoy: date) -> Evaluacion:
        last = self._last
        if last is None or last.borrador is not borrador or (last.consulta, last.hoy) != (consulta, hoy):
            last = self._last = Evaluacion(borrador, consulta, hoy)
        return last


_LEIDO = _Leido()

P = TypeVar("P", bound=Parte)


@dataclass(frozen=True)
class State:
    """``hoy`` is today in Mexico City, ``ahora`` the instant; both come with each event.

    ``consulta`` is the text of «Fecha de consulta» (``None``: today). ``tocados`` are the fields whose errors are
    shown; on the screens in ``revisadas`` what is missing is shown too. ``vista`` is what only this look at the
    page knows: filters, pages of long lists. ``enmarcada``: the page is inside a frame of another, and
    ``incrustada`` as that other page asked for it; ``sitio`` is the address of this one. ``otra_pestana``: another
    tab has changed what the device keeps. ``solo_lectura``: what the device keeps must not be written over.
    ``entradas``: what else the device keeps, by the name of the entry. ``modo``: the real thing, or practice.
    ``idioma``: that of the screens. ``oyentes``: the screens that hear every event, whichever is shown. ``casos``: the
    cases of practice, once they have come. ``partes``: what each screen alone knows, by its class; see ``of``.
    """

    hoy: date | None = None
    ahora: datetime | None = None
    pantalla: str = INICIO
    archivero: Archivero = field(default_factory=Archivero)
    consulta: str | None = None
    tocados: frozenset[str] = frozenset()
    revisadas: frozenset[str] = frozenset()
    vista: Mapping[str, str] = field(default_factory=lambda: VACIO)
    avisos: tuple[Aviso, ...] = ()
    anuncio: Aviso | None = None
    pregunta_borrar: bool = False
    almacenamiento: bool = True
    enmarcada: bool = False
    incrustada: bool = False
    sitio: str = ""
    otra_pestana: bool = False
    solo_lectura: bool = False
    firma: Firma = field(default_factory=Firma)
    modo: Modo = NORMAL
    idioma: str = ES
    oyentes: tuple[str, ...] = ()
    casos: tuple[Caso, ...] | None = None
    entradas: Mapping[str, object] = field(default_factory=lambda: VACIO)
    partes: Mapping[type[Parte], Parte] = field(default_factory=lambda: VACIO)

    def of(self, kind: type[P]) -> P:
        """The part of a screen, as it begins until something has happened there."""
        return self.partes.get(kind) or kind()

    def having(self, parte: Parte) -> State:
        """The state with the part of a screen saying this."""
        return replace(self, partes=MappingProxyType({**self.partes, type(parte): parte}))

    @cached_property
    def _consulta_read(self) -> tuple[date, DatoInvalido | None]:
        hoy = self.hoy or _SIN_FECHA
        if self.consulta is None:
            return hoy, None
        try:
            return parse_consulta(self.consulta), None
        except DatoInvalido as error:
            return hoy, error

    @property
    def error_consulta(self) -> DatoInvalido | None:
        return self._consulta_read[1]

    @cached_property
    def evaluacion(self) -> Evaluacion:
        return _LEIDO.evaluate(self.borrador, self._consulta_read[0], self.hoy or _SIN_FECHA)

    @property
    def borrador(self) -> Mapping[str, str]:
        """The draft on the screen: the text of each field."""
        return self.archivero.abierto.campos

    def with_borrador(self, borrador: Mapping[str, str]) -> State:
        """The state with the draft saying something else; a signature made of the former is dropped, and said."""
        if borrador == self.borrador:
            return self
        instante = self.ahora.isoformat(timespec="seconds") if self.ahora else ""
        changed = replace(self, archivero=self.archivero.with_abierto(borrador, instante))
        if self.firma.jws or self.firma.por_firmar:
            firma = replace(self.firma, jws=None, por_firmar=None, intentada=False)
            changed = replace(changed, firma=firma, avisos=(Aviso("firma-anulada", {}),))
        return changed

    def with_drafts(self, archivero: Archivero) -> State:
        """The state with many drafts changed: another one on the screen begins anew, the same one goes on with what it
        says now, and a signature made of what it said is dropped, and said."""
        if archivero.actual != self.archivero.actual:
            return self.with_archivero(archivero)
        changed = self.with_borrador(archivero.abierto.campos)
        # What says something else is no longer just as a link left it, and is worth keeping.
        as_left = archivero.de_enlace and changed is self
        return replace(changed, archivero=replace(archivero, de_enlace=as_left))

    def with_archivero(self, archivero: Archivero) -> State:
        """The state with another draft on the screen; what was begun with the former one ends."""
        return replace(
            self,
            archivero=archivero,
            tocados=frozenset(archivero.abierto.campos),
            revisadas=frozenset(),
            firma=Firma(),
            partes=MappingProxyType({kind: parte.of_another_draft() for kind, parte in self.partes.items()}),
        )


def initial_state() -> State:
    """The state in which the page is drawn at build time: nothing typed, no date known."""
    return State()
