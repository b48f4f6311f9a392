"""«Respaldar»: everything as one file, with a password or without, and the folder where copies are written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from idiomas import _
from pantallas.comunes import textos
from pantallas.empresas import dichos, restaurar
from raoce.base import DatoInvalido
from tramite import efectos
from tramite.borradores.borrador import is_instant
from tramite.efectos import Efecto
from tramite.empresas import respaldo
from tramite.eventos import Event, Handler, OnDemand, Result
from tramite.formulario.evaluacion import Aviso
from tramite.rechazar import refuse
from tramite.state import Parte, State

# What the page may say of the folder; see static/js/carpeta.js.
CODIGOS = ("carpeta-fallo", "carpeta-no-esta", "carpeta-llena", "carpeta-ocupada")
CONTRASENAS = ("respaldo-contrasena", "respaldo-contrasena-otra")


@dataclass(frozen=True, slots=True)
class Carpeta:
    """The folder of copies as the page tells it: ``sin-elegir``, ``lista``, ``escrita``, ``sin-permiso``, ``ajena``
    (somebody else wrote there) or ``fallo``, with its ``codigo``; and when a copy was last written in it."""

    estado: str
    nombre: str = ""
    cuando: str = ""
    codigo: str = ""


@dataclass(frozen=True, slots=True)
class Respaldo(Parte):
    """``carpeta`` is ``None`` where the browser has no folders. ``preguntada``: the page was asked for it."""

    cifrando: bool = False
    error: DatoInvalido | None = None
    carpeta: Carpeta | None = None
    preguntada: bool = False


def _with(state: State, **changes: Any) -> State:
    return state.having(replace(state.of(Respaldo), **changes))


def _noted(state: State) -> tuple[State, tuple[Efecto, ...]]:
    """The state, and what the device must keep, once everything has been copied."""
    return restaurar.keep(state, respaldo.note(state.archivero, state.entradas, state.ahora))


def _text(state: State) -> str:
    entradas = _noted(state)[0].entradas
    return respaldo.to_text(state.archivero, entradas, state.ahora)


def _said(state: State) -> State:
    return replace(state, avisos=(Aviso("respaldo-hecho", {"cuantos": len(state.archivero.todos)}),))


def back_up(state: State, event: Event) -> Result:
    """«Respaldar»: every draft in one file that anybody can read."""
    download = efectos.download(f"RAOCE_respaldo_{state.hoy.isoformat()}.json", _text(state))
    state, kept = _noted(_said(state))
    return state, (download, *kept, efectos.focus("avisos"))


def back_up_encrypted(state: State, event: Event) -> Result:
    """«Respaldar con contraseña»: the page reads the password, which never comes here."""
    nombre = f"RAOCE_respaldo_cifrado_{state.hoy.isoformat()}.json"
    asked = efectos.encrypt(nombre, _text(state), respaldo.header(state.ahora), CONTRASENAS)
    return _with(state, cifrando=True, error=None), (asked, efectos.focus("cifrando"))


def encrypted(state: State, event: Event) -> Result:
    state, kept = _noted(_said(_with(state, cifrando=False, error=None)))
    return state, (*kept, efectos.focus("avisos"))


def not_encrypted(state: State, event: Event) -> Result:
    error = DatoInvalido(restaurar.known_code(event))
    return _with(state, cifrando=False, error=error), (efectos.focus(CONTRASENAS[0]),)


def cancel(state: State, event: Event) -> Result:
    """«Cancelar», while a file is made or opened with its password."""
    state = restaurar.stop_opening(_with(state, cifrando=False))
    state = replace(state, avisos=(Aviso("respaldo-cancelado", {}),))
    return state, (efectos.cancel_encryption(), efectos.focus("avisos"))


_PROBLEMAS: Mapping[str, Aviso] = {
    "fallo": Aviso("carpeta-sin-copia", {}),
    "sin-permiso": Aviso("carpeta-sin-permiso", {}),
    "ajena": Aviso("carpeta-ajena", {}),
}


def folder(state: State, event: Event) -> Result:
    """How the folder stands, as the page tells it after each thing that it did there."""
    before = state.of(Respaldo).carpeta
    estado, cuando = str(event.get("estado")), event.get("cuando") or (before.cuando if before else "")
    codigo = event.get("codigo") if event.get("codigo") in CODIGOS else CODIGOS[0]
    now = Carpeta(
        estado, str(event.get("carpeta", "")), cuando if is_instant(cuando) else "", codigo if estado == "fallo" else ""
    )
    state = _with(state, carpeta=now, preguntada=True)
    if estado == "escrita":
        return _noted(state)
    # Of what nobody asked for, once: whoever is typing goes on typing.
    if event.get("accion") == "escribir" and estado in _PROBLEMAS and (before is None or before.estado != estado):
        state = replace(state, avisos=(_PROBLEMAS[estado],))
    return state, ()


def use_folder(state: State, event: Event) -> Result:
    """«Elegir carpeta», «Dar permiso», «Reemplazar la copia», «Comparar con la copia», «Dejar de usar la carpeta»."""
    if event["accion"] not in ("elegir", "permiso", "escribir", "reemplazar", "revisar", "olvidar"):
        return refuse(state, DatoInvalido("respaldo-fallo"))
    return state, (efectos.use_folder(event["accion"]),)


def after(before: State, state: State, event: Event) -> Result:
    """The page is asked once how the folder stands; what is compared with a file follows what is here."""
    state = restaurar.follow(state, event)
    if state.of(Respaldo).preguntada or not state.almacenamiento or state.enmarcada:
        return state, ()
    return _with(state, preguntada=True), (efectos.use_folder("estado"),)


EVENTOS: Mapping[str, Handler] = {
    "respaldar": back_up,
    "respaldar-cifrado": back_up_encrypted,
    "cifrado": encrypted,
    "cifrado-fallo": not_encrypted,
    "cifrado-cancelar": cancel,
    "carpeta": folder,
    "carpeta-usar": use_folder,
    **restaurar.EVENTOS,
}
PIDE: Mapping[str, OnDemand] = {}


def _age(cuando: datetime, ahora: datetime) -> str:
    days = (ahora.astimezone(textos.CENTRO).date() - cuando.astimezone(textos.CENTRO).date()).days
    if days <= 0:
        return _("hoy")
    return _("ayer") if days == 1 else _("hace {dias} días").format(dias=days)


def _last(state: State) -> dict[str, Any]:
    """How old the last copy is, and whether to advise another."""
    copia = respaldo.last(state.entradas)
    due = respaldo.is_due(copia, state.archivero, state.ahora)
    if copia is None:
        return {"edad": "", "conviene": due}
    edad, cuando = _age(copia.cuando, state.ahora), dichos.moment(copia.cuando)
    return {"edad": edad, "cuando": cuando, "conviene": due, "copiados": copia.cuantos}


def _folder(c: Carpeta | None, ahora: datetime) -> dict[str, str] | None:
    if c is None:
        return None
    cuando = datetime.fromisoformat(c.cuando) if c.cuando else None
    return {
        "estado": c.estado,
        "nombre": c.nombre,
        "edad": _age(cuando, ahora) if cuando else "",
        "cuando": dichos.moment(cuando) if cuando else "",
        "fallo": textos.error(DatoInvalido(c.codigo)) if c.codigo else "",
    }


def context(state: State) -> dict[str, Any]:
    r = state.of(Respaldo)
    if state.ahora is None:
        return {"respaldo": None}
    return {
        "respaldo": {
            "ultima": _last(state),
            "cifrando": r.cifrando,
            "error": textos.error(r.error) if r.error else "",
            "contrasenas": CONTRASENAS,
            "maximo": respaldo.MAXIMO_CIFRADO,
            "carpeta": _folder(r.carpeta, state.ahora),
            **restaurar.context(state),
        }
    }
