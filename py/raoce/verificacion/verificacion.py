"""The verification of a signed file by whoever receives it, without a server.

Each check says what it found; the verdict follows from them (``comprobacion.judge``). What a file that is intact and
true cannot show is said too: that the certificate had not been revoked, and the time, which is the signer's word.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from raoce.firma import Documento
from raoce.firma.autoridades import Autoridad
from raoce.firma.certificado import Certificado
from raoce.firma.jws import Jws
from raoce.verificacion import sobre
from raoce.verificacion.atribucion import read_certificado, review_cadena, review_momento, review_titular
from raoce.verificacion.comprobacion import Comprobacion, Veredicto, complete, judge
from raoce.verificacion.contenido import OTRA_VERSION, read_contenido, read_rfc, review_carta, review_contenido
from raoce.verificacion.diferencias import Diferencia

if TYPE_CHECKING:
    from raoce.carta.carta_firmada import CartaFirmada
    from raoce.solicitud.solicitud import Solicitud


@dataclass(frozen=True)
class Verificacion:
    """What came out. `sha256` is of the whole file; the rest is ``None`` (or empty) where it could not be read.

    `documento` is what the file claims to be (a report when it is neither), `momento` the time claimed by the signer
    (`iat`, UTC), `signing_input` the bytes that are signed, `contenido` the request or letter as JSON read strictly,
    `solicitud` or `carta` the same as a model, `diferencias` what a report says (a) and what our own computing gives
    (b).
    """

    veredicto: Veredicto
    comprobaciones: tuple[Comprobacion, ...]
    sha256: str
    documento: Documento = Documento.REPORTE
    cabecera: Mapping[str, Any] | None = None
    certificado: Certificado | None = None
    momento: datetime | None = None
    signing_input: bytes = field(default=b"", repr=False)
    firma: bytes = field(default=b"", repr=False)
    contenido: Mapping[str, Any] | None = field(default=None, repr=False)
    solicitud: "Solicitud | None" = field(default=None, repr=False)
    carta: "CartaFirmada | None" = field(default=None, repr=False)
    autoridades: tuple[Autoridad, ...] = ()
    diferencias: tuple[Diferencia, ...] = ()

    def __getitem__(self, clave: str) -> Comprobacion:
        """The check of this key."""
        return next(c for c in self.comprobaciones if c.clave == clave)

    @property
    def rfc(self) -> str:
        """The RFC of the report or letter; empty where it could not be read."""
        if self.carta:
            return self.carta.rfc
        return self.solicitud.solicitante.rfc if self.solicitud else ""

    @property
    def ejercicio(self) -> int | None:
        """Of the report, or of the one that the letter corrects."""
        found = self.carta or self.solicitud
        return found.ejercicio if found else None


def verify(datos: bytes, autoridades: Sequence[Autoridad], ahora: datetime) -> Verificacion:
    """Verify a signed file. `ahora` is aware. Never raises for what `datos` may hold."""
    if ahora.tzinfo is None:
        raise ValueError("ahora must be aware")
    read = sobre.read(datos)
    found = {c.clave: c for c in read.comprobaciones}
    rest: dict[str, Any] = {
        "sha256": hashlib.sha256(datos).hexdigest(),
        "cabecera": read.cabecera,
        "documento": read.documento,
    }
    es_reporte = not read.ajeno
    if read.jws:
        rest |= {
            "momento": read.jws.momento,
            "firma": read.jws.firma,
            "signing_input": read.jws.por_firmar.signing_input,
        }
        steps, more, es_reporte = _verify_jws(read.jws, autoridades, ahora)
        found |= {c.clave: c for c in steps}
        rest |= more
    comprobaciones = complete(found, read.documento)
    return Verificacion(judge(comprobaciones, es_reporte), comprobaciones, **rest)


def _verify_jws(
    jws: Jws, autoridades: Sequence[Autoridad], ahora: datetime
) -> tuple[list[Comprobacion], dict[str, Any], bool]:
    """The checks, what was recovered, and whether it is a report or letter at all."""
    documento = jws.por_firmar.documento
    certificado, checks = read_certificado(jws)
    rest: dict[str, Any] = {"certificado": certificado}
    contenido, wrong = read_contenido(jws.payload, documento)
    firmado = any(c.clave == "firma" and c.codigo == "firma-bien" for c in checks)
    if wrong:
        # Without a good signature a payload that cannot be read is a change, not another kind of document.
        ajeno = firmado and wrong.codigo != OTRA_VERSION
        return [*checks, wrong], rest, not ajeno
    rest["contenido"] = contenido
    if documento is Documento.CARTA:
        carta, formato = review_carta(contenido)
        rest["carta"] = carta
        checks += [formato, review_momento(jws.momento, carta and carta.generado, ahora)]
    else:
        recalculo, formato, *figures = review_contenido(contenido)
        if recalculo:
            rest |= {"solicitud": recalculo.solicitud, "diferencias": recalculo.diferencias}
        solicitud = recalculo and recalculo.solicitud
        checks += [formato, *figures, review_momento(jws.momento, solicitud and solicitud.generado, ahora)]
    if certificado:
        checks += review_titular(certificado, read_rfc(contenido, documento), jws.momento)
        chain, check = review_cadena(certificado, autoridades, jws.momento)
        checks.append(check)
        rest["autoridades"] = chain
    return checks, rest, True
