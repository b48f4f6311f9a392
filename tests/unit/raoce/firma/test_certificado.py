"""raoce/certificado.py: what is read from a certificate of the SAT's shape, and why one is refused."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from efirmas import make_autoridad, make_efirma, make_requerimiento
from llaves import armour, clear_key
from lugares import ROOT
from propiedades import given, settings, st
from raoce.firma.certificado import Certificado, CertificadoIlegible, Reparo, review_certificado

SAT = ROOT.parent / "shared" / "efirma-prueba"
HOY = datetime(2024, 4, 30, 18, tzinfo=UTC)
DER = serialization.Encoding.DER


def read(**variant) -> Certificado:
    return Certificado.from_der(make_efirma(**variant).cer)


def refused(archivo: bytes) -> str:
    with pytest.raises(CertificadoIlegible) as caught:
        Certificado.from_der(archivo)
    return caught.value.codigo


def test_a_company():
    efirma = make_efirma(numero="30001000000500003416")
    certificado = Certificado.from_der(efirma.cer)
    public = efirma.llave.public_key().public_numbers()
    assert certificado.der == efirma.cer
    assert certificado.numero == "30001000000500003416"
    assert certificado.nombre == "MAQUILADORA DE PRUEBA SA DE CV"
    assert certificado.rfc == "EKU9003173C9"
    assert certificado.rfc_representante == "XIQB891116QE4"
    assert certificado.curp == "XIQB891116MGRMZR05"
    assert certificado.desde == datetime(2023, 1, 15, 18, tzinfo=UTC)
    assert certificado.hasta == datetime(2099, 1, 14, 18, tzinfo=UTC)
    assert certificado.es_efirma
    assert (certificado.modulo, certificado.exponente) == (public.n, public.e)
    assert certificado.sha256 == x509.load_der_x509_certificate(efirma.cer).fingerprint(hashes.SHA256()).hex()


def test_a_natural_person_has_one_rfc():
    certificado = read(rfc="XIQB891116QE4", nombre="BERENICE XIMO QUEZADA")
    assert (certificado.rfc, certificado.rfc_representante) == ("XIQB891116QE4", None)
    assert certificado.curp == "XIQB891116MGRMZR05"


@pytest.mark.parametrize("cadena", ["utf8", "bmp"])
@pytest.mark.parametrize("rfc", ["ÑAPE800101AB1", "O&ÑA800101AB1", "PEGJ800101AB1"])
def test_a_natural_person_with_letters_beyond_ascii(rfc, cadena):
    efirma = make_efirma(
        rfc=rfc, nombre="JOSÉ ÑAPÉREZ GÜEMES", curp="ÑAPJ800101HDFRRS09", cadena=cadena, llave="física"
    )
    certificado = Certificado.from_der(efirma.cer)
    assert (certificado.rfc, certificado.rfc_representante) == (rfc, None)
    assert (certificado.nombre, certificado.curp) == ("JOSÉ ÑAPÉREZ GÜEMES", "ÑAPJ800101HDFRRS09")
    assert review_certificado(certificado, rfc, HOY) == ()


@pytest.mark.parametrize("bits", [2048, 3072, 4096])
def test_keys_of_every_size_of_the_sats(bits):
    assert read(bits=bits).modulo.bit_length() == bits


@pytest.mark.parametrize(
    "unico, rfc, representante",
    [
        ("EKU9003173C9/XIQB891116QE4", "EKU9003173C9", "XIQB891116QE4"),
        ("  eku9003173c9 /XIQB891116QE4 ", "EKU9003173C9", "XIQB891116QE4"),
        ("EKU9003173C9", "EKU9003173C9", None),
        ("EKU9003173C9 / ", "EKU9003173C9", None),
        ("XIQB891116QE4 / XIQB891116QE4", "XIQB891116QE4", None),
    ],
)
def test_spellings_of_the_identifier(unico, rfc, representante):
    certificado = read(unico=unico)
    assert (certificado.rfc, certificado.rfc_representante) == (rfc, representante)


@pytest.mark.parametrize("cadena", ["utf8", "bmp"])
def test_letters_beyond_ascii(cadena):
    certificado = read(rfc="Ñ&A900317AB1", nombre="COMPAÑÍA PEÑA & HIJOS SA DE CV", cadena=cadena)
    assert certificado.rfc == "Ñ&A900317AB1"
    assert certificado.nombre == "COMPAÑÍA PEÑA & HIJOS SA DE CV"


@pytest.mark.parametrize("tag", [0x0C, 0x13, 0x14], ids=["UTF8String", "PrintableString", "TeletexString"])
@pytest.mark.parametrize("codec", ["utf-8", "latin-1"])
def test_bytes_that_the_declared_type_does_not_allow(tag, codec):
    text = "COMPAÑÍA PEÑA".encode(codec)
    filler = "X" * len(text)
    cer = make_efirma(nombre=filler).cer
    written = bytes([0x13, len(text)]) + filler.encode()
    assert cer.count(written) == 3
    patched = cer.replace(written, bytes([tag, len(text)]) + text)
    assert Certificado.from_der(patched).nombre == "COMPAÑÍA PEÑA"


@pytest.mark.parametrize("codec", ["latin-1", "cp1252"])
def test_text_encoded_in_utf8_twice(codec):
    twice = "ÑAA900317AB1".encode().decode(codec)
    certificado = read(rfc="ÑAA900317AB1", unico=f"{twice} / XIQB891116QE4", nombre=twice)
    assert (certificado.rfc, certificado.nombre) == ("ÑAA900317AB1", "ÑAA900317AB1")


def test_pem_is_read_too():
    cer = make_efirma().cer
    for archivo in (armour("CERTIFICATE", cer), b"Bag Attributes\r\n" + armour("CERTIFICATE", cer)):
        assert Certificado.from_der(archivo) == Certificado.from_der(cer)


def test_armour_inside_a_der_file_is_not_looked_at():
    inner = armour("CERTIFICATE", make_efirma(rfc="IIA040805DZ4").cer)
    assert refused(b"0" + inner) == "certificado-ilegible"


def test_it_cannot_be_changed_or_made_by_halves():
    certificado = read()
    with pytest.raises(AttributeError):
        certificado.rfc = "IIA040805DZ4"
    with pytest.raises(CertificadoIlegible):
        Certificado(b"")
    with pytest.raises(TypeError):
        Certificado(certificado.der, rfc="IIA040805DZ4")


def foreign(private, numero: int, rfc: str = "EKU9003173C9") -> bytes:
    """A certificate with an RFC that the SAT has not made."""
    name = x509.Name(
        [
            x509.NameAttribute(x509.NameOID.COMMON_NAME, "PRUEBA"),
            x509.NameAttribute(x509.NameOID.X500_UNIQUE_IDENTIFIER, rfc),
        ]
    )
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(private.public_key())
        .serial_number(numero)
        .not_valid_before(HOY)
        .not_valid_after(HOY + timedelta(days=1))
        .sign(private, hashes.SHA256())
    )
    return certificate.public_bytes(DER)


NUMERO_SAT = int.from_bytes(b"30001000000500003416", "big")


def test_files_that_are_not_a_certificate_of_the_sat():
    efirma = make_efirma()
    llave = efirma.llave
    assert refused(b"") == "certificado-ilegible"
    assert refused(b"hola") == "certificado-ilegible"
    assert refused(b"\0" * 100_000) == "certificado-ilegible"
    assert refused(efirma.cer[:-1]) == "certificado-ilegible"
    assert refused(efirma.cer + b"\0") == "certificado-ilegible"
    assert refused(b"-----BEGIN CERTIFICATE-----\n!\n-----END CERTIFICATE-----") == "certificado-ilegible"
    assert refused(efirma.key) == "certificado-es-llave"
    for cifrado in ("pbes1-3des", "aes128", "aes256"):
        assert refused(make_efirma(cifrado=cifrado).key) == "certificado-es-llave"
    for bits, prf in ((4096, "sha1"), (4096, "sha256"), (2048, "sha256")):
        assert refused(make_efirma(bits=bits, prf=prf).key) == "certificado-es-llave"
    assert refused(armour("ENCRYPTED PRIVATE KEY", efirma.key)) == "certificado-es-llave"
    for clear in (clear_key(llave), clear_key(llave, pkcs1=True), clear_key(llave, pem=True)):
        assert refused(clear) == "certificado-es-llave"
    assert refused(make_requerimiento(efirma)) == "certificado-es-requerimiento"
    assert refused(armour("CERTIFICATE REQUEST", make_requerimiento(efirma))) == "certificado-es-requerimiento"
    assert refused(make_autoridad()) == "certificado-no-sat"
    assert refused(foreign(llave, NUMERO_SAT, "RFC DESCONOCIDO")) == "certificado-no-sat"
    assert refused(foreign(llave, 12345)) == "certificado-no-sat"
    assert refused(foreign(llave, NUMERO_SAT + 2**24 * 0x41)) == "certificado-no-sat"
    assert refused(foreign(ec.generate_private_key(ec.SECP256R1()), NUMERO_SAT)) == "certificado-no-sat"
    assert refused(make_efirma(bits=1024, llave="chica").cer) == "certificado-no-sat"
    assert Certificado.from_der(foreign(llave, NUMERO_SAT)).numero == "30001000000500003416"


@given(st.data())
@settings(max_examples=300, deadline=None)
def test_a_damaged_file_is_read_whole_or_refused(data):
    cer = bytearray(make_efirma().cer)
    for _ in range(data.draw(st.integers(1, 3))):
        cer[data.draw(st.integers(0, len(cer) - 1))] = data.draw(st.integers(0, 255))
    try:
        certificado = Certificado.from_der(bytes(cer))
    except CertificadoIlegible:
        return
    assert len(certificado.numero) == 20 and certificado.rfc and certificado.desde.tzinfo and certificado.hasta.tzinfo


@given(st.binary(max_size=400))
@settings(max_examples=200)
def test_noise_is_refused_and_nothing_else(noise):
    with pytest.raises(CertificadoIlegible):
        Certificado.from_der(noise)


def test_an_efirma_in_force_of_the_same_rfc_has_nothing_against_it():
    assert review_certificado(read(), "EKU9003173C9", HOY) == ()
    assert review_certificado(read(), " eku9003173c9 ", HOY) == ()
    assert review_certificado(read(rfc="Ñ&A900317AB1"), "ñ&a900317ab1", HOY) == ()
    assert review_certificado(read(rfc="Ñ&A900317AB1"), "N\u0303&A900317AB1", HOY) == ()


def test_a_csd_is_told_from_an_efirma():
    csd = read(tipo="csd")
    assert not csd.es_efirma
    assert review_certificado(csd, "EKU9003173C9", HOY) == (Reparo("certificado-csd", {}),)


def test_validity_includes_both_ends():
    desde, hasta = datetime(2023, 1, 15, 18, tzinfo=UTC), datetime(2027, 1, 15, 18, tzinfo=UTC)
    certificado = read(desde=desde, hasta=hasta)
    second = timedelta(seconds=1)

    def reparos(momento):
        return review_certificado(certificado, "EKU9003173C9", momento)

    assert reparos(desde) == reparos(hasta) == ()
    assert reparos(desde - second) == (Reparo("certificado-aun-no-vigente", {"desde": desde}),)
    assert reparos(hasta + second) == (Reparo("certificado-vencido", {"hasta": hasta}),)
    mexico = timezone(timedelta(hours=-6))
    assert reparos(datetime(2027, 1, 15, 12, 0, 1, tzinfo=mexico)) == (Reparo("certificado-vencido", {"hasta": hasta}),)
    with pytest.raises(ValueError, match="aware"):
        reparos(datetime(2024, 1, 1))


@pytest.mark.parametrize(
    "variant, rfc",
    [
        ({}, "IIA040805DZ4"),
        ({}, "XIQB891116QE4"),  # the representative's own RFC in the form, the company's certificate
        ({"rfc": "XIQB891116QE4"}, "EKU9003173C9"),  # the representative's own e.firma for the company
        ({"rfc": "Ñ&A900317AB1"}, "N&A900317AB1"),
        ({"rfc": "Ñ&A900317AB1"}, "ÑYA900317AB1"),
        ({}, ""),
    ],
)
def test_another_rfc(variant, rfc):
    certificado = read(**variant)
    expected = Reparo("rfc-distinto", {"rfc": rfc, "rfc_certificado": certificado.rfc})
    assert review_certificado(certificado, rfc, HOY) == (expected,)


def test_every_reason_is_given_at_once():
    expired = {"desde": datetime(2015, 1, 1, tzinfo=UTC), "hasta": datetime(2019, 1, 1, tzinfo=UTC)}
    csd = read(tipo="csd", **expired)
    codes = [reparo.codigo for reparo in review_certificado(csd, "IIA040805DZ4", HOY)]
    assert codes == ["certificado-csd", "certificado-vencido", "rfc-distinto"]


@pytest.mark.skipif(not SAT.is_dir(), reason="the SAT's public test pairs are not here")
def test_the_sats_own_certificates():
    efirma = Certificado.from_der((SAT / "eku9003173c9.cer").read_bytes())
    csd = Certificado.from_der((SAT / "iia040805dz4_csd.cer").read_bytes())
    assert (efirma.numero, efirma.rfc, efirma.es_efirma) == ("30001000000400002417", "EKU9003173C9", True)
    assert (efirma.nombre, efirma.rfc_representante) == ("ESCUELA KEMPER URGATE SA DE CV", "XIQB891116QE4")
    assert efirma.curp == "XIQB891116MGRMZR05"
    assert review_certificado(efirma, "EKU9003173C9", datetime(2022, 5, 2, tzinfo=UTC)) == ()
    assert efirma.hasta == datetime(2023, 6, 13, 21, 5, 15, tzinfo=UTC)
    assert review_certificado(efirma, "EKU9003173C9", HOY) == (Reparo("certificado-vencido", {"hasta": efirma.hasta}),)
    assert (csd.numero, csd.rfc, csd.es_efirma) == ("30001000000400002447", "IIA040805DZ4", False)
