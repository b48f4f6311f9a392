"""«Importar bienes» with spreadsheets as people make them: what is mended and said, and what is asked first."""

from base64 import b64encode
from io import BytesIO

import openpyxl
import pytest

from libreoffice import content, ods, packed, row, sheet
from pantallas.bienes.estado import Bienes
from pantallas.view import view
from raoce.bienes import Fila
from raoce.bienes.escrituras import volume_as
from tramites import Tramite, send

PROSEC = "?pantalla=bienes&ejercicio=2023&programas=PROSEC"
TITULOS = ("Producto", "Fracc. Aranc.", "Sector PROSEC", "U.M.", "Producción total", "Venta nacional", "Exportado")


def chosen(datos, nombre="bienes.ods"):
    return Tramite(PROSEC).do("bienes.importar", nombre=nombre, contenido=b64encode(datos).decode())


def with_volumes(*volumes, unidad="kg"):
    """A file of coffee whose rows have these volumes."""
    return chosen(ods(TITULOS, *[("Café", "09012101", "XXII", unidad, *v) for v in volumes]))


def rows(t):
    return t.state.evaluacion.relacion.filas


def accept(t, cuales="todos"):
    return rows(t.do("bienes.aceptar-importacion", cuales=cuales))


def preview(t):
    """The HTML of what is shown before it is accepted."""
    return t.html.partition('id="importacion"')[2].partition("</section>")[0]


def problems(t):
    return [(p.renglon, p.columna, p.texto, p.error.codigo) for p in t.state.of(Bienes).importacion.problemas]


def counts(t):
    i = t.state.of(Bienes).importacion
    return i.buenas, i.esperan, i.leidas - i.buenas - i.esperan


@pytest.mark.parametrize("kind", ["ods", "xlsx"])
def test_the_list_of_a_roaster_comes_whole(kind):
    table = [
        ("CAFÉS DE LA SIERRA, S.A. DE C.V.",),
        (),
        TITULOS,
        ("Café verde", 9011101, "XXII", "Kgs", 125000.5, 40000, 80000.25),
        ("Café tostado", "0901.21.01", "Café", "KG", 30000, 28000, "1,500 kg"),
        ("Café molido", "09012101 01", "22", "Kilogramos", 15000, "14,000", "N/A"),
        ("Café molido fino", "0901210101", 22, "kilo", 2000, 1000, "-"),
        ("TOTAL", "", "", "", 172000.5, 83000, 81500.25),
    ]
    if kind == "ods":
        datos = ods(*table)
    else:
        workbook = openpyxl.Workbook()
        for values in table:
            workbook.active.append(values)
        workbook.save(made := BytesIO())
        datos = made.getvalue()
    t = chosen(datos)
    assert "En 2 renglones se quitó el NICO" in t.html and "«09012101 01» quedó 09012101" in t.html
    assert "donde dice «N/A» o «-», ¿es cero?" in t.html and counts(t) == (2, 2, 0)
    assert accept(t.type(ceros_exportacion="cero")) == (
        Fila("XXII", "09011101", "Café verde", "01", "125,000.5", "40,000", "80,000.25"),
        Fila("XXII", "09012101", "Café tostado", "01", "30,000", "28,000", "1,500"),
        Fila("XXII", "09012101", "Café molido", "01", "15,000", "14,000", "0"),
        Fila("XXII", "09012101", "Café molido fino", "01", "2,000", "1,000", "0"),
    )


class TestPointsAndCommas:
    def test_it_is_asked_once_for_the_column_and_read_as_answered(self):
        t = with_volumes(("1.000,50", "500", "1"), ("2.000", "2", "2"), ("30.125", "3", "3"), (30.125, "30", "0"))
        assert t.html.count("¿cómo se lee «1.000,50»?") == 1 and counts(t) == (1, 3, 0) and problems(t) == []
        assert "Está en 2 celdas; la primera, en el renglón 2." in t.html
        assert "«1.000,50» es 1,000.5." in t.html and "«1.000,50» no se puede leer así." in t.html
        t.type(decimales_total="coma")
        assert counts(t) == (4, 0, 0) and "Con tu respuesta, 4 renglones sin problemas y 0 por revisar." in t.html
        # The last is a number in the file, whatever the texts of its column say.
        assert [f.total for f in accept(t)] == ["1,000.5", "2,000", "30,125", "30.125"]

    def test_nothing_joins_the_table_before_it_is_answered(self):
        t = with_volumes(("1.000,50", "500", "1"), ("7", "2", "2"))
        for cuales in ("todos", "buenos"):
            assert accept(t, cuales) == () and t.effect("enfocar")["id"] == "decimales_total"
        assert "Elige una respuesta antes de aceptar los renglones." in t.html
        assert 'aria-describedby="decimales_total-ayuda decimales_total-error"' in t.html
        assert len(accept(t.type(decimales_total="coma"))) == 2

    def test_the_answer_can_be_changed_before_it_is_accepted(self):
        t = with_volumes(("30.000", "20", "10"))
        assert counts(t.type(decimales_total="coma")) == (1, 0, 0)
        assert "<td>30,000</td>" in t.html and 'value="coma" checked' in t.html
        t.type(decimales_total="punto")
        assert "<td>30</td>" in t.html and 'value="punto" checked' in t.html
        assert [f.total for f in accept(t)] == ["30"]

    def test_a_cell_that_is_not_written_so_is_named_and_never_read_otherwise(self):
        t = with_volumes(("1.000,50", "1", "1"), ("1,000", "1", "1"), ("12.5", "1", "1")).type(decimales_total="coma")
        assert problems(t) == [
            (3, "total", "1,000", "volumen-otra-escritura"),
            (4, "total", "12.5", "volumen-otra-escritura"),
        ]
        assert accept(t)[0].total == "1,000.5" and t.state.evaluacion.relacion.con_errores == (1, 2)

    def test_with_a_point_for_decimals_the_rest_is_a_problem(self):
        t = with_volumes(("1.000,50", "1", "1"), ("1,000.50", "1", "1")).type(decimales_total="punto")
        assert problems(t) == [(2, "total", "1.000,50", "volumen-forma")]
        assert [f.total for f in accept(t, "buenos")] == ["1,000.5"]

    @pytest.mark.parametrize("volumes", [("30,000", "1,234.5", "0.5"), (30.125, 1000.5, 0), ("30000", "30 000", "1")])
    def test_what_is_in_no_doubt_is_not_asked(self, volumes):
        t = with_volumes(volumes)
        assert t.state.of(Bienes).importacion.preguntas == () and counts(t) == (1, 0, 0)

    @pytest.mark.parametrize(
        ("texto", "coma", "punto"),
        [
            ("1.000,50", "1000.5", None),
            ("30.000", "30000", "30"),
            ("12,5", "12.5", None),
            ("1.000.000", "1000000", None),
        ],
    )
    def test_both_readings_are_told(self, texto, coma, punto):
        assert [volume_as(texto, m) and str(volume_as(texto, m)) for m in ("coma", "punto")] == [coma, punto]


class TestZeros:
    def test_all_of_a_column_are_asked_about_at_once(self):
        t = with_volumes((5, "—", "n/d"), (6, "N/A", 1), (7, "-", 2))
        names = [p.clave for p in t.state.of(Bienes).importacion.preguntas]
        assert names == ["ceros_nacional", "ceros_exportacion"] and counts(t) == (0, 3, 0)
        assert "Está en una celda, en el renglón 2." in t.html
        t.type(ceros_nacional="cero")
        assert counts(t) == (2, 1, 0)
        t.type(ceros_exportacion="falta")
        assert problems(t) == [(2, "exportacion", "", "volumen-falta")]
        assert [f[5:] for f in accept(t)] == [("0", ""), ("0", "1"), ("0", "2")]

    def test_a_negative_volume_is_still_one(self):
        assert problems(with_volumes((5, "-5", 1)))[0][3] == "volumen-negativo"


class TestUnits:
    def test_the_unit_of_the_row_is_taken_off(self):
        t = with_volumes(("500,000.50 kg", "1.5 Kilogramos", "3kgs."))
        assert accept(t) == (Fila("XXII", "09012101", "Café", "01", "500,000.5", "1.5", "3"),)

    @pytest.mark.parametrize(
        ("unidad", "codigo", "sentence"),
        [
            ("Pieza", "volumen-unidad", "La celda está en Kilogramo y la unidad de medida del renglón es Pieza."),
            ("", "volumen-unidad-falta", "la unidad de medida del renglón falta o no se reconoce."),
        ],
    )
    def test_another_unit_is_a_problem_with_its_sentence(self, unidad, codigo, sentence):
        t = with_volumes(("500 kg", 1, 1), unidad=unidad)
        assert (2, "total", "500 kg", codigo) in problems(t) and sentence in t.html
        assert accept(t)[0].total == "500 kg"

    def test_what_is_no_unit_is_left(self):
        assert problems(with_volumes(("30 costales", 1, 1))) == [(2, "total", "30 costales", "volumen-forma")]

    def test_the_point_is_asked_about_with_a_unit_too(self):
        t = with_volumes(("1.000,50 kg", 1, 1)).type(decimales_total="coma")
        assert accept(t)[0].total == "1,000.5"


def test_what_is_hidden_and_read_is_said():
    goods = [("Café", "09012101", "XXII", "kg", n, 1, 1) for n in range(5)]
    columns = '<table:table-column table:number-columns-repeated="5"/><table:table-column table:visibility="filter"/>'
    hidden = [row(g, hidden=n < 3) for n, g in enumerate(goods)]
    t = chosen(packed(content(sheet([TITULOS, *hidden], columns=columns))))
    assert "3 renglones ocultos en la hoja también se leyeron." in t.html
    assert "La columna F está oculta en la hoja y también se leyó: es «Volumen del mercado nacional»." in t.html
    t = chosen(packed(content(sheet([TITULOS, row(goods[0], hidden=True)], hidden=True))))
    assert "La hoja está oculta en el libro" in t.html and "Un renglón oculto en la hoja también se leyó." in t.html
    t = chosen(ods(TITULOS, *goods))
    assert "ocult" not in preview(t)


def test_the_answers_to_a_file_say_nothing_of_the_next_one():
    t = with_volumes(("30.000", "—", 1)).type(decimales_total="coma", ceros_nacional="cero")
    t.do("bienes.cancelar-importacion")
    datos = ods(TITULOS, ("Café", "09012101", "XXII", "kg", "30.000", "—", 1))
    t.do("bienes.importar", nombre="otro.ods", contenido=b64encode(datos).decode())
    assert counts(t) == (0, 1, 0) and " checked" not in preview(t)


def test_an_answer_that_is_none_is_no_answer_and_the_focus_stays_where_it_is():
    t = with_volumes(("30.000", 1, 1)).type(decimales_total="otra")
    assert counts(t) == (0, 1, 0)
    t.type(decimales_total="coma")
    assert not [e for e in t.effects if e["tipo"] == "enfocar"]
    t.do("bienes.cancelar-importacion").type(decimales_total="punto")
    assert t.state.of(Bienes).importacion is None


def test_ten_thousand_rows_are_checked_again_in_steps_with_the_questions_on_the_screen():
    datos = ods(TITULOS, *[(f"Café {n}", "09012101", "XXII", "kg", "1.000,5", 1, 1) for n in range(2000)])
    t = chosen(datos)
    state, effects = send(t.state, "cambio", valores={"decimales_total": "coma"})
    assert state.of(Bienes).importacion.leidas == 500 and effects[-1]["evento"] == "bienes.importar-seguir"
    html = view(state)
    assert "Revisando con tu respuesta: 500 de 2000" in html and 'value="coma" checked' in html
    assert "bienes.aceptar-importacion" not in html
    state, _ = send(state, "bienes.aceptar-importacion", cuales="todos")
    assert state.evaluacion.relacion.filas == ()
    assert counts(t.type(decimales_total="coma")) == (2000, 0, 0)


def test_what_is_pasted_is_asked_about_too():
    text = "Fracción\tBien\tUnidad\tSector\tTotal\tNacional\tExportación\n0901210101\tCafé\tkg\t22\t1.000,50\t—\t1"
    t = Tramite(PROSEC).do("entrada", valores={"pegado": text}).do("bienes.pegar")
    assert "En un renglón se quitó el NICO" in t.html
    filas = accept(t.type(decimales_total="coma", ceros_nacional="cero"))
    assert filas == (Fila("XXII", "09012101", "Café", "01", "1,000.5", "0", "1"),)
