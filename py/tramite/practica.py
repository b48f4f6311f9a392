"""How far a learner has come with a case of practice, and what it is worth. Nothing of it is kept on the device."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from raoce.base import DatoInvalido

if TYPE_CHECKING:
    from tramite.archivero import Archivero
    from tramite.caso import Caso, Pregunta, Respuesta
    from tramite.enlace import Enlace

# What the names of the fields of answers begin with.
RESPUESTA = "respuesta-"
COMPLETO = 100
DESCUENTO = 25

_VACIO: Mapping = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Intento:
    """What became of a question. ``mostrada``: its answer was asked for. ``erradas``: the wrong answers of this visit,
    each of which costs once; ``mensaje``: what to say of the last (empty: nothing of its own; ``None``: there is none);
    ``error``: why what was typed could not be read."""

    fallos: int = 0
    pistas: int = 0
    resuelta: bool = False
    mostrada: bool = False
    erradas: tuple[Respuesta, ...] = ()
    mensaje: str | None = None
    error: DatoInvalido | None = None

    @property
    def terminada(self) -> bool:
        return self.resuelta or self.mostrada

    @property
    def puntos(self) -> int:
        """0 to 100: each wrong answer and each hint take a quarter, and an answer that was shown is worth nothing."""
        return max(0, COMPLETO - DESCUENTO * (self.fallos + self.pistas)) if self.resuelta else 0


_SIN_INTENTOS = Intento()


@dataclass(frozen=True)
class Practica:
    """``fijo``: the one case that another page asked for. ``enlace``: what the address asks for, until the cases have
    come. ``respuestas``: what was typed, by field. ``dejados``: the cases left in this visit, each with the drafts of
    its form; ``hechos``: the points of those finished in it."""

    fijo: str = ""
    enlace: Enlace | None = None
    caso: Caso | None = None
    respuestas: Mapping[str, str] = field(default_factory=lambda: _VACIO)
    intentos: Mapping[str, Intento] = field(default_factory=lambda: _VACIO)
    dejados: Mapping[str, tuple[Practica, Archivero]] = field(default_factory=lambda: _VACIO)
    hechos: Mapping[str, int] = field(default_factory=lambda: _VACIO)

    @property
    def id(self) -> str:
        """The case at hand; empty at the list."""
        return self.caso.id if self.caso else ""

    def begin(self, caso: Caso, intentos: Mapping[str, Intento] = _VACIO) -> Practica:
        """A case from its start, or with what was done in it before this visit."""
        begun = replace(self, enlace=None, caso=caso, respuestas=_VACIO, intentos=intentos)
        return begun._with_points()

    def leave(self, archivero: Archivero) -> Practica:
        """No case at hand; the present one can be come back to."""
        left = {self.id: (replace(self, dejados=_VACIO), archivero)} if self.caso else {}
        dejados = {**self.dejados, **left}
        return replace(self, enlace=None, caso=None, respuestas=_VACIO, intentos=_VACIO, dejados=dejados)

    def come_back(self, caso: Caso) -> tuple[Practica, Archivero]:
        """A case that was left, as it was, and its drafts."""
        left, archivero = self.dejados[caso.id]
        return replace(left, dejados=self.dejados, hechos=self.hechos), archivero

    def attempt(self, pregunta: Pregunta) -> Intento:
        return self.intentos.get(pregunta.clave, _SIN_INTENTOS)

    def with_attempt(self, pregunta: Pregunta, intento: Intento) -> Practica:
        return replace(self, intentos={**self.intentos, pregunta.clave: intento})._with_points()

    def _with_points(self) -> Practica:
        return replace(self, hechos={**self.hechos, self.id: self.puntos}) if self.terminada else self

    @property
    def visibles(self) -> tuple[tuple[int, Pregunta], ...]:
        """The questions that are shown, with their number: one after the other, so that none gives away another."""
        numbered = tuple(enumerate(self.caso.preguntas, 1))
        waiting = next((n for n, p in numbered if not self.attempt(p).terminada), len(numbered))
        return tuple((n, p) for n, p in numbered if n == waiting or self.attempt(p).terminada)

    @property
    def resueltas(self) -> int:
        """How many questions are done with, whether solved or shown."""
        return sum(self.attempt(p).terminada for p in self.caso.preguntas) if self.caso else 0

    @property
    def terminada(self) -> bool:
        return self.caso is not None and self.resueltas == len(self.caso.preguntas)

    @property
    def puntos(self) -> int:
        """0 to 100: the mean of the questions, those not done with being 0, rounded down."""
        questions = self.caso.preguntas if self.caso else ()
        return sum(self.attempt(p).puntos for p in questions) // len(questions) if questions else 0


_AVANCE = re.compile(r"([a-z-]+)\.(\d{1,3})\.(\d{1,3})\.([nsm])")


def write_avance(practica: Practica) -> str:
    """How far the learner has come, to be kept by another page: ``limite.1.0.s_ultima.0.2.n`` (question, wrong
    answers, hints, and n, s or m: not yet, solved, shown)."""
    marks = {(False, False): "n", (True, False): "s", (False, True): "m"}
    return "_".join(
        f"{clave}.{i.fallos}.{i.pistas}.{marks[i.resuelta, i.mostrada]}"
        for clave, i in practica.intentos.items()
        if i.fallos or i.pistas or i.terminada
    )


def read_avance(texto: str, caso: Caso) -> dict[str, Intento]:
    """The attempts that such a text says. Raises ``DatoInvalido`` (``avance-danado``) when it is not of this case."""
    found = {}
    for part in filter(None, texto.split("_")):
        match = _AVANCE.fullmatch(part)
        if match is None or match[1] not in caso.by_clave:
            raise DatoInvalido("avance-danado")
        hints = min(int(match[3]), len(caso[match[1]].pistas))
        found[match[1]] = Intento(int(match[2]), hints, match[4] == "s", match[4] == "m")
    return found
