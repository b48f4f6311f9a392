"""«Revisar»: the whole request on one page, to be read and printed before signing."""

from __future__ import annotations

from datetime import date
from typing import Any

import idiomas
from idiomas import _, fechas
from pantallas.comunes import componentes, textos
from pantallas.comunes.cifras import figures
from pantallas.comunes.situacion.tarjeta import card
from raoce.bienes import COLUMNAS
from raoce.bienes.catalogos import nombre_unidad
from raoce.bienes.volumenes import volumen
from raoce.empresa import Programa
from raoce.empresa.programas import nombre_modalidad
from tramite.firmar import sha256_of
from tramite.formulario.campos import SOLICITANTE
from tramite.formulario.evaluacion import FIGURAS
from tramite.state import State


def _row(state: State, clave: str, valor: str) -> dict[str, str]:
    return {
        "clave": clave,
        "pantalla": state.evaluacion.pantalla_of(clave),
        "etiqueta": textos.campo(clave, "etiqueta"),
        "valor": valor,
        "problema": componentes.message(state, clave),
    }


def _typed(state: State, clave: str) -> dict[str, str]:
    valor = state.evaluacion.valores.get(clave)
    texto = fechas.larga(valor) if isinstance(valor, date) else state.borrador.get(clave, "")
    return _row(state, clave, texto)


def _registro(state: State, programa: Programa) -> dict[str, Any]:
    clave = f"modalidad-{programa}"
    modalidad = idiomas.say(nombre_modalidad(programa, state.borrador.get(clave, "")))
    optional = [k for k in (f"autorizacion-{programa}", "compromiso-ECEX") if state.borrador.get(k)]
    if programa is not Programa.ECEX:
        optional = [k for k in optional if k != "compromiso-ECEX"]
    return {
        "programa": programa.value,
        "filas": [
            _typed(state, f"numero-{programa}"),
            _row(state, clave, modalidad),
            *(_typed(state, k) for k in optional),
        ],
    }


def _goods(state: State) -> dict[str, Any] | None:
    """The goods produced, where VUCEM asks for them; all of them, since this page is printed."""
    ev = state.evaluacion
    if not ev.pide_bienes:
        return None
    rows = [
        (
            n + 1,
            *(b.sector, b.fraccion, b.descripcion, idiomas.say(nombre_unidad(b.unidad))),
            *map(volumen, (b.total, b.nacional, b.exportacion, b.inventario)),
        )
        for n, b in ((n, x.bien) for n, x in enumerate(ev.relacion.lecturas))
        if b
    ]
    return {"columnas": [textos.campo(f"bien_{k}", "etiqueta") for k in COLUMNAS], "filas": rows}


def context(state: State) -> dict[str, Any]:
    ev = state.evaluacion
    amounts = FIGURAS if ev.captures_importaciones else FIGURAS[:2]
    rows = [_typed(state, k) for k in amounts]
    if not ev.captures_importaciones:
        rows.append(_row(state, "importaciones", "0") | {"problema": ""})
    rows.append(_row(state, "consignacion", _("Sí") if ev.reporte.consignacion else _("No")))
    rate = ev.valores.get("tipo_cambio", state.borrador.get("tipo_cambio", ""))
    return {
        "por_completar": componentes.all_pending(state),
        "dudas": [_row(state, k, textos.aviso(a)) for k, a in (*ev.avisos.items(), *ev.saltos.items())],
        "bienes": _goods(state),
        "solicitante": [_typed(state, k) for k in SOLICITANTE],
        "registros": [_registro(state, p) for p in ev.programas],
        "cantidades": rows,
        "tipo_cambio": _row(state, "tipo_cambio", str(rate)),
        "tarjetas": [card(p, ev.reporte, state.borrador.get("presentado", "")) for p in ev.reporte.plazos],
        "dia": ev.consulta,
        "explicaciones": ev.reporte.explicaciones if ev.completo else (),
        "qr": state.firma.qr if state.firma.jws else None,
        "archivo": state.firma.solicitud,
        "huella": sha256_of(state.firma.jws) if state.firma.jws else "",
        **figures(state),
    }
