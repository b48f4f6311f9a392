"""Who issued a certificate: the authority whose key verifies the signature on it, and so on up to the root.

The issuer is found by trying signatures, not by names: the name of AC6 is written in two ways.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from raoce.firma import x509
from raoce.firma.autoridades import Autoridad
from raoce.firma.rs256 import RESUMENES, verify_pkcs1

EMISOR_NO_INCLUIDO = "emisor-no-incluido"
SIN_RAIZ, COMPLETA = "cadena-sin-raiz", "cadena-completa"


@dataclass(frozen=True, slots=True)
class Cadena:
    """The authorities above a certificate, the issuer first, and how far they go. `codigo`:

    `cadena-completa` up to a root; `cadena-sin-raiz` up to an authority whose own issuer is not among ours;
    `emisor-no-incluido`; `emisor-algoritmo` (algoritmo) signed in a way that proves nothing any more, as SHA-1;
    `autoridad-no-emite`, `autoridad-no-vigente` (nombre, desde, hasta): the last of `autoridades` was not allowed to.
    """

    codigo: str
    autoridades: tuple[Autoridad, ...] = ()
    algoritmo: str = ""


def find_chain(der: bytes, autoridades: Sequence[Autoridad], momento: datetime) -> Cadena:
    """The chain of a certificate (DER) as of `momento` (aware). Each authority must be a CA in force then."""
    chain: tuple[Autoridad, ...] = ()
    while True:
        algoritmo, issuers = _read(der, [a for a in autoridades if a not in chain])
        found = sorted(issuers, key=lambda a: not (a.emite and a.is_valid_at(momento)))
        if not found:
            break
        chain += (found[0],)
        if not chain[-1].emite:
            return Cadena("autoridad-no-emite", chain)
        if not chain[-1].is_valid_at(momento):
            return Cadena("autoridad-no-vigente", chain)
        if chain[-1].raiz:
            return Cadena(COMPLETA, chain)
        der = chain[-1].der
    if chain:
        return Cadena(SIN_RAIZ, chain)
    return Cadena(EMISOR_NO_INCLUIDO if algoritmo in RESUMENES else "emisor-algoritmo", algoritmo=algoritmo)


def _read(der: bytes, autoridades: Sequence[Autoridad]) -> tuple[str, Iterator[Autoridad]]:
    """The digest with which a certificate is signed, and which of these authorities signed it."""
    try:
        certificate = x509.load(der)
        algorithm, tbs = certificate["signature_algorithm"], certificate["tbs_certificate"]
        same = algorithm.dump() == tbs["signature"].dump()
        resumen = algorithm.hash_algo if same and algorithm.signature_algo == "rsassa_pkcs1v15" else "desconocido"
        signed, firma = tbs.dump(), certificate["signature_value"].native
    except x509.MALFORMED:
        return "desconocido", iter(())
    if resumen not in RESUMENES:
        return resumen, iter(())
    return resumen, (a for a in autoridades if verify_pkcs1(signed, firma, a.modulo, a.exponente, resumen))
