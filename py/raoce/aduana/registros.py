"""The three records that are read, by their columns: which is which, and what their fields say.

Source: the SAT's dictionary of the Data Stage (April 2022).
"""

import re
from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal, localcontext
from typing import NamedTuple

from raoce.aduana.tablas import Encabezados

LLAVE = ("Patente", "Pedimento", "SeccionAduanera", "FechaPagoReal")
# What a total cannot do without.
COLUMNAS: dict[str, tuple[str, ...]] = {
    "501": (*LLAVE, "TipoOperacion", "ClaveDocumento", "Rfc", "TipoPedimento"),
    "551": (*LLAVE, "Fraccion", "ValorComercial", "CantidadUMTarifa", "UnidadMedidaTarifa", "ValorAgregado"),
    "701": (
        *(*LLAVE, "PatenteAnterior", "PedimentoAnterior", "SeccionAduaneraAnterior", "FechaOperacionAnterior"),
        *("DocumentoAnterior", "PatenteAduanalOrig", "PedimentoOriginal", "SeccionAduaneraDespOrig"),
    ),
}
# Read where they are.
OPCIONALES = {"501": ("NombreContribuyente",), "551": ("SecuenciaFraccion",), "701": ()}
TEXTOS = (".asc", ".txt", ".csv")
LARGO_NUMERO = 40
DECIMALES = 20
# Of a column written between pipes. What is longer or odder is looked at one by one.
_WHOLES = re.compile(rf"(?:[0-9]{{0,{LARGO_NUMERO}}}+\|)*+")
_USUAL = re.compile(r"(?:[0-9]{1,15}+(?:\.[0-9]{0,15}+)?+\|)*+")
_NAME = re.compile(r"(?:^|[^0-9])([5-7][0-9]{2})(?:[^0-9]|$)")


def registro_of(nombre: str) -> str:
    """The record that the name of a file says it holds, or nothing.

    >>> registro_of("1839483_501.asc"), registro_of("a.zip/m_m_551 (1).TXT"), registro_of("partidas.csv")
    ('501', '551', '')
    """
    base = nombre.rpartition("/")[2]
    found = _NAME.findall(base.rpartition(".")[0] or base)
    return found[-1] if found else ""


def is_read(nombre: str) -> bool:
    """Does it deserve to be opened? What is named as another record does not.

    >>> is_read("1_501.asc"), is_read("1_502.asc"), is_read("partidas.csv"), is_read("leeme.pdf")
    (True, False, True, False)
    """
    return nombre.lower().endswith(TEXTOS) and registro_of(nombre) in ("", *COLUMNAS)


def recognise(nombre: str, encabezados: Encabezados) -> tuple[str, list[str]]:
    """The record of a file, as the headings or else the name say it, and the needed columns that it lacks."""
    whole = [r for r, columns in COLUMNAS.items() if not encabezados.missing(columns)]
    registro = registro_of(nombre)
    if registro in whole or not whole:
        return registro, encabezados.missing(COLUMNAS[registro]) if registro else []
    return whole[0], []


class Dia(NamedTuple):
    anio: int
    mes: int
    dia: int


class Fechas:
    """Dates as the files write them. Few are different, so each is read once."""

    MAXIMO = 20_000

    def __init__(self) -> None:
        self.known: dict[str, Dia | None] = {}

    def read(self, texto: str) -> Dia | None:
        """`None` for what is no date.

        >>> Fechas().read("2023-05-31 10:00:00"), Fechas().read("31/05/2023")
        (Dia(anio=2023, mes=5, dia=31), Dia(anio=2023, mes=5, dia=31))
        >>> Fechas().read("31/02/2023")
        """
        texto = texto.strip()[:10]
        if texto not in self.known:
            if len(self.known) >= self.MAXIMO:
                self.known.clear()
            self.known[texto] = _date(texto)
        return self.known[texto]


def _date(texto: str) -> Dia | None:
    found = re.fullmatch(r"([0-9]{4})-([0-9]{2})-([0-9]{2})|([0-9]{2})/([0-9]{2})/([0-9]{4})", texto)
    if not found:
        return None
    parts = found.group(1, 2, 3) if found[1] else found.group(6, 5, 4)
    try:
        day = date(*map(int, parts))
    except ValueError:
        return None
    return Dia(day.year, day.month, day.day)


# The usual 28 are too few for amounts with twelve decimals.
CIFRAS = 100


def exact():
    """Sums without rounding, whatever decimals the amounts have."""
    return localcontext(prec=CIFRAS)


def numbers(textos: list[str]) -> list[int] | list[Decimal] | None:
    """All of a column at once: whole numbers as `int`, else `Decimal`; nothing is zero. `None`: some is no number.

    >>> numbers(["12", ""]), numbers(["1.50", "2"]), numbers(["1e9"]), numbers(["-1"])
    ([12, 0], [Decimal('1.50'), Decimal('2')], None, None)
    """
    if _WHOLES.fullmatch(f"{'|'.join(textos)}|"):
        return list(map(int, [t or "0" for t in textos] if "" in textos else textos))
    textos = [t or "0" for t in textos]
    if max(map(len, textos), default=0) > LARGO_NUMERO:
        return None
    joined = "".join(textos)
    if not joined.isascii() or not joined.replace(".", "").isdigit():
        return None
    try:
        return list(map(Decimal, textos))
    except ArithmeticError:
        return None


def are_numbers(textos: list[str]) -> bool:
    """Would ``numbers`` read them all?"""
    return bool(_USUAL.fullmatch(f"{'|'.join(textos)}|")) or numbers(textos) is not None


def units(textos: list[str], escala: int) -> list[int] | None:
    """A column in units of ``10 ** -escala``, where all have as many decimals, at most those: the usual case, at once.

    >>> units(["12.500", "0.001"], 5), units(["1.5", "1"], 5), units(["1.5", "x.1"], 5)
    ([1250000, 100], None, None)
    """
    decimals = len(textos[0]) - textos[0].find(".") - 1 if textos else 0
    joined = "|".join(textos)
    if not 0 < decimals <= escala or not re.fullmatch(rf"(?:[0-9]+\.[0-9]{{{decimals}}}\|)*+", f"{joined}|"):
        return None
    joined = joined.replace(".", "")
    zeros = "0" * (escala - decimals)
    return list(map(int, (f"{joined}{zeros}".replace("|", f"{zeros}|") if zeros else joined).split("|")))


def number(texto: str) -> int | Decimal | None:
    """One amount; `None` where it is none. Negative ones do not exist."""
    found = numbers([texto.strip()])
    return found[0] if found else None


def good_rows(
    columnas: Sequence[list[str]], nombres: Sequence[str], lineas: Sequence[int], problema: Callable[..., None]
) -> list[int]:
    """The places of the rows in which every column is a number; the others are told."""
    good = []
    for place, texts in enumerate(zip(*columnas, strict=True)):
        bad = next((c for c, t in zip(nombres, texts, strict=True) if number(t) is None), None)
        if bad is None:
            good.append(place)
        else:
            problema(lineas[place], "aduana-numero", columna=bad, valor=texts[nombres.index(bad)])
    return good
