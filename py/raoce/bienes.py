"""PROSEC: the goods produced («Relación de bienes producidos»), one row a good.

A row is typed as seven texts, in the order of ``COLUMNAS``; ``read`` gives what they mean. Source: format of the
yearly report of PROSEC (DOF 06-07-2007) and VUCEM; lengths and catalogues in ``reglas/bienes.toml``.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache
from typing import NamedTuple

from raoce.errores import DatoInvalido
from raoce.explicacion import Entrada, Explicacion
from raoce.formato import decimal
from raoce.reglas import POR_CONFIRMAR, regla_vigente

DECIMALES = 3
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
class Opcion:
    """An entry of a catalogue. ``confirmada``: a primary text confirms it."""

    clave: str
    nombre: str
    confirmada: bool = True


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


def plain(texto: str) -> str:
    """Lower case, without accents or punctuation: to compare what people write.

    >>> plain(" Fracción  arancelaria: ")
    'fraccion arancelaria'
    """
    letters = unicodedata.normalize("NFD", texto.lower())
    return " ".join(re.sub(r"[^a-z0-9ñ]+", " ", re.sub(r"[\u0300-\u036f]", "", letters)).split())


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
    return Explicacion(
        "bienes.inventario", (Entrada("Renglones", len(bienes), "bienes"),), (regla,), f"{regla.titulo}."
    )


def explain_row(bien: Bien) -> str:
    """The arithmetic of the inventory of one good.

    >>> explain_row(Bien("I", "85011001", "Motor", "06", Decimal(9), Decimal(4), Decimal("2.5")))
    '9 − (4 + 2.5) = 2.5'
    """
    sold = f"{volumen(bien.nacional)} + {volumen(bien.exportacion)}"
    return f"{volumen(bien.total)} − ({sold}) = {volumen(bien.inventario)}"
