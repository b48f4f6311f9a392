"""The sheet of the cases for the teacher: to be printed, with the answers or without them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from idiomas import N_, _, fechas
from pantallas.comunes import componentes
from pantallas.comunes.casos import about, answer, reasons
from raoce.base.formato import miles
from raoce.firma import SELLO
from tramite.casos.caso import Caso, Pregunta, Tabla
from tramite.casos.expediente import EXPORTACION, IMPORTACION, Expediente
from tramite.formulario.campos import MARCADO
from tramite.state import State

TODOS = ""
_OPERACIONES = {EXPORTACION: N_("Exportación"), IMPORTACION: N_("Importación")}


def _question(caso: Caso, pregunta: Pregunta) -> dict[str, Any]:
    return {
        "tipo": pregunta.tipo.value,
        "pregunta": pregunta.pregunta,
        "unidad": pregunta.unidad,
        "opciones": list(pregunta.opciones.values()),
        "respuesta": answer(pregunta, pregunta.respuesta),
        "razones": reasons(caso, pregunta),
        "trampas": [(answer(pregunta, t.respuesta), t.texto) for t in pregunta.trampas],
    }


def _files(expediente: Expediente | None) -> Iterator[Tabla]:
    """What the files of a case hold: on paper they are read here."""
    if expediente is None:
        return
    columns = (
        *(_("Pedimento"), _("Pago"), _("Operación"), _("Clave"), _("Rectifica")),
        *(_("Valor comercial"), _("Valor agregado")),
    )
    rows = tuple(
        (
            *(p.numero, fechas.larga(p.pago), _(_OPERACIONES[p.tipo]), p.clave, p.rectifica or "—"),
            *(miles(p.valor), miles(p.agregado)),
        )
        for p in expediente.pedimentos
    )
    yield Tabla(_("Pedimentos de los archivos (pesos)"), columns, rows)
    if expediente.facturas:
        rows = tuple(
            (f.concepto, fechas.larga(f.fecha), _("Sí") if f.exporta else _("No"), miles(f.importe))
            for f in expediente.facturas
        )
        columns = (_("Concepto"), _("Fecha"), _("Exporta"), _("Importe"))
        yield Tabla(_("Facturas de los archivos (pesos, sin impuestos)"), columns, rows)


def context(state: State) -> dict[str, Any]:
    casos = state.casos or ()
    chosen = state.vista.get("hoja_caso", TODOS)
    solved = state.vista.get("hoja_soluciones") == MARCADO
    shown = [c for c in casos if c.id == chosen] or list(casos)
    return {
        "ejercicio": None,
        "sello": SELLO,
        "eleccion_caso": componentes.vista(state, "hoja_caso")
        | {
            "valor": chosen,
            "opciones": [
                {"valor": TODOS, "texto": _("Todos")},
                *({"valor": c.id, "texto": c.titulo} for c in casos),
            ],
            "regla": None,
        },
        "eleccion_soluciones": componentes.vista(state, "hoja_soluciones") | {"marcada": solved},
        "soluciones": solved,
        "esperando": state.casos is None,
        "casos": [
            about(c) | {"preguntas": [_question(c, p) for p in c.preguntas], "archivos": list(_files(c.archivos))}
            for c in shown
        ],
    }
