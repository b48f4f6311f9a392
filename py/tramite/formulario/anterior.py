"""Last year's figures, beside this year's («Abrir reporte anterior»).

Kept in the draft as text (JSON), like everything else: the ejercicio, the three amounts in thousands of pesos and
the goods as ``relacion`` writes them.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, lru_cache

from raoce.base import DatoInvalido, json_estricto
from raoce.bienes import Bien
from raoce.bienes.bienes import identity
from raoce.reglas import regla_vigente
from tramite.formulario import relacion

MONTOS = ("ventas", "exportaciones", "importaciones")


@dataclass(frozen=True)
class Cambio:
    """From one year to the next. ``porcentaje`` is ``None`` where there was nothing before.

    ``salto``: it grew or shrank so much that a mistake of thousands is likely.
    """

    antes: Decimal
    porcentaje: Decimal | None
    salto: bool


def change(antes: int | Decimal, ahora: int | Decimal) -> Cambio:
    """
    >>> change(1000, 1125).porcentaje, change(1000, 5001).salto, change(1000, 200).salto, change(0, 7).porcentaje
    (Decimal('12.500'), True, False, None)
    """
    before, now = Decimal(antes), Decimal(ahora)
    times = regla_vigente("balanza.salto").valor
    jump = bool(before and now) and (now > before * times or now * times < before)
    return Cambio(before, (now - before) / before * 100 if before else None, jump)


@dataclass(frozen=True)
class Anterior:
    """What a report of another year said. ``montos`` in thousands of pesos, those that it has."""

    ejercicio: int
    montos: Mapping[str, int]
    bienes: str = ""

    def cambio(self, clave: str, ahora: int) -> Cambio | None:
        """How an amount changed since that year; ``None`` where the report did not have it."""
        antes = self.montos.get(clave)
        return None if antes is None else change(antes, ahora)

    @cached_property
    def _goods(self) -> Mapping[tuple[str, str], Bien]:
        return {identity(b): b for b in relacion.parse(self.bienes).bienes}

    def bien(self, bien: Bien) -> Bien | None:
        """The same good in that year."""
        return self._goods.get(identity(bien))


def to_text(anterior: Anterior) -> str:
    content = {"ejercicio": anterior.ejercicio, "montos": dict(anterior.montos), "bienes": anterior.bienes}
    return json.dumps(content, ensure_ascii=False)


@lru_cache(maxsize=4)
def parse(texto: str) -> Anterior:
    """What ``to_text`` wrote; raises ``DatoInvalido`` for anything else."""
    try:
        content = json_estricto.load(texto)
        montos = {k: int(v) for k, v in content["montos"].items() if k in MONTOS}
        return Anterior(int(content["ejercicio"]), montos, str(content["bienes"]))
    except (ValueError, TypeError, KeyError, AttributeError):
        raise DatoInvalido("anterior-danado") from None
