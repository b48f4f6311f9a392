"""Amounts in words as the reader of each language says them."""

from idiomas.idioma import ES, current
from raoce.base import formato


def en_palabras(valor: int) -> str:
    """What an amount in thousands of pesos comes to.

    >>> from idiomas.idioma import EN, using
    >>> en_palabras(320_000_000)
    '320,000 millones de pesos'
    >>> with using(EN):
    ...     en_palabras(850), en_palabras(1_000), en_palabras(320_000_000), en_palabras(1_234_567), en_palabras(0)
    ('850 thousand pesos', '1 million pesos', '320,000 million pesos', '1,234.567 million pesos', '0 pesos')
    """
    if current() == ES:
        return formato.en_palabras(valor)
    if valor < 1000:
        return f"{valor} thousand pesos" if valor else "0 pesos"
    return f"{formato.millones(valor):,} million pesos"
