"""raoce/firma.py and raoce/rs256.py: what is signed, what is refused, and that openssl alone agrees."""

import base64
import json
import shutil
import subprocess
from datetime import UTC, datetime, timedelta, timezone
from hashlib import sha256
from pathlib import Path

import pytest

from efirmas import make_efirma
from lugares import AYUDAS
from propiedades import given, settings, st
from raoce.firma.certificado import Certificado
from raoce.firma.jws import MAX_BYTES, FirmaIlegible, FirmaNoCorresponde, assemble, parse, prepare
from raoce.firma.rs256 import verify_rs256

VERIFICAR = AYUDAS / ("verificar.sh")
REPORTE = json.dumps({"formato": "raoce/1", "solicitante": "ÑANDÚ & ASOCIADOS"}, ensure_ascii=False).encode()
MOMENTO = datetime(2024, 4, 30, 23, 59, 58, 999_999, tzinfo=timezone(timedelta(hours=-6)))


def sign(payload: bytes = REPORTE, efirma=None, momento: datetime = MOMENTO) -> str:
    efirma = efirma or make_efirma()
    certificado = Certificado.from_der(efirma.cer)
    por_firmar = prepare(payload, certificado, momento)
    return assemble(por_firmar, efirma.sign(por_firmar.signing_input), certificado)


def verifies(text: str) -> bool:
    jws = parse(text)
    certificado = Certificado.from_der(jws.certificado)
    return verify_rs256(jws.por_firmar.signing_input, jws.firma, certificado.modulo, certificado.exponente)


def b64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def refused(text: str | bytes) -> tuple[str, dict]:
    with pytest.raises(FirmaIlegible) as caught:
        parse(text)
    return caught.value.codigo, caught.value.datos


def test_the_file_is_a_flattened_jws_with_the_payload_inside():
    members = json.loads(sign())
    assert list(members) == ["payload", "protected", "signature"]
    padded = {name: value + "=" * (-len(value) % 4) for name, value in members.items()}
    assert base64.urlsafe_b64decode(padded["payload"]) == REPORTE
    header = json.loads(base64.urlsafe_b64decode(padded["protected"]))
    assert header == {
        "alg": "RS256",
        "typ": "raoce+json",
        "cty": "application/json",
        "iat": 1714543198,  # 2024-05-01T05:59:58Z
        "x5c": [base64.b64encode(make_efirma().cer).decode()],
    }


def test_what_is_written_reads_back():
    jws = parse(sign())
    assert jws.payload == REPORTE
    assert jws.certificado == make_efirma().cer
    assert jws.momento == datetime(2024, 5, 1, 5, 59, 58, tzinfo=UTC)
    assert len(jws.firma) == 256


def test_a_moment_without_zone_is_refused():
    with pytest.raises(ValueError, match="aware"):
        prepare(REPORTE, Certificado.from_der(make_efirma().cer), datetime(2024, 4, 30))


@pytest.mark.parametrize("bits", [2048, 3072, 4096])
def test_keys_of_every_admitted_size(bits):
    assert verifies(sign(efirma=make_efirma(bits=bits)))


def test_a_signature_of_something_else_is_not_assembled():
    efirma, other = make_efirma(), make_efirma(rfc="IIA040805DZ4")
    certificado, ajeno = Certificado.from_der(efirma.cer), Certificado.from_der(other.cer)
    por_firmar = prepare(REPORTE, certificado, MOMENTO)
    firma = efirma.sign(por_firmar.signing_input)
    wrong = [
        (efirma.sign(b"otra cosa"), certificado),
        (other.sign(por_firmar.signing_input), certificado),
        (other.sign(por_firmar.signing_input), ajeno),  # signed by the one, the certificate of the other inside
        (firma, ajeno),
        (firma[:-1], certificado),
        (b"", certificado),
    ]
    for given_firma, given_certificado in wrong:
        with pytest.raises(FirmaNoCorresponde) as caught:
            assemble(por_firmar, given_firma, given_certificado)
        assert caught.value.codigo == "firma-no-corresponde"


def test_verification_is_of_the_whole_encoded_message():
    """Forgeries that lenient readers of PKCS #1 v1.5 have accepted: made here with the private key itself."""
    numbers = make_efirma().llave.private_numbers()
    n, e = numbers.public_numbers.n, numbers.public_numbers.e
    digest = sha256(REPORTE).digest()
    info = bytes.fromhex("3031300d060960864801650304020105000420") + digest
    info_without_null = bytes.fromhex("302f300b0609608648016503040201") + bytes.fromhex("0420") + digest
    pad = 256 - 3

    def firma(message: bytes) -> bytes:
        assert len(message) == 256
        return pow(int.from_bytes(message, "big"), numbers.d, n).to_bytes(256, "big")

    good = firma(b"\0\1" + b"\xff" * (pad - len(info)) + b"\0" + info)
    assert verify_rs256(REPORTE, good, n, e)
    forged = {
        "short padding, rest behind": b"\0\1" + b"\xff" * 8 + b"\0" + info + b"\0" * (pad - 8 - len(info)),
        "padding not of ff": b"\0\1\xfe" + b"\xff" * (pad - 1 - len(info)) + b"\0" + info,
        "block type 2": b"\0\2" + b"\xff" * (pad - len(info)) + b"\0" + info,
        "DigestInfo without NULL": b"\0\1" + b"\xff" * (pad - len(info_without_null)) + b"\0" + info_without_null,
        "digest alone": b"\0\1" + b"\xff" * (pad - 32) + b"\0" + digest,
    }
    assert not any(verify_rs256(REPORTE, firma(message), n, e) for message in forged.values())
    number = int.from_bytes(good, "big")
    assert not verify_rs256(REPORTE, b"\0" + good, n, e)
    assert not verify_rs256(REPORTE, (number + n).to_bytes(257, "big"), n, e)
    assert not verify_rs256(REPORTE, good, n, 1)
    assert not verify_rs256(REPORTE, bytes(256), n, e)


def test_keys_out_of_bounds_are_not_even_tried():
    small = make_efirma(bits=1024, llave="chica")
    numbers = small.llave.public_key().public_numbers()
    assert not verify_rs256(REPORTE, small.sign(REPORTE), numbers.n, numbers.e)
    huge = 2**100_000 + 1
    assert not verify_rs256(REPORTE, bytes(12_501), huge, 65_537)


def with_member(**changes) -> str:
    return json.dumps({**json.loads(sign()), **changes})


def with_header(drop: str = "", **changes) -> str:
    members = json.loads(sign())
    text = members["protected"]
    header = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))) | changes
    header.pop(drop, None)
    return json.dumps(members | {"protected": b64(json.dumps(header).encode())})


def spare_bits(text: str) -> str:
    """The same bytes in another spelling: the last letter of a part with bits left over."""
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    assert len(text) % 4, "no bits to spare"
    return text[:-1] + letters[letters.index(text[-1]) + 1]


def test_only_our_outline_is_read():
    text = sign()
    members = json.loads(text)
    assert refused("") == ("firma-formato", {})
    assert refused("null") == ("firma-formato", {})
    assert refused('"texto"') == ("firma-formato", {})
    assert refused(b"\xff\xfe") == ("firma-formato", {})
    assert refused(text + "x") == ("firma-formato", {})
    assert refused(text + "\0") == ("firma-formato", {})
    assert refused("\ufeff" + text) == ("firma-formato", {})
    assert refused(f"[{text}]") == ("firma-formato", {})
    assert refused("[" * 100_000) == ("firma-formato", {})
    assert refused("{" * 100_000) == ("firma-formato", {})
    assert refused('{"formato": "raoce/1", "datos": {"ventasTotales": 1}}') == ("firma-formato", {})
    assert refused(" " * (MAX_BYTES + 1)) == ("firma-demasiado-grande", {})
    assert refused(with_member(header="")) == ("firma-miembro-desconocido", {"miembro": "header"})
    for name in members:
        rest = {other: value for other, value in members.items() if other != name}
        assert refused(json.dumps(rest)) == ("firma-miembro-ausente", {"miembro": name})
    twice = text.replace('"payload":', '"payload": "e30", "payload":')
    assert refused(twice) == ("firma-miembro-repetido", {})
    compact = f"{members['protected']}.{members['payload']}.{members['signature']}"
    assert refused(compact) == ("firma-formato", {})


@pytest.mark.parametrize("name", ["payload", "protected", "signature"])
def test_base64_has_one_spelling(name):
    value = json.loads(sign(payload=b'{"a":1}'))[name]
    wrong = [value + "=", value + "==", " " + value, value + "\n", value[:5] + "\n" + value[5:], "ñ"]
    wrong.append(value + "A" * ((1 - len(value)) % 4))
    wrong += [value[:8] + character + value[9:] for character in "+/.!\u0410"] + [1, None, True]
    if len(value) % 4:
        wrong.append(spare_bits(value))
    for text in wrong:
        codigo, datos = refused(with_member(**{name: text}))
        assert (codigo, datos) == ("firma-base64", {"miembro": name}), text


@pytest.mark.parametrize("alg", ["none", "None", "HS256", "RS512", "PS256", "ES256", "rs256", "", None, 256])
def test_no_other_algorithm_is_taken(alg):
    assert refused(with_header(alg=alg)) == ("firma-algoritmo", {"alg": str(alg)})


def test_only_our_header_is_read():
    x5c = base64.b64encode(make_efirma().cer).decode()
    assert refused(with_header(crit=["b64"])) == ("firma-formato", {})
    assert refused(with_header(crit="b64")) == ("firma-miembro-desconocido", {"miembro": "crit"})
    assert refused(with_header(b64=False)) == ("firma-miembro-desconocido", {"miembro": "b64"})
    assert refused(with_header(kid="1")) == ("firma-miembro-desconocido", {"miembro": "kid"})
    assert refused(with_header(jwk={})) == ("firma-formato", {})
    for name in ("alg", "typ", "cty", "iat", "x5c"):
        assert refused(with_header(drop=name)) == ("firma-miembro-ausente", {"miembro": name})
    for name in ("typ", "cty"):
        assert refused(with_header(**{name: "JOSE+JSON"})) == ("firma-cabecera", {"miembro": name})
    for iat in (True, 1.5, -1, "1714543198", None, 10**12):
        assert refused(with_header(iat=iat)) == ("firma-cabecera", {"miembro": "iat"})
    for value in ([], [x5c, x5c], [1], x5c, None):
        assert refused(with_header(x5c=value)) == ("firma-cabecera", {"miembro": "x5c"})
    for value in (x5c + "\n", " " + x5c, x5c.rstrip("=") + "A===", "ñ", x5c.replace("+", "-").replace("/", "_") + "-"):
        assert refused(with_header(x5c=[value])) == ("firma-base64", {"miembro": "x5c"})
    repeated = b'{"alg":"none","alg":"RS256"}'
    assert refused(with_member(protected=b64(repeated))) == ("firma-miembro-repetido", {})
    assert refused(with_member(protected=b64(b"9" * 5000))) == ("firma-formato", {})


@given(st.data())
@settings(max_examples=150, deadline=None)
def test_no_change_of_one_character_passes(data):
    text = sign()
    at = data.draw(st.integers(0, len(text) - 1))
    character = data.draw(st.characters(min_codepoint=0x20, max_codepoint=0x7E))
    changed = text[:at] + character + text[at + 1 :]
    try:
        valid = verifies(changed)
    except ValueError:
        valid = False
    assert valid == (json_or_none(changed) == json.loads(text))


def json_or_none(text: str):
    try:
        return json.loads(text)
    except ValueError:
        return None


@given(st.binary(max_size=300) | st.text(max_size=300))
@settings(max_examples=200)
def test_noise_is_refused_and_nothing_else(noise):
    with pytest.raises(FirmaIlegible):
        parse(noise)


def run_verificar(folder: Path) -> subprocess.CompletedProcess:
    return subprocess.run(["sh", VERIFICAR], cwd=folder, capture_output=True, text=True, timeout=60)


needs_openssl = pytest.mark.skipif(not shutil.which("openssl"), reason="no openssl command")


@needs_openssl
@pytest.mark.parametrize(
    "variant", [{}, {"bits": 4096}, {"rfc": "Ñ&A900317AB1", "nombre": "ÑANDÚ & ASOCIADOS SA DE CV"}], ids=str
)
@pytest.mark.parametrize("size", [0, 1, 2, 200_000])
def test_openssl_alone_verifies_the_file(tmp_path, variant, size):
    efirma = make_efirma(**variant)
    payload = REPORTE + b" " * size
    file = tmp_path / "RAOCE_2023_EKU9003173C9.json"
    file.write_text(sign(payload, efirma))
    done = run_verificar(tmp_path)
    assert done.stderr == ""
    assert done.stdout.startswith("Verified OK\n")
    assert efirma.rfc in done.stdout
    assert done.stdout.endswith(f"\n{efirma.numero}\n")
    assert (tmp_path / "reporte.json").read_bytes() == payload
    assert (tmp_path / "certificado.cer").read_bytes() == efirma.cer


@needs_openssl
def test_openssl_alone_refuses_another_payload(tmp_path):
    changed = with_member(payload=b64(REPORTE.replace(b"raoce/1", b"raoce/2")))
    (tmp_path / "RAOCE_2023_EKU9003173C9.json").write_text(changed)
    assert run_verificar(tmp_path).stdout.startswith("Verification failure\n")


def test_the_readme_gives_exactly_these_commands():
    assert VERIFICAR.read_text() in (VERIFICAR.parents[2] / "README.md").read_text(encoding="utf-8")
