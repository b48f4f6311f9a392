"""The pedimentos by what decides them: few classes are different, so that what a filer chooses is added up at once.

Making the classes takes a moment for each 20,000 pedimentos; deciding about them, however many there are, none.
"""

from array import array
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from itertools import chain, count, repeat
from math import ceil
from typing import NamedTuple

from raoce.aduana.acopio import Acopio, Cantidades
from raoce.aduana.cadenas import Cadenas
from raoce.aduana.registros import exact, numbers, units

PEDIMENTOS = 20_000  # between two of so many the page may answer: some 0.1 s in the browser
BLOQUES = 50  # of partidas, some 400 each: the same
ESCALA = 5  # decimals of a quantity that most often is a whole number of the last


class Clase(NamedTuple):
    """What decides whether a pedimento counts, and where. The first three are numbers of the ``Acopio``."""

    rfc: int
    tipo: int
    tipo_pedimento: int
    rectificado: int
    complementario: bool
    mes: int  # AAAAMM in which it counts; 0 without a 501
    clave: str  # that of the original; where it is not in the files, the one that the 701 says it had


class Suma:
    """What the pedimentos of a class come to; values in pesos."""

    __slots__ = ("agregado", "ceros", "comercial", "partidas", "pedimentos", "sin_partidas")

    def __init__(self) -> None:
        self.pedimentos = self.sin_partidas = self.partidas = self.ceros = 0
        self.comercial: int | Decimal = 0
        self.agregado: int | Decimal = 0


class Clases:
    """Under one ``fecha`` of the ``Eleccion``. ``de``: the class of each place; ``repetidos``: pedimentos that came
    again; ``distintos``: those that came again with something else."""

    def __init__(self, acopio: Acopio, cadenas: Cadenas, fecha: str):
        self.acopio, self.cadenas, self.fecha = acopio, cadenas, fecha
        self._numbers: defaultdict[Clase, int] = defaultdict(count().__next__)
        self.de = array("i")
        self.sumas: list[Suma] = []
        self.repetidos = self.distintos = 0
        self._cantidades: defaultdict[tuple[int, int], int | Decimal] = defaultdict(int)
        self._measured = 0  # blocks of partidas whose volumes are added up
        self._steps: Iterator[None] | None = self._make()

    def make(self) -> Iterator[None]:
        """Makes them, a moment between two ``None``; nothing when they are made."""
        if self._steps is not None:
            yield from self._steps
            self._steps = None

    def moments(self, volumenes: bool) -> int:
        """How many times ``make`` stops from its beginning, or ``measure`` where the ``volumenes`` are asked for."""
        a = self.acopio
        return ceil(len(a.fecha) / PEDIMENTOS) + (ceil(len(a.cantidades) / BLOQUES) if volumenes else 0)

    @property
    def clases(self) -> list[Clase]:
        return list(self._numbers)

    def measure(self) -> Iterator[None]:
        """Adds the volumes up, a moment between two ``None``; nothing when they are."""
        yield from self.make()
        blocks = self.acopio.cantidades
        while self._measured < len(blocks):
            for block in blocks[self._measured : self._measured + BLOQUES]:
                self._measure(block)
            self._measured += BLOQUES
            yield

    def volumes(self) -> Iterator[tuple[int, int, Decimal]]:
        """CantidadUMTarifa by class and unit (number of the ``Acopio``)."""
        for _ in self.measure():
            pass
        for (clase, unidad), cantidad in self._cantidades.items():
            yield clase, unidad, Decimal(cantidad).scaleb(-ESCALA)

    def _measure(self, block: Cantidades) -> None:
        sums, textos = self._cantidades, block.textos.split("|")
        clases = chain.from_iterable(map(repeat, [self.de[place] for place in block.lugares], block.filas))
        with exact():
            cantidades = units(textos, ESCALA) or [Decimal(c).scaleb(ESCALA) for c in numbers(textos) or ()]
            for clase, unidad, cantidad in zip(clases, block.unidades, cantidades, strict=True):
                sums[clase, unidad] += cantidad

    def _make(self) -> Iterator[None]:
        a = self.acopio
        self.repetidos = sum(a.veces) - len(a.veces) + a.veces.count(0)
        for start in range(0, len(a.fecha), PEDIMENTOS):
            self._add(start, min(start + PEDIMENTOS, len(a.fecha)))
            yield
        with exact():
            self.distintos = sum(
                again * a.comercial[place] != valor * a.partidas[place] for place, (again, valor) in a.repetidas.items()
            )

    def _add(self, start: int, end: int) -> None:
        a, part = self.acopio, slice(start, end)
        numbers = array("i", map(self._numbers.__getitem__, self._classes(start, end)))
        self.de.extend(numbers)
        self.sumas += (Suma() for _ in range(len(self._numbers) - len(self.sumas)))
        sumas = self.sumas
        with exact():
            for clase, comercial, agregado, partidas, ceros in zip(
                numbers, a.comercial[part], a.agregado[part], a.partidas[part], a.ceros[part], strict=True
            ):
                s = sumas[clase]
                s.pedimentos += 1
                if partidas:
                    s.comercial += comercial
                    s.agregado += agregado
                    s.partidas += partidas
                    s.ceros += ceros
                else:
                    s.sin_partidas += 1

    def _classes(self, start: int, end: int) -> Iterator[Clase]:
        a, part = self.acopio, slice(start, end)
        textos = list(a.textos) or [""]
        own = a.clave[part]
        claves = list(map(textos.__getitem__, own))
        ct = a.textos.get("CT", -1)
        meses = [fecha // 100 for fecha in a.fecha[part]]
        rectificado = bytearray(end - start)
        for n in self._within(self.cadenas.rectifican, start, end):
            first = self.cadenas.first(n + start)
            claves[n] = clave_of(a, self.cadenas, textos, first)
            meses[n] = day_of(a, self.fecha, n + start, first) // 100
        for n in self._within(self.cadenas.rectificados, start, end):
            rectificado[n] = 1
        complementario = [c == ct for c in own]
        return map(
            Clase._make,
            zip(
                a.rfc[part], a.tipo[part], a.tipo_pedimento[part], rectificado, complementario, meses, claves,
                strict=True,
            ),
        )  # fmt: skip

    @staticmethod
    def _within(places: set[int], start: int, end: int) -> list[int]:
        return [n for n in range(end - start) if n + start in places] if places else []


def day_of(a: Acopio, fecha: str, place: int, first: int) -> int:
    """AAAAMMDD of the operation; ``first``: the place of the first of its chain in the files."""
    return a.fecha[first if fecha == "original" else place]


def clave_of(a: Acopio, cadenas: Cadenas, textos: list[str], first: int) -> str:
    """That of the original; where it is not in the files, the one that the 701 says it had."""
    if first in cadenas.rectifican:
        return a.anteriores[first].documento or textos[a.clave[first]]
    return textos[a.clave[first]]
