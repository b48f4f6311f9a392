"""A draft changed here and in a file: field by field, which side is the newer one, and where to ask.

Each side remembers (``Memoria``) the values that a field had whenever a copy was made or restored, as digests. A value
that the other side remembers is one that it has left behind, so no common copy has to be guessed; where the memory
does not reach back far enough, the answer is to ask.

>>> viejo = {"ventas": "10", "calle": "Uno"}
>>> memoria = note({}, viejo)
>>> aqui, archivo = viejo | {"ventas": "20"}, viejo | {"calle": "Dos"}
>>> [(d.campo, d.lado.value) for d in compare(aqui, archivo, memoria, memoria)]
[('calle', 'archivo'), ('ventas', 'aqui')]
>>> compare(aqui, viejo | {"ventas": "30"}, memoria, memoria)[0].lado is None
True
"""

import re
from base64 import urlsafe_b64encode
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from hashlib import sha256
from itertools import chain, zip_longest

from raoce.base.texto import plain
from tramite.formulario.campos import CAMPOS

# The values remembered of each field, the newest first.
Memoria = Mapping[str, tuple[str, ...]]

MAXIMO = 8  # of them
MAXIMO_ESCRITA = 20_000  # characters of a memory written; all fields with all their values are 7,500

_ESCRITA = re.compile(r"([\w-]{8})@([\d:.+TZ-]*)((?:;[\w-]+=[\w-]{8}(?:,[\w-]{8})*)*)", re.ASCII)


class Lado(Enum):
    AQUI = "aqui"
    ARCHIVO = "archivo"


@dataclass(frozen=True, slots=True)
class Diferencia:
    """A field that says two things. ``lado``: the one that changed since the other saw it; ``None``, both did."""

    campo: str
    aqui: str
    archivo: str
    lado: Lado | None


@lru_cache(1 << 15)
def _digest(texto: str) -> str:
    return urlsafe_b64encode(sha256(texto.encode()).digest()[:6]).decode()


_NADA = _digest("")


def identity(campos: Mapping[str, str]) -> tuple[str, ...]:
    """What tells a company and ejercicio from the others; empty when nothing does."""
    rfc = "".join(c for c in campos.get("rfc", "").upper() if c.isalnum() or c == "&")
    who = rfc or plain(campos.get("razon_social", ""))
    return (who, campos.get("ejercicio", "").strip()) if who else ()


def _remembered(memoria: Memoria, campo: str) -> tuple[str, ...]:
    """A field that a memory does not name was empty all along."""
    return memoria.get(campo, (_NADA,) if memoria else ())


def note(memoria: Memoria, campos: Mapping[str, str]) -> Memoria:
    """The memory once a copy said this."""
    found = {}
    for campo in {**memoria, **campos}:
        now = _digest(campos.get(campo, ""))
        found[campo] = (now, *(d for d in _remembered(memoria, campo) if d != now))[:MAXIMO]
    return found


def join(una: Memoria, otra: Memoria) -> Memoria:
    """What both remember; of each the newest first."""
    found = {}
    for campo in {**una, **otra}:
        turns = chain.from_iterable(zip_longest(_remembered(una, campo), _remembered(otra, campo)))
        found[campo] = tuple(dict.fromkeys(d for d in turns if d))[:MAXIMO]
    return found


def compare(
    aqui: Mapping[str, str], archivo: Mapping[str, str], memoria: Memoria, del_archivo: Memoria
) -> tuple[Diferencia, ...]:
    """The fields that differ, in the order of the alphabet."""
    return tuple(_differences(aqui, archivo, memoria, del_archivo))


def _differences(
    aqui: Mapping[str, str], archivo: Mapping[str, str], memoria: Memoria, del_archivo: Memoria
) -> Iterator[Diferencia]:
    for campo in sorted(aqui.keys() | archivo.keys()):
        mine, theirs = aqui.get(campo, ""), archivo.get(campo, "")
        if mine == theirs:
            continue
        left_here = _digest(theirs) in _remembered(memoria, campo)
        left_there = _digest(mine) in _remembered(del_archivo, campo)
        lado = None if left_here == left_there else Lado.AQUI if left_here else Lado.ARCHIVO
        yield Diferencia(campo, mine, theirs, lado)


def merge(aqui: Mapping[str, str], archivo: Mapping[str, str], lados: Mapping[str, Lado]) -> dict[str, str]:
    """The draft with each field that differs as its side says it; ``lados`` by field, ``AQUI`` where it has none."""
    taken = [campo for campo, lado in lados.items() if lado is Lado.ARCHIVO]
    kept = {campo: texto for campo, texto in aqui.items() if campo not in taken or campo in archivo}
    return kept | {campo: archivo[campo] for campo in taken if campo in archivo}


def begins(campos: Mapping[str, str], modificado: str) -> str:
    """What the memory of a draft, written, begins with: of which one it is, and as of when."""
    return f"{_digest('/'.join(identity(campos)))}@{modificado}"


def to_text(memoria: Memoria, campos: Mapping[str, str], modificado: str) -> str:
    """The memory of a draft in one line, so that a file of thousands stays within the limits of ``json_estricto``."""
    return ";".join((begins(campos, modificado), *(f"{k}={','.join(v)}" for k, v in sorted(memoria.items()))))


def from_text(texto: object, campos: Mapping[str, str]) -> Memoria:
    """Nothing where it is damaged, or of another company: then what differs is asked."""
    if not isinstance(texto, str) or len(texto) > MAXIMO_ESCRITA:
        return {}
    found = _ESCRITA.fullmatch(texto)
    if not found or found[1] != _digest("/".join(identity(campos))):
        return {}
    rows = (row.partition("=") for row in found[3].split(";")[1:])
    return {campo: tuple(values.split(","))[:MAXIMO] for campo, _, values in rows if campo in CAMPOS}
