"""The signed report or letter: a flattened JWS (RFC 7515) that anyone can verify with `openssl` alone.

`alg` is RS256, `x5c` carries the signer's certificate, `iat` the moment claimed by the signer's own
clock (there is no trusted time stamp), and the payload is inside. `typ` names the kind of document
(RFC 8725, 3.11), so that a signature given for anything else is never taken for a report, nor that of a letter; its
suffix is `+json` because the whole document is JSON. Reading is strict: one spelling for every part, no
member that we do not write.
"""

import base64
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from raoce.base import DatoInvalido
from raoce.base.json_estricto import JsonInvalido, load
from raoce.firma.certificado import Certificado
from raoce.firma.documento import Documento
from raoce.firma.rs256 import verify_rs256

ALG = "RS256"
CTY = "application/json"
MAX_BYTES = 5_000_000

_MIEMBROS = frozenset({"payload", "protected", "signature"})
_CABECERA = frozenset({"alg", "typ", "cty", "iat", "x5c"})
_MAX_IAT = 253_402_300_799  # 9999-12-31T23:59:59Z


class FirmaIlegible(DatoInvalido):
    """Not a document of the kind asked for, signed in our form. `codigo`:

    `firma-demasiado-grande` over MAX_BYTES; `firma-formato` not a JSON object of our outline;
    `firma-miembro-repetido`; `firma-miembro-desconocido`, `firma-miembro-ausente` (miembro); `firma-base64` (miembro);
    `firma-algoritmo` (alg); `firma-cabecera` (miembro) a header value that is not ours.
    """


class FirmaNoCorresponde(DatoInvalido):
    """The signature is not of these bytes by this certificate (`firma-no-corresponde`)."""


@dataclass(frozen=True, slots=True)
class PorFirmar:
    """What is to be signed: `signing_input` are the exact bytes for RSASSA-PKCS1-v1_5 with SHA-256."""

    protected: str
    payload: str
    documento: Documento = Documento.REPORTE

    @property
    def signing_input(self) -> bytes:
        return f"{self.protected}.{self.payload}".encode("ascii")


@dataclass(frozen=True, slots=True)
class Jws:
    """A signed file taken apart. Nothing is verified: `certificado` is DER, `momento` as claimed (UTC)."""

    por_firmar: PorFirmar
    payload: bytes = field(repr=False)
    firma: bytes = field(repr=False)
    certificado: bytes = field(repr=False)
    momento: datetime


def prepare(
    payload: bytes, certificado: Certificado, momento: datetime, documento: Documento = Documento.REPORTE
) -> PorFirmar:
    """The bytes to sign for a JSON payload of this kind; `momento` is aware and kept to the second."""
    if momento.tzinfo is None:
        raise ValueError("momento must be aware")
    cabecera = {
        "alg": ALG,
        "typ": documento.typ,
        "cty": CTY,
        "iat": int(momento.timestamp()),
        "x5c": [base64.b64encode(certificado.der).decode("ascii")],
    }
    protected = encode(json.dumps(cabecera, separators=(",", ":")).encode("ascii"))
    return PorFirmar(protected, encode(payload), documento)


def assemble(por_firmar: PorFirmar, firma: bytes, certificado: Certificado) -> str:
    """The text of the signed file, one member a line; of the kind for which it was prepared.

    Raises FirmaNoCorresponde when the signature is not of this content by this certificate, and
    FirmaIlegible when what would be written could not be read back.
    """
    text = flatten(por_firmar, firma)
    same = parse(text, por_firmar.documento).certificado == certificado.der
    if not (same and verify_rs256(por_firmar.signing_input, firma, certificado.modulo, certificado.exponente)):
        raise FirmaNoCorresponde("firma-no-corresponde")
    return text


def flatten(por_firmar: PorFirmar, firma: bytes) -> str:
    """What was signed and its signature as a flattened JWS, one member a line."""
    miembros = {"payload": por_firmar.payload, "protected": por_firmar.protected, "signature": encode(firma)}
    return json.dumps(miembros, indent=2) + "\n"


def parse(text: str | bytes, documento: Documento = Documento.REPORTE) -> Jws:
    """Take a signed file of this kind apart, or raise FirmaIlegible."""
    if len(text) > MAX_BYTES:
        raise FirmaIlegible("firma-demasiado-grande")
    miembros = _load(text, _MIEMBROS, brackets=1)
    for miembro, value in miembros.items():
        if not isinstance(value, str):
            raise FirmaIlegible("firma-base64", miembro=miembro)
    cabecera = _load(decode("protected", miembros["protected"]), _CABECERA, brackets=2)
    if cabecera["alg"] != ALG:
        raise FirmaIlegible("firma-algoritmo", alg=str(cabecera["alg"])[:40])
    for miembro, expected in (("typ", documento.typ), ("cty", CTY)):
        if cabecera[miembro] != expected:
            raise FirmaIlegible("firma-cabecera", miembro=miembro)
    return Jws(
        PorFirmar(miembros["protected"], miembros["payload"], documento),
        decode("payload", miembros["payload"]),
        decode("signature", miembros["signature"]),
        _read_x5c(cabecera["x5c"]),
        _read_iat(cabecera["iat"]),
    )


def _load(text: str | bytes, miembros: frozenset[str], brackets: int) -> dict[str, Any]:
    """A JSON object with exactly these members, each once. More brackets make it the JSON of something else."""
    try:
        text = text.decode() if isinstance(text, bytes) else text
        if text.count("{") + text.count("[") > brackets:
            raise FirmaIlegible("firma-formato")
        loaded = load(text)
    except UnicodeDecodeError as error:
        raise FirmaIlegible("firma-formato") from error
    except JsonInvalido as error:
        is_twice = error.codigo == "json-repetida"
        raise FirmaIlegible("firma-miembro-repetido" if is_twice else "firma-formato") from error
    if not isinstance(loaded, dict):
        raise FirmaIlegible("firma-formato")
    for miembro in loaded:
        if miembro not in miembros:
            raise FirmaIlegible("firma-miembro-desconocido", miembro=miembro[:40])
    for miembro in sorted(miembros - loaded.keys()):
        raise FirmaIlegible("firma-miembro-ausente", miembro=miembro)
    return loaded


def _read_x5c(x5c: Any) -> bytes:
    if not (isinstance(x5c, list) and len(x5c) == 1 and isinstance(x5c[0], str)):
        raise FirmaIlegible("firma-cabecera", miembro="x5c")
    return _one_spelling("x5c", x5c[0], base64.b64decode, base64.b64encode)


def _read_iat(iat: Any) -> datetime:
    if type(iat) is not int or not 0 <= iat <= _MAX_IAT:
        raise FirmaIlegible("firma-cabecera", miembro="iat")
    return datetime.fromtimestamp(iat, UTC)


def encode(data: bytes) -> str:
    """Base64url without padding (RFC 7515, 2)."""
    return _encode_bytes(data).decode("ascii")


def _encode_bytes(data: bytes) -> bytes:
    return base64.urlsafe_b64encode(data).rstrip(b"=")


def decode(miembro: str, text: str) -> bytes:
    """Base64url of one spelling. Raises FirmaIlegible (`firma-base64`)."""
    padding = "=" * (-len(text) % 4)
    return _one_spelling(miembro, text, lambda unpadded: base64.urlsafe_b64decode(unpadded + padding), _encode_bytes)


def _one_spelling(miembro: str, text: str, decode: Callable[[str], bytes], encode: Callable[[bytes], bytes]) -> bytes:
    """Bytes in base64, refused unless the text is what we would write: no spaces, no spare bits, no other alphabet."""
    try:
        data = decode(text)
    except ValueError as error:
        raise FirmaIlegible("firma-base64", miembro=miembro) from error
    if encode(data) != text.encode("ascii"):
        raise FirmaIlegible("firma-base64", miembro=miembro)
    return data
