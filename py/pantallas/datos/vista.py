"""«Datos de reporte anual»: the figures, what they give, and the export commitments."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from idiomas import _
from pantallas.comunes import componentes, textos
from pantallas.comunes.cifras import figures
from raoce.base.formato import miles
from raoce.cifras.divisas import default_tipo_cambio
from tramite.formulario.evaluacion import Evaluacion
from tramite.state import State


def _amount(state: State, clave: str) -> dict[str, Any]:
    campo = componentes.campo(state, clave, inputmode="numeric", ancho="medio")
    ev = state.evaluacion
    valor = ev.valores.get(clave)
    return campo | {"eco": "" if valor is None else _in_words(valor), "antes": _before(ev, clave)}


def _in_words(valor: int) -> str:
    """What an amount in thousands of pesos comes to, so that pesos typed by mistake strike the eye.

    >>> _in_words(850), _in_words(1_000), _in_words(320_000_000), _in_words(1_234_567)
    ('850 mil pesos', '1 millón de pesos', '320,000 millones de pesos', '1,234.567 millones de pesos')
    """
    if valor < 1000:
        return _("{miles} mil pesos").format(miles=valor) if valor else _("0 pesos")
    if valor == 1000:
        return _("1 millón de pesos")
    millones = Decimal(valor) / 1000
    entero = millones == millones.to_integral_value()
    return _("{millones} millones de pesos").format(millones=f"{int(millones) if entero else millones:,}")


def _before(ev: Evaluacion, clave: str) -> dict[str, Any] | None:
    """The same amount in the report of the year before, if one was opened."""
    if ev.anterior is None or clave not in ev.anterior.montos:
        return None
    cambio = ev.cambio(clave)
    texto = miles(ev.anterior.montos[clave])
    salto = ev.saltos.get(clave)
    return {
        "ejercicio": ev.anterior.ejercicio,
        "texto": texto,
        "porcentaje": cambio and cambio.porcentaje,
        "salto": textos.aviso(salto) if salto else "",
    }


def _tipo_cambio(state: State) -> dict[str, Any]:
    campo = componentes.campo(state, "tipo_cambio", inputmode="decimal", ancho="medio")
    publicado = state.evaluacion.tipo_cambio_publicado
    if "tipo_cambio" not in state.borrador and publicado is not None and state.hoy:
        campo["valor"] = str(publicado)
    return campo


def context(state: State) -> dict[str, Any]:
    ev = state.evaluacion
    importaciones = _amount(state, "importaciones")
    if not ev.captures_importaciones:
        importaciones |= {"valor": "0", "error": "", "aviso": None, "eco": "", "antes": None}
        importaciones["atributos"] |= {"disabled": ""}
    return {
        "ventas": _amount(state, "ventas"),
        "exportaciones": _amount(state, "exportaciones"),
        "importaciones": importaciones,
        "con_immex": not ev.captures_importaciones,
        "consignacion": componentes.casilla(state, "consignacion"),
        "tipo_cambio": _tipo_cambio(state),
        "promedio": default_tipo_cambio(ev.ejercicio) if state.hoy else None,
        "promedio_en_uso": "tipo_cambio" not in state.borrador,
        "prosec_solo": ev.pide_bienes,
        "anterior": ev.anterior,
        "programas": [p.value for p in ev.programas],
        **figures(state),
    }
