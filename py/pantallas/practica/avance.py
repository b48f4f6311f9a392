"""What became of a question of a case, what it is worth, and how that is written into an address."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from raoce.base import DatoInvalido

if TYPE_CHECKING:
    from tramite.casos.caso import Caso, Pregunta, Respuesta

COMPLETO = 100
DESCUENTO = 25


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

    def retold(self, before: Pregunta, after: Pregunta) -> Intento:
        """The same, when its question is told in another language."""
        said = {b.texto: a.texto for b, a in zip(before.trampas, after.trampas, strict=False)}
        return replace(self, mensaje=said.get(self.mensaje, self.mensaje))

    @property
    def puntos(self) -> int:
        """0 to 100: each wrong answer and each hint take a quarter, and an answer that was shown is worth nothing."""
        return max(0, COMPLETO - DESCUENTO * (self.fallos + self.pistas)) if self.resuelta else 0


SIN_INTENTOS = Intento()


_AVANCE = re.compile(r"([a-z-]+)\.(\d{1,3})\.(\d{1,3})\.([nsm])")


def write_avance(intentos: Mapping[str, Intento]) -> str:
    """How far the learner has come, to be kept by another page: ``limite.1.0.s_ultima.0.2.n`` (question, wrong
    answers, hints, and n, s or m: not yet, solved, shown)."""
    marks = {(False, False): "n", (True, False): "s", (False, True): "m"}
    return "_".join(
        f"{clave}.{i.fallos}.{i.pistas}.{marks[i.resuelta, i.mostrada]}"
        for clave, i in intentos.items()
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
