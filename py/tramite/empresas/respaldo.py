"""Copies of everything in one file: written, read back, compared with what is here company by company, applied.

What the device keeps besides the drafts: ``respaldo``, when the last copy was made; and ``copia/KEY`` for each draft,
what it said at the copies made and restored (see ``fusion``).
"""

from __future__ import annotations

from base64 import b64decode
from binascii import Error as Base64Error
from collections.abc import Generator, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from itertools import count, islice
from types import MappingProxyType
from typing import Any, NamedTuple, TypeVar

from raoce.base import DatoInvalido
from tramite.borradores import borrador as drafts
from tramite.borradores.archivero import Archivero
from tramite.borradores.borrador import Guardado
from tramite.empresas import fusion
from tramite.empresas.fusion import Diferencia, Lado, Memoria

ENTRADA = "respaldo"
_PREFIJO = "copia/"

FORMATO_CIFRADO = "raoce-respaldo-cifrado/1"
DERIVACION, CIFRADO = "PBKDF2-SHA-256", "AES-256-GCM"
ITERACIONES = 600_000
# One second or so is asked of whoever opens a copy; a file may not ask for hours.
MAXIMO_ITERACIONES = 5_000_000
MINIMO_ITERACIONES = 100_000
T = TypeVar("T")
# In base64 a third more.
MAXIMO_CIFRADO = drafts.MAXIMO_DE_TODOS * 4 // 3 + 1_000
_SAL, _NONCE, _ETIQUETA = range(16, 65), range(12, 13), 16  # bytes

# Nobody has more drafts of one company and ejercicio, to look among for the one that a file means.
PARECIDOS = 50

# From here on the page advises a copy.
POCAS = 3
DIAS = 30


@dataclass(frozen=True, slots=True)
class Copia:
    """A copy of everything: when, and of how many drafts."""

    cuando: datetime
    cuantos: int


@dataclass(frozen=True, slots=True)
class Leido:
    """A draft of a file, and what the file remembers of it, as it is written there (``antes``)."""

    guardado: Guardado
    antes: object

    @property
    def memoria(self) -> Memoria:
        return fusion.from_text(self.antes, self.guardado.campos)


@dataclass(frozen=True, slots=True)
class Cifrado:
    """A file that opens with a password; ``sal``, ``nonce``, ``datos`` in base64."""

    sal: str
    nonce: str
    iteraciones: int
    datos: str
    guardado: str


NUEVA, CAMBIA, ATRAS, IGUAL = "nueva", "cambia", "atras", "igual"


@dataclass(frozen=True, slots=True)
class Cotejo:
    """A draft of a file beside the one here, ``clave``; empty when there is none."""

    clave: str
    leido: Leido
    diferencias: tuple[Diferencia, ...]

    @property
    def estado(self) -> str:
        """``ATRAS``: all that differs was changed here alone, after the copy."""
        if not self.clave:
            return NUEVA
        if not self.diferencias:
            return IGUAL
        return ATRAS if all(d.lado is Lado.AQUI for d in self.diferencias) else CAMBIA

    @property
    def campos(self) -> Mapping[str, str]:
        return self.leido.guardado.campos


@dataclass(frozen=True, slots=True)
class Comparacion:
    """A file beside what is here; ``solo_aqui``: the keys of the drafts that the file does not have."""

    cotejos: tuple[Cotejo, ...]
    solo_aqui: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Hecho:
    """What a restoration did to a draft: what it said before (``None``: it was not there) and after. ``copia``: the
    entry of the device about the last copy of it, as it was."""

    clave: str
    antes: Guardado | None
    despues: Guardado
    copia: object = None


def last(entradas: Mapping[str, object]) -> Copia | None:
    """The last copy that the device knows of."""
    match entradas.get(ENTRADA):
        case {"cuando": str(cuando), "cuantos": int(cuantos)}:
            return Copia(datetime.fromisoformat(cuando), cuantos) if drafts.is_instant(cuando) else None
    return None


def is_due(copia: Copia | None, archivero: Archivero, ahora: datetime) -> bool:
    """Is it time to advise a copy? Not for a few drafts, nor when nothing has changed since the last one."""
    if archivero.cuantos <= POCAS:
        return False
    if copia is None:
        return True
    if (ahora - copia.cuando).days <= DIAS:
        return False
    cuando = copia.cuando.isoformat(timespec="seconds")
    return archivero.cuantos != copia.cuantos or any(g.modificado > cuando for g in archivero.todos.values())


def note(archivero: Archivero, entradas: Mapping[str, object], ahora: datetime) -> dict[str, Any]:
    """The entries of the device to write once everything here has been copied."""
    todos = archivero.todos
    found: dict[str, Any] = {ENTRADA: {"cuando": ahora.isoformat(timespec="seconds"), "cuantos": len(todos)}}
    for clave, g in todos.items():
        kept = entradas.get(_PREFIJO + clave)
        # As it was at the last copy: a thousand drafts are not gone through again for one that changed.
        if g.modificado and isinstance(kept, str) and kept.startswith(fusion.begins(g.campos, g.modificado) + ";"):
            continue
        memoria = fusion.note(fusion.from_text(kept, g.campos), g.campos)
        written = fusion.to_text(memoria, g.campos, g.modificado)
        if written != kept:
            found[_PREFIJO + clave] = written
    keys = (k.removeprefix(_PREFIJO) for k in entradas if k.startswith(_PREFIJO))
    return found | {_PREFIJO + k: None for k in keys if k not in todos}


def to_text(archivero: Archivero, entradas: Mapping[str, object], ahora: datetime) -> str:
    """The file of everything. ``entradas``: as the copy being made leaves them."""
    todos = archivero.todos
    return drafts.all_to_text(todos.values(), ahora, (str(entradas.get(_PREFIJO + k) or "") for k in todos))


class Avance(NamedTuple):
    """How far long work is: ``LEE`` or ``COMPARA``, and how many drafts of all."""

    que: str
    hechos: int
    total: int


LEE, COMPARA = "lee", "compara"
# Work that stops now and then to tell how far it is.
Momentos = Generator[Avance, None, T]


def finished(momentos: Momentos[T]) -> T:
    """What comes of it, in one go."""
    while True:
        try:
            next(momentos)
        except StopIteration as end:
            return end.value


def read(texto: str) -> tuple[Leido, ...] | Cifrado:
    """What a file holds: drafts, or something to be opened with a password. Raises ``DatoInvalido``."""
    return finished(reading(texto))


def reading(texto: str) -> Momentos[tuple[Leido, ...] | Cifrado]:
    """The same in moments, a draft each."""
    content = drafts.load(texto, MAXIMO_CIFRADO)
    if str(content.get("formato", "")).startswith(FORMATO_CIFRADO.partition("/")[0]):
        return _read_encrypted(content)
    if len(texto) > drafts.MAXIMO_DE_TODOS:
        raise DatoInvalido("borrador-grande", maximo=drafts.MAXIMO_DE_TODOS // 1_000_000)
    rows, found = drafts.rows_of(content), []
    for n, row in enumerate(rows):
        yield Avance(LEE, n, len(rows))
        guardado = drafts.read_one(row)
        if guardado.campos:
            found.append(Leido(guardado, row.get("antes")))
    return tuple(found)


def header(ahora: datetime) -> dict[str, Any]:
    """What an encrypted file says of itself; the page adds salt, nonce, data and the sum that tells damage."""
    return {
        "formato": FORMATO_CIFRADO,
        "guardado": ahora.isoformat(timespec="seconds"),
        "derivacion": {"nombre": DERIVACION, "iteraciones": ITERACIONES},
        "cifrado": {"nombre": CIFRADO},
    }


def _read_encrypted(content: dict[str, Any]) -> Cifrado:
    """Raises ``DatoInvalido``: ``respaldo-danado``, ``respaldo-otra-version``, ``respaldo-iteraciones``."""
    match content:
        case {
            "formato": str(formato),
            "derivacion": {"nombre": str(derivacion), "iteraciones": int(iteraciones), "sal": str(sal)},
            "cifrado": {"nombre": str(cifrado), "nonce": str(nonce)},
            "suma": str(suma),
            "datos": str(datos),
        }:
            pass
        case {"formato": formato} if formato != FORMATO_CIFRADO:
            raise DatoInvalido("respaldo-otra-version")
        case _:
            raise DatoInvalido("respaldo-danado")
    if (formato, derivacion, cifrado) != (FORMATO_CIFRADO, DERIVACION, CIFRADO):
        raise DatoInvalido("respaldo-otra-version")
    salt, once, body = (_bytes(x) for x in (sal, nonce, datos))
    if len(salt) not in _SAL or len(once) not in _NONCE or len(body) < _ETIQUETA:
        raise DatoInvalido("respaldo-danado")
    if sha256(b"%s%s%d%s" % (salt, once, iteraciones, body)).hexdigest() != suma:
        raise DatoInvalido("respaldo-danado")
    if not MINIMO_ITERACIONES <= iteraciones <= MAXIMO_ITERACIONES:
        raise DatoInvalido("respaldo-iteraciones", iteraciones=iteraciones)
    return Cifrado(sal, nonce, iteraciones, datos, str(content.get("guardado") or ""))


def _bytes(texto: str) -> bytes:
    try:
        return b64decode(texto, validate=True)
    except (Base64Error, ValueError):
        raise DatoInvalido("respaldo-danado") from None


def compare(archivero: Archivero, entradas: Mapping[str, object], leidos: tuple[Leido, ...]) -> Comparacion:
    """Each draft of a file beside the one here of the same RFC and ejercicio."""
    return finished(comparing(archivero, entradas, leidos))


def comparing(archivero: Archivero, entradas: Mapping[str, object], leidos: tuple[Leido, ...]) -> Momentos[Comparacion]:
    """The same in moments."""
    todos = archivero.todos
    pairs = {}
    for pair in _pairs(todos, leidos):
        yield Avance(COMPARA, 0, len(leidos))
        pairs |= [pair]
    cotejos = []
    for n, leido in enumerate(leidos):
        yield Avance(COMPARA, n, len(leidos))
        if (clave := pairs.get(n)) is None:
            cotejos.append(Cotejo("", leido, ()))
            continue
        campos = todos[clave].campos
        if campos == leido.guardado.campos:
            cotejos.append(Cotejo(clave, leido, ()))
            continue
        memoria = fusion.from_text(entradas.get(_PREFIJO + clave), campos)
        found = fusion.compare(campos, leido.guardado.campos, memoria, leido.memoria)
        cotejos.append(Cotejo(clave, leido, found))
    paired = set(pairs.values())
    return Comparacion(tuple(cotejos), tuple(k for k in todos if k not in paired))


def _pairs(todos: Mapping[str, Guardado], leidos: tuple[Leido, ...]) -> Iterator[tuple[int, str]]:
    """Those that say the same first, then the most alike; without RFC and name only those that say the same."""
    here: dict[tuple[str, ...], dict[str, None]] = {}
    saying: dict[frozenset[tuple[str, str]], list[str]] = {}
    for clave, g in todos.items():
        here.setdefault(fusion.identity(g.campos), {})[clave] = None
        saying.setdefault(frozenset(g.campos.items()), []).append(clave)
    left = []
    for n, leido in enumerate(leidos):
        campos = leido.guardado.campos
        if same := saying.get(frozenset(campos.items())):
            clave = same.pop(0)
            del here[fusion.identity(campos)][clave]
            yield n, clave
        else:
            left.append(n)
    for n in left:
        campos = leidos[n].guardado.campos
        known = here.get(identity, {}) if (identity := fusion.identity(campos)) else {}
        if known:
            alike = max(islice(known, PARECIDOS), key=lambda k: len(todos[k].campos.items() & campos.items()))
            del known[alike]
            yield n, alike


def opening(
    texto: str, archivero: Archivero, entradas: Mapping[str, object]
) -> Momentos[Cifrado | tuple[tuple[Leido, ...], Comparacion]]:
    """A file read and compared. Raises ``DatoInvalido``."""
    found = yield from reading(texto)
    if isinstance(found, Cifrado):
        return found
    return found, (yield from comparing(archivero, entradas, found))


def undecided(cotejo: Cotejo, lados: Mapping[str, Lado]) -> tuple[Diferencia, ...]:
    """The fields that both sides changed and nobody has chosen."""
    return tuple(d for d in cotejo.diferencias if d.lado is None and d.campo not in lados)


def apply(
    archivero: Archivero,
    entradas: Mapping[str, object],
    cotejos: tuple[tuple[Cotejo, Mapping[str, Lado]], ...],
    ahora: datetime,
) -> tuple[Archivero, dict[str, Any], tuple[Hecho, ...]]:
    """What is here once these drafts of a file are restored, each with the sides chosen where it differs.

    Also the entries of the device to write, and what was done. None of them may be undecided.
    """
    todos = archivero.todos
    instante = ahora.isoformat(timespec="seconds")
    keys = count(int(archivero.next_key))
    done, found = [], {}
    for cotejo, lados in cotejos:
        theirs = cotejo.leido.guardado
        if not cotejo.clave:
            clave, before, after, memoria = str(next(keys)), None, theirs, cotejo.leido.memoria
        else:
            clave, before = cotejo.clave, todos[cotejo.clave]
            chosen = {d.campo: lado for d in cotejo.diferencias if (lado := lados.get(d.campo, d.lado))}
            merged = fusion.merge(before.campos, theirs.campos, chosen)
            modificado = theirs.modificado if merged == theirs.campos else instante
            after = before if merged == before.campos else Guardado(MappingProxyType(merged), modificado)
            memoria = fusion.from_text(entradas.get(_PREFIJO + clave), before.campos)
            memoria = fusion.join(memoria, cotejo.leido.memoria)
        memoria = fusion.note(fusion.note(memoria, theirs.campos), after.campos)
        found[_PREFIJO + clave] = fusion.to_text(memoria, after.campos, after.modificado)
        done.append(Hecho(clave, before, after, entradas.get(_PREFIJO + clave)))
    return archivero.put({h.clave: h.despues for h in done}), found, tuple(done)


def undo(archivero: Archivero, hechos: tuple[Hecho, ...]) -> tuple[Archivero, dict[str, Any], int]:
    """As before a restoration, but for what has changed since; the entries of the device to write, and how many drafts
    have changed."""
    todos = archivero.todos
    mine = [h for h in hechos if todos.get(h.clave) == h.despues]
    entradas = {_PREFIJO + h.clave: h.copia for h in mine}
    return archivero.put({h.clave: h.antes for h in mine}), entradas, len(hechos) - len(mine)
