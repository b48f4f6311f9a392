"""One check of a signed file, and what all of them together come to."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from raoce.firma import Documento

# In the order in which they are shown.
CLAVES = (
    "json", "sobre", "cabecera", "tipo", "certificado", "firma", "formato", "efirma", "momento", "vigencia", "rfc",
    "cadena", "cifras", "explicaciones", "revocacion", "hora",
)  # fmt: skip

# What only a report has to be checked: a letter says no figure that follows from others.
SOLO_REPORTE = frozenset({"cifras", "explicaciones"})

# What nobody can check without asking a server: said every time, and decides nothing.
NUNCA = ("revocacion", "hora")

# Where a check fails because the file contradicts itself; the others are about whose signature it is.
CONTRADICEN = frozenset(CLAVES) - {"efirma", "vigencia", "cadena", *NUNCA}


class Veredicto(StrEnum):
    """``ALTERADO``: the file contradicts itself. ``NO_COMPROBABLE``: it does not, but nothing proves that the e.firma
    of the company, in force, signed it, or that its figures follow from rules that we have. ``NO_ES_REPORTE``: it is
    neither a report nor a letter."""

    VALIDO = "valido"
    ALTERADO = "alterado"
    NO_COMPROBABLE = "no-comprobable"
    NO_ES_REPORTE = "no-es-reporte"


class Hallazgo(StrEnum):
    BIEN = "bien"
    MAL = "mal"
    NO_COMPROBADO = "no-comprobado"


@dataclass(frozen=True, slots=True)
class Comprobacion:
    """One check: its key (of ``CLAVES``), what was found, and the code and data of its sentence."""

    clave: str
    resultado: Hallazgo
    codigo: str
    datos: Mapping[str, Any] = field(default_factory=dict)


def bien(clave: str, codigo: str = "", /, **datos: Any) -> Comprobacion:
    return Comprobacion(clave, Hallazgo.BIEN, codigo or f"{clave}-bien", datos)


def mal(clave: str, codigo: str, /, **datos: Any) -> Comprobacion:
    return Comprobacion(clave, Hallazgo.MAL, codigo, datos)


def unchecked(clave: str, codigo: str, /, **datos: Any) -> Comprobacion:
    return Comprobacion(clave, Hallazgo.NO_COMPROBADO, codigo, datos)


def claves_of(documento: Documento) -> tuple[str, ...]:
    """The checks of this kind of document, in their order."""
    return CLAVES if documento is Documento.REPORTE else tuple(c for c in CLAVES if c not in SOLO_REPORTE)


def complete(found: Mapping[str, Comprobacion], documento: Documento = Documento.REPORTE) -> tuple[Comprobacion, ...]:
    """Every check in its order; those that an earlier one left without ground are ``sin-base``."""
    always = {clave: unchecked(clave, f"{clave}-nunca") for clave in NUNCA}
    return tuple((always | found).get(clave) or unchecked(clave, "sin-base") for clave in claves_of(documento))


def judge(comprobaciones: tuple[Comprobacion, ...], es_reporte: bool) -> Veredicto:
    """The verdict: one contradiction is enough, and only what is wholly checked is valid."""
    if not es_reporte:
        return Veredicto.NO_ES_REPORTE
    if any(c.resultado is Hallazgo.MAL and c.clave in CONTRADICEN for c in comprobaciones):
        return Veredicto.ALTERADO
    if all(c.resultado is Hallazgo.BIEN or c.clave in NUNCA for c in comprobaciones):
        return Veredicto.VALIDO
    return Veredicto.NO_COMPROBABLE
