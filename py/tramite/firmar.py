"""Signing, step by step: certificate chosen → request built → signed by the page → file to download.

The private key and its password never come here: the page opens the key and signs the bytes it is given.
"""

from __future__ import annotations

import hashlib
from base64 import b64decode
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from raoce.base import DatoInvalido
from raoce.firma import Documento, practica
from raoce.firma import jws as jws
from raoce.firma.certificado import Certificado, CertificadoIlegible, Reparo, review_certificado
from tramite import efectos, sellar
from tramite.efectos import Efecto
from tramite.eventos import Event, Result
from tramite.formulario import firmado
from tramite.state import CARTA, SOLICITUD, State

if TYPE_CHECKING:
    from documentos.qr import Qr
    from raoce.solicitud.solicitud import Solicitud

# In base64 it is a third more; what is over the limit of the file could be signed and not read back.
MAXIMO = jws.MAX_BYTES * 3 // 4 - 10_000

# What asks for the signature of each kind of document.
_EVENTOS = {SOLICITUD: "firmar.solicitud", CARTA: "corregir.firmar"}

# Each failure belongs to the field at which it is shown.
CAMPO_DEL_FALLO = {"certificado": "certificado", "rfc": "certificado", "contrasena": "contrasena"}


def campo_of(codigo: str) -> str:
    """The field at which a failure of the signature is shown: certificado, llave or contrasena."""
    return CAMPO_DEL_FALLO.get(codigo.partition("-")[0], "llave")


def reparos(state: State) -> tuple[Reparo, ...]:
    """What is wrong with the certificate chosen, for the RFC of the form and the present moment."""
    certificado = state.firma.certificado
    if certificado is None:
        return ()
    found = review_certificado(certificado, state.evaluacion.valores.get("rfc", ""), state.ahora)
    # Without a readable RFC on the form there is nothing to compare with; that is said as missing.
    return tuple(r for r in found if r.codigo != "rfc-distinto" or r.datos["rfc"])


def nombre_de_archivo(state: State) -> str:
    """``RAOCE_2023_EKU9003173C9.json``"""
    return f"RAOCE_{state.evaluacion.ejercicio}_{state.evaluacion.valores['rfc']}.json"


def _with_firma(state: State, **changes: Any) -> State:
    return replace(state, firma=replace(state.firma, **changes))


def choose_certificate(state: State, event: Event) -> Result:
    """A .cer file was chosen; ``contenido`` is its base64."""
    state = _with_firma(state, fallo=None, jws=None, por_firmar=None, archivo=event["nombre"])
    try:
        certificado = Certificado.from_der(b64decode(event["contenido"]))
    except CertificadoIlegible as error:
        return _with_firma(state, certificado=None, fallo=error), ()
    return _with_firma(state, certificado=certificado), ()


def remove_certificate(state: State, event: Event) -> Result:
    """None is chosen any more."""
    return _with_firma(state, certificado=None, archivo="", fallo=None, jws=None, por_firmar=None), ()


def request(state: State, event: Event) -> Result:
    """«Firmar» was pressed: build the request and have it signed, or say what prevents it."""
    state, stopped = begin(state, SOLICITUD, ready=state.evaluacion.completo)
    if stopped is not None:
        return state, stopped
    return sign(state, _payload(build_solicitud(state)), nombre_de_archivo(state), Documento.REPORTE)


def begin(state: State, documento: str, ready: bool) -> tuple[State, tuple[Efecto, ...] | None]:
    """What a signature needs before there is anything to sign; the effects are ``None`` when nothing is missing."""
    firma = state.firma
    if firma.por_firmar:
        return state, ()  # pressed again while the page is signing
    if firma.jws and firma.documento == documento:
        return state, (efectos.focus("firma-lista"),)
    fallo = None
    if firma.certificado is None and not state.modo.nombre:
        # What was wrong with the file chosen is still true.
        of_file = firma.fallo is not None and campo_of(firma.fallo.codigo) == "certificado"
        fallo = firma.fallo if of_file else DatoInvalido("certificado-falta")
    state = _with_firma(state, documento=documento, jws=None, qr=None, fallo=fallo, intentada=True)
    if not ready or state.firma.fallo or reparos(state):
        return state, (efectos.focus("resumen-errores"),)
    if state.modo.nombre and firma.llave is None:
        return state, (efectos.create_key(_EVENTOS[documento]),)
    return state, None


def take_key(state: State, event: Event) -> Result:
    """The throw-away key of practice is made; ``llave`` is its public half. What was asked for goes on."""
    if not state.modo.nombre or not state.firma.intentada:
        return state, ()  # the case that asked for it has been left
    return _with_firma(state, llave=event["llave"]), (efectos.go_on(event["evento"]),)


def sign(state: State, payload: bytes, nombre: str, documento: Documento) -> Result:
    """Have the page sign this content, to be downloaded as ``nombre``."""
    if len(payload) > MAXIMO:
        return fail(state, {"codigo": "solicitud-grande"})
    if state.modo.nombre:
        por_firmar = practica.prepare(practica.mark(payload, state.modo.id), state.firma.llave, state.ahora)
        effect = efectos.sign_in_practice(por_firmar.signing_input)
    else:
        certificado = state.firma.certificado
        por_firmar = jws.prepare(payload, certificado, state.ahora, documento)
        effect = efectos.sign(por_firmar.signing_input, certificado.der)
    return _with_firma(state, por_firmar=por_firmar, solicitud=sellar.name(state, nombre)), (effect,)


def build_solicitud(state: State) -> Solicitud:
    from raoce.solicitud.emision import build

    return build(state.evaluacion.reporte, state.ahora.replace(microsecond=0))


def _payload(solicitud: Solicitud) -> bytes:
    from raoce.solicitud.solicitud import to_json

    return to_json(solicitud)


def fail(state: State, event: Event) -> Result:
    """The page could not open the key or sign: ``codigo`` says why."""
    state = _with_firma(state, fallo=DatoInvalido(event["codigo"]), por_firmar=None)
    return state, (efectos.focus("resumen-errores"),)


def finish(state: State, event: Event) -> Result:
    """The page has signed: ``firma`` is the signature in base64, checked before it is believed."""
    firma = state.firma
    if firma.por_firmar is None:
        return state, ()
    signature = b64decode(event["firma"])
    try:
        if state.modo.nombre:
            texto = practica.assemble(firma.por_firmar, signature)
        else:
            texto = jws.assemble(firma.por_firmar, signature, firma.certificado)
    except DatoInvalido as error:
        return fail(state, {"codigo": error.codigo})
    state = _with_firma(state, jws=texto, por_firmar=None, intentada=False, qr=_qr(state, texto))
    if firma.documento == SOLICITUD and not state.modo.nombre:
        state = _noted(state)
    return replace(state, avisos=()), (efectos.forget_key(), efectos.focus("firma-lista"))


def _noted(state: State) -> State:
    """The draft remembers that it was signed. Nothing that was signed changes, so the signature stays."""
    campos = {**state.borrador, "firmado": firmado.write(state.borrador, state.ahora)}
    instante = state.ahora.isoformat(timespec="seconds")
    return replace(state, archivero=state.archivero.with_abierto(campos, instante))


def sha256_of(texto: str) -> str:
    """SHA-256 of the signed file, by which a printed report names it."""
    return hashlib.sha256(texto.encode()).hexdigest()


def _qr(state: State, texto: str) -> Qr:
    """The code on the printed review: file name, RFC, ejercicio and SHA-256."""
    from documentos.qr import make

    ev = state.evaluacion
    return make("\n".join((state.firma.solicitud, ev.valores["rfc"], str(ev.ejercicio), sha256_of(texto))))


def download(state: State, event: Event) -> Result:
    if state.firma.jws is None:
        return state, ()
    return state, (efectos.download(state.firma.solicitud, state.firma.jws),)
