"""``update(state, event)``: the state after an event and what the page must do. Pure."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime

from tramite import (
    anotar_bienes,
    anotar_inhabiles,
    captura,
    conservar,
    corregir,
    domicilio,
    efectos,
    enlace,
    escribir,
    firmar,
    importar_bienes,
    incrustar,
    listas,
    mis_borradores,
    pasos,
    practicar,
    recordar,
    reporte_anterior,
    verificar,
)
from tramite.campos import PANTALLAS
from tramite.eventos import Event, Handler, Result
from tramite.state import State


def update(state: State, event: Event) -> Result:
    """Raises ``KeyError`` for an event that does not exist."""
    handler = _HANDLERS[event["name"]]
    if "hoy" in event:
        state = replace(state, hoy=date.fromisoformat(event["hoy"]), ahora=datetime.fromisoformat(event["ahora"]))
        state = practicar.freeze(state)
    before = replace(state, anuncio=None)
    if state.practica and event["name"] in practicar.REFUSED:
        return before, ()
    state, found = handler(before, event)
    state, asked = _complete_address(before, conservar.with_year(state))
    found = (*found, *asked)
    if event["name"] not in _KEEP_THEMSELVES:
        found = (*found, *conservar.save_changes(before, state))
    if event["name"] != "entrada" and _shows_another_day(before, state, event):
        found = (*found, practicar.show(state, replace=True))
    found = (*found, *practicar.ask(before, state), *incrustar.tell(before, state), *practicar.tell(before, state))
    if state.pantalla == "firmar" != before.pantalla and not state.practica:
        found = (*found, efectos.prepare_signing())
    return state, found


def _complete_address(before: State, state: State) -> Result:
    """On «Solicitante» a postal code fills in what its catalogue says, or asks for it.

    One that was there already asks too: to know which of the address is the catalogue's.
    """
    if state.pantalla != "solicitante":
        return state, ()
    codigo = state.borrador.get("codigo_postal")
    if state.archivero.actual == before.archivero.actual and codigo != before.borrador.get("codigo_postal"):
        state = domicilio.fill(state, codigo)
    elif before.pantalla == state.pantalla:
        return state, ()
    return domicilio.ask(state)


def _shows_another_day(before: State, after: State, event: Event) -> bool:
    """Not at each step of the slider: browsers allow only so many changes of the address."""
    return after.consulta != before.consulta or bool({"consulta", "dia_del_anio"} & event.get("valores", {}).keys())


# Opening the page changes the state and not yet what the device keeps; erasing has an effect of its own.
_KEEP_THEMSELVES = ("inicio", "confirmar-borrar")


def _go(state: State, event: Event) -> Result:
    pantalla = event["pantalla"] if event["pantalla"] in practicar.screens(state) else state.pantalla
    state = replace(state, pantalla=pantalla, pregunta_borrar=False, avisos=())
    moved = practicar.show(state)
    if event.get("campo") == "bienes" and state.evaluacion.relacion.con_errores:
        state, effects = anotar_bienes.edit_bad_row(replace(state, revisadas=state.revisadas | {pantalla}))
        return state, (moved, *effects)
    if campo := event.get("campo"):
        state = replace(state, revisadas=state.revisadas | {pantalla})
        return state, (moved, efectos.focus(_first_input(campo)))
    return state, (moved, efectos.focus("titulo"))


def _follow(state: State, event: Event) -> Result:
    """Back or forward in the browser: to what the address says (``busqueda``), with what has been done since."""
    link = enlace.parse(event["busqueda"])
    if state.practica:
        moved = practicar.follow(replace(state, avisos=()), link)
    else:
        moved = replace(state, pantalla=link.pantalla or PANTALLAS[0], avisos=())
    shown = practicar.show(moved, replace=True)
    if _place(moved) == _place(state):
        # A jump inside the page («Ir al contenido») comes here too.
        return replace(moved, avisos=state.avisos), (shown,)
    return replace(moved, pregunta_borrar=False), (shown, efectos.focus("titulo"))


def _place(state: State) -> tuple[str, str]:
    """The screen, and the case of practice."""
    return state.pantalla, state.practica.id if state.practica else ""


def _first_input(clave: str) -> str:
    return {"programas": "programa-IMMEX", "bienes": "bien_sector"}.get(clave, clave)


def _continue(state: State, event: Event) -> Result:
    """To the next screen, or to the summary of what is wrong or missing on this one."""
    if state.evaluacion.pending(state.pantalla):
        state = replace(state, revisadas=state.revisadas | {state.pantalla})
        return state, (efectos.focus("resumen-errores"),)
    return _go(state, {"pantalla": pasos.following(state)})


def _print(state: State, event: Event) -> Result:
    return state, (efectos.print_page(),)


_HANDLERS: Mapping[str, Handler] = {
    "inicio": conservar.start,
    "entrada": escribir.type_text,
    "cambio": escribir.leave_field,
    "pausa": escribir.pause,
    "ir": _go,
    "historial": _follow,
    "continuar": _continue,
    "usar-miles": escribir.use_thousands,
    "usar-fix": escribir.use_published_rate,
    "guardar-borrador": conservar.save_to_file,
    "abrir-borrador": conservar.open_file,
    "recuperar": conservar.go_back,
    "borrar-todo": conservar.ask_erase,
    "cancelar-borrar": conservar.keep,
    "confirmar-borrar": conservar.erase,
    "sin-almacenamiento": conservar.without_storage,
    "otra-pestana": conservar.other_tab,
    "agregar-inhabil": anotar_inhabiles.add,
    "quitar-inhabil": anotar_inhabiles.remove,
    "suspension": anotar_inhabiles.set_aside,
    "mover-consulta": escribir.step_consulta,
    "agregar-bien": anotar_bienes.add,
    "editar-bien": anotar_bienes.edit,
    "descartar-bien": anotar_bienes.discard,
    "duplicar-bien": anotar_bienes.duplicate,
    "eliminar-bien": anotar_bienes.remove,
    "vaciar-bienes": anotar_bienes.clear,
    "deshacer-bienes": anotar_bienes.undo,
    "autorizar-bien": anotar_bienes.authorise,
    "autorizar-relacion": anotar_bienes.authorise_table,
    "desautorizar-bien": anotar_bienes.unauthorise,
    "usar-autorizado": anotar_bienes.use,
    "importar-bienes": importar_bienes.open_file,
    "pegar-bienes": importar_bienes.paste,
    "importar-seguir": importar_bienes.go_on,
    "cancelar-importacion": importar_bienes.cancel,
    "aceptar-importacion": importar_bienes.accept,
    "exportar-bienes": importar_bienes.export,
    "hoja-fallo": importar_bienes.fail,
    "abrir-anterior": reporte_anterior.open_file,
    "quitar-anterior": reporte_anterior.close,
    "descargar-captura": captura.download,
    "abrir-presentado": corregir.open_presented,
    "abrir-correcto": corregir.open_right,
    "tomar-borrador": corregir.take_draft,
    "usar-causa": corregir.suggest,
    "restablecer": corregir.restore,
    "descargar-carta": corregir.download_pdf,
    "descargar-word": corregir.download_word,
    "descargar-correo": corregir.download_mail,
    "firmar-carta": corregir.sign_letter,
    "anexos": corregir.choose_annexes,
    "quitar-anexos": corregir.forget_annexes,
    "anexo": corregir.receive_annex,
    "verificar": verificar.begin,
    "autoridades": verificar.receive_authorities,
    "verificar-archivo": verificar.check,
    "detener-verificacion": verificar.stop,
    "otra-verificacion": verificar.clear,
    "autoridad": verificar.load_authority,
    "descargar-tabla": verificar.download_table,
    "ver-parte": listas.turn,
    "codigos-postales": domicilio.receive,
    "abrir-guardado": mis_borradores.open_one,
    "nuevo-borrador": mis_borradores.open_new,
    "duplicar-guardado": mis_borradores.duplicate,
    "borrar-guardado": mis_borradores.remove,
    "deshacer-borrado": mis_borradores.undo,
    "exportar-borradores": mis_borradores.save_all,
    "casos-de-practica": practicar.receive,
    "elegir-caso": practicar.choose,
    "comprobar-respuesta": practicar.check,
    "pedir-pista": practicar.hint,
    "mostrar-respuesta": practicar.reveal,
    "reintentar-caso": practicar.restart,
    "recordatorios": recordar.download,
    "descarga-fallo": recordar.fail,
    "imprimir": _print,
    "certificado": firmar.choose_certificate,
    "firmar": firmar.request,
    "llave-de-practica": firmar.take_key,
    "firmado": firmar.finish,
    "firma-fallo": firmar.fail,
    "descargar-solicitud": firmar.download,
}
