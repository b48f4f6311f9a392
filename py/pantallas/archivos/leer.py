"""Files handed over a stretch at a time and read a moment at a time, so that keys are answered meanwhile."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Iterable
from dataclasses import replace
from time import monotonic
from typing import Any

from pantallas.archivos.elegir import recalculate
from pantallas.archivos.estado import DATA_STAGE, FACTURAS, Archivos, Fallo, Mesa, Pendiente, rfc_of, with_part
from pantallas.archivos.muestra import Line, describe
from raoce.base import DatoInvalido
from tramite import efectos, sellar
from tramite.efectos import Efecto
from tramite.eventos import Event, Result
from tramite.formulario.evaluacion import Aviso
from tramite.pantallas import ARCHIVOS
from tramite.rechazar import refuse
from tramite.state import State

MAXIMO_ARCHIVOS = 5_000
MAXIMO_BYTES = 500_000_000
TRAMO = 4_000_000  # bytes that come in one event
RATO = 0.12  # s of reading in one event
MAXIMO_FALLOS = 100
MAXIMO_MUESTRAS = 3
# Whoever has one of these can tell us what the file looks like.
NO_SE_ENTIENDE = frozenset(
    {
        *("aduana-sin-encabezados", "aduana-columnas", "aduana-nada"),
        *("archivo-ajeno", "cfdi-otro", "cfdi-version", "metadatos-columnas"),
    }
)


def choose_data_stage(state: State, event: Event) -> Result:
    """Files were chosen or dropped in «Archivos del Data Stage»: see ``_choose``."""
    return _choose(state, event, DATA_STAGE)


def choose_facturas(state: State, event: Event) -> Result:
    """The same for «Facturas (CFDI)»."""
    return _choose(state, event, FACTURAS)


def _choose(state: State, event: Event, campo: str) -> Result:
    """``archivos``: name and size of each; ``primero``: the place of the first among those that the page holds."""
    archivos, primero = event["archivos"], int(event.get("primero", 0))
    if len(archivos) + len(state.of(Archivos).cola) > MAXIMO_ARCHIVOS:
        return refuse(state, DatoInvalido("archivos-de-mas", maximo=MAXIMO_ARCHIVOS))
    return _take(
        state,
        (Pendiente(campo, primero + n, str(f["nombre"]), int(f["bytes"])) for n, f in enumerate(archivos)),
    )


def choose_of_case(state: State, event: Event) -> Result:
    """«Usar los archivos del caso»: read as if they had been chosen, in place of what was read before."""
    expediente = state.modo.expediente
    if expediente is None or state.of(Archivos).leyendo:
        return state, ()
    files = {DATA_STAGE: expediente.data_stage, FACTURAS: expediente.cfdi}
    found = (
        Pendiente(campo, -1, nombre, len(body), body)
        for campo, write in files.items()
        for nombre, body in write(state.modo.sello)
    )
    state, effects = _take(state.having(_without_files(state.of(Archivos))), found)
    return state, (*_forget_chosen(), *effects)


def _take(state: State, chosen: Iterable[Pendiente]) -> Result:
    """These files are to be read, after those that already wait."""
    a, rfc = state.of(Archivos), rfc_of(state)
    if not rfc:
        return refuse(state, DatoInvalido("archivos-sin-rfc"))
    if (a.rfc, a.ejercicio) != (rfc, state.evaluacion.ejercicio):
        # What was read for another company or year says nothing about this one.
        a = replace(_without_files(a), rfc=rfc, ejercicio=state.evaluacion.ejercicio)
    idle = not a.leyendo
    a = replace(a, mesa=a.mesa or Mesa(), cola=(*a.cola, *chosen))
    if idle:
        a = replace(a, leidos=0, pasados=0, recibidos=0, renglones=0)
    state = replace(state.having(a), avisos=())
    return (state, (_ask(a), efectos.focus("leyendo"))) if idle and a.cola else (state, ())


def _ask(a: Archivos) -> Efecto:
    """The next stretch of the first file of the queue."""
    p = a.cola[0]
    if p.contenido is not None:
        return efectos.go_on("archivos.seguir")
    return efectos.read(p.campo, p.indice, f"archivos.{p.campo}-tramo", TRAMO, a.recibidos)


def receive(state: State, event: Event) -> Result:
    """A stretch of a file: ``contenido`` is its base64, ``fallo`` where the browser could not read it."""
    a = state.of(Archivos)
    if not a.cola or a.mesa.en_mano is not None:
        return state, ()
    p = a.cola[0]
    if (event.get("campo"), event.get("indice"), event.get("desde")) != (p.campo, p.indice, a.recibidos):
        return state, ()  # of a reading that was cancelled
    if event.get("fallo"):
        return _next(state, DatoInvalido("archivo-ilegible", archivo=p.nombre))
    if p.bytes > MAXIMO_BYTES:
        return _next(state, DatoInvalido("archivos-grande", maximo=MAXIMO_BYTES // 1_000_000))
    tramo = b64decode(event["contenido"])
    a.mesa.recibido += tramo
    a = replace(a, recibidos=a.recibidos + len(tramo))
    state = state.having(a)
    if tramo and a.recibidos < p.bytes:
        return state, (_ask(a),)
    _open(a, p, bytes(a.mesa.recibido))
    return go_on(state, event)


def _open(a: Archivos, p: Pendiente, contenido: bytes) -> None:
    """The whole of a file is here, and it is in hand."""
    a.mesa.clear()
    a.mesa.contenido = contenido
    a.mesa.problemas = len((reader := _reader(a, p.campo)).problemas.lista)
    a.mesa.en_mano = reader.leer(p.nombre, contenido)


def _reader(a: Archivos, campo: str) -> Any:
    if campo not in a.mesa.lectores:
        if campo == DATA_STAGE:
            from raoce.aduana import Lectura as Reader
        else:
            from raoce.facturas import LecturaCfdi as Reader
        a.mesa.lectores[campo] = Reader(a.rfc, a.ejercicio)
    return a.mesa.lectores[campo]


def go_on(state: State, event: Event) -> Result:
    """A moment more of the file in hand, or of the sums."""
    a = state.of(Archivos)
    if a.sumando:
        return _add_up(state)
    if not a.cola:
        return state, ()
    if a.mesa.en_mano is None:
        if (own := a.cola[0].contenido) is None:
            return state, ()
        _open(a, a.cola[0], own)
    until, renglones = monotonic() + RATO, a.renglones
    try:
        for avance in a.mesa.en_mano:
            renglones = avance.renglones
            if monotonic() > until:
                return with_part(state, renglones=renglones), (efectos.go_on("archivos.seguir"),)
    except DatoInvalido as error:
        return _next(state, error)
    except MemoryError:
        return refuse(state.having(_without_files(a)), DatoInvalido("archivos-memoria"))
    return _next(with_part(state, renglones=renglones))


def _next(state: State, error: DatoInvalido | None = None) -> Result:
    """The file in hand is done with, for better or worse: on to the one after it, or to the totals."""
    a = state.of(Archivos)
    p, *rest = a.cola
    fallos = (*a.fallos, Fallo(p.nombre, error))[:MAXIMO_FALLOS] if error else a.fallos
    a = replace(
        a,
        cola=tuple(rest),
        recibidos=0,
        leidos=a.leidos + 1,
        pasados=a.pasados + p.bytes,
        fallos=fallos,
        muestras=(*a.muestras, *_sample(a, p))[:MAXIMO_MUESTRAS],
    )
    a.mesa.clear()
    if rest:
        return state.having(a), (_ask(a),)
    a.mesa.en_mano = iter(())
    changes: dict[str, Any] = {}
    if DATA_STAGE in a.mesa.lectores:
        changes["pedimentos"] = a.mesa.lectores[DATA_STAGE].pedimentos()
        a.mesa.en_mano = changes["pedimentos"].prepare(a.fecha)
    if FACTURAS in a.mesa.lectores:
        changes["facturas"] = a.mesa.lectores[FACTURAS].facturas()
    return _add_up(state.having(replace(a, sumando=True, **changes)))


def _add_up(state: State) -> Result:
    """A moment more of what the files add up to; then their totals are on the screen."""
    until = monotonic() + RATO
    for _ in state.of(Archivos).mesa.en_mano:
        if monotonic() > until:
            return state, (efectos.go_on("archivos.seguir"),)
    a = replace(state.of(Archivos), sumando=False)
    a.mesa.clear()
    if a.cola:  # chosen meanwhile
        return state.having(a), (_ask(a),)
    return _finish(state.having(a))


def _sample(a: Archivos, p: Pendiente) -> tuple[tuple[Line, ...], ...]:
    """What can be told of the file in hand if it was not understood."""
    found = a.mesa.lectores[p.campo].problemas.lista[a.mesa.problemas :] if p.campo in a.mesa.lectores else ()
    if a.mesa.contenido is None or not any(x.codigo in NO_SE_ENTIENDE for x in found):
        return ()
    return (describe(p.nombre, a.mesa.contenido, [x.codigo for x in found if x.codigo in NO_SE_ENTIENDE]),)


def _finish(state: State) -> Result:
    """Everything chosen is read: what it adds up to."""
    state = recalculate(state, anew=True)
    state = replace(state, anuncio=Aviso("archivos-leidos", {"cuantos": state.of(Archivos).leidos}))
    if state.pantalla != ARCHIVOS:
        return state, ()  # whoever types elsewhere meanwhile goes on typing
    return state, (efectos.focus("resultados-titulo" if state.of(Archivos).hay else "titulo"),)


def _without_files(a: Archivos) -> Archivos:
    """Nothing of any file; what was written from them can still be undone."""
    return Archivos(antes=a.antes, puestas=a.puestas, copias=a.copias)


def cancel(state: State, event: Event) -> Result:
    """«Cancelar»: at once, and nothing half read stays."""
    return _remove(state, "archivos-cancelados")


def remove(state: State, event: Event) -> Result:
    """«Quitar los archivos»."""
    return _remove(state, "archivos-quitados")


def _remove(state: State, codigo: str) -> Result:
    state = state.having(_without_files(state.of(Archivos)))
    # A notice and not an announcement: what had been asked for before may still come, and would take that away.
    state = replace(state, avisos=(Aviso(codigo, {}),))
    return state, (*_forget_chosen(), efectos.focus("avisos"))


def _forget_chosen() -> tuple[Efecto, ...]:
    return tuple(efectos.forget_files(campo) for campo in (DATA_STAGE, FACTURAS))


def download_of_case(state: State, event: Event) -> Result:
    """«Descargar los archivos del caso»: to be chosen afterwards, as a company's own are."""
    expediente = state.modo.expediente
    if expediente is None:
        return state, ()
    archivo = sellar.seal(state, f"RAOCE_archivos_{state.modo.id}.zip", expediente.whole)
    return state, (efectos.download_bytes(*archivo, "application/zip"),)
