"""«Importar empresas»: a list of companies beside the drafts there are, before anything is written.

The rows of a company and ejercicio are one; an empty cell says nothing and takes nothing away. What would change is
told field by field, and only what is ticked is written, into the drafts that it was compared with.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING

from raoce.base import DatoInvalido
from raoce.empresa.ejercicio import parse_ejercicio
from raoce.empresa.solicitante import parse_rfc
from tramite.borradores.archivero import Archivero
from tramite.borradores.borrador import Guardado
from tramite.empresas import lectura, lote
from tramite.empresas.lectura import Leida, Problema
from tramite.formulario.campos import CAMPOS

if TYPE_CHECKING:
    from documentos.hojas.directorio import Directorio, FilaDeLista

# Companies read in one go; more of them wait for their turn, so that the page answers.
PASO = 100
# What the names of the boxes of the preview begin with.
MARCA = "lista-"


class Clase(StrEnum):
    NUEVA = "nueva"
    CAMBIA = "cambia"
    IGUAL = "igual"
    ERRORES = "errores"


@dataclass(frozen=True, slots=True)
class Cambio:
    """A field that would say something else. ``malo``: the form will not take it, and what there is it does."""

    campo: str
    de: str
    a: str
    malo: bool = False


@dataclass(frozen=True)
class Entrada:
    """What a list says of a company and ejercicio. ``renglones``: the rows that say it; ``clave``: the draft that it is
    compared with, «» for a new one; ``ejercicios``: others that the company has; ``borradores``: how many drafts are of
    this ejercicio."""

    renglones: tuple[int, ...]
    rfc: str
    nombre: str
    ejercicio: str
    clave: str = ""
    cambios: tuple[Cambio, ...] = ()
    problemas: tuple[Problema, ...] = ()
    ejercicios: tuple[int, ...] = ()
    borradores: int = 0
    aplicable: bool = True

    @property
    def clase(self) -> Clase:
        # Of several drafts of one ejercicio, nobody has said which is meant.
        unclear = self.borradores > 1 and bool(self.cambios)
        if not self.aplicable or unclear or any(p.grave for p in self.problemas):
            return Clase.ERRORES
        if not self.clave:
            return Clase.NUEVA
        return Clase.CAMBIA if self.cambios else Clase.IGUAL

    @property
    def marca(self) -> str:
        """The name of its box."""
        return f"{MARCA}{self.renglones[0]}"

    def marca_de(self, cambio: Cambio) -> str:
        return f"{self.marca}-{cambio.campo}"

    def is_ticked(self, marcas: Mapping[str, bool]) -> bool:
        """Is it to be applied? ``marcas``: the boxes that were touched; the rest are as they came."""
        if not self.aplicable or not (self.cambios or not self.clave):
            return False
        return marcas.get(self.marca, self.clase in (Clase.NUEVA, Clase.CAMBIA))

    def is_field_ticked(self, cambio: Cambio, marcas: Mapping[str, bool]) -> bool:
        return marcas.get(self.marca_de(cambio), not cambio.malo)

    def taken(self, marcas: Mapping[str, bool]) -> dict[str, str]:
        """The texts to be written."""
        if not self.is_ticked(marcas):
            return {}
        return {c.campo: c.a for c in self.cambios if self.is_field_ticked(c, marcas)}


@dataclass(frozen=True)
class Propuesta:
    """What a list would change, company by company; ``entradas``: those read so far, of ``grupos``."""

    directorio: Directorio
    archivero: Archivero
    hoy: date
    ejercicio: int
    grupos: tuple[tuple[FilaDeLista, ...], ...]
    entradas: tuple[Entrada, ...] = ()
    _aqui: Mapping[str, list[tuple[int, str]]] = field(default_factory=dict, repr=False)

    @property
    def terminada(self) -> bool:
        return len(self.entradas) == len(self.grupos)

    def step(self) -> Propuesta:
        """The next companies read."""
        rows = self.grupos[len(self.entradas) : len(self.entradas) + PASO]
        return replace(self, entradas=(*self.entradas, *map(self._read, rows)))

    @cached_property
    def por_clase(self) -> Mapping[Clase, tuple[Entrada, ...]]:
        return {clase: tuple(e for e in self.entradas if e.clase is clase) for clase in Clase}

    def _read(self, filas: tuple[FilaDeLista, ...]) -> Entrada:
        leidas = [lectura.read(fila) for fila in filas]
        campos, malos, problemas = _joined(leidas)
        escritos = {clave: texto for leida in reversed(leidas) for clave, texto in leida.escritos.items()}
        first = filas[0].textos
        said = str(first.get("rfc", ""))
        rfc, anio = _rfc(said), _year(first, self.ejercicio)
        wrong, wrong_year = _wrong_rfc(filas[0], said), _wrong_year(filas[0], anio)
        problemas = [*wrong, *wrong_year, *problemas]
        entrada = Entrada(
            tuple(fila.numero for fila in filas),
            rfc,
            campos.get("razon_social", ""),
            anio,
            problemas=tuple(problemas),
            aplicable=bool(rfc) and not wrong_year,
        )
        if not entrada.aplicable:
            return entrada
        theirs = self._aqui.get(rfc, [])
        same = [clave for year, clave in theirs if str(year) == anio]
        todos = self.archivero.todos
        # The one changed last is the one at work.
        clave = max(same, key=lambda k: todos[k].modificado, default="")
        before = todos[clave].campos if clave else {}
        who = {} if clave else {"rfc": rfc if not wrong else said.strip(), "ejercicio": anio}
        return replace(
            entrada,
            clave=clave,
            # A draft that is here with the same wrong RFC is that company.
            problemas=tuple(p._replace(grave=p.grave and not (clave and p in wrong)) for p in entrada.problemas),
            nombre=entrada.nombre or before.get("razon_social", ""),
            cambios=tuple(_changes(before, who | campos, malos, escritos)),
            ejercicios=tuple(sorted({year for year, _ in theirs if str(year) != anio})),
            borradores=len(same),
        )


def propose(directorio: Directorio, archivero: Archivero, ejercicio: int, hoy: date) -> Propuesta:
    """The list beside the drafts; nothing of it is read yet. ``ejercicio``: of the rows that do not say theirs.

    Raises ``DatoInvalido``: ``lista-sin-renglones``.
    """
    if not directorio.filas:
        raise DatoInvalido("lista-sin-renglones")
    groups: dict[object, list[FilaDeLista]] = {}
    for fila in directorio.filas:
        rfc = _rfc(str(fila.textos.get("rfc", "")))
        # Of a row without an RFC nobody can say whose it is.
        groups.setdefault((rfc, _year(fila.textos, ejercicio)) if rfc else fila.numero, []).append(fila)
    here = lote.by_company(archivero.todos, hoy, lambda campos: _rfc(campos.get("rfc", "")))
    return Propuesta(directorio, archivero, hoy, ejercicio, tuple(map(tuple, groups.values())), _aqui=here)


@dataclass(frozen=True)
class Importadas:
    """What was applied: companies added and changed. ``cambiadas`` may be undone where nobody wrote since."""

    archivero: Archivero
    nuevas: lote.Creados
    cambiadas: lote.Cambiados

    def undo(self, archivero: Archivero) -> tuple[Archivero, int]:
        """Without what was applied, and in how many drafts something else was written since and stays."""
        archivero, others = self.cambiadas.undo(archivero)
        archivero, more = self.nuevas.undo(archivero)
        return archivero, others + more


def apply(archivero: Archivero, entradas: Iterable[Entrada], marcas: Mapping[str, bool], ahora: datetime) -> Importadas:
    """What is ticked, written: new drafts beside those there are, and fields of theirs. Nothing else changes."""
    entradas = [e for e in entradas if e.is_ticked(marcas)]
    changed = lote.write_into(archivero, {e.clave: e.taken(marcas) for e in entradas if e.clave}, ahora)
    instante = ahora.isoformat(timespec="seconds")
    new = [Guardado(MappingProxyType(e.taken(marcas)), instante) for e in entradas if not e.clave]
    after = changed.archivero.add_all(new)
    return Importadas(after, lote.Creados(after, lote.added(archivero, after), (), ()), changed)


def _rfc(texto: str) -> str:
    """The RFC in its standard form, or what there is of a wrong one: it still says which rows are of one company."""
    try:
        return parse_rfc(texto)
    except DatoInvalido:
        return "".join(texto.upper().split())


def _year(textos: Mapping[str, str], ejercicio: int) -> str:
    return lectura.year(textos["ejercicio"]) if textos.get("ejercicio") else str(ejercicio)


def _wrong_rfc(fila: FilaDeLista, texto: str) -> list[Problema]:
    if not texto:
        return [Problema(fila.numero, "rfc", "", DatoInvalido("lista-sin-rfc"), grave=True)]
    try:
        parse_rfc(texto)
    except DatoInvalido as error:
        return [Problema(fila.numero, "rfc", texto, error, grave=True)]
    return []


def _wrong_year(fila: FilaDeLista, texto: str) -> list[Problema]:
    try:
        parse_ejercicio(texto)
    except DatoInvalido as error:
        return [Problema(fila.numero, "ejercicio", str(fila.textos.get("ejercicio", "")), error, grave=True)]
    return []


def _joined(leidas: Iterable[Leida]) -> tuple[dict[str, str], set[str], list[Problema]]:
    """The rows of one company as one; where two say something else, the first is taken and it is told."""
    campos: dict[str, str] = {}
    of: dict[str, int] = {}
    malos: set[str] = set()
    problemas: list[Problema] = []
    for leida in leidas:
        problemas += leida.problemas
        for clave, texto in leida.campos.items():
            if clave not in campos:
                campos[clave], of[clave] = texto, leida.numero
                malos |= {clave} & leida.malos
            elif not is_same(clave, campos[clave], texto):
                error = DatoInvalido("lista-distinto", renglon=of[clave], otro=campos[clave] or "no")
                problemas.append(Problema(leida.numero, clave, texto or "no", error, grave=True))
    return campos, malos, problemas


def _changes(
    before: Mapping[str, str], campos: Mapping[str, str], malos: set[str], escritos: Mapping[str, str]
) -> Iterable[Cambio]:
    """The fields that would say something else; not those whose text is the one there is, put in its usual form."""
    order = {clave: n for n, clave in enumerate(CAMPOS)}
    for clave in sorted(campos, key=order.__getitem__):
        now, was = campos[clave], before.get(clave, "")
        if not is_same(clave, was, now) and not is_same(clave, was, escritos.get(clave, now)):
            yield Cambio(clave, was, now, malo=clave in malos and bool(was.strip()))


def is_same(clave: str, uno: str, otro: str) -> bool:
    """Do two texts of a field say the same? Blanks apart, or read as the form reads them.

    >>> is_same("telefono", "(667) 712 3456", "6677123456"), is_same("razon_social", "Uno", "UNO")
    (True, False)
    """
    if " ".join(uno.split()) == " ".join(otro.split()):
        return True
    if not uno.strip() or not otro.strip():
        return False
    try:
        return CAMPOS[clave].parse(uno) == CAMPOS[clave].parse(otro)
    except DatoInvalido:
        return False
