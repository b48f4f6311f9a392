"""Dates as the reader of each language writes them. Figures need nothing: Mexico writes 1,234.50, as English does."""

from datetime import date

from idiomas.idioma import ES, current
from raoce.base import formato
from raoce.reglas import nombre_mes


def larga(dia: date) -> str:
    """«31 de mayo de 2027», “31 May 2027”."""
    if current() == ES:
        return formato.fecha_larga(dia)
    return f"{dia.day} {_english().MONTHS[dia.month - 1]} {dia.year}"


def con_dia(dia: date) -> str:
    """«lunes 31 de mayo de 2027», “Monday 31 May 2027”."""
    if current() == ES:
        return formato.fecha_con_dia(dia)
    return f"{_english().DAYS[dia.weekday()]} {larga(dia)}"


def mes(numero: int) -> str:
    """«mayo», “May”."""
    return nombre_mes(numero) if current() == ES else _english().MONTHS[numero - 1]


def _english():
    # It comes with the catalogue.
    from idiomas import en

    return en
