"""Volumes of goods: read from what is typed, written for VUCEM and for a reader.

Source: lengths in ``reglas/bienes.toml``.
"""

import re
from decimal import Decimal

from raoce.base import DatoInvalido
from raoce.base.formato import decimal
from raoce.reglas import regla_vigente

DECIMALES = 3


def parse_volumen(texto: str) -> Decimal:
    """A volume, 0 or more, with up to three decimals and 16 characters in all; separators of thousands are dropped.

    Raises ``DatoInvalido``.

    >>> parse_volumen("30,000"), parse_volumen("1234.5")
    (Decimal('30000'), Decimal('1234.5'))
    """
    limpio = re.sub(r"[\s\u00a0\u202f]+", " ", texto).strip()
    if re.match(r"[-−(]", limpio):
        raise DatoInvalido("volumen-negativo")
    if not re.fullmatch(r"(\d{1,3}(,\d{3})+|\d{1,3}( \d{3})+|\d+)?(\.\d*)?", limpio) or not re.search(r"\d", limpio):
        raise DatoInvalido("volumen-forma")
    # "30.000" is thirty for us and thirty thousand for whoever writes thousands with a point.
    if re.fullmatch(r"[1-9]\d{0,2}\.\d\d0", limpio):
        raise DatoInvalido(
            "volumen-ambiguo", texto=limpio, miles=limpio.replace(".", ","), unidades=volumen(Decimal(limpio))
        )
    digits = re.sub(r"[ ,]", "", limpio)
    if len(digits.partition(".")[2].rstrip("0")) > DECIMALES:
        raise DatoInvalido("volumen-decimales", maximo=DECIMALES)
    texto = volumen_vucem(Decimal(digits))
    if len(texto) > regla_vigente("bienes.volumen").valor:
        raise DatoInvalido("volumen-largo", maximo=regla_vigente("bienes.volumen").valor)
    return Decimal(texto)


def volumen_vucem(volumen: Decimal) -> str:
    """As it is typed in VUCEM: no separators, no decimals that say nothing.

    >>> volumen_vucem(Decimal("1234.500")), volumen_vucem(Decimal("3E+4"))
    ('1234.5', '30000')
    """
    texto = f"{volumen:f}"
    return texto.rstrip("0").rstrip(".") if "." in texto else texto


def volumen(valor: Decimal) -> str:
    """For a reader: separators of thousands, the decimals that there are.

    >>> volumen(Decimal("1234.500")), volumen(Decimal("-30"))
    ('1,234.5', '−30')
    """
    exact = Decimal(volumen_vucem(valor))
    return decimal(exact, max(0, -exact.as_tuple().exponent))
