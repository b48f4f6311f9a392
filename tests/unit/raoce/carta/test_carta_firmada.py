"""The signed correction letter: what is signed, what openssl says of it, and that no alteration is taken for valid."""

import json
import shutil
import subprocess
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import asdict, replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from hashlib import sha256

import pytest

import alteraciones as al
from efirmas import Efirma, make_autoridad, make_efirma
from lugares import AYUDAS
from pantallas.comunes import textos
from propiedades import given, settings, st
from raoce.base import DatoInvalido
from raoce.carta.carta import Carta, Diferencia
from raoce.carta.carta_firmada import MAXIMO_ARCHIVOS, CartaFirmada, Cotejo, build, describe, match_files, to_json
from raoce.carta.redaccion import REQUERIDOS
from raoce.firma import Documento
from raoce.firma.autoridades import Autoridad
from raoce.firma.certificado import Certificado
from raoce.firma.jws import FirmaIlegible, assemble, parse, prepare
from raoce.verificacion.comprobacion import CLAVES, NUNCA, SOLO_REPORTE, Hallazgo, Veredicto
from raoce.verificacion.verificacion import Verificacion, verify
from tramite.borradores.reporte import read_report
from tramites import Tramite

VERIFICAR = AYUDAS / ("verificar.sh")
TEXTOS = textos.of("verificar")
AHORA = datetime(2024, 7, 1, tzinfo=UTC)
RFC = "EKU9003173C9"
CARTA = Carta(
    lugar_y_fecha="Los Mochis, Sinaloa, a 20 de mayo de 2024",
    destinatario=("Dirección General de Facilitación Comercial y de Comercio Exterior", "Presente"),
    asunto=f"ERROR RAOCE / {RFC}",
    parrafos=("«Ensambles Ñandú & Kuautli», S.A. de C.V.", "Dice y debe decir:\ncomo sigue."),
    diferencias=(
        Diferencia("Total exportaciones (b)", "9,500", "95,000"),
        Diferencia("Saldo b-c (calculado)", "9,500", "95,000", calculada=True),
    ),
    cierre=("Se solicita tener por aclarado lo anterior.", "Atentamente"),
    anexos=("Poder notarial.",),
    firmante=("Berenice Ximo Quezada", "Representante legal", "Ensambles Ñandú & Kuautli, S.A. de C.V."),
)
ARCHIVOS = {"Carta.pdf": b"%PDF carta", "Poder Ñ.pdf": b"%PDF poder"}


def make(carta: Carta = CARTA, **changes) -> CartaFirmada:
    fields = {
        "rfc": RFC,
        "ejercicio": 2023,
        "folio": "0201500100220240101000001",
        "presentacion": date(2024, 5, 14),
        "archivos": [describe(n, d) for n, d in ARCHIVOS.items()],
        "generado": al.GENERADO,
    }
    return build(carta, **fields | changes)


def sign(
    payload: bytes, efirma: Efirma | None = None, momento: datetime = al.GENERADO, documento=Documento.CARTA
) -> bytes:
    efirma = efirma or make_efirma()
    certificado = Certificado.from_der(efirma.cer)
    por_firmar = prepare(payload, certificado, momento, documento)
    return assemble(por_firmar, efirma.sign(por_firmar.signing_input), certificado).encode()


@cache
def payload() -> bytes:
    return to_json(make())


@cache
def good() -> bytes:
    return sign(payload())


def check(archivo: bytes | None = None, ahora: datetime = AHORA, trusted=None) -> Verificacion:
    trusted = (Autoridad("AC de prueba", make_autoridad()),) if trusted is None else trusted
    return verify(archivo or good(), trusted, ahora)


# -- a good letter


def test_the_text_of_the_letter_word_for_word():
    signed = json.loads(payload())
    assert list(signed) == [
        *("formato", "rfc", "ejercicio", "folio", "presentacion", "carta", "archivos", "version", "generado"),
    ]
    assert signed["formato"] == "raoce-carta/1" and signed["presentacion"] == "2024-05-14"
    assert signed["carta"]["lugarYFecha"] == CARTA.lugar_y_fecha
    assert signed["carta"]["diferencias"][1] == {
        "concepto": "Saldo b-c (calculado)",
        "dice": "9,500",
        "debeDecir": "95,000",
        "calculada": True,
    }
    assert signed["archivos"][0] == {
        "nombre": "Carta.pdf",
        "bytes": 10,
        "sha256": sha256(b"%PDF carta").hexdigest(),
    }
    again = CartaFirmada.model_validate_json(payload())
    assert again == make()
    back = json.loads(json.dumps(asdict(CARTA)))
    assert again.carta.model_dump() == back


def test_a_good_letter_is_valid_with_the_checks_of_a_letter():
    found = check()
    assert found.veredicto is Veredicto.VALIDO
    assert [c.clave for c in found.comprobaciones] == [c for c in CLAVES if c not in SOLO_REPORTE]
    assert {c.clave for c in found.comprobaciones if c.resultado is Hallazgo.NO_COMPROBADO} == set(NUNCA)
    assert (found.documento, found.carta, found.solicitud) == (Documento.CARTA, make(), None)
    assert (found.rfc, found.ejercicio, found.momento) == (RFC, 2023, al.GENERADO)
    report = check(al.good())
    assert (report.documento, report.carta, report.rfc, report.ejercicio) == (Documento.REPORTE, None, RFC, 2023)


@pytest.mark.parametrize(
    "changes",
    [
        {"folio": None, "presentacion": None, "archivos": []},
        {"folio": ""},
        {"carta": replace(CARTA, diferencias=(), anexos=(), parrafos=(), cierre=())},
        {"carta": replace(CARTA, diferencias=CARTA.diferencias * 500)},
        {"generado": al.GENERADO.astimezone(datetime.strptime("-0600", "%z").tzinfo)},
        {"carta": replace(CARTA, asunto="ERROR RAOCE / Ñ&A900317AB1"), "rfc": "Ñ&A900317AB1"},
    ],
    ids=lambda changes: ", ".join(changes),
)
def test_letters_of_other_shapes(changes):
    efirma = make_efirma(rfc=changes["rfc"]) if "rfc" in changes else make_efirma()
    assert check(sign(to_json(make(**changes)), efirma)).veredicto is Veredicto.VALIDO


def test_what_cannot_be_signed():
    def refused(archivos) -> tuple[str, dict]:
        with pytest.raises(DatoInvalido) as caught:
            make(archivos=archivos)
        return caught.value.codigo, caught.value.datos

    twice = [describe("a.pdf", b"1"), describe("a.pdf", b"2")]
    assert refused(twice) == ("carta-archivo-repetido", {"nombre": "a.pdf"})
    many = [describe(f"{n}.pdf", b"") for n in range(MAXIMO_ARCHIVOS + 1)]
    assert refused(many) == ("carta-archivos-muchos", {"maximo": MAXIMO_ARCHIVOS})
    with pytest.raises(ValueError, match="aware"):
        make(generado=datetime(2024, 5, 20))
    with pytest.raises(ValueError, match="asunto"):
        make(rfc="IIA040805DZ4")
    assert "rfc" in REQUERIDOS  # so that the subject always has it


# -- the kinds of document do not pass for each other


def test_a_letter_is_no_report_and_a_report_is_no_letter():
    for archivo, other in ((good(), Documento.REPORTE), (al.good(), Documento.CARTA)):
        with pytest.raises(FirmaIlegible) as caught:
            parse(archivo, other)
        assert (caught.value.codigo, caught.value.datos) == ("firma-cabecera", {"miembro": "typ"})
    assert parse(good(), Documento.CARTA).payload == payload()
    with pytest.raises(FirmaIlegible):
        parse(good())


def test_a_swapped_typ_is_found_signed_or_not():
    report, letter = al.payload_of(), payload()
    # Rightly signed under the wrong name: what it says to be is not in it.
    assert check(sign(letter, documento=Documento.REPORTE)).veredicto is Veredicto.NO_ES_REPORTE
    assert check(sign(report, documento=Documento.CARTA)).veredicto is Veredicto.NO_ES_REPORTE
    # The name changed afterwards, or the other content put behind a signature.
    for archivo, other in ((good(), al.good()), (al.good(), good())):
        members, others = json.loads(archivo), json.loads(other)
        for changed in ("protected", "payload"):
            found = check(al.envelope(**members | {changed: others[changed]}))
            assert found.veredicto is Veredicto.ALTERADO
            assert found.carta is found.solicitud is None
        both = al.envelope(**others | {"signature": members["signature"]})
        assert check(both)["firma"].codigo == "firma-no-corresponde"


def test_what_was_prepared_as_one_is_not_assembled_as_the_other():
    efirma = make_efirma()
    certificado = Certificado.from_der(efirma.cer)
    por_firmar = prepare(payload(), certificado, al.GENERADO, Documento.CARTA)
    with pytest.raises(FirmaIlegible):
        assemble(replace(por_firmar, documento=Documento.REPORTE), efirma.sign(por_firmar.signing_input), certificado)


def test_a_letter_is_refused_where_a_report_is_opened():
    with pytest.raises(DatoInvalido) as caught:
        read_report(good().decode(), date(2025, 4, 1))
    assert caught.value.codigo == "anterior-ilegible"


def test_a_letter_whose_header_was_damaged_is_still_known_by_its_content():
    found = check(al.envelope(**json.loads(good()) | {"protected": "AAAA"}))
    assert (found.veredicto, found.documento) == (Veredicto.ALTERADO, Documento.CARTA)


# -- alterations


def unsigned() -> Iterator[tuple[str, bytes]]:
    """By whoever has the file: each value of the letter, bits of each part, each parameter of the header."""
    members, letter = json.loads(good()), json.loads(payload())
    for path in al.leaves(letter):
        text = al.encode(al.write(al.changed(letter, path, al.another)))
        yield al.name(path), al.envelope(**members | {"payload": text})
    for what, less in shortened(letter):
        yield what, al.envelope(**members | {"payload": al.encode(al.write(less))})
    for part, text in members.items():
        data = al.decode(text)
        for n in range(24):
            at = n * len(data) // 24
            flipped = data[:at] + bytes([data[at] ^ (1 << n % 8)]) + data[at + 1 :]
            yield f"bit of {part} at {at}", al.envelope(**members | {part: al.encode(flipped)})
        for what, wrong in {"cut": text[:-1], "padded": text + "=", "empty": "", "null": None}.items():
            yield f"{part} {what}", al.envelope(**members | {part: wrong})
    ours = json.loads(al.decode(members["protected"]))
    for what, cabecera in headers(ours):
        yield f"header {what}", al.envelope(**members | {"protected": al.encode(cabecera)})
    yield (
        "a later moment",
        al.envelope(
            **members
            | {"protected": al.encode(json.dumps(ours | {"iat": ours["iat"] + 1}, separators=(",", ":")).encode())}
        ),
    )
    yield "unprotected header", al.envelope(**members, header={})


def shortened(letter: dict) -> Iterator[tuple[str, dict]]:
    """Each list of the letter with a row less and with its rows in another order."""
    for path in (*(("carta", k) for k, v in letter["carta"].items() if isinstance(v, list)), ("archivos",)):
        rows = al.changed(letter, path, lambda value: value[:-1])
        yield f"{al.name(path)} with a row less", rows
        if len(rows) > 1:
            yield f"{al.name(path)} with a row twice", al.changed(letter, path, lambda value: [*value, value[0]])


def headers(ours: dict) -> Iterator[tuple[str, bytes]]:
    for change in (
        {"alg": "none"},
        {"alg": "HS256"},
        {"crit": ["b64"]},
        {"kid": "1"},
        {"cty": "text/plain"},
        {"iat": True},
        {"x5c": []},
        {"typ": "raoce+json"},
        {"typ": "raoce-Carta+json"},
        {"typ": "raoce-carta"},
        {"typ": "application/raoce-carta+json"},
        {"typ": ["raoce-carta+json"]},
        {"typ": None},
    ):
        yield str(change), json.dumps(ours | change).encode()
    for missing in ours:
        yield f"without {missing}", json.dumps({k: v for k, v in ours.items() if k != missing}).encode()


def signed() -> Iterator[tuple[str, bytes]]:
    """By whoever has the key too: what our format does not accept, however right the signature is."""
    letter, text = json.loads(payload()), payload().decode()
    for holder in ((), ("carta",), ("carta", "diferencias", 0), ("archivos", 1)):
        inside = letter
        for key in holder:
            inside = inside[key]
        # The version of the program may be missing: letters signed before there was one do not say it.
        for member in inside.keys() - {"version"}:
            less = {k: v for k, v in inside.items() if k != member}
            yield f"{al.name((*holder, member))} missing", _with(letter, holder, less)
        yield f"{al.name(holder)} with more", _with(letter, holder, inside | {"nota": 1})
    wrong = {
        ("formato",): ("raoce/1", "raoce-carta/x", "cfdi/4", None, 1),
        ("rfc",): ("eku9003173c9", f" {RFC}", "IIA040805DZ4", "", None, 1),
        ("ejercicio",): ("2023", 2023.5, True, None, 1900, 99999),
        ("folio",): ("", "020150010022024010100001", "٠201500100220240101000001", f"{'1' * 25}\n", 1),
        ("presentacion",): ("2024-05-14T00:00:00", "14/05/2024", 1715644800, "2024-5-14", "", False),
        ("carta",): (None, [], ""),
        ("carta", "asunto"): ("", "ERROR RAOCE / IIA040805DZ4", None),
        ("carta", "lugarYFecha"): ("", None, 1),
        ("carta", "parrafos"): ("texto", [""], [None], [["a"]], {}, None),
        ("carta", "diferencias", 0, "dice"): (9500, None),
        ("carta", "diferencias", 0, "calculada"): ("yes", 1, None),
        ("archivos",): (None, {}, [letter["archivos"][0]] * 2, [describe(str(n), b"").model_dump() for n in range(51)]),
        ("archivos", 0, "nombre"): ("", "x" * 256, letter["archivos"][1]["nombre"], None),
        ("archivos", 0, "bytes"): (-1, "10", 10.5, True, None),
        ("archivos", 0, "sha256"): ("", "A" * 64, "a" * 63, "a" * 65, "g" * 64, f"{'a' * 64}\n", None),
        ("version",): (1, "", "x" * 21),
        ("generado",): ("2024-05-20", "2024-05-20T18:00:00", 1716228000, "2024-05-20 18:00:00Z", "", None),
    }
    for path, values in wrong.items():
        for value in values:
            yield (
                f"{al.name(path)} = {value!r}"[:60] + f" {len(repr(value))}",
                sign(al.write(al.changed(letter, path, lambda _, v=value: v))),
            )
    snake = text.replace('"lugarYFecha"', '"lugar_y_fecha"')
    twice = text.replace('"ejercicio": 2023', '"ejercicio": 2022, "ejercicio": 2023')
    for what, data in {
        "in snake case": snake,
        "twice the same name": twice,
        "NaN": text.replace("2023", "NaN", 1),
        "half a surrogate": text.replace("Poder notarial", "\\ud800"),
        "a list": f"[{text}]",
        "empty": "{}",
        "more behind": text + "{}",
        "at the ends of the calendar": text.replace('"2024-05-20T18:00:00Z"', '"9999-12-31T23:59:59-14:00"'),
    }.items():
        assert data != text
        yield f"signed: {what}", sign(data.encode())


def _with(letter: dict, holder: tuple, value: object) -> bytes:
    return sign(al.write(al.changed(letter, holder, lambda _: value) if holder else value))


def signers() -> Iterator[tuple[str, bytes]]:
    before, after = datetime(2015, 1, 1, tzinfo=UTC), al.GENERADO + timedelta(seconds=1)
    people = {
        "a CSD": make_efirma(tipo="csd"),
        "another company": make_efirma(rfc="IIA040805DZ4"),
        "the representative": make_efirma(rfc="XIQB891116QE4", nombre="BERENICE XIMO QUEZADA"),
        "an expired e.firma": make_efirma(desde=before, hasta=al.GENERADO - timedelta(seconds=1)),
        "an e.firma not yet in force": make_efirma(desde=after),
    }
    for who, efirma in people.items():
        yield who, sign(payload(), efirma)
    yield "signed before it was made", sign(payload(), momento=al.GENERADO - timedelta(minutes=11))
    yield "signed after it was made", sign(payload(), momento=al.GENERADO + timedelta(minutes=11))
    future = datetime(2030, 1, 1, tzinfo=UTC)
    yield "made and signed in the future", sign(to_json(make(generado=future)), momento=future)


def every() -> Iterator[tuple[str, bytes]]:
    yield from unsigned()
    yield from signed()
    yield from signers()


def test_no_alteration_is_taken_for_valid():
    found = [(what, check(archivo).veredicto) for what, archivo in every()]
    assert len({what for what, _ in found}) == len(found) > 230
    assert [what for what, verdict in found if verdict is Veredicto.VALIDO] == []


def test_a_changed_value_breaks_the_signature():
    members, letter = json.loads(good()), json.loads(payload())
    for path in al.leaves(letter):
        changed = al.encode(al.write(al.changed(letter, path, al.another)))
        found = check(al.envelope(**members | {"payload": changed}))
        assert (found.veredicto, found["firma"].codigo) == (Veredicto.ALTERADO, "firma-no-corresponde"), path


def test_what_the_format_does_not_accept_is_altered_or_none_of_ours():
    for what, archivo in signed():
        assert check(archivo).veredicto in (Veredicto.ALTERADO, Veredicto.NO_ES_REPORTE), what
    wrong = al.write(json.loads(payload()) | {"folio": "1"})
    assert check(sign(wrong))["formato"].datos == {"ruta": "$.folio"}


def test_the_signer_decides_between_altered_and_not_provable():
    assert {who: check(archivo).veredicto.value for who, archivo in signers()} == {
        "a CSD": "no-comprobable",
        "another company": "alterado",
        "the representative": "alterado",
        "an expired e.firma": "no-comprobable",
        "an e.firma not yet in force": "no-comprobable",
        "signed before it was made": "alterado",
        "signed after it was made": "alterado",
        "made and signed in the future": "no-comprobable",
    }
    assert check(trusted=()).veredicto is Veredicto.NO_COMPROBABLE


def test_a_later_format_is_not_ours_to_judge():
    newer = check(sign(payload().replace(b"raoce-carta/1", b"raoce-carta/2")))
    assert (newer.veredicto, newer["formato"].codigo) == (Veredicto.NO_COMPROBABLE, "formato-otra-version")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


@given(st.data(), JSON)
@settings(max_examples=200)
def test_a_letter_with_anything_in_it_never_raises(data, anything):
    letter = json.loads(payload())
    path = data.draw(st.sampled_from(list(al.leaves(letter))))
    path = path[: data.draw(st.integers(1, len(path)))]
    found = check(sign(json.dumps(al.changed(letter, path, lambda _: anything)).encode()))
    assert found["firma"].resultado is Hallazgo.BIEN


# -- others verify it too


@pytest.mark.skipif(not shutil.which("openssl"), reason="no openssl command")
def test_openssl_alone_verifies_the_letter(tmp_path):
    (tmp_path / "RAOCE_2023_EKU9003173C9.json").write_bytes(good())
    done = subprocess.run(["sh", VERIFICAR], cwd=tmp_path, capture_output=True, text=True, timeout=60)
    assert (done.stderr, done.stdout[:12]) == ("", "Verified OK\n")
    assert (tmp_path / "reporte.json").read_bytes() == payload()
    changed = al.envelope(**json.loads(good()) | {"payload": al.encode(payload().replace(b"95,000", b"95,001"))})
    (tmp_path / "RAOCE_2023_EKU9003173C9.json").write_bytes(changed)
    done = subprocess.run(["sh", VERIFICAR], cwd=tmp_path, capture_output=True, text=True, timeout=60)
    assert done.stdout.startswith("Verification failure\n")


# -- its files


def test_the_files_at_hand_beside_those_of_the_letter():
    def found(**archivos: bytes) -> list[str]:
        hashes = {n.replace("_", " ") + ".pdf": sha256(d).hexdigest().upper() for n, d in archivos.items()}
        rows = match_files(make(), hashes)
        assert [a.nombre for a, _ in rows] == list(ARCHIVOS)
        return [c.value for _, c in rows]

    carta, poder = ARCHIVOS.values()
    assert found(Carta=carta, Poder_Ñ=poder, otro=b"x") == ["igual", "igual"]
    assert found(Carta=b"x", otro=poder) == ["cambiado", "igual"]
    assert found(Poder_Ñ=carta) == ["igual", "cambiado"]
    assert found() == ["falta", "falta"]
    assert match_files(make(archivos=[]), {"a": "b"}) == ()
    assert list(Cotejo) == ["igual", "cambiado", "falta"]


# -- on the screen


def show(*archivos: bytes) -> str:
    der = make_autoridad()
    row = {"nombre": "AC", "sha256": sha256(der).hexdigest(), "der": b64encode(der).decode()}
    t = Tramite("?pantalla=verificar").do("verificar.elegir", cuantos=len(archivos))
    t.do("verificar.autoridades", clave="sat", texto=json.dumps([row]))
    for n, datos in enumerate(archivos):
        t.do("verificar.archivo", nombre=f"{n}.json", contenido=b64encode(datos).decode())
    return t.html


def test_a_letter_can_be_read_whole_on_the_screen():
    html = show(good())
    assert 'data-veredicto="valido"' in html and html.count('class="comprobacion ') == 14
    for text in (
        "la carta la firmó la e.firma de EKU9003173C9",
        "Carta de corrección del reporte del ejercicio 2023",
        "Ensambles Ñandú &amp; Kuautli",
        "Dice y debe decir:<br>como sigue.",
        '<th scope="row">Total exportaciones (b)</th><td>9,500</td><td>95,000</td>',
        "0201500100220240101000001",
        "14 de mayo de 2024",
        '<th scope="row">Poder Ñ.pdf</th>',
        sha256(ARCHIVOS["Poder Ñ.pdf"]).hexdigest(),
        "El certificado y la carta son del mismo RFC",
    ):
        assert text in html, text
    assert "Cadena original" not in html and "calculadas de nuevo" not in html


def test_no_letter_is_called_a_report():
    """Every finding of a letter, in the words that the screen has for letters."""
    assert TEXTOS["carta"].keys() < TEXTOS.keys() | {"carta"}
    for table, texts in TEXTOS["carta"].items():
        assert texts.keys() <= TEXTOS[table].keys()
    said = {}
    for _, archivo in every():
        found = check(archivo)
        if found.documento is Documento.CARTA:
            said |= {("veredictos", found.veredicto): None, ("palabras", found.veredicto): None}
            said |= {("frases", c.codigo): None for c in found.comprobaciones}
            said |= {("titulos", c.clave): None for c in found.comprobaciones}
    assert len(said) > 50
    for table, key in said:
        assert "reporte" not in (TEXTOS["carta"][table].get(key) or TEXTOS[table][key]), (table, key)


def test_a_list_tells_letters_from_reports_and_the_two_are_not_compared():
    html = show(good(), al.good(), b"{}")
    assert "<td>Carta</td><td>EKU9003173C9</td><td>2023</td>" in html
    assert "<td>Reporte</td><td>EKU9003173C9</td><td>2023</td>" in html
    assert "No se comparan, porque no son la misma clase de documento." in show(good(), al.good())
    other = sign(payload().replace(b"95,000", b"95,001"))
    assert "<code>carta.diferencias[0].debeDecir</code>" in show(good(), other)


def test_the_screen_shows_hostile_files_too():
    ours = json.loads(al.decode(json.loads(good())["protected"]))
    last = json.dumps(ours | {"iat": 253_402_300_799}).encode()
    for when in ("0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "0001-01-01T00:00:00Z"):
        text = payload().replace(b"2024-05-20T18:00:00Z", when.encode())
        assert 'data-veredicto="alterado"' in show(sign(text))
        report = al.payload_of().replace(b"2024-05-20T18:00:00Z", when.encode())
        assert 'data-veredicto="alterado"' in show(al.sign(report))
        assert 'data-veredicto="alterado"' in show(al.sign_raw(last, text))
