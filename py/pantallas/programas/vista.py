"""«Programas»: the ejercicio, the programmes held and their authorisations."""

from __future__ import annotations

from typing import Any

import idiomas
from idiomas import _
from pantallas.comunes import componentes, eleccion
from raoce.empresa import Programa
from raoce.empresa.programas import modalidades
from raoce.reglas import regla_vigente
from tramite.state import State


def _of(state: State, programa: Programa) -> dict[str, Any]:
    modalidad = componentes.campo(state, f"modalidad-{programa}")
    regla = regla_vigente(f"programas.modalidades-{programa}")
    modalidad["regla"] = None if regla.firme else regla
    modalidad["opciones"] = [
        {"valor": "", "texto": _("Elige")},
        *({"valor": m.clave, "texto": idiomas.say(m.nombre)} for m in modalidades(programa)),
    ]
    fields = {
        "programa": programa.value,
        "numero": componentes.campo(state, f"numero-{programa}"),
        "modalidad": modalidad,
        "autorizacion": componentes.campo(state, f"autorizacion-{programa}"),
        "compromiso": None,
    }
    if programa is Programa.ECEX:
        fields["compromiso"] = componentes.campo(state, "compromiso-ECEX", inputmode="numeric")
    return fields


def context(state: State) -> dict[str, Any]:
    ev = state.evaluacion
    return {
        **eleccion.context(state),
        "registros": [_of(state, p) for p in ev.programas],
        "obligaciones": [
            {"programa": p.registro.programa.value, "obligacion": p.obligacion}
            for p in ev.reporte.plazos
            if p.obligacion.motivo != "vigente"
        ],
    }
