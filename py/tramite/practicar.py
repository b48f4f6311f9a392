"""The training mode: cases that come, are answered, checked, explained and begun again. See ``docs/practica.md``.

In it the form is that of the company of the case, on the day of the case; the device keeps nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from raoce.base import DatoInvalido
from tramite import efectos
from tramite.archivero import Archivero
from tramite.campos import PANTALLAS, TODAS
from tramite.efectos import Efecto
from tramite.enlace import Enlace, shorten
from tramite.evaluacion import Aviso
from tramite.eventos import Event, Result
from tramite.practica import COMPLETO, RESPUESTA, Practica, read_avance, write_avance
from tramite.state import State

if TYPE_CHECKING:
    from tramite.caso import Caso, Pregunta

CASOS = "static/data/practica.json"
PANTALLA, HOJA = "practica", "solucionario"
# What is open of the form beside its steps; the others are about the device or about real files.
_BESIDE = ("captura", "corregir")
# What happens to the device or to real files has no place in practice.
REFUSED = frozenset(
    {
        *("guardar-borrador", "abrir-borrador", "recuperar", "borrar-todo", "confirmar-borrar"),
        *("abrir-guardado", "nuevo-borrador", "duplicar-guardado", "borrar-guardado", "exportar-borradores"),
        *("verificar", "verificar-archivo", "descargar-tabla", "certificado"),
        *("abrir-anterior", "abrir-presentado", "abrir-correcto"),
    }
)
# These screens say something of the cases.
_ABOUT_CASES = (PANTALLA, HOJA, "incrustar")
NOON = time(18)  # UTC, in central Mexico


def start(state: State, link: Enlace) -> State:
    """The page has opened in the training mode: nothing of the device is looked at, nothing is kept on it."""
    return replace(
        state,
        practica=Practica(fijo=link.caso if link.incrustada else "", enlace=link),
        pantalla=PANTALLA,
        incrustada=link.incrustada,
        solo_lectura=True,
        avisos=link.avisos,
    )


def freeze(state: State) -> State:
    """In a case, today is its day."""
    if state.practica is None or state.practica.caso is None:
        return state
    dia = state.practica.caso.fecha
    return replace(state, hoy=dia, ahora=datetime.combine(dia, NOON, UTC))


def is_open(state: State) -> bool:
    """Does the learner see the form of the case?"""
    practica = state.practica
    return bool(practica and practica.caso and (practica.caso.abierto or practica.terminada))


def is_fixed(state: State) -> bool:
    """Did another page ask for one case? Then there is no other: what it is told is about that one."""
    return bool(state.practica and state.practica.fijo)


def screens(state: State) -> tuple[str, ...]:
    """The screens that can be gone to."""
    if state.practica is None:
        return TODAS
    sheet = () if state.incrustada else (HOJA,)
    return (PANTALLA, *sheet, *((*PANTALLAS, *_BESIDE) if is_open(state) else ()))


def ask(before: State, after: State) -> tuple[Efecto, ...]:
    """The cases are fetched when something begins to need them."""
    if after.casos is not None or not _needs_cases(after) or _needs_cases(before):
        return ()
    return (efectos.fetch(CASOS, "casos-de-practica", PANTALLA),)


def _needs_cases(state: State) -> bool:
    return state.practica is not None or state.pantalla in _ABOUT_CASES


def receive(state: State, event: Event) -> Result:
    """The cases have come, or not."""
    from tramite.caso import from_json

    try:
        if event.get("fallo"):
            raise ValueError
        state = replace(state, casos=from_json(event["texto"]))
    except ValueError:
        return replace(state, casos=(), avisos=(Aviso("casos-fallo", {}),)), (efectos.focus("avisos"),)
    if state.practica is None:
        return state, ()
    link = state.practica.enlace
    state = _arrive(state, link)
    if link.pantalla and link.pantalla != state.pantalla:
        state = replace(state, avisos=(*state.avisos, Aviso("parametro-sin-efecto", {"parametro": "pantalla"})))
    return state, (show(state, replace=True),)


def follow(state: State, link: Enlace) -> State:
    """Back or forward in the browser."""
    if state.casos:
        return _arrive(state, link)
    return replace(state, practica=replace(state.practica, enlace=link))


def _arrive(state: State, link: Enlace) -> State:
    """The case and the screen that the address asks for."""
    id = state.practica.fijo or link.caso
    caso = _find(state, id)
    state = _open(state, caso, link.avance)
    if id and caso is None:
        notice = "caso-desconocido-fijo" if is_fixed(state) else "caso-desconocido"
        state = replace(state, avisos=(*state.avisos, Aviso(notice, {"caso": shorten(id)})))
    return replace(state, pantalla=link.pantalla if link.pantalla in screens(state) else PANTALLA)


def _find(state: State, id: str) -> Caso | None:
    return next((c for c in state.casos or () if c.id == id), None)


def show(state: State, replace: bool = False) -> Efecto:
    """The address of what is on the screen; in a case, also how far the learner has come: it outlives a reload."""
    practica = state.practica
    if practica is None:
        return efectos.show(state.pantalla, state.consulta, replace)
    pantalla = practica.enlace.pantalla or PANTALLA if practica.enlace else state.pantalla
    return efectos.show(pantalla, None, replace, **_progress(practica))


def _progress(practica: Practica) -> dict[str, str]:
    """The parameters of the case and of how far the learner has come; until it has come, as the address had them."""
    if link := practica.enlace:
        return {"caso": link.caso, "avance": link.avance}
    return {"caso": practica.id, "avance": write_avance(practica)}


def address_in_practice(state: State) -> str:
    """What the address of each screen begins with: a link opened in another tab must not leave the training mode."""
    parts = {"modo": PANTALLA, "incrustado": "1" if state.incrustada else "", **_progress(state.practica)}
    return "?" + urlencode({k: v for k, v in parts.items() if v}) + "&pantalla="


def _open(state: State, caso: Caso | None, avance: str = "") -> State:
    """A case as it was left in this visit, or else as far as ``avance`` says; or the list of them."""
    if caso is not None and caso is state.practica.caso:
        return state
    practica = state.practica.leave(state.archivero)
    if caso is None:
        return _with_form(state, practica, Archivero())
    if caso.id in practica.dejados:
        return _with_form(state, *practica.come_back(caso))
    try:
        attempts = read_avance(avance, caso)
    except DatoInvalido as error:
        notice = Aviso("parametro-malo", {"parametro": "avance", "valor": shorten(avance), "motivo": error})
        state, attempts = replace(state, avisos=(*state.avisos, notice)), {}
    return _begin(state, practica.begin(caso, attempts))


def _begin(state: State, practica: Practica) -> State:
    """The form of the case, with what was captured before this visit, or shown."""
    from tramite.caso import Tipo

    draft = dict(practica.caso.borrador)
    for pregunta in practica.caso.preguntas:
        if pregunta.tipo is Tipo.CAPTURA and practica.attempt(pregunta).terminada:
            draft |= pregunta.respuesta
    return _with_form(state, practica, Archivero().with_abierto(draft, ""))


def _with_form(state: State, practica: Practica, archivero: Archivero) -> State:
    return freeze(replace(state.with_archivero(archivero), practica=practica, consulta=None))


def choose(state: State, event: Event) -> Result:
    """Another case (``caso``), or the list of them."""
    if state.practica is None or not state.casos or is_fixed(state):
        return state, ()
    state = _open(replace(state, avisos=(), pantalla=PANTALLA), _find(state, event.get("caso", "")))
    return state, (show(state), efectos.focus("titulo"))


def restart(state: State, event: Event) -> Result:
    """«Volver a empezar»."""
    if state.practica is None or state.practica.caso is None:
        return state, ()
    practica = state.practica.begin(state.practica.caso)
    state = _begin(replace(state, avisos=(), pantalla=PANTALLA), practica)
    return state, (show(state, replace=True), efectos.focus("titulo"))


def note(state: State, valores: Mapping[str, str]) -> State:
    """What was typed as an answer."""
    typed = {k: v for k, v in valores.items() if k.startswith(RESPUESTA)}
    if not typed or state.practica is None:
        return state
    practica = state.practica
    return replace(state, practica=replace(practica, respuestas={**practica.respuestas, **typed}))


def _question(state: State, event: Event) -> Pregunta | None:
    """The question of the event, unless it is done with."""
    if state.practica is None or state.practica.caso is None:
        return None
    found = state.practica.caso.by_clave.get(event.get("pregunta"))
    return None if found is None or state.practica.attempt(found).terminada else found


def _after(state: State, pregunta: Pregunta, focus: str = "", **changes: object) -> Result:
    intento = replace(state.practica.attempt(pregunta), mensaje=None, error=None)
    state = replace(state, practica=state.practica.with_attempt(pregunta, replace(intento, **changes)))
    if state.practica.terminada:
        state = replace(state, anuncio=Aviso("caso-terminado", {"puntos": state.practica.puntos, "completo": COMPLETO}))
    return state, (show(state, replace=True), efectos.focus(focus or f"resultado-{pregunta.clave}"))


def check(state: State, event: Event) -> Result:
    """«Comprobar»: the answer of one question. What cannot be read is said, and costs nothing."""
    from tramite import respuestas

    pregunta = _question(state, event)
    if pregunta is None:
        return state, ()
    try:
        answer = respuestas.read(pregunta, state.practica.respuestas, state)
    except DatoInvalido as error:
        return _after(state, pregunta, focus=respuestas.first_input(pregunta), error=error)
    if respuestas.is_right(pregunta, answer):
        return _after(state, pregunta, resuelta=True)
    trap = next((t.texto for t in pregunta.trampas if respuestas.same(pregunta, t.respuesta, answer)), "")
    last = state.practica.attempt(pregunta)
    if answer in last.erradas:
        return _after(state, pregunta, mensaje=trap)
    return _after(state, pregunta, fallos=last.fallos + 1, erradas=(*last.erradas, answer), mensaje=trap)


def hint(state: State, event: Event) -> Result:
    """«Pedir una pista»."""
    pregunta = _question(state, event)
    if pregunta is None:
        return state, ()
    last = state.practica.attempt(pregunta)
    given = min(last.pistas + 1, len(pregunta.pistas))
    return _after(state, pregunta, focus=f"pistas-{pregunta.clave}", pistas=given, mensaje=last.mensaje)


def reveal(state: State, event: Event) -> Result:
    """«Ver la respuesta»; what the form should say is put into it, for the questions that follow."""
    from tramite.caso import Tipo

    pregunta = _question(state, event)
    if pregunta is None:
        return state, ()
    if pregunta.tipo is Tipo.CAPTURA:
        state = state.with_borrador({**state.borrador, **pregunta.respuesta})
    return _after(state, pregunta, mostrada=True)


def tell(before: State, after: State) -> tuple[Efecto, ...]:
    """The message to the page that holds this one, when the learner has come further. See docs/incrustar.md."""
    practica = after.practica
    if practica is None or practica.caso is None or not after.incrustada:
        return ()
    if before.practica and before.practica.caso is practica.caso and before.practica.intentos == practica.intentos:
        return ()
    datos = {
        "caso": practica.caso.id,
        "terminado": practica.terminada,
        "puntos": practica.puntos,
        "preguntas": len(practica.caso.preguntas),
        "resueltas": practica.resueltas,
        "avance": write_avance(practica),
    }
    return (efectos.tell_host("practica", datos),)
