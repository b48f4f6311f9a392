"""Why a programme is in its state: one sentence, and the rule that it rests on."""

from __future__ import annotations

import idiomas
from pantallas.comunes import textos
from raoce.plazos import Estado
from raoce.plazos.plazos import Efecto
from raoce.reglas import Regla
from raoce.solicitud.reporte import PlazoDeRegistro

# Which rule of the plazo's explanation (in its order: opening, limit, last chance if any, cancellation).
_APERTURA, _LIMITE, _CANCELACION = 0, 1, -1
_RULE = {
    Estado.NO_INICIA: _APERTURA,
    Estado.EN_PLAZO: _LIMITE,
    Estado.VENCIDO: _LIMITE,
    Estado.SUSPENDIDO: _LIMITE,
    Estado.CANCELADO: _CANCELACION,
    Estado.PRESENTADO: _LIMITE,
}


def motivo(p: PlazoDeRegistro) -> tuple[str, Regla]:
    """The sentence and the rule."""
    if p.plazo is None:
        return idiomas.say(p.obligacion.explicacion.operacion), p.obligacion.explicacion.reglas[0]
    estado, efecto = p.situacion.estado, p.situacion.efecto
    clave = f"{estado}-{efecto}" if estado is Estado.PRESENTADO else estado.value
    rules = p.plazo.explicacion.reglas
    rule = rules[2] if efecto is Efecto.EXTEMPORANEO and estado is Estado.PRESENTADO else rules[_RULE[estado]]
    dates = {name: getattr(p.plazo, name) for name in ("apertura", "limite", "cancela")}
    dates["ultima"] = p.plazo.ultima or p.plazo.limite
    sentence = textos.catalogo()["motivos"][clave]
    return sentence.format(**{k: idiomas.say(v) for k, v in dates.items()}), rule
