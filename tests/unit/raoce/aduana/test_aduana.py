"""The reader of the Data Stage against books of pedimentos whose totals are known without it."""

import random

import pytest

import data_stage
from aduana import CLAVES_DE_EXPORTACION, Rarezas, esperado
from aduana_azar import FRECUENCIA, make_libro
from raoce.aduana import Eleccion, Lectura, calcular, clases

RFC = "EKU9003173C9"


def read(files, rfc=RFC, ejercicio=2023):
    lectura = Lectura(rfc, ejercicio)
    for name, body in files:
        for _ in lectura.leer(name, body):
            pass
    return lectura.pedimentos()


def same(libro, pedimentos, **choice):
    """Every total, group and decision is the one of the book."""
    claves = choice.pop("claves", CLAVES_DE_EXPORTACION)
    claves_importacion = choice.pop("claves_importacion", None)
    right = esperado(libro, claves, claves_importacion, **choice)
    importacion = None if claves_importacion is None else frozenset(claves_importacion)
    found = calcular(pedimentos, Eleccion(frozenset(claves), importacion, **choice))
    assert found.por_clave == right.por_clave
    assert found.por_mes == right.por_mes
    assert found.volumenes == right.volumenes
    assert found.contados == right.contados
    assert found.excluidos == right.excluidos
    assert found.huerfanas == right.huerfanas
    assert (found.exportaciones, found.importaciones) == (right.exportaciones, right.importaciones)
    decided = {d.pedimento.llave: d.motivo for d in found.decisiones()}
    assert decided == {f"{k.patente} {k.pedimento} {k.seccion} {k.anio}": m for k, m in right.decisiones.items()}
    return found


@pytest.mark.parametrize("semilla", range(80))
def test_any_delivery_is_read_as_it_was_written(semilla):
    chance = random.Random(f"eleccion {semilla}")
    libro = make_libro(semilla, RFC, 2023, chance.choice((0, 1, 40, 200)))
    pedimentos = read(data_stage.files(libro))
    assert not pedimentos.problemas
    rows = {k: sum(a.registros.get(k, 0) for a in pedimentos.archivos) for k in libro.filas}
    assert rows == libro.filas
    some = [frozenset(k for k in FRECUENCIA[t] if chance.random() < 0.5) for t in "21"]
    for consignacion in (False, True):
        same(libro, pedimentos, consignacion=consignacion)
        fecha = chance.choice(("original", "propia"))
        same(libro, pedimentos, claves=some[0], claves_importacion=some[1], consignacion=consignacion, fecha=fecha)


def test_nothing_odd():
    libro = make_libro(1, RFC, 2023, 300, Rarezas())
    pedimentos = read(data_stage.files(libro))
    found = same(libro, pedimentos)
    assert found.excluidos["repetido"] == 0 and pedimentos.faltan_meses == ()
    assert Eleccion.inicial(pedimentos).exportacion == CLAVES_DE_EXPORTACION


@pytest.mark.parametrize("volumenes", [False, True])
def test_adding_up_says_how_far_it_is_and_leaves_nothing_for_later(monkeypatch, volumenes):
    monkeypatch.setattr(clases, "PEDIMENTOS", 50)
    monkeypatch.setattr(clases, "BLOQUES", 1)
    libro = make_libro(5, RFC, 2023, 300, Rarezas(rectificados=0.2))
    pedimentos = read(data_stage.files(libro))
    done = list(pedimentos.prepare("original", volumenes))
    assert done == sorted(done) and len({*done}) > 5 and 50 < done[-1] < 100
    assert list(pedimentos.prepare("original", volumenes)) == [0]
    same(libro, pedimentos)
