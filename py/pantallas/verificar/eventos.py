"""«Verificar un archivo»: one signed file, two to compare, or up to five hundred, one after the other.

The page holds the files and hands them over one by one, as they are asked for, so that it can be told to stop.
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from idiomas import N_, _
from pantallas.comunes.bajo_demanda import SIN_ARCHIVO
from pantallas.verificar.verificador import COMPLETOS, ENTRADA, Revisado, Verificador, own_authorities
from raoce.base import DatoInvalido
from tramite import efectos
from tramite.efectos import Efecto
from tramite.eventos import Event, OnDemand, Pantalla, Result
from tramite.formulario.evaluacion import Aviso
from tramite.rechazar import refuse
from tramite.state import State

if TYPE_CHECKING:
    from raoce.firma.autoridades import Autoridad

MAXIMO_ARCHIVOS = 500
CAMPO = "archivo-firmado"


def _with(state: State, **changes: object) -> State:
    return state.having(replace(state.of(Verificador), **changes))


def begin(state: State, event: Event) -> Result:
    """Files were chosen or dropped: ``cuantos`` of them."""
    cuantos = int(event["cuantos"])
    if cuantos > MAXIMO_ARCHIVOS:
        return refuse(state, DatoInvalido("archivos-muchos", maximo=MAXIMO_ARCHIVOS))
    state = replace(_with(state, total=cuantos, revisados=(), en_curso=True), avisos=())
    if state.of(Verificador).incluidas is None:
        return state, (efectos.fetch("static/data/autoridades.json", "verificar.autoridades", "sat"),)
    return state, (_next(state),)


def _next(state: State) -> Efecto:
    return efectos.read(CAMPO, len(state.of(Verificador).revisados), "verificar.archivo")


def receive_authorities(state: State, event: Event) -> Result:
    """The authorities of the site have come, or have not."""
    from raoce.firma.autoridades import parse

    try:
        if event.get("fallo"):
            raise DatoInvalido("autoridades-fallo")
        state = _with(state, incluidas=parse(event["texto"]))
    except DatoInvalido as error:
        return refuse(_with(state, en_curso=False), error)
    return state, ((_next(state),) if state.of(Verificador).en_curso else ())


def check(state: State, event: Event) -> Result:
    """One file: ``contenido`` is its base64; ``fallo`` when the browser could not read it."""
    from raoce.verificacion.verificacion import verify

    v = state.of(Verificador)
    if not v.en_curso:
        return state, ()
    if event.get("fallo"):
        return refuse(_with(state, en_curso=False), DatoInvalido("archivo-ilegible", archivo=event["nombre"]))
    found = verify(b64decode(event["contenido"]), _authorities(state), state.ahora)
    if v.total > COMPLETOS:
        found = replace(found, signing_input=b"", contenido=None, cabecera=None)
    state = _with(state, revisados=(*v.revisados, Revisado(event["nombre"], found)))
    if state.of(Verificador).terminado:
        return _with(state, en_curso=False), (efectos.focus("titulo"),)
    return state, (_next(state),)


def _authorities(state: State) -> tuple[Autoridad, ...]:
    from raoce.firma.autoridades import recognise

    own = (recognise(b64decode(der)) for der in own_authorities(state).values())
    return (*(state.of(Verificador).incluidas or ()), *own)


def stop(state: State, event: Event) -> Result:
    """«Detener»: the files checked so far are the list."""
    v = state.of(Verificador)
    return _with(state, en_curso=False, total=len(v.revisados)), (efectos.focus("titulo"),)


def clear(state: State, event: Event) -> Result:
    """«Verificar otro archivo»."""
    return _with(state, total=0, revisados=(), en_curso=False), (efectos.forget_files(CAMPO), efectos.focus("titulo"))


def load_authority(state: State, event: Event) -> Result:
    """The certificate of an authority that does not come with the site: kept on the device if its SHA-256 is known."""
    from raoce.firma.autoridades import recognise

    try:
        authority = recognise(b64decode(event["contenido"]))
    except DatoInvalido as error:
        return refuse(state, error)
    der = b64encode(authority.der).decode()
    entrada = {ENTRADA + authority.sha256: der}
    state = replace(state, entradas=MappingProxyType({**state.entradas, **entrada}))
    aviso = Aviso("autoridad-agregada", {"nombre": authority.nombre})
    saved = () if state.solo_lectura else (efectos.save(entrada),)
    return replace(state, avisos=(aviso,)), (*saved, efectos.focus("avisos"))


def download_table(state: State, event: Event) -> Result:
    """«Descargar tabla (CSV)»."""
    from documentos.hojas.tabla import write

    rows = [_line(r) for r in state.of(Verificador).revisados]
    return state, (efectos.download_bytes("RAOCE_verificacion.csv", write(map(_, COLUMNAS), rows), "text/csv"),)


COLUMNAS = (
    N_("Archivo"),
    N_("Veredicto"),
    N_("Documento"),
    "RFC",
    N_("Ejercicio"),
    N_("Firmante"),
    N_("Certificado"),
    N_("Hora declarada"),
    N_("Problemas"),
    "SHA-256",
)


def _line(r: Revisado) -> tuple[str, ...]:
    v = r.verificacion
    wrong = [c.clave for c in v.comprobaciones if c.resultado == "mal"]
    return (
        r.archivo,
        v.veredicto,
        v.documento,
        v.rfc,
        str(v.ejercicio or ""),
        v.certificado.nombre if v.certificado else "",
        v.certificado.numero if v.certificado else "",
        v.momento.isoformat() if v.momento else "",
        ", ".join(wrong),
        v.sha256,
    )


LECTURA = OnDemand(("pydantic", "asn1crypto"), ("raoce.verificacion.verificacion",), SIN_ARCHIVO)

PANTALLA = Pantalla(
    eventos={
        "elegir": begin,
        "autoridades": receive_authorities,
        "archivo": check,
        "detener": stop,
        "otra": clear,
        "autoridad": load_authority,
        "descargar-tabla": download_table,
    },
    pide=dict.fromkeys(("elegir", "autoridades", "archivo", "autoridad"), LECTURA),
    pronto=LECTURA,
)
