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


class Libro:
    """A workbook with a list, written a row at a time, and a sheet of notes. Nothing in it is a formula; dates and
    counts are what they are, and the rest is text, whatever it starts with. ``sello``: as in ``libros.write``."""

    def __init__(self, listado: Listado, titulo: str, ahora: datetime = SIN_FECHA, sello: str = "") -> None:
        self._listado, self._sello, self._filas = listado, sello, iter(listado.filas)
        self._destino = BytesIO()
        # Rows go out as they are written, in their order: none of them waits for the end.
        self._libro = Workbook(self._destino, {"constant_memory": True})
        self._libro.set_properties({"title": with_sello(sello, titulo), "created": ahora})
        self._bold = self._libro.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        self._text = self._libro.add_format({"num_format": "@", "valign": "top"})
        dates = "dd/mm/yyyy" if current() == ES else "d mmm yyyy"
        self._day = self._libro.add_format({"num_format": dates, "valign": "top", "align": "left"})
        self._number = self._libro.add_format({"num_format": "0", "valign": "top"})
        self._heading = self._libro.add_format({"bold": True, "font_size": 13})
        self._top = 1 if sello else 0
        self._escritos = 0
        self._hoja = self._sheet(listado.hoja)
        for place, columna in enumerate(listado.columnas):
            self._column(place, columna)

    def __len__(self) -> int:
        """The rows written so far."""
        return self._escritos

    def step(self) -> bool:
        """Writes the next row; false where there is none."""
        fila = next(self._filas, None)
        if fila is None:
            return False
        self._escritos += 1
        for place, value in enumerate(fila):
            _write(self._hoja, (self._top + self._escritos, place), value, self._text, self._day, self._number)
        return True

    def finish(self) -> bytes:
        """The file, with the rows that are left."""
        while self.step():
            pass
        hoja, top = self._hoja, self._top
        hoja.freeze_panes(top + 1, self._listado.fijas)
        hoja.autofilter(top, 0, top + max(self._escritos, 1), len(self._listado.columnas) - 1)
        hoja.repeat_rows(top)
        hoja.set_landscape()
        hoja.fit_to_pages(1, 0)
        for nombre, renglones in self._listado.notas.items():
            _write_notes(self._libro, self._sheet(nombre), renglones, top)
        self._libro.close()
        return self._destino.getvalue()

    def _sheet(self, nombre: str) -> Worksheet:
        sheet = self._libro.add_worksheet(nombre)
        if self._sello:
            sheet.set_header(f'&C&"-,Bold"&13{self._sello}')
            write_text(sheet, (0, 0), self._sello, self._heading)
        return sheet

    def _column(self, place: int, columna: Columna) -> None:
        top, hoja = self._top, self._hoja
        hoja.set_column(place, place, columna.ancho, self._day if columna.fechas else self._text)
        write_text(hoja, (top, place), columna.titulo, self._bold)
        if columna.opciones and sum(len(o) + 1 for o in columna.opciones) <= MAXIMO_OPCIONES:
            rule = {"validate": "list", "source": list(columna.opciones), "show_error": False}
            hoja.data_validation(top + 1, place, top + FILAS_CON_LISTA, place, rule)


def write(listado: Listado, titulo: str, ahora: datetime = SIN_FECHA, sello: str = "") -> bytes:
    """The whole workbook."""
    return Libro(listado, titulo, ahora, sello).finish()


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


def _write_notes(workbook: Workbook, sheet: Worksheet, renglones: Sequence[str], top: int) -> None:
    bold = workbook.add_format({"bold": True, "valign": "top"})
    wrapped = workbook.add_format({"num_format": "@", "valign": "top", "text_wrap": True})
    sheet.set_column(0, 0, 30)
    sheet.set_column(1, 1, 90)
    for row, renglon in enumerate(renglones, top):
        name, _, rest = renglon.partition("\t")
        write_text(sheet, (row, 0), name, bold)
        write_text(sheet, (row, 1), rest, wrapped)
