"""Where a learner is: what the address asks for and says, going away and coming back, what the host is told."""

import re
from html import unescape

import pytest

from aprendiz import UNO, open_one, practise
from casos import PRACTICA
from tramite.casos.caso import Tipo, from_folder
from tramite.pantallas import PANTALLAS
from tramites import Tramite

CASOS_POR_ID = {c.id: c for c in from_folder(PRACTICA)}
WHOLE = CASOS_POR_ID["reporte-completo"]


def test_how_far_one_has_come_outlives_a_reload_and_not_a_new_beginning():
    t = open_one().do("practica.comprobar", pregunta="limite")
    assert "avance" not in t.effect("direccion")["busqueda"]
    t.type(**{"respuesta-limite": "2024-04-30"}).do("practica.comprobar", pregunta="limite")
    address = t.effect("direccion")
    assert address["reemplazar"] and address["busqueda"].endswith("&caso=uno&avance=limite.0.0.s")
    again = open_one(address["busqueda"] + "&modo=practica")
    assert again.state.modo.resueltas == 1
    assert "avance" not in again.do("practica.reintentar").effect("direccion")["busqueda"]


@pytest.mark.parametrize("more", ["", "&incrustado=1"])
def test_no_link_leaves_the_practice_when_it_is_opened_in_another_tab(more):
    t = practise(f"en-pesos{more}").do("practica.mostrar", pregunta=CASOS_POR_ID["en-pesos"].preguntas[0].clave)
    for pantalla in ("practica", *PANTALLAS, "captura", "corregir"):
        t.do("ir", pantalla=pantalla)
        links = [unescape(link) for link in re.findall(r'href="(\?[^"]*)"', t.html)]
        leaving = [link for link in links if "modo=practica" not in link or more not in link]
        assert len(links) > 5 and leaving == ([] if more else ["?"])
        assert any("caso=en-pesos&avance=" in link and link.endswith("&pantalla=datos") for link in links)


def test_a_screen_out_of_place_is_said():
    t = open_one("?modo=practica&caso=uno&pantalla=datos")
    assert t.state.pantalla == "practica" and t.codes == ["parametro-sin-efecto"] and "«pantalla»" in t.html
    assert open_one("?modo=practica&caso=uno&pantalla=practica").codes == []


@pytest.mark.parametrize("query", ["?modo=practica", "?modo=practica&caso=tres"])
def test_without_a_case_there_is_the_list(query):
    t = open_one(query)
    assert 'data-caso="uno"' in t.html and ("tres" in query) == ("El caso «tres» no existe" in t.html)
    t.do("practica.elegir", caso="dos")
    assert t.state.modo.id == "dos" and t.effect("direccion")["busqueda"] == "?pantalla=practica&caso=dos"
    t.do("historial", busqueda="?modo=practica&pantalla=practica&caso=uno")
    assert t.state.modo.id == "uno"


@pytest.mark.parametrize("pantalla", ["", "&pantalla=firmar"])
def test_cases_that_do_not_come_are_said_and_a_reload_asks_for_the_same(pantalla):
    t = Tramite(f"?modo=practica&caso=uno&avance=limite.0.0.s{pantalla}")
    assert "Preparando los casos" in t.html and 'aria-label="Pasos"' not in t.html
    t.do("practica.casos", fallo=True)
    assert "No se pudieron traer los casos" in t.html and "Preparando los casos" not in t.html
    t.do("ir", pantalla="practica")
    again = t.effect("direccion")["busqueda"]
    assert "caso=uno" in again and "avance=limite.0.0.s" in again and pantalla in again.replace("?", "&")


def test_an_unknown_case_in_a_frame_shows_no_other():
    t = open_one("?modo=practica&caso=tres&incrustado=1")
    assert "El caso «tres» no existe. Avisa a quien publicó" in t.html
    assert 'data-caso="uno"' not in t.html and "Todos los casos" not in t.html
    assert t.do("practica.elegir", caso="uno").state.modo.id == ""


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
    assert not Tramite("?modo=x&modo=practica").state.modo.nombre
    assert Tramite("?modo=practica&modo=x").state.modo.nombre


def do_half(t):
    """The first question solved with a hint, and something typed for the second."""
    t.do("practica.pista", pregunta="limite").type(**{"respuesta-limite": "2024-04-30"})
    return t.do("practica.comprobar", pregunta="limite").type(**{"respuesta-saldo": "-1"})


def is_half_done(t):
    practica = t.state.modo
    return practica.id == "uno" and practica.resueltas == 1 and 'value="-1"' in t.html


def test_a_case_left_for_the_list_is_as_it_was_when_one_comes_back():
    t = do_half(open_one())
    t.do("practica.elegir", caso="")
    assert t.state.modo.id == "" and "¿Cuándo?" not in t.html
    t.do("historial", busqueda="?modo=practica&pantalla=practica&caso=uno&avance=limite.0.1.s")
    assert is_half_done(t) and "avance=limite.0.1.s" in t.effect("direccion")["busqueda"]
    assert is_half_done(t.do("practica.elegir", caso="dos").do("practica.elegir", caso="uno"))


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
    assert t.do("historial", busqueda="").state.pantalla == "inicio"


def test_a_case_finished_before_a_reload_has_its_points_in_the_list():
    t = open_one("?modo=practica&caso=uno&avance=limite.0.0.s_saldo.1.0.s")
    t.do("practica.elegir", caso="")
    assert "87 de 100" in t.html
    t.do("practica.elegir", caso="uno").do("practica.reintentar").do("practica.elegir", caso="")
    assert "87 de 100" in t.html


def test_what_was_captured_before_a_reload_is_in_the_form_again():
    captured = next(p for p in WHOLE.preguntas if p.tipo is Tipo.CAPTURA)
    solved = practise(f"{WHOLE.id}&avance={captured.clave}.0.0.s")
    assert solved.draft.items() >= captured.respuesta.items()
    shown = practise(f"{WHOLE.id}&avance={captured.clave}.0.0.m")
    assert shown.draft.items() >= captured.respuesta.items()


def told(t):
    return [e["datos"] for e in t.effects if e["tipo"] == "avisar" and e["aviso"] == "practica"]


def test_the_host_is_told_how_far_the_learner_is_and_can_bring_it_back():
    t = open_one("?modo=practica&caso=uno&incrustado=1")
    assert told(t) == [
        {"caso": "uno", "terminado": False, "puntos": 0, "preguntas": 2, "resueltas": 0, "avance": ""}
    ]  # fmt: skip
    t.do("practica.pista", pregunta="limite").type(**{"respuesta-limite": "2024-04-30"})
    assert told(t) == []
    t.do("practica.comprobar", pregunta="limite").do("practica.mostrar", pregunta="saldo")
    (said,) = told(t)
    assert said == {"caso": "uno", "terminado": True, "puntos": 37, "preguntas": 2, "resueltas": 2,
                    "avance": "limite.0.1.s_saldo.0.0.m"}  # fmt: skip
    again = open_one(f"?modo=practica&caso=uno&incrustado=1&avance={said['avance']}")
    assert told(again) == [said] and again.state.modo.terminada
    assert not any(e["tipo"] == "avisar" and e["aviso"] == "estado" for e in again.effects)


def test_a_host_that_asked_for_one_case_gets_no_other():
    t = open_one("?modo=practica&caso=uno&incrustado=1")
    assert "Todos los casos" not in t.html and t.do("practica.elegir", caso="dos").state.modo.id == "uno"
    assert t.do("practica.reintentar").state.modo.id == "uno"
    listed = open_one("?modo=practica&incrustado=1").do("practica.elegir", caso="dos")
    assert listed.state.modo.id == "dos" and "Todos los casos" in listed.html


@pytest.mark.parametrize("avance", ["x", "otra.0.0.s", "limite.0.0.z", "limite.-1.0.s", "limite.0.0.s_", "<b>"])
def test_what_was_kept_of_another_case_is_said_and_ignored(avance):
    t = open_one(f"?modo=practica&caso=uno&avance={avance}")
    if avance == "limite.0.0.s_":
        assert t.state.modo.resueltas == 1
        return
    assert t.state.modo.resueltas == 0 and t.codes == ["parametro-malo"] and "desde el principio" in t.html
