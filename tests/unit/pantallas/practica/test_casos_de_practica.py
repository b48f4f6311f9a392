"""The cases of practice: they say what the program computes, and each can be solved."""

from decimal import Decimal
from pathlib import Path

import pytest

from aprendiz import EMPRESA, UNO, key_comes, practise
from casos import PRACTICA
from pantallas.practica import respuestas
from pantallas.practica.avance import read_avance
from raoce.base.formato import redondear
from tramite.casos.caso import CasoInvalido, Tipo, from_folder, from_json, read, to_json
from tramite.formulario.campos import CAMPOS

CASOS = from_folder(PRACTICA)
PREGUNTAS = [(caso, pregunta) for caso in CASOS for pregunta in caso.preguntas]
each_question = pytest.mark.parametrize(("caso", "pregunta"), PREGUNTAS, ids=lambda x: getattr(x, "id", "") or x.clave)


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


@pytest.mark.parametrize("caso", CASOS, ids=lambda c: c.id)
def test_each_case_is_solved_with_its_own_answers_and_each_trap_is_a_trap(caso):
    t = practise(caso.id)
    for pregunta in caso.preguntas:
        for trampa in pregunta.trampas:
            # In the form only what is mistaken differs from what is right.
            mistaken = pregunta.respuesta | trampa.respuesta if pregunta.tipo is Tipo.CAPTURA else trampa.respuesta
            t.type(**typed(pregunta, mistaken)).do("practica.comprobar", pregunta=pregunta.clave)
            intento = t.state.modo.attempt(pregunta)
            assert intento.mensaje == trampa.texto and not intento.resuelta, (pregunta.clave, intento)
        if pregunta.tipo is Tipo.FIRMA:
            key_comes(t.do("firmar.solicitud"))
        else:
            t.type(**typed(pregunta, pregunta.respuesta))
        t.do("practica.comprobar", pregunta=pregunta.clave)
        assert t.state.modo.attempt(pregunta).resuelta, pregunta.clave
        assert pregunta.explicacion.strip().split("\n")[0] in t.html.replace("&#39;", "'").replace("&#34;", '"')
    assert t.state.modo.terminada
    assert 'id="puntaje"' in t.html


def test_the_page_gets_the_cases_as_they_are_written():
    assert from_json(to_json(PRACTICA)) == CASOS


@each_question
def test_how_far_one_is_fits_where_it_is_kept(caso, pregunta):
    longest = "_".join(f"{p.clave}.999.{len(p.pistas)}.s" for p in caso.preguntas)
    assert len(longest) < 2000 and read_avance(longest, caso)[pregunta.clave].resuelta


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
