"""RSA keys for the tests, and the ways in which a .key file may hold them.

`cryptography` does not write PBES2 with 3DES, which is what the SAT does: it is put together here.
"""

import base64
import hashlib
import os
from functools import cache

from asn1crypto import algos, keys
from asn1crypto import pkcs12 as asn1_pkcs12
from cryptography.hazmat.decrepit.ciphers.algorithms import TripleDES
from cryptography.hazmat.primitives import hashes, padding, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.serialization import pkcs12

# Cipher of PBES2 → (asn1crypto's name, algorithm, key bytes, IV bytes).
_CIFRADOS = {
    "3des": ("tripledes_3key", TripleDES, 24, 8),
    "aes128": ("aes128_cbc", algorithms.AES, 16, 16),
    "aes192": ("aes192_cbc", algorithms.AES, 24, 16),
    "aes256": ("aes256_cbc", algorithms.AES, 32, 16),
}


@cache
def make_rsa(bits: int, etiqueta: str) -> rsa.RSAPrivateKey:
    """One key for each label and size: making them is the slow part."""
    return rsa.generate_private_key(public_exponent=65537, key_size=bits)


def encrypt_key(
    private,
    contrasena: str,
    cifrado: str = "3des",
    prf: str = "sha1",
    iteraciones: int = 2048,
    codificacion: str = "utf-8",
) -> bytes:
    """PKCS#8 EncryptedPrivateKeyInfo in DER; the PRF is left out when it is SHA-1, as the SAT does.

    `cifrado`: 3des, aes128, aes192, aes256, or pbes1-3des, which takes no `prf` and no `codificacion`.
    """
    if cifrado == "pbes1-3des":
        return _encrypt_pbes1(private, contrasena, iteraciones)
    name, algorithm, key_length, iv_length = _CIFRADOS[cifrado]
    salt, iv = os.urandom(8), os.urandom(iv_length)
    secret = hashlib.pbkdf2_hmac(prf, contrasena.encode(codificacion), salt, iteraciones, key_length)
    pad = padding.PKCS7(iv_length * 8).padder()
    encryptor = Cipher(algorithm(secret), modes.CBC(iv)).encryptor()
    encrypted = encryptor.update(pad.update(clear_key(private)) + pad.finalize()) + encryptor.finalize()
    pbkdf2 = {"salt": algos.Pbkdf2Salt(name="specified", value=salt), "iteration_count": iteraciones}
    if prf != "sha1":
        pbkdf2["prf"] = {"algorithm": prf}
    return keys.EncryptedPrivateKeyInfo(
        {
            "encryption_algorithm": {
                "algorithm": "pbes2",
                "parameters": {
                    "key_derivation_func": {"algorithm": "pbkdf2", "parameters": pbkdf2},
                    "encryption_scheme": {"algorithm": name, "parameters": iv},
                },
            },
            "encrypted_data": encrypted,
        }
    ).dump()


def _encrypt_pbes1(private, contrasena: str, iteraciones: int) -> bytes:
    """PBE-SHA1-3DES is what PKCS#12 files use: let `cryptography` write one and take the key out of it."""
    encryption = (
        serialization.PrivateFormat.PKCS12.encryption_builder()
        .kdf_rounds(iteraciones)
        .key_cert_algorithm(pkcs12.PBES.PBESv1SHA1And3KeyTripleDESCBC)
        .hmac_hash(hashes.SHA1())
        .build(contrasena.encode("utf-8"))
    )
    pfx = asn1_pkcs12.Pfx.load(pkcs12.serialize_key_and_certificates(None, private, None, None, encryption))
    for content in pfx.authenticated_safe:
        for bag in asn1_pkcs12.SafeContents.load(content["content"].native):
            if bag["bag_id"].native == "pkcs8_shrouded_key_bag":
                return bag["bag_value"].untag().dump()
    raise AssertionError("no key in the PKCS#12 file")


def make_pfx(private, contrasena: str) -> bytes:
    """A PKCS#12 file, as some programs export an e.firma."""
    encryption = serialization.BestAvailableEncryption(contrasena.encode())
    return pkcs12.serialize_key_and_certificates(None, private, None, None, encryption)


class RsaOfSize:
    """What would be an RSA key of that many bits, were its numbers primes: nothing may come to find out."""

    def __init__(self, bits: int):
        ones = dict.fromkeys(("public_exponent", "private_exponent", "prime1", "prime2"), 65537)
        rest = dict.fromkeys(("exponent1", "exponent2", "coefficient"), 3)
        number = {"version": "two-prime", "modulus": (1 << bits) - 1, **ones, **rest}
        self._der = keys.PrivateKeyInfo.wrap(keys.RSAPrivateKey(number), "rsa").dump()

    def private_bytes(self, *form) -> bytes:
        return self._der


def clear_key(private, pkcs1: bool = False, pem: bool = False) -> bytes:
    """The key without a password, as nobody should keep it."""
    form = serialization.PrivateFormat.TraditionalOpenSSL if pkcs1 else serialization.PrivateFormat.PKCS8
    encoding = serialization.Encoding.PEM if pem else serialization.Encoding.DER
    return private.private_bytes(encoding, form, serialization.NoEncryption())


def armour(label: str, der: bytes) -> bytes:
    """The PEM form of any DER."""
    body = base64.encodebytes(der).decode("ascii")
    return f"-----BEGIN {label}-----\n{body}-----END {label}-----\n".encode("ascii")
