"""«Marcar como presentadas»: which drafts get what date and folio, and what is wrong; nothing is written here.

A pasted table has two columns (RFC, folio) or more (the date, the ejercicio), in any order, with headings or without:
what a cell is, is seen from what it says. Where no cell says the ejercicio the year of the date does: a report is
presented in the year after.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from itertools import dropwhile

from raoce.base import DatoInvalido
from raoce.plazos.plazos import apertura
from raoce.solicitud.folio import parse_folio
from tramite.borradores.borrador import Guardado
from tramite.empresas.lectura import read_date
from tramite.empresas.lote import by_company, ejercicio_of
from tramite.formulario.evaluacion import last_day

MAXIMO_RENGLONES = 5_000
MAXIMO_LETRAS = 1_000_000
_SEPARADORES = "\t;|,"
_RFC = re.compile(r"[A-ZÑ&]{3,4}[0-9]{6}[A-Z0-9]{3}")
_CIENTIFICO = re.compile(r"[0-9][0-9.,]*E\+?[0-9]+", re.IGNORECASE)
_COMO_FECHA = re.compile(r"[0-9]{1,4}[-/.][0-9A-Za-z]{1,10}[-/.][0-9]{1,4}")
_EJERCICIO = re.compile(r"20[0-9]{2}")
_MUESTRA = 40


@dataclass(frozen=True)
class Marca:
    """One report to be marked, or a line that says none. ``numero``: its line in what was pasted, 0 if none was.

    ``antes``: date and folio that its draft says now.
    """

    rfc: str
    numero: int = 0
    clave: str = ""
    ejercicio: int = 0
    dia: date | None = None
    folio: str = ""
    antes: tuple[str, str] = ("", "")
    error: DatoInvalido | None = None

    @property
    def textos(self) -> Mapping[str, str]:
        """The fields as they would be written; without a folio, the one there is stays."""
        return {"presentacion": self.dia.isoformat()} | ({"folio": self.folio} if self.folio else {})

    @property
    def igual(self) -> bool:
        """Does the draft say so already?"""
        return not self.error and self.antes == (self.dia.isoformat(), self.folio or self.antes[1])

    @property
    def cambia(self) -> bool:
        """Would something be written over?"""
        return not self.error and not self.igual and any(self.antes)


@dataclass(frozen=True)
class Propuesta:
    """What would be marked, in its order."""

    marcas: tuple[Marca, ...]

    @cached_property
    def buenas(self) -> tuple[Marca, ...]:
        return tuple(m for m in self.marcas if not m.error and not m.igual)

    @cached_property
    def malas(self) -> tuple[Marca, ...]:
        return tuple(m for m in self.marcas if m.error)

    @cached_property
    def iguales(self) -> tuple[Marca, ...]:
        return tuple(m for m in self.marcas if m.igual)

    @property
    def textos(self) -> Mapping[str, Mapping[str, str]]:
        """What is to be written, by key."""
        return {m.clave: m.textos for m in self.buenas}


def propose(todos: Mapping[str, Guardado], claves: Iterable[str], dia: date, folio: str, hoy: date) -> Propuesta:
    """The same date for these drafts. ``folio``: of one alone; every report has its own.

    Raises ``DatoInvalido``: ``folio-forma``.
    """
    folio = parse_folio(folio) if folio.strip() else ""
    found = []
    for clave in claves:
        if clave in todos:
            campos = todos[clave].campos
            mark = Marca(campos.get("rfc", "").strip(), dia=dia, folio=folio)
            found.append(_into(mark, clave, todos[clave], ejercicio_of(campos, hoy), hoy))
    return Propuesta(_without_clashes(found, todos))


def read_pasted(todos: Mapping[str, Guardado], texto: str, dia: date | None, hoy: date) -> Propuesta:
    """What a pasted table says; ``dia``: the date of the lines that have none.

    Raises ``DatoInvalido``: ``marcas-vacias``, ``marcas-muchas``.
    """
    lines = [(n, line) for n, line in enumerate(texto.splitlines(), 1) if line.strip(f" \u00a0{_SEPARADORES}")]
    if not any(c.isdigit() for _, line in lines for c in line):
        raise DatoInvalido("marcas-vacias")
    if len(texto) <= MAXIMO_LETRAS:
        # Titles and headings; where nothing says a report, all of it is told.
        lines = list(dropwhile(lambda line: not _says_report(line[1]), lines)) or lines
    if len(lines) > MAXIMO_RENGLONES or len(texto) > MAXIMO_LETRAS:
        raise DatoInvalido("marcas-muchas", maximo=MAXIMO_RENGLONES)
    here = by_company(todos, hoy)
    found = [_find(_read_line(n, line, dia), here, todos, hoy) for n, line in lines]
    return Propuesta(_without_clashes(found, todos))


def _says_report(line: str) -> bool:
    return not {"rfc", "folio", "cientifico", "fecha"}.isdisjoint(map(_kind, _cells(line)))


def _read_line(numero: int, line: str, dia: date | None) -> Marca:
    """What a line says, by what its cells look like."""
    kinds: dict[str, str] = {}
    error = None
    for cell in _cells(line):
        kind = _kind(cell)
        if kind in kinds or kind == "otro":
            code = "marca-fecha" if _COMO_FECHA.fullmatch(cell) and kind == "otro" else "marca-sobra"
            error = error or DatoInvalido(code, texto=cell[:_MUESTRA])
        else:
            kinds[kind] = cell
    mark = Marca(
        _without_marks(kinds.get("rfc", "")),
        numero,
        ejercicio=int(kinds.get("ejercicio", 0)),
        dia=read_date(kinds.get("fecha", "")) or dia,
    )
    try:
        if error:
            raise error
        if not mark.rfc:
            raise DatoInvalido("marca-sin-rfc")
        if "cientifico" in kinds:
            raise DatoInvalido("marca-folio-de-excel", texto=kinds["cientifico"][:_MUESTRA])
        if "folio" not in kinds:
            raise DatoInvalido("marca-sin-folio")
        mark = replace(mark, folio=parse_folio(kinds["folio"]))
        if mark.dia is None:
            raise DatoInvalido("marca-sin-fecha")
    except DatoInvalido as wrong:
        return replace(mark, error=wrong)
    return mark


def _cells(line: str) -> list[str]:
    """The cells of a line: apart by tabs, semicolons, bars or commas; else by spaces, where figures in groups are one.

    >>> _cells("AAA010101AAA;'123 45"), _cells("AAA010101AAA 02015 00100 2024-05-31")
    (['AAA010101AAA', '123 45'], ['AAA010101AAA', '0201500100', '2024-05-31'])
    """
    separator = next((s for s in _SEPARADORES if s in line), None)
    if separator:
        cells = [cell.strip(" \u00a0\"'\u2019") for cell in line.split(separator)]
        return [cell for cell in cells if cell]
    found: list[str] = []
    digits = False
    for word in line.split():
        word = word.strip("\"'\u2019")
        if digits and word.isdigit():
            found[-1] += word
        elif word:
            found.append(word)
            digits = word.isdigit()
    return found


def _without_marks(texto: str) -> str:
    return re.sub(r"[\s\u00a0-]", "", texto).upper()


def _kind(cell: str) -> str:
    if _RFC.fullmatch(_without_marks(cell)):
        return "rfc"
    if read_date(cell):
        return "fecha"
    if _EJERCICIO.fullmatch(cell):
        return "ejercicio"
    if _CIENTIFICO.fullmatch(cell):
        return "cientifico"
    return "folio" if re.fullmatch(r"[0-9\s\u00a0\u202f]+", cell) else "otro"


def _find(mark: Marca, here: Mapping[str, list[tuple[int, str]]], todos: Mapping[str, Guardado], hoy: date) -> Marca:
    """The draft that a line speaks of."""
    if mark.error:
        return mark
    theirs = here.get(mark.rfc)
    if not theirs:
        return replace(mark, error=DatoInvalido("marca-rfc-ajeno", rfc=mark.rfc))
    ejercicio = mark.ejercicio or mark.dia.year - 1
    keys = [clave for year, clave in theirs if year == ejercicio]
    if not keys:
        years = ", ".join(str(year) for year in sorted({year for year, _ in theirs}))
        wrong = DatoInvalido("marca-sin-ejercicio", dia=mark.dia, ejercicio=ejercicio, hay=years)
        return replace(mark, ejercicio=ejercicio, error=wrong)
    if len(keys) > 1:
        return replace(mark, ejercicio=ejercicio, error=DatoInvalido("marca-varios", cuantos=len(keys)))
    return _into(mark, keys[0], todos[keys[0]], ejercicio, hoy)


def _into(mark: Marca, clave: str, guardado: Guardado, ejercicio: int, hoy: date) -> Marca:
    """The mark of this draft, if its date is one on which it can have been presented."""
    campos = guardado.campos
    antes = (campos.get("presentacion", "").strip(), campos.get("folio", "").strip())
    mark = replace(mark, clave=clave, ejercicio=ejercicio, antes=antes)
    first, last = apertura(ejercicio), min(hoy, last_day(ejercicio))
    if last < first:
        return replace(mark, error=DatoInvalido("marca-sin-abrir", ejercicio=ejercicio, desde=first))
    if not first <= mark.dia <= last:
        return replace(mark, error=DatoInvalido("marca-fuera", ejercicio=ejercicio, desde=first, hasta=last))
    return mark


def _without_clashes(marks: list[Marca], todos: Mapping[str, Guardado]) -> tuple[Marca, ...]:
    """A report is marked once, and no two have the same folio."""
    seen: dict[str, Marca] = {}
    folios: dict[str, Marca] = {}
    kept = {g.campos["folio"].strip(): k for k, g in todos.items() if g.campos.get("folio", "").strip()}
    found = []
    for mark in marks:
        if not mark.error:
            if other := seen.get(mark.clave):
                mark = replace(mark, error=DatoInvalido("marca-dos-veces", renglon=other.numero))
            elif mark.folio and (other := folios.get(mark.folio)):
                mark = replace(mark, error=DatoInvalido("marca-folio-repetido", rfc=other.rfc))
            elif mark.folio and kept.get(mark.folio, mark.clave) != mark.clave:
                owner = todos[kept[mark.folio]].campos.get("rfc", "")
                mark = replace(mark, error=DatoInvalido("marca-folio-repetido", rfc=owner))
            else:
                seen[mark.clave] = mark
                if mark.folio:
                    folios[mark.folio] = mark
        found.append(mark)
    return tuple(found)
