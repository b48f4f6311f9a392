"""The training mode: a learner is checked, explained and scored, with the form of the case and nothing else."""

import json
from datetime import date

import pytest

from aprendiz import EMPRESA, UNO, open_one, practise
from casos import PRACTICA
from pantallas.declaradas import declared
from pantallas.practica.modo import REFUSED
from raoce.firma import SELLO
from tramite.casos.caso import Tipo, from_folder, to_json
from tramite.pantallas import PANTALLAS
from tramites import Tramite

CASOS = from_folder(PRACTICA)
CASOS_POR_ID = {c.id: c for c in CASOS}
WHOLE = CASOS_POR_ID["reporte-completo"]


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
        ("practica.comprobar", {"pregunta": "limite"}),
        ("practica.elegir", {"caso": "dos"}),
    ):
        t.do(event[0], **event[1])
        assert not any(e["tipo"] in ("guardar", "borrar") for e in t.effects)


def test_a_right_answer_is_explained_with_rule_and_source():
    t = open_one().type(**{"respuesta-limite": "2024-04-30"}).do("practica.comprobar", pregunta="limite")
    assert t.effect("enfocar")["id"] == "resultado-limite"
    for text in ("Correcto.", "Porque sí.", "último día hábil de abril", "Guía RAOCE 2024", "100 de 100"):
        assert text in t.html
    assert "Última oportunidad" not in t.html


def test_a_wrong_answer_costs_and_says_what_was_mistaken_and_never_the_right_one():
    t = open_one().type(**{"respuesta-limite": "2024-05-31"}).do("practica.comprobar", pregunta="limite")
    assert "Esa es de IMMEX." in t.html and "30 de abril" not in t.html
    t.do("practica.pista", pregunta="limite")
    assert "Una." in t.html and "Dos." not in t.html and "Esa es de IMMEX." in t.html
    t.type(**{"respuesta-limite": "2024-04-30"}).do("practica.comprobar", pregunta="limite")
    assert t.state.modo.attempt(t.state.modo.caso["limite"]).puntos == 50
    assert t.state.modo.puntos == 25 and not t.state.modo.terminada


@pytest.mark.parametrize(
    ("texto", "frase"),
    [("", "Escribe o elige"), ("?", "Esa fecha no existe"), ("2024-02-31", "Esa fecha no existe")],
)
def test_what_cannot_be_read_is_said_and_costs_nothing(texto, frase):
    t = open_one().type(**{"respuesta-limite": texto}).do("practica.comprobar", pregunta="limite")
    assert frase in t.html and t.state.modo.attempt(t.state.modo.caso["limite"]).fallos == 0
    assert t.effect("enfocar")["id"] == "respuesta-limite"


def test_the_same_wrong_answer_costs_once():
    t = open_one()
    for wrong, fallos in [("2024-05-31", 1), ("2024-05-31", 1), ("2024-06-03", 2), ("2024-05-31", 2)]:
        t.type(**{"respuesta-limite": wrong}).do("practica.comprobar", pregunta="limite")
        assert t.state.modo.attempt(t.state.modo.caso["limite"]).fallos == fallos and "Todavía no." in t.html


DECIMAL = UNO | {
    "preguntas": [
        {"clave": "x", "tipo": "decimal", "pregunta": "¿?", "respuesta": "1234.50", "explicacion": "-", "pistas": ["-"],
         "fuentes": UNO["preguntas"][0].get("fuentes", []), "reglas": ["balanza.digitos"]}
    ]
}  # fmt: skip


@pytest.mark.parametrize("texto", ["1234.5", "1,234.50", "1 234.50", "1234.50 %", "1234.501"])
def test_a_decimal_is_read_as_people_write_it(texto):
    t = open_one(caso=DECIMAL).type(**{"respuesta-x": texto}).do("practica.comprobar", pregunta="x")
    assert t.state.modo.terminada


@pytest.mark.parametrize("texto", ["1234,50", "27,50", "1_234.5", "1e3", "١٢٣٤.٥", "NaN", "1.234.50", "12,34.5", "abc"])
def test_what_is_no_decimal_costs_nothing(texto):
    t = open_one(caso=DECIMAL).type(**{"respuesta-x": texto}).do("practica.comprobar", pregunta="x")
    assert "con punto decimal" in t.html and t.state.modo.attempt(t.state.modo.caso["x"]).fallos == 0


@pytest.mark.parametrize("texto", ["-1500", "−1,500", "- 1,500", "-1 500"])
def test_a_negative_amount_is_read_as_people_write_it(texto):
    t = open_one().type(**{"respuesta-saldo": texto}).do("practica.comprobar", pregunta="saldo")
    assert t.state.modo.attempt(t.state.modo.caso["saldo"]).resuelta


def test_an_answer_that_was_shown_is_worth_nothing_and_the_rest_goes_on():
    t = open_one().do("practica.mostrar", pregunta="limite")
    assert "La respuesta es:" in t.html and "martes 30 de abril de 2024" in t.html
    t.type(**{"respuesta-limite": "2024-04-30"}).do("practica.comprobar", pregunta="limite")
    t.type(**{"respuesta-saldo": "-1500"}).do("practica.comprobar", pregunta="saldo")
    assert t.state.modo.terminada and t.state.modo.puntos == 50
    t.do("practica.reintentar")
    assert t.state.modo.resueltas == 0 and "2024-04-30" not in t.html


def test_a_question_shows_when_the_one_before_is_done_with():
    t = open_one()
    assert "¿Cuándo?" in t.html and "¿Cuánto?" not in t.html and "Pregunta 1 de 2" in t.html
    t.do("practica.mostrar", pregunta="limite")
    assert "¿Cuándo?" in t.html and "¿Cuánto?" in t.html


def test_the_form_opens_when_the_case_is_finished():
    t = open_one().do("ir", pantalla="datos")
    assert t.state.pantalla == "practica" and 'aria-label="Pasos"' not in t.html
    for pregunta in ("limite", "saldo"):
        t.do("practica.mostrar", pregunta=pregunta)
    assert t.do("ir", pantalla="datos").state.pantalla == "datos"
    for pantalla in ("verificar", "empresas", "incrustar"):
        assert t.do("ir", pantalla=pantalla).state.pantalla == "datos"
    assert "Guardar borrador" not in t.html and "Borrar todo" not in t.html


@pytest.mark.parametrize("event", [*sorted(REFUSED), *(f"empresas.{e}" for e in declared("empresas").eventos)])
def test_what_is_about_the_device_or_real_files_does_nothing_in_practice(event):
    t = open_one(caso=UNO | {"formulario": "abierto"})
    before = t.state
    assert t.do(event, texto="{}", nombre="x", contenido="", archivos=[]).effects == () and t.state == before


def test_what_the_form_should_say_is_in_it_once_it_was_shown():
    t = practise(WHOLE.id)
    captured = next(p for p in WHOLE.preguntas if p.tipo is Tipo.CAPTURA)
    t.do("practica.mostrar", pregunta=captured.clave)
    assert t.draft.items() >= captured.respuesta.items() and t.state.evaluacion.completo


def test_the_mark_is_on_every_screen():
    t = open_one(caso=UNO | {"formulario": "abierto"})
    for pantalla in (*PANTALLAS, "practica", "captura", "corregir", "solucionario"):
        t.do("ir", pantalla=pantalla)
        assert t.state.pantalla == pantalla and f">{SELLO}</aside>" in t.html
    assert SELLO not in Tramite("?pantalla=datos").html


def test_the_list_outside_of_practice_leads_into_it():
    t = Tramite("?pantalla=practica")
    assert t.effect("traer")["evento"] == "practica.casos"
    t.do("practica.casos", texto=json.dumps({"_empresa": EMPRESA, "uno": UNO}))
    assert '<a href="?modo=practica&amp;caso=uno">Uno</a>' in t.html and SELLO not in t.html


def test_the_sheet_of_the_teacher():
    t = Tramite("?pantalla=solucionario").do("practica.casos", texto=to_json(PRACTICA))
    assert all(caso.titulo in t.html.replace("&#39;", "'") for caso in CASOS) and SELLO in t.html
    assert "Respuesta:" not in t.html
    t.type(hoja_soluciones="si")
    assert t.html.count("Respuesta:") == sum(len(c.preguntas) for c in CASOS)
    t.type(hoja_caso=CASOS[0].id)
    assert t.html.count("Respuesta:") == len(CASOS[0].preguntas)
