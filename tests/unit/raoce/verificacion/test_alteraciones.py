"""Every alteration of tests/alteraciones.py is refused by `verify`, and docs/firma.md says how many there are."""

import json
import re
from datetime import UTC, datetime

import pytest

import alteraciones as al
from efirmas import make_autoridad, make_efirma
from lugares import ROOT
from pantallas.comunes import textos
from propiedades import given, settings, st
from raoce.base.json_estricto import load
from raoce.firma.autoridades import Autoridad
from raoce.verificacion.comprobacion import Hallazgo, Veredicto
from raoce.verificacion.verificacion import verify

AHORA = datetime(2024, 7, 1, tzinfo=UTC)
ALTERADO, NO_COMPROBABLE, NO_ES_REPORTE = Veredicto.ALTERADO, Veredicto.NO_COMPROBABLE, Veredicto.NO_ES_REPORTE
FRASES = textos.of("verificar")["frases"]
DOCUMENTO = ROOT / "docs" / "firma.md"


AUTORIDADES = (Autoridad("AC de prueba", make_autoridad()),)


def check(archivo: bytes):
    return verify(archivo, AUTORIDADES, AHORA)


@pytest.mark.parametrize("con_bienes", [False, True])
def test_what_was_not_altered_is_valid(con_bienes):
    found = check(al.good(con_bienes))
    assert found.veredicto is Veredicto.VALIDO
    assert found.diferencias == ()


def refused(alteraciones):
    """What is found of each, by its name: none is valid, and there is a sentence for whatever was found."""
    verdicts = {}
    for a in alteraciones:
        found = check(a.archivo)
        verdicts[a.nombre] = found.veredicto
        assert all(FRASES[c.codigo].format(**c.datos) for c in found.comprobaciones)
        yield a.nombre, found
    assert len(verdicts) > 7, "two alterations of the same name?"
    assert [n for n, v in verdicts.items() if v is Veredicto.VALIDO] == []


# The other two groups have a test each, of what more is to be said of them.
@pytest.mark.parametrize(
    "grupo", [g for g, make in al.GRUPOS.items() if make not in (al.of_the_payload, al.of_the_signer)]
)
def test_no_alteration_is_taken_for_valid(grupo):
    assert len(list(refused(al.GRUPOS[grupo]()))) > 7


def test_the_alterations_are_as_many_as_the_document_says():
    text = DOCUMENTO.read_text(encoding="utf-8")
    said = int(re.search(r"more than ([0-9,]+) alterations", text)[1].replace(",", ""))
    names = [a.nombre for a in al.every()]
    assert len(names) == len(set(names)) > said >= 200
    for grupo in al.GRUPOS:
        assert f"- {grupo}" in text


def test_a_changed_value_breaks_the_signature_and_nothing_else_is_needed():
    for nombre, found in refused(al.of_the_payload()):
        assert found.veredicto is ALTERADO, nombre
        # Another format cannot even be read; all else is read, and what is false is shown too.
        assert found["firma"].codigo == "firma-no-corresponde", nombre


def test_a_false_figure_with_a_right_signature_is_found_where_it_is():
    payload = json.loads(al.payload_of())
    for path in al.leaves(payload):
        if path[0] in ("datos", "dolares", "plazos", "compromisos") and path[-1] not in ("fechaConsulta",):
            found = check(al.sign(al.write(al.changed(payload, path, al.another))))
            assert found["firma"].resultado is Hallazgo.BIEN
            assert found.veredicto is ALTERADO, path
            assert found["cifras"].resultado is Hallazgo.MAL or found["formato"].resultado is Hallazgo.MAL, path


def test_the_path_of_what_differs_and_both_values():
    payload = json.loads(al.payload_of())
    payload["datos"]["saldo"] = 9_501
    payload["plazos"][1]["limite"] = "2024-05-31"
    payload["explicaciones"][2]["operacion"] = "otra"
    found = check(al.sign(al.write(payload)))
    assert found.diferencias == (
        ("$.datos.saldo", 9_501, 9_500),
        ("$.plazos[1].limite", "2024-05-31", "2024-05-30"),
        ("$.explicaciones[2].operacion", "otra", load(al.payload_of())["explicaciones"][2]["operacion"]),
    )
    assert found["cifras"].datos == {"cuantas": 2, "rutas": "$.datos.saldo, $.plazos[1].limite"}
    assert found["explicaciones"].codigo == "explicaciones-distintas"
    assert found.solicitud is None  # it contradicts itself


def test_the_signer_decides_between_altered_and_not_provable():
    """The file is intact when a CSD or an expired e.firma signed it; another company's name contradicts it."""
    verdicts = {nombre: found.veredicto for nombre, found in refused(al.of_the_signer())}
    assert verdicts == {
        "firmado por un CSD": NO_COMPROBABLE,
        "firmado por otra empresa": ALTERADO,
        "firmado por la e.firma personal de quien la representa": ALTERADO,
        "firmado por un RFC que se le parece": ALTERADO,
        "firmado por una e.firma vencida": NO_COMPROBABLE,
        "firmado por una e.firma que aún no era válida": NO_COMPROBABLE,
        "firmado antes de hacerse": ALTERADO,
        "firmado después de hacerse": ALTERADO,
        "hecho y firmado en el futuro": NO_COMPROBABLE,
    }


def test_the_outer_json_may_be_laid_out_anew():
    """An editor that indents the file or orders its members changes nothing that was signed."""
    members = json.loads(al.good())
    for text in (json.dumps(members), json.dumps(dict(reversed(members.items())), indent=4).replace("\n", "\r\n")):
        assert check(text.encode()).veredicto is Veredicto.VALIDO


@given(st.binary(max_size=2_000))
@settings(max_examples=300)
def test_noise_never_raises(noise):
    assert check(noise).veredicto is NO_ES_REPORTE


@given(st.data())
@settings(max_examples=200)
def test_damage_never_raises_and_is_never_valid(data):
    archivo = bytearray(al.good())
    for _ in range(data.draw(st.integers(1, 4))):
        archivo[data.draw(st.integers(0, len(archivo) - 1))] = data.draw(st.integers(0, 255))
    found = check(bytes(archivo))
    assert found.veredicto is not Veredicto.VALIDO or json.loads(archivo) == json.loads(al.good())


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


@given(st.data(), JSON)
@settings(max_examples=400)
def test_a_report_with_anything_in_it_never_raises(data, anything):
    """Rightly signed, so that everything behind the signature reads it too."""
    payload = json.loads(al.payload_of(data.draw(st.booleans())))
    paths = list(al.leaves(payload))
    path = data.draw(st.sampled_from(paths))
    path = path[: data.draw(st.integers(1, len(path)))]
    found = check(al.sign(json.dumps(al.changed(payload, path, lambda _: anything)).encode()))
    assert found["firma"].resultado is Hallazgo.BIEN


@given(JSON)
@settings(max_examples=200)
def test_a_header_with_anything_in_it_never_raises(anything):
    ours = json.loads(al.decode(json.loads(al.good())["protected"]))
    for name in ours:
        cabecera = json.dumps(ours | {name: anything}).encode()
        assert (
            check(al.sign_raw(cabecera, al.payload_of())).veredicto is not Veredicto.VALIDO or anything in ours.values()
        )


@given(st.data())
@settings(max_examples=150)
def test_a_damaged_certificate_never_raises(data):
    import base64

    ours = json.loads(al.decode(json.loads(al.good())["protected"]))
    cer = bytearray(make_efirma().cer)
    for _ in range(data.draw(st.integers(1, 3))):
        cer[data.draw(st.integers(0, len(cer) - 1))] = data.draw(st.integers(0, 255))
    archivo = al.sign_raw(json.dumps(ours | {"x5c": [base64.b64encode(cer).decode()]}).encode(), al.payload_of())
    assert check(archivo).veredicto is not Veredicto.VALIDO or bytes(cer) == make_efirma().cer
