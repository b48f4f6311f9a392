"""«Abrir reporte anterior»: a signed file or a draft of another ejercicio, so that nothing is typed twice."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from raoce.base import DatoInvalido
from raoce.bienes import COLUMNAS, VOLUMENES, Fila
from tramite import efectos
from tramite.borradores.reporte import figures, read_report
from tramite.eventos import Event, Result
from tramite.formulario import anterior as former
from tramite.formulario import relacion
from tramite.formulario.autorizados import join
from tramite.formulario.campos import MARCADO, SOLICITANTE
from tramite.formulario.evaluacion import Aviso, held
from tramite.rechazar import refuse
from tramite.state import State


def open_file(state: State, event: Event) -> Result:
    """Prefills applicant, programmes, authorised list and goods (volumes empty), and keeps the figures to compare.

    What is typed already stays. A report of another company begins a draft of its own. A bad file changes nothing.
    """
    try:
        campos = read_report(event["texto"], state.hoy)
        ejercicio = int(campos["ejercicio"])
        if ejercicio == state.evaluacion.ejercicio:
            raise DatoInvalido("anterior-mismo", ejercicio=ejercicio)
        if ejercicio > state.evaluacion.ejercicio:
            raise DatoInvalido("anterior-posterior", ejercicio=ejercicio, presente=state.evaluacion.ejercicio)
    except DatoInvalido as error:
        return refuse(state, error)
    here = state.evaluacion.ejercicio
    rfc = state.borrador.get("rfc", "")
    notices = [Aviso("anterior-abierto", {"ejercicio": ejercicio, "presente": here})]
    if rfc and rfc != campos.get("rfc", rfc):
        state = state.with_archivero(state.archivero.open_new())
        notices = [Aviso("anterior-otra-empresa", {"rfc": campos["rfc"]}), *notices]
    if campos.get("bienes") and not state.borrador.get("bienes"):
        notices.append(Aviso("anterior-con-bienes", {}))
    beside = former.to_text(figures(campos, ejercicio))
    state = state.with_borrador({"ejercicio": str(here), **_prefilled(campos, state.borrador), "anterior": beside})
    state = replace(state, tocados=state.tocados | frozenset(state.borrador))
    return replace(state, avisos=tuple(notices)), (efectos.focus("avisos"),)


def close(state: State, event: Event) -> Result:
    """«Dejar de compararlas»."""
    draft = {k: v for k, v in state.borrador.items() if k != "anterior"}
    return state.with_borrador(draft), (efectos.focus("anterior-titulo"),)


def _prefilled(campos: Mapping[str, str], draft: Mapping[str, str]) -> dict[str, str]:
    """The draft with what the former report says where it is empty."""
    programmes = held(campos)
    known = {k: campos.get(k, "") for k in SOLICITANTE}
    if not held(draft):
        known |= {f"programa-{p}": MARCADO for p in programmes}
    for p in programmes:
        known |= {k: campos.get(k, "") for k in (f"numero-{p}", f"modalidad-{p}", f"autorizacion-{p}")}
    known["compromiso-ECEX"] = campos.get("compromiso-ECEX", "")
    rows = relacion.parse(campos.get("bienes", "")).filas
    empty = dict.fromkeys(VOLUMENES, "")
    known["bienes"] = relacion.to_text(Fila(**{**dict(zip(COLUMNAS, f, strict=True)), **empty}) for f in rows)
    authorised = relacion.parse(campos.get("autorizados", "")).filas
    known["autorizados"] = relacion.to_text(join(relacion.parse(draft.get("autorizados", "")).filas, authorised + rows))
    filled = {k: v for k, v in known.items() if v and (k == "autorizados" or not draft.get(k))}
    return {**draft, **filled}
