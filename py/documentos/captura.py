"""The capture sheet as PDF: what to type in VUCEM, a block a screen."""

from datetime import datetime

from fpdf import FontFace

from documentos.leyendas import texts
from documentos.papel import CUERPO, FUENTE, GRIS, INTERLINEA, MENUDO, Papel
from raoce.solicitud.captura import Bloque, Dato, HojaDeCaptura

# Label, value, remark: parts of the width of the page.
ANCHOS = (34, 45, 21)
# A column of goods asks for no less and no more than these, in millimetres.
ANCHO_MINIMO, ANCHO_MAXIMO = 14, 60
RENGLONES = 9


def make(hoja: HojaDeCaptura, generado: datetime, sello: str = "") -> bytes:
    """The sheet, with its warnings first. ``generado`` goes to the properties of the file, with its zone."""
    say = texts()["captura"]
    titulo = say["titulo"].format(ejercicio=hoja.ejercicio)
    papel = Papel(titulo, generado, sello)
    papel.write_lines(titulo, bold=True, size=16)
    if quien := " · ".join(filter(None, (hoja.empresa, hoja.rfc))):
        papel.write_lines(quien, size=11)
    papel.ln(2)
    for aviso in hoja.avisos:
        _mark(papel, aviso)
    for bloque in hoja.bloques:
        _draw(papel, bloque)
    return papel.finish(say["deslinde"])


def _mark(papel: Papel, aviso: str) -> None:
    """A warning, behind a bar."""
    papel.make_room(papel.height_of(aviso) + 1)
    top, page = papel.get_y(), papel.page
    with papel.local_context():
        papel.set_left_margin(papel.l_margin + 4)
        papel.write_lines(aviso)
        papel.set_left_margin(papel.l_margin - 4)
    if papel.page == page:
        with papel.local_context(line_width=0.9, draw_color=(60, 60, 60)):
            papel.line(papel.l_margin + 0.5, top + 0.4, papel.l_margin + 0.5, papel.get_y() - 0.4)
    papel.ln(1.2)


def _both(official: str, traduccion: str) -> str:
    """What VUCEM shows, and beside it what it means to who reads another language."""
    return f"{official} · {traduccion}" if traduccion else official


def _columns(bloque: Bloque) -> tuple[str, ...]:
    translated = bloque.traducciones or ("",) * len(bloque.columnas)
    return tuple(map(_both, bloque.columnas, translated))


def _draw(papel: Papel, bloque: Bloque) -> None:
    papel.ln(4)
    titulo = _both(bloque.titulo, bloque.traduccion)
    # Its title is never left alone at the foot of a page.
    papel.make_room(papel.height_of(titulo, 12.5, bold=True) + 18)
    papel.start_section(papel.printable(titulo))
    papel.write_lines(titulo, bold=True, size=12.5)
    papel.ln(1)
    for nota in bloque.notas:
        papel.write_lines(nota, size=9.5, gris=True)
    if bloque.datos:
        papel.ln(1)
        _draw_fields(papel, bloque.datos)
    if bloque.filas:
        papel.ln(2)
        columnas = _columns(bloque)
        papel.draw_table(columnas, bloque.filas, _widths(papel, columnas, bloque.filas), size=RENGLONES)


def _draw_fields(papel: Papel, datos: tuple[Dato, ...]) -> None:
    say = texts()["captura"]
    papel.set_font(FUENTE, size=CUERPO)
    apagado = FontFace(size_pt=MENUDO, color=GRIS)
    with papel.table(
        first_row_as_headings=False,
        col_widths=ANCHOS,
        text_align="LEFT",
        v_align="TOP",
        borders_layout="HORIZONTAL_LINES",
        line_height=CUERPO * INTERLINEA,
        padding=(0.8, 1.5),
    ) as table:
        for dato in datos:
            valor = dato.valor or ("" if dato.automatico else say["sin_datos"])
            estilo = FontFace(color=GRIS) if not dato.valor else FontFace(emphasis="" if dato.automatico else "BOLD")
            nota = "; ".join(filter(None, (say["automatico"] if dato.automatico else "", dato.nota)))
            for etiqueta, trozo, resto in papel.rows_of((_both(dato.etiqueta, dato.traduccion), valor, nota)):
                row = table.row()
                row.cell(etiqueta)
                row.cell(trozo, style=estilo)
                row.cell(resto, style=apagado)
    papel.rule()


def _widths(papel: Papel, columnas: tuple[str, ...], filas: tuple[tuple[str, ...], ...]) -> list[float]:
    """Each column as wide as what it holds asks for, within reason; the widest takes what is left of the page."""
    papel.set_font(FUENTE, "B", RENGLONES)
    widths = []
    for cells in zip(columnas, *filas, strict=True):
        widest = max(papel.get_string_width(papel.printable(cell)) for cell in cells)
        widths.append(min(max(widest + 4, ANCHO_MINIMO), ANCHO_MAXIMO))
    widths[widths.index(max(widths))] += max(papel.epw - sum(widths), 0)
    return widths
