"""The correction letter as PDF, ready to sign."""

from collections.abc import Iterable
from datetime import datetime

from documentos.carta import annexes, closing, subject, table, title
from documentos.papel import CUERPO, INTERLINEA, Papel
from raoce.carta.carta import Carta

CUERPOS = (CUERPO, 10.5, 10)
PARRAFO = 2.6  # after each, in millimetres
ANCHOS = (52, 24, 24)
RENGLON_DE_FIRMA = 80
ESPACIO_DE_FIRMA = 20


def make(carta: Carta, generado: datetime, sello: str = "") -> bytes:
    """The letter. ``generado`` goes to the properties of the file only: the letter has its own date.

    In the largest of ``CUERPOS`` that keeps it on one page; a letter that takes more is in the usual one.
    """
    usual = _draw(carta, generado, sello, CUERPOS[0])
    # A smaller type saves a page at best: it is not tried on a long table.
    smaller = CUERPOS[1:] if usual.pages_count == 2 else ()
    drawn = (_draw(carta, generado, sello, size) for size in smaller)
    return next((papel for papel in drawn if papel.pages_count == 1), usual).finish()


def _draw(carta: Carta, generado: datetime, sello: str, size: float) -> Papel:
    papel = Papel(title(carta), generado, sello)
    papel.write_lines(carta.lugar_y_fecha, size=size, align="R")
    papel.ln(7)
    for linea in carta.destinatario:
        papel.write_lines(linea, size=size, bold=True)
    papel.ln(5)
    papel.write_lines(subject(carta), size=size, bold=True)
    papel.ln(5)
    _paragraphs(papel, carta.parrafos, size)
    if rows := table(carta):
        papel.ln(1)
        papel.draw_table(rows[0], rows[1:], ANCHOS, size=size - 1)
        papel.ln(PARRAFO + 2)
    cierre, despedida = closing(carta)
    _paragraphs(papel, cierre[:-1], size)
    # A signature alone on its page proves nothing of what it signs: the last paragraph goes with it.
    ending = sum(papel.height_of(x, size) + PARRAFO for x in (*cierre[-1:], *annexes(carta)))
    papel.make_room(ending + _height_of_signature(papel, despedida, carta.firmante, size))
    _paragraphs(papel, cierre[-1:], size)
    _annexes(papel, annexes(carta), size)
    _signature(papel, despedida, carta.firmante, size)
    return papel


def _paragraphs(papel: Papel, parrafos: Iterable[str], size: float) -> None:
    for parrafo in parrafos:
        papel.write_lines(parrafo, size=size, align="J")
        papel.ln(PARRAFO)


def _annexes(papel: Papel, lines: tuple[str, ...], size: float) -> None:
    if not lines:
        return
    papel.make_room(2 * size * INTERLINEA)
    for i, linea in enumerate(lines):
        papel.write_lines(linea, size=size, bold=not i)
    papel.ln(PARRAFO)


def _height_of_signature(papel: Papel, despedida: str, firmante: tuple[str, ...], size: float) -> float:
    lines = (*firmante, despedida) if despedida else firmante
    return PARRAFO + ESPACIO_DE_FIRMA + 1 + sum(papel.height_of(linea, size, bold=True) for linea in lines)


def _signature(papel: Papel, despedida: str, firmante: tuple[str, ...], size: float) -> None:
    """The farewell, room to sign, and who signs: on one page."""
    papel.make_room(_height_of_signature(papel, despedida, firmante, size))
    papel.ln(PARRAFO)
    if despedida:
        papel.write_lines(despedida, size=size, align="C")
    papel.ln(ESPACIO_DE_FIRMA)
    middle, y = papel.w / 2, papel.get_y()
    with papel.local_context(draw_color=(0, 0, 0)):
        papel.line(middle - RENGLON_DE_FIRMA / 2, y, middle + RENGLON_DE_FIRMA / 2, y)
    papel.ln(1)
    for i, linea in enumerate(firmante):
        papel.write_lines(linea, size=size, bold=not i, align="C")
