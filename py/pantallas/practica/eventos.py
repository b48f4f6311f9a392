"""The training mode: cases that come, are answered, checked, explained and begun again. See ``docs/practica.md``.

In it the form is that of the company of the case, on the day of the case; the device keeps nothing.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pantallas.comunes.casos import ask
from pantallas.practica.avance import COMPLETO, read_avance, write_avance
from pantallas.practica.modo import Practica, practice_of
from raoce.base import DatoInvalido
from tramite import efectos, pasos
from tramite.borradores.archivero import Archivero
from tramite.borradores.enlace import Enlace, shorten
from tramite.eventos import Event, Pantalla, Result
from tramite.formulario.evaluacion import Aviso
from tramite.pantallas import PRACTICA
from tramite.state import State

if TYPE_CHECKING:
    from tramite.casos.caso import Caso, Pregunta


def start(state: State, link: Enlace) -> State:
    """The page has opened in the training mode: nothing of the device is looked at, nothing is kept on it."""
    return replace(
        state,
        modo=Practica(fijo=link.caso if link.incrustada else "", enlace=link),
        oyentes=(PRACTICA,),
        pantalla=PRACTICA,
        solo_lectura=True,
        avisos=link.avisos,
    )


def receive(state: State, event: Event) -> Result:
    """The cases have come, or not."""
    from tramite.casos.caso import from_json

    try:
        if event.get("fallo"):
            raise ValueError
        casos = from_json(event["texto"])
    except ValueError:
        failed = replace(state, casos=state.casos or (), avisos=(Aviso("casos-fallo", {}),))
        return failed, (efectos.focus("avisos"),)
    practica = practice_of(state)
    if state.casos:
        return _retell(state, practica, casos), ()
    state = replace(state, casos=casos)
    if practica is None:
        return state, ()
    link = practica.enlace
    state = _arrive(state, link)
    if link.pantalla and link.pantalla != state.pantalla:
        state = replace(state, avisos=(*state.avisos, Aviso("parametro-sin-efecto", {"parametro": "pantalla"})))
    return state, (pasos.show(state, replace=True),)


def _retell(state: State, practica: Practica | None, casos: tuple[Caso, ...]) -> State:
    """Another language is spoken: the same cases in its words. What came too late, for the one before, is dropped."""
    if any(c.idioma != state.idioma for c in casos):
        return state
    return replace(state, casos=casos, modo=practica.retold({c.id: c for c in casos}) if practica else state.modo)


def follow(state: State, link: Enlace) -> State:
    """Back or forward in the browser."""
    if state.casos:
        return _arrive(state, link)
    return replace(state, modo=replace(state.modo, enlace=link))


def _arrive(state: State, link: Enlace) -> State:
    """The case and the screen that the address asks for."""
    id = state.modo.fijo or link.caso
    caso = _find(state, id)
    state = _open(state, caso, link.avance)
    if id and caso is None:
        notice = "caso-desconocido-fijo" if state.modo.fijo else "caso-desconocido"
        state = replace(state, avisos=(*state.avisos, Aviso(notice, {"caso": shorten(id)})))
    return replace(state, pantalla=link.pantalla if link.pantalla in state.modo.screens(state.incrustada) else PRACTICA)


def _find(state: State, id: str) -> Caso | None:
    return next((c for c in state.casos or () if c.id == id), None)


def _open(state: State, caso: Caso | None, avance: str = "") -> State:
    """A case as it was left in this visit, or else as far as ``avance`` says; or the list of them."""
    if caso is not None and caso is state.modo.caso:
        return state
    practica = state.modo.leave(state.archivero)
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
    from tramite.casos.caso import Tipo

    draft = dict(practica.caso.borrador)
    for pregunta in practica.caso.preguntas:
        if pregunta.tipo is Tipo.CAPTURA and practica.attempt(pregunta).terminada:
            draft |= pregunta.respuesta
    return _with_form(state, practica, Archivero().with_abierto(draft, ""))


def _with_form(state: State, practica: Practica, archivero: Archivero) -> State:
    hoy, ahora = practica.clock(state.hoy, state.ahora)
    return replace(state.with_archivero(archivero), modo=practica, consulta=None, hoy=hoy, ahora=ahora)


def choose(state: State, event: Event) -> Result:
    """Another case (``caso``), or the list of them."""
    if practice_of(state) is None or not state.casos or state.modo.fijo:
        return state, ()
    state = _open(replace(state, avisos=(), pantalla=PRACTICA), _find(state, event.get("caso", "")))
    return state, (pasos.show(state), efectos.focus("titulo"))


def restart(state: State, event: Event) -> Result:
    """«Volver a empezar»."""
    practica = practice_of(state)
    if practica is None or practica.caso is None:
        return state, ()
    practica = practica.begin(practica.caso)
    state = _begin(replace(state, avisos=(), pantalla=PRACTICA), practica)
    return state, (pasos.show(state, replace=True), efectos.focus("titulo"))


def _question(state: State, event: Event) -> Pregunta | None:
    """The question of the event, unless it is done with."""
    practica = practice_of(state)
    if practica is None or practica.caso is None:
        return None
    found = practica.caso.by_clave.get(event.get("pregunta"))
    return None if found is None or practica.attempt(found).terminada else found


def _after(state: State, pregunta: Pregunta, focus: str = "", **changes: object) -> Result:
    intento = replace(state.modo.attempt(pregunta), mensaje=None, error=None)
    state = replace(state, modo=state.modo.with_attempt(pregunta, replace(intento, **changes)))
    if state.modo.terminada:
        state = replace(state, anuncio=Aviso("caso-terminado", {"puntos": state.modo.puntos, "completo": COMPLETO}))
    return state, (pasos.show(state, replace=True), efectos.focus(focus or f"resultado-{pregunta.clave}"))


def check(state: State, event: Event) -> Result:
    """«Comprobar»: the answer of one question. What cannot be read is said, and costs nothing."""
    from pantallas.practica import respuestas

    pregunta = _question(state, event)
    if pregunta is None:
        return state, ()
    try:
        answer = respuestas.read(pregunta, state.modo.respuestas, state)
    except DatoInvalido as error:
        return _after(state, pregunta, focus=respuestas.first_input(pregunta), error=error)
    if respuestas.is_right(pregunta, answer):
        return _after(state, pregunta, resuelta=True)
    trap = next((t.texto for t in pregunta.trampas if respuestas.same(pregunta, t.respuesta, answer)), "")
    last = state.modo.attempt(pregunta)
    if answer in last.erradas:
        return _after(state, pregunta, mensaje=trap)
    return _after(state, pregunta, fallos=last.fallos + 1, erradas=(*last.erradas, answer), mensaje=trap)


def hint(state: State, event: Event) -> Result:
    """«Pedir una pista»."""
    pregunta = _question(state, event)
    if pregunta is None:
        return state, ()
    last = state.modo.attempt(pregunta)
    given = min(last.pistas + 1, len(pregunta.pistas))
    return _after(state, pregunta, focus=f"pistas-{pregunta.clave}", pistas=given, mensaje=last.mensaje)


def reveal(state: State, event: Event) -> Result:
    """«Ver la respuesta»; what the form should say is put into it, for the questions that follow."""
    from tramite.casos.caso import Tipo

    pregunta = _question(state, event)
    if pregunta is None:
        return state, ()
    if pregunta.tipo is Tipo.CAPTURA:
        state = state.with_borrador({**state.borrador, **pregunta.respuesta})
    return _after(state, pregunta, mostrada=True)


def tell(before: State, after: State, event: Event) -> Result:
    """The message to the page that holds this one, when the learner has come further. See docs/incrustar.md."""
    after, asked = ask(before, after, event)
    practica, former = practice_of(after), practice_of(before)
    if practica is None or practica.caso is None or not after.incrustada:
        return after, asked
    if former and former.id == practica.id and former.intentos == practica.intentos:
        return after, asked
    datos = {
        "caso": practica.caso.id,
        "terminado": practica.terminada,
        "puntos": practica.puntos,
        "preguntas": len(practica.caso.preguntas),
        "resueltas": practica.resueltas,
        "avance": write_avance(practica.intentos),
    }
    return after, (*asked, efectos.tell_host("practica", datos))


PANTALLA = Pantalla(
    eventos={
        "casos": receive,
        "elegir": choose,
        "comprobar": check,
        "pista": hint,
        "mostrar": reveal,
        "reintentar": restart,
    },
    despues=tell,
    abrir=start,
    seguir=follow,
)
