"""What the correction letter says, the same on paper and in Word, where both need it worked out."""

from documentos.leyendas import texts
from raoce.carta import Carta

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
