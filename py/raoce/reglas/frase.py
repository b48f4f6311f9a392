"""A Spanish sentence that remembers what it was made of, so that a screen can say it in another language."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from raoce.reglas.meses import fecha_larga


class Frase(str):
    """``plantilla`` filled with ``datos``: texts, figures as they are written, dates, months, other sentences.

    What is written or signed is its text alone: read back, it is a text like any other.

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

    def __getnewargs_ex__(self) -> tuple[tuple[str], dict[str, Any]]:
        # A copy is made of what it was made of: its text may hold braces.
        return (self.plantilla,), dict(self.datos)


def unida(partes: Iterable[str], separador: str = "; ") -> Frase:
    """Sentences one after another, as one.

    >>> unida([Frase("límite: {dia}", dia=1), "sin ventas"])
    'límite: 1; sin ventas'
    """
    datos = {f"p{n}": parte for n, parte in enumerate(partes)}
    return Frase(separador.join(f"{{{clave}}}" for clave in datos), **datos)
