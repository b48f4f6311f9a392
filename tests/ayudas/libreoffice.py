"""Workbooks of the shape that LibreOffice writes (.ods), made here so that the tests need no LibreOffice."""

from io import BytesIO
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

MIME = "application/vnd.oasis.opendocument.spreadsheet"
ODF = "urn:oasis:names:tc:opendocument:xmlns:"
NAMES = "".join(f' xmlns:{p}="{ODF}{n}:1.0"' for p, n in
                (("office", "office"), ("table", "table"), ("text", "text"), ("style", "style"),
                 ("draw", "drawing"), ("manifest", "manifest")))  # fmt: skip
NUMBER = 'office:value-type="float" office:value'
EMPTY = '<table:table-cell table:number-columns-repeated="16384"/>'
REST = f'<table:table-row table:number-rows-repeated="{{}}">{EMPTY}</table:table-row>'
HIDDEN = '<style:table-properties table:display="false"/>'
STYLES = f'<style:style style:name="oculta" style:family="table">{HIDDEN}</style:style>'


def cell(value):
    """A cell as its value is: text, number or nothing."""
    if isinstance(value, int | float):
        return f'<table:table-cell {NUMBER}="{value}"><text:p>{value}</text:p></table:table-cell>'
    if not value:
        return "<table:table-cell/>"
    lines = "".join(f"<text:p>{escape(line)}</text:p>" for line in value.split("\n"))
    return f'<table:table-cell office:value-type="string">{lines}</table:table-cell>'


def row(values, hidden=False, inside=""):
    """A row up to the last column there is; `inside`: XML in the place of the cells."""
    cells = inside or "".join(map(cell, values))
    mark = ' table:visibility="collapse"' if hidden else ""
    rest = '<table:table-cell table:number-columns-repeated="16377"/>'
    return f"<table:table-row{mark}>{cells}{rest}</table:table-row>"


def sheet(rows, name="Hoja1", hidden=False, columns='<table:table-column table:number-columns-repeated="16384"/>'):
    """A sheet of rows, each of values or already XML, and below them the million of empty ones."""
    body = "".join(r if isinstance(r, str) else row(r) for r in rows)
    style = "oculta" if hidden else "vista"
    start = f'<table:table table:name={quoteattr(name)} table:style-name="{style}">'
    return f"{start}{columns}{body}{REST.format(1_048_573)}{REST.format(1)}</table:table>"


def content(*sheets):
    """The `content.xml` of these sheets."""
    body = f"<office:body><office:spreadsheet>{''.join(sheets)}</office:spreadsheet></office:body>"
    inside = f"<office:automatic-styles>{STYLES}</office:automatic-styles>{body}"
    return f'<?xml version="1.0" encoding="UTF-8"?><office:document-content{NAMES}>{inside}</office:document-content>'


def packed(xml, **others):
    """The file around a `content.xml`; `others`: more parts, with `__` for the bars in their names, None for none."""
    parts = {"content.xml": xml, "META-INF/manifest.xml": f"<manifest:manifest{NAMES}/>"}
    parts |= {name.replace("__", "/"): body for name, body in others.items()}
    made = BytesIO()
    with ZipFile(made, "w") as file:
        file.writestr("mimetype", MIME, ZIP_STORED)
        for name, body in parts.items():
            if body is not None:
                file.writestr(name, body, ZIP_DEFLATED)
    return made.getvalue()


def ods(*rows):
    """A workbook of one sheet with these rows."""
    return packed(content(sheet(rows)))
