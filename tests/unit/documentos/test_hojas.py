"""PROSEC goods in spreadsheets: what companies send in, what LibreOffice and we write, and files that mean harm."""

import codecs
import csv
import re
import shutil
import struct
import subprocess
from contextlib import suppress
from datetime import datetime
from decimal import Decimal
from io import BytesIO, StringIO
from zipfile import ZIP_DEFLATED, ZipFile

import openpyxl
import pytest
from openpyxl.workbook.protection import WorkbookProtection

from documentos.hojas import envases
from documentos.hojas.columnas import PRIMERAS
from documentos.hojas.encabezados import BIENES, ENCABEZADOS, SUMAS, with_zero
from documentos.hojas.hojas import Tabla, read, read_text, recognise, write
from documentos.hojas.ole import FIRMA
from propiedades import given, settings, st
from raoce.base import DatoInvalido
from raoce.base.texto import plain
from raoce.bienes import MAXIMO_FILAS, VOLUMENES, Fila
from raoce.bienes.bienes import parse_fraccion
from raoce.bienes.catalogos import parse_sector, parse_unidad, sectores, unidades
from raoce.bienes.escrituras import without_nico
from raoce.bienes.volumenes import parse_volumen, volumen_vucem

CAFE = Fila("XXII", "09012101", "Café tostado, sin descafeinar", "01", "30000", "20000.25", "9999.75")
PIEZAS = Fila("XIXa", "87089999", 'Soportes de 3/4" para motor «N°1»', "06", "1500", "0", "1500")
RENGLONES = (CAFE, PIEZAS)
TITULOS = tuple(ENCABEZADOS.values())
CONTENIDO = "[Content_Types].xml"
NS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def book(*rows, title="Hoja1", before=()):
    """A workbook made by a program that is not ours; `before`: sheets that come first, by their rows."""
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.active)
    for sheet_rows in (*before, rows):
        sheet = workbook.create_sheet(title if sheet_rows is rows else None)
        for row in sheet_rows:
            sheet.append(row)
    return saved(workbook)


def saved(workbook):
    target = BytesIO()
    workbook.save(target)
    return target.getvalue()


def with_parts(datos, **changes):
    """The workbook with some parts changed, added or (None) taken away."""
    target = BytesIO()
    names = {name.replace("__", "/"): body for name, body in changes.items()}
    with ZipFile(BytesIO(datos)) as old, ZipFile(target, "w", ZIP_DEFLATED) as new:
        parts = {name: old.read(name) for name in old.namelist()} | names
        for name, body in parts.items():
            if body is not None:
                new.writestr(name, body)
    return target.getvalue()


def with_sheet(xml):
    """A workbook whose first sheet is this XML, a `sheetData` and nothing else."""
    sheet = f'<worksheet xmlns="{NS}"><sheetData>{xml}</sheetData></worksheet>'
    return with_parts(book(TITULOS, CAFE), **{"xl/worksheets/sheet1.xml": sheet.encode()})


def goods(datos, nombre="bienes.xlsx"):
    return tuple(r.fila for r in recognise(read(nombre, datos)).filas)


def code(datos):
    with pytest.raises(DatoInvalido) as caught:
        recognise(read("bienes.xlsx", datos))
    return caught.value.codigo


def as_text(separator, rows=(TITULOS, *RENGLONES), end="\r\n"):
    target = StringIO(newline="")
    csv.writer(target, delimiter=separator, lineterminator=end).writerows(rows)
    return target.getvalue()


@pytest.mark.parametrize("separator", ["\t", ";", ",", "|"], ids=["tab", "semicolon", "comma", "bar"])
@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"], ids=["crlf", "lf", "cr"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252", "utf-16-be"])
def test_text_is_read_whatever_its_separator_line_end_and_encoding(separator, end, encoding):
    mark = codecs.BOM_UTF16_BE if encoding == "utf-16-be" else b""
    assert goods(mark + as_text(separator, end=end).encode(encoding)) == RENGLONES


@pytest.mark.parametrize("nombre", ["bienes.xlsx", "bienes.csv", "bienes"])
def test_the_content_says_what_a_file_is_and_not_its_name(nombre):
    assert goods(book(TITULOS, CAFE), nombre) == (CAFE,)
    assert goods(as_text(";").encode(), nombre) == RENGLONES


def test_thousands_in_the_volumes_do_not_pass_for_separators():
    texto = "Sector;Fracción;Bien;Unidad;Total;Nacional;Exportación\nXXII;09012101;Café;Kg;30,000;20,000;10,000\n"
    assert recognise(read_text(texto)).filas[0].fila.total == "30,000"
    sin_titulos = "XXII;09012101;Café;Kg;30,000;20,000;10,000\n" * 3
    assert recognise(read_text(sin_titulos)).filas[2].fila == Fila(
        "XXII", "09012101", "Café", "Kg", "30,000", "20,000", "10,000"
    )


def test_what_is_pasted_from_a_spreadsheet_is_read():
    texto = 'Fracción\tBienes producidos\tVol. total\n09012101\t"Café,\n""tostado"""\t5\n87089999\tTubo de 2" x 3"\t6'
    filas = recognise(read_text(texto)).filas
    assert [r.numero for r in filas] == [2, 3]
    assert [r.fila.descripcion for r in filas] == ['Café,\n"tostado"', 'Tubo de 2" x 3"']


def test_a_quote_that_nobody_closes_does_not_swallow_the_rows_below():
    texto = 'Fracción;Bien\n73079999;"Codo de 2 pulgadas\n87089999;Soporte\n'
    assert [r.fila.fraccion for r in recognise(read_text(texto)).filas] == ["73079999", "87089999"]


def test_the_line_that_tells_excel_the_separator_is_obeyed():
    filas = recognise(read_text("sep=|\nFracción|Bien, producto; artículo\n09012101|Café; tostado, molido\n")).filas
    assert filas[0].numero == 3
    assert filas[0].fila.descripcion == "Café; tostado, molido"


def test_cells_are_read_as_a_person_reads_them():
    row = (22.0, 9012101.0, "Café", 1, 30000.0, 0.1 + 0.2, datetime(2023, 12, 31))
    assert goods(book(TITULOS, row)) == (Fila("22", "09012101", "Café", "1", "30000", "0.3", "2023-12-31"),)


def test_the_first_visible_sheet_with_headings_is_read():
    workbook = openpyxl.load_workbook(BytesIO(book(TITULOS, CAFE, title="Bienes", before=[[("Carátula",)], []])))
    workbook.create_sheet("Oculta", 0).sheet_state = "hidden"
    workbook["Oculta"].append(TITULOS)
    workbook["Oculta"].append(PIEZAS)
    tabla = read("libro.xlsx", saved(workbook))
    assert tabla.nombre == "Bienes"
    assert recognise(tabla).filas[0].fila == CAFE


@pytest.mark.parametrize("prefix", ["", "s:"])
def test_what_a_workbook_hides_is_read_and_told(prefix):
    workbook = openpyxl.load_workbook(BytesIO(book(TITULOS, CAFE, PIEZAS, before=[[("Carátula",)]])))
    sheet = workbook.worksheets[1]
    sheet.row_dimensions[3].hidden = sheet.row_dimensions[9].hidden = True
    sheet.column_dimensions["F"].hidden = sheet.column_dimensions["Z"].hidden = True
    datos = saved(workbook)
    part = "xl/worksheets/sheet2.xml"
    with ZipFile(BytesIO(datos)) as parts:
        xml = re.sub("<(/?)", rf"<\1{prefix}", parts.read(part).decode())
    if prefix:
        xml = xml.replace("xmlns=", "xmlns:s=")
    hoja = recognise(read("x", with_parts(datos, **{part: xml})))
    assert tuple(r.fila for r in hoja.filas) == RENGLONES
    assert (hoja.renglones_ocultos, hoja.columnas_ocultas, hoja.oculta) == (1, ("nacional",), False)


def test_a_hidden_sheet_is_read_where_no_other_has_goods():
    workbook = openpyxl.load_workbook(BytesIO(book(TITULOS, CAFE, title="Datos", before=[[("Carátula",)]])))
    workbook["Datos"].sheet_state = "veryHidden"
    tabla = read("x", saved(workbook))
    assert tabla.nombre == "Datos" and recognise(tabla).oculta


SINONIMOS = {
    "sector": ["Sector", "CLAVE DEL SECTOR", "Clave sector:", "Sector PROSEC", "Programa sectorial"],
    "fraccion": ["Fraccion", "Fracc. arancelaria", "FA", "F.A.", "FRACCIÓN ARANCELARIA (8 dígitos)", "Arancelaria"],
    "descripcion": ["Descripción", "Bien", "Producto", "Bienes", "Desc.", "Mercancía", "Descripción de la fracción"],
    "unidad": ["U.M.", "UMT", "Unidad", "U. de M.", "UdM", "Unidad de medida de la tarifa", "UM", "Medida"],
    "total": ["Vol. total", "Total producido", "Volumen", "Producción", "Cantidad", "Total de unidades producidas",
              "Volumen total (en unidad de medida)", "Total"],
    "nacional": ["Nacional", "Mercado nac.", "Vol. Nacional", "Ventas nacionales", "Total mercado nacional"],
    "exportacion": ["Exportación", "Export.", "EXPORTACIONES", "Volumen exportado", "Total de exportaciones", "Exp."],
}  # fmt: skip


@pytest.mark.parametrize(("columna", "texto"), [(c, t) for c, texts in SINONIMOS.items() for t in texts])
def test_headings_are_known_by_what_companies_write(columna, texto):
    titles = dict(ENCABEZADOS) | {columna: texto}
    hoja = recognise(Tabla((tuple(titles.values()), CAFE)))
    assert hoja.columnas == titles
    assert hoja.filas[0].fila == CAFE


@given(st.permutations(list(ENCABEZADOS)), st.integers(0, PRIMERAS - 1))
def test_headings_may_come_in_any_order_below_any_titles(order, above):
    titles = tuple(ENCABEZADOS[c].upper() for c in order)
    row = tuple(getattr(CAFE, c) for c in order)
    hoja = recognise(Tabla((*((("Relación de bienes producidos 2023",),) * above), titles, row)))
    assert [(r.numero, r.fila) for r in hoja.filas] == [(above + 2, CAFE)]
    assert hoja.letras == {c: "ABCDEFG"[i] for i, c in enumerate(order)}


def test_a_heading_in_two_rows_is_read_as_one():
    rows = (
        ("Sector", "Fracción", "Bien", "U.M.", "Volumen", "", ""),
        ("", "", "", "", "Total", "Mercado nacional", "Exportación"),
        CAFE,
    )
    hoja = recognise(Tabla(rows))
    assert [(r.numero, r.fila) for r in hoja.filas] == [(3, CAFE)]


def test_columns_that_are_not_asked_for_are_named():
    rows = (("No.", "Clave del producto", *TITULOS, "Valor total en USD", "Bien"), ("1", "K-3", *CAFE, "5", "Otro"))
    hoja = recognise(Tabla(rows))
    assert hoja.filas[0].fila == CAFE
    assert hoja.ignoradas == ("No.", "Clave del producto", "Valor total en USD", "Bien")
    assert hoja.letras["sector"] == "C"


def test_without_headings_seven_columns_or_four_are_taken_in_order():
    assert recognise(Tabla(RENGLONES)).filas[0].fila == CAFE
    cuatro = recognise(Tabla((CAFE[:4], (), PIEZAS[:4])))
    assert [(r.numero, r.fila) for r in cuatro.filas] == [(1, Fila(*CAFE[:4])), (3, Fila(*PIEZAS[:4]))]


@pytest.mark.parametrize(
    ("rows", "faltan"),
    [
        ((("Fracción", "Total"), ("09012101", "5")), "«Bienes producidos»"),
        ((("Bien", "Total"), ("Café", "5")), "«Fracción arancelaria»"),
        ((("a", "b", "c"), ("d", "e", "f")), "«Fracción arancelaria» y «Bienes producidos»"),
    ],
)
def test_what_is_missing_among_the_headings_is_named(rows, faltan):
    with pytest.raises(DatoInvalido) as caught:
        recognise(Tabla(rows))
    assert (caught.value.codigo, caught.value.datos) == ("hoja-sin-encabezados", {"faltan": faltan})


@pytest.mark.parametrize(
    "escrita",
    ["09012101 01", "0901210101", "0901.21.01 01", "0901.21.01.01", "0901.21.01-01", "09012101/01", 901210101,
     9012101.01, "0901.21.01 NICO 01", " 0901 21 01 01 "],
)  # fmt: skip
def test_a_fraction_loses_its_nico_however_it_is_written(escrita):
    hoja = recognise(read("x", book(TITULOS, CAFE._replace(fraccion=escrita), CAFE)))
    assert [parse_fraccion(r.fila.fraccion) for r in hoja.filas] == ["09012101"] * 2
    assert [bool(r.con_nico) for r in hoja.filas] == [True, False]


@pytest.mark.parametrize("escrita", ["0901210", "090121010", "09012101011", "8703210101 1", "87032101.1"])
def test_other_counts_of_digits_are_left_for_the_filer_to_mend(escrita):
    fila = recognise(Tabla((TITULOS, CAFE._replace(fraccion=escrita)))).filas[0]
    assert (fila.fila.fraccion, fila.con_nico) == (escrita, "")


def test_empty_rows_totals_and_headings_of_the_next_page_are_no_goods():
    total = ("", "", "Total", "", "31500", "20000.25", "11499.75")
    rows = (TITULOS, (), CAFE, ("",) * 7, TITULOS, PIEZAS, total, ("TOTALES:", "", "", "", "1"))
    assert [(r.numero, r.fila) for r in recognise(Tabla(rows)).filas] == [(3, CAFE), (6, PIEZAS)]


def test_ten_thousand_goods_are_the_most():
    rows = [(*CAFE[:2], f"Bien {i}", *CAFE[3:]) for i in range(MAXIMO_FILAS + 1)]
    assert len(recognise(Tabla((TITULOS, *rows[1:]))).filas) == MAXIMO_FILAS
    assert code(as_text(",", (TITULOS, *rows)).encode()) == "hoja-filas"
    assert code(("Fracción;Bien\n" + "1;2\n" * 2 * MAXIMO_FILAS).encode()) == "hoja-filas"
    assert len(goods(("Fracción;Bien\n1;2\n" + ";\n" * 5 * MAXIMO_FILAS).encode())) == 1


TEXTOS = st.text(st.characters(exclude_categories=["Cs"]), max_size=40).map(str.strip)
PELIGROSOS = st.builds(str.__add__, st.sampled_from("=+-@"), TEXTOS)
CIFRAS = st.decimals(0, 10**13, places=3, allow_nan=False).map(volumen_vucem)
VOLUMEN = CIFRAS | st.sampled_from(["30,000", "1 234.5", "1,2,3", "-4", "0.1234", "9007199254740993", ""]) | TEXTOS
DIGITOS = st.text("0123456789", max_size=9) | TEXTOS
FILAS = st.builds(Fila, TEXTOS | PELIGROSOS, DIGITOS, TEXTOS | PELIGROSOS, DIGITOS, VOLUMEN, VOLUMEN, VOLUMEN)


def usual(fila):
    """What a spreadsheet gives back: numbers for volumes, and fractions with the zero they lose, without NICO."""

    def number(texto):
        try:
            return volumen_vucem(parse_volumen(texto))
        except DatoInvalido:
            return texto

    fraccion = without_nico(with_zero(fila.fraccion))
    return fila._replace(fraccion=fraccion, **{c: number(getattr(fila, c)) for c in VOLUMENES})


@settings(max_examples=60)
@given(st.lists(FILAS.filter(lambda fila: any(fila) and not SUMAS & set(map(plain, fila))), max_size=5))
def test_what_is_written_is_read_back(filas):
    assert goods(write(filas)) == tuple(map(usual, filas))


def test_nothing_written_is_a_formula_and_volumes_are_numbers():
    textos = (
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        '=HYPERLINK("https://example.org")',
        "{=1}",
        "https://a.mx",
    )
    datos = write([Fila(t, "00000001", t, "01", "30,000", "0.125", t) for t in textos])
    sheet = openpyxl.load_workbook(BytesIO(datos)).worksheets[0]
    for texto, row in zip(textos, sheet.iter_rows(min_row=2), strict=True):
        assert [c.data_type for c in row] == ["s", "s", "s", "s", "n", "n", "s"]
        assert row[2].value == texto.replace("\r", "_x000D_")
        assert [c.value for c in row[3:6]] == ["01", 30000, 0.125]
        assert [c.number_format for c in row[3:6]] == ["@", "#,##0", "#,##0.000"]
    with ZipFile(BytesIO(datos)) as parts:
        assert not any(b"<f>" in parts.read(name) for name in parts.namelist() if "worksheets/" in name)


def test_the_template_has_the_headings_frozen_bold_and_with_lists():
    datos = write([])
    workbook = openpyxl.load_workbook(BytesIO(datos))
    sheet = workbook.worksheets[0]
    assert [c.value for c in sheet[1]] == list(TITULOS)
    assert all(c.font.b for c in sheet[1])
    assert (sheet.freeze_panes, sheet.auto_filter.ref, sheet.max_row) == ("A2", "A1:G2", 1)
    lists = {str(v.sqref): v.formula1 for v in sheet.data_validations.dataValidation}
    assert lists == {"A2:A10001": f"'Catálogos'!$A$2:$A${len(sectores()) + 1}",
                     "D2:D10001": f"'Catálogos'!$B$2:$B${len(unidades()) + 1}"}  # fmt: skip
    keys = [[c.value for c in column if c.value][1:] for column in workbook["Catálogos"].columns]
    assert [parse_sector(t) for t in keys[0]] == [s.clave for s in sectores()]
    assert [parse_unidad(t) for t in keys[1]] == [u.clave for u in unidades()]
    assert goods(datos) == ()
    assert write([]) == datos


def test_what_no_encoding_holds_and_what_no_cell_holds_is_written_all_the_same():
    fila = goods(write([Fila(fraccion="1", descripcion="Café\ud800", unidad="x" * 40_000)]))[0]
    assert (fila.descripcion, len(fila.unidad)) == ("Café?", 32_767)


def converted(folder, source, kind):
    if not shutil.which("soffice"):
        pytest.skip("LibreOffice (soffice) is not installed")
    profile = f"-env:UserInstallation={(folder / 'perfil').as_uri()}"
    reading = ["--infilter=CSV:44,34,76"] if source.suffix == ".csv" else []  # commas, quotes, UTF-8
    subprocess.run(
        ["soffice", "--headless", profile, *reading, "--convert-to", kind, "--outdir", str(folder), str(source)],
        check=True,
        capture_output=True,
        timeout=120,
    )
    target = folder / f"{source.stem}.{kind.partition(':')[0]}"
    assert target.is_file(), "LibreOffice wrote nothing: its spreadsheets (libreoffice-calc) are missing"
    return target


@pytest.mark.parametrize("kind", ["xlsx", "xls", "ods"])
def test_a_workbook_of_libreoffice_is_read(tmp_path, kind):
    source = tmp_path / "origen.csv"
    titulo = ("Relación de bienes", "", "", "", "", "", "")
    rows = (titulo, TITULOS, CAFE._replace(fraccion="9012101"), PIEZAS)
    source.write_text(as_text(",", rows), encoding="utf-8")
    hoja = recognise(read("origen", converted(tmp_path, source, kind).read_bytes()))
    # LibreOffice took the keys «01» and «06» for numbers, as Excel does.
    assert [(r.numero, r.fila) for r in hoja.filas] == [
        (3, CAFE._replace(unidad="1")),
        (4, PIEZAS._replace(unidad="6")),
    ]


def test_an_xls_cut_short_is_damaged_or_says_the_same(tmp_path):
    source = tmp_path / "nuestro.xlsx"
    source.write_bytes(write(RENGLONES))
    whole = converted(tmp_path, source, "xls").read_bytes()
    assert goods(whole) == RENGLONES
    found = set()
    for cut in range(500, len(whole), 500):
        try:
            # The last part of the container may hold nothing of the cells.
            assert goods(whole[:-cut]) == RENGLONES
        except DatoInvalido as error:
            found.add(error.codigo)
    assert "hoja-danada" in found and found <= {"hoja-danada", "hoja-otra", "hoja-vacia"}


def test_libreoffice_reads_what_we_write(tmp_path):
    filas = [CAFE, PIEZAS, Fila("+1", "01012101", "=1+1", "@01", "0.125", "9007199254740993", "-5")]
    source = tmp_path / "nuestro.xlsx"
    source.write_bytes(write(filas))
    target = converted(tmp_path, source, "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false")
    with target.open(encoding="utf-8", newline="") as lines:
        titles, *rows = csv.reader(lines)
    assert titles == list(TITULOS)
    read_volumes = [[volumen_vucem(Decimal(r[4].replace(",", ""))), *r[5:]] for r in rows]
    assert [r[:4] for r in rows] == [list(f[:4]) for f in filas]
    assert [v[0] for v in read_volumes] == [f.total for f in filas]
    assert rows[2][5:] == ["9007199254740993", "-5"]


def ole(*names, size=4096):
    """A container of the old Office, as far as the names of what it holds go."""
    body = b"".join(name.encode("utf-16-le") + b"\0\0" for name in names)
    return (FIRMA + b"\0" * 504 + body).ljust(size, b"\0")


def lying(datos, part, body):
    """The workbook with a part that says to inflate to one byte, in its header and in the index."""
    target = BytesIO()
    with ZipFile(BytesIO(datos)) as old, ZipFile(target, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name != part:
                new.writestr(name, old.read(name))
        new.writestr(part, body)
    raw = bytearray(target.getvalue())
    size, lie = struct.pack("<I", len(body)), struct.pack("<I", 1)
    assert raw.count(size) == 2
    return bytes(raw.replace(size, lie))


SERIES = b"0" * (envases.MAXIMO_INFLADO + 1)
BOMBA = (
    '<?xml version="1.0"?><!DOCTYPE s [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefghi", "bcdefghij", strict=True))
    + f']><sst xmlns="{NS}" count="1" uniqueCount="1"><si><t>&j;</t></si></sst>'
).encode()


@pytest.mark.parametrize(
    ("make", "expected"),
    [
        (lambda: b"", "hoja-vacia"),
        (lambda: b" \r\n\t", "hoja-vacia"),
        (lambda: codecs.BOM_UTF8, "hoja-vacia"),
        (lambda: book(), "hoja-vacia"),
        (lambda: b"a;" * (envases.MAXIMO // 2 + 1), "hoja-grande"),
        (lambda: b"%PDF-1.7\n1 0 obj", "hoja-tipo"),
        (lambda: b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "hoja-tipo"),
        (lambda: b"\xff\xd8\xff\xe0\0\x10JFIF", "hoja-tipo"),
        (lambda: b"{\\rtf1 a;b}", "hoja-tipo"),
        (lambda: b"<html><table><tr><td>1</td></tr></table></html>", "hoja-tipo"),
        (lambda: b"\x7fELF\x02\x01\x01\0", "hoja-tipo"),
        (lambda: "Fracción;Bien".encode("utf-16-le"), "hoja-tipo"),
        (lambda: codecs.BOM_UTF16_LE + b"a\0b", "hoja-danada"),
        (lambda: with_parts(book(TITULOS), **{"xl/workbook.xml": None, "word/document.xml": b"<d/>"}), "hoja-tipo"),
        (lambda: ole("WordDocument"), "hoja-tipo"),
        (lambda: ole("EncryptionInfo", "EncryptedPackage"), "hoja-cifrada"),
        (lambda: ole("Workbook", "_VBA_PROJECT_CUR"), "hoja-macros"),
        (lambda: ole("Workbook"), "hoja-danada"),
        (lambda: with_parts(book(TITULOS, CAFE), **{"xl/vbaProject.bin": b"x"}), "hoja-macros"),
        (lambda: macro_enabled(book(TITULOS, CAFE)), "hoja-macros"),
        (lambda: book(TITULOS, CAFE)[:-30], "hoja-danada"),
        (lambda: book(TITULOS, CAFE)[:400], "hoja-danada"),
        (lambda: corrupted(book(TITULOS, CAFE)), "hoja-danada"),
        (lambda: with_parts(book(TITULOS), **{"xl/workbook.xml": b"<workbook"}), "hoja-danada"),
        (lambda: with_parts(book(TITULOS), **{"xl/media/a.bin": SERIES}), "hoja-inflada"),
        (lambda: lying(book(TITULOS), "xl/media/a.bin", SERIES), "hoja-inflada"),
        (lambda: lying(book(TITULOS), "xl/worksheets/sheet1.xml", SERIES), "hoja-inflada"),
        (lambda: with_sheet('<row r="1"><c r="A1"><v>1</v></c></row><row><c r="XFD1048576"><v>1</v></c></row>'),
         "hoja-extensa"),
        (lambda: with_sheet("<row>" + "<c><v>1</v></c>" * 5000 + "</row>" + "<row><c><v>1</v></c></row>" * 900),
         "hoja-extensa"),
        (lambda: with_parts(with_sheet("<row>" + '<c t="s"><v>0</v></c>' * 9000 + "</row>"),
                            **{"xl/sharedStrings.xml": shared("x" * 30_000)}), "hoja-inflada"),
    ],
)  # fmt: skip
def test_each_file_that_is_no_table_has_its_reason(make, expected):
    assert code(make()) == expected


def macro_enabled(datos):
    with ZipFile(BytesIO(datos)) as parts:
        types = parts.read(CONTENIDO)
    ours, theirs = b"openxmlformats-officedocument.spreadsheetml.sheet.main", b"ms-excel.sheet.macroEnabled.main"
    assert ours in types
    return with_parts(datos, **{CONTENIDO: types.replace(ours, theirs)})


def corrupted(datos):
    """Some bytes of the first sheet, inside its deflated part, are others."""
    raw = bytearray(datos)
    with ZipFile(BytesIO(datos)) as parts:
        place = parts.getinfo("xl/worksheets/sheet1.xml").header_offset + 80
    raw[place : place + 20] = bytes(20)
    return bytes(raw)


def shared(texto):
    return f'<sst xmlns="{NS}"><si><t>{texto}</t></si></sst>'.encode()


def test_the_opening_of_entities_is_not_obeyed():
    datos = with_parts(with_sheet('<row r="1"><c r="A1" t="s"><v>0</v></c></row>'), **{"xl/sharedStrings.xml": BOMBA})
    assert code(datos) in {"hoja-danada", "hoja-vacia", "hoja-sin-encabezados"}


def test_formatted_cells_without_content_far_away_are_no_harm():
    datos = with_sheet(
        '<row r="1"><c r="A1" t="inlineStr"><is><t>Fracción</t></is></c>'
        '<c r="B1" t="inlineStr"><is><t>Bien</t></is></c></row>'
        '<row r="2"><c r="A2"><v>9012101</v></c></row><row r="1048576"><c r="XFD1048576" s="0"/></row>'
    )
    assert goods(datos) == (Fila(fraccion="09012101"),)


def test_protection_against_changes_is_no_encryption():
    workbook = openpyxl.load_workbook(BytesIO(book(TITULOS, CAFE)))
    workbook.security = WorkbookProtection(workbookPassword="x", lockStructure=True)
    workbook.worksheets[0].protection.enable()
    assert goods(saved(workbook)) == (CAFE,)


@settings(max_examples=150)
@given(st.data())
def test_no_damage_escapes_as_anything_but_a_reason(data):
    whole = bytearray(DANABLE)
    for _ in range(data.draw(st.integers(1, 6))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(whole)) | st.just(len(whole)))
    with suppress(DatoInvalido):
        recognise(read("x", bytes(whole[:cut])))


DANABLE = write(RENGLONES)


@settings(max_examples=150)
@given(st.data())
def test_no_damage_inside_a_part_escapes_either(data):
    with ZipFile(BytesIO(DANABLE)) as parts:
        name = data.draw(st.sampled_from([n for n in parts.namelist() if n.endswith((".xml", ".rels"))]))
        body = bytearray(parts.read(name))
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(body) - 1))
        body[place : place + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=3))
    with suppress(DatoInvalido):
        recognise(read("x", with_parts(DANABLE, **{name: bytes(body)})))


@given(st.binary(max_size=200) | st.text().map(str.encode))
def test_no_bytes_escape_as_anything_but_a_reason(datos):
    try:
        recognise(read("x", datos))
    except DatoInvalido as problem:
        assert problem.codigo.startswith("hoja-")


def test_a_table_of_200_000_columns_is_looked_at_no_further_than_people_make_them():
    headings = ["Fracción", "Descripción", *(f"x{n}" for n in range(200_000)), "Unidad"]
    found = BIENES.match(tuple(headings))
    assert found == {"fraccion": 0, "descripcion": 1}
