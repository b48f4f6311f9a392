"""What each check of a signed file finds: JSON, header, chain, time, figures; authorities; what differs; the line."""

import base64
import json
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from hashlib import sha256
from itertools import zip_longest

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding

import alteraciones as al
from efirmas import make_autoridad, make_efirma
from llaves import armour, make_rsa
from lugares import PY
from pantallas.comunes import textos
from raoce import VERSION
from raoce.base import DatoInvalido
from raoce.base.json_estricto import MAX_BYTES, JsonInvalido, load
from raoce.bienes import Bien
from raoce.cifras import Balanza
from raoce.empresa import ULTIMO, Programa, Registro
from raoce.firma import autoridades
from raoce.firma.autoridades import Autoridad, parse, recognise
from raoce.firma.cadena import find_chain
from raoce.solicitud.cadena_original import cadena_original
from raoce.solicitud.emision import build
from raoce.solicitud.solicitud import to_json
from raoce.verificacion.comprobacion import CLAVES, NUNCA, Hallazgo, Veredicto
from raoce.verificacion.diferencias import AUSENTE, compare
from raoce.verificacion.recalculo import recompute
from raoce.verificacion.verificacion import verify
from tramite.formulario.inhabiles import Periodo, build_calendario

RAOCE = PY / "raoce"
AHORA = datetime(2024, 7, 1, tzinfo=UTC)
MOMENTO = al.GENERADO
BIEN, MAL, NO_COMPROBADO = Hallazgo


def autoridad() -> Autoridad:
    return Autoridad("AC de prueba", make_autoridad())


def check(archivo: bytes | None = None, ahora: datetime = AHORA, trusted=None):
    return verify(archivo or al.good(), (autoridad(),) if trusted is None else trusted, ahora)


def refused(call, *args) -> tuple[str, dict]:
    with pytest.raises(DatoInvalido) as caught:
        call(*args)
    return caught.value.codigo, caught.value.datos


TEXTOS = textos.of("verificar")

# Findings that no alteration shows, with the data of their sentences.
RARAS = {
    "json-grande": {"parte": "archivo", "maximo": MAX_BYTES},
    "tipo-practica": {},
    "json-claves": {"parte": "archivo", "maximo": 1},
    "certificado-es-requerimiento": {},
    "certificado-no-sat": {},
    "cadena-sin-raiz": {"autoridades": "AC"},
    "emisor-algoritmo": {"algoritmo": "sha1"},
    "autoridad-no-emite": {"nombre": "AC", "desde": AHORA, "hasta": AHORA},
    "autoridad-no-vigente": {"nombre": "AC", "desde": AHORA, "hasta": AHORA},
}


def test_every_finding_has_a_sentence():
    textos = TEXTOS
    assert textos["titulos"].keys() == set(CLAVES)
    assert textos["veredictos"].keys() == set(Veredicto)
    rare = RARAS | {"emisor-no-incluido": check(trusted=())["cadena"].datos}
    for codigo, datos in rare.items():
        assert textos["frases"][codigo].format(**datos)
    # That each alteration has its sentence, test_alteraciones sees; here, that each sentence is of one. Some of every
    # group, until all have come.
    unsaid = textos["frases"].keys() - rare.keys()
    for some in zip_longest(*(make() for make in al.GRUPOS.values())):
        for a in filter(None, some):
            unsaid -= {c.codigo for c in check(a.archivo).comprobaciones}
        if not unsaid:
            break
    assert not unsaid


# -- a good file


def test_a_good_file_and_what_is_recovered_from_it():
    found = check()
    assert found.veredicto is Veredicto.VALIDO
    assert [c.clave for c in found.comprobaciones] == list(CLAVES)
    assert {c.clave for c in found.comprobaciones if c.resultado is NO_COMPROBADO} == set(NUNCA)
    assert found.sha256 == sha256(al.good()).hexdigest()
    assert found.certificado.numero == make_efirma().numero
    assert found.momento == al.GENERADO
    assert found.cabecera["alg"] == "RS256"
    members = json.loads(al.good())
    assert found.signing_input == f"{members['protected']}.{members['payload']}".encode()
    assert to_json(found.solicitud) == al.payload_of()
    assert found.autoridades == (autoridad(),)


@pytest.mark.parametrize("bits", [3072, 4096])
def test_larger_keys(bits):
    assert check(al.sign(al.payload_of(), make_efirma(bits=bits))).veredicto is Veredicto.VALIDO


@pytest.mark.parametrize("rfc", ["Ñ&A900317AB1", "XIQB891116QE4"])
def test_rfcs_of_other_shapes(rfc):
    reporte = al.make_reporte(solicitante=al.SOLICITANTE | {"rfc": rfc})
    found = check(al.sign(to_json(build(reporte, al.GENERADO)), make_efirma(rfc=rfc)))
    assert found.veredicto is Veredicto.VALIDO
    assert found["rfc"].datos == {"rfc": rfc}


def test_ahora_needs_a_zone():
    with pytest.raises(ValueError, match="aware"):
        verify(al.good(), (), datetime(2024, 7, 1))


def test_what_is_loaded_on_demand_stays_unloaded_until_a_file_is_verified():
    program = (
        "import sys, raoce.verificacion.verificacion, raoce.solicitud.cadena_original\n"
        "print({'pydantic', 'asn1crypto'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=RAOCE.parent, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


# -- strict JSON


@pytest.mark.parametrize(
    "data, codigo",
    [
        (b"", "json-sintaxis"),
        (b"{", "json-sintaxis"),
        (b"{} {}", "json-sintaxis"),
        (b"\xef\xbb\xbf{}", "json-sintaxis"),
        (b"{'a': 1}", "json-sintaxis"),
        (b'["\t"]', "json-sintaxis"),
        (b"[01]", "json-sintaxis"),
        (b"\xff", "json-codificacion"),
        (b'"\xed\xa0\x80"', "json-codificacion"),
        (b'["\\ud800"]', "json-suplente"),
        (b'{"\\udc00x": 1}', "json-suplente"),
        (b'{"a": 1, "a": 1}', "json-repetida"),
        (b'{"b": {"a": 1, "\\u0061": 1}}', "json-repetida"),
        (b"[NaN]", "json-numero"),
        (b"[-Infinity]", "json-numero"),
        (b"[1e400]", "json-numero"),
        (b"[1e-400]", "json-numero"),
        (b"[1e99999999999999999999]", "json-numero"),
        (b"[" + b"9" * 5000 + b"]", "json-numero"),
        (b"[" * 13 + b"]" * 13, "json-profundo"),
        (b"[" * 1_000_000, "json-profundo"),
        (b'{"a":' * 1_000_000, "json-profundo"),
        (b'"' + b"\\" * 1_000_001, "json-sintaxis"),
        (b" " * (MAX_BYTES + 1), "json-grande"),
        (b"[" + b",".join(b'{"a":1}' for _ in range(250_001)) + b"]", "json-claves"),
    ],
)
def test_json_that_is_refused(data, codigo):
    with pytest.raises(JsonInvalido) as caught:
        load(data)
    assert caught.value.codigo == codigo


def test_json_that_is_read():
    assert load(b'{"a": [1, -2.50, 1e3, true, null, "[{\\"\\ud83d\\ude00"]}') == {
        "a": [1, Decimal("-2.50"), Decimal("1e3"), True, None, '[{"\U0001f600']
    }


# -- header and envelope: each refusal under its check


@pytest.mark.parametrize(
    "change, clave, codigo, datos",
    [
        ({"alg": "none"}, "cabecera", "cabecera-algoritmo", {"alg": "none"}),
        ({"crit": ["b64"]}, "cabecera", "cabecera-parametro", {"parametro": "crit"}),
        ({"jku": "https://ejemplo.mx"}, "cabecera", "cabecera-parametro", {"parametro": "jku"}),
        ({"iat": "hoy"}, "cabecera", "cabecera-escritura", {"parte": "iat"}),
        ({"x5c": []}, "cabecera", "cabecera-escritura", {"parte": "x5c"}),
        ({"cty": "text/plain"}, "cabecera", "cabecera-escritura", {"parte": "cty"}),
        ({"typ": "JWT"}, "tipo", "tipo-otro", {}),
    ],
)
def test_refusals_of_the_header(change, clave, codigo, datos):
    ours = json.loads(al.decode(json.loads(al.good())["protected"]))
    found = check(al.sign_raw(json.dumps(ours | change).encode(), al.payload_of()))
    assert (found[clave].resultado, found[clave].codigo, found[clave].datos) == (MAL, codigo, datos)
    assert found["firma"].codigo == "sin-base"
    assert found.veredicto is (Veredicto.NO_ES_REPORTE if clave == "tipo" else Veredicto.ALTERADO)


def test_refusals_of_the_envelope():
    members = json.loads(al.good())
    found = check(al.envelope(**members, header={}))
    assert (found["sobre"].codigo, found["sobre"].datos) == ("sobre-miembro", {"miembro": "header"})
    found = check(al.envelope(**members | {"signature": members["signature"] + "="}))
    assert (found["sobre"].codigo, found["sobre"].datos) == ("sobre-escritura", {"parte": "signature"})
    for other in (b"{}", b"null", b'{"datos": {"saldo": 1}}', b"%PDF-1.7", b"<cfdi/>", b""):
        assert check(other or b" ").veredicto is Veredicto.NO_ES_REPORTE


def test_a_file_whose_header_was_damaged_is_still_known_by_its_content():
    members = json.loads(al.good())
    assert check(al.envelope(**members | {"protected": "AAAA"})).veredicto is Veredicto.ALTERADO
    other = al.envelope(**members | {"protected": "AAAA", "payload": al.encode(b'{"a": 1}')})
    assert check(other).veredicto is Veredicto.NO_ES_REPORTE


def test_signed_as_ours_but_not_a_report():
    for payload in (b"hola", b"[]", b'{"formato": "cfdi/4"}', b"\xff"):
        assert check(al.sign(payload)).veredicto is Veredicto.NO_ES_REPORTE
    newer = check(al.sign(b'{"formato": "raoce/2"}'))
    assert newer.veredicto is Veredicto.NO_COMPROBABLE
    assert (newer["formato"].codigo, newer["formato"].datos) == ("formato-otra-version", {"version": "raoce/2"})


# -- time


def test_the_moment_claimed():
    assert check(ahora=al.GENERADO - timedelta(minutes=10))["momento"].resultado is BIEN
    future = check(ahora=al.GENERADO - timedelta(minutes=10, seconds=1))
    assert (future["momento"].resultado, future["momento"].codigo) == (NO_COMPROBADO, "momento-futuro")
    assert future.veredicto is Veredicto.NO_COMPROBABLE
    for minutes in (-11, 11):
        apart = check(al.sign(al.payload_of(), momento=al.GENERADO + timedelta(minutes=minutes)))
        assert apart["momento"].codigo == "momento-distinto-del-contenido"
        assert apart.veredicto is Veredicto.ALTERADO
    naive = al.payload_of().replace(b'"2024-05-20T18:00:00Z"', b'"2024-05-20T18:00:00"')
    assert check(al.sign(naive)).veredicto is Veredicto.ALTERADO


def test_validity_is_that_of_the_moment_claimed_and_includes_both_ends():
    one_day = make_efirma(desde=al.GENERADO, hasta=al.GENERADO)
    assert (
        check(al.sign(al.payload_of(), one_day), ahora=datetime(2040, 1, 1, tzinfo=UTC)).veredicto is Veredicto.VALIDO
    )


def test_what_only_the_hostile_write_is_answered_too():
    """Dates at the ends of the calendar, and figures that are short until they are written out."""
    ours = json.loads(al.decode(json.loads(al.good())["protected"]))
    last = check(al.sign_raw(json.dumps(ours | {"iat": 253_402_300_799}).encode(), al.payload_of()))
    assert last["momento"].codigo == "momento-distinto-del-contenido"
    for con_bienes, before, after in (
        (False, '"2024-05-20T18:00:00Z"', '"0001-01-01T00:00:00+14:00"'),
        (False, '"2024-05-20T18:00:00Z"', '"9999-12-31T23:59:59-14:00"'),
        (False, '"tipoCambio": 17.5', '"tipoCambio": "1e999999999"'),
        (False, '"tipoCambio": 17.5', '"tipoCambio": "sNaN"'),
        (False, '"tipoCambio": 17.5', '"tipoCambio": 0'),
        (True, '"volumenTotal": "10"', '"volumenTotal": "1e999999999"'),
        (True, '"volumenTotal": "10"', '"volumenTotal": []'),
    ):
        text = al.payload_of(con_bienes).decode()
        assert text.count(before) == 1
        assert check(al.sign(text.replace(before, after).encode())).veredicto is Veredicto.ALTERADO
    old = make_efirma(desde=datetime(1950, 1, 1, tzinfo=UTC))
    assert check(al.sign(al.payload_of(), old))["certificado"].codigo == "certificado-no-sat"


# -- chain


def make_ca(
    etiqueta, issuer, *, ca=True, desde=2010, hasta=2090, hash_=hashes.SHA256, nombre=None, usage=None
) -> bytes:
    """An authority whose key is `etiqueta`, signed by the key `issuer`."""
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, nombre or etiqueta)])
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, issuer)]))
        .public_key(make_rsa(2048, etiqueta).public_key())
        .serial_number(7)
        .not_valid_before(datetime(desde, 1, 1))
        .not_valid_after(datetime(hasta, 1, 1))
    )
    if ca is not None:
        builder = builder.add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
    if usage is not None:
        flags = dict.fromkeys(
            ("digital_signature", "content_commitment", "key_encipherment", "data_encipherment", "key_agreement",
             "crl_sign", "encipher_only", "decipher_only"), False)  # fmt: skip
        builder = builder.add_extension(x509.KeyUsage(key_cert_sign=usage, **flags), critical=True)
    return builder.sign(make_rsa(2048, issuer), hash_()).public_bytes(Encoding.DER)


def chain(*ders: bytes, leaf: bytes | None = None):
    found = find_chain(leaf or make_efirma().cer, [Autoridad(f"A{n}", der) for n, der in enumerate(ders)], MOMENTO)
    return found.codigo, [a.nombre for a in found.autoridades]


def test_chains():
    otra, root = make_ca("otra", "otra"), make_ca("raíz", "raíz", hash_=hashes.SHA512)
    ac = make_ca("autoridad", "raíz", hash_=hashes.SHA512)
    assert chain(otra, ac, root) == ("cadena-completa", ["A1", "A2"])
    assert chain(ac) == ("cadena-sin-raiz", ["A0"])
    assert chain(root) == chain() == ("emisor-no-incluido", [])
    assert chain(make_ca("autoridad", "raíz", nombre="otro nombre")) == ("cadena-sin-raiz", ["A0"])
    assert chain(make_ca("autoridad", "raíz", ca=False)) == ("autoridad-no-emite", ["A0"])
    assert chain(make_ca("autoridad", "raíz", ca=None)) == ("autoridad-no-emite", ["A0"])
    assert chain(make_ca("autoridad", "raíz", usage=False)) == ("autoridad-no-emite", ["A0"])
    assert chain(make_ca("autoridad", "raíz", usage=True)) == ("cadena-sin-raiz", ["A0"])
    assert chain(make_ca("autoridad", "raíz", hasta=2024)) == ("autoridad-no-vigente", ["A0"])
    assert chain(make_ca("autoridad", "raíz", desde=2025)) == ("autoridad-no-vigente", ["A0"])
    assert chain(ac, make_ca("raíz", "raíz", hasta=2020)) == ("autoridad-no-vigente", ["A0", "A1"])
    renewed = (make_ca("autoridad", "raíz", hasta=2020), ac)
    assert chain(*renewed) == ("cadena-sin-raiz", ["A1"])
    crossed = (make_ca("autoridad", "raíz"), make_ca("raíz", "autoridad"))
    assert chain(*crossed) == ("cadena-sin-raiz", ["A0", "A1"])
    assert chain(otra, leaf=make_ca("x", "otra", hash_=hashes.SHA384)) == ("cadena-completa", ["A0"])


def test_a_signature_with_sha_1_proves_nothing():
    sha1 = make_efirma().cer.replace(bytes.fromhex("2a864886f70d01010b"), bytes.fromhex("2a864886f70d010105"))
    assert chain(make_autoridad(), leaf=sha1) == ("emisor-algoritmo", [])
    assert chain(make_autoridad(), leaf=b"hola") == ("emisor-algoritmo", [])
    two_kinds = make_efirma().cer.replace(bytes.fromhex("2a864886f70d01010b"), bytes.fromhex("2a864886f70d01010d"), 1)
    assert chain(make_autoridad(), leaf=two_kinds) == ("emisor-algoritmo", [])


def test_an_unknown_issuer_is_never_valid():
    for trusted in ((), (Autoridad("otra", make_ca("otra", "otra")),)):
        found = check(trusted=trusted)
        assert found.veredicto is Veredicto.NO_COMPROBABLE
        assert (found["cadena"].resultado, found["cadena"].codigo) == (NO_COMPROBADO, "emisor-no-incluido")
    old = check(trusted=(Autoridad("AC", make_ca("autoridad", "raíz", hasta=2024)),))
    assert old.veredicto is Veredicto.NO_COMPROBABLE
    assert (old["cadena"].resultado, old["cadena"].datos["nombre"]) == (MAL, "AC")


# -- authorities


def test_the_list_of_the_site():
    der = make_autoridad()
    row = {"nombre": "AC", "sha256": sha256(der).hexdigest(), "der": base64.b64encode(der).decode()}
    assert parse(json.dumps([row])) == (Autoridad("AC", der),)
    wrong = ["", "{}", "[1]", json.dumps([row | {"sha256": "0" * 64}]), json.dumps([row | {"der": "AAAA"}])]
    wrong += [json.dumps([{"nombre": "AC"}]), json.dumps([row | {"der": "!"}])]
    for text in wrong:
        assert refused(parse, text) == ("autoridades-danadas", {})


def test_an_authority_is_known_by_its_hash_alone(monkeypatch):
    der = make_autoridad()
    unknown = ("autoridad-desconocida", {"sha256": sha256(der).hexdigest()})
    assert refused(recognise, der) == refused(recognise, armour("CERTIFICATE", der)) == unknown
    assert refused(recognise, make_efirma().cer) == ("autoridad-es-efirma", {})
    pem = b"-----BEGIN CERTIFICATE-----\n!\n-----END CERTIFICATE-----"
    for wrong in (b"", b"hola", make_efirma().key, der + b"\0", b"0" * 70_000, pem):
        assert refused(recognise, wrong) == ("autoridad-ilegible", {})
    monkeypatch.setitem(autoridades.CONOCIDAS, sha256(der).hexdigest(), "AC9")
    assert recognise(der) == recognise(armour("CERTIFICATE", der)) == Autoridad("AC9", der)


# -- figures computed again

REPORTES = {
    "as in the guide": {"registros": (Registro(Programa.IMMEX, "83-2019", "industrial"),)},
    "not presented": {"presentacion": None},
    "no consignment": {"consignacion": False},
    "rate with zeros": {"tipo_cambio": Decimal("20.500000")},
    "another rate": {"tipo_cambio": Decimal("19")},
    "no sales": {"balanza": Balanza(2023, 0, 0, 0)},
    "largest": {"balanza": Balanza(2023, 10**16 - 1, 10**16 - 1, 0)},
    "a repeating percentage": {"balanza": Balanza(2023, 9_999_999, 999_999, 0)},
    "ECEX by the book": {"registros": (Registro(Programa.ECEX, "1", "promotora"),)},
    "ECEX with its own amount": {
        "registros": (Registro(Programa.ECEX, "1", "promotora", compromiso_dolares=1_234_567),),
        "balanza": Balanza(2023, 30_000, 9_500, 10),
    },
    "new and cancelled": {
        "registros": (
            Registro(Programa.IMMEX, "83-2019", "industrial", date(2024, 1, 15)),
            Registro(Programa.PROSEC, "1", "productor-directo", None, date(2022, 5, 5)),
            Registro(Programa.ALTEX, "1", "exportador-indirecto", date(2023, 4, 1)),
        ),
    },
    "days of the SE": {
        "calendario": build_calendario(
            (Periodo(date(2024, 5, 30), date(2024, 6, 4), "DOF 02-05-2024"),), frozenset({date(2021, 8, 12)})
        )
    },
    "goods": {
        "registros": (Registro(Programa.PROSEC, "2019-8664", "productor-directo"),),
        "bienes": tuple(
            Bien("XXII", "09011201", f"Café {n}", "01", Decimal("30000.500"), Decimal(n), Decimal("31000"))
            for n in range(3)
        ),
    },
}


@pytest.mark.parametrize("changes", REPORTES.values(), ids=REPORTES)
@pytest.mark.parametrize("ejercicio", [2016, 2020, 2023, ULTIMO])
def test_every_kind_of_report_comes_out_again(ejercicio, changes):
    balanza = changes.get("balanza", Balanza(2023, 30_000, 9_500, 0))
    figures = balanza.ventas_totales, balanza.total_exportaciones, balanza.total_importaciones
    fechas = {"consulta": date(ejercicio + 1, 6, 3), "presentacion": date(ejercicio + 1, 6, 3)}
    changes = fechas | changes | {"ejercicio": ejercicio, "balanza": Balanza(ejercicio, *figures)}
    found = recompute(load(to_json(build(al.make_reporte(**changes), al.GENERADO))))
    assert found.diferencias == ()
    assert found.hecho and found.solicitud


def test_other_rules_are_not_ours_to_judge():
    payload = json.loads(al.payload_of()) | {"reglas": {"version": "1999.1"}}
    payload["plazos"][0]["limite"] = "2024-01-01"
    found = check(al.sign(al.write(payload)))
    assert found.veredicto is Veredicto.NO_COMPROBABLE
    for clave in ("cifras", "explicaciones"):
        assert (found[clave].resultado, found[clave].codigo) == (NO_COMPROBADO, "reglas-otra-version")
        assert found[clave].datos == {"version": "1999.1"}
    payload["ejercicio"] = "2023"
    assert check(al.sign(al.write(payload))).veredicto is Veredicto.ALTERADO


def test_what_the_schema_has_by_default_may_be_missing():
    """A request made before a field existed is the same request."""
    payload = json.loads(al.payload_of())
    assert payload.pop("bienes") == []
    assert check(al.sign(al.write(payload))).veredicto is Veredicto.VALIDO


# -- what differs between two


def test_two_reports_are_compared_by_programme_and_by_good():
    before = json.loads(al.payload_of(con_bienes=True))
    after = json.loads(al.payload_of(con_bienes=True))
    for name in ("programas", "bienes", "plazos", "explicaciones"):
        after[name].reverse()
    assert compare(before, after) == ()
    after["datos"]["saldo"] = 1
    after["bienes"][0]["volumenTotal"] = "11"
    removed = after["bienes"].pop()
    after["solicitante"]["domicilio"]["calle"] = "Otra"
    found = {d.ruta: (d.a, d.b) for d in compare(before, after) if not d.ruta.startswith("explicaciones")}
    assert found == {
        "datos.saldo": (8800, 1),
        "bienes[85443003 arneses].volumenTotal": ("10", "11"),
        "bienes[09011201 cafe sin tostar]": (removed, AUSENTE),
        "solicitante.domicilio.calle": ("Álvaro Obregón", "Otra"),
    }


def test_repeated_goods_are_told_apart_and_nonsense_is_compared_too():
    row = {"fraccion": "09011201", "descripcion": "Café"}
    a, b = {"bienes": [row, row | {"unidad": "01"}]}, {"bienes": [row, row | {"unidad": "02"}]}
    assert compare(a, b) == (("bienes[09011201 cafe #2].unidad", "01", "02"),)
    assert compare({"bienes": [1]}, {"bienes": [2]}) == (("bienes[0]", 1, 2),)
    assert compare({"bienes": None}, {"bienes": []}) == (("bienes", None, []),)
    assert compare({}, {"a": None}) == (("a", AUSENTE, None),)


# -- cadena original


def test_the_line():
    found = check()
    line = cadena_original(found.solicitud, found.certificado.numero, found.firma)
    assert line.startswith(
        "||raoce/1|2023|EKU9003173C9|Ensambles Ñandú & Kuautli, S.A. de C.V.|Fabricación de arneses|"
    )
    assert line.endswith(f"|{make_efirma().numero}|{base64.b64encode(found.firma).decode()}||")
    assert "|4|IMMEX|83-2019|Industrial|||true|PROSEC|2019-8664|Productor directo|2019-03-01||true|" in line
    assert "|30000|9500|0|9500|31.67|0|17.5|" in line
    assert "\n" not in line


def test_no_two_requests_have_the_same_line():
    def line(**changes: str) -> str:
        reporte = al.make_reporte(solicitante=al.SOLICITANTE | changes)
        return cadena_original(build(reporte, al.GENERADO), "3" * 20, b"x")

    separators = len([one for one in line() if one == "|"])
    lines = {
        line(calle="A|B"),
        line(calle="A\\pB"),
        line(calle="A\\|B"),
        line(calle="A", numero_exterior="B|12"),
        line(localidad="A", numero_interior=""),
        line(localidad="", numero_interior="A"),
    }
    assert len(lines) == 6
    assert {one.count("|") for one in lines} == {separators}
    assert line(calle=" A \t\n B ") == line(calle="A B")


def test_a_report_signed_before_files_said_their_version_is_as_valid_as_before():
    payload = json.loads(al.payload_of())
    assert payload.pop("version") == VERSION
    assert (
        verify(al.sign(al.write(payload)), (Autoridad("AC de prueba", make_autoridad()),), AHORA).veredicto == "valido"
    )
