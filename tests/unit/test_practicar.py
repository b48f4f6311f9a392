"""The training mode: a learner is checked, explained and scored, goes away and comes back; the host is told."""

import json
import re
from datetime import date
from html import unescape

import pytest

from aprendiz import EMPRESA, UNO, open_one, practise
from casos import PRACTICA
from raoce.practica import SELLO
from tramite.campos import PANTALLAS
from tramite.caso import Tipo, from_folder, to_json
from tramite.practicar import REFUSED
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
    assert t.effect("enfocar")["id"] == "respuesta-limite"


def test_the_same_wrong_answer_costs_once():
    t = open_one()
    for wrong, fallos in [("2024-05-31", 1), ("2024-05-31", 1), ("2024-06-03", 2), ("2024-05-31", 2)]:
        t.type(**{"respuesta-limite": wrong}).do("comprobar-respuesta", pregunta="limite")
        assert t.state.practica.attempt(t.state.practica.caso["limite"]).fallos == fallos and "Todavía no." in t.html


DECIMAL = UNO | {
    "preguntas": [
        {"clave": "x", "tipo": "decimal", "pregunta": "¿?", "respuesta": "1234.50", "explicacion": "-", "pistas": ["-"],
         "fuentes": UNO["preguntas"][0].get("fuentes", []), "reglas": ["balanza.digitos"]}
    ]
}  # fmt: skip


@pytest.mark.parametrize("texto", ["1234.5", "1,234.50", "1 234.50", "1234.50 %", "1234.501"])
def test_a_decimal_is_read_as_people_write_it(texto):
    t = open_one(caso=DECIMAL).type(**{"respuesta-x": texto}).do("comprobar-respuesta", pregunta="x")
    assert t.state.practica.terminada


@pytest.mark.parametrize("texto", ["1234,50", "27,50", "1_234.5", "1e3", "١٢٣٤.٥", "NaN", "1.234.50", "12,34.5", "abc"])
def test_what_is_no_decimal_costs_nothing(texto):
    t = open_one(caso=DECIMAL).type(**{"respuesta-x": texto}).do("comprobar-respuesta", pregunta="x")
    assert "con punto decimal" in t.html and t.state.practica.attempt(t.state.practica.caso["x"]).fallos == 0


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


@pytest.mark.parametrize("more", ["", "&incrustado=1"])
def test_no_link_leaves_the_practice_when_it_is_opened_in_another_tab(more):
    t = practise(f"en-pesos{more}").do("mostrar-respuesta", pregunta=CASOS_POR_ID["en-pesos"].preguntas[0].clave)
    for pantalla in ("practica", *PANTALLAS, "captura", "corregir"):
        t.do("ir", pantalla=pantalla)
        links = [unescape(link) for link in re.findall(r'href="(\?[^"]*)"', t.html)]
        leaving = [link for link in links if "modo=practica" not in link or more not in link]
        assert len(links) > 5 and leaving == ([] if more else ["?"])
        assert any("caso=en-pesos&avance=" in link and link.endswith("&pantalla=datos") for link in links)


def test_what_the_form_should_say_is_in_it_once_it_was_shown():
    t = practise(WHOLE.id)
    captured = next(p for p in WHOLE.preguntas if p.tipo is Tipo.CAPTURA)
    t.do("mostrar-respuesta", pregunta=captured.clave)
    assert t.draft.items() >= captured.respuesta.items() and t.state.evaluacion.completo


def test_a_screen_out_of_place_is_said():
    t = open_one("?modo=practica&caso=uno&pantalla=datos")
    assert t.state.pantalla == "practica" and t.codes == ["parametro-sin-efecto"] and "«pantalla»" in t.html
    assert open_one("?modo=practica&caso=uno&pantalla=practica").codes == []


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
    t.do("historial", busqueda="?modo=practica&pantalla=practica&caso=uno")
    assert t.state.practica.id == "uno"


@pytest.mark.parametrize("pantalla", ["", "&pantalla=firmar"])
def test_cases_that_do_not_come_are_said_and_a_reload_asks_for_the_same(pantalla):
    t = Tramite(f"?modo=practica&caso=uno&avance=limite.0.0.s{pantalla}")
    assert "Preparando los casos" in t.html and 'aria-label="Pasos"' not in t.html
    t.do("casos-de-practica", fallo=True)
    assert "No se pudieron traer los casos" in t.html and "Preparando los casos" not in t.html
    t.do("ir", pantalla="practica")
    again = t.effect("direccion")["busqueda"]
    assert "caso=uno" in again and "avance=limite.0.0.s" in again and pantalla in again.replace("?", "&")


def test_an_unknown_case_in_a_frame_shows_no_other():
    t = open_one("?modo=practica&caso=tres&incrustado=1")
    assert (
        "El caso «tres» no existe. Avisa a quien publicó" in t.html
        and 'data-caso="uno"' not in t.html
        and "Todos los casos" not in t.html
    )
    assert t.do("elegir-caso", caso="uno").state.practica.id == ""


def test_what_a_notice_repeats_of_a_link_is_short():
    long = "x" * 5000
    t = open_one(f"?modo=practica&caso={long}&lang={long}&{long}=1")
    assert t.codes == ["parametro-malo", "parametro-desconocido", "caso-desconocido"] and "x" * 100 not in t.html


@pytest.mark.parametrize(
    ("query", "useless"),
    [
        ("?modo=practica&caso=uno&ventas=5&programas=IMMEX", ["ventas", "programas"]),
        ("?caso=uno&avance=limite.0.0.s", ["caso", "avance"]),
        ("?modo=practica&pantalla=practica&incrustado=1&lang=es", []),
        ("?modo=practica&modo=otro", []),
    ],
)
def test_a_parameter_out_of_place_is_said(query, useless):
    t = Tramite(query)
    assert [a.datos["parametro"] for a in t.state.avisos if a.codigo == "parametro-sin-efecto"] == useless
    assert all(f"«{name}», que aquí no cuenta" in t.html for name in useless)


def test_of_a_parameter_that_comes_twice_the_first_counts_as_in_the_page():
    assert Tramite("?modo=x&modo=practica").state.practica is None
    assert Tramite("?modo=practica&modo=x").state.practica is not None


# -- leaving a case and coming back


def do_half(t):
    """The first question solved with a hint, and something typed for the second."""
    t.do("pedir-pista", pregunta="limite").type(**{"respuesta-limite": "2024-04-30"})
    return t.do("comprobar-respuesta", pregunta="limite").type(**{"respuesta-saldo": "-1"})


def is_half_done(t):
    practica = t.state.practica
    return practica.id == "uno" and practica.resueltas == 1 and 'value="-1"' in t.html


def test_a_case_left_for_the_list_is_as_it_was_when_one_comes_back():
    t = do_half(open_one())
    t.do("elegir-caso", caso="")
    assert t.state.practica.id == "" and "¿Cuándo?" not in t.html
    t.do("historial", busqueda="?modo=practica&pantalla=practica&caso=uno&avance=limite.0.1.s")
    assert is_half_done(t) and "avance=limite.0.1.s" in t.effect("direccion")["busqueda"]
    assert is_half_done(t.do("elegir-caso", caso="dos").do("elegir-caso", caso="uno"))


def test_going_back_within_a_case_undoes_nothing():
    t = do_half(open_one(caso=UNO | {"formulario": "abierto"})).do("ir", pantalla="datos")
    t.type(ventas="777")
    t.do("historial", busqueda="?modo=practica&pantalla=practica&caso=uno")
    assert t.state.pantalla == "practica" and is_half_done(t)
    assert t.effect("direccion")["reemplazar"] and "avance=limite.0.1.s" in t.effect("direccion")["busqueda"]
    t.do("historial", busqueda="?modo=practica&pantalla=datos&caso=uno")
    assert t.state.pantalla == "datos" and t.state.borrador["ventas"] == "777"


def test_a_jump_inside_the_page_moves_nothing():
    t = do_half(open_one()).do("historial", busqueda="?modo=practica&pantalla=practica&caso=uno")
    assert is_half_done(t) and [e["tipo"] for e in t.effects] == ["direccion"]


def test_outside_of_practice_back_shows_the_screen_of_the_address():
    t = Tramite("?pantalla=datos").do("ir", pantalla="firmar").do("historial", busqueda="?pantalla=datos")
    assert t.state.pantalla == "datos" and t.effect("enfocar")["id"] == "titulo"
    assert t.do("historial", busqueda="").state.pantalla == "plazos"


def test_a_case_finished_before_a_reload_has_its_points_in_the_list():
    t = open_one("?modo=practica&caso=uno&avance=limite.0.0.s_saldo.1.0.s")
    t.do("elegir-caso", caso="")
    assert "87 de 100" in t.html
    t.do("elegir-caso", caso="uno").do("reintentar-caso").do("elegir-caso", caso="")
    assert "87 de 100" in t.html


def test_what_was_captured_before_a_reload_is_in_the_form_again():
    captured = next(p for p in WHOLE.preguntas if p.tipo is Tipo.CAPTURA)
    solved = practise(f"{WHOLE.id}&avance={captured.clave}.0.0.s")
    assert solved.draft.items() >= captured.respuesta.items()
    shown = practise(f"{WHOLE.id}&avance={captured.clave}.0.0.m")
    assert shown.draft.items() >= captured.respuesta.items()


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
    assert t.html.count("Respuesta:") == sum(len(c.preguntas) for c in CASOS)
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
