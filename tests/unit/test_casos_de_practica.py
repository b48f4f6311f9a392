"""The training mode: its cases say what the program computes, and a learner is checked, explained and scored."""

import base64
import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

import alteraciones as al
from casos import PRACTICA
from llaves import make_rsa
from raoce.formato import redondear
from raoce.practica import SELLO, TYP
from raoce.verificacion import verify
from tramite import respuestas
from tramite.campos import CAMPOS, PANTALLAS
from tramite.caso import CasoInvalido, Tipo, from_folder, from_json, read, to_json
from tramite.practica import read_avance
from tramite.practicar import REFUSED
from tramites import Tramite

CASOS = from_folder(PRACTICA)
PREGUNTAS = [(caso, pregunta) for caso in CASOS for pregunta in caso.preguntas]
each_question = pytest.mark.parametrize(("caso", "pregunta"), PREGUNTAS, ids=lambda x: getattr(x, "id", "") or x.clave)


# -- the cases


def test_the_cases_cover_every_mistake_that_filers_make():
    assert len(CASOS) >= 15
    assert {tema for caso in CASOS for tema in caso.temas} == set(range(1, 15))
    assert len({c.titulo for c in CASOS}) == len({c.orden for c in CASOS}) == len(CASOS)
    assert {p.tipo for _, p in PREGUNTAS} == set(Tipo)
    assert {c.abierto for c in CASOS} == {True, False}


@pytest.mark.parametrize("caso", CASOS, ids=lambda c: c.id)
def test_the_form_of_a_case_can_be_read(caso):
    captured = {k for p in caso.preguntas if p.tipo is Tipo.CAPTURA for k in p.respuesta}
    wrong = caso.evaluacion.errores.keys() - captured
    assert not wrong - {"exportaciones"}, "only what the learner mends may be wrong"
    assert caso.evaluacion.programas or not any(p.figura for p in caso.preguntas)


@each_question
def test_the_program_answers_as_the_case_does(caso, pregunta):
    found = caso.figure_of(pregunta)
    if found is None:
        return
    valor = found.valor
    if pregunta.tipo is Tipo.DECIMAL:
        valor = redondear(Decimal(valor), pregunta.decimales)
    assert valor == pregunta.respuesta
    assert found.explicacion.reglas


def typed(pregunta, respuesta):
    """The events by which a learner gives an answer, as the fields of the exercise hold it."""
    field = respuestas.field_of(pregunta)
    match pregunta.tipo:
        case Tipo.OPCIONES:
            return {respuestas.field_of(pregunta, o): "si" if o in respuesta else "" for o in pregunta.opciones}
        case Tipo.CAPTURA:
            return dict(respuesta)
        case Tipo.FECHA:
            return {field: respuesta.isoformat()}
        case Tipo.CANTIDAD:
            return {field: f"{respuesta:,}"}
        case _:
            return {field: str(respuesta)}


def practise(id, **event):
    t = Tramite(f"?modo=practica&caso={id}", **event)
    return t.do("casos-de-practica", clave="practica", texto=to_json(PRACTICA))


def key_comes(t):
    """The page answers the wish for a key, and signs with it."""
    private = make_rsa(2048, "practica")
    numbers = private.public_key().public_numbers()
    jwk = {
        "n": al.encode(numbers.n.to_bytes(256, "big")),
        "e": al.encode(numbers.e.to_bytes(3, "big")),
    }
    t.do("llave-de-practica", llave=jwk, evento=t.effect("crear-llave")["evento"])
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import padding

    data = base64.b64decode(t.effect("firmar-en-practica")["entrada"])
    signature = private.sign(data, padding.PKCS1v15(), hashes.SHA256())
    return t.do("firmado", firma=base64.b64encode(signature).decode())


@pytest.mark.parametrize("caso", CASOS, ids=lambda c: c.id)
def test_each_case_is_solved_with_its_own_answers_and_each_trap_is_a_trap(caso):
    t = practise(caso.id)
    for pregunta in caso.preguntas:
        for trampa in pregunta.trampas:
            # In the form only what is mistaken differs from what is right.
            mistaken = pregunta.respuesta | trampa.respuesta if pregunta.tipo is Tipo.CAPTURA else trampa.respuesta
            t.type(**typed(pregunta, mistaken)).do("comprobar-respuesta", pregunta=pregunta.clave)
            intento = t.state.practica.attempt(pregunta)
            assert intento.mensaje == trampa.texto and not intento.resuelta, (pregunta.clave, intento)
        if pregunta.tipo is Tipo.FIRMA:
            key_comes(t.do("firmar"))
        else:
            t.type(**typed(pregunta, pregunta.respuesta))
        t.do("comprobar-respuesta", pregunta=pregunta.clave)
        assert t.state.practica.attempt(pregunta).resuelta, pregunta.clave
        assert pregunta.explicacion.strip().split("\n")[0] in t.html.replace("&#39;", "'").replace("&#34;", '"')
    assert t.state.practica.terminada
    assert 'id="puntaje"' in t.html


def test_the_page_gets_the_cases_as_they_are_written():
    assert from_json(to_json(PRACTICA)) == CASOS


# -- one case of our own

UNO = {
    "titulo": "Uno", "orden": 1, "temas": [1], "nivel": "básico", "fecha": "2024-04-15", "formulario": "al-terminar",
    "texto": "Primero.\n\nSegundo.",
    "borrador": {"ejercicio": "2023", "programa-PROSEC": "si", "modalidad-PROSEC": "productor-directo"},
    "preguntas": [
        {
            "clave": "limite", "tipo": "fecha", "pregunta": "¿Cuándo?", "respuesta": "2024-04-30",
            "figura": "plazos.PROSEC.limite", "explicacion": "Porque sí.", "pistas": ["Una.", "Dos."],
            "trampas": [{"respuesta": "2024-05-31", "texto": "Esa es de IMMEX."}],
        },
        {
            "clave": "saldo", "tipo": "cantidad", "pregunta": "¿Cuánto?", "respuesta": -1500, "explicacion": "b − c.",
            "reglas": ["balanza.saldo"], "pistas": ["Resta."],
        },
    ],
}  # fmt: skip
EMPRESA = {"rfc": "EKU9003173C9"}


def open_one(query="?modo=practica&caso=uno", caso=UNO, **event):
    t = Tramite(query, **event)
    asked = t.effect("traer")
    assert asked["archivo"] == "static/data/practica.json"
    return t.do(asked["evento"], texto=json.dumps({"_empresa": EMPRESA, "uno": caso, "dos": caso | {"orden": 2}}))


def test_today_is_the_day_of_the_case_and_the_form_is_its_company():
    t = open_one()
    assert t.state.hoy == date(2024, 4, 15) and t.state.evaluacion.consulta == date(2024, 4, 15)
    assert t.draft["rfc"] == "EKU9003173C9" and t.draft["programa-PROSEC"] == "si"
    t.do("pausa", campo="x")
    assert t.state.hoy == date(2024, 4, 15)


def test_nothing_is_looked_for_on_the_device_nor_left_there():
    kept = {"indice": {"actual": "1", "otros": []}, "borrador/1": {"campos": {"rfc": "OTRO"}, "modificado": ""}}
    t = open_one(registro=kept)
    assert "OTRO" not in str(t.state)
    for event in (
        ("cambio", {"valores": {"respuesta-limite": "2024-04-30", "ventas": "5"}}),
        ("comprobar-respuesta", {"pregunta": "limite"}),
        ("elegir-caso", {"caso": "dos"}),
    ):
        t.do(event[0], **event[1])
        assert not any(e["tipo"] in ("guardar", "borrar") for e in t.effects)


def test_a_right_answer_is_explained_with_rule_and_source():
    t = open_one().type(**{"respuesta-limite": "2024-04-30"}).do("comprobar-respuesta", pregunta="limite")
    assert t.effect("enfocar")["id"] == "resultado-limite"
    for text in ("Correcto.", "Porque sí.", "último día hábil de abril", "Guía RAOCE 2024", "100 de 100"):
        assert text in t.html
    assert "Última oportunidad" not in t.html


def test_a_wrong_answer_costs_and_says_what_was_mistaken_and_never_the_right_one():
    t = open_one().type(**{"respuesta-limite": "2024-05-31"}).do("comprobar-respuesta", pregunta="limite")
    assert "Esa es de IMMEX." in t.html and "30 de abril" not in t.html
    t.do("pedir-pista", pregunta="limite")
    assert "Una." in t.html and "Dos." not in t.html and "Esa es de IMMEX." in t.html
    t.type(**{"respuesta-limite": "2024-04-30"}).do("comprobar-respuesta", pregunta="limite")
    assert t.state.practica.attempt(t.state.practica.caso["limite"]).puntos == 50
    assert t.state.practica.puntos == 25 and not t.state.practica.terminada


@pytest.mark.parametrize(
    ("texto", "frase"),
    [("", "Escribe o elige"), ("?", "Esa fecha no existe"), ("2024-02-31", "Esa fecha no existe")],
)
def test_what_cannot_be_read_is_said_and_costs_nothing(texto, frase):
    t = open_one().type(**{"respuesta-limite": texto}).do("comprobar-respuesta", pregunta="limite")
    assert frase in t.html and t.state.practica.attempt(t.state.practica.caso["limite"]).fallos == 0


@pytest.mark.parametrize("texto", ["-1500", "−1,500", "- 1,500", "-1 500"])
def test_a_negative_amount_is_read_as_people_write_it(texto):
    t = open_one().type(**{"respuesta-saldo": texto}).do("comprobar-respuesta", pregunta="saldo")
    assert t.state.practica.attempt(t.state.practica.caso["saldo"]).resuelta


def test_an_answer_that_was_shown_is_worth_nothing_and_the_rest_goes_on():
    t = open_one().do("mostrar-respuesta", pregunta="limite")
    assert "La respuesta es:" in t.html and "martes 30 de abril de 2024" in t.html
    t.type(**{"respuesta-limite": "2024-04-30"}).do("comprobar-respuesta", pregunta="limite")
    t.type(**{"respuesta-saldo": "-1500"}).do("comprobar-respuesta", pregunta="saldo")
    assert t.state.practica.terminada and t.state.practica.puntos == 50
    t.do("reintentar-caso")
    assert t.state.practica.resueltas == 0 and "2024-04-30" not in t.html


def test_how_far_one_has_come_outlives_a_reload_and_not_a_new_beginning():
    t = open_one().do("comprobar-respuesta", pregunta="limite")
    assert "avance" not in t.effect("direccion")["busqueda"]
    t.type(**{"respuesta-limite": "2024-04-30"}).do("comprobar-respuesta", pregunta="limite")
    address = t.effect("direccion")
    assert address["reemplazar"] and address["busqueda"].endswith("&caso=uno&avance=limite.0.0.s")
    again = open_one(address["busqueda"] + "&modo=practica")
    assert again.state.practica.resueltas == 1
    assert "avance" not in again.do("reintentar-caso").effect("direccion")["busqueda"]


def test_a_question_shows_when_the_one_before_is_done_with():
    t = open_one()
    assert "¿Cuándo?" in t.html and "¿Cuánto?" not in t.html and "Pregunta 1 de 2" in t.html
    t.do("mostrar-respuesta", pregunta="limite")
    assert "¿Cuándo?" in t.html and "¿Cuánto?" in t.html


def test_the_form_opens_when_the_case_is_finished():
    t = open_one().do("ir", pantalla="datos")
    assert t.state.pantalla == "practica" and 'aria-label="Pasos"' not in t.html
    for pregunta in ("limite", "saldo"):
        t.do("mostrar-respuesta", pregunta=pregunta)
    assert t.do("ir", pantalla="datos").state.pantalla == "datos"
    for pantalla in ("verificar", "borradores", "incrustar"):
        assert t.do("ir", pantalla=pantalla).state.pantalla == "datos"
    assert "Guardar borrador" not in t.html and "Borrar todo" not in t.html


@pytest.mark.parametrize("event", sorted(REFUSED))
def test_what_is_about_the_device_or_real_files_does_nothing_in_practice(event):
    t = open_one(caso=UNO | {"formulario": "abierto"})
    before = t.state
    assert t.do(event, texto="{}", nombre="x", contenido="", archivos=[]).effects == () and t.state == before


def test_the_mark_is_on_every_screen():
    t = open_one(caso=UNO | {"formulario": "abierto"})
    for pantalla in (*PANTALLAS, "practica", "captura", "corregir", "solucionario"):
        t.do("ir", pantalla=pantalla)
        assert t.state.pantalla == pantalla and f">{SELLO}</aside>" in t.html
    assert SELLO not in Tramite("?pantalla=datos").html


@pytest.mark.parametrize("query", ["?modo=practica", "?modo=practica&caso=tres"])
def test_without_a_case_there_is_the_list(query):
    t = open_one(query)
    assert 'data-caso="uno"' in t.html and ("tres" in query) == ("El caso «tres» no existe" in t.html)
    t.do("elegir-caso", caso="dos")
    assert t.state.practica.id == "dos" and t.effect("direccion")["busqueda"] == "?pantalla=practica&caso=dos"
    t.do("ir", pantalla="practica", caso="uno", historial=True)
    assert t.state.practica.id == "uno"


def test_cases_that_do_not_come_are_said():
    t = Tramite("?modo=practica&caso=uno").do("casos-de-practica", fallo=True)
    assert "No se pudieron traer los casos" in t.html


def test_the_list_outside_of_practice_leads_into_it():
    t = Tramite("?pantalla=practica")
    assert t.effect("traer")["evento"] == "casos-de-practica"
    t.do("casos-de-practica", texto=json.dumps({"_empresa": EMPRESA, "uno": UNO}))
    assert '<a href="?modo=practica&amp;caso=uno">Uno</a>' in t.html and SELLO not in t.html


def test_the_sheet_of_the_teacher():
    t = Tramite("?pantalla=solucionario").do("casos-de-practica", texto=to_json(PRACTICA))
    assert all(caso.titulo in t.html.replace("&#39;", "'") for caso in CASOS) and SELLO in t.html
    assert "Respuesta:" not in t.html
    t.type(hoja_soluciones="si")
    assert t.html.count("Respuesta:") == len(PREGUNTAS)
    t.type(hoja_caso=CASOS[0].id)
    assert t.html.count("Respuesta:") == len(CASOS[0].preguntas)


# -- the host


def told(t):
    return [e["datos"] for e in t.effects if e["tipo"] == "avisar" and e["aviso"] == "practica"]


def test_the_host_is_told_how_far_the_learner_is_and_can_bring_it_back():
    t = open_one("?modo=practica&caso=uno&incrustado=1")
    assert told(t) == [
        {"caso": "uno", "terminado": False, "puntos": 0, "preguntas": 2, "resueltas": 0, "avance": ""}
    ]  # fmt: skip
    t.do("pedir-pista", pregunta="limite").type(**{"respuesta-limite": "2024-04-30"})
    assert told(t) == []
    t.do("comprobar-respuesta", pregunta="limite").do("mostrar-respuesta", pregunta="saldo")
    (said,) = told(t)
    assert said == {"caso": "uno", "terminado": True, "puntos": 37, "preguntas": 2, "resueltas": 2,
                    "avance": "limite.0.1.s_saldo.0.0.m"}  # fmt: skip
    again = open_one(f"?modo=practica&caso=uno&incrustado=1&avance={said['avance']}")
    assert told(again) == [said] and again.state.practica.terminada
    assert not any(e["tipo"] == "avisar" and e["aviso"] == "estado" for e in again.effects)


def test_a_host_that_asked_for_one_case_gets_no_other():
    t = open_one("?modo=practica&caso=uno&incrustado=1")
    assert "Todos los casos" not in t.html and t.do("elegir-caso", caso="dos").state.practica.id == "uno"
    assert t.do("reintentar-caso").state.practica.id == "uno"
    listed = open_one("?modo=practica&incrustado=1").do("elegir-caso", caso="dos")
    assert listed.state.practica.id == "dos" and "Todos los casos" in listed.html


@pytest.mark.parametrize("avance", ["x", "otra.0.0.s", "limite.0.0.z", "limite.-1.0.s", "limite.0.0.s_", "<b>"])
def test_what_was_kept_of_another_case_is_said_and_ignored(avance):
    t = open_one(f"?modo=practica&caso=uno&avance={avance}")
    if avance == "limite.0.0.s_":
        assert t.state.practica.resueltas == 1
        return
    assert t.state.practica.resueltas == 0 and t.codes == ["parametro-malo"] and "desde el principio" in t.html


@each_question
def test_how_far_one_is_fits_where_it_is_kept(caso, pregunta):
    longest = "_".join(f"{p.clave}.999.{len(p.pistas)}.s" for p in caso.preguntas)
    assert len(longest) < 2000 and read_avance(longest, caso)[pregunta.clave].resuelta


# -- signing


def capture_all():
    """The case of the whole report, with all that the learner captures."""
    t = practise("reporte-completo")
    for pregunta in t.state.practica.caso.preguntas:
        if pregunta.tipo is Tipo.CAPTURA:
            t.type(**pregunta.respuesta)
    return t


def test_the_request_of_practice_is_signed_and_never_passes_for_a_report():
    t = capture_all()
    assert t.state.evaluacion.completo
    t.do("ir", pantalla="firmar")
    assert "e.firma" in t.html and 'type="file"' not in t.html
    t = key_comes(t.do("firmar"))
    assert "Firmó la llave de práctica" in t.html
    t.do("descargar-solicitud")
    saved = t.effect("descargar")
    assert saved["nombre"].startswith("EJERCICIO_RAOCE_")
    members = json.loads(saved["texto"])
    assert json.loads(al.decode(members["protected"]))["typ"] == TYP
    payload = json.loads(al.decode(members["payload"]))
    assert payload["aviso"] == SELLO and payload["formato"] == "raoce-practica/1" and payload["datos"]["saldo"]
    found = verify(saved["texto"].encode(), (), al.GENERADO)
    assert found.veredicto == "no-es-reporte" and found["tipo"].codigo == "tipo-practica"


def test_its_content_signed_by_an_efirma_is_no_report_either():
    t = key_comes(capture_all().do("firmar"))
    payload = al.decode(json.loads(t.state.firma.jws)["payload"])
    found = verify(al.sign(payload), (), al.GENERADO)
    assert found.veredicto == "no-es-reporte"


def test_a_signature_of_another_key_is_refused():
    t = key_comes(capture_all().do("firmar"))
    assert t.state.firma.jws
    t.type(ventas="999,999").do("firmar").do("firmado", firma=base64.b64encode(b"x" * 256).decode())
    assert t.state.firma.jws is None and t.state.firma.fallo.codigo == "firma-no-corresponde"


# -- cases badly written


@pytest.mark.parametrize(
    "change",
    [
        {"nivel": "experto"},
        {"preguntas": []},
        {"borrador": {"ventaz": "1"}},
        {"fecha": "ayer"},
        {"preguntas": [UNO["preguntas"][0] | {"figura": "plazos.IMMEX.limite"}]},
        {"preguntas": [UNO["preguntas"][0] | {"figura": ""}]},
        {"preguntas": [UNO["preguntas"][0] | {"pistas": []}]},
        {"preguntas": [UNO["preguntas"][0] | {"trampas": [{"respuesta": "2024-04-30", "texto": "x"}]}]},
        {"preguntas": [UNO["preguntas"][0] | {"tipo": "captura", "respuesta": {"ventas": "1"}}]},
        {"preguntas": [UNO["preguntas"][1] | {"reglas": ["balanza.nada"]}]},
        {"preguntas": [UNO["preguntas"][1] | {"tipo": "opcion", "respuesta": "c", "opciones": [["a", "A"]]}]},
        {"preguntas": [UNO["preguntas"][0], UNO["preguntas"][0]]},
    ],
    ids=str,
)
def test_a_case_badly_written_stops_the_build(change):
    with pytest.raises(CasoInvalido):
        read("uno", UNO | change, EMPRESA)


def test_the_fields_of_the_company_are_those_of_the_form():
    empresa = CASOS[0].borrador
    for campo in CAMPOS.values():
        if campo.pantalla == "solicitante" and campo.obligatorio:
            campo.parse(empresa[campo.clave])


def test_files_that_are_no_cases_are_not_taken_for_cases():
    assert "_empresa" not in {c.id for c in CASOS}
    assert {c.id for c in CASOS} == {p.stem for p in Path(PRACTICA).glob("*.toml")} - {"_empresa"}
