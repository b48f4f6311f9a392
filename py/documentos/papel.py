"""What every printed page shares: letter size, margins, the font, language, title, and the foot with its pages.

A document is drawn on a ``Papel`` and ends with ``finish``. The font is Source Sans Pro (SIL OFL 1.1), embedded;
what it does not have is replaced by ``FALTA``, in sight.
"""

import textwrap
import unicodedata
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import chain, zip_longest
from pathlib import Path

import font_source_sans_pro
from fpdf import FPDF, FontFace, ViewerPreferences, XPos, YPos

import idiomas
from documentos.leyendas import is_figure, texts
from documentos.sello import with_sello

MARGEN = 22
PIE = 14
FUENTE = "Texto"
CUERPO = 11
MENUDO = 8.5
SELLO = 13
# Behind the text, from corner to corner: degrees, and millimetres of the page.
INCLINACION, DIAGONAL = 52, 265
INTERLINEA = 0.48  # millimetres a point of size
NEGRO, GRIS, RAYA, CLARO = (0, 0, 0), (90, 90, 90), (150, 150, 150), (225, 225, 225)
# Characters of a cell: they fit on a page even in the narrowest column.
CELDA = 400
FALTA = "☐"
# Joiners, variation selectors, combining marks: they only make sense beside what the font has not either.
_NADA = {"Cc", "Cf", "Mn", "Sk"}
# Written otherwise in the font, or not at all.
_SUSTITUTOS = str.maketrans({"\u2010": "-", "\u2011": "-", "\u00ad": "", "\t": " ", "\r": "", "\u2028": "\n"})


def _missing(character: str) -> str:
    return "" if unicodedata.category(character) in _NADA else FALTA


class Papel(FPDF):
    """A document on letter paper, in the language spoken. ``generado`` is its date, with the zone: it carries no other.

    ``sello``: a mark on every page, at the head and large behind the text, and in the title of the file.
    """

    def __init__(self, titulo: str, generado: datetime, sello: str = "") -> None:
        super().__init__(format="letter")
        self.sello = sello
        self.set_margins(MARGEN, MARGEN)
        self.c_margin = 0
        self.set_auto_page_break(True, MARGEN)
        folder = Path(font_source_sans_pro.__file__).parent / "files"
        self.add_font(FUENTE, "", folder / "SourceSansPro-Regular.ttf")
        self.add_font(FUENTE, "B", folder / "SourceSansPro-Bold.ttf")
        self.set_title(self.printable(with_sello(sello, titulo)))
        self.set_lang("es-MX" if idiomas.current() == idiomas.ES else "en-US")
        self.set_creation_date(generado)
        self.set_producer("RAOCE")
        self.viewer_preferences = ViewerPreferences(display_doc_title=True)
        self.set_draw_color(*RAYA)
        self.set_line_width(0.2)
        self.add_page()
        self.set_font(FUENTE, size=CUERPO)

    def header(self) -> None:
        """Called by whatever starts a page, before anything else is on it."""
        if not self.sello:
            return
        self.set_font(FUENTE, "B", SELLO)
        size = SELLO * DIAGONAL / self.get_string_width(self.sello)
        self._write_centred(self.sello, MARGEN / 2, GRIS)
        self.set_font_size(size)
        with self.rotation(INCLINACION, self.w / 2, self.h / 2):
            # For the eye alone: who copies or listens to the page has it from its head, and not among the lines.
            self._out("/Span <</ActualText ()>> BDC")
            self._write_centred(self.sello, self.h / 2, CLARO)
            self._out("EMC")

    def _write_centred(self, texto: str, middle: float, color: tuple[int, int, int]) -> None:
        """A line in the middle of the page, in the font of the moment; where the page is at does not change."""
        self.set_text_color(*color)
        self.text((self.w - self.get_string_width(texto)) / 2, middle + self.font_size / 3, texto)

    def printable(self, texto: str) -> str:
        """``texto`` with only what the font has; emoji and other alphabets become ``FALTA``."""
        known = self.fonts[FUENTE.lower()].cmap
        texto = unicodedata.normalize("NFC", texto).translate(_SUSTITUTOS)
        return "".join(c if c == "\n" or ord(c) in known else _missing(c) for c in texto)

    def write_lines(
        self, texto: str, *, bold: bool = False, size: float = CUERPO, align: str = "L", gris: bool = False
    ) -> None:
        """A paragraph across the page; the next one starts under it."""
        self.set_font(FUENTE, "B" if bold else "", size)
        self.set_text_color(*(GRIS if gris else NEGRO))
        text = self.printable(texto)
        self.multi_cell(0, size * INTERLINEA, text, align=align, new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        self.set_text_color(*NEGRO)

    def height_of(self, texto: str, size: float = CUERPO, *, bold: bool = False) -> float:
        """How high ``write_lines`` would be, in millimetres."""
        self.set_font(FUENTE, "B" if bold else "", size)
        return self.multi_cell(0, size * INTERLINEA, self.printable(texto), dry_run=True, output="HEIGHT")

    def make_room(self, alto: float) -> None:
        """Start a page unless ``alto`` millimetres are left on this one; what is higher than a page gets no help."""
        if alto <= self.eph and self.will_page_break(alto):
            self.add_page()

    def draw_table(
        self, encabezados: Sequence[str], filas: Sequence[Sequence[str]], anchos: Sequence[float], size: float = CUERPO
    ) -> None:
        """Rows under headings that come again on every page. Columns of figures are set on the right."""
        aligns = ["RIGHT" if all(is_figure(f[i]) for f in filas) else "LEFT" for i in range(len(encabezados))]
        self.set_font(FUENTE, size=size)
        with self.table(
            col_widths=tuple(anchos),
            text_align=tuple(aligns),
            v_align="TOP",
            borders_layout="HORIZONTAL_LINES",
            headings_style=FontFace(emphasis="BOLD", fill_color=(236, 236, 236)),
            line_height=size * INTERLINEA,
            padding=(0.9, 1.5),
        ) as table:
            for row in chain.from_iterable(map(self.rows_of, (encabezados, *filas))):
                table.row(row)
        self.rule()

    def rows_of(self, cells: Sequence[str]) -> Iterator[tuple[str, ...]]:
        """A row of a table, or several when a cell is so long that the row could be higher than a page."""
        pieces = (textwrap.wrap(self.printable(cell), CELDA) for cell in cells)
        return zip_longest(*pieces, fillvalue="") if any(cells) else iter([tuple(cells)])

    def rule(self) -> None:
        """A line across the page, here: it closes a table."""
        self.line(self.l_margin, self.get_y(), self.l_margin + self.epw, self.get_y())

    def finish(self, pie: str = "") -> bytes:
        """The file. ``pie`` is at the foot of every page, with its number when there are more than one."""
        paginas = self.pages_count
        self.set_auto_page_break(False)
        if pie or paginas > 1:
            for pagina in range(1, paginas + 1):
                self._write_foot(pagina, paginas, pie)
        self.page = paginas
        return bytes(self.output())

    def _write_foot(self, pagina: int, paginas: int, pie: str) -> None:
        self.page = pagina
        # It writes a font down only when it changes, and this page may have ended with any.
        self.set_font(FUENTE, size=1)
        self.set_font(FUENTE, size=MENUDO)
        self.set_text_color(*GRIS)
        self.set_xy(self.l_margin, self.h - PIE)
        self.cell(self.epw, text=self.printable(pie))
        if paginas > 1:
            self.set_xy(self.l_margin, self.h - PIE)
            self.cell(self.epw, text=texts()["pagina"].format(pagina=pagina, paginas=paginas), align="R")
