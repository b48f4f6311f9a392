"""«Incrustar»: the snippet that puts the screen into another page, as it is now."""

from __future__ import annotations

from html import escape
from typing import Any

from pantallas.comunes import componentes, textos
from pantallas.incrustar.mensajes import ALTURA, address
from tramite.pantallas import PANTALLAS, PRACTICA
from tramite.state import State

# The screens that make sense inside another page: the others sign, or list what is on the device.
INCRUSTABLES = (*(p for p in PANTALLAS if p != "firmar"), PRACTICA)

# What a host page holds: the frame, and what gives it the height of its content (docs/incrustar.md).
_MARCO = """<iframe src="{direccion}" title="RAOCE: {nombre}" id="raoce"
  style="width:100%;height:{altura}px;border:0"
  sandbox="allow-scripts allow-same-origin allow-downloads"></iframe>"""
_GUION = """<script>
addEventListener('message', ({ source, data }) => {
  const marco = document.getElementById('raoce');
  if (source === marco.contentWindow && data?.raoce === 1 && data.tipo === 'altura') {
    marco.style.height = data.altura + 'px';
  }
});
</script>"""


def context(state: State) -> dict[str, Any]:
    screens = textos.catalogo()["pantallas"]
    names = {p: screens[p]["nombre"] for p in INCRUSTABLES}
    names |= {f"{PRACTICA}/{c.id}": f"{names[PRACTICA]}: {c.titulo}" for c in state.casos or ()}
    chosen = state.vista.get("incrustar_pantalla", INCRUSTABLES[0])
    chosen = chosen if chosen in names else INCRUSTABLES[0]
    return {
        "ejercicio": None,
        "eleccion_pantalla": componentes.vista(state, "incrustar_pantalla")
        | {
            "valor": chosen,
            "opciones": [{"valor": clave, "texto": nombre} for clave, nombre in names.items()],
            "regla": None,
        },
        "marco": _MARCO.format(direccion=escape(address(state, chosen)), nombre=escape(names[chosen]), altura=ALTURA),
        "guion": _GUION,
    }
