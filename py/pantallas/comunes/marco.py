"""What surrounds every screen: task list, notices, error summary, draft buttons."""

from __future__ import annotations

from typing import Any

from idiomas import _
from pantallas.comunes import componentes, textos
from raoce.base.formato import decimal, miles, porcentaje
from tramite import pasos
from tramite.pantallas import ARCHIVOS, HERRAMIENTAS, INICIO, TODAS
from tramite.state import SOLICITUD, State

# The notices that offer the way back to the draft put aside.
_WITH_WAY_BACK = ("enlace-cambio", "borrador-abierto", "borrador-recuperado", "anterior-otra-empresa")


# The others that are bad news.
_PROBLEMS = ("parametro-malo", "parametro-desconocido", "parametro-sin-efecto", "descarga-fallo", "guardado-ilegible")


def _status(state: State, pantalla: str) -> str:
    """completo, errores or falta; ``pendiente`` while Python has not answered."""
    ev = state.evaluacion
    if state.hoy is None:
        return "pendiente"
    if pantalla == "firmar":
        return "completo" if state.firma.jws and state.firma.documento == SOLICITUD else "pendiente"
    if pantalla == "revisar":
        return "completo" if ev.completo else "pendiente"
    half_typed = {"bienes"} if ev.hay_renglon and not ev.relacion.con_errores else set()
    wrong = any(ev.pantalla_of(clave) == pantalla for clave in ev.errores.keys() - half_typed)
    if wrong or (pantalla == "plazos" and state.error_consulta):
        return "errores"
    if pantalla == "plazos":
        return "completo" if ev.programas else "falta"
    if pantalla == "bienes" and (ev.hay_renglon or not ev.relacion.filas):
        return "falta"
    return "falta" if ev.pending(pantalla) else "completo"


def _steps(state: State) -> list[dict[str, Any]]:
    allowed = state.modo.screens(state.incrustada)
    return [
        {
            "pantalla": pantalla,
            "nombre": textos.catalogo()["pantallas"][pantalla]["nombre"],
            "estado": _status(state, pantalla),
            "actual": pantalla == state.pantalla,
        }
        for pantalla in pasos.steps(state)
        if pantalla in allowed
    ]


def _place(steps: list[dict[str, Any]], pantalla: str) -> dict[str, Any]:
    """Which of the steps a screen is, from 1, and the one before; 0 for a screen beside them."""
    names = [step["pantalla"] for step in steps]
    numero = names.index(pantalla) + 1 if pantalla in names else 0
    return {"numero": numero, "total": len(names), "antes": names[numero - 2] if numero > 1 else ""}


def first_incomplete(state: State) -> str:
    """The first step that lacks something, where whoever comes back goes on."""
    steps = pasos.steps(state)
    return next((p for p in steps if _status(state, p) != "completo"), steps[-1])


def _announcement(state: State) -> str:
    """What has just changed, for who hears the page instead of seeing it."""
    if state.anuncio is None:
        return ""
    if state.anuncio.codigo != "cifras":
        return textos.aviso(state.anuncio)
    reporte = state.evaluacion.reporte
    parts = []
    if reporte.balanza and reporte.balanza.saldo.completo:
        parts.append(_("Saldo {saldo} miles de pesos").format(saldo=miles(reporte.balanza.saldo.valor)))
    if reporte.balanza and reporte.balanza.porcentaje_exportacion.completo:
        percent = porcentaje(reporte.balanza.porcentaje_exportacion.valor)
        parts.append(_("porcentaje {porcentaje} por ciento").format(porcentaje=percent))
    if reporte.dolares.completo:
        parts.append(_("{dolares} dólares").format(dolares=decimal(reporte.dolares.valor)))
    results = textos.catalogo()["resultados"]
    parts += [
        _("compromiso {programa}: {resultado}").format(programa=c.programa, resultado=results[c.resultado])
        for c in reporte.compromisos
    ]
    return "; ".join(parts)


def context(state: State) -> dict[str, Any]:
    catalogo = textos.catalogo()
    revisada = state.pantalla in state.revisadas
    allowed = state.modo.screens(state.incrustada)
    steps = _steps(state)
    return {
        "pantalla": state.pantalla,
        "titulo": catalogo["pantallas"][state.pantalla]["titulo"],
        "ejercicio": state.evaluacion.ejercicio if state.hoy else None,
        "pasos": steps,
        "paso": _place(steps, state.pantalla),
        "siguiente": pasos.following(state),
        "nombres": {p: catalogo["pantallas"][p]["nombre"] for p in TODAS},
        "herramientas": [
            {"pantalla": p, "nombre": catalogo["pantallas"][p]["nombre"], "actual": p == state.pantalla}
            for p in (INICIO, *HERRAMIENTAS)
            # A page opened from a file has no address to be put anywhere.
            if p != "incrustar" or state.sitio.startswith("http")
            if p in allowed and p != state.modo.nombre
        ],
        "veredicto": "",
        "sello": state.modo.sello,
        "en_practica": bool(state.modo.nombre),
        "con_archivos": ARCHIVOS in allowed,
        "caso_actual": state.modo.id,
        "caso_fijo": bool(state.modo.fijo),
        "incrustada": state.incrustada,
        "cuantos": state.archivero.cuantos,
        "notas": [
            {
                "texto": textos.aviso(a),
                "error": textos.is_error(a.codigo) or a.codigo in _PROBLEMS,
                "volver": a.codigo in _WITH_WAY_BACK and bool(state.archivero.otros),
            }
            for a in state.avisos
        ],
        "pendientes": componentes.pending(state, state.pantalla) if revisada else [],
        "pregunta_borrar": state.pregunta_borrar,
        "hay_anterior": bool(state.archivero.otros),
        "almacenamiento": state.almacenamiento,
        "otra_pestana": state.otra_pestana,
        "anuncio": _announcement(state),
    }
