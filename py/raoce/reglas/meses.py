"""The months by name, and dates, as the law writes them."""

from datetime import date

_MESES = (
    "enero", "febrero", "marzo", "abril", "mayo", "junio",
    "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre",
)  # fmt: skip


class Mes(int):
    """A month by its number, which is written by its name.

    >>> f"último día de {Mes(5)}"
    'último día de mayo'
    """

    def __str__(self) -> str:
        return nombre_mes(self)


def nombre_mes(mes: int) -> str:
    return _MESES[mes - 1]


def fecha_larga(dia: date) -> str:
    """
    >>> fecha_larga(date(2024, 5, 31))
    '31 de mayo de 2024'
    """
    return f"{dia.day} de {nombre_mes(dia.month)} de {dia.year}"
