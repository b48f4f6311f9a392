"""Makes e.firmas and CSDs in the shape in which the SAT delivers them, for the tests of the project.

Everything is made up: companies, people, authority. The SAT's certificates differ from what the usual
tools write: a serial number of twenty ASCII digits, and the RFC as text in 2.5.4.45.
"""

import itertools
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.x509.name import _ASN1Type
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from llaves import encrypt_key, make_rsa

_DER = serialization.Encoding.DER
_NAME = x509.ObjectIdentifier("2.5.4.41")

_CADENAS = {
    "printable": _ASN1Type.PrintableString,
    "utf8": _ASN1Type.UTF8String,
    "bmp": _ASN1Type.BMPString,
}

_AUTORIDAD = [
    (NameOID.COMMON_NAME, "AC DE PRUEBA"),
    (NameOID.ORGANIZATION_NAME, "AUTORIDAD INVENTADA PARA PRUEBAS"),
    (NameOID.COUNTRY_NAME, "MX"),
    (NameOID.X500_UNIQUE_IDENTIFIER, "2.5.4.45"),
]

_consecutivos = itertools.count(1)


@dataclass(frozen=True)
class Efirma:
    """A pair as it lies in the filer's folder: `cer` and `key` are the bytes of the two files."""

    cer: bytes = field(repr=False)
    key: bytes = field(repr=False)
    contrasena: str
    rfc: str
    nombre: str
    numero: str
    autoridad: bytes = field(repr=False)
    llave: rsa.RSAPrivateKey = field(repr=False)

    def sign(self, data: bytes) -> bytes:
        """RSASSA-PKCS1-v1_5 with SHA-256, as the browser does."""
        return self.llave.sign(data, padding.PKCS1v15(), hashes.SHA256())


@cache
def make_efirma(
    rfc: str = "EKU9003173C9",
    nombre: str = "MAQUILADORA DE PRUEBA SA DE CV",
    contrasena: str = "12345678a",
    *,
    tipo: str = "efirma",
    representante: str = "XIQB891116QE4",
    curp: str = "XIQB891116MGRMZR05",
    unico: str | None = None,
    desde: datetime = datetime(2023, 1, 15, 18, 0, 0, tzinfo=UTC),
    hasta: datetime = datetime(2099, 1, 14, 18, 0, 0, tzinfo=UTC),
    numero: str | None = None,
    cifrado: str = "3des",
    prf: str = "sha1",
    iteraciones: int = 2048,
    codificacion: str = "utf-8",
    bits: int = 2048,
    cadena: str | None = None,
    llave: str | None = None,
) -> Efirma:
    """An e.firma (`tipo="efirma"`) or a seal for invoices (`tipo="csd"`), made once a session.

    An `rfc` of 12 characters is a company with a `representante`; of 13, a natural person with `curp`.
    `unico` replaces the text of 2.5.4.45. `cadena`: printable, utf8 or bmp (by default utf8 only where
    PrintableString cannot hold the text). `cifrado` to `codificacion`: see `llaves.encrypt_key`.
    Pairs share the RSA key when `bits` and `llave` (by default the RFC) are the same.
    """
    private = make_rsa(bits, llave or rfc)
    numero = numero or f"300010000005{next(_consecutivos):08d}"
    fisica, csd = len(rfc) == 13, tipo == "csd"
    if unico is None:
        unico = rfc if fisica else f"{rfc} / {representante}"
    subject = [(NameOID.COMMON_NAME, nombre), (_NAME, nombre), (NameOID.ORGANIZATION_NAME, nombre)]
    if not csd:
        subject += [(NameOID.COUNTRY_NAME, "MX"), (NameOID.EMAIL_ADDRESS, "contacto@ejemplo.mx")]
    subject += [(NameOID.X500_UNIQUE_IDENTIFIER, unico), (NameOID.SERIAL_NUMBER, curp if fisica else f" / {curp}")]
    if csd:
        subject.append((NameOID.ORGANIZATIONAL_UNIT_NAME, "Matriz"))
    usage = x509.KeyUsage(
        digital_signature=True,
        content_commitment=True,
        data_encipherment=not csd,
        key_agreement=not csd,
        key_encipherment=False,
        key_cert_sign=False,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )
    serial = int.from_bytes(numero.encode("ascii"), "big")
    builder = (
        _builder(subject, private.public_key(), serial, desde, hasta, cadena)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(usage, critical=False)
    )
    if not csd:
        purposes = [ExtendedKeyUsageOID.EMAIL_PROTECTION, ExtendedKeyUsageOID.CLIENT_AUTH]
        builder = builder.add_extension(x509.ExtendedKeyUsage(purposes), critical=False)
    cer = builder.sign(make_rsa(2048, "autoridad"), hashes.SHA256()).public_bytes(_DER)
    key = encrypt_key(private, contrasena, cifrado, prf, iteraciones, codificacion)
    return Efirma(cer, key, contrasena, rfc, nombre, numero, make_autoridad(), private)


@cache
def make_autoridad() -> bytes:
    """The DER of the made-up authority that issues every pair of the session."""
    private = make_rsa(2048, "autoridad")
    desde, hasta = datetime(2010, 1, 1, tzinfo=UTC), datetime(2099, 12, 31, tzinfo=UTC)
    builder = _builder(_AUTORIDAD, private.public_key(), 1, desde, hasta, "utf8")
    basic = x509.BasicConstraints(ca=True, path_length=0)
    return builder.add_extension(basic, critical=True).sign(private, hashes.SHA256()).public_bytes(_DER)


def make_requerimiento(efirma: Efirma) -> bytes:
    """The .req that goes to the SAT before there is a certificate: a PKCS#10 request, in DER."""
    subject = _make_name([(NameOID.COMMON_NAME, efirma.nombre)], None)
    builder = x509.CertificateSigningRequestBuilder().subject_name(subject)
    return builder.sign(efirma.llave, hashes.SHA256()).public_bytes(_DER)


def _builder(subject, public_key, serial: int, desde: datetime, hasta: datetime, cadena: str | None):
    return (
        x509.CertificateBuilder()
        .subject_name(_make_name(subject, cadena))
        .issuer_name(_make_name(_AUTORIDAD, "utf8"))
        .public_key(public_key)
        .serial_number(serial)
        .not_valid_before(desde)
        .not_valid_after(hasta)
    )


def _make_name(attributes, cadena: str | None) -> x509.Name:
    return x509.Name([x509.NameAttribute(oid, text, _string_type(oid, text, cadena)) for oid, text in attributes])


def _string_type(oid, text: str, cadena: str | None) -> _ASN1Type:
    if oid == NameOID.EMAIL_ADDRESS:
        return _ASN1Type.IA5String
    if oid == NameOID.COUNTRY_NAME:
        return _ASN1Type.PrintableString
    return _CADENAS[cadena or ("printable" if text.isascii() and "&" not in text else "utf8")]
