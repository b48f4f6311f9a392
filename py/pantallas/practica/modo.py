"""The training mode: the case at hand, how far the learner has come with it, and what it allows.

Nothing of it is kept on the device.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time
from types import MappingProxyType
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from pantallas.practica.avance import SIN_INTENTOS, Intento, write_avance
from raoce.firma import SELLO
from tramite.borradores.archivero import Archivero
from tramite.borradores.enlace import Enlace
from tramite.modo import Modo
from tramite.pantallas import ARCHIVOS, HOJA, PANTALLAS, PRACTICA
from tramite.state import State

if TYPE_CHECKING:
    from tramite.casos.caso import Caso, Pregunta
    from tramite.casos.expediente import Expediente

# What the names of the fields of answers begin with.
RESPUESTA = "respuesta-"
# What is open of the form beside its steps; the others are about the device or about real files. «Calcular con mis
# archivos» is there where the case brings files.
_BESIDE = ("captura", "corregir")
# What happens to the device or to real files has no place in practice.
REFUSED = frozenset(
    {
        *("guardar-borrador", "abrir-borrador", "recuperar", "borrar-todo", "confirmar-borrar"),
        *(f"verificar.{e}" for e in ("elegir", "archivo", "descargar-tabla")),
        *("firmar.certificado", "datos.abrir-anterior", "corregir.abrir-presentado", "corregir.abrir-correcto"),
    }
)
# All of «Mis empresas» is about the device.
_REFUSED_SCREEN = "empresas."
NOON = time(18)  # UTC, in central Mexico

_VACIO: Mapping = MappingProxyType({})


@dataclass(frozen=True)
class Practica(Modo):
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
    def nombre(self) -> str:
        return PRACTICA

    @property
    def sello(self) -> str:
        return SELLO

    @property
    def id(self) -> str:
        """The case at hand; empty at the list."""
        return self.caso.id if self.caso else ""

    @property
    def expediente(self) -> Expediente | None:
        return self.caso.archivos if self.caso else None

    def admits(self, evento: str) -> bool:
        return evento not in REFUSED and not evento.startswith(_REFUSED_SCREEN)

    def clock(self, hoy: date, ahora: datetime) -> tuple[date, datetime]:
        """In a case, today is its day."""
        return (self.caso.fecha, datetime.combine(self.caso.fecha, NOON, UTC)) if self.caso else (hoy, ahora)

    def note(self, valores: Mapping[str, str]) -> Practica:
        """What was typed as an answer is kept."""
        typed = {k: v for k, v in valores.items() if k.startswith(RESPUESTA)}
        return replace(self, respuestas={**self.respuestas, **typed}) if typed else self

    def screens(self, incrustada: bool) -> tuple[str, ...]:
        sheet = () if incrustada else (HOJA,)
        files = (ARCHIVOS,) if self.expediente else ()
        return (PRACTICA, *sheet, *((*PANTALLAS, *_BESIDE, *files) if self.abierta else ()))

    def address(self, pantalla: str, consulta: str | None) -> dict[str, str | None]:
        """In a case, also how far the learner has come: it outlives a reload."""
        if self.enlace:
            pantalla = self.enlace.pantalla or PRACTICA
        return {"pantalla": pantalla, **self._progress}

    def links(self, incrustada: bool) -> str:
        parts = {"modo": PRACTICA, "incrustado": "1" if incrustada else "", **self._progress}
        return "?" + urlencode({k: v for k, v in parts.items() if v}) + "&pantalla="

    @property
    def _progress(self) -> dict[str, str]:
        """The case and how far the learner has come in it; until it has come, as the address had them."""
        if self.enlace:
            return {"caso": self.enlace.caso, "avance": self.enlace.avance}
        return {"caso": self.id, "avance": write_avance(self.intentos)}

    @property
    def abierta(self) -> bool:
        """Does the learner see the form of the case?"""
        return bool(self.caso and (self.caso.abierto or self.terminada))

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

    def retold(self, casos: Mapping[str, Caso]) -> Practica:
        """The same answers and the same points, with the cases (by id) as another language tells them."""
        left = {id: (practica.retold(casos), archivero) for id, (practica, archivero) in self.dejados.items()}
        # A file of a newer version may lack one.
        if self.caso is None or self.id not in casos:
            return replace(self, dejados=left)
        caso, attempts = casos[self.id], dict(self.intentos)
        for clave in attempts.keys() & self.caso.by_clave.keys() & caso.by_clave.keys():
            attempts[clave] = attempts[clave].retold(self.caso[clave], caso[clave])
        return replace(self, dejados=left, caso=caso, intentos=attempts)

    def attempt(self, pregunta: Pregunta) -> Intento:
        return self.intentos.get(pregunta.clave, SIN_INTENTOS)

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


def practice_of(state: State) -> Practica | None:
    """The training mode, if the page is in it."""
    return state.modo if isinstance(state.modo, Practica) else None
