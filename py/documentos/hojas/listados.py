"""Lists written to Excel, a row each: a copy to keep or to pass on, and the template to fill in."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from io import BytesIO

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from documentos.hojas.libros import MAXIMO_TEXTO, SIN_FECHA, write_text
from documentos.sello import with_sello
from idiomas import ES, current

# A list inside a cell is cut beyond this.
MAXIMO_OPCIONES = 255
FILAS_CON_LISTA = 1000
# The first day of Excel.
PRIMER_DIA = date(1900, 3, 1)


@dataclass(frozen=True, slots=True)
class Columna:
    """``opciones``: offered in each cell of the column; another text may be typed too. ``fechas``: it holds dates."""

    titulo: str
    ancho: int = 16
    fechas: bool = False
    opciones: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Listado:
    """``notas``: by the name of their sheet, what is to be known, a row each; the part before a tab stands apart."""

    hoja: str
    columnas: Sequence[Columna]
    filas: Iterable[Sequence[str | date | int]]
    notas: Mapping[str, Sequence[str]] = field(default_factory=dict)
    fijas: int = 0


def write(listado: Listado, titulo: str, ahora: datetime = SIN_FECHA, sello: str = "") -> bytes:
    """A workbook with the list, and a sheet of notes. Nothing in it is a formula; dates and counts are what they are,
    and the rest is text, whatever it starts with. ``sello``: as in ``libros.write``."""
    top = 1 if sello else 0
    target = BytesIO()
    with Workbook(target, {"in_memory": True}) as workbook:
        workbook.set_properties({"title": with_sello(sello, titulo), "created": ahora})
        bold = workbook.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        text = workbook.add_format({"num_format": "@", "valign": "top"})
        dates = "dd/mm/yyyy" if current() == ES else "d mmm yyyy"
        day = workbook.add_format({"num_format": dates, "valign": "top", "align": "left"})
        number = workbook.add_format({"num_format": "0", "valign": "top"})
        sheet = workbook.add_worksheet(listado.hoja)
        for place, columna in enumerate(listado.columnas):
            sheet.set_column(place, place, columna.ancho, day if columna.fechas else text)
            write_text(sheet, (top, place), columna.titulo, bold)
            if columna.opciones and sum(len(o) + 1 for o in columna.opciones) <= MAXIMO_OPCIONES:
                rule = {"validate": "list", "source": list(columna.opciones), "show_error": False}
                sheet.data_validation(top + 1, place, top + FILAS_CON_LISTA, place, rule)
        last = top
        for last, fila in enumerate(listado.filas, top + 1):
            for place, value in enumerate(fila):
                _write(sheet, (last, place), value, text, day, number)
        sheet.freeze_panes(top + 1, listado.fijas)
        sheet.autofilter(top, 0, max(last, top + 1), len(listado.columnas) - 1)
        sheet.repeat_rows(top)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        for nombre, renglones in listado.notas.items():
            _write_notes(workbook, nombre, renglones, top)
        if sello:
            heading = workbook.add_format({"bold": True, "font_size": 13})
            for page in workbook.worksheets():
                page.set_header(f'&C&"-,Bold"&13{sello}')
                write_text(page, (0, 0), sello, heading)
    return target.getvalue()


def _write(
    sheet: Worksheet, place: tuple[int, int], value: str | date | int, text: Format, day: Format, number: Format
) -> None:
    if isinstance(value, date) and value >= PRIMER_DIA:
        sheet.write_datetime(*place, datetime(value.year, value.month, value.day), day)
    elif isinstance(value, int):
        sheet.write_number(*place, value, number)
    elif value:
        # A text cut short would be another text.
        shown = str(value)
        write_text(sheet, place, shown if len(shown) <= MAXIMO_TEXTO else "", text)


def _write_notes(workbook: Workbook, nombre: str, renglones: Sequence[str], top: int) -> None:
    bold = workbook.add_format({"bold": True, "valign": "top"})
    wrapped = workbook.add_format({"num_format": "@", "valign": "top", "text_wrap": True})
    sheet = workbook.add_worksheet(nombre)
    sheet.set_column(0, 0, 30)
    sheet.set_column(1, 1, 90)
    for row, renglon in enumerate(renglones, top):
        name, _, rest = renglon.partition("\t")
        write_text(sheet, (row, 0), name, bold)
        write_text(sheet, (row, 1), rest, wrapped)
