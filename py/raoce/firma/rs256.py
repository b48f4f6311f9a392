"""RSASSA-PKCS1-v1_5, verification only, in plain Python: the browser's Python has no OpenSSL.

With SHA-256 it is the RS256 of the signed file; authorities sign certificates with longer digests too.
"""

import hashlib

MIN_BITS, MAX_BITS = 2048, 4096

# DigestInfo of each digest up to the digest itself (RFC 8017, 9.2, note 1).
_INFO = {
    "sha256": bytes.fromhex("3031300d060960864801650304020105000420"),
    "sha384": bytes.fromhex("3041300d060960864801650304020205000430"),
    "sha512": bytes.fromhex("3051300d060960864801650304020305000440"),
}
RESUMENES = frozenset(_INFO)


def verify_rs256(signing_input: bytes, firma: bytes, modulo: int, exponente: int) -> bool:
    """Is `firma` a signature of these bytes, with SHA-256, by this public key of 2048 to 4096 bits?"""
    return verify_pkcs1(signing_input, firma, modulo, exponente, "sha256")


def verify_pkcs1(data: bytes, firma: bytes, modulo: int, exponente: int, resumen: str) -> bool:
    """The same with any digest of `RESUMENES` (RFC 8017, 8.2.2).

    The whole encoded message is built and compared: nothing of the signature is parsed, so there is
    no padding to be lenient about.
    """
    length = (modulo.bit_length() + 7) // 8
    number = int.from_bytes(firma, "big")
    if not MIN_BITS <= modulo.bit_length() <= MAX_BITS or len(firma) != length or number >= modulo:
        return False
    if not 3 <= exponente < modulo:
        return False
    info = _INFO[resumen] + hashlib.new(resumen, data).digest()
    expected = b"\x00\x01" + b"\xff" * (length - len(info) - 3) + b"\x00" + info
    return pow(number, exponente, modulo).to_bytes(length, "big") == expected
