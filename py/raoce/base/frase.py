"""A Spanish sentence that remembers what it was made of, so that a screen can say it in another language."""

from collections.abc import Mapping
from datetime import date

from raoce.base.formato import fecha_larga


class Frase(str):
    """``plantilla`` filled with ``datos``: texts, figures as they are written, dates, other sentences.

    >>> from datetime import date
    >>> f = Frase("último día hábil de {mes}: {dia}", mes="mayo", dia=date(2027, 5, 31))
    >>> f, f.plantilla
    ('último día hábil de mayo: 31 de mayo de 2027', 'último día hábil de {mes}: {dia}')
    """

    __slots__ = ("datos", "plantilla")
    plantilla: str
    datos: Mapping[str, object]

    def __new__(cls, plantilla: str, **datos: object) -> "Frase":
        written = {k: fecha_larga(v) if isinstance(v, date) else v for k, v in datos.items()}
        frase = super().__new__(cls, plantilla.format(**written))
        frase.plantilla, frase.datos = plantilla, datos
        return frase
