"""The correction letter as PDF, ready to sign."""

from collections.abc import Iterable
from datetime import datetime

from documentos.carta import annexes, closing, subject, table, title
from documentos.papel import CUERPO, INTERLINEA, Papel
from raoce.carta import Carta

PARRAFO = 2.6  # after each, in millimetres
ANCHOS = (52, 24, 24)
RENGLON_DE_FIRMA = 80
ESPACIO_DE_FIRMA = 20


def make(carta: Carta, generado: datetime) -> bytes:
    """The letter. ``generado`` goes to the properties of the file only: the letter has its own date."""
    papel = Papel(title(carta), generado)
    papel.write_lines(carta.lugar_y_fecha, align="R")
    papel.ln(7)
    for linea in carta.destinatario:
        papel.write_lines(linea, bold=True)
    papel.ln(5)
    papel.write_lines(subject(carta), bold=True)
    papel.ln(5)
    _paragraphs(papel, carta.parrafos)
    if rows := table(carta):
        papel.ln(1)
        papel.draw_table(rows[0], rows[1:], ANCHOS, size=10)
        papel.ln(PARRAFO + 2)
    cierre, despedida = closing(carta)
    _paragraphs(papel, cierre)
    _annexes(papel, annexes(carta))
    _signature(papel, despedida, carta.firmante)
    return papel.finish()


def _paragraphs(papel: Papel, parrafos: Iterable[str]) -> None:
    for parrafo in parrafos:
        papel.write_lines(parrafo, align="J")
        papel.ln(PARRAFO)


def _annexes(papel: Papel, lines: tuple[str, ...]) -> None:
    if not lines:
        return
    papel.make_room(2 * CUERPO * INTERLINEA)
    for i, linea in enumerate(lines):
        papel.write_lines(linea, bold=not i)
    papel.ln(PARRAFO)


def _signature(papel: Papel, despedida: str, firmante: tuple[str, ...]) -> None:
    """The farewell, room to sign, and who signs: on one page."""
    lines = (*firmante, despedida) if despedida else firmante
    papel.make_room(PARRAFO + ESPACIO_DE_FIRMA + 1 + sum(papel.height_of(linea, bold=True) for linea in lines))
    papel.ln(PARRAFO)
    if despedida:
        papel.write_lines(despedida, align="C")
    papel.ln(ESPACIO_DE_FIRMA)
    middle, y = papel.w / 2, papel.get_y()
    with papel.local_context(draw_color=(0, 0, 0)):
        papel.line(middle - RENGLON_DE_FIRMA / 2, y, middle + RENGLON_DE_FIRMA / 2, y)
    papel.ln(1)
    for i, linea in enumerate(firmante):
        papel.write_lines(linea, bold=not i, align="C")
