"""What the correction letter says, the same on paper and in Word, where both need it worked out."""

import re
from datetime import UTC, datetime
from typing import Any

from documentos.leyendas import is_figure, texts
from documentos.sello import with_sello
from raoce.carta.carta import Carta

# A last paragraph of the closing no longer than this is a farewell («Atentamente»): it stands over the signature.
DESPEDIDA = 40


def title(carta: Carta) -> str:
    """The title of the file."""
    return texts()["carta"]["titulo"].format(asunto=carta.asunto)


def subject(carta: Carta) -> str:
    """The line of the «asunto»."""
    return texts()["carta"]["asunto"].format(asunto=carta.asunto)


def table(carta: Carta) -> tuple[tuple[str, str, str], ...]:
    """Headings and rows of what is corrected; nothing without ``diferencias``."""
    if not carta.diferencias:
        return ()
    say = texts()["carta"]
    headings = (say["concepto"], say["dice"], say["debe_decir"])
    return (headings, *((d.concepto, d.dice, d.debe_decir) for d in carta.diferencias))


def closing(carta: Carta) -> tuple[tuple[str, ...], str]:
    """The paragraphs after the table, and the farewell, if the last of them is one."""
    if carta.cierre and len(carta.cierre[-1]) <= DESPEDIDA:
        return carta.cierre[:-1], carta.cierre[-1]
    return carta.cierre, ""


def annexes(carta: Carta) -> tuple[str, ...]:
    """The heading of the annexes and one numbered line each; nothing without them."""
    if not carta.anexos:
        return ()
    return (texts()["carta"]["anexos"], *(f"{i}. {anexo}" for i, anexo in enumerate(carta.anexos, 1)))


def to_plain(carta: Carta, generado: datetime, sello: str = "") -> dict[str, Any]:
    """The whole letter as JSON values, for `static/js/word.js`. ``generado``, with its zone: the date of the file.

    ``sello``: a mark at the head of every page and of the text, or nothing.
    ``tabla.derecha``: the columns of figures. ``pagina``: the words before the page number, between both, and after.
    """
    rows = table(carta)
    cierre, despedida = closing(carta)
    return {
        "idioma": "es-MX",
        "titulo": with_sello(sello, title(carta)),
        "sello": sello,
        "generado": f"{generado.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
        "lugarYFecha": carta.lugar_y_fecha,
        "destinatario": list(carta.destinatario),
        "asunto": subject(carta),
        "parrafos": list(carta.parrafos),
        "tabla": _table(rows) if rows else None,
        "cierre": list(cierre),
        "despedida": despedida,
        "anexos": list(annexes(carta)),
        "firmante": list(carta.firmante),
        "pagina": re.split(r"\{\w+\}", texts()["pagina"]),
    }


def _table(rows: tuple[tuple[str, str, str], ...]) -> dict[str, Any]:
    headings, *body = map(list, rows)
    right = [all(map(is_figure, column)) for column in zip(*body, strict=True)]
    return {"encabezados": headings, "filas": body, "derecha": right}
