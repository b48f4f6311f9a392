"""The applicant's data as they are typed: RFC, e-mail, postal code, telephone, plain texts.

Each ``parse_*`` returns the value in its standard form or raises ``DatoInvalido``.
"""

import re

from raoce.base import DatoInvalido

# RFC that the SAT lends to whoever has none: sales to the public, residents abroad.
_RFC_GENERICOS = ("XAXX010101000", "XEXX010101000")

_DATE_AT = {12: slice(3, 9), 13: slice(4, 10)}


def parse_rfc(texto: str) -> str:
    """RFC of a company (12) or of a natural person (13), upper case, letters Ñ and & included.

    Checks shape and date; the check digit only warns (``has_rfc_check_digit``), since about 1.5 % of the
    real ones fail it. Shape and check digit by python-stdnum.

    >>> parse_rfc(" a&ñ-900317-3c9 ")
    'A&Ñ9003173C9'
    """
    from stdnum.exceptions import InvalidComponent, ValidationError
    from stdnum.mx import rfc

    compacto = rfc.compact(texto)
    if len(compacto) not in (12, 13):
        raise DatoInvalido("rfc-longitud", longitud=len(compacto))
    if compacto in _RFC_GENERICOS:
        raise DatoInvalido("rfc-generico", rfc=compacto)
    try:
        return rfc.validate(compacto)
    except InvalidComponent:
        raise DatoInvalido("rfc-fecha", fecha=compacto[_DATE_AT[len(compacto)]]) from None
    except ValidationError:
        raise DatoInvalido("rfc-forma") from None


def has_rfc_check_digit(rfc: str) -> bool:
    """Does the last character of a well-formed RFC agree with the others?

    >>> has_rfc_check_digit("GODE561231GR8"), has_rfc_check_digit("GODE561231GR9")
    (True, False)
    """
    from stdnum.mx import rfc as stdnum_rfc

    return stdnum_rfc.is_valid(rfc, validate_check_digits=True)


def parse_correo(texto: str) -> str:
    """An e-mail address with one @ and a dotted domain; whether it exists nobody can tell here."""
    limpio = texto.strip()
    if not re.fullmatch(r"[^@\s,;<>]+@[^@\s,;<>.]+(\.[^@\s,;<>.]+)+", limpio):
        raise DatoInvalido("correo-forma")
    return limpio


def parse_codigo_postal(texto: str) -> str:
    """Five digits, the first two between 00 and 99; a leading 0 is kept.

    >>> parse_codigo_postal("01000")
    '01000'
    """
    limpio = texto.strip()
    if not re.fullmatch(r"[0-9]{5}", limpio):
        raise DatoInvalido("codigo-postal-forma")
    return limpio


def parse_lada(texto: str) -> str:
    """Two or three digits."""
    limpio = texto.strip()
    if not re.fullmatch(r"[0-9]{2,3}", limpio):
        raise DatoInvalido("lada-forma")
    return limpio


def parse_telefono(texto: str) -> str:
    """Seven to ten digits; spaces, hyphens and parentheses are dropped.

    >>> parse_telefono("(667) 712-3456")
    '6677123456'
    """
    digits = re.sub(r"[\s().-]", "", texto)
    if not re.fullmatch(r"[0-9]{7,10}", digits):
        raise DatoInvalido("telefono-forma")
    return digits


def parse_texto(texto: str, maximo: int) -> str:
    """One line of text, inner spaces folded; raises ``DatoInvalido`` beyond ``maximo`` characters."""
    limpio = " ".join(texto.split())
    if len(limpio) > maximo:
        raise DatoInvalido("texto-largo", maximo=maximo, longitud=len(limpio))
    return limpio
