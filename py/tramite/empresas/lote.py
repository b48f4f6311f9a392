"""What is done to many companies at once: a new ejercicio, marked as presented, removed. Each can be undone.

To undo takes back what was done and nothing else: what was typed since stays.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache
from types import MappingProxyType

from raoce.base import DatoInvalido
from raoce.empresa import Programa
from raoce.empresa.solicitante import parse_rfc
from tramite.borradores.archivero import Archivero
from tramite.borradores.borrador import Guardado
from tramite.borradores.reporte import figures
from tramite.formulario import anterior
from tramite.formulario.campos import SOLICITANTE
from tramite.formulario.evaluacion import Evaluacion

# What a company is and holds, whatever the year. Everything else belongs to one report.
_DE_PROGRAMA = ("programa", "numero", "modalidad", "autorizacion")
DE_LA_EMPRESA = (
    *SOLICITANTE,
    *(f"{parte}-{p}" for p in Programa for parte in _DE_PROGRAMA),
    "compromiso-ECEX",
    "autorizados",
)


@lru_cache(4096)
def _compact(texto: str) -> str:
    try:
        return parse_rfc(texto)
    except DatoInvalido:
        return ""


def rfc_of(campos: Mapping[str, str]) -> str:
    """The RFC in its standard form; empty while it is missing or wrong."""
    return _compact(campos.get("rfc", ""))


def ejercicio_of(campos: Mapping[str, str], hoy: date) -> int:
    return Evaluacion(campos, hoy, hoy).ejercicio


def by_company(
    todos: Mapping[str, Guardado], hoy: date, rfc: Callable[[Mapping[str, str]], str] = rfc_of
) -> dict[str, list[tuple[int, str]]]:
    """Ejercicio and key of the drafts of each RFC; those that have none are left out."""
    found: dict[str, list[tuple[int, str]]] = {}
    for clave, guardado in todos.items():
        if who := rfc(guardado.campos):
            found.setdefault(who, []).append((ejercicio_of(guardado.campos, hoy), clave))
    return found


def added(before: Archivero, after: Archivero) -> dict[str, Guardado]:
    """The drafts that were not there before, by key."""
    todos = before.todos
    return {k: g for k, g in after.otros.items() if k not in todos}


def _instant(ahora: datetime) -> str:
    return ahora.isoformat(timespec="seconds")


@dataclass(frozen=True)
class Creados:
    """The drafts of a new ejercicio, by key. ``ya``: the RFC that had it; ``sin_rfc``: the keys of the drafts that do
    not say of which company they are."""

    archivero: Archivero
    creados: Mapping[str, Guardado]
    ya: tuple[str, ...]
    sin_rfc: tuple[str, ...]

    def undo(self, archivero: Archivero) -> tuple[Archivero, int]:
        """Without those that say what they said then, and how many stay for saying something else."""
        todos = archivero.todos
        same = [k for k, g in self.creados.items() if k in todos and todos[k].campos == g.campos]
        return archivero.remove_all(same), sum(k in todos for k in self.creados) - len(same)


def open_ejercicio(archivero: Archivero, claves: Iterable[str], ejercicio: int, ahora: datetime, hoy: date) -> Creados:
    """A draft of ``ejercicio`` for each company among the drafts of ``claves``, unless it has one."""
    todos = archivero.todos
    companies = by_company(todos, hoy)
    wanted = {k: rfc_of(todos[k].campos) for k in claves if k in todos}
    ya, new = [], []
    for rfc in dict.fromkeys(filter(None, wanted.values())):
        theirs = sorted(companies[rfc], key=lambda x: (x[0], todos[x[1]].modificado))
        if any(year == ejercicio for year, _ in theirs):
            ya.append(rfc)
        else:
            draft = _next_draft([(year, todos[k].campos) for year, k in theirs], ejercicio)
            new.append(Guardado(MappingProxyType(draft), _instant(ahora)))
    after = archivero.add_all(new)
    return Creados(after, added(archivero, after), tuple(ya), tuple(k for k, rfc in wanted.items() if not rfc))


def _next_draft(theirs: list[tuple[int, Mapping[str, str]]], ejercicio: int) -> dict[str, str]:
    """From the drafts of a company, by ejercicio: who it is, and the figures of the latest year before."""
    former = [(year, campos) for year, campos in theirs if year < ejercicio]
    year, campos = former[-1] if former else (None, theirs[0][1])
    draft = {k: campos[k] for k in DE_LA_EMPRESA if campos.get(k)} | {"ejercicio": str(ejercicio)}
    beside = figures(campos, year) if year else None
    if beside and (beside.montos or beside.bienes):
        draft["anterior"] = anterior.to_text(beside)
    return draft


@dataclass(frozen=True)
class Cambiados:
    """Fields written into drafts: by key, the texts there were and those that there are now."""

    archivero: Archivero
    cambios: Mapping[str, tuple[Mapping[str, str], Mapping[str, str]]]

    def undo(self, archivero: Archivero) -> tuple[Archivero, int]:
        """The texts that there were, where nothing else was written since; and in how many drafts something was."""
        back, others = {}, 0
        for clave, guardado in archivero.todos.items():
            if clave not in self.cambios:
                continue
            before, now = self.cambios[clave]
            same = [k for k in now if guardado.campos.get(k, "") == now[k]]
            back[clave] = replace(guardado, campos=_written(guardado.campos, {k: before[k] for k in same}))
            others += len(same) < len(now)
        return archivero.put(back), others


def write_into(archivero: Archivero, textos: Mapping[str, Mapping[str, str]], ahora: datetime) -> Cambiados:
    """Write some fields of drafts, by key; nothing else of them changes."""
    changed, cambios = {}, {}
    for clave, guardado in archivero.todos.items():
        now = {k: v for k, v in textos.get(clave, {}).items() if guardado.campos.get(k, "") != v}
        if now:
            changed[clave] = Guardado(_written(guardado.campos, now), _instant(ahora))
            cambios[clave] = ({k: guardado.campos.get(k, "") for k in now}, now)
    return Cambiados(archivero.put(changed), cambios)


def _written(campos: Mapping[str, str], textos: Mapping[str, str]) -> Mapping[str, str]:
    return MappingProxyType({k: v for k, v in {**campos, **textos}.items() if v or k not in textos})


@dataclass(frozen=True)
class Quitados:
    """Drafts that are gone from the device, by the keys that they had."""

    archivero: Archivero
    quitados: Mapping[str, Guardado]

    def undo(self, archivero: Archivero) -> tuple[Archivero, int]:
        """With them again."""
        return archivero.add_back(self.quitados), 0


def remove(archivero: Archivero, claves: Collection[str]) -> Quitados:
    todos = archivero.todos
    gone = {k: todos[k] for k in claves if k in todos}
    return Quitados(archivero.remove_all(gone), gone)
