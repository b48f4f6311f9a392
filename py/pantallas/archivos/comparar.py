"""What the files say beside what is typed, the annual return and last year."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, localcontext
from typing import Any

from idiomas import N_, _
from pantallas.archivos.estado import Archivos
from raoce.base.formato import decimal, in_thousands, miles, redondear
from tramite.formulario.campos import FIGURAS
from tramite.formulario.etiquetas import campo
from tramite.state import State

FUENTES = {
    "capturado": N_("Capturado en el reporte"),
    "declarado": N_("Declaración anual"),
    "facturas": N_("Facturas (CFDI)"),
    "pedimentos": N_("Pedimentos"),
    "anterior": N_("Reporte anterior"),
}


def _said(state: State, a: Archivos, clave: str) -> dict[str, Decimal]:
    """What each source says of an amount, in pesos."""
    ev = state.evaluacion
    thousands = {
        "capturado": ev.valores.get(clave),
        "declarado": ev.valores.get(f"declarado_{clave}"),
        "anterior": ev.anterior.montos.get(clave) if ev.anterior else None,
    }
    found = {k: Decimal(v) * 1000 for k, v in thousands.items() if isinstance(v, int)}
    if a.ventas is not None and clave != "importaciones":
        found["facturas"] = a.ventas.facturado if clave == "ventas" else a.ventas.exportado
    if a.totales is not None and clave != "ventas":
        found["pedimentos"] = a.totales.exportaciones if clave == "exportaciones" else a.totales.importaciones
    return {k: found[k] for k in FUENTES if k in found}


def tables(state: State, a: Archivos, razones: Mapping[str, Mapping[str, str]]) -> list[dict[str, Any]]:
    """One table an amount: each source with its difference from the first of them, in pesos and per cent."""
    found = []
    for clave in FIGURAS:
        if clave == "importaciones" and not state.evaluacion.captures_importaciones:
            continue
        said = _said(state, a, clave)
        if not said:
            continue
        base = next(iter(said))
        rows = [
            {
                "fuente": _(FUENTES[k]),
                "miles": miles(in_thousands(v)),
                "razon": razones[clave].get(k, "") if k != base and v != said[base] else "",
                **(_difference(v, said[base]) if k != base else {"diferencia": "—", "porcentaje": "—"}),
            }
            for k, v in said.items()
        ]
        found.append(
            {
                "clave": clave,
                "etiqueta": campo(clave, "etiqueta"),
                "base": _(FUENTES[base]),
                "filas": rows,
                "razones": [r for r in rows if r["razon"]],
            }
        )
    return found


def _difference(value: Decimal, base: Decimal) -> dict[str, str]:
    with localcontext(prec=200):
        pesos = int(redondear(value - base, 0))
        percent = decimal((value - base) / base * 100, 1).replace("−0.0", "0.0") if base else None
    sign = "+" if pesos > 0 else ""
    return {
        "diferencia": sign + miles(pesos),
        "porcentaje": "—" if percent is None else f"{sign if percent != '0.0' else ''}{percent} %",
    }
