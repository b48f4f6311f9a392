"""The cases of practice in English: the same cases, with every sentence said, and a learner who changes language."""

import json
import re
from dataclasses import replace
from html import escape
from io import BytesIO

import pytest

import idiomas
from aprendiz import practise
from casos import PRACTICA
from construir.idiomas.extraer import cases
from idiomas.salas import APARTE, catalogue_of, compile_catalogue
from ingles import spanish_in
from pantallas.comunes.casos import file_of
from pantallas.view import view
from tramite.casos.caso import EMPRESA, from_folder, from_json, read, to_json
from tramites import Tramite, codes, send

TABLES = json.loads(to_json(PRACTICA, "en"))
SPANISH = {c.id: c for c in from_folder(PRACTICA)}
# Read as the build reads the Spanish ones: with every check of a case.
ENGLISH = {id: read(id, t, TABLES[EMPRESA]) for id, t in TABLES.items() if id != EMPRESA}
SOURCES = sorted(PRACTICA.glob("*.toml"))
NAMES = "Iván Beltrán Sofía Lucía León Rentería Tomás Raúl Ríos"
SAME = {"pesos", "Pesos", "b ÷ a × 100."}
by_id = pytest.mark.parametrize("id", SPANISH)


def sentences(path):
    return [texto for _, _, texto, _ in cases(BytesIO(path.read_bytes()), None, None, {})]


def figures(texto):
    return sorted(re.findall(r"\d(?:[\d,.]*\d)?", texto))


def texts(caso):
    """All that a learner reads of a case, in its order, but for what is only figures and codes."""
    rows = (x for row in (caso.tabla.columnas, *caso.tabla.filas) for x in row) if caso.tabla else ()
    read = [caso.titulo, *caso.parrafos, *((caso.tabla.titulo, *rows) if caso.tabla else ())]
    for p in caso.preguntas:
        read += [p.pregunta, p.explicacion, *p.pistas, p.unidad, *p.opciones.values(), *(t.texto for t in p.trampas)]
    return read


def skeleton(caso):
    """What must not change with the language."""
    questions = [
        replace(
            p,
            pregunta="",
            explicacion="",
            unidad="",
            pistas=len(p.pistas),
            trampas=[t.respuesta for t in p.trampas],
            opciones=list(p.opciones),
        )
        for p in caso.preguntas
    ]
    shape = caso.tabla and (len(caso.tabla.columnas), [len(fila) for fila in caso.tabla.filas])
    return replace(
        caso, titulo="", parrafos=len(caso.parrafos), tabla=shape, preguntas=questions, idioma=""
    ).__dict__ | {"by_clave": None, "evaluacion": None}


@by_id
def test_a_case_has_the_same_keys_answers_and_data_in_english(id):
    assert skeleton(ENGLISH[id]) == skeleton(SPANISH[id])
    assert (ENGLISH[id].idioma, SPANISH[id].idioma) == ("en", "es")


@by_id
def test_nothing_that_is_read_in_a_case_stays_in_spanish(id):
    both = list(zip(texts(SPANISH[id]), texts(ENGLISH[id]), strict=True))
    assert len(both) > 20
    same = {es for es, en in both if es == en and re.search(r"[a-záéíóú]", es) and "@" not in es}
    assert same <= SAME


@by_id
def test_no_english_of_a_case_has_spanish_words_but_the_terms_listed(id):
    html = "".join(f"<p>{escape(texto)}</p>" for texto in texts(ENGLISH[id]))
    assert spanish_in(html, NAMES) == set()


def test_the_page_reads_them_in_the_same_order_and_no_two_have_one_title():
    assert [c.id for c in from_json(to_json(PRACTICA, "en"))] == list(SPANISH)
    assert len({c.titulo for c in ENGLISH.values()}) == len(SPANISH)


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: p.stem)
def test_every_sentence_is_said_in_english_with_the_same_figures(path):
    say = catalogue_of("en", "casos").gettext
    for texto in sentences(path):
        told = say(texto)
        assert told != texto or texto in SAME, texto
        assert figures(told) == figures(texto)
        assert not re.search(r"[«»¿¡]|\d %|  ", told), told


def test_only_what_a_learner_is_told_is_looked_for():
    found = {texto for path in SOURCES for texto in sentences(path)}
    assert sentences(PRACTICA / "_empresa.toml") == []
    data = {
        "ESCUELA KEMPER URGATE, S.A. DE C.V.",
        "ESCRITORIO DE MADERA",
        "Sinaloa",
        "básico",
        "abierto",
        "cumple",
        "RT",
    }
    assert not data & found
    assert {"La fecha límite de un PROSEC", "Miles de pesos", "¿Cuál es el saldo?", "Bodega"} <= found
    assert {m for m in found if "\n" in m} == set()


def test_the_sentences_of_the_cases_do_not_come_at_the_start():
    assert {"casos", "scorm"} == APARTE
    whole = compile_catalogue("en")
    assert b"PROSEC va solo" not in whole and b"RAOCE: casos" not in whole
    with idiomas.using("en"):
        assert idiomas.gettext("¿Cuál es el saldo?") == "¿Cuál es el saldo?"


def test_a_room_that_has_no_catalogue_is_not_taken_for_an_empty_one():
    with pytest.raises(FileNotFoundError):
        catalogue_of("en", "nada")


def speaking(state, idioma):
    """The state after the reader has changed the language, and the files that are then asked for."""
    after, found = send(state, "idioma", idioma=idioma)
    return after, [e["archivo"] for e in found if e["tipo"] == "traer"]


def come(state, idioma):
    return send(state, "practica.casos", clave="practica", texto=to_json(PRACTICA, idioma))[0]


def half_done():
    """A wrong answer that was foreseen in one case, and another case left with an answer and a draft of its own."""
    t = practise("en-pesos").type(ventas="48,733")
    first = SPANISH["en-pesos"].preguntas[0]
    t.do("practica.mostrar", pregunta=first.clave).do("practica.elegir", caso="altex-directo")
    t.type(**{"respuesta-porcentaje": "34.47"}).do("practica.comprobar", pregunta="porcentaje")
    assert "Restaste las importaciones." in t.html
    return t


def test_to_change_the_language_fetches_the_other_file_and_keeps_what_was_done():
    t = half_done()
    state, asked = speaking(t.state, "en")
    assert asked == ["static/data/practica.en.json"]
    assert "Restaste las importaciones." in view(state), "until they come, those that are there"
    state = come(state, "en")
    html = view(state)
    assert state.modo.caso is next(c for c in state.casos if c.id == "altex-directo")
    assert "The export commitment of an ALTEX" in html and "You subtracted the imports." in html
    assert "Restaste" not in html and 'value="34.47"' in html
    assert state.modo.attempt(state.modo.caso["porcentaje"]).fallos == 1
    assert state.borrador == t.state.borrador and state.pantalla == t.state.pantalla and state.avisos == ()
    # The same wrong answer costs no more in another language.
    state, _ = send(state, "practica.comprobar", pregunta="porcentaje")
    assert state.modo.attempt(state.modo.caso["porcentaje"]).fallos == 1

    state, _ = send(state, "practica.elegir", caso="en-pesos")
    assert state.modo.resueltas == 1 and state.borrador["ventas"] == "48,733"
    assert "From pesos to thousands of pesos" in view(state)


def test_back_to_spanish_it_is_as_it_was():
    t = half_done()
    state = come(speaking(t.state, "en")[0], "en")
    state, asked = speaking(state, "es")
    assert asked == ["static/data/practica.json"]
    state = come(state, "es")
    assert state.modo == replace(t.state.modo, caso=SPANISH["altex-directo"], dejados=state.modo.dejados)
    assert "Restaste las importaciones." in view(state)


def test_a_file_for_the_language_before_is_dropped():
    state = speaking(half_done().state, "en")[0]
    again, asked = speaking(state, "es")
    assert asked == [], "it has those"
    assert come(again, "en").casos == again.casos


def test_cases_that_come_first_in_another_language_are_better_than_none():
    t = Tramite("?modo=practica&caso=altex-directo")
    state, asked = speaking(t.state, "en")
    assert asked == [file_of("en")]
    state = come(state, "es")
    assert state.modo.id == "altex-directo" and "El compromiso de un ALTEX" in view(state)
    assert "The export commitment of an ALTEX" in view(come(state, "en"))


def test_when_the_other_file_does_not_come_the_cases_stay():
    t = half_done()
    state, _ = speaking(t.state, "en")
    state, effects = send(state, "practica.casos", clave="practica", fallo=True)
    assert codes(state) == ["casos-fallo"] and state.casos == t.state.casos and state.modo.id == "altex-directo"
    assert not [e for e in effects if e["tipo"] == "traer"], "not for ever again"


def test_a_file_of_another_version_that_lacks_the_case_leaves_it():
    state = speaking(half_done().state, "en")[0]
    fewer = {k: v for k, v in TABLES.items() if k != "altex-directo"}
    state, _ = send(state, "practica.casos", clave="practica", texto=json.dumps(fewer))
    assert state.modo.caso == SPANISH["altex-directo"] and len(state.casos) == len(SPANISH) - 1


@pytest.mark.parametrize("pantalla", ["practica", "solucionario", "incrustar"])
def test_the_lists_of_cases_are_fetched_in_the_language_too(pantalla):
    state = replace(Tramite("?lang=es").state, idioma="en")
    state, effects = send(state, "ir", pantalla=pantalla)
    assert [e["archivo"] for e in effects if e["tipo"] == "traer"] == ["static/data/practica.en.json"]
    state = come(state, "en")
    assert {c.idioma for c in state.casos} == {"en"} and "The deadline of a PROSEC" in view(state)
