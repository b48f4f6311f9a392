"""Amounts as they are typed: whole thousands of pesos, with or without separators."""

import re

from raoce.base import DatoInvalido
from raoce.reglas import regla_vigente

_SEPARATED = re.compile(r"\d{1,3}(?:,\d{3})+|\d{1,3}(?: \d{3})+|\d+")
_SPACES = re.compile(r"[\u00a0\u2007\u2009\u202f\s]")


def parse_miles(texto: str) -> int:
    """``"1,234,567"``, ``"1 234 567"`` or ``"1234567"`` → 1234567 (thousands of pesos).

    Raises ``DatoInvalido`` for decimals, negatives, anything but digits, stray separators and more than
    16 digits (VUCEM's length).

    >>> parse_miles("1,234,567"), parse_miles(" 1 234 567 "), parse_miles("0")
    (1234567, 1234567, 0)
    """
    limpio = _SPACES.sub(" ", texto).strip()
    if re.match(r"[-−(]", limpio):
        raise DatoInvalido("monto-negativo")
    if not re.fullmatch(r"[0-9., ]+", limpio):
        raise DatoInvalido("monto-letras")
    if "." in limpio or re.fullmatch(r"\d+,\d{1,2}", limpio):
        raise DatoInvalido("monto-decimales")
    if not _SEPARATED.fullmatch(limpio):
        raise DatoInvalido("monto-separadores")
    digits = re.sub(r"[ ,]", "", limpio)
    maximo = regla_vigente("balanza.digitos").valor
    if len(digits) > maximo:
        raise DatoInvalido("monto-largo", maximo=maximo)
    return int(digits)
