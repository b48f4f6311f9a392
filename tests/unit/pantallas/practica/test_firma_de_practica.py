"""What is signed in practice: by a throw-away key, and never to pass for a report."""

import base64
import json

import alteraciones as al
from aprendiz import capture_all, key_comes
from raoce.firma import SELLO
from raoce.firma.practica import TYP
from raoce.verificacion.verificacion import verify


def test_the_request_of_practice_is_signed_and_never_passes_for_a_report():
    t = capture_all()
    assert t.state.evaluacion.completo
    t.do("ir", pantalla="firmar")
    assert "e.firma" in t.html and 'type="file"' not in t.html
    t = key_comes(t.do("firmar.solicitud"))
    assert "Firmó la llave de práctica" in t.html
    t.do("firmar.descargar")
    saved = t.effect("descargar")
    assert saved["nombre"].startswith("EJERCICIO_RAOCE_")
    members = json.loads(saved["texto"])
    assert json.loads(al.decode(members["protected"]))["typ"] == TYP
    payload = json.loads(al.decode(members["payload"]))
    assert payload["aviso"] == SELLO and payload["formato"] == "raoce-practica/1" and payload["datos"]["saldo"]
    found = verify(saved["texto"].encode(), (), al.GENERADO)
    assert found.veredicto == "no-es-reporte" and found["tipo"].codigo == "tipo-practica"


def test_its_content_signed_by_an_efirma_is_no_report_either():
    t = key_comes(capture_all().do("firmar.solicitud"))
    payload = al.decode(json.loads(t.state.firma.jws)["payload"])
    found = verify(al.sign(payload), (), al.GENERADO)
    assert found.veredicto == "no-es-reporte"


def test_a_signature_of_another_key_is_refused():
    t = key_comes(capture_all().do("firmar.solicitud"))
    assert t.state.firma.jws
    t.type(ventas="999,999").do("firmar.solicitud").do("firmar.firmado", firma=base64.b64encode(b"x" * 256).decode())
    assert t.state.firma.jws is None and t.state.firma.fallo.codigo == "firma-no-corresponde"


def test_a_key_that_comes_after_its_case_was_left_signs_nothing():
    t = capture_all().do("firmar.solicitud")
    t.do("practica.elegir", caso="").do(
        "firmar.llave-de-practica", llave={"n": "x", "e": "AQAB"}, evento="firmar.solicitud"
    )
    assert t.state.firma.llave is None and t.effects == ()


def test_a_key_that_cannot_be_made_is_said_where_the_summary_leads():
    t = capture_all().do("ir", pantalla="firmar").do("firmar.solicitud").do("firmar.fallo", codigo="sin-webcrypto")
    assert t.effect("enfocar")["id"] == "resumen-errores"
    assert 'href="#llave"' in t.html and 'id="llave"' in t.html


def test_what_was_signed_must_say_what_the_case_asks_for():
    t = capture_all()
    *_, signing = t.state.modo.caso.preguntas
    t.type(ventas="58,214,360")
    key_comes(t.do("firmar.solicitud")).do("practica.comprobar", pregunta=signing.clave)
    assert not t.state.modo.attempt(signing).resuelta
    t.type(ventas="58,214")
    key_comes(t.do("firmar.solicitud"))
    t.do("practica.comprobar", pregunta=signing.clave)
    assert t.state.modo.attempt(signing).resuelta and t.state.modo.attempt(signing).puntos == 75
