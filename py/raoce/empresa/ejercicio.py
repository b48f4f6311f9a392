"""The ejercicio: the year reported, filed in the year after it (*año de presentación*)."""

from raoce.base import DatoInvalido
from raoce.base.texto import whole

# How far the rules were checked; README («Añadir un año») says how a year is added.
PRIMERO, ULTIMO = 2016, 2030
EJERCICIOS = range(PRIMERO, ULTIMO + 1)


def parse_ejercicio(texto: str) -> int:
    """``"2023"`` → 2023. Raises ``DatoInvalido`` outside ``EJERCICIOS``.

    >>> parse_ejercicio("2023")
    2023
    """
    ejercicio = whole(texto.strip(), ULTIMO)
    if ejercicio not in EJERCICIOS:
        raise DatoInvalido("ejercicio-fuera", primero=PRIMERO, ultimo=ULTIMO)
    return ejercicio


def anio_de_presentacion(ejercicio: int) -> int:
    return ejercicio + 1
