"""What is made in practice: marked, and signed under a type of its own, so that it never passes for the real thing.

A throw-away RSA key takes the place of the e.firma: the file is a flattened JWS (RFC 7515) with the public key as
`jwk` where a report has the signer's certificate.
"""

import json
from collections.abc import Mapping
from datetime import datetime

from raoce.firma.documento import SELLO
from raoce.firma.jws import ALG, CTY, FirmaNoCorresponde, PorFirmar, decode, encode, flatten
from raoce.firma.rs256 import verify_rs256

FORMATO = "raoce-practica/1"
TYP = "raoce-practica+json"


def mark(payload: bytes, caso: str) -> bytes:
    """The same JSON as a thing of practice: another format, the mark, the case in which it was made.

    >>> mark(b'{"formato": "raoce/1", "ejercicio": 2023}', "fecha-prosec").decode()
    '{"formato": "raoce-practica/1", "aviso": "EJERCICIO — SIN VALIDEZ", "caso": "fecha-prosec", "ejercicio": 2023}'
    """
    said = json.loads(payload) | {"formato": FORMATO}
    said = {"formato": said.pop("formato"), "aviso": SELLO, "caso": caso, **said}
    return json.dumps(said, ensure_ascii=False).encode()


def prepare(payload: bytes, llave: Mapping[str, str], momento: datetime) -> PorFirmar:
    """The bytes to sign for a payload already marked; `llave` is the public key as a JWK (`n`, `e`)."""
    cabecera = {
        "alg": ALG,
        "typ": TYP,
        "cty": CTY,
        "iat": int(momento.timestamp()),
        "jwk": {"kty": "RSA", "n": llave["n"], "e": llave["e"]},
    }
    return PorFirmar(encode(json.dumps(cabecera).encode()), encode(payload))


def assemble(por_firmar: PorFirmar, firma: bytes) -> str:
    """The text of the signed file. Raises FirmaNoCorresponde when the key of its header did not sign it."""
    llave = json.loads(decode("protected", por_firmar.protected))["jwk"]
    modulo, exponente = (int.from_bytes(decode("jwk", llave[k])) for k in ("n", "e"))
    if not verify_rs256(por_firmar.signing_input, firma, modulo, exponente):
        raise FirmaNoCorresponde("firma-no-corresponde")
    return flatten(por_firmar, firma)
