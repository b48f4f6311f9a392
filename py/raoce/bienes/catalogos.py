"""The catalogues of the goods: sectors of PROSEC and units of the Tarifa, and how people write them.

Source: ``reglas/bienes.toml``.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from raoce.base import DatoInvalido
from raoce.base.texto import plain
from raoce.reglas import POR_CONFIRMAR, regla_vigente


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
    """``"XIXa"``, ``"xix A"`` or ``"XXII De la Industria del Café"`` → its key.

    Raises ``DatoInvalido``: ``sector-inciso`` where a letter is missing, ``sector-desconocido``.

    >>> parse_sector("xix A"), parse_sector("XXII De la Industria del Café")
    ('XIXa', 'XXII')
    """
    found = re.match(r"\s*(?:sector\s+)?([ivx]+)\s*[-.,]?\s*\(?([abc])?\)?(?![a-z])", texto, re.I)
    keys = [s.clave for s in sectores()]
    if found:
        roman, letter = found[1].upper(), (found[2] or "").lower()
        if roman + letter in keys:
            return roman + letter
        letters = [k for k in keys if k[:-1] == roman and k[-1].islower()]
        if letters:
            raise DatoInvalido("sector-inciso", sector=roman, claves=" o ".join(letters))
    raise DatoInvalido("sector-desconocido")


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
