"""The capture sheet and the correction letter, read back from the files by other programs."""

import io
import re
import shutil
import subprocess
import time
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path

import docx
import font_source_sans_pro
import pypdf
import pytest
from docx.shared import Mm
from fontTools.ttLib import TTFont

from construir.ruedas import paquete, podar_papel
from documentos import captura, carta_pdf
from documentos.carta import to_plain
from documentos.papel import FALTA
from papeles import as_pdf, office, poppler, texts, word_writer
from raoce.carta.carta import Carta, Diferencia
from raoce.solicitud.captura import Bloque, Dato, HojaDeCaptura

GENERADO = datetime(2025, 6, 3, 10, 30, tzinfo=timezone(timedelta(hours=-6)))
EMPRESA = "Ñandú & «El Águila» “Hijos” — Cía., S.A. de C.V."

CARTA = Carta(
    lugar_y_fecha="Ciudad de México, a 3 de junio de 2025",
    destinatario=("Dirección General de Facilitación Comercial", "Secretaría de Economía", "P r e s e n t e"),
    asunto="Aclaración al Reporte Anual 2024",
    parrafos=(f"Ana Núñez Peña, representante legal de {EMPRESA}, comparezco y expongo:", "Que hubo un error."),
    diferencias=(Diferencia("Ventas totales", "1,000", "1,500"), Diferencia("Importaciones", "200", "250")),
    cierre=("Sin otro particular, agradezco la atención que se sirva dar al presente.", "Atentamente"),
    anexos=("Acuse del reporte", "Identificación oficial"),
    firmante=("Ana Núñez Peña", "Representante legal", EMPRESA),
)
BIENES = ("Descripción", "Sector", "Fracción", "Unidad", "Total", "Nacional", "Exportación")
HOJA = HojaDeCaptura(
    2024,
    EMPRESA,
    "EKU9003173C9",
    (
        Bloque("Solicitante", (Dato("RFC", "EKU9003173C9", automatico=True),), notas=("Compáralos con el SAT.",)),
        Bloque("Balanza comercial", (Dato("Ventas totales", "1234567"), Dato("Importaciones", "", nota="b"))),
        Bloque("Bienes", columnas=BIENES, filas=(("Arnés", "XIX", "8544.30.99", "Pieza", "10", "4", "6"),)),
    ),
    ("Una vez firmado, el reporte no se puede modificar.",),
)


def rows(count):
    return tuple(Diferencia(f"Renglón {i}.", f"{i:,}", f"{i + 1:,}") for i in range(1, count + 1))


def pdf(data):
    return pypdf.PdfReader(io.BytesIO(data))


@poppler
def test_the_sheet_says_all_that_the_model_holds_warnings_first():
    [page] = texts(captura.make(HOJA, GENERADO))
    pieces = [
        "Hoja de captura · Reporte Anual 2024",
        f"{EMPRESA} · EKU9003173C9",
        *HOJA.avisos,
        "Solicitante Compáralos con el SAT. RFC EKU9003173C9 lo llena VUCEM",
        "Balanza comercial Ventas totales 1234567 Importaciones (sin capturar) b",
        " ".join(BIENES),
        "Arnés XIX 8544.30.99 Pieza 10 4 6",
        "Herramienta independiente; no presenta el reporte",
    ]
    places = [page.index(piece) for piece in pieces]
    assert places == sorted(places)
    assert "Página" not in page


@poppler
def test_hundreds_of_goods_stand_under_their_headings_on_every_page():
    filas = tuple((f"Bien {i}.", "XIX", "8544.30.99", "Pieza", str(i), "0", str(i)) for i in range(400))
    goods = replace(HOJA.bloques[2], filas=filas)
    pages = texts(captura.make(replace(HOJA, bloques=(goods,)), GENERADO))
    assert len(pages) > 5
    for number, page in enumerate(pages, 1):
        assert page.count(" ".join(BIENES)) == 1
        assert page.endswith(f"Herramienta independiente; no presenta el reporte Página {number} de {len(pages)}")
    assert re.findall(r"Bien (\d+)\.", " ".join(pages)) == [str(i) for i in range(400)]


@poppler
def test_the_letter_says_all_that_the_model_holds_in_order_on_one_page():
    [page] = texts(carta_pdf.make(CARTA, GENERADO))
    pieces = [
        CARTA.lugar_y_fecha,
        *CARTA.destinatario,
        f"ASUNTO: {CARTA.asunto}",
        *CARTA.parrafos,
        "Concepto Dice Debe decir Ventas totales 1,000 1,500 Importaciones 200 250",
        CARTA.cierre[0],
        "Anexos: 1. Acuse del reporte 2. Identificación oficial",
        CARTA.cierre[1],
        *CARTA.firmante,
    ]
    # Without spaces: those of «P r e s e n t e» are left out or not as pdftotext sees fit.
    page = page.replace(" ", "")
    whole = [piece.replace(" ", "") for piece in pieces]
    # Who signs is named in the body too.
    places = [page.index(piece) for piece in whole[:-3]] + [page.rindex(piece) for piece in whole[-3:]]
    assert places == sorted(places)


@poppler
@pytest.mark.parametrize("count", [40, 400])
def test_a_long_table_of_the_letter_repeats_its_headings(count):
    pages = texts(carta_pdf.make(replace(CARTA, diferencias=rows(count)), GENERADO))
    assert len(pages) > 1
    with_rows = [page for page in pages if re.search(r"Renglón \d", page)]
    assert all(page.count("Concepto Dice Debe decir") == 1 for page in with_rows)
    found = re.findall(r"Renglón (\d+)\. ([\d,]+) ([\d,]+)", " ".join(pages))
    assert found == [(str(i), f"{i:,}", f"{i + 1:,}") for i in range(1, count + 1)]


@poppler
@pytest.mark.parametrize("count", range(12, 26))
def test_the_farewell_and_the_signature_are_never_parted(count):
    *_, last = texts(carta_pdf.make(replace(CARTA, diferencias=rows(count)), GENERADO))
    assert re.search(f"Atentamente Ana Núñez Peña Representante legal {re.escape(EMPRESA)}", last)


@poppler
@pytest.mark.parametrize("count", range(4, 24))
def test_the_signature_is_never_alone_on_its_page(count):
    *_, last = texts(carta_pdf.make(replace(CARTA, diferencias=rows(count)), GENERADO))
    assert CARTA.anexos[0][:20] in last


@pytest.mark.parametrize("data", [captura.make(HOJA, GENERADO), carta_pdf.make(CARTA, GENERADO)], ids=["hoja", "carta"])
def test_what_the_file_says_of_itself(data):
    file = pdf(data)
    assert file.trailer["/Root"]["/Lang"] == "es-MX"
    assert file.trailer["/Root"]["/ViewerPreferences"]["/DisplayDocTitle"]
    assert file.metadata.title in ("Hoja de captura · Reporte Anual 2024", f"Escrito libre: {CARTA.asunto}")
    assert (file.metadata.producer, file.metadata.author) == ("RAOCE", None)
    assert file.metadata.creation_date == GENERADO
    assert [round(float(side) / 72, 1) for side in file.pages[0].mediabox[2:]] == [8.5, 11]


@pytest.mark.skipif(not shutil.which("pdffonts"), reason="pdffonts is missing: install poppler-utils")
def test_the_fonts_are_inside_the_file(tmp_path):
    path = tmp_path / "carta.pdf"
    path.write_bytes(carta_pdf.make(CARTA, GENERADO))
    lines = subprocess.run(["pdffonts", path], capture_output=True, text=True, check=True).stdout.splitlines()[2:]
    assert len(lines) == 2
    assert all(re.search(r"CID TrueType +Identity-H +yes yes yes", line) for line in lines)


def test_the_same_report_gives_the_same_bytes():
    for module, model in ((captura, HOJA), (carta_pdf, CARTA)):
        assert module.make(model, GENERADO) == module.make(model, GENERADO)


def test_the_font_of_the_browser_has_all_that_a_letter_in_spanish_asks_for():
    folder = Path(font_source_sans_pro.__file__).parent
    cut = podar_papel.font(paquete.read_folder(folder, "font_source_sans_pro/"))
    faces = [TTFont(io.BytesIO(body)) for path, body in cut.items() if path.endswith(".ttf")]
    assert [face["name"].getBestFullName() for face in faces] == ["RAOCE Sans Bold", "RAOCE Sans"]
    for face in faces:
        asked = {*"ÁÉÍÓÚÜÑáéíóúüñ¿¡«»“”‘’—–…°ºª·$%&@€−", FALTA}
        assert asked <= set(map(chr, face.getBestCmap()))
        assert len({face["hmtx"][face.getBestCmap()[ord(digit)]][0] for digit in "0123456789"}) == 1


LARGA = (EMPRESA * 6)[:250]
RARA = replace(
    CARTA,
    asunto=LARGA,
    parrafos=("ñ" * 200, "Dos\nrenglones 🇲🇽 y 👩‍👩‍👧", "e\u0301", LARGA * 20),
    diferencias=(Diferencia("x" * 200, "🙂", "1"), Diferencia("§ " * 4000, "", LARGA), Diferencia("", "", "")),
    firmante=(LARGA, "W" * 200),
)
VACIA = Carta("", (), "", (), (), (), (), ())


@poppler
def test_awkward_texts_are_written_whole_and_what_the_font_lacks_is_seen():
    page = "".join(texts(carta_pdf.make(RARA, GENERADO))).replace(" ", "")
    for piece in (f"ASUNTO:{LARGA}", "ñ" * 200, f"Dosrenglones{FALTA * 2}y{FALTA * 3}", "é", "W" * 200):
        assert piece.replace(" ", "") in page
    assert page.count("§") == 4000


def test_a_letter_with_nothing_in_it_is_a_letter_still(make_word):
    for carta in (VACIA, replace(VACIA, parrafos=("Uno",))):
        assert carta_pdf.make(carta, GENERADO)
        assert word(make_word(carta)).paragraphs


def test_a_sheet_with_awkward_texts_or_with_nothing():
    fields = Bloque("", (Dato("e" * 300, "🙂" * 500, nota=LARGA),))
    goods = Bloque("b", columnas=("A", "B"), filas=(("Z" * 9000, ""),))
    sheet = replace(HOJA, empresa=LARGA, bloques=(fields, goods), avisos=(LARGA * 30,))
    assert len(pdf(captura.make(sheet, GENERADO)).pages) > 1
    assert len(pdf(captura.make(HojaDeCaptura(2024, "", "", (), ()), GENERADO)).pages) == 1


@pytest.fixture(scope="session")
def make_word(tmp_path_factory):
    with word_writer(tmp_path_factory.mktemp("word")) as write:
        yield lambda carta, generado=GENERADO: write(to_plain(carta, generado))


def word(data):
    return docx.Document(io.BytesIO(data))


def test_word_holds_the_same_letter(make_word):
    document = word(make_word(CARTA))
    lines = [p.text for p in document.paragraphs if p.text]
    assert lines == [
        CARTA.lugar_y_fecha,
        *CARTA.destinatario,
        f"ASUNTO: {CARTA.asunto}",
        *CARTA.parrafos,
        CARTA.cierre[0],
        "Anexos:",
        "1. Acuse del reporte",
        "2. Identificación oficial",
        CARTA.cierre[1],
        *CARTA.firmante,
    ]
    [table] = document.tables
    cells = [[cell.text for cell in row.cells] for row in table.rows]
    rows_of_model = [[d.concepto, d.dice, d.debe_decir] for d in CARTA.diferencias]
    assert cells == [["Concepto", "Dice", "Debe decir"], *rows_of_model]
    assert [cell.paragraphs[0].alignment for cell in table.rows[1].cells] == [None, 2, 2]  # 2: on the right
    assert [len(row._tr.xpath("w:trPr/w:tblHeader")) for row in table.rows] == [1, 0, 0]


def test_the_same_letter_gives_the_same_word_whenever_it_is_made(make_word):
    first = make_word(CARTA)
    time.sleep(2.1)  # a zip counts by two seconds
    assert make_word(CARTA) == first
    assert make_word(CARTA, GENERADO + timedelta(days=1)) != first


def test_word_knows_its_page_language_and_title(make_word):
    document = word(make_word(CARTA))
    [section] = document.sections
    assert [round(side / Mm(25.4), 1) for side in (section.page_width, section.page_height)] == [8.5, 11]
    assert document.styles.element.xpath("//w:rPrDefault//w:lang/@w:val") == ["es-MX"]
    properties = document.core_properties
    assert (properties.title, properties.language) == (f"Escrito libre: {CARTA.asunto}", "es-MX")
    assert properties.created == datetime(2025, 6, 3, 16, 30, tzinfo=properties.created.tzinfo)


def test_word_takes_awkward_texts(make_word):
    made = make_word(replace(RARA, parrafos=(*RARA.parrafos, "\x00<w:p>&amp;")))
    lines = [p.text for p in word(made).paragraphs]
    assert {*RARA.parrafos, "<w:p>&amp;"} <= set(lines)


@office
@poppler
def test_libreoffice_opens_the_letter_and_breaks_its_table_under_the_headings(tmp_path, make_word):
    pages = texts(as_pdf(tmp_path, make_word(replace(CARTA, diferencias=rows(400)))))
    assert all(page.count("Concepto Dice Debe decir") == 1 for page in pages if "Renglón" in page)
    assert "Página 1" not in pages[0]
    assert pages[1].endswith(f"Página 2 de {len(pages)}")
    assert len(re.findall(r"Renglón \d+\.", " ".join(pages))) == 400
