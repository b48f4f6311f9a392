"""What is taken away under English: reminders, the capture sheet, a workbook of goods that is read back."""

from datetime import UTC, date, datetime
from io import BytesIO

import pytest
from icalendar import Calendar
from pypdf import PdfReader

import idiomas
from documentos import captura, recordatorios
from documentos.hojas.encabezados import BIENES, EN_INGLES, ENCABEZADOS
from documentos.hojas.hojas import Tabla, read, recognise, write
from raoce.base import DatoInvalido
from raoce.bienes import Fila
from raoce.empresa import Programa, Registro
from raoce.solicitud import Reporte
from raoce.solicitud.captura import Bloque, Dato, HojaDeCaptura

AHORA = datetime(2026, 2, 3, 18, 30, tzinfo=UTC)
REPORTE = Reporte(
    2025, (Registro(Programa.IMMEX), Registro(Programa.PROSEC)), date(2026, 2, 1), solicitante={"rfc": "EKU9003173C9"}
)
CAFE = Fila("XXII", "09011201", "Café", "01", "30,000", "10,000", "20,000")
HOJA = HojaDeCaptura(
    2025,
    "Uno",
    "EKU9003173C9",
    (
        Bloque(
            "Datos de reporte anual",
            (Dato("Ventas totales (a)", "10", traduccion="Total sales (a)"), Dato("Fin", "12-2025", automatico=True)),
            traduccion="Annual report figures",
        ),
        Bloque("Bienes", columnas=("Clave sector",), filas=(("XXII",),), traducciones=("Sector code",)),
    ),
    (),
)


def events(idioma):
    with idiomas.using(idioma):
        return Calendar.from_ical(recordatorios.make(REPORTE, date(2026, 4, 6), AHORA)).events


def test_the_same_reminders_come_in_the_language_spoken():
    spanish, english = events("es"), events("en")
    assert [(e["UID"], e["DTSTART"].dt) for e in english] == [(e["UID"], e["DTSTART"].dt) for e in spanish]
    titles = [e["SUMMARY"].partition(": ")[0] for e in english]
    assert "Deadline" in titles and "Last chance" in titles and "Last day to sign the submission" in titles
    assert "IMMEX and PROSEC (RAOCE, reporting year 2025)" in english[0]["SUMMARY"]
    assert {e["SUMMARY"].params["LANGUAGE"] for e in english} == {"en"}
    signing = next(e for e in english if "sign the submission" in e["SUMMARY"])
    assert "entered in VUCEM on 6 April 2026 is signed within the next 15 calendar days" in signing["DESCRIPTION"]


def test_the_capture_sheet_has_both_labels():
    with idiomas.using("en"):
        pages = PdfReader(BytesIO(captura.make(HOJA, AHORA))).pages
    text = " ".join(" ".join(page.extract_text() for page in pages).split())
    for expected in (
        "Capture sheet · Annual report 2025",
        "Datos de reporte anual · Annual report figures",
        "Ventas totales (a) · Total sales (a)",
        "filled in by VUCEM",
        "Clave sector · Sector code",
    ):
        assert expected in text


def test_the_english_headings_are_those_of_the_catalogue():
    with idiomas.using("en"):
        assert {c: idiomas.gettext(text) for c, text in ENCABEZADOS.items()} == EN_INGLES


@pytest.mark.parametrize("idioma", idiomas.IDIOMAS)
def test_a_workbook_written_in_english_is_read_in_any_language(idioma):
    with idiomas.using("en"):
        book = write([CAFE])
    with idiomas.using(idioma):
        table = read("goods.xlsx", book)
        hoja = recognise(table)
    assert table.nombre == "Goods produced" and table.filas[0] == tuple(EN_INGLES.values())
    assert hoja.columnas == EN_INGLES and not hoja.ignoradas
    (row,) = hoja.filas
    assert row.fila == CAFE._replace(total="30000", nacional="10000", exportacion="20000")


@pytest.mark.parametrize(
    ("heading", "columna"),
    [
        ("Tariff code", "fraccion"),
        ("Description of goods", "descripcion"),
        ("UOM", "unidad"),
        ("Domestic sales volume", "nacional"),
        ("Exports", "exportacion"),
        ("Quantity", "total"),
        ("Unit price", ""),
        ("Product code", ""),
        ("Final inventory", ""),
    ],
)
def test_other_english_headings(heading, columna):
    assert BIENES.columna(heading) == columna


def test_the_columns_that_are_missing_are_said_as_they_are_headed():
    with pytest.raises(DatoInvalido) as error:
        recognise(Tabla((("Sector", "Vol. total"), ("XXII", "1"))))
    missing = error.value.datos["faltan"]
    with idiomas.using("en"):
        assert (missing, idiomas.say(missing)) == (
            "«Fracción arancelaria» y «Bienes producidos»",
            "“Tariff item” and “Goods produced”",
        )
