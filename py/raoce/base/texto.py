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
