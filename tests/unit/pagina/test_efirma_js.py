"""static/js/efirma.js under Node: which pairs open, what each failure is called, what is left behind."""

import base64
import random
from functools import partial

import pytest
from asn1crypto import core, keys
from cryptography.hazmat.primitives.asymmetric import ec, ed25519

from azar import damaged
from efirma_en_node import opener
from efirmas import make_efirma, make_requerimiento
from llaves import RsaOfSize, armour, clear_key, encrypt_key, make_pfx
from lugares import ROOT
from raoce.firma.certificado import Certificado
from raoce.firma.rs256 import verify_rs256

SAT = ROOT.parent / "shared" / "efirma-prueba"
TEXTO = b"cabecera.contenido"

PBES2, PBKDF2 = "1.2.840.113549.1.5.13", "1.2.840.113549.1.5.12"
DES_EDE3, RSA = "1.2.840.113549.3.7", "1.2.840.113549.1.1.1"


@pytest.fixture(scope="session")
def node(tmp_path_factory):
    with opener(tmp_path_factory.mktemp("site")) as open_key:
        yield open_key


@pytest.fixture
def open_key(node):
    return partial(node, data=TEXTO)


def signs(result, cer: bytes) -> bool:
    """Is the signature that came back one of TEXTO by the key of this certificate?"""
    certificado = Certificado.from_der(cer)
    firma = base64.b64decode(result["firma"])
    return verify_rs256(TEXTO, firma, certificado.modulo, certificado.exponente)


@pytest.mark.parametrize(
    "variant",
    [
        {},
        {"cifrado": "aes128"},
        {"cifrado": "aes192"},
        {"cifrado": "aes256", "prf": "sha256"},
        {"cifrado": "aes256", "prf": "sha512", "iteraciones": 100_000},
        {"cifrado": "3des", "prf": "sha256"},
        {"cifrado": "pbes1-3des"},
        {"bits": 3072},
        {"bits": 4096},
        {"tipo": "csd"},
        {"rfc": "XIQB891116QE4", "nombre": "BERENICE XIMO QUEZADA"},
        {"rfc": "Ñ&A900317AB1", "nombre": "ÑANDÚ & ASOCIADOS SA DE CV"},
        {"contrasena": "Contraseña-ÁÉÍ"},
        {"contrasena": "Contraseña-ÁÉÍ", "codificacion": "latin-1"},
        {"contrasena": "Contraseña-ÁÉÍ", "cifrado": "pbes1-3des"},
        {"contrasena": "clave con 字 y €"},
        {"contrasena": "clave con 字 y €", "cifrado": "pbes1-3des"},
    ],
    ids=lambda variant: " ".join(f"{name}={value}" for name, value in variant.items()) or "as the SAT delivers it",
)
def test_opens_and_signs(open_key, variant):
    efirma = make_efirma(**variant)
    result = open_key(efirma.cer, efirma.key, efirma.contrasena)
    assert "codigo" not in result
    assert signs(result, efirma.cer)
    assert result["ms"] < 1000


@pytest.mark.parametrize("bits", [2048, 4096])
@pytest.mark.parametrize(
    "cifrado, prf",
    [(c, p) for c in ("3des", "aes128", "aes256") for p in ("sha1", "sha256")] + [("pbes1-3des", "sha1")],
)
def test_every_way_to_protect_a_key_of_either_size(open_key, cifrado, prf, bits):
    efirma = make_efirma(cifrado=cifrado, prf=prf, bits=bits)
    assert signs(open_key(efirma.cer, efirma.key, efirma.contrasena), efirma.cer)


@pytest.mark.parametrize("cadena", ["utf8", "bmp"])
@pytest.mark.parametrize(
    "rfc, nombre",
    [
        ("Ñ&A900317AB1", "COMPAÑÍA PEÑA & HIJOS, S.A. DE C.V."),
        ("ÑAPE800101AB1", "JOSÉ ÑAPÉREZ GÜEMES"),
        ("O&ÑA800101AB1", "ÁNGELA O&ÑATE"),
    ],
)
def test_names_beyond_ascii_of_companies_and_people(open_key, rfc, nombre, cadena):
    efirma = make_efirma(rfc=rfc, nombre=nombre, cadena=cadena, llave="acentos")
    assert signs(open_key(efirma.cer, efirma.key, efirma.contrasena), efirma.cer)


def test_a_decomposed_password_is_the_same_password(open_key):
    efirma = make_efirma(contrasena="Contraseña")
    assert signs(open_key(efirma.cer, efirma.key, "Contrasen\u0303a"), efirma.cer)


def test_pem_files_open_too(open_key):
    efirma = make_efirma()
    result = open_key(armour("CERTIFICATE", efirma.cer), armour("ENCRYPTED PRIVATE KEY", efirma.key), efirma.contrasena)
    assert signs(result, efirma.cer)


def test_only_a_signer_comes_out_and_the_clear_key_is_overwritten(open_key):
    efirma = make_efirma()
    result = open_key(efirma.cer, efirma.key, efirma.contrasena)
    assert (result["members"], result["frozen"]) == (["sign"], True)
    assert result["untouched"]
    assert result["secrets"] == [
        {"format": "raw", "extractable": False, "wiped": True},
        {"format": "pkcs8", "extractable": False, "wiped": True},
    ]


def damage(data: bytes, at: int) -> bytes:
    return data[:at] + bytes([data[at] ^ 0x55]) + data[at + 1 :]


def damage_modulus_length(key: bytes) -> bytes:
    """In the block of the ciphertext that holds the length of the modulus: the password still fits."""
    encrypted = keys.EncryptedPrivateKeyInfo.load(key)["encrypted_data"].native
    return damage(key, len(key) - len(encrypted) + 32)


def with_iterations(key: bytes, count: int) -> bytes:
    """The key as if its password had to be derived so many times."""
    info = keys.EncryptedPrivateKeyInfo.load(key)
    parameters = info["encryption_algorithm"]["parameters"]
    if "key_derivation_func" in parameters:
        parameters = parameters["key_derivation_func"]["parameters"]
        parameters["iteration_count"] = count
    else:
        parameters["iterations"] = count
    return info.dump(force=True)


def replace_oid(der: bytes, old: str, new: str) -> bytes:
    """Swap an OID for another of the same length."""
    old_der, new_der = core.ObjectIdentifier(old).dump(), core.ObjectIdentifier(new).dump()
    assert len(old_der) == len(new_der) and der.count(old_der) == 1
    return der.replace(old_der, new_der)


LEGACY_OPENSSL = b"""-----BEGIN RSA PRIVATE KEY-----
Proc-Type: 4,ENCRYPTED
DEK-Info: DES-EDE3-CBC,0011223344556677

AAAA
-----END RSA PRIVATE KEY-----
"""


def _pair(**variant):
    efirma = make_efirma(**variant)
    return {"cer": efirma.cer, "key": efirma.key}


def failures():
    """(what is wrong, code, files that replace those of a good pair, or another password)."""
    good = make_efirma()
    cer, key, llave = good.cer, good.key, good.llave
    req = make_requerimiento(good)
    key_in = {"3des": key, "pbes1-3des": make_efirma(cifrado="pbes1-3des").key}
    key_pem, cer_pem = armour("ENCRYPTED PRIVATE KEY", key), armour("CERTIFICATE", cer)

    yield "not a key", "llave-ilegible", {"key": b"esto no es una llave"}
    yield "empty key", "llave-ilegible", {"key": b""}
    yield "key cut short", "llave-ilegible", {"key": key[:-9]}
    yield "more than a key", "llave-ilegible", {"key": key + b"\0"}
    yield "huge key", "llave-ilegible", {"key": b"\0" * 70_000}
    yield "key damaged inside", "llave-ilegible", {"key": damage_modulus_length(key)}
    yield "the certificate as key", "llave-es-certificado", {"key": cer}
    yield "the certificate in PEM as key", "llave-es-certificado", {"key": cer_pem}
    yield "the .req as key", "llave-es-certificado", {"key": req}
    yield "PKCS#8 in clear", "llave-sin-cifrar", {"key": clear_key(llave)}
    yield "PKCS#8 in clear, PEM", "llave-sin-cifrar", {"key": clear_key(llave, pem=True)}
    yield "PKCS#1 in clear", "llave-sin-cifrar", {"key": clear_key(llave, pkcs1=True)}
    yield "PKCS#1 in clear, PEM", "llave-sin-cifrar", {"key": clear_key(llave, pkcs1=True, pem=True)}

    yield "not a certificate", "certificado-ilegible", {"cer": b"hola"}
    yield "empty certificate", "certificado-ilegible", {"cer": b""}
    yield "certificate cut short", "certificado-ilegible", {"cer": cer[:-1]}
    unknown = replace_oid(cer, RSA, "1.2.840.113549.1.1.99")
    yield "key of an unknown kind inside", "certificado-ilegible", {"cer": unknown}
    yield "the key as certificate", "certificado-es-llave", {"cer": key}
    yield "the key in PEM as certificate", "certificado-es-llave", {"cer": key_pem}
    yield "a clear key as certificate", "certificado-es-llave", {"cer": clear_key(llave)}
    yield "files swapped", "certificado-es-llave", {"cer": key, "key": cer}
    yield "the .req as certificate", "certificado-es-requerimiento", {"cer": req}
    yield "the .req in PEM as certificate", "certificado-es-requerimiento", {"cer": armour("CERTIFICATE REQUEST", req)}

    yield "wrong password", "contrasena-incorrecta", {"contrasena": "12345678b"}
    yield "password with a space behind", "contrasena-incorrecta", {"contrasena": "12345678a "}
    for cifrado in ("aes256", "pbes1-3des"):
        other = {"key": make_efirma(cifrado=cifrado).key, "contrasena": "ñandú"}
        yield f"wrong password, {cifrado}", "contrasena-incorrecta", other
    yield "no password", "contrasena-vacia", {"contrasena": ""}

    yield "PBES1 of another kind", "cifrado-no-admitido", {"key": replace_oid(key, PBES2, "1.2.840.113549.1.5.3")}
    yield "derivation by scrypt", "cifrado-no-admitido", {"key": replace_oid(key, PBKDF2, "1.2.840.113549.1.5.14")}
    yield "RC2", "cifrado-no-admitido", {"key": replace_oid(key, DES_EDE3, "1.2.840.113549.3.2")}
    yield "HMAC-SHA224", "cifrado-no-admitido", {"key": make_efirma(prf="sha224").key}
    yield "too many iterations", "cifrado-no-admitido", {"key": encrypt_key(llave, "1", iteraciones=1_000_001)}
    for cifrado, most in (("3des", 1_000_000_000), ("3des", 2**40), ("pbes1-3des", 1_000_000_000)):
        yield f"{most} iterations, {cifrado}", "cifrado-no-admitido", {"key": with_iterations(key_in[cifrado], most)}
    yield "old OpenSSL encryption", "cifrado-no-admitido", {"key": LEGACY_OPENSSL}

    curve = encrypt_key(ec.generate_private_key(ec.SECP256R1()), good.contrasena)
    yield "elliptic curve", "llave-no-rsa", {"key": curve}
    yield "RSA of 1024 bits", "llave-tamano", {"key": make_efirma(bits=1024, llave="chica").key}
    for bits in (512, 2047, 4097, 16_384):
        yield f"RSA of {bits} bits", "llave-tamano", {"key": encrypt_key(RsaOfSize(bits), good.contrasena)}
    edwards = encrypt_key(ed25519.Ed25519PrivateKey.generate(), good.contrasena)
    yield "Ed25519", "llave-no-rsa", {"key": edwards}
    pfx = make_pfx(llave, good.contrasena)
    yield "a PFX as key", "llave-es-pfx", {"key": pfx}
    yield "a PFX as certificate", "certificado-es-pfx", {"cer": pfx}
    yield "a zip as key", "llave-ilegible", {"key": b"PK\x03\x04" + bytes(60)}
    yield "key of another company", "llave-ajena", {"key": make_efirma(rfc="IIA040805DZ4").key}
    csd = make_efirma(tipo="csd", llave="sello")
    yield "key of the CSD of the same company", "llave-ajena", {"key": csd.key}
    yield "certificate of the CSD of the same company", "llave-ajena", {"cer": csd.cer}
    yield "the certificate in both fields", "llave-es-certificado", {"cer": cer, "key": cer}
    yield "the key in both fields", "certificado-es-llave", {"cer": key, "key": key}
    yield "the certificate of the CSD as key", "llave-es-certificado", {"key": csd.cer}
    for variant in (
        {"cifrado": "aes128"},
        {"cifrado": "aes256", "prf": "sha256"},
        {"cifrado": "pbes1-3des", "bits": 4096},
    ):
        what = " ".join(map(str, variant.values()))
        yield f"a key in {what} as certificate", "certificado-es-llave", {"cer": make_efirma(**variant).key}
        yield f"wrong password, {what}", "contrasena-incorrecta", {**_pair(**variant), "contrasena": "12345678b"}
    yield "key from before the renewal", "llave-ajena", {"cer": make_efirma(llave="renovada").cer}


@pytest.mark.parametrize(
    "codigo, change", [pytest.param(codigo, change, id=what) for what, codigo, change in failures()]
)
def test_each_failure_has_its_own_code(open_key, codigo, change):
    good = make_efirma()
    result = open_key(**{"cer": good.cer, "key": good.key, "contrasena": good.contrasena} | change)
    assert result.get("codigo") == codigo


def test_a_damaged_key_is_told_from_a_good_one(open_key):
    """Each byte spoilt or cut off: it opens as before, where the byte says nothing, or it is answered with a code."""
    good = make_efirma()
    chance, codes = random.Random(15), set()
    for _ in range(300):
        result = open_key(cer=good.cer, key=damaged(chance, good.key), contrasena=good.contrasena)
        assert "codigo" in result or signs(result, good.cer)
        codes.add(result.get("codigo"))
    assert {"llave-ilegible", "contrasena-incorrecta"} <= codes
