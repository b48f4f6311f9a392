"""«Restaurar»: what a file would change, company by company; only what is ticked is written, and can be undone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from time import monotonic
from types import MappingProxyType
from typing import Any

from idiomas import _, ngettext
from pantallas.comunes import textos
from pantallas.empresas import trabajos
from raoce.base import DatoInvalido
from raoce.base.formato import miles
from tramite import efectos
from tramite.borradores.archivero import Archivero
from tramite.efectos import Efecto
from tramite.empresas import respaldo
from tramite.empresas.fusion import Lado
from tramite.empresas.respaldo import (
    ATRAS,
    CAMBIA,
    IGUAL,
    NUEVA,
    Avance,
    Cifrado,
    Comparacion,
    Cotejo,
    Hecho,
    Leido,
    Momentos,
)
from tramite.eventos import Event, Handler, Result
from tramite.formulario.campos import MARCADO
from tramite.formulario.evaluacion import Aviso, held
from tramite.listas import part
from tramite.rechazar import refuse
from tramite.state import Parte, State

CONTRASENA = "restaurar-contrasena"
MARCA, LADO = "restaurar-", "lado-"
# What the page may say of a password; see static/js/cifrado.js.
CODIGOS = (
    *("respaldo-sin-contrasena", "respaldo-contrasenas-distintas", "respaldo-contrasena-corta"),
    *("respaldo-contrasena-facil", "respaldo-contrasena-incorrecta", "respaldo-sin-webcrypto", "respaldo-danado"),
)
_RELACIONES = ("bienes", "autorizados", "dice_bienes")
_LARGO = 80
_ORDEN = (CAMBIA, NUEVA, ATRAS)

Lados = Mapping[int, Mapping[str, Lado]]


@dataclass(frozen=True, slots=True)
class Restauracion(Parte):
    """``cifrado``: a file that waits for its password, ``abriendo`` it. ``leidos``: the drafts of a file, compared
    (``comparacion``) with the ``visto`` ones of here; ``marcados`` of them, by place, and the ``lados`` chosen.
    ``hechos``: what the last restoration did, as long as it can be undone."""

    archivo: str = ""
    cifrado: Cifrado | None = None
    abriendo: bool = False
    error: DatoInvalido | None = None
    leidos: tuple[Leido, ...] = ()
    visto: Archivero | None = None
    comparacion: Comparacion | None = None
    marcados: frozenset[int] = frozenset()
    lados: Lados = field(default_factory=lambda: MappingProxyType({}))
    hechos: tuple[Hecho, ...] = ()


@dataclass(frozen=True, eq=False, slots=True)
class Apertura(Parte):
    """A file being read, and compared with the ``visto`` drafts of here; ``momentos`` is spent as it goes on.
    ``descifrada``: what was read is what a password opened."""

    archivo: str = ""
    momentos: Momentos[Cifrado | tuple[tuple[Leido, ...], Comparacion]] | None = None
    visto: Archivero | None = None
    descifrada: bool = False
    avance: Avance | None = None


def _with(state: State, **changes: Any) -> State:
    return state.having(replace(state.of(Restauracion), **changes))


def known_code(event: Event) -> str:
    """What the page says went wrong with a password."""
    codigo = event.get("codigo")
    return codigo if codigo in CODIGOS else "respaldo-fallo"


def keep(state: State, cambios: Mapping[str, Any]) -> tuple[State, tuple[Efecto, ...]]:
    """The state and what the device must keep, with these entries of it brought up to date."""
    entradas = {k: v for k, v in {**state.entradas, **cambios}.items() if v is not None}
    saved = () if state.solo_lectura else (efectos.save(cambios),)
    return replace(state, entradas=MappingProxyType(entradas)), saved


def choose(state: State, event: Event) -> Result:
    """A file was chosen in «Restaurar»; one that cannot be read changes nothing."""
    nombre = str(event.get("nombre", ""))
    return _begin(state, nombre, event["texto"])


def _begin(state: State, nombre: str, texto: str, descifrada: bool = False) -> Result:
    momentos = respaldo.opening(texto, state.archivero, state.entradas)
    state = replace(state, avisos=()).having(Apertura(nombre, momentos, state.archivero, descifrada))
    return state, (efectos.go_on("empresas.restaurar-seguir"), efectos.focus("leyendo-copia"))


def go_on(state: State, event: Event) -> Result:
    """A moment more of the file that is being read and compared, unless it was cancelled meanwhile."""
    a = state.of(Apertura)
    if a.momentos is None:
        return state, ()
    until = monotonic() + trabajos.RATO
    try:
        avance = next(a.momentos)
        while monotonic() < until:
            avance = next(a.momentos)
    except StopIteration as end:
        return _opened(stop_opening(state), a, end.value)
    except DatoInvalido as error:
        return refuse(stop_opening(state), _of_a_copy(error))
    except MemoryError:
        return refuse(stop_opening(state), DatoInvalido("respaldo-memoria"))
    return state.having(replace(a, avance=avance)), (efectos.go_on("empresas.restaurar-seguir"),)


def _of_a_copy(error: DatoInvalido) -> DatoInvalido:
    """What is said of a draft that cannot be read, said of the file chosen in «Restaurar»."""
    own = {
        "borrador-danado": "copia-danada",
        "borrador-ajeno": "copia-ajena",
        "borrador-otra-version": "copia-otra-version",
    }
    return DatoInvalido(own.get(error.codigo, error.codigo), **error.datos)


def stop_reading(state: State, event: Event) -> Result:
    """«Cancelar»: as it was before the file was chosen."""
    state = replace(stop_opening(state), avisos=(Aviso("respaldo-cancelado", {}),))
    return state, (efectos.focus("avisos"),)


def _opened(state: State, a: Apertura, found: Cifrado | tuple[tuple[Leido, ...], Comparacion]) -> Result:
    fresh = Restauracion(archivo=a.archivo, hechos=state.of(Restauracion).hechos)
    if isinstance(found, Cifrado):
        if a.descifrada:
            return refuse(state, DatoInvalido("copia-ajena"))
        return state.having(replace(fresh, cifrado=found)), (efectos.focus(CONTRASENA),)
    leidos, comparacion = found
    if not leidos:
        return refuse(state, DatoInvalido("respaldo-vacio"))
    ticked = frozenset(n for n, c in enumerate(comparacion.cotejos) if c.estado in (NUEVA, CAMBIA))
    fresh = replace(fresh, leidos=leidos, visto=a.visto, comparacion=comparacion, marcados=ticked)
    state = replace(state, vista={**state.vista, "parte_restaurar": "0"})
    return state.having(fresh), (efectos.focus("restaurar-titulo"),)


def decrypt(state: State, event: Event) -> Result:
    """«Abrir»: the page reads the password, which never comes here."""
    c = state.of(Restauracion).cifrado
    if c is None:
        return state, ()
    asked = efectos.decrypt(c.sal, c.nonce, c.iteraciones, c.datos, CONTRASENA)
    return _with(state, abriendo=True, error=None), (asked, efectos.focus("abriendo"))


def decrypted(state: State, event: Event) -> Result:
    return _begin(stop_opening(state), state.of(Restauracion).archivo, event["texto"], descifrada=True)


def not_decrypted(state: State, event: Event) -> Result:
    return _with(state, abriendo=False, error=DatoInvalido(known_code(event))), (efectos.focus(CONTRASENA),)


def stop_opening(state: State) -> State:
    """Neither a password is being tried nor a file read."""
    return _with(state, abriendo=False, error=None).having(Apertura())


def follow(state: State, event: Event) -> State:
    """What is ticked and chosen in the comparison, and the comparison itself where a draft has changed meanwhile."""
    r = state.of(Restauracion)
    if not r.comparacion:
        return state
    if r.visto is not state.archivero:
        found = respaldo.compare(state.archivero, state.entradas, r.leidos)
        state, r = _with(state, comparacion=found, visto=state.archivero), state.of(Restauracion)
    marcados, lados = set(r.marcados), dict(r.lados)
    for nombre, texto in event.get("valores", {}).items():
        _, _, place = nombre.partition("-")
        n, _, campo = place.partition("-")
        if not (n.isdigit() and n.isascii() and len(n) < 7 and int(n) < len(r.leidos)):
            continue
        if nombre.startswith(MARCA):
            (marcados.add if texto else marcados.discard)(int(n))
        elif nombre.startswith(LADO) and texto in (Lado.AQUI.value, Lado.ARCHIVO.value):
            lados[int(n)] = {**lados.get(int(n), {}), campo: Lado(texto)}
            marcados.add(int(n))
    if marcados == r.marcados and lados == r.lados:
        return state
    return _with(state, marcados=frozenset(marcados), lados=MappingProxyType(lados))


def decide(state: State, event: Event) -> Result:
    """«Lo de aquí» or «Lo del archivo» for all the fields of one company (``cotejo``), or for every doubt."""
    r, lado = state.of(Restauracion), Lado(event["lado"])
    if not r.comparacion:
        return state, ()
    lados = dict(r.lados)
    one = int(event["cotejo"]) if event.get("cotejo") else None
    for n, c in enumerate(r.comparacion.cotejos):
        fields = c.diferencias if n == one else respaldo.undecided(c, lados.get(n, {})) if one is None else ()
        if fields:
            lados[n] = {**lados.get(n, {}), **{d.campo: lado for d in fields}}
    ticked = r.marcados | {one} if one is not None else r.marcados
    id = "restaurar-titulo" if one is None else f"{MARCA}{one}"
    return _with(state, lados=MappingProxyType(lados), marcados=ticked), (efectos.focus(id),)


def tick(state: State, event: Event) -> Result:
    """«Marcar todas», «Ninguna»."""
    r = state.of(Restauracion)
    if not r.comparacion:
        return state, ()
    all_of_them = frozenset(n for n, c in enumerate(r.comparacion.cotejos) if c.estado != IGUAL)
    return _with(state, marcados=all_of_them if event.get("todas") else frozenset()), (
        efectos.focus("restaurar-titulo"),
    )


def apply(state: State, event: Event) -> Result:
    """«Restaurar las marcadas»."""
    r = state.of(Restauracion)
    if not r.comparacion:
        return state, ()
    ticked = [(n, r.comparacion.cotejos[n]) for n in sorted(r.marcados)]
    chosen = tuple((c, r.lados.get(n, {})) for n, c in ticked if c.estado != IGUAL)
    if not chosen:
        return refuse(state, DatoInvalido("restaurar-ninguna"))
    if doubts := sum(1 for c, lados in chosen if respaldo.undecided(c, lados)):
        return refuse(state, DatoInvalido("restaurar-dudas", cuantas=doubts))
    archivero, cambios, hechos = respaldo.apply(state.archivero, state.entradas, chosen, state.ahora)
    state = state.with_drafts(archivero).having(Restauracion(hechos=hechos))
    state, kept = keep(state, cambios)
    return replace(state, avisos=(Aviso("restaurado", {"cuantas": len(hechos)}),)), (*kept, efectos.focus("avisos"))


def undo(state: State, event: Event) -> Result:
    """«Deshacer la restauración»: what has changed since stays as it is."""
    hechos = state.of(Restauracion).hechos
    if not hechos:
        return state, ()
    archivero, cambios, left = respaldo.undo(state.archivero, hechos)
    state, kept = keep(state.with_drafts(archivero).having(Restauracion()), cambios)
    aviso = Aviso("restauracion-deshecha-en-parte", {"quedan": left}) if left else Aviso("restauracion-deshecha", {})
    return replace(state, avisos=(aviso,)), (*kept, efectos.focus("avisos"))


def close(state: State, event: Event) -> Result:
    """«Cerrar sin restaurar»."""
    return state.having(Restauracion(hechos=state.of(Restauracion).hechos)), (efectos.focus("respaldo-titulo"),)


EVENTOS: Mapping[str, Handler] = {
    "restaurar": choose,
    "restaurar-seguir": go_on,
    "restaurar-cancelar": stop_reading,
    "descifrar": decrypt,
    "descifrado": decrypted,
    "descifrado-fallo": not_decrypted,
    "restaurar-decidir": decide,
    "restaurar-marcar": tick,
    "restaurar-aplicar": apply,
    "restaurar-deshacer": undo,
    "restaurar-cerrar": close,
}


def _shown(campo: str, texto: str) -> str:
    """A value as it is told in a table."""
    if not texto:
        return "—"
    if campo in _RELACIONES:
        rows = sum(1 for line in texto.splitlines() if line.strip())
        return ngettext("{n} renglón", "{n} renglones", rows).format(n=miles(rows))
    if texto == MARCADO and campo.startswith(("programa-", "consignacion")):
        return _("sí")
    return texto if len(texto) <= _LARGO else f"{texto[:_LARGO]}…"


def _row(n: int, c: Cotejo, r: Restauracion) -> dict[str, Any]:
    campos, lados = c.campos, r.lados.get(n, {})
    fields = []
    for d in c.diferencias:
        lado = lados.get(d.campo, d.lado)
        fields.append(
            {
                "nombre": f"{LADO}{n}-{d.campo}",
                "etiqueta": textos.campo(d.campo, "etiqueta"),
                "aqui": _shown(d.campo, d.aqui),
                "archivo": _shown(d.campo, d.archivo),
                "lado": lado.value if lado else "",
                "duda": d.lado is None,
            }
        )
    return {
        "n": n,
        "marca": f"{MARCA}{n}",
        "marcada": n in r.marcados,
        "estado": c.estado,
        "rfc": campos.get("rfc", "") or _("Sin RFC"),
        "empresa": campos.get("razon_social", ""),
        "ejercicio": campos.get("ejercicio", ""),
        "programas": ", ".join(held(campos)),
        "dudas": len(respaldo.undecided(c, lados)),
        "campos": fields,
    }


def _only_here(state: State, found: Comparacion) -> list[str]:
    todos = state.archivero.todos
    kept = [todos[k].campos for k in found.solo_aqui if k in todos]
    return [f"{c.get('rfc') or _('Sin RFC')} {c.get('ejercicio', '')}".strip() for c in kept]


def context(state: State) -> dict[str, Any]:
    r = state.of(Restauracion)
    shown: dict[str, Any] = {
        "archivo": r.archivo,
        "cifrado": r.cifrado is not None,
        "abriendo": r.abriendo,
        "error_abrir": textos.error(r.error) if r.error else "",
        "contrasena": CONTRASENA,
        "deshacer": bool(r.hechos),
        "comparacion": None,
        "leyendo": state.of(Apertura) if state.of(Apertura).momentos else None,
    }
    if not r.comparacion:
        return shown
    cotejos = r.comparacion.cotejos
    # The page is drawn at each key pressed: only what it shows is made up.
    order = sorted(
        (n for n, c in enumerate(cotejos) if c.estado != IGUAL),
        # By what was found, not by what has been chosen: a row must not leave the hand that is on it.
        key=lambda n: (not respaldo.undecided(cotejos[n], {}), _ORDEN.index(cotejos[n].estado), n),
    )
    rows = part(state, "restaurar", order)
    return shown | {
        "comparacion": {
            "cuantas": {estado: sum(1 for c in cotejos if c.estado == estado) for estado in (*_ORDEN, IGUAL)},
            "solo_aqui": _only_here(state, r.comparacion),
            "renglones": replace(rows, elementos=[_row(n, cotejos[n], r) for n in rows.elementos]),
            "marcadas": sum(1 for n in r.marcados if n < len(cotejos) and cotejos[n].estado != IGUAL),
            "dudas": sum(1 for n, c in enumerate(cotejos) if respaldo.undecided(c, r.lados.get(n, {}))),
        }
    }
