"""The state of the page: what was typed, where the user is, what was signed. Immutable."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING

from raoce.base import DatoInvalido
from raoce.empresa.codigos_postales import Catalogo
from raoce.firma import SELLO
from tramite.archivero import Archivero, Guardado
from tramite.campos import PANTALLAS, parse_consulta
from tramite.evaluacion import Aviso, Evaluacion
from tramite.verificador import Verificador

if TYPE_CHECKING:
    from documentos.qr import Qr
    from raoce.firma.certificado import Certificado
    from raoce.firma.jws import PorFirmar
    from tramite.caso import Caso
    from tramite.importar_bienes import Importacion
    from tramite.practica import Practica

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


@dataclass(frozen=True, slots=True)
class Anexo:
    """A file that goes with the e-mail of a letter. The page holds it; ``datos`` only while the e-mail is made."""

    nombre: str
    bytes: int
    mime: str = ""
    datos: bytes | None = field(default=None, repr=False)


@dataclass(frozen=True)
class State:
    """``hoy`` is today in Mexico City, ``ahora`` the instant; both come with each event.

    ``consulta`` is the text of «Fecha de consulta» (``None``: today). ``tocados`` are the fields whose errors are
    shown; on the screens in ``revisadas`` what is missing is shown too. ``vista`` is what only this look at the
    page knows: filters, pages of long lists. ``enmarcada``: the page is inside a frame of another, and
    ``incrustada`` as that other page asked for it; ``sitio`` is the address of this one. ``otra_pestana``: another
    tab has changed what the device keeps. ``solo_lectura``: what the device keeps must not be written over.
    ``bienes_antes``: the table of goods before each change that can be undone, ``quitado`` the draft removed last
    with its key, ``importacion`` the goods being read from a file; ``catalogos``: the postal codes of the states
    asked for (``None``: on their way), ``del_catalogo`` what they have put into the address. ``practica``: the training
    mode, ``casos`` its cases once they have come.
    """

    hoy: date | None = None
    ahora: datetime | None = None
    pantalla: str = PANTALLAS[0]
    archivero: Archivero = field(default_factory=Archivero)
    consulta: str | None = None
    tocados: frozenset[str] = frozenset()
    revisadas: frozenset[str] = frozenset()
    vista: Mapping[str, str] = field(default_factory=lambda: VACIO)
    avisos: tuple[Aviso, ...] = ()
    anuncio: Aviso | None = None
    bienes_antes: tuple[str, ...] = ()
    importacion: Importacion | None = None
    quitado: tuple[str, Guardado] | None = None
    catalogos: Mapping[str, Catalogo | None] = field(default_factory=lambda: VACIO)
    del_catalogo: Mapping[str, str] = field(default_factory=lambda: VACIO)
    anexos: tuple[Anexo, ...] = ()
    anexos_para: str = ""
    verificador: Verificador = field(default_factory=Verificador)
    inhabil_error: DatoInvalido | None = None
    pregunta_borrar: bool = False
    almacenamiento: bool = True
    enmarcada: bool = False
    incrustada: bool = False
    sitio: str = ""
    otra_pestana: bool = False
    solo_lectura: bool = False
    firma: Firma = field(default_factory=Firma)
    casos: tuple[Caso, ...] | None = None
    practica: Practica | None = None

    @property
    def sello(self) -> str:
        """What everything made in the training mode carries; empty outside of it."""
        return SELLO if self.practica else ""

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

    def with_archivero(self, archivero: Archivero) -> State:
        """The state with another draft on the screen; what was begun with the former one ends."""
        return replace(
            self,
            archivero=archivero,
            tocados=frozenset(archivero.abierto.campos),
            revisadas=frozenset(),
            firma=Firma(),
            bienes_antes=(),
            importacion=None,
            del_catalogo=VACIO,
            inhabil_error=None,
        )


def initial_state() -> State:
    """The state in which the page is drawn at build time: nothing typed, no date known."""
    return State()
