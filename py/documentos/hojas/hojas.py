"""Spreadsheets read from Excel, LibreOffice, CSV or what is pasted: goods, unless other columns are looked for."""

import re

# What `csv` gives, without it: in the browser that module comes with two megabytes of others.
from _csv import QUOTE_NONE, Error, reader
from collections.abc import Callable, Iterator
from functools import partial
from io import BytesIO, StringIO

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from documentos.hojas import ocultos, odf
from documentos.hojas.celdas import table
from documentos.hojas.columnas import Columnas, Tabla
from documentos.hojas.encabezados import BIENES, FilaDeHoja, Hoja, recognise
from documentos.hojas.envases import Envase, open_file
from documentos.hojas.libros import write
from raoce.base import DatoInvalido

__all__ = ["FilaDeHoja", "Hoja", "Tabla", "read", "read_text", "recognise", "write"]

SEPARADORES = "\t;,|"


def read(nombre: str, datos: bytes, columnas: Columnas = BIENES) -> Tabla:
    """The table in a file of Excel (.xlsx, .xls), of LibreOffice (.ods) or of text. Its bytes tell what it is;
    ``nombre`` goes to the table.

    Of a workbook, the visible sheet with most of the headings of ``columnas``, the first of them among equals; a hidden
    one only where no visible one is a table. Raises ``DatoInvalido``: those of ``envases.open_file``, ``hoja-filas``.
    """
    envase = open_file(datos)
    if envase.texto is not None:
        return Tabla(read_text(envase.texto, columnas).filas, nombre)
    sheets = _reader(envase)
    tablas = list(sheets(False))
    if not any(map(columnas.is_table, tablas)):
        tablas = list(filter(columnas.is_table, sheets(True))) or tablas
    if not tablas:
        raise DatoInvalido("hoja-vacia")
    return max(tablas, key=lambda t: len(columnas.find_headings(t)[1]))


def read_text(texto: str, columnas: Columnas = BIENES) -> Tabla:
    """The table in a text whose cells are apart by tabs, semicolons, commas or bars: whichever gives a table.

    Raises ``DatoInvalido``: ``hoja-vacia``, ``hoja-danada``, ``hoja-filas``.

    >>> read_text("Fracción;Bien;Vol. total\\n09011201;Café;30,000").filas[1]
    ('09011201', 'Café', '30,000')
    """
    if not texto.strip():
        raise DatoInvalido("hoja-vacia")
    declared = re.match(r"sep=(.)\r?\n", texto)
    if declared:
        return Tabla(table(_split(texto, declared[1])))
    start = "\n".join(texto.splitlines()[:50])
    return Tabla(table(_split(texto, max(SEPARADORES, key=lambda s: _likelihood(start, s, columnas)))))


def _likelihood(texto: str, separador: str, columnas: Columnas) -> tuple[int, float, int]:
    """How much of a table there is: headings that are known, rows of the usual width, that width."""
    rows = [row for row in _split(texto, separador) if any(row)]
    widths = [len(row) for row in rows]
    usual = max(set(widths), key=widths.count, default=0)
    found = columnas.match(columnas.find_headings(Tabla(tuple(map(tuple, rows))))[1])
    return len(found), (widths.count(usual) / len(widths) if usual > 1 else 0), usual


def _split(texto: str, separador: str) -> list[list[str]]:
    """The cells. Where quotes do not pair, they are letters like any other: inches, most of the time."""
    for options in ({"strict": True}, {"quoting": QUOTE_NONE}):
        try:
            return list(reader(StringIO(texto, newline=""), delimiter=separador, **options))
        except Error:
            continue
    raise DatoInvalido("hoja-danada")


def _reader(envase: Envase) -> Callable[[bool], Iterator[Tabla]]:
    """What gives the sheets with something in them: those that are hidden, or those that are not."""
    if envase.odf is None:
        return partial(_sheets_of_excel, envase)
    tablas = odf.sheets(envase.odf)
    return lambda ocultas: (tabla for tabla in tablas if tabla.ocultos.hoja == ocultas)


def _sheets_of_excel(envase: Envase, ocultas: bool) -> Iterator[Tabla]:
    try:
        workbook = CalamineWorkbook.from_object(BytesIO(envase.libro))
        for index, sheet in enumerate(workbook.sheets_metadata):
            hidden = sheet.visible != SheetVisibleEnum.Visible
            if sheet.typ == SheetTypeEnum.WorkSheet and hidden == ocultas:
                rows = table(workbook.get_sheet_by_index(index).to_python(skip_empty_area=False))
                if rows:
                    yield Tabla(rows, sheet.name, ocultos.hidden(envase.partes, index, hidden))
    except PasswordError as problem:
        raise DatoInvalido("hoja-cifrada") from problem
    except (CalamineError, OSError, OverflowError) as problem:
        raise DatoInvalido("hoja-danada") from problem
    except BaseException as problem:
        # How Rust gives up on some damaged .xls; its class is not to be imported.
        if type(problem).__name__ != "PanicException":
            raise
        raise DatoInvalido("hoja-danada") from problem
