"""Files made to harm whoever reads them, by the kind of field that takes them.

Of sheets, each with the code of the sentence that answers it.
"""

from collections.abc import Callable
from functools import cache
from io import BytesIO
from struct import pack
from zipfile import ZIP_DEFLATED, ZipFile

import cfdi
import data_stage
import xls
from data_stage import make_zip
from documentos.hojas.hojas import write
from efirmas import make_efirma
from facturas import RarezasCfdi, make_cartera
from libreoffice import NUMBER, content, packed, sheet
from llaves import encrypt_key
from raoce.bienes import COLUMNAS, Fila

RFC = "EKU9003173C9"
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


TITLES = tuple(xls.cell(0, n, title) for n, title in enumerate(COLUMNAS))


def old_excel(*cells, **rest):
    """An .xls with the headings, and these cells below them."""
    return xls.container(xls.stream(*TITLES, *cells, **rest))


def numbers(rows, columns):
    return (xls.cell(r, c, 1) for r in range(1, rows + 1) for c in range(columns))


LONG_TEXT = xls.shared(1, b"x" * 8000)


def all_of_it(rows):
    """Cells that share one long text."""
    return (xls.record(xls.LABEL_SST, pack("<HHHI", r, c, 0, 0)) for r in range(1, rows + 1) for c in range(7))


def dimensions(rows, columns):
    return xls.record(xls.DIMENSIONS, pack("<IIHHH", 0, rows, 0, columns, 0))


HOJAS: dict[str, tuple[Callable[[], bytes], str]] = {
    "ratio.xlsx": (lambda: book(hoja=lambda _: b" " * 250_000_000), "hoja-inflada"),
    "count.xlsx": (lambda: book(others=[f"x/{n}" for n in range(10_000)]), "hoja-inflada"),
    "nested.xlsx": (zips_in_zips, "hoja-tipo"),
    "entities.xlsx": (lambda: book(textos=laughs), "hoja-danada"),
    "depth.xlsx": (lambda: book(hoja=lambda _: b"<a>" * 100_000 + b"</a>" * 100_000), "hoja-sin-encabezados"),
    "unclosed rows.xlsx": (lambda: book(hoja=lambda _: b"<row " * 2_000_000), "hoja-danada"),
    "unclosed cells.xlsx": (lambda: book(hoja=lambda _: b'<c t="s" ' * 2_000_000), "hoja-danada"),
    "last cell.xlsx": (
        lambda: book(hoja=lambda body: body.replace(b'r="A2"', b'r="XFD1048576"')),
        "hoja-extensa",
    ),
    "entities.ods": (
        lambda: libreoffice(start=laughs(b"").decode().partition("?>")[2].partition("<sst>")[0]),
        "hoja-danada",
    ),
    "columns.ods": (lambda: libreoffice(cell=REPEATED("columns", 99_999_999)), "hoja-extensa"),
    "rows.ods": (lambda: libreoffice(row=REPEATED("rows", 99_999_999)), "hoja-filas"),
    "digits.ods": (lambda: libreoffice(cell=REPEATED("columns", "9" * 5000)), "hoja-danada"),
    "depth.ods": (lambda: packed(content("<text:p>" * 300_000 + "</text:p>" * 300_000)), "hoja-danada"),
    "count.ods": (lambda: packed(content("<text:p/>" * 3_000_000)), "hoja-extensa"),
    "ratio.ods": (lambda: packed(b" " * 250_000_000), "hoja-inflada"),
    "columns.csv": (
        lambda: b"\t".join([b"x"] * 200_000) + b"\n" + b"\t".join([b"1"] * 200_000),
        "hoja-danada",
    ),
    "one line.csv": (lambda: b"x" * 5_000_000, "hoja-danada"),
    "last cell.xls": (lambda: old_excel(xls.cell(65_535, 255, 1)), "hoja-extensa"),
    "no such column.xls": (lambda: old_excel(xls.cell(65_535, 65_535, 1)), "hoja-extensa"),
    "texts.xls": (lambda: old_excel(*all_of_it(9000), before=LONG_TEXT), "hoja-inflada"),
    "sheets.xls": (lambda: old_excel(*numbers(9000, 7), sheets=2000), "hoja-danada"),
    "round and round.xls": (lambda: xls.container(xls.stream(*TITLES, *numbers(3, 7)), chain=[2] * 8), "hoja-danada"),
    "no such length.xls": (lambda: xls.container(xls.stream(*TITLES), length=2**32 - 1), "hoja-danada"),
    "no place.xls": (lambda: old_excel(position=2**32 - 1), "hoja-danada"),
}
# With something that would harm whoever believed it, and read all the same.
HOJAS_LEGIBLES: dict[str, Callable[[], bytes]] = {
    "dimensions.xls": lambda: old_excel(dimensions(65_535, 3000), *numbers(3, 7)),
    "more dimensions.xls": lambda: old_excel(dimensions(2**32 - 1, 65_535), *numbers(3, 7)),
    "texts said.xls": lambda: old_excel(*numbers(3, 7), before=xls.shared(2**31 - 1, b"a")),
}

JSON = {
    "brackets": "[" * 4_000_000,
    "objects": '{"a":' * 800_000,
    "names": "{" + ",".join(f'"k{n}":1' for n in range(300_000)) + "}",
    "digits": '{"a":' + "9" * 4_000_000 + "}",
    "twice": '{"formato":"raoce-borrador/1","formato":"x","campos":{}}',
    "half a pair": '{"formato":"raoce-borrador/1","campos":{"rfc":"\\ud800"}}',
}

DER = {
    "length": b"\x30\x84\xff\xff\xff\xff" + b"\0" * 100,
    "no end": b"\x30\x80" * 20_000,
    "depth": b"".join(b"\x30\x83" + (60_000 - 5 * n).to_bytes(3, "big") for n in range(10_000)),
    "empty": b"",
}


@cache
def costly_key() -> bytes:
    """As dear to open as may be."""
    good = make_efirma()
    return encrypt_key(good.llave, good.contrasena, iteraciones=1_000_000)


# -- «Calcular con mis archivos»


def asc_headings(registro):
    return "|".join(data_stage.DICCIONARIO[registro]) + "|"


def asc_bomb():
    return make_zip([("b_551.asc", (asc_headings("551").encode() + b"\n" + b"0" * 120_000_000,))], 6)


def nested(levels, body, compresion=1):
    for _ in range(levels):
        body = make_zip((("dentro.zip", (body,)),), compresion)
    return body


def many_asc():
    return make_zip(((f"{n}_551.asc", (b"",)) for n in range(5200)), 6)


CFD = "http://www.sat.gob.mx/cfd/4"
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
DOCTYPES = {
    "billion laughs": f'<!DOCTYPE a [<!ENTITY l0 "ja">{LAUGHS}]><a>&l11;</a>',
    "laughs in an attribute": f'<!DOCTYPE a [<!ENTITY l0 "ja">{LAUGHS}]><a b="&l11;"/>',
    "external entity": '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
    "external DTD": '<!DOCTYPE a SYSTEM "http://127.0.0.1:9/a.dtd"><a/>',
    "parameter entity": '<!DOCTYPE a [<!ENTITY % p SYSTEM "http://127.0.0.1:9/a.dtd">%p;]><a/>',
    "default attribute": f'<!DOCTYPE c [<!ATTLIST c Version CDATA "4.0">]><c xmlns="{CFD}"/>',
    "empty": "<!DOCTYPE a><a/>",
}


@cache
def good_cfdi() -> bytes:
    return cfdi.xml(make_cartera(1, RFC, 2023, 1, RarezasCfdi()).facturas[0])


def cfdi_bomb(megas):
    """A zip with an invoice, another with an attribute of so many megabytes, and what is none."""
    bomb = (good_cfdi()[:40] + b' Serie="', *[b"A" * 1_000_000] * megas, b'"/>')
    return make_zip((("a.xml", (good_cfdi(),)), ("bomba.xml", bomb), ("b.xml", (b"<a/>",)), ("c.pdf", (b"%PDF",))), 9)


def many_attributes():
    return b"<a" + b"".join(b' a%d=""' % n for n in range(200_000)) + b"/>"
