"""The folio that VUCEM gives to a report presented. Source: Guía RAOCE 2024."""

import re

from raoce.base import DatoInvalido

DIGITOS = 25


def parse_folio(texto: str) -> str:
    """The 25 digits of the acuse; spaces are dropped. Raises ``DatoInvalido("folio-forma", digitos=…)``.

    >>> parse_folio(" 02015 00100 22020 01010 00001 ")
    '0201500100220200101000001'
    """
    compacto = re.sub(r"[\s\u00a0\u202f]+", "", texto)
    if not re.fullmatch(rf"[0-9]{{{DIGITOS}}}", compacto):
        raise DatoInvalido("folio-forma", digitos=len(re.sub(r"[^0-9]", "", compacto)))
    return compacto
