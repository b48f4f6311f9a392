"""The state of the page: what was typed, where the user is, what was signed. Immutable."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING

from raoce.errores import DatoInvalido
from tramite.campos import PANTALLAS, parse_consulta
from tramite.evaluacion import Aviso, Evaluacion

if TYPE_CHECKING:
    from raoce.certificado import Certificado
    from raoce.firma import PorFirmar

VACIO: Mapping[str, str] = MappingProxyType({})

MAXIMO_APARTADOS = 20

# The page is drawn at build time without a date; nothing that depends on one is then shown.
_SIN_FECHA = date(2025, 1, 1)


@dataclass(frozen=True)
class Firma:
    """The signature being made. The private key and its password are never here.

    ``archivo`` is the name of the .cer chosen, ``solicitud`` the name of the file that is signed.
    """

    certificado: Certificado | None = None
    archivo: str = ""
    solicitud: str = ""
    fallo: DatoInvalido | None = None
    intentada: bool = False
    por_firmar: PorFirmar | None = None
    jws: str | None = None


@dataclass(frozen=True)
class State:
    """``hoy`` is today in Mexico City, ``ahora`` the instant; both come with each event.

    ``consulta`` is the text of «Fecha de consulta» (``None``: today). ``tocados`` are the fields whose
    errors are shown; on the screens in ``revisadas`` what is missing is shown too. ``apartados`` are the
    drafts that links and opened files put aside, the newest last; ``de_enlace``: the present one is just as a
    link left it. ``enmarcada``: the page is inside a frame of another. ``otra_pestana``: another tab has changed
    what the device keeps. ``solo_lectura``: what the device keeps must not be written over.
    """

    hoy: date | None = None
    ahora: datetime | None = None
    pantalla: str = PANTALLAS[0]
    borrador: Mapping[str, str] = field(default_factory=lambda: VACIO)
    consulta: str | None = None
    tocados: frozenset[str] = frozenset()
    revisadas: frozenset[str] = frozenset()
    apartados: tuple[Mapping[str, str], ...] = ()
    de_enlace: bool = False
    avisos: tuple[Aviso, ...] = ()
    anuncio: Aviso | None = None
    inhabil_error: DatoInvalido | None = None
    pregunta_borrar: bool = False
    almacenamiento: bool = True
    enmarcada: bool = False
    otra_pestana: bool = False
    solo_lectura: bool = False
    firma: Firma = field(default_factory=Firma)

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
        return Evaluacion(self.borrador, self._consulta_read[0], self.hoy or _SIN_FECHA)

    def with_borrador(self, borrador: Mapping[str, str]) -> State:
        """The state with another draft; a signature made of the former one is dropped, and said."""
        if borrador == self.borrador:
            return self
        changed = replace(self, borrador=MappingProxyType(dict(borrador)))
        if self.firma.jws or self.firma.por_firmar:
            firma = replace(self.firma, jws=None, por_firmar=None, intentada=False)
            changed = replace(changed, firma=firma, avisos=(Aviso("firma-anulada", {}),))
        return changed

    def put_aside(self) -> State:
        """The state with the present draft among those put aside; one just as a link left it is not worth it."""
        if not self.borrador or self.de_enlace or self.borrador in self.apartados:
            return self
        return replace(self, apartados=(*self.apartados, self.borrador)[-MAXIMO_APARTADOS:])


def initial_state() -> State:
    """The state in which the page is drawn at build time: nothing typed, no date known."""
    return State()
