"""What the filer decides: which claves de documento count, which value, and which date."""

from dataclasses import dataclass
from typing import Literal

from raoce.aduana.pedimentos import Pedimentos
from raoce.reglas import Fuente, Regla, regla_vigente


@dataclass(frozen=True, slots=True)
class Clave:
    """A clave de documento. ``exporta``: ``si`` counts by default, ``opcional`` is doubtful, ``no`` seldom counts."""

    clave: str
    nombre: str
    exporta: Literal["si", "opcional", "no"]
    razon: str
    fuente: Fuente
    estado: str


def _claves() -> dict[str, Clave]:
    rule = regla_vigente("aduana.claves")
    return {row["clave"]: Clave(**row, fuente=rule.fuente, estado=rule.estado) for row in rule.valor}


CLAVES = _claves()


@dataclass(frozen=True, slots=True)
class Eleccion:
    """``importacion`` is ``None`` while all claves of imports count; ``consignacion``: exports add up valor agregado.

    ``fecha``: the FechaPagoReal that puts an operation into a year and a month, that of the oldest of its chain in the
    files (``original``) or its own (``propia``).
    """

    exportacion: frozenset[str]
    importacion: frozenset[str] | None = None
    consignacion: bool = False
    fecha: Literal["original", "propia"] = "original"

    @classmethod
    def inicial(cls, pedimentos: Pedimentos | None = None) -> "Eleccion":
        return cls(frozenset(c.clave for c in CLAVES.values() if c.exporta == "si"))

    @property
    def reglas(self) -> tuple[Regla, ...]:
        """Those that its totals rest on."""
        valor = "valor-agregado" if self.consignacion else "valor-comercial"
        fecha = "fecha" if self.fecha == "original" else "fecha-propia"
        ids = ("operacion", "claves", valor, fecha, "rectificado", "desistido", "repetido", "redondeo")
        return tuple(regla_vigente(f"aduana.{i}") for i in ids)
