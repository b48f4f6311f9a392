"""PROSEC goods in spreadsheets: read from Excel, CSV or what is pasted, and written to Excel."""

import re

# What `csv` gives, without it: in the browser that module comes with two megabytes of others.
from _csv import QUOTE_NONE, Error, reader
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from decimal import Decimal
from io import BytesIO, StringIO

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from documentos.hojas.encabezados import Tabla, find_headings, match, recognise
from documentos.hojas.envases import open_file
from documentos.hojas.libros import write
from raoce.base import DatoInvalido
from raoce.bienes import MAXIMO_FILAS

__all__ = ["Tabla", "read", "read_text", "recognise", "write"]

SEPARADORES = "\t;,|"


def read(nombre: str, datos: bytes) -> Tabla:
    """The table in a file of Excel (.xlsx, .xls) or of text. Its bytes tell what it is; ``nombre`` goes to the table.

    Of a workbook, the visible sheet with most of the headings; the first of them among equals.
    Raises ``DatoInvalido``: those of ``envases.open_file``, and ``hoja-filas``.
    """
    envase = open_file(datos)
    if envase.texto is not None:
        return Tabla(read_text(envase.texto).filas, nombre)
    tablas = list(_sheets(envase.libro))
    if not tablas:
        raise DatoInvalido("hoja-vacia")
    return max(tablas, key=lambda t: len(find_headings(t)[1]))


def read_text(texto: str) -> Tabla:
    """The table in a text whose cells are apart by tabs, semicolons, commas or bars: whichever gives a table.

    Raises ``DatoInvalido``: ``hoja-vacia``, ``hoja-danada``, ``hoja-filas``.

    >>> read_text("Fracción;Bien;Vol. total\\n09011201;Café;30,000").filas[1]
    ('09011201', 'Café', '30,000')
    """
    if not texto.strip():
        raise DatoInvalido("hoja-vacia")
    declared = re.match(r"sep=(.)\r?\n", texto)
    if declared:
        return Tabla(_table(_split(texto, declared[1])))
    start = "\n".join(texto.splitlines()[:50])
    return Tabla(_table(_split(texto, max(SEPARADORES, key=lambda s: _likelihood(start, s)))))


def _likelihood(texto: str, separador: str) -> tuple[int, float, int]:
    """How much of a table there is: headings that are known, rows of the usual width, that width."""
    rows = [row for row in _split(texto, separador) if any(row)]
    widths = [len(row) for row in rows]
    usual = max(set(widths), key=widths.count, default=0)
    found = match(find_headings(Tabla(tuple(map(tuple, rows))))[1])
    return len(found), (widths.count(usual) / len(widths) if usual > 1 else 0), usual


def _split(texto: str, separador: str) -> list[list[str]]:
    """The cells. Where quotes do not pair, they are letters like any other: inches, most of the time."""
    for options in ({"strict": True}, {"quoting": QUOTE_NONE}):
        try:
            return list(reader(StringIO(texto, newline=""), delimiter=separador, **options))
        except Error:
            continue
    raise DatoInvalido("hoja-danada")


def _table(rows: Iterable[Iterable[object]]) -> tuple[tuple[str, ...], ...]:
    """Cells as text, without the empty ones at the end."""
    table: list[tuple[str, ...]] = []
    written = last = 0
    for number, row in enumerate(rows, 1):
        texts = tuple(map(_text, row))
        if any(texts):
            written, last = written + 1, number
            # Twenty rows of headings and a few of totals fit in the tenth part.
            if written > MAXIMO_FILAS + MAXIMO_FILAS // 10:
                raise DatoInvalido("hoja-filas", maximo=MAXIMO_FILAS)
        table.append(texts if any(texts) else ())
    return tuple(table[:last])


def _sheets(libro: bytes) -> Iterator[Tabla]:
    try:
        workbook = CalamineWorkbook.from_object(BytesIO(libro))
        for index, sheet in enumerate(workbook.sheets_metadata):
            if sheet.typ == SheetTypeEnum.WorkSheet and sheet.visible == SheetVisibleEnum.Visible:
                rows = _table(workbook.get_sheet_by_index(index).to_python(skip_empty_area=False))
                if rows:
                    yield Tabla(rows, sheet.name)
    except PasswordError as problem:
        raise DatoInvalido("hoja-cifrada") from problem
    except (CalamineError, OSError, OverflowError) as problem:
        raise DatoInvalido("hoja-danada") from problem
    except BaseException as problem:
        # How Rust gives up on some damaged .xls; its class is not to be imported.
        if type(problem).__name__ != "PanicException":
            raise
        raise DatoInvalido("hoja-danada") from problem


def _text(value: object) -> str:
    """A cell as a person reads it: fifteen figures, which is what Excel shows; dates, in ISO.

    >>> _text(30000.0), _text(0.1 + 0.2), _text(datetime(2023, 1, 31)), _text(" Café ")
    ('30000', '0.3', '2023-01-31', 'Café')
    """
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, bool):
        return "VERDADERO" if value else "FALSO"
    if isinstance(value, int | float):
        return f"{Decimal(f'{value + 0.0:.15g}'):f}"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value).strip()
