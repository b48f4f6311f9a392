"""What the files say beside what is typed, the annual return and last year; volumes beside the goods produced."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, localcontext
from typing import Any

from pantallas.archivos.estado import EXPORTACION, Archivos
from raoce.base.formato import decimal, in_thousands, miles, redondear
from tramite.formulario.campos import FIGURAS
from tramite.formulario.etiquetas import campo
from tramite.state import State

FUENTES = {
    "capturado": "Capturado en el reporte",
    "declarado": "Declaración anual",
    "facturas": "Facturas (CFDI)",
    "pedimentos": "Pedimentos",
    "anterior": "Reporte anterior",
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
                "fuente": FUENTES[k],
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
                "base": FUENTES[base],
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


def volumes(state: State, a: Archivos) -> list[dict[str, Any]]:
    """What was exported of each fracción in the unit of the Tarifa, beside the goods of that fracción."""
    if a.totales is None:
        return []
    goods: dict[str, list[Any]] = {}
    for bien in state.evaluacion.relacion.bienes:
        goods.setdefault(bien.fraccion, []).append(bien)
    found = []
    for (tipo, fraccion, unidad), cantidad in sorted(a.totales.volumenes.items()):
        if tipo != EXPORTACION:
            continue
        same = goods.get(fraccion, [])
        found.append(
            {
                "fraccion": fraccion,
                "unidad": unidad,
                "cantidad": _amount(cantidad),
                "bienes": [
                    {
                        "descripcion": b.descripcion,
                        "unidad": b.unidad,
                        "volumen": _amount(b.exportacion),
                        "otra_unidad": b.unidad != unidad,
                    }
                    for b in same
                ],
            }
        )
    return found


def _amount(cantidad: Decimal) -> str:
    """
    >>> _amount(Decimal("1234.500")), _amount(Decimal(10))
    ('1,234.5', '10')
    """
    with localcontext(prec=200):
        text = f"{cantidad:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
