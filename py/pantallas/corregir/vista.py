"""«Corregir un reporte»: what it says and what it must say, the term, the letter, and how it is sent."""

from __future__ import annotations

from typing import Any

import idiomas
from idiomas import _
from pantallas.comunes import componentes, textos
from pantallas.comunes.firma import signing
from pantallas.corregir.carta import Correccion
from pantallas.corregir.estado import Envio
from raoce.base import DatoInvalido
from raoce.base.formato import decimal, miles, porcentaje
from raoce.carta.carta import texts
from raoce.carta.correccion import Derivados, error_de_miles
from raoce.empresa import Programa
from tramite.formulario.campos import CORREGIDAS, FIGURAS
from tramite.state import CARTA, State

_MONTO = {"inputmode": "numeric", "ancho": "medio"}
_PARRAFOS = ("comparecencia", "antecedente", "causa", "aclaracion", "peticion", "contacto", "despedida")


def _with_default(state: State, clave: str, defecto: str) -> dict[str, Any]:
    """A field that has a text of its own until another is written."""
    campo = componentes.campo(state, clave)
    edited = clave in state.borrador
    return campo | {"valor": state.borrador.get(clave, defecto), "editado": edited}


def _derived(d: Derivados | DatoInvalido) -> dict[str, Any]:
    if isinstance(d, DatoInvalido):
        return {"error": textos.error(d)}
    return {
        "error": "",
        "saldo": "—" if d.saldo is None else miles(d.saldo),
        "porcentaje": "—" if d.porcentaje is None else f"{porcentaje(d.porcentaje)} %",
        "dolares": "—" if d.dolares is None else decimal(d.dolares),
        "compromisos": [(c.programa, textos.catalogo()["resultados"][c.resultado], c.resultado) for c in d.compromisos],
    }


def _change(c: Any) -> dict[str, str]:
    names = textos.catalogo()["resultados"]
    return {
        "programa": c.programa.value,
        "antes": names[c.antes.resultado],
        "despues": names[c.despues.resultado],
        "consecuencia": textos.catalogo()["consecuencias"].get(c.despues.resultado.value, {}).get(c.programa.value, ""),
        "pierde": c.pierde,
    }


def _missing(state: State, c: Correccion) -> list[dict[str, str]]:
    """What the letter still needs, each with the field it leads to."""
    rows = []
    for clave in c.faltan:
        screen = state.evaluacion.pantalla_of(clave)
        # Telephone and e-mail are asked for here too.
        screen = "corregir" if clave in ("telefono", "correo") else screen
        rows.append({"clave": clave, "pantalla": screen, "texto": textos.falta(clave)})
    for clave in c.equivocados:
        screen = "solicitante" if clave == "lada" else "corregir"
        rows.append({"clave": clave, "pantalla": screen, "texto": componentes.message(state, clave)})
    if c.error:
        rows.append({"clave": "debe_exportaciones", "pantalla": "corregir", "texto": textos.error(c.error)})
    return rows


def _term(state: State, c: Correccion) -> dict[str, Any] | None:
    if c.plazo is None:
        return None
    dia = state.evaluacion.consulta
    return {
        "limite": c.plazo.limite,
        "quedan": c.plazo.days_left(dia),
        "tarde": c.plazo.is_late(dia),
        "dia": dia,
        "inhabiles": c.plazo.inhabiles,
        "dudas": c.plazo.dudas,
        "explicacion": c.plazo.explicacion,
    }


def _size(cuantos: int) -> str:
    return f"{cuantos / 1_000_000:.1f} MB" if cuantos >= 100_000 else f"{max(1, cuantos // 1000)} KB"


def _pending(state: State, missing: list[dict[str, str]], signature: list[dict[str, str]]) -> list[dict[str, str]]:
    """What the summary lists, once a letter or its signature was asked for."""
    if "corregir" not in state.revisadas:
        return []
    signing_too = state.firma.intentada and state.firma.documento == CARTA
    return [*missing, *(signature if signing_too else [])]


def _reached(state: State, c: Correccion, missing: list[dict[str, str]]) -> int:
    """The step shown last, from 1 to 4: each waits for the one before, unless something is typed in it already."""
    typed = {clave for clave, texto in state.borrador.items() if texto}
    if not missing:
        return 4
    if (c.plazo and c.diferencias) or typed & {"causa", "carta_representante", "carta_lugar"}:
        return 3
    return 2 if c.plazo or typed.intersection(CORREGIDAS) else 1


def _explained(concepto: str) -> str:
    """What the letter names in a row, in the language spoken; nothing where that is the letter's own."""
    of_what, separator, name = concepto.rpartition(". ")
    name, calculated, _rest = name.partition(" (calculado)")
    said = " ".join(filter(None, (idiomas.gettext(name), calculated and _("(calculado)"))))
    return f"{of_what}{separator}{said}" if said != name + calculated else ""


def _causa(c: Correccion) -> str:
    """What the cause offered says, where the letter is in another language than the page."""
    error = error_de_miles(c.dice, c.debe_decir)
    return textos.of("corregir")["causas"][error] if error and idiomas.current() != idiomas.ES else ""


def context(state: State) -> dict[str, Any]:
    ev = state.evaluacion
    c = Correccion(ev)
    missing = _missing(state, c)
    presented, right = map(_derived, c.derivados)
    figures = FIGURAS if ev.captures_importaciones else FIGURAS[:2]
    defaults = c.parrafos
    datos, signature = c.datos, signing(state, CARTA)
    return {
        "dice": [componentes.campo(state, f"dice_{k}", **_MONTO) for k in figures],
        "debe": [componentes.campo(state, f"debe_{k}", **_MONTO) for k in figures],
        "presentacion": componentes.campo(state, "presentacion"),
        "folio": componentes.campo(state, "folio", inputmode="numeric"),
        "representante": componentes.campo(state, "carta_representante", autocomplete="name"),
        "cargo": _with_default(state, "carta_cargo", texts()["cargo"]),
        "telefono": componentes.campo(state, "telefono", inputmode="tel", ancho="medio"),
        "correo": componentes.campo(state, "correo", inputmode="email"),
        "lugar": componentes.campo(state, "carta_lugar"),
        "fecha": _with_default(state, "carta_fecha", ev.hoy.isoformat() if state.hoy else ""),
        "causa": componentes.campo(state, "causa"),
        "causa_sugerida": "" if state.borrador.get("causa") else c.causa_sugerida,
        "causa_traducida": _causa(c),
        "destinatario": _with_default(state, "carta_destinatario", "\n".join(texts()["destinatario"])),
        "lista_anexos": _with_default(
            state, "carta_anexos", "\n".join(a.format(ejercicio=ev.ejercicio) for a in texts()["anexos"])
        ),
        "empresa": ev.valores.get("razon_social", ""),
        "rfc": ev.valores.get("rfc", ""),
        "programas": [f"{r.programa} {r.numero}".strip() for r in datos.programas],
        "diferencias": [(d, _explained(d.concepto)) for d in c.diferencias],
        "con_bienes": c.con_bienes,
        "solo_prosec": ev.presentan == {Programa.PROSEC},
        "presentado": presented,
        "correcto": right,
        "cambios": [_change(x) for x in c.cambios],
        "plazo": _term(state, c),
        "avance": _reached(state, c, missing),
        "por_completar": missing,
        "pendientes": _pending(state, missing, signature["errores_firma"]),
        "parrafos": [_with_default(state, f"parrafo_{k}", defaults.get(k, "")) for k in _PARRAFOS if defaults.get(k)],
        "mensaje": _with_default(state, "parrafo_mensaje", defaults.get("mensaje", "")),
        "correos": texts()["correos"],
        "otro_idioma": idiomas.current() != idiomas.ES,
        "anexos": [(a.nombre, _size(a.bytes)) for a in state.of(Envio).anexos],
        "peso": sum(a.bytes for a in state.of(Envio).anexos) / 1_000_000,
        "hay_figuras": any(ev.borrador.get(k) for k in FIGURAS),
        **signature,
    }
