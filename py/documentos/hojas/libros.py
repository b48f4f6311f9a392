"""PROSEC goods written to Excel: a copy to keep or to pass on, and the template to fill in."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from io import BytesIO

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from documentos.hojas.encabezados import ENCABEZADOS
from documentos.sello import with_sello
from idiomas import N_, _
from raoce.base import DatoInvalido
from raoce.bienes import COLUMNAS, MAXIMO_FILAS, VOLUMENES, Fila
from raoce.bienes.catalogos import sectores, unidades
from raoce.bienes.volumenes import DECIMALES, parse_volumen

# A cell of Excel holds no more.
MAXIMO_TEXTO = 32_767
ANCHOS = {"sector": 10, "fraccion": 14, "descripcion": 48, "unidad": 14}
CATALOGOS = N_("Catálogos")
# When nobody says the day: that of the files inside the workbook.
SIN_FECHA = datetime(1980, 1, 1)


def write(
    filas: Iterable[Fila],
    titulo: str = N_("Relación de bienes producidos"),
    ahora: datetime = SIN_FECHA,
    sello: str = "",
) -> bytes:
    """A workbook with VUCEM's headings, in the language spoken, and a row a good; with none, a template. Nothing in it
    is a formula.

    Volumes are numbers where they can be; the rest is text, as it was typed. ``sello``: a mark above the headings, at
    the head of each printed page and in the title of the file.
    """
    top = 1 if sello else 0
    target = BytesIO()
    with Workbook(target, {"in_memory": True}) as workbook:
        workbook.set_properties({"title": with_sello(sello, _(titulo)), "created": ahora})
        sheet = workbook.add_worksheet(_("Bienes producidos"))
        text = workbook.add_format({"num_format": "@", "valign": "top"})
        wrapped = workbook.add_format({"num_format": "@", "valign": "top", "text_wrap": True})
        numbers = [
            workbook.add_format({"num_format": "#,##0" + ".000"[: n + 1] * bool(n), "valign": "top"})
            for n in range(DECIMALES + 1)
        ]
        last = top
        for last, fila in enumerate(filas, top + 1):
            for column, name in enumerate(COLUMNAS):
                place = (last, column)
                value = _number(fila[column]) if name in VOLUMENES else None
                if value is None:
                    write_text(sheet, place, fila[column], wrapped if name == "descripcion" else text)
                else:
                    decimals = max(0, -value.normalize().as_tuple().exponent)
                    sheet.write_number(*place, float(value), numbers[decimals])
        bold = workbook.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        for column, name in enumerate(COLUMNAS):
            sheet.set_column(column, column, ANCHOS.get(name, 18), None if name in VOLUMENES else text)
            write_text(sheet, (top, column), _(ENCABEZADOS[name]), bold)
        sheet.freeze_panes(top + 1, 0)
        sheet.autofilter(top, 0, max(last, top + 1), len(COLUMNAS) - 1)
        sheet.repeat_rows(top)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        _write_catalogues(workbook, sheet, bold, text, top)
        if sello:
            for page in workbook.worksheets():
                page.set_header(f'&C&"-,Bold"&13{sello}')
                write_text(page, (0, 0), sello, workbook.add_format({"bold": True, "font_size": 13}))
    return target.getvalue()


def _write_catalogues(workbook: Workbook, sheet: Worksheet, bold: Format, text: Format, top: int) -> None:
    """The keys to choose from, on a sheet of their own: a list inside a cell is cut at 255 characters.

    The headings of both sheets are in row ``top``, from 0.
    """
    catalogues = workbook.add_worksheet(_(CATALOGOS))
    lists = {"sector": [f"{s.clave} {s.nombre}" for s in sectores()],
             "unidad": [f"{u.clave} {u.nombre}" for u in unidades()]}  # fmt: skip
    for column, (name, options) in enumerate(lists.items()):
        catalogues.set_column(column, column, 60 - 30 * column)
        for row, option in enumerate([_(ENCABEZADOS[name]), *options], top):
            write_text(catalogues, (row, column), option, text if row > top else bold)
        place = COLUMNAS.index(name)
        letra = "AB"[column]
        source = f"='{catalogues.name}'!${letra}${top + 2}:${letra}${top + len(options) + 1}"
        # What is not on the list is not refused: here its name may be typed too.
        rule = {"validate": "list", "source": source, "show_error": False}
        sheet.data_validation(top + 1, place, top + MAXIMO_FILAS, place, rule)
    catalogues.freeze_panes(top + 1, 0)


def write_text(sheet: Worksheet, place: tuple[int, int], text: str, style: Format) -> None:
    """As text, whatever it starts with. What no encoding can hold becomes a question mark."""
    sheet.write_string(*place, text.encode("utf-8", "replace").decode()[:MAXIMO_TEXTO], style)


def _number(texto: str) -> Decimal | None:
    """The volume, where reading it back from a spreadsheet gives the same."""
    try:
        value = parse_volumen(texto)
    except DatoInvalido:
        return None
    # Fifteen figures are what a spreadsheet shows, and what `hojas.read` takes.
    return value if Decimal(f"{float(value):.15g}") == value else None
