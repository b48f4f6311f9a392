"""The certificate (.cer) of an e.firma: who signs, for which RFC, and between which dates.

Source: the SAT's own files (X.509 v3, RFC 5280). Subject 2.5.4.45 holds the RFC, and for a
company ` / ` and the RFC of its representative; 2.5.4.5 the CURP in the same way; the serial
number is twenty ASCII digits. Nothing is checked here against the SAT: neither the issuer nor
a revocation.
"""

import base64
import binascii
import hashlib
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import datetime
from typing import Any

from raoce.base import DatoInvalido
from raoce.firma import x509
from raoce.firma.rs256 import MAX_BITS, MIN_BITS

MAX_BYTES = 65_536

_RFC = re.compile(r"[A-ZÑ&]{3,4}[0-9]{6}[A-Z0-9]{3}")
_CURP = re.compile(r"[A-ZÑ]{4}[0-9]{6}[A-Z]{6}[A-Z0-9][0-9]")
_NUMERO = re.compile(r"[0-9]{20}")
_PEM = re.compile(rb"-----BEGIN ([A-Z0-9 ]+)-----(.*?)-----END \1-----", re.DOTALL)

_USO_EFIRMA = {"digital_signature", "non_repudiation", "data_encipherment", "key_agreement"}

_CODIGO = {
    "llave": "certificado-es-llave",
    "requerimiento": "certificado-es-requerimiento",
    "pfx": "certificado-es-pfx",
    "desconocido": "certificado-ilegible",
}


class CertificadoIlegible(DatoInvalido):
    """The file is not a certificate of the SAT. `codigo` says why:

    `certificado-ilegible` not a certificate; `certificado-es-llave` it is a private key;
    `certificado-es-pfx` it is a PFX (PKCS#12), which holds both;
    `certificado-es-requerimiento` it is the .req sent to the SAT to ask for one;
    `certificado-no-sat` a certificate without RFC, 20-digit number or RSA key of 2048 to 4096 bits.
    """


@dataclass(frozen=True)
class Reparo:
    """One reason why something is not accepted: a stable code and the data that a message needs."""

    codigo: str
    datos: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Certificado:
    """A certificate read whole: building one from bytes that are not one raises CertificadoIlegible.

    `desde` and `hasta` are aware UTC datetimes, both inside the validity. `rfc_representante` is set
    for companies only. `es_efirma` is False for a CSD, the seal for invoices. `sha256` is of the DER.
    """

    der: bytes = field(repr=False)
    numero: str = field(init=False)
    nombre: str = field(init=False)
    rfc: str = field(init=False)
    rfc_representante: str | None = field(init=False)
    curp: str | None = field(init=False)
    desde: datetime = field(init=False)
    hasta: datetime = field(init=False)
    es_efirma: bool = field(init=False)
    modulo: int = field(init=False, repr=False)
    exponente: int = field(init=False, repr=False)
    sha256: str = field(init=False)

    def __post_init__(self) -> None:
        try:
            values = _read(self.der)
        except CertificadoIlegible:
            raise
        except x509.MALFORMED as error:
            raise CertificadoIlegible(_CODIGO[x509.identify(self.der)]) from error
        for name in (one.name for one in fields(self) if not one.init):
            object.__setattr__(self, name, values[name])

    @classmethod
    def from_der(cls, archivo: bytes) -> "Certificado":
        """Read a .cer file, in DER as the SAT delivers it, or in PEM."""
        if len(archivo) > MAX_BYTES:
            raise CertificadoIlegible("certificado-ilegible")
        if not archivo.startswith(b"\x30") and (armour := _PEM.search(archivo)):
            if armour[1].endswith(b"PRIVATE KEY"):
                raise CertificadoIlegible("certificado-es-llave")
            try:
                archivo = base64.b64decode(b"".join(armour[2].split()), validate=True)
            except binascii.Error as error:
                raise CertificadoIlegible("certificado-ilegible") from error
        return cls(bytes(archivo))


def review_certificado(certificado: Certificado, rfc: str, momento: datetime) -> tuple[Reparo, ...]:
    """Every reason why this certificate cannot sign for `rfc` at `momento` (aware); empty when it can.

    Codes: `certificado-csd`; `certificado-vencido` (hasta); `certificado-aun-no-vigente` (desde);
    `rfc-distinto` (rfc, rfc_certificado).
    """
    if momento.tzinfo is None:
        raise ValueError("momento must be aware")
    reparos = []
    if not certificado.es_efirma:
        reparos.append(Reparo("certificado-csd", {}))
    if momento > certificado.hasta:
        reparos.append(Reparo("certificado-vencido", {"hasta": certificado.hasta}))
    if momento < certificado.desde:
        reparos.append(Reparo("certificado-aun-no-vigente", {"desde": certificado.desde}))
    if (compacto := _compact(rfc)) != certificado.rfc:
        reparos.append(Reparo("rfc-distinto", {"rfc": compacto, "rfc_certificado": certificado.rfc}))
    return tuple(reparos)


def _read(der: bytes) -> dict[str, Any]:
    certificate = x509.load(der)
    tbs = certificate["tbs_certificate"]
    subject = x509.read_name(tbs["subject"])
    key = tbs["subject_public_key_info"]
    rfc, *otros = _split(subject.get(x509.UNIQUE_ID, "")) or [""]
    curps = [part for part in _split(subject.get(x509.SERIAL_NUMBER, "")) if _CURP.fullmatch(part)]
    numero = tbs["serial_number"].contents.decode("ascii", "replace")
    usage = certificate.key_usage_value
    is_rsa = key["algorithm"]["algorithm"].native == "rsa"
    if not (_RFC.fullmatch(rfc) and _NUMERO.fullmatch(numero) and is_rsa):
        raise CertificadoIlegible("certificado-no-sat")
    public = key["public_key"].parsed
    if not MIN_BITS <= public["modulus"].native.bit_length() <= MAX_BITS:
        raise CertificadoIlegible("certificado-no-sat")
    return {
        "numero": numero,
        "nombre": next(filter(None, map(subject.get, (x509.NAME, x509.CN, x509.O))), "").strip(),
        "rfc": rfc,
        "rfc_representante": otros[0] if otros and len(rfc) == 12 else None,
        "curp": curps[-1] if curps else None,
        **x509.read_validity(tbs),
        "es_efirma": usage is not None and usage.native >= _USO_EFIRMA and x509.OU not in subject,
        "modulo": public["modulus"].native,
        "exponente": public["public_exponent"].native,
        "sha256": hashlib.sha256(der).hexdigest(),
    }


def _split(text: str) -> list[str]:
    """`'EKU9003173C9 / XIQB891116QE4'` → both; `' / CURP'` → the second alone."""
    return [part for part in map(_compact, text.split("/")) if part]


def _compact(text: str) -> str:
    return unicodedata.normalize("NFC", text).strip().upper()
