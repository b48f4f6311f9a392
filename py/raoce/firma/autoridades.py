"""The certificates of the authorities that issue e.firmas: the SAT's (AC) and Banco de México's roots (ARC).

Those that ship with the site are in ``data/autoridades.json``. Others are loaded by the user, and taken only when
their SHA-256 is one of ``CONOCIDAS``: trust lies in these lists, never in what a file says of itself.
"""

import base64
import binascii
import hashlib
import re
from dataclasses import dataclass, field
from datetime import datetime

from raoce.base import DatoInvalido
from raoce.base.json_estricto import load
from raoce.firma import x509
from raoce.firma.rs256 import MAX_BITS, MIN_BITS

MAX_BYTES = 65_536

# SHA-256 of the DER → name. Of AC6, AC7 and ARC6 no file ships: whoever needs one loads it.
CONOCIDAS = {
    "1ac6325143920fc047b6506e42540944fa6590b44560807b564c5603d15add8e": "AC5 del SAT",
    "054e8f213ff2228254d8f87ec43d2e7c2eda628d927c270b9a77d1d09eef9418": "AC6 del SAT",
    "6d1d1f871f0d69233fc94526fecf826bee67181782d6b7e5320b279c97e8dac7": "AC7 del SAT",
    "a86baf49b2e91d0141722c4e7026ab246183a8072926e9983edbd4e5ba72515d": "ARC6 del Banco de México",
}


@dataclass(frozen=True, slots=True)
class Autoridad:
    """An authority that is trusted. `desde` and `hasta`: aware UTC, both inside the validity.

    `emite`: it may issue certificates (a CA whose key may sign them). `raiz`: it issued itself.
    Raises DatoInvalido (`autoridad-ilegible`) when `der` is no certificate with an RSA key of 2048 to 4096 bits.
    """

    nombre: str
    der: bytes = field(repr=False)
    sha256: str = field(init=False)
    desde: datetime = field(init=False)
    hasta: datetime = field(init=False)
    emite: bool = field(init=False)
    raiz: bool = field(init=False)
    modulo: int = field(init=False, repr=False)
    exponente: int = field(init=False, repr=False)

    def __post_init__(self) -> None:
        try:
            certificate = x509.load(self.der)
            tbs = certificate["tbs_certificate"]
            public = tbs["subject_public_key_info"]["public_key"].parsed
            basic, usage = certificate.basic_constraints_value, certificate.key_usage_value
            values = {
                "sha256": hashlib.sha256(self.der).hexdigest(),
                **x509.read_validity(tbs),
                "emite": basic is not None
                and basic["ca"].native
                and (usage is None or "key_cert_sign" in usage.native),
                "raiz": tbs["issuer"].dump() == tbs["subject"].dump(),
                "modulo": public["modulus"].native,
                "exponente": public["public_exponent"].native,
            }
        except x509.MALFORMED as error:
            raise DatoInvalido("autoridad-ilegible") from error
        if not MIN_BITS <= values["modulo"].bit_length() <= MAX_BITS:
            raise DatoInvalido("autoridad-ilegible")
        for name, value in values.items():
            object.__setattr__(self, name, value)

    def is_valid_at(self, momento: datetime) -> bool:
        return self.desde <= momento <= self.hasta


def parse(texto: str | bytes) -> tuple[Autoridad, ...]:
    """The list of the site: JSON rows of `nombre`, `sha256` and `der` (base64).

    Raises DatoInvalido (`autoridades-danadas`) when a certificate is not the one of its SHA-256.
    """
    try:
        rows = load(texto)
        found = tuple(Autoridad(row["nombre"], base64.b64decode(row["der"], validate=True)) for row in rows)
        intact = isinstance(rows, list) and all(a.sha256 == row["sha256"] for a, row in zip(found, rows, strict=True))
    except (ValueError, TypeError, LookupError) as error:
        raise DatoInvalido("autoridades-danadas") from error
    if not intact:
        raise DatoInvalido("autoridades-danadas")
    return found


def recognise(archivo: bytes) -> Autoridad:
    """An authority loaded by the user, in DER or PEM, known by its SHA-256.

    Raises DatoInvalido: `autoridad-ilegible` no certificate; `autoridad-es-efirma` the certificate of a taxpayer;
    `autoridad-desconocida` (sha256) any other.
    """
    der = _unarmour(archivo) if len(archivo) <= MAX_BYTES else b""
    sha256 = hashlib.sha256(der).hexdigest()
    if sha256 in CONOCIDAS:
        return Autoridad(CONOCIDAS[sha256], der)
    if not Autoridad("", der).emite:
        raise DatoInvalido("autoridad-es-efirma")
    raise DatoInvalido("autoridad-desconocida", sha256=sha256)


def _unarmour(archivo: bytes) -> bytes:
    armour = re.search(rb"-----BEGIN CERTIFICATE-----(.*?)-----END CERTIFICATE-----", archivo, re.DOTALL)
    if archivo.startswith(b"\x30") or not armour:
        return archivo
    try:
        return base64.b64decode(b"".join(armour[1].split()), validate=True)
    except binascii.Error as error:
        raise DatoInvalido("autoridad-ilegible") from error
