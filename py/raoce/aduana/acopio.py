"""What is kept of the files: a place for each pedimento, in columns of numbers, and nothing of their rows.

A pedimento is known by patente, number, sección and year of FechaPagoReal, since numbers come again ten years later.
Whatever is read first, of 501, 551 or 701, gives it its place; 501 makes it present.
"""

import re
from array import array
from collections import defaultdict
from decimal import Decimal
from itertools import count
from typing import NamedTuple

CRECE = 4096
LARGO = 20
SIN_CLAVE = "S/C"
_NOT_OF_A_KEY = re.compile(r"[\W_]")


class Anterior(NamedTuple):
    """What a 701 says. ``llave``: of what it rectifies, without its year where no date says it; ``original``: the first
    of the chain, of which 701 gives no date."""

    llave: str
    original: str
    documento: str


class Cantidades(NamedTuple):
    """CantidadUMTarifa of the partidas of a block, as texts between pipes: few filers need the volumes, and they are
    read for those. ``lugares``: the pedimentos in turn; ``filas``: the partidas of each; ``unidades``: of each partida,
    the number of its fracción and unit."""

    lugares: array
    filas: array
    unidades: array
    textos: str


def numero(patente: str, pedimento: str, seccion: str) -> str:
    """
    >>> numero("36", "3000001", "70")
    '0036 3000001 070'
    """
    return f"{patente.strip():0>4} {pedimento.strip():0>7} {seccion.strip():0>3}"


def clave_documento(texto: str) -> str:
    """A clave de documento as it is kept: short, and of letters and digits, for it is written among others in what is
    signed. A pedimento without one has ``SIN_CLAVE``.

    >>> clave_documento(" v1 "), clave_documento("A,1"), clave_documento("")
    ('V1', 'A?1', 'S/C')
    """
    return _NOT_OF_A_KEY.sub("?", texto.strip().upper()[:10]) or SIN_CLAVE


def plausible(*parts: str) -> bool:
    return all(0 < len(p) <= LARGO for p in parts)


class Acopio:
    """Columns by the place of the pedimento; of the partidas, only what their volumes need."""

    def __init__(self) -> None:
        self.lugares: dict[str, int] = {}
        self.fecha = array("i")  # AAAAMMDD of the 501; 0 while there is none
        self.veces = array("i")
        # Texts that repeat are kept once: of each, its number.
        self.textos: defaultdict[str, int] = _numbered()
        self.tipo, self.clave, self.rfc, self.tipo_pedimento = (array("i") for _ in range(4))
        self.comercial: list[int | Decimal] = []
        self.agregado: list[int | Decimal] = []
        self.partidas: list[int] = []
        self.ceros: list[int] = []  # partidas without value added
        self.secuencias: list[int] = []  # a bit for each number that came
        self.altas: set[tuple[int, int]] = set()  # place and number of those beyond the bits
        self.repetidas: dict[int, list] = {}  # of those that came again: how many, and their valor comercial
        self.anteriores: dict[int, Anterior] = {}
        self.nombres: dict[str, str] = {}  # by RFC
        self.unidades: defaultdict[tuple[str, str], int] = _numbered()
        self.cantidades: list[Cantidades] = []

    def copy(self) -> "Acopio":
        other = Acopio()
        for name, value in vars(self).items():
            if name in ("textos", "unidades"):
                table = _numbered(len(value))
                table.update(value)
                setattr(other, name, table)
            elif name == "repetidas":
                other.repetidas = {k: v.copy() for k, v in value.items()}
            else:
                setattr(other, name, value[:] if isinstance(value, (array, list)) else value.copy())
        return other

    def place(self, llave: str) -> int:
        found = self.lugares.get(llave)
        if found is None:
            found = self.lugares[llave] = len(self.lugares)
            self._grow()
        return found

    def places(self, llaves: list[str]) -> list[int]:
        found = list(map(self.lugares.get, llaves))
        return found if None not in found else list(map(self.place, llaves))

    def add(self, llaves: list[str]) -> slice | None:
        """The places of pedimentos none of which came before, all at once; nothing where one did, or comes twice."""
        if not llaves or len({*llaves}) < len(llaves) or not self.lugares.keys().isdisjoint(llaves):
            return None
        first = len(self.lugares)
        self.lugares.update(zip(llaves, count(first), strict=False))
        self._grow()
        return slice(first, len(self.lugares))

    def _grow(self) -> None:
        """The columns may be longer than the pedimentos that there are."""
        while len(self.fecha) < len(self.lugares):
            for column in (self.fecha, self.veces, self.tipo, self.clave, self.rfc, self.tipo_pedimento):
                column.frombytes(bytes(CRECE * column.itemsize))
            for values in (self.comercial, self.agregado, self.partidas, self.ceros, self.secuencias):
                values += [0] * CRECE


def _numbered(first: int = 0) -> defaultdict:
    return defaultdict(count(first).__next__)
