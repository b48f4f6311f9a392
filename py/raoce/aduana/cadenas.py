"""Who rectifies whom. Places are those of the ``Acopio``.

701 dates what a pedimento rectifies and not the first of its chain: that is the last of its number that is not later.
A rectification that was given up rectifies nothing; one that names itself neither. Of several that name the same, the
last counts.
"""

from collections import defaultdict

from raoce.aduana.acopio import Acopio

DESISTIDO = "7"


class Cadenas:
    """``anterior``: of each place, that of what it rectifies; the rest are sets of places."""

    def __init__(self, acopio: Acopio):
        self.acopio = acopio
        self.llaves = list(acopio.lugares)
        self.anterior: dict[int, int] = {}
        self.rectificados: set[int] = set()
        self.huerfanas: set[int] = set()
        self.circulares: set[int] = set()
        given_up = acopio.textos.get(DESISTIDO, -1)
        self.rectifican = {
            place for place in acopio.anteriores if acopio.fecha[place] and acopio.tipo_pedimento[place] != given_up
        }
        self.anios = self._years()
        for place in sorted(self.rectifican):
            self._link(place)
        self._prune()

    def _years(self) -> dict[str, list[int]]:
        """The years of the numbers that some 701 names without one."""
        named = {a.original for p, a in self.acopio.anteriores.items() if p in self.rectifican}
        named |= {a.llave for p, a in self.acopio.anteriores.items() if p in self.rectifican}
        found: dict[str, list[int]] = defaultdict(list)
        for llave, fecha in zip(self.llaves, self.acopio.fecha, strict=False):
            if fecha and (number := llave[:-5]) in named:
                found[number].append(int(llave[-4:]))
        return found

    def _last(self, numero: str, place: int) -> int | None:
        """The last pedimento of that number that is not later than the one at ``place``, nor itself."""
        own = self.llaves[place]
        if numero == own[:-5]:
            return None
        years = [y for y in self.anios.get(numero, ()) if y <= int(own[-4:])]
        return self.acopio.lugares[f"{numero} {max(years)}"] if years else None

    def _link(self, place: int) -> None:
        a = self.acopio.anteriores[place]
        before = self.acopio.lugares.get(a.llave) if a.llave in self.acopio.lugares else self._last(a.llave, place)
        if before is not None and (before == place or not self.acopio.fecha[before]):
            before = None
        original = self._last(a.original, place)
        self.rectificados |= {p for p in (before, original) if p is not None}
        if before is None:
            before = original
        if before is None:
            self.huerfanas.add(place)
        else:
            self.anterior[place] = before

    def _prune(self) -> None:
        """Of several that rectify the same, only the last stands: what was paid before it, it corrects too."""
        last: dict[int | str, int] = {}
        for place in sorted(self.rectifican, key=lambda p: (self.acopio.fecha[p], self.llaves[p])):
            same = self.anterior.get(place, self.acopio.anteriores[place].llave)
            if (earlier := last.get(same)) is not None:
                self.rectificados.add(earlier)
            last[same] = place

    def first(self, place: int) -> int:
        """The oldest of its chain that is in the files."""
        seen = {place}
        while (before := self.anterior.get(place)) is not None:
            if before in seen:
                self.circulares.add(place)
                return place
            seen.add(before)
            place = before
        return place
