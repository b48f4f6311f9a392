"""The cases that bring files: read by the real reader they give the figures of the case, and each mistake is told."""

import base64
import io
import zipfile
from dataclasses import replace

import pytest

from aprendiz import EMPRESA, UNO, practise
from casos import PRACTICA
from pantallas.archivos.estado import Archivos
from raoce.aduana import Eleccion, Lectura, calcular
from raoce.base.formato import in_thousands, miles
from raoce.facturas import LecturaCfdi
from raoce.facturas import calcular as add_up
from raoce.firma import SELLO
from tramite.casos.caso import CasoInvalido, Tipo, from_folder, read

CASOS = {c.id: c for c in from_folder(PRACTICA) if c.archivos}
VIRTUALES, AGREGADO, RECTIFICACION = (f"archivos-{name}" for name in ("virtuales", "valor-agregado", "rectificacion"))
each = pytest.mark.parametrize("caso", CASOS.values(), ids=lambda c: c.id)


def captured(caso):
    return next(p for p in caso.preguntas if p.tipo is Tipo.CAPTURA)


def read_pedimentos(caso, files=None):
    lectura = Lectura(caso.archivos.rfc, caso.evaluacion.ejercicio)
    for name, body in files or caso.archivos.data_stage(SELLO):
        list(lectura.leer(name, body))
    return lectura.pedimentos()


def read_facturas(caso, files=None):
    lectura = LecturaCfdi(caso.archivos.rfc, caso.evaluacion.ejercicio)
    for name, body in files or caso.archivos.cfdi(SELLO):
        list(lectura.leer(name, body))
    return lectura.facturas()


def exports(caso, **choices):
    pedimentos = read_pedimentos(caso)
    return calcular(pedimentos, replace(Eleccion.inicial(pedimentos), **choices))


def trap(caso, **respuesta):
    """What is said of these texts in the form."""
    return next(t.texto for t in captured(caso).trampas if t.respuesta == respuesta)


def test_there_are_three_and_each_answers_as_it_says():
    assert CASOS.keys() == {VIRTUALES, AGREGADO, RECTIFICACION}
    for caso in CASOS.values():
        right = exports(caso, consignacion=caso.id == AGREGADO)
        assert captured(caso).respuesta["exportaciones"] == miles(in_thousands(right.exportaciones)), caso.id
        assert not right.pedimentos.cuantos_problemas and right.huerfanas == 0


def test_the_virtual_ones_left_out():
    caso = CASOS[VIRTUALES]
    right, without = exports(caso), exports(caso, exportacion=frozenset({"RT", "A1"}))
    assert right.por_clave["2", "V1"] == caso["virtuales"].respuesta == 6_013_575
    assert (right.exportaciones, right.excluidos["clave"]) == (9_147_125, 1)
    assert miles(in_thousands(without.exportaciones)) == caso.borrador["exportaciones"] == "3,134"
    assert trap(caso, exportaciones="3,134").startswith("Faltan las exportaciones virtuales, las de clave V1")
    temporary = exports(caso, exportacion=frozenset({"RT", "A1", "V1", "BM"}))
    assert "BM" in trap(caso, exportaciones=miles(in_thousands(temporary.exportaciones)))
    received = right.exportaciones + right.por_clave["1", "V1"]
    assert "V1 de importación" in trap(caso, exportaciones=miles(in_thousands(received)))


def test_the_whole_value_in_place_of_the_value_added():
    caso = CASOS[AGREGADO]
    right, whole = exports(caso, consignacion=True), exports(caso)
    sales = add_up(read_facturas(caso))
    assert (right.exportaciones, whole.exportaciones) == (4_541_545, 25_550_250)
    # What is invoiced for the exports is their value added.
    assert (sales.exportado, sales.facturado) == (right.exportaciones, 9_094_845)
    assert captured(caso).respuesta["ventas"] == miles(in_thousands(sales.facturado))
    assert "solo el valor agregado" in trap(caso, exportaciones=miles(in_thousands(whole.exportaciones)))
    assert "en el país" in trap(caso, ventas=miles(in_thousands(sales.nacional)))
    assert whole.exportaciones > sales.facturado, "the mistake that VUCEM refuses"


def test_what_was_rectified_counted_too():
    caso = CASOS[RECTIFICACION]
    right, rows = exports(caso), caso.archivos.pedimentos
    assert (right.exportaciones, right.excluidos["rectificado"]) == (10_812_645, caso["fuera"].respuesta)
    assert {k for _, k in right.por_clave} == {"RT", "A1", "V1"}, "each under the key of its original"
    mistakes = {
        "los originales y también": sum(p.valor for p in rows),
        "los originales y no": sum(p.valor for p in rows if not p.rectifica),
        "Cuenta solo el último": right.exportaciones + next(p.valor for p in rows if p.numero == "3000306"),
        "Quitaste los originales y también los R1": sum(p.valor for p in rows if p.clave == "RT"),
    }
    for said, pesos in mistakes.items():
        assert said in trap(caso, exportaciones=miles(in_thousands(pesos)))


def open_files(caso):
    t = practise(caso.id).do("ir", pantalla="datos")
    assert "Calcular con mis archivos" in t.html
    return t.do("ir", pantalla="archivos")


def go_through(t, caso):
    """The questions before the one that is answered in the form."""
    for p in caso.preguntas:
        if p is captured(caso):
            return t
        t.do("practica.mostrar", pregunta=p.clave)


@each
def test_the_files_are_used_and_the_amounts_solve_the_question(caso):
    t = go_through(open_files(caso), caso)
    assert "Usar los archivos del caso" in t.html and t.state.pantalla == "archivos"
    seen = []
    t.do("archivos.del-caso")
    if caso.id == AGREGADO:
        t.type(consignacion="si")
    for name in ("archivos.usar", "archivos.deshacer", "archivos.usar"):
        t.do(name)
        seen += t.effects
    assert t.draft.items() >= captured(caso).respuesta.items()
    t.do("practica.comprobar", pregunta=captured(caso).clave)
    assert t.state.modo.attempt(captured(caso)).resuelta
    assert not [e for e in seen if e["tipo"] in ("guardar", "borrar")] and not t.kept


def test_the_classic_mistakes_are_told_as_they_are_made_on_the_screen():
    t = go_through(open_files(CASOS[VIRTUALES]), CASOS[VIRTUALES]).do("archivos.del-caso")
    t.type(**{"clave-2-V1": ""}).do("archivos.usar").do("practica.comprobar", pregunta="exportaciones")
    assert "Faltan las exportaciones virtuales" in t.do("ir", pantalla="practica").html
    t = go_through(open_files(CASOS[AGREGADO]), CASOS[AGREGADO]).do("archivos.del-caso").do("archivos.usar")
    assert t.draft["exportaciones"] == "25,550" and "exportaciones" in t.state.evaluacion.errores
    t.do("practica.comprobar", pregunta="cantidades").do("ir", pantalla="practica")
    assert "solo el valor agregado" in t.html


@each
def test_what_is_downloaded_is_read_as_what_a_company_has(caso):
    t = open_files(caso).do("archivos.descargar-del-caso")
    file = t.effect("descargar")
    assert file["nombre"] == f"EJERCICIO_RAOCE_archivos_{caso.id}.zip"
    body = base64.b64decode(file["base64"])
    whole = zipfile.ZipFile(io.BytesIO(body))
    assert whole.comment.decode() == SELLO and len(whole.namelist()) == len(caso.archivos.meses) + bool(
        caso.archivos.facturas
    )
    again = read_pedimentos(caso, [(file["nombre"], body)])
    initial = Eleccion.inicial(again)
    assert calcular(again, initial).por_clave == exports(caso).por_clave and not again.cuantos_problemas
    assert any(SELLO in name for name in again.acopio.nombres.values())
    facturas = read_facturas(caso, [(file["nombre"], body)])
    assert len(facturas.presentes) == len(caso.archivos.facturas) and not facturas.cuantos_problemas


def test_used_again_they_are_read_in_place_of_the_former():
    t = open_files(CASOS[VIRTUALES]).do("archivos.del-caso").do("archivos.usar").do("archivos.del-caso")
    totales = t.state.of(Archivos).totales
    assert (totales.exportaciones, totales.excluidos["repetido"]) == (9_147_125, 0)
    assert t.do("archivos.deshacer").draft["exportaciones"] == "3,134"


def test_without_files_of_the_case_the_screen_stays_hidden():
    t = practise("reporte-completo").do("ir", pantalla="datos")
    assert "Calcular con mis archivos" not in t.html
    before = t.state
    assert t.do("ir", pantalla="archivos").state.pantalla == "datos"
    for event in ("archivos.del-caso", "archivos.descargar-del-caso"):
        assert t.do(event).effects == () and t.state.partes == before.partes


def test_another_case_finds_nothing_of_the_files_of_the_former():
    t = open_files(CASOS[VIRTUALES]).do("archivos.del-caso")
    assert t.state.of(Archivos).hay
    t.do("practica.elegir", caso=RECTIFICACION)
    assert t.state.of(Archivos) == Archivos() and t.state.modo.expediente == CASOS[RECTIFICACION].archivos


P1 = {"numero": "1", "pago": "2023-02-01", "clave": "RT", "mercancia": "X", "fraccion": "1", "valor": 1, "volumen": 1}


@pytest.mark.parametrize(
    "pedimentos",
    [
        [P1, P1],
        [P1 | {"pago": "2022-02-01"}],
        [P1 | {"tipo": "3"}],
        [P1 | {"rectifica": "9"}],
        [P1 | {"rectifica": "2"}, P1 | {"numero": "2", "pago": "2023-03-01"}],
        [P1 | {"sobra": 1}],
        [P1 | {"pago": "ayer"}],
    ],
    ids=str,
)
def test_files_badly_written_stop_the_build(pedimentos):
    empresa = EMPRESA | {"razon_social": "Escuela"}
    caso = UNO | {"formulario": "abierto"}
    assert read("uno", caso | {"archivos": {"pedimentos": [P1]}}, empresa).archivos.meses == ("202302",)
    with pytest.raises(CasoInvalido):
        read("uno", caso | {"archivos": {"pedimentos": pedimentos}}, empresa)
    with pytest.raises(CasoInvalido):
        read("uno", UNO | {"archivos": {"pedimentos": [P1]}}, empresa)


def test_the_sheet_of_the_teacher_has_what_the_files_hold():
    t = practise("").do("ir", pantalla="solucionario").type(hoja_caso=AGREGADO)
    for text in ("Pedimentos de los archivos", "3000205", "554,775", "Facturas de los archivos", "2,608,300"):
        assert text in t.html
