"""The sheets of a workbook of LibreOffice (.ods), from its ``content.xml``.

Read here and not by python-calamine, which spreads repeated cells out before anybody can count them and does not say
what is hidden. A row or a cell that says to be repeated is counted and never copied where it is empty: LibreOffice
ends each sheet with a million of them. Source: OpenDocument 1.3, part 3, chapters 9 and 19.
"""

from collections.abc import Callable, Mapping
from pyexpat import ExpatError, ParserCreate

from documentos.hojas.celdas import MAXIMO_ESCRITAS, text
from documentos.hojas.columnas import ANCHO, Ocultos, Tabla
from documentos.hojas.envases import MAXIMO_CELDAS, MAXIMO_INFLADO, MEGA
from raoce.base import DatoInvalido
from raoce.base.texto import whole
from raoce.bienes import MAXIMO_FILAS

MAXIMO_ELEMENTOS = MEGA
MAXIMO_NIVELES = 200
# No spreadsheet has more columns.
MAXIMO_COLUMNAS = 16_384

_ODF = "urn:oasis:names:tc:opendocument:xmlns:"
OFFICE, TABLE, TEXT, STYLE = (f"{_ODF}{part}:1.0 " for part in ("office", "table", "text", "style"))
DIBUJO = f"{_ODF}drawing:1.0 "
# What is inside them is not in the cells: notes, drawings with their texts, what was there before a change.
AJENOS = {OFFICE + "annotation", OFFICE + "forms", TABLE + "shapes", TABLE + "tracked-changes", TABLE + "dde-links"}
CELDAS = (TABLE + "table-cell", TABLE + "covered-table-cell")
ESPACIOS = (TEXT + "s", TEXT + "tab", TEXT + "line-break")
COLUMNAS_REPETIDAS, FILAS_REPETIDAS = TABLE + "number-columns-repeated", TABLE + "number-rows-repeated"
NUMEROS = ("float", "percentage", "currency")
OCULTO = ("collapse", "filter")


def sheets(xml: bytes) -> list[Tabla]:
    """The sheets that hold something, in their order, the hidden ones too.

    Raises ``DatoInvalido``: ``hoja-danada``, ``hoja-tipo`` (a document that is no spreadsheet), ``hoja-extensa``,
    ``hoja-inflada``, and ``hoja-filas`` where a visible sheet has too many.
    """
    reader = _Lector()
    parser = ParserCreate(None, " ")
    parser.buffer_text = True
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.characters
    parser.StartDoctypeDeclHandler = _refuse_doctype
    try:
        parser.Parse(xml, True)
    except (ExpatError, LookupError) as problem:
        raise DatoInvalido("hoja-danada") from problem
    except ValueError as problem:
        if isinstance(problem, DatoInvalido):
            raise
        # An encoding that Python does not give to the parser.
        raise DatoInvalido("hoja-danada") from problem
    if not reader.spreadsheet:
        raise DatoInvalido("hoja-tipo")
    return reader.tables


def _refuse_doctype(*_: object) -> None:
    """No program writes one here; with it come entities that grow."""
    raise DatoInvalido("hoja-danada")


class _Sheet:
    """A sheet while it is read. ``rows``: those up to the last that holds something; ``row``: where the next one is."""

    def __init__(self, name: str, hidden: bool):
        self.name, self.hidden = name, hidden
        self.rows: list[tuple[str, ...]] = []
        self.row = self.column = self.width = self.written = self.letters = 0
        self.hidden_rows: set[int] = set()
        self.hidden_columns: set[int] = set()

    def add_columns(self, count: int, hidden: bool) -> None:
        if hidden:
            self.hidden_columns.update(range(min(self.column, ANCHO), min(self.column + count, ANCHO)))
        self.column += count

    def add_row(self, cells: list[str], count: int, hidden: bool) -> None:
        first = self.row
        self.row += count
        if not any(cells):
            return
        self.written += count
        self.width = max(self.width, len(cells))
        if self.written > MAXIMO_ESCRITAS:
            # A hidden sheet that is too long is not looked at.
            if self.hidden:
                return
            raise DatoInvalido("hoja-filas", maximo=MAXIMO_FILAS)
        if self.row * self.width > MAXIMO_CELDAS:
            raise DatoInvalido("hoja-extensa")
        # Repeated they cost nothing here; whoever reads them makes a copy of each.
        self.letters += sum(map(len, cells)) * count
        if self.letters > MAXIMO_INFLADO:
            raise DatoInvalido("hoja-inflada", maximo=MAXIMO_INFLADO // MEGA)
        self.rows.extend([()] * (first - len(self.rows)))
        self.rows.extend([tuple(cells)] * count)
        if hidden:
            self.hidden_rows.update(range(first + 1, self.row + 1))

    def table(self) -> Tabla | None:
        if not self.rows or self.written > MAXIMO_ESCRITAS:
            return None
        ocultos = Ocultos(frozenset(self.hidden_rows), frozenset(self.hidden_columns), self.hidden)
        return Tabla(tuple(self.rows), self.name, ocultos)


class _Lector:
    """What has been read so far. ``skipped``: the level of an element whose inside is passed over, or 0."""

    def __init__(self) -> None:
        self.spreadsheet = False
        self.tables: list[Tabla] = []
        self.elements = self.level = self.skipped = self.paragraphs = self.area = self.empty = 0
        self.style = ""
        self.hidden_styles: set[str] = set()
        self.sheet: _Sheet | None = None
        self.cells: list[str] = []
        self.texts: list[str] = []
        # The attributes of the row and of the cell that are open.
        self.of_row: Mapping[str, str] = {}
        self.of_cell: Mapping[str, str] | None = None
        self.starts: Mapping[str, Callable[[Mapping[str, str]], None]] = {
            STYLE + "style": self._start_style,
            STYLE + "table-properties": self._start_properties,
            OFFICE + "spreadsheet": self._start_spreadsheet,
            TABLE + "table": self._start_sheet,
            TABLE + "table-column": self._start_column,
            TABLE + "table-row": self._start_row,
            TEXT + "p": self._start_paragraph,
            **dict.fromkeys(CELDAS, self._start_cell),
            **dict.fromkeys(ESPACIOS, self._start_space),
        }
        self.ends: Mapping[str, Callable[[], None]] = {
            TABLE + "table": self._end_sheet,
            TABLE + "table-row": self._end_row,
            TABLE + "table-cell": self._end_cell,
            TABLE + "covered-table-cell": self._end_covered,
            TEXT + "p": self._end_paragraph,
        }

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        self.elements += 1
        self.level += 1
        if self.elements > MAXIMO_ELEMENTOS:
            raise DatoInvalido("hoja-extensa")
        if self.level > MAXIMO_NIVELES:
            raise DatoInvalido("hoja-danada")
        if self.skipped:
            return
        if name in self.starts:
            self.starts[name](attributes)
        elif name in AJENOS or name.startswith(DIBUJO):
            self.skipped = self.level

    def end(self, name: str) -> None:
        if not self.skipped:
            if name in self.ends:
                self.ends[name]()
        elif self.skipped == self.level:
            self.skipped = 0
        self.level -= 1

    def characters(self, data: str) -> None:
        if self.paragraphs and self.of_cell is not None and not self.skipped:
            self.texts.append(data)

    def _start_style(self, attributes: Mapping[str, str]) -> None:
        is_table = attributes.get(STYLE + "family") == "table"
        self.style = attributes.get(STYLE + "name", "") if is_table else ""

    def _start_properties(self, attributes: Mapping[str, str]) -> None:
        if self.style and attributes.get(TABLE + "display") == "false":
            self.hidden_styles.add(self.style)

    def _start_spreadsheet(self, attributes: Mapping[str, str]) -> None:
        self.spreadsheet = True

    def _start_sheet(self, attributes: Mapping[str, str]) -> None:
        if self.sheet:
            # A table inside a cell.
            self.skipped = self.level
            return
        hidden = attributes.get(TABLE + "style-name") in self.hidden_styles
        self.sheet = _Sheet(attributes.get(TABLE + "name", ""), hidden)

    def _start_column(self, attributes: Mapping[str, str]) -> None:
        if self.sheet:
            self.sheet.add_columns(_times(attributes, COLUMNAS_REPETIDAS), _is_hidden(attributes))

    def _start_row(self, attributes: Mapping[str, str]) -> None:
        self.of_row, self.cells, self.empty = attributes, [], 0

    def _start_cell(self, attributes: Mapping[str, str]) -> None:
        self.of_cell, self.texts, self.paragraphs = attributes, [], 0

    def _start_paragraph(self, attributes: Mapping[str, str]) -> None:
        self.paragraphs += 1
        if self.texts:
            self.texts.append("\n")

    def _start_space(self, attributes: Mapping[str, str]) -> None:
        # One is as good as many: they are taken for one later.
        self.characters(" ")

    def _end_paragraph(self) -> None:
        self.paragraphs -= 1

    def _end_cell(self) -> None:
        if self.of_cell is not None:
            self._add_cell(_value(self.of_cell, "".join(self.texts)))

    def _end_covered(self) -> None:
        # Below another that was joined over it: nobody sees what it holds.
        if self.of_cell is not None:
            self._add_cell("")

    def _add_cell(self, texto: str) -> None:
        times = _times(self.of_cell or {}, COLUMNAS_REPETIDAS)
        self.of_cell = None
        if not texto:
            self.empty += times
            return
        if len(self.cells) + self.empty + times > MAXIMO_COLUMNAS:
            raise DatoInvalido("hoja-extensa")
        self.cells += [""] * self.empty + [texto] * times
        self.empty = 0

    def _end_row(self) -> None:
        if self.sheet:
            self.sheet.add_row(self.cells, _times(self.of_row, FILAS_REPETIDAS), _is_hidden(self.of_row))
        self.cells = []

    def _end_sheet(self) -> None:
        if self.sheet is None:
            return
        self.area += len(self.sheet.rows) * self.sheet.width
        if self.area > MAXIMO_CELDAS:
            raise DatoInvalido("hoja-extensa")
        if table := self.sheet.table():
            self.tables.append(table)
        self.sheet = None


def _times(attributes: Mapping[str, str], repetidas: str) -> int:
    """How many times a column, a row or a cell is there."""
    if repetidas not in attributes:
        return 1
    times = whole(attributes[repetidas], 100 * MEGA)
    if times is None:
        raise DatoInvalido("hoja-danada")
    return max(1, times)


def _is_hidden(attributes: Mapping[str, str]) -> bool:
    return attributes.get(TABLE + "visibility") in OCULTO


def _value(attributes: Mapping[str, str], texto: str) -> str:
    """A cell by its type; its text is how LibreOffice shows the same."""
    kind = attributes.get(OFFICE + "value-type")
    if kind in NUMEROS:
        try:
            return text(float(attributes[OFFICE + "value"]))
        except (KeyError, ValueError):
            return text(texto)
    if kind == "boolean":
        return text(attributes.get(OFFICE + "boolean-value") == "true")
    if kind == "date":
        return attributes.get(OFFICE + "date-value", texto).removesuffix("T00:00:00").replace("T", " ")
    return text(attributes.get(OFFICE + "string-value") or texto)
