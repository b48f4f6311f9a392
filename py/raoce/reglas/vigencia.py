"""The law as data: every value with the day it applies from, its source and how sure we are.

Each file ``reglas/NAME.toml`` holds rules; ``regla("plazos.limite-immex", dia)`` gives the value in
force on that day. Deadlines and thresholds are looked up on 1 January of the year of filing, the
exchange rates on 31 December of the ejercicio. A value has

- ``desde`` (and, where it does not simply go on, ``hasta``): first and last day on which it applies;
- ``fuente``: a key of ``fuentes.toml``;
- ``estado``: ``firme``, or ``por confirmar`` when no primary text was read. The page says so too;
- ``otra`` (where the sources give two readings): the value and the source of the one that is not followed.
"""

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from raoce.reglas.frase import Frase
from raoce.reglas.meses import Mes
from raoce.reglas.tablas import read

FIRME = Frase("firme")
POR_CONFIRMAR = Frase("por confirmar")


# Exchange rates change every year, and lists have their own screens.
_CON_NOVEDADES = ("plazos", "compromisos", "programas", "balanza", "bienes")
_SIEMPRE = date(2017, 1, 2)


@dataclass(frozen=True, slots=True)
class Fuente:
    """Where a rule was read. ``presentacion``: the year of filing it was written for, where it is of one."""

    clave: str
    titulo: str
    presentacion: int | None = None


@dataclass(frozen=True, slots=True)
class OtraLectura:
    """What another source gives for the same rule on the same day."""

    valor: Any
    fuente: Fuente


@dataclass(frozen=True, slots=True)
class Regla:
    """One value of the law, as in force on the day asked for. ``unidad`` says what ``valor`` counts."""

    id: str
    titulo: str
    valor: Any
    unidad: str
    desde: date
    hasta: date | None
    fuente: Fuente
    estado: str
    nota: str = ""
    otra: OtraLectura | None = None

    @property
    def firme(self) -> bool:
        return self.estado == FIRME

    @property
    def texto(self) -> str:
        """The value as a reader says it; empty where the title says it all.

        >>> regla("plazos.limite-prosec", date(2024, 1, 1)).texto
        'último día hábil de abril'
        >>> regla("compromisos.immex-dolares", date(2024, 1, 1)).texto
        '500,000 dólares'
        """
        match self.unidad:
            case "último día hábil del mes":
                return Frase("último día hábil de {mes}", mes=Mes(self.valor))
            case "día y mes":
                return Frase("{dia} de {mes}", dia=self.valor["dia"], mes=Mes(self.valor["mes"]))
            case "regla" | "lista":
                return ""
            case _ if isinstance(self.valor, str):
                return self.valor
            case _:
                return Frase("{valor} {unidad}", valor=f"{self.valor:,}", unidad=self.unidad)


class ReglaInexistente(LookupError):
    """There is no such rule, or none of its values applies on that day."""


@cache
def table(nombre: str) -> dict[str, Any]:
    """One file of rules as read; decimals come as ``Decimal``."""
    return read(Path(__file__).parent / f"{nombre}.toml")


@cache
def fuente(clave: str) -> Fuente:
    return Fuente(clave, **table("fuentes")[clave])


@cache
def regla(id: str, dia: date) -> Regla:
    """The value of rule ``id`` in force on ``dia``. Raises ``ReglaInexistente``."""
    nombre, clave = id.split(".")
    entry = table(nombre).get(clave)
    if entry is None:
        raise ReglaInexistente(id)
    in_force = [v for v in entry["valores"] if v["desde"] <= dia <= v.get("hasta", date.max)]
    if not in_force:
        raise ReglaInexistente(f"{id} {dia}")
    return _regla(id, entry, max(in_force, key=lambda v: v["desde"]))


def _regla(id: str, entry: dict[str, Any], value: dict[str, Any]) -> Regla:
    otra = value.get("otra")
    return Regla(
        id=id,
        titulo=entry["titulo"],
        valor=value["valor"],
        unidad=entry["unidad"],
        desde=value["desde"],
        hasta=value.get("hasta"),
        fuente=fuente(value["fuente"]),
        estado=value["estado"],
        nota=value.get("nota", ""),
        otra=OtraLectura(otra["valor"], fuente(otra["fuente"])) if otra else None,
    )


def novedades(desde: date, hasta: date) -> tuple[Regla, ...]:
    """The rules of filing, of commitments and of programmes that began to apply or changed, by day.

    ``desde`` and ``hasta``: first and last day of their beginning. What the program has known from its first year
    is no news.
    """
    found = (
        _regla(f"{nombre}.{clave}", entry, value)
        for nombre in _CON_NOVEDADES
        for clave, entry in table(nombre).items()
        for value in entry["valores"]
        if max(desde, _SIEMPRE) <= value["desde"] <= hasta
    )
    return tuple(sorted(found, key=lambda r: r.desde))


def regla_de_presentacion(id: str, ejercicio: int) -> Regla:
    """The value of a rule in the year in which the report of ``ejercicio`` is filed."""
    return regla(id, date(ejercicio + 1, 1, 1))


def regla_vigente(id: str) -> Regla:
    """The newest value of a rule that does not depend on the year (lengths, catalogues, criteria)."""
    return regla(id, date.max)


def version() -> str:
    """The version of the whole set of rules, written into every signed request."""
    return table("version")["version"]
