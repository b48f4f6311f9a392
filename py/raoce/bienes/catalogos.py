"""The catalogues of the goods: sectors of PROSEC and units of the Tarifa, and how people write them.

Source: ``reglas/bienes.toml``.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache, reduce

from raoce.base import DatoInvalido
from raoce.base.texto import plain
from raoce.reglas import POR_CONFIRMAR, regla_vigente
from raoce.reglas.frase import Frase


@dataclass(frozen=True, slots=True)
class Opcion:
    """An entry of a catalogue. ``confirmada``: a primary text confirms it."""

    clave: str
    nombre: str
    confirmada: bool = True


@cache
def sectores() -> tuple[Opcion, ...]:
    """The sectors of PROSEC, by their key in VUCEM (Roman numeral and, where there are any, its letter)."""
    confirmed = [Opcion(**row) for row in regla_vigente("bienes.sectores").valor]
    doubtful = regla_vigente("bienes.sectores-por-confirmar")
    return (*confirmed, *(Opcion(**row, confirmada=doubtful.estado != POR_CONFIRMAR) for row in doubtful.valor))


@cache
def unidades() -> tuple[Opcion, ...]:
    """The Tarifa's units of measure, by their key at the SAT."""
    return tuple(Opcion(**row) for row in regla_vigente("bienes.unidades").valor)


def nombre_unidad(clave: str) -> str:
    """
    >>> nombre_unidad("01")
    'Kilogramo'
    """
    return next((u.nombre for u in unidades() if u.clave == clave), "")


def parse_sector(texto: str) -> str:
    """A sector by its Roman numeral, its number or its name, with or without «De la Industria…» → its key.

    Raises ``DatoInvalido``: ``sector-inciso`` where a letter is missing, ``sector-desconocido``.

    >>> parse_sector("xix A"), parse_sector("22"), parse_sector("Café"), parse_sector("XIX Automotriz, inciso b")
    ('XIXa', 'XXII', 'XXII', 'XIXb')
    """
    roman, letter = _numeral(texto)
    keys = [s.clave for s in sectores()]
    if roman + letter in keys:
        return roman + letter
    letters = [k for k in keys if roman and k[:-1] == roman and k[-1].islower()]
    if letters:
        raise DatoInvalido("sector-inciso", sector=roman, claves=reduce(_or, letters))
    raise DatoInvalido("sector-desconocido")


def _or(una: str, otra: str) -> str:
    return Frase("{una} o {otra}", una=una, otra=otra)


@cache
def _numerals() -> tuple[str, ...]:
    """The Roman numerals of the sectors, in their order: the first is that of number 1."""
    return tuple(dict.fromkeys(s.clave.rstrip("abc") for s in sectores()))


_INCISO = r"\binciso\s+([abc])\W*$"


@lru_cache(maxsize=1024)
def _numeral(texto: str) -> tuple[str, str]:
    """The Roman numeral of a sector and the letter written after it, as far as they are told.

    >>> _numeral("19 a"), _numeral("Sector 22.0"), _numeral("De la Industria del Café"), _numeral("x?")
    (('XIX', 'a'), ('XXII', ''), ('XXII', ''), ('X', ''))
    """
    numbered = re.match(
        r"\s*(?:sector\s+)?(?:([ivx]+)|0*([0-9]{1,2})(?:\.0+)?)\s*[-.,]?\s*\(?([abc])?\)?(?![a-z]|\s*[-.,]?\s*[0-9])",
        texto,
        re.I,
    )
    inciso = re.search(_INCISO, texto, re.I)
    letter = inciso[1].lower() if inciso else ""
    if not numbered:
        return _sector_names().get(_significant(re.sub(_INCISO, "", texto, flags=re.I)), ""), letter
    number = int(numbered[2] or 0)
    arabic = _numerals()[number - 1] if 1 <= number <= len(_numerals()) else ""
    return (numbered[1] or arabic).upper(), (numbered[3] or letter).lower()


@cache
def _sector_names() -> Mapping[tuple[str, ...], str]:
    """Numerals by the words of the name: the whole of it, and what comes before its first «y» or comma, where only one
    sector begins so."""
    names, begun = {}, {}
    for sector in sectores():
        roman = sector.clave.rstrip("abc")
        name = re.sub(_INCISO, "", sector.nombre)
        names[_significant(name)] = roman
        begun.setdefault(_significant(re.split(r",|\sy\s", name)[0]), set()).add(roman)
    return {words: romans.pop() for words, romans in begun.items() if words and len(romans) == 1} | names


def _significant(texto: str) -> tuple[str, ...]:
    """The words that tell a sector from another, in the singular.

    >>> _significant("De la Industria de Bienes de Capital")
    ('biene', 'capital')
    """
    common = {"de", "del", "la", "el", "los", "las", "y", "e", "industria", "industrias", "sector", "ramo"}
    return tuple(word.removesuffix("s") for word in plain(texto).split() if word not in common)


@cache
def _unit_names() -> Mapping[str, str]:
    names = {plain(u.nombre): u.clave for u in unidades()}
    plurals = {f"{name}{'es' if name[-1] not in 'aeiou' else 's'}": clave for name, clave in names.items()}
    usual = {"kg": "01", "kgs": "01", "kilo": "01", "kilos": "01", "g": "02", "gr": "02", "m": "03", "metro": "03",
             "metros": "03", "m2": "04", "m3": "05", "pza": "06", "pzas": "06", "pz": "06", "l": "08", "lt": "08",
             "lts": "08", "kw": "10", "kwh": "13", "kilowatt hora": "13", "ton": "14", "tons": "14", "t": "14",
             "metros cuadrados": "04", "metros cubicos": "05", "metros lineales": "03"}  # fmt: skip
    return plurals | usual | names


def parse_unidad(texto: str) -> str:
    """Key (``"1"``, ``"01"``) or name (``"Kilogramo"``, ``"kg"``) → two-digit key.

    >>> parse_unidad("1"), parse_unidad("Kilogramos"), parse_unidad("06 Pieza")
    ('01', '01', '06')
    """
    limpio = plain(texto)
    if found := re.match(r"([0-9]{1,2})\b", limpio):
        clave = found[1].zfill(2)
        if nombre_unidad(clave):
            return clave
    if limpio not in _unit_names():
        raise DatoInvalido("unidad-desconocida")
    return _unit_names()[limpio]
