"""The drafts that the device keeps: many companies, many years, one of them on the screen.

The device holds one entry a draft, ``borrador/KEY``, and ``indice``, which says which one is on the screen and in
what order the others were used. So a keystroke writes one draft, however many there are.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any

from raoce.base import DatoInvalido
from tramite.borradores import borrador as drafts
from tramite.borradores.borrador import Guardado

INDICE = "indice"
_PREFIJO = "borrador/"
# Until October 2026 the device held everything in this one entry.
_REGISTRO_ANTERIOR = "registro"

PRIMERA = "1"


@dataclass(frozen=True, slots=True)
class Archivero:
    """``actual`` is the key of the draft on the screen; ``otros`` the rest, the one used last at the end.

    ``de_enlace``: the one on the screen is just as a link left it. ``ultima``: the last key given since the page was
    opened: whoever can bring back a draft that is gone knows it by its key, so no other one comes under that.
    """

    actual: str = PRIMERA
    abierto: Guardado = field(default_factory=lambda: Guardado(MappingProxyType({})))
    otros: Mapping[str, Guardado] = field(default_factory=lambda: MappingProxyType({}))
    de_enlace: bool = False
    ultima: int = field(default=0, compare=False)

    @property
    def todos(self) -> dict[str, Guardado]:
        return {**self.otros, self.actual: self.abierto} if self.abierto.campos else dict(self.otros)

    @property
    def cuantos(self) -> int:
        """How many there are, without looking at them."""
        return len(self.otros) + bool(self.abierto.campos)

    @property
    def next_key(self) -> str:
        """That of the next draft to come; the ones after it follow by one."""
        return str(self._given + 1)

    @property
    def _given(self) -> int:
        return max(self.ultima, *map(int, (self.actual, *self.otros)))

    def with_abierto(self, campos: Mapping[str, str], modificado: str) -> Archivero:
        """The draft on the screen says something else."""
        return replace(self, abierto=Guardado(MappingProxyType(dict(campos)), modificado))

    def put_aside(self) -> Archivero:
        """The draft on the screen stays among the others, and goes on under another key.

        One just as a link left it is not worth it, nor one that is there already.
        """
        known = any(g.campos == self.abierto.campos for g in self.otros.values())
        if not self.abierto.campos or self.de_enlace or known:
            return self
        return replace(self, actual=self.next_key, otros=_mapping({**self.otros, self.actual: self.abierto}))

    def open(self, clave: str, last: bool = True) -> Archivero:
        """Another draft comes to the screen; the one that was there is the last used, or takes the last turn."""
        others = {k: g for k, g in self.otros.items() if k != clave}
        mine = {self.actual: self.abierto} if self.abierto.campos and not self.de_enlace else {}
        otros = {**others, **mine} if last else {**mine, **others}
        return Archivero(clave, self.otros[clave], _mapping(otros), ultima=self._given)

    def open_new(self) -> Archivero:
        """An empty draft on the screen, the other one kept."""
        empty = replace(self, otros=_mapping({**self.otros, self.next_key: Guardado(_mapping({}))}))
        return empty.open(self.next_key)

    def add(self, guardado: Guardado) -> Archivero:
        """One more draft, not on the screen."""
        return self.add_all((guardado,))

    def add_all(self, guardados: Iterable[Guardado]) -> Archivero:
        """More drafts, none of them on the screen."""
        first = int(self.next_key)
        return replace(self, otros=_mapping({**self.otros, **{str(n): g for n, g in enumerate(guardados, first)}}))

    def add_back(self, guardados: Mapping[str, Guardado]) -> Archivero:
        """Drafts that were removed, under the keys that they had where no other has come under them since."""
        free = {k: g for k, g in guardados.items() if k not in self.otros and k != self.actual}
        back = replace(self, otros=_mapping({**self.otros, **free}))
        return back.add_all(g for k, g in guardados.items() if k not in free)

    def put(self, guardados: Mapping[str, Guardado | None]) -> Archivero:
        """With these drafts saying this, by their keys, those that are ``None`` gone, and the rest in their order. The
        one on the screen stays there while it is."""
        changed = {k: g for k, g in guardados.items() if g is not None}
        kept = self.remove_all([k for k, g in guardados.items() if g is None])
        abierto = changed.pop(kept.actual, kept.abierto)
        return replace(kept, abierto=abierto, otros=_mapping({**kept.otros, **changed}))

    def remove(self, clave: str) -> Archivero:
        """Without one draft; removing the one on the screen leaves an empty one there."""
        return self.remove_all((clave,))

    def remove_all(self, claves: Collection[str]) -> Archivero:
        """The same for several."""
        gone = frozenset(claves)
        otros = _mapping({k: g for k, g in self.otros.items() if k not in gone})
        if self.actual in gone:
            return Archivero(self.next_key, otros=otros, ultima=self._given)
        return replace(self, otros=otros, ultima=self._given)


def _mapping(items: Mapping[str, Any]) -> Mapping[str, Any]:
    return MappingProxyType(dict(items))


def is_own(entrada: str) -> bool:
    """Is an entry of the device one of those that hold drafts?"""
    return entrada.startswith(_PREFIJO) or entrada in (INDICE, _REGISTRO_ANTERIOR)


def to_entries(a: Archivero) -> dict[str, Any]:
    """What the device holds of it, by the name of the entry."""
    indice = {"actual": a.actual, "otros": list(a.otros), "deEnlace": a.de_enlace}
    return {INDICE: indice, **{_PREFIJO + clave: _entry(g) for clave, g in a.todos.items()}}


def _entry(guardado: Guardado) -> dict[str, Any]:
    return {"campos": dict(guardado.campos), "modificado": guardado.modificado}


def changes(before: Archivero, after: Archivero) -> dict[str, Any]:
    """The entries to write, and to remove (``None``), to get from one to the other."""
    mine, now = before.todos, after.todos
    found: dict[str, Any] = {
        _PREFIJO + k: _entry(g) for k, g in now.items() if g is not mine.get(k) and g != mine.get(k)
    }
    found |= {_PREFIJO + k: None for k in mine.keys() - now.keys()}
    order = [(a.actual, tuple(a.otros), a.de_enlace) for a in (before, after)]
    if found or order[0] != order[1]:
        found[INDICE] = to_entries(Archivero(after.actual, otros=after.otros, de_enlace=after.de_enlace))[INDICE]
    return found


def from_entries(entradas: Mapping[str, Any]) -> tuple[Archivero, dict[str, Any]]:
    """What the device holds, and what must be written to bring it up to date.

    Raises ``DatoInvalido`` when another version wrote it.
    """
    if _REGISTRO_ANTERIOR in entradas and INDICE not in entradas:
        found = _from_former(entradas[_REGISTRO_ANTERIOR])
        return found, {**to_entries(found), _REGISTRO_ANTERIOR: None}
    indice = entradas.get(INDICE) or {}
    if not isinstance(indice, dict):
        raise DatoInvalido("borrador-danado")
    keys = [k for k in entradas if k.startswith(_PREFIJO)]
    read = drafts.read_all([entradas[k] for k in keys])
    kept = {k.removeprefix(_PREFIJO): guardado for k, guardado in zip(keys, read, strict=True)}
    actual = indice.get("actual", PRIMERA)
    # A draft that the index does not name, however that came about, is not lost.
    order = dict.fromkeys([*(k for k in kept if k not in indice.get("otros", ())), *indice.get("otros", ())])
    otros = {k: kept[k] for k in order if k in kept and k != actual}
    abierto = kept.get(actual, Guardado(MappingProxyType({})))
    return Archivero(actual, abierto, MappingProxyType(otros), bool(indice.get("deEnlace"))), {}


def _from_former(registro: Any) -> Archivero:
    apartados = [Guardado(MappingProxyType(drafts.check(a))) for a in registro.get("apartados", ())]
    otros = {str(n): g for n, g in enumerate(apartados, 1)}
    abierto = Guardado(MappingProxyType(drafts.check(registro.get("actual", {}))))
    return Archivero(str(len(otros) + 1), abierto, MappingProxyType(otros), bool(registro.get("deEnlace")))
