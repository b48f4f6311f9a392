"""What a Data Stage holds, ready to be added up."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from raoce.aduana.acopio import Acopio
from raoce.aduana.cadenas import Cadenas
from raoce.aduana.clases import Clases
from raoce.base.archivos import Archivo, Problema


@dataclass(frozen=True)
class Pedimentos:
    """Of the company ``rfc`` for an ``ejercicio``. ``problemas``: the first of ``cuantos_problemas``.

    ``ignorados``: names of files of other records, that no total needs. ``meses``: those of the ejercicio, 1 to 12, of
    which a 501 came.
    """

    rfc: str
    ejercicio: int
    archivos: tuple[Archivo, ...]
    problemas: tuple[Problema, ...]
    cuantos_problemas: int
    ignorados: tuple[str, ...]
    meses: frozenset[int]
    acopio: Acopio = field(repr=False)

    @cached_property
    def cadenas(self) -> Cadenas:
        return Cadenas(self.acopio)

    @cached_property
    def _por_fecha(self) -> dict[str, Clases]:
        return {}

    def _begun(self, fecha: str) -> Clases:
        if fecha not in self._por_fecha:
            self._por_fecha[fecha] = Clases(self.acopio, self.cadenas, fecha)
        return self._por_fecha[fecha]

    def clases(self, fecha: str) -> Clases:
        """By what decides them under a ``fecha`` of the ``Eleccion``."""
        found = self._begun(fecha)
        for _ in found.make():
            pass
        return found

    def prepare(self, fecha: str, volumenes: bool = False) -> Iterator[int]:
        """Makes ready whatever takes long, a moment at a time; then all totals come at once, and the volumes where they
        were asked for. After each moment it says how much is done, in per cent."""
        yield 0
        clases = self._begun(fecha)
        moments = clases.moments(volumenes) + 1
        for done, _ in enumerate(clases.measure() if volumenes else clases.make(), 1):
            yield done * 100 // moments
        # What the screen shows of them and takes a moment too.
        _ = self._llegados, self.movidas

    @cached_property
    def movidas(self) -> tuple[int, int]:
        """The company's rectifications that stand and were not paid in the month of the oldest of their chain: those of
        another month of the ejercicio, and those with which an operation comes into it or leaves it."""
        a, own = self.acopio, self.acopio.textos.get(self.rfc, -1)
        meses = anios = 0
        for place in self.cadenas.anterior.keys() - self.cadenas.rectificados:
            days = a.fecha[place], a.fecha[self.cadenas.first(place)]
            years = {day // 10_000 for day in days}
            if a.rfc[place] != own or self.ejercicio not in years:
                continue
            anios += len(years) == 2
            meses += len(years) == 1 and days[0] // 100 != days[1] // 100
        return meses, anios

    @property
    def faltan_meses(self) -> tuple[int, ...]:
        return tuple(m for m in range(1, 13) if m not in self.meses)

    @property
    def renglones(self) -> int:
        return sum(a.renglones for a in self.archivos)

    @cached_property
    def _llegados(self) -> Counter[tuple[str, int, str]]:
        """How many came under each RFC, tipo de operación and clave of their own."""
        a = self.acopio
        textos = list(a.textos)
        found = Counter(zip(map(bool, a.fecha), a.rfc, a.tipo, a.clave, strict=True))
        return Counter({(textos[r], t, textos[c]): n for (there, r, t, c), n in found.items() if there})

    @property
    def otros(self) -> tuple[tuple[str, str, int], ...]:
        """The other companies whose pedimentos came: RFC, name, how many."""
        found: Counter[str] = Counter()
        for (rfc, _, _), n in self._llegados.items():
            found[rfc] += n
        del found[self.rfc]
        return tuple((rfc, self.acopio.nombres.get(rfc, ""), n) for rfc, n in sorted(found.items()))

    @property
    def claves(self) -> dict[tuple[str, str], int]:
        """How many pedimentos of the company came under each tipo de operación and clave of their own."""
        return {(str(tipo), clave): n for (rfc, tipo, clave), n in self._llegados.items() if rfc == self.rfc}
