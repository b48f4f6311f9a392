"""The columns of a table of PROSEC goods, by their headings, in any order and spelling.

The headings are those of VUCEM («Relación de bienes producidos»); what companies write instead is in ``PISTAS``.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, reduce

from documentos.hojas.columnas import ANCHO, LARGO, Columnas, Tabla, by_hints, cell, letra
from idiomas import N_
from raoce.base import DatoInvalido
from raoce.base.texto import plain
from raoce.bienes import COLUMNAS, MAXIMO_FILAS, Fila
from raoce.bienes.escrituras import without_nico
from raoce.reglas.frase import Frase

ENCABEZADOS: Mapping[str, str] = {
    "sector": N_("Clave sector"),
    "fraccion": N_("Fracción arancelaria"),
    "descripcion": N_("Bienes producidos"),
    "unidad": N_("Unidad de medida"),
    "total": N_("Volumen del total de bienes producidos"),
    "nacional": N_("Volumen del mercado nacional"),
    "exportacion": N_("Volumen de exportaciones"),
}
# What a workbook written in English is headed with, read in any language.
EN_INGLES: Mapping[str, str] = {
    "sector": "Sector code",
    "fraccion": "Tariff item",
    "descripcion": "Goods produced",
    "unidad": "Unit of measure",
    "total": "Volume of total goods produced",
    "nacional": "Volume for the domestic market",
    "exportacion": "Volume of exports",
}
NECESARIAS = ("fraccion", "descripcion")
SUMAS = {
    "total",
    "totales",
    "gran total",
    "total general",
    "subtotal",
    "suma",
    "sumas",
    "suma total",
    "totals",
    "grand total",
}

# Tried in this order on the heading as `plain` leaves it: the first that is found names the column.
PISTAS = (
    ("", r"\b(valor|importe|precio|costo|monto|usd|dolares|pesos|fecha|porcentaje|inventario|existencias?|saldo)\b"),
    ("", r"\b(value|price|cost|dollars|date|percentage|inventory|stock|balance)\b"),
    ("", r"^(product|goods?|material) (code|number|no|id)\b"),
    (
        "",
        r"^(clave|codigo|id|numero|num|no)\b.*\b(productos?|bien|bienes|materiales|material|articulos?|mercancias?)\b",
    ),
    ("exportacion", r"\b(exp|exports?|exported|exportacion|exportaciones|exportad[oa]s?|extranjero)\b"),
    ("nacional", r"\b(nac|nacional|nacionales|national|domestic)\b|\bmercado interno\b"),
    ("total", r"^(vol|volumen|volume|cant|cantidad|quantity|total)\b"),
    ("unidad", r"\b(unidad|unit|uom)\b|\bunidades de medida\b|\bu ?d?e? ?m ?[tc]?\b|\bmedida\b"),
    (
        "total",
        r"\btotal(es)?\b|\bvol(umen)?\b|\bcant(idad)?\b|^produccion\b|^production\b|\bvolume\b|\bquantity\b|^producid[oa]s?$",
    ),
    ("descripcion", r"^desc(rip(cion|tion)?)?\b"),
    ("fraccion", r"\bfrac(c|ciones|cion)?\b|\bf ?a\b|\barancelari[oa]s?\b|\b[lt]igie\b|\btariff\b"),
    ("sector", r"\b(sector|sectores|sectorial)\b"),
    ("descripcion", r"\b(bien|bienes|goods?|products?|productos?|mercancias?|articulos?|desc|descripcion)\b"),
)


@dataclass(frozen=True, slots=True)
class FilaDeHoja:
    """``numero``: the row in the spreadsheet, from 1; ``con_nico``: its tariff item as written, where it had a NICO."""

    numero: int
    fila: Fila
    con_nico: str = ""


@dataclass(frozen=True, slots=True)
class Hoja:
    """``columnas``: the heading that each column was found under; ``letras``: its letter; ``ignoradas``: the rest.

    Of what was read: ``renglones_ocultos``, how many; ``columnas_ocultas``; ``oculta``, the sheet.
    """

    filas: tuple[FilaDeHoja, ...]
    columnas: Mapping[str, str]
    letras: Mapping[str, str]
    ignoradas: tuple[str, ...] = ()
    renglones_ocultos: int = 0
    columnas_ocultas: tuple[str, ...] = ()
    oculta: bool = False


def recognise(tabla: Tabla) -> Hoja:
    """The goods of a table. Without headings, seven columns are VUCEM's, in its order; four, those before the volumes.

    Raises ``DatoInvalido``: ``hoja-vacia``, ``hoja-sin-encabezados`` (``faltan``), ``hoja-filas`` (``maximo``).

    >>> hoja = recognise(Tabla((("Producto", "Fracc.", "Exp."), ("Café", "9011201", "30"), ("", "Total", "30"))))
    >>> hoja.filas[0].fila
    Fila(sector='', fraccion='09011201', descripcion='Café', unidad='', total='', nacional='', exportacion='30')
    >>> hoja.letras
    {'descripcion': 'A', 'fraccion': 'B', 'exportacion': 'C'}
    """
    if not any(map(any, tabla.filas)):
        raise DatoInvalido("hoja-vacia")
    first, headings = BIENES.find_headings(tabla)
    places = BIENES.match(headings) if headings else _in_order(tabla)
    if missing := [ENCABEZADOS[c] for c in NECESARIAS if c not in places]:
        raise DatoInvalido("hoja-sin-encabezados", faltan=_named(missing))
    filas = []
    for numero, row in enumerate(tabla.filas[first:], first + 1):
        texts = {c: cell(row, place) for c, place in places.items()}
        written = texts["fraccion"]
        texts["fraccion"] = without_nico(whole := with_zero(written))
        if any(texts.values()) and not _sums(row, texts) and row != headings:
            filas.append(FilaDeHoja(numero, Fila(**texts), written if texts["fraccion"] != whole else ""))
        if len(filas) > MAXIMO_FILAS:
            raise DatoInvalido("hoja-filas", maximo=MAXIMO_FILAS)
    return Hoja(
        tuple(filas),
        {c: cell(headings, place) for c, place in places.items()},
        {c: letra(place) for c, place in places.items()},
        tuple(text for place, text in enumerate(headings) if text and place not in places.values()),
        sum(fila.numero in tabla.ocultos.filas for fila in filas),
        tuple(c for c, place in places.items() if place in tabla.ocultos.columnas),
        tabla.ocultos.hoja,
    )


def _named(columnas: Sequence[str]) -> Frase:
    """
    >>> str(_named(["Uno", "Dos"]))
    '«Uno» y «Dos»'
    """
    each = (Frase("«{columna}»", columna=c) for c in columnas)
    return reduce(lambda una, otra: Frase("{una} y {otra}", una=una, otra=otra), each)


def with_zero(fraccion: str) -> str:
    """The zero that a fraction, with its NICO or without, loses in a spreadsheet that takes it for a number.

    >>> with_zero("9011201"), with_zero("901.12.01"), with_zero("87032101"), with_zero("901120101")
    ('09011201', '0901.12.01', '87032101', '0901120101')
    """
    fraccion = re.sub(r"^(\d{7,10})\.0+$", r"\1", fraccion)
    short = re.fullmatch(r"[1-9][0-9]{2}\.?[0-9]{2}\.?[0-9]{2}([\s.-]*[0-9]{2})?", fraccion)
    return f"0{fraccion}" if short else fraccion


def _in_order(tabla: Tabla) -> dict[str, int]:
    width = max(i + 1 for row in tabla.filas for i, text in enumerate(row) if text)
    return {c: i for i, c in enumerate(COLUMNAS[:width])} if width in (4, len(COLUMNAS)) else {}


def _sums(row: Sequence[str], texts: Mapping[str, str]) -> bool:
    """Whether it is the row of the totals. «Total» may be in any cell, that of the fraction included."""
    written = any(map(_is_sum, row[:ANCHO]))
    return written and not re.search(r"\d", texts["fraccion"])


@lru_cache(maxsize=4096)
def _is_sum(texto: str) -> bool:
    """Kept: a cell repeated over a whole sheet is looked at once."""
    return len(texto) <= LARGO and plain(texto) in SUMAS


# How a table of goods is told: «Fracc. arancelaria» is ``fraccion``, «U.M.T.» ``unidad``, «Valor total» nothing.
BIENES = Columnas(ENCABEZADOS, by_hints(PISTAS), NECESARIAS, _in_order, en_ingles=EN_INGLES)
