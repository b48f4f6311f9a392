"""Files made to harm whoever reads them: each is answered with a sentence, and nothing else changes.

How long each takes, and thousands of files damaged at random: `make resistencia`.
"""

from base64 import b64encode
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from documentos.hojas.hojas import write
from libreoffice import NUMBER, content, packed, sheet
from raoce.bienes import Fila
from tramites import Tramite

SHEET, TEXTS = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"
BOOK = write([Fila("I", "85011001", "Motor", "06", "5", "2", "4")] * 3)


def book(others=(), **changes):
    """The workbook with other parts in the place of its own, and some more."""
    parts = {"hoja": SHEET, "textos": TEXTS}
    changed = {parts[name]: change for name, change in changes.items()}
    made = BytesIO()
    with ZipFile(BytesIO(BOOK)) as good, ZipFile(made, "w", ZIP_DEFLATED) as bad:
        for name in good.namelist():
            body = good.read(name)
            bad.writestr(name, changed[name](body) if name in changed else body)
        for name in others:
            bad.writestr(name, b"")
    return made.getvalue()


def zips_in_zips():
    body = b"x" * 1_000_000
    for _ in range(6):
        made = BytesIO()
        with ZipFile(made, "w", ZIP_DEFLATED) as outer:
            for n in range(5):
                outer.writestr(f"{n}.zip", body)
        body = made.getvalue()
    return body


def libreoffice(cell="", row="", start=""):
    """A workbook of LibreOffice with a row that has these attributes, and a cell that has those."""
    line = f'<table:table-row {row}><table:table-cell {NUMBER}="1" {cell}/></table:table-row>'
    xml = content(sheet([("Fracción", "Bien"), line]))
    return packed(xml.replace("<office:document", f"{start}<office:document", 1))


REPEATED = 'table:number-{}-repeated="{}"'.format


def laughs(_):
    entities = [b'<!ENTITY a0 "' + b"x" * 1000 + b'">']
    entities += [b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 10)]
    return b'<?xml version="1.0"?><!DOCTYPE sst [' + b"".join(entities) + b"]><sst><si><t>&a9;</t></si></sst>"


@pytest.mark.parametrize(
    ("make", "codigo"),
    [
        (lambda: book(hoja=lambda _: b" " * 250_000_000), "hoja-inflada"),
        (lambda: book(others=[f"x/{n}" for n in range(10_000)]), "hoja-inflada"),
        (zips_in_zips, "hoja-tipo"),
        (lambda: book(textos=laughs), "hoja-danada"),
        (lambda: book(hoja=lambda _: b"<a>" * 100_000 + b"</a>" * 100_000), "hoja-sin-encabezados"),
        (lambda: book(hoja=lambda _: b"<row " * 2_000_000), "hoja-danada"),
        (lambda: book(hoja=lambda _: b'<c t="s" ' * 2_000_000), "hoja-danada"),
        (lambda: book(hoja=lambda body: body.replace(b'r="A2"', b'r="XFD1048576"')), "hoja-extensa"),
        (lambda: libreoffice(start=laughs(b"").decode().partition("?>")[2].partition("<sst>")[0]), "hoja-danada"),
        (lambda: libreoffice(cell=REPEATED("columns", 99_999_999)), "hoja-extensa"),
        (lambda: libreoffice(row=REPEATED("rows", 99_999_999)), "hoja-filas"),
        (lambda: libreoffice(cell=REPEATED("columns", "9" * 5000)), "hoja-danada"),
        (lambda: packed(content("<text:p>" * 300_000 + "</text:p>" * 300_000)), "hoja-danada"),
        (lambda: packed(content("<text:p/>" * 3_000_000)), "hoja-extensa"),
        (lambda: packed(b" " * 250_000_000), "hoja-inflada"),
        (lambda: b"\t".join([b"x"] * 200_000) + b"\n" + b"\t".join([b"1"] * 200_000), "hoja-danada"),
        (lambda: b"x" * 5_000_000, "hoja-danada"),
    ],
    ids=[
        *("ratio", "count", "nested", "entities", "depth", "unclosed rows", "unclosed cells", "last cell"),
        *("ods entities", "ods columns", "ods rows", "ods digits", "ods depth", "ods count", "ods ratio"),
        *("columns", "one line"),
    ],
)
def test_sheets(make, codigo):
    t = Tramite("?pantalla=bienes&ejercicio=2023&programas=PROSEC")
    before = t.draft
    t.do("bienes.importar", nombre="a.xlsx", contenido=b64encode(make()).decode())
    assert t.codes == [codigo] and t.draft == before and t.html


@pytest.mark.parametrize(
    "texto",
    [
        "[" * 4_000_000,
        '{"a":' * 800_000,
        "{" + ",".join(f'"k{n}":1' for n in range(300_000)) + "}",
        '{"a":' + "9" * 4_000_000 + "}",
        '{"formato":"raoce-borrador/1","formato":"x","campos":{}}',
        '{"formato":"raoce-borrador/1","campos":{"rfc":"\\ud800"}}',
    ],
    ids=["brackets", "objects", "names", "digits", "twice", "half a pair"],
)
@pytest.mark.parametrize("event", ["abrir-borrador", "datos.abrir-anterior", "corregir.abrir-presentado"])
def test_json(event, texto):
    screen = event.partition(".")[0] if "." in event else "plazos"
    t = Tramite(f"?pantalla={screen}&ejercicio=2023&programas=PROSEC")
    before = t.draft
    t.do(event, nombre="a.json", texto=texto)
    assert t.codes == ["borrador-danado"] and t.draft == before and t.html


@pytest.mark.parametrize(
    "der",
    [
        b"\x30\x84\xff\xff\xff\xff" + b"\0" * 100,
        b"\x30\x80" * 20_000,
        b"".join(b"\x30\x83" + (60_000 - 5 * n).to_bytes(3, "big") for n in range(10_000)),
        b"",
    ],
    ids=["length", "no end", "depth", "empty"],
)
def test_certificates(der):
    t = Tramite("?pantalla=firmar&ejercicio=2023&programas=IMMEX")
    t.do("firmar.certificado", nombre="a.cer", contenido=b64encode(der).decode())
    assert t.state.firma.fallo.codigo == "certificado-ilegible" and t.html
