"""PROSEC: the goods produced («Relación de bienes producidos»), one row a good.

A row is typed as seven texts, in the order of ``COLUMNAS``; ``read`` gives what they mean. Source: format of the
yearly report of PROSEC (DOF 06-07-2007) and VUCEM; lengths and catalogues in ``reglas/bienes.toml``.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from raoce.base import DatoInvalido, Entrada, Explicacion
from raoce.base.texto import plain
from raoce.bienes.catalogos import parse_sector, parse_unidad
from raoce.bienes.volumenes import DECIMALES, parse_volumen, volumen
from raoce.reglas import regla_vigente
from raoce.reglas.frase import Frase

MAXIMO_FILAS = 10_000


class Fila(NamedTuple):
    """A row as typed, right or wrong."""

    sector: str = ""
    fraccion: str = ""
    descripcion: str = ""
    unidad: str = ""
    total: str = ""
    nacional: str = ""
    exportacion: str = ""


COLUMNAS = Fila._fields
VOLUMENES = ("total", "nacional", "exportacion")


@dataclass(frozen=True, slots=True)
class Bien:
    """A good produced. ``fraccion``: 8 digits; ``unidad``: key of the Tarifa's unit; volumes in that unit."""

    sector: str
    fraccion: str
    descripcion: str
    unidad: str
    total: Decimal
    nacional: Decimal
    exportacion: Decimal

    @property
    def inventario(self) -> Decimal:
        """Finished goods left on 31 December; negative when stock of earlier years was sold."""
        return self.total - self.nacional - self.exportacion


def parse_fraccion(texto: str) -> str:
    """Tariff item: 8 digits, chapter 01 to 97 but 77; dots, hyphens and spaces are dropped. Not checked against a list.

    >>> parse_fraccion("0901.12.01")
    '09011201'
    """
    digits = re.sub(r"[.\s-]", "", texto)
    if not re.fullmatch(r"[0-9]{8}", digits):
        raise DatoInvalido("fraccion-forma", digitos=len(re.sub(r"\D", "", digits)))
    if not 1 <= int(digits[:2]) <= 97 or digits[:2] == "77":
        raise DatoInvalido("fraccion-capitulo", capitulo=digits[:2])
    return digits


def parse_descripcion(texto: str) -> str:
    limpio = " ".join(texto.split())
    maximo = regla_vigente("bienes.descripcion").valor
    if len(limpio) > maximo:
        raise DatoInvalido("texto-largo", maximo=maximo, longitud=len(limpio))
    return limpio


PARSERS: Mapping[str, Callable[[str], object]] = {
    "sector": parse_sector,
    "fraccion": parse_fraccion,
    "descripcion": parse_descripcion,
    "unidad": parse_unidad,
    "total": parse_volumen,
    "nacional": parse_volumen,
    "exportacion": parse_volumen,
}


@dataclass(frozen=True, slots=True)
class Lectura:
    """What a row means: the good, or what is wrong with it, by column."""

    bien: Bien | None
    errores: Mapping[str, DatoInvalido]


@lru_cache(maxsize=2 * MAXIMO_FILAS)
def read(fila: Fila) -> Lectura:
    """Read one row. Kept, so that a table of thousands is not read anew for each keystroke."""
    values, errors = {}, {}
    for columna, texto in zip(COLUMNAS, fila, strict=True):
        try:
            if not texto.strip():
                raise DatoInvalido("volumen-falta" if columna in VOLUMENES else "bien-falta")
            values[columna] = PARSERS[columna](texto)
        except DatoInvalido as error:
            errors[columna] = error
    return Lectura(None if errors else Bien(**values), errors)


def tidy_columna(columna: str, texto: str) -> str:
    """A text in its usual form; what cannot be read stays as it was typed.

    >>> tidy_columna("fraccion", "0901.12.01"), tidy_columna("total", "30000"), tidy_columna("total", "x")
    ('09011201', '30,000', 'x')
    """
    limpio = " ".join(texto.split())
    try:
        value = PARSERS[columna](limpio) if limpio else ""
    except DatoInvalido:
        return limpio
    return volumen(value) if isinstance(value, Decimal) else str(value)


def tidy(fila: Fila) -> Fila:
    """Each text of a row in its usual form."""
    return Fila(*map(tidy_columna, COLUMNAS, fila))


def may_be_thousands(bien: Bien) -> bool:
    """Is a volume such as 30.125, which elsewhere is written so for 30,125?"""
    volumes = (bien.total, bien.nacional, bien.exportacion)
    return any(1 <= v < 1000 and v.as_tuple().exponent == -DECIMALES for v in volumes)


def repeated(bienes: Iterable[Bien]) -> frozenset[tuple[str, str]]:
    """Tariff item and description that appear in more than one row: allowed, but worth a look."""
    times = Counter(identity(b) for b in bienes)
    return frozenset(k for k, n in times.items() if n > 1)


def identity(bien: Bien) -> tuple[str, str]:
    """What makes two rows the same good."""
    return bien.fraccion, plain(bien.descripcion)


def explain_inventario(bienes: Sequence[Bien]) -> Explicacion:
    """Why the inventory of each good is what it is. One for all: the volumes that it takes are in each row."""
    regla = regla_vigente("bienes.inventario")
    entradas = (Entrada("Renglones", len(bienes), "bienes"),)
    return Explicacion("bienes.inventario", entradas, (regla,), Frase("{regla}.", regla=regla.titulo))


def explain_row(bien: Bien) -> str:
    """The arithmetic of the inventory of one good.

    >>> explain_row(Bien("I", "85011001", "Motor", "06", Decimal(9), Decimal(4), Decimal("2.5")))
    '9 − (4 + 2.5) = 2.5'
    """
    sold = f"{volumen(bien.nacional)} + {volumen(bien.exportacion)}"
    return f"{volumen(bien.total)} − ({sold}) = {volumen(bien.inventario)}"
