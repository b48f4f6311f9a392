"""RSASSA-PKCS1-v1_5 with SHA-256, verification only, in plain Python: the browser's Python has no OpenSSL."""

import hashlib

MIN_BITS, MAX_BITS = 2048, 4096

# DigestInfo of SHA-256 up to the digest itself (RFC 8017, 9.2, note 1).
_SHA256_INFO = bytes.fromhex("3031300d060960864801650304020105000420")


def verify_rs256(signing_input: bytes, firma: bytes, modulo: int, exponente: int) -> bool:
    """Is `firma` a signature of these bytes by this public key of 2048 to 4096 bits? (RFC 8017, 8.2.2.)

    The whole encoded message is built and compared: nothing of the signature is parsed, so there is
    no padding to be lenient about.
    """
    length = (modulo.bit_length() + 7) // 8
    number = int.from_bytes(firma, "big")
    if not MIN_BITS <= modulo.bit_length() <= MAX_BITS or len(firma) != length or number >= modulo:
        return False
    if not 3 <= exponente < modulo:
        return False
    info = _SHA256_INFO + hashlib.sha256(signing_input).digest()
    expected = b"\x00\x01" + b"\xff" * (length - len(info) - 3) + b"\x00" + info
    return pow(number, exponente, modulo).to_bytes(length, "big") == expected
