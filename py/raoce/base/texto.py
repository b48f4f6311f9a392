"""How texts that people write are compared."""

import re
import unicodedata


def plain(texto: str) -> str:
    """Lower case, without accents or punctuation: to compare what people write.

    >>> plain(" Fracción  arancelaria: ")
    'fraccion arancelaria'
    """
    letters = unicodedata.normalize("NFD", texto.lower())
    return " ".join(re.sub(r"[^a-z0-9ñ]+", " ", re.sub(r"[\u0300-\u036f]", "", letters)).split())


def whole(texto: str, maximo: int) -> int | None:
    """A whole number from 0 to ``maximo`` in ASCII digits, as a program writes it; ``None`` for any other text.

    ``int`` takes digits of every script, blanks and signs, and raises for a text that is long enough.

    >>> whole("12", 20), whole("12", 5), whole("-1", 5), whole("9" * 5000, 5), whole("١", 5)
    (12, None, None, None, None)
    """
    if not (texto.isascii() and texto.isdigit() and len(texto) <= len(str(maximo))):
        return None
    return int(texto) if int(texto) <= maximo else None
