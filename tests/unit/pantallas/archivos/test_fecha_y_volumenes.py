"""Two things decided over what was read: the date that puts a pedimento into the year, and a volume taken to a good."""

import re
from datetime import datetime
from decimal import Decimal

import pytest
from test_calcular import EMPRESA, PROSEC, RFC, Filer, shows

import data_stage
from aduana import EXPORTACION, Entrega, Libro, Partida, Pedimento, Rarezas, esperado
from aduana_azar import make_libro
from pantallas.archivos.estado import Archivos
from raoce.bienes import Bien
from tramite.formulario import relacion


def book(*partidas):
    """One export, with these partidas: fracción, unit, quantity."""
    rows = tuple(Partida(f, u, 1000, 0, Decimal(q)) for f, u, q in partidas)
    one = Pedimento("3953", "3000001", "240", EXPORTACION, "RT", RFC, datetime(2023, 5, 9), rows)
    return Libro(RFC, 2023, (Entrega("202305", (one,)),))


def moved(libro):
    return esperado(libro).por_mes != esperado(libro, fecha="propia").por_mes


@pytest.mark.parametrize("semilla", range(3))
def test_the_date_is_changed_and_all_is_added_up_at_once(semilla):
    libro = make_libro(semilla, RFC, 2023, 200, Rarezas(rectificados=0.4, otro_anio=0.2))
    filer = Filer().drop("data-stage", data_stage.files(libro))
    assert moved(libro) and "pagadas en otro mes que su original" in filer.html
    for fecha in ("propia", "original"):
        filer.type(**{"fecha-pedimentos": fecha})
        right = esperado(libro, fecha=fecha)
        shows(filer, "Exportaciones según pedimentos", right.exportaciones)
        shows(filer, "Importaciones según pedimentos", right.importaciones)
        assert filer.excluded() == right.excluidos
        totales = filer.state.of(Archivos).totales
        assert totales.por_mes == right.por_mes and totales.eleccion.fecha == fecha
        # The sums of the keys, counted or not, are of the same date.
        every = esperado(libro, claves=frozenset(k for _, k in filer.state.of(Archivos).todo.por_clave), fecha=fecha)
        assert filer.state.of(Archivos).todo.por_clave == every.por_clave
        checked = re.findall(r'name="fecha-pedimentos" value="(\w+)" checked', filer.html)
        assert checked == [fecha]


def test_the_other_date_says_its_rule_and_what_comes_of_it():
    filer = Filer().drop("data-stage", data_stage.files(make_libro(1, RFC, 2023, 60, Rarezas())))
    assert "las dos dan lo mismo" in filer.html and "su propia FechaPagoReal" not in filer.html
    pesos = filer.state.of(Archivos).totales.exportaciones
    assert f"las exportaciones suman {pesos:,.0f} pesos" in filer.html
    filer.type(**{"fecha-pedimentos": "propia"})
    assert "su propia FechaPagoReal" in filer.html and "la del más antiguo" not in filer.html
    before = filer.state.of(Archivos)
    assert filer.type(**{"fecha-pedimentos": "ayer"}).state.of(Archivos) == before


# -- volumes


def goods(*rows):
    return relacion.to_text(("I", f, d, u, "90", "10", x) for f, d, u, x in rows)


def open_goods(libro, *rows):
    return Filer(PROSEC | {"bienes": goods(*rows)}).drop("data-stage", data_stage.files(libro))


def exported(filer):
    return [b.exportacion for b in filer.state.evaluacion.relacion.bienes]


def copy(filer, renglon, fraccion, unidad):
    return filer.do("archivos.copiar-volumen", renglon=str(renglon), fraccion=fraccion, unidad=unidad)


def buttons(filer):
    return re.findall(r'data-evento="archivos.copiar-volumen" data-renglon="(\d+)" data-fraccion="(\d+)"', filer.html)


def test_a_volume_is_copied_into_the_good_of_its_fraccion_and_brought_back():
    libro = book(("85011001", "06", "1234.5"), ("09011201", "01", "30"))
    filer = open_goods(libro, ("09011201", "Café", "01", "7"), ("85011001", "Motor", "06", "8"))
    assert buttons(filer) == [("0", "09011201"), ("1", "85011001")]
    copy(filer, 1, "85011001", "06")
    assert exported(filer) == [7, Decimal("1234.5")] and "antes: 8" in filer.html
    assert filer.effect("enfocar")["id"] == "deshacer-volumen-1" and buttons(filer) == [("0", "09011201")]
    good: Bien = filer.state.evaluacion.relacion.bienes[1]
    assert (good.total, good.nacional, good.descripcion) == (90, 10, "Motor")
    filer.do("archivos.deshacer-volumen", renglon="1")
    assert exported(filer) == [7, 8] and len(buttons(filer)) == 2


def test_another_unit_is_told_and_has_no_button():
    filer = open_goods(book(("85011001", "01", "50")), ("85011001", "Motor", "06", "8"))
    assert "Está en otra unidad" in filer.html and not buttons(filer)
    assert exported(copy(filer, 0, "85011001", "01")) == [8]


def test_a_volume_that_several_goods_share_is_theirs_to_divide():
    libro = book(("85011001", "06", "50"))
    filer = open_goods(libro, ("85011001", "Motor", "06", "8"), ("85011001", "Motor chico", "06", "9"))
    assert "2 bienes tienen esta fracción" in filer.html and not buttons(filer)
    assert exported(copy(filer, 0, "85011001", "06")) == [8, 9]
    # The one in another unit has no share in it.
    filer = open_goods(libro, ("85011001", "Motor", "06", "8"), ("85011001", "Cobre", "01", "9"))
    assert buttons(filer) == [("0", "85011001")]


def test_more_decimals_than_a_good_takes_are_rounded_and_told_and_what_is_too_long_is_not_offered():
    filer = open_goods(book(("85011001", "06", "1.23450")), ("85011001", "Motor", "06", "8"))
    assert "Se redondea a tres decimales" in filer.html
    assert exported(copy(filer, 0, "85011001", "06")) == [Decimal("1.235")]
    filer = open_goods(book(("85011001", "06", "12345678901234.567")), ("85011001", "Motor", "06", "8"))
    assert "no cabe" in filer.html and not buttons(filer)


def test_what_is_there_already_is_not_offered():
    filer = open_goods(book(("85011001", "06", "8.000")), ("85011001", "Motor", "06", "8"))
    assert "Es el mismo volumen" in filer.html and not buttons(filer)


def test_copied_twice_the_filers_own_volume_comes_back():
    libro = book(("85011001", "06", "50"))
    filer = open_goods(libro, ("85011001", "Motor", "06", "8"))
    copy(filer, 0, "85011001", "06")
    more = book(("85011001", "06", "50"))
    two = Libro(RFC, 2023, (*more.entregas, Entrega("202306", (_other(),))))
    filer.drop("data-stage", data_stage.files(two))
    assert exported(copy(filer, 0, "85011001", "06")) == [55]
    assert exported(filer.do("archivos.deshacer-volumen", renglon="0")) == [8]


def _other():
    rows = (Partida("85011001", "06", 1000, 0, Decimal(5)),)
    return Pedimento("3953", "3000002", "240", EXPORTACION, "RT", RFC, datetime(2023, 6, 9), rows)


def test_a_volume_typed_since_then_stays():
    filer = open_goods(book(("85011001", "06", "50")), ("85011001", "Motor", "06", "8"))
    copy(filer, 0, "85011001", "06").type(bienes=goods(("85011001", "Motor", "06", "77")))
    assert exported(filer.do("archivos.deshacer-volumen", renglon="0")) == [77]


def test_without_the_files_it_can_still_be_undone():
    filer = open_goods(book(("85011001", "06", "50")), ("85011001", "Motor", "06", "8"))
    copy(filer, 0, "85011001", "06")
    assert 'id="volumenes-copiados"' not in filer.html
    assert 'id="volumenes-copiados"' in filer.do("archivos.quitar").html
    assert exported(filer.do("archivos.deshacer-volumen", renglon="0")) == [8]


def test_nothing_is_copied_of_another_company_or_where_no_goods_are_asked_for():
    filer = open_goods(book(("85011001", "06", "50")), ("85011001", "Motor", "06", "8"))
    filer.type(rfc="XIA190128J61")
    assert not buttons(filer) and exported(copy(filer, 0, "85011001", "06")) == [8]
    immex = Filer(EMPRESA).drop("data-stage", data_stage.files(book(("85011001", "06", "50"))))
    assert "volumenes-titulo" not in immex.html
