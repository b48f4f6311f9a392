"""What happens in «Corregir un reporte»: what was presented, the right figures, the letter and its e-mail."""

from base64 import b64decode
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time
from functools import partial
from typing import Any

import idiomas
from pantallas.comunes.bajo_demanda import FIRMA, PAPEL, sin_archivo
from pantallas.corregir.carta import Correccion
from pantallas.corregir.estado import Anexo, Envio
from raoce.base import DatoInvalido
from raoce.carta.redaccion import build, write_mensaje
from raoce.firma import Documento
from tramite import efectos, firmar, sellar
from tramite.borradores.reporte import read_report
from tramite.eventos import Event, Pantalla, Result
from tramite.formulario.campos import FIGURAS
from tramite.formulario.evaluacion import Aviso, held
from tramite.rechazar import refuse
from tramite.state import CARTA, State

CAMPO = "anexos"
MAXIMO_ANEXO = 20 * 1024 * 1024 + 1
PDF, EML = "application/pdf", "message/rfc822"


@dataclass(frozen=True, slots=True)
class _Reporte:
    """What a file says of a report, as fields of the form."""

    campos: Mapping[str, str]

    @property
    def identidad(self) -> tuple[str, str]:
        return self.campos.get("rfc", ""), self.campos.get("ejercicio", "")

    def figures(self, lado: str) -> dict[str, str]:
        return {f"{lado}_{k}": self.campos.get(k, "") for k in FIGURAS}


def open_presented(state: State, event: Event) -> Result:
    """«Archivo presentado»: its report becomes the draft, and its figures what it says.

    A draft of the same company and ejercicio stays as it is: only what was presented is taken from the file.
    """
    try:
        reporte = _Reporte(read_report(event["texto"], state.hoy))
    except DatoInvalido as error:
        return refuse(state, error)
    if not _is_same(state, reporte):
        state = state.with_archivero(state.archivero.open_new()).with_borrador(dict(reporte.campos))
    goods = reporte.campos.get("bienes", "")
    said = {**reporte.figures("dice"), **({"dice_bienes": goods} if goods else {})}
    state = state.with_borrador({**state.borrador, **said})
    state = replace(state, tocados=state.tocados | frozenset(state.borrador))
    return replace(state, avisos=(Aviso("presentado-abierto", {}),)), (efectos.focus("avisos"),)


def _is_same(state: State, reporte: _Reporte) -> bool:
    """Is the draft on the screen the one of that report: company, ejercicio, programmes?"""
    draft = state.borrador
    programmes = [held(campos) for campos in (draft, reporte.campos)]
    names = [campos.get("razon_social", "") for campos in (draft, reporte.campos)]
    identity = (draft.get("rfc", ""), str(state.evaluacion.ejercicio))
    return reporte.identidad == identity and programmes[0] == programmes[1] and names[0] == names[1]


def open_right(state: State, event: Event) -> Result:
    """«Archivo con los datos correctos»: its figures and goods are what the report must say."""
    try:
        reporte = _Reporte(read_report(event["texto"], state.hoy))
        if reporte.identidad != (state.borrador.get("rfc", ""), str(state.evaluacion.ejercicio)):
            raise DatoInvalido("correccion-de-otro")
    except DatoInvalido as error:
        return refuse(state, error)
    right = {**reporte.figures("debe"), "bienes": reporte.campos.get("bienes", "")}
    state = state.with_borrador({**state.borrador, **right})
    return replace(state, avisos=(Aviso("correcto-abierto", {}),)), (efectos.focus("avisos"),)


def take_draft(state: State, event: Event) -> Result:
    """«Tomar las cantidades del borrador»: what is in the form is what was presented."""
    draft = state.borrador
    said = _Reporte(draft).figures("dice") | {"dice_bienes": draft.get("bienes", "")}
    return state.with_borrador({**draft, **said}), (efectos.focus("debe_ventas"),)


def suggest(state: State, event: Event) -> Result:
    """The cause offered goes to its field."""
    causa = Correccion(state.evaluacion).causa_sugerida
    return state.with_borrador({**state.borrador, "causa": causa}), (efectos.focus("causa"),)


def restore(state: State, event: Event) -> Result:
    """«Restablecer»: a text as it is by default."""
    draft = {k: v for k, v in state.borrador.items() if k != event["campo"]}
    return state.with_borrador(draft), (efectos.focus(event["campo"]),)


def name_of(state: State, extension: str) -> str:
    """``RAOCE_carta_2023_EKU9003173C9.pdf``"""
    ev = state.evaluacion
    return f"RAOCE_carta_{ev.ejercicio}_{ev.valores.get('rfc', '')}.{extension}"


def _incomplete(state: State) -> Result | None:
    """What keeps the letter from being written: said, and the reader is led there."""
    correccion = Correccion(state.evaluacion)
    if correccion.lista:
        return None
    return replace(state, revisadas=state.revisadas | {"corregir"}), (efectos.focus("resumen-errores"),)


# The letter, its e-mail and what is signed are Spanish, whatever the page speaks.
SPANISH = idiomas.using(idiomas.ES)


@SPANISH
def write_pdf(state: State) -> tuple[str, bytes]:
    """The name of the letter and the letter."""
    from documentos.carta_pdf import make

    c = Correccion(state.evaluacion)
    # Dated as the letter: the same letter gives the same file, whose hash is signed.
    moment = datetime.combine(c.datos.fecha, time(12), UTC)
    return sellar.seal(state, name_of(state, "pdf"), partial(make, build(c.datos, c.editados), moment))


def download_pdf(state: State, event: Event) -> Result:
    """«Descargar PDF»."""
    if stopped := _incomplete(state):
        return stopped
    return state, (efectos.download_bytes(*write_pdf(state), PDF),)


def download_word(state: State, event: Event) -> Result:
    """«Descargar Word»: the page writes it, with a library of its own."""
    if stopped := _incomplete(state):
        return stopped
    return state, (efectos.write_word(*write_plain(state)),)


@SPANISH
def write_plain(state: State) -> tuple[str, dict[str, Any]]:
    """The name of the letter in Word, and the letter."""
    from documentos.carta import to_plain

    c = Correccion(state.evaluacion)
    carta = partial(to_plain, build(c.datos, c.editados), state.ahora)
    return sellar.seal(state, name_of(state, "docx"), carta)


def _with(state: State, **changes: object) -> State:
    return state.having(replace(state.of(Envio), **changes))


def choose_annexes(state: State, event: Event) -> Result:
    """Files were chosen or dropped: the page keeps them until the e-mail is made."""
    found = tuple(Anexo(a["nombre"], int(a["bytes"])) for a in event["archivos"])
    return _with(state, anexos=found), ()


def forget_annexes(state: State, event: Event) -> Result:
    return _with(state, anexos=()), (efectos.forget_files(CAMPO), efectos.focus(CAMPO))


def download_mail(state: State, event: Event) -> Result:
    """«Descargar correo (.eml)»: the annexes are asked for one by one, and then it is made."""
    if stopped := _incomplete(state):
        return stopped
    if _too_heavy(state):
        return refuse(state, DatoInvalido("correo-grande", maximo=20))
    return _gather(_without_data(state), "correo")


def sign_letter(state: State, event: Event) -> Result:
    """«Firmar la carta»: its text, and the hash of its PDF and of each annex."""
    state = replace(state, revisadas=state.revisadas | {"corregir"})
    correccion = Correccion(state.evaluacion)
    if _too_heavy(state):
        return refuse(state, DatoInvalido("correo-grande", maximo=20))
    state, stopped = firmar.begin(state, CARTA, ready=correccion.lista)
    if stopped is not None:
        return state, stopped
    return _gather(_without_data(state), "firma")


def _too_heavy(state: State) -> bool:
    return sum(a.bytes for a in state.of(Envio).anexos) >= MAXIMO_ANEXO


def _without_data(state: State) -> State:
    return _with(state, anexos=tuple(replace(a, datos=None) for a in state.of(Envio).anexos))


def receive_annex(state: State, event: Event) -> Result:
    """One of the annexes: ``contenido`` is its base64."""
    anexos, waiting = state.of(Envio).anexos, _waiting(state)
    if waiting is None:
        return state, ()
    if event.get("fallo"):
        return refuse(state, DatoInvalido("archivo-ilegible", archivo=anexos[waiting].nombre))
    come = replace(anexos[waiting], datos=b64decode(event["contenido"]), mime=event.get("mime", ""))
    state = _with(state, anexos=(*anexos[:waiting], come, *anexos[waiting + 1 :]))
    return _gather(state, state.of(Envio).para)


def _waiting(state: State) -> int | None:
    """The place of the first annex that has not come."""
    return next((n for n, a in enumerate(state.of(Envio).anexos) if a.datos is None), None)


def _gather(state: State, para: str) -> Result:
    """Ask for the next annex; when all have come, make what they are for: «correo» or «firma»."""
    waiting = _waiting(state)
    if waiting is not None:
        return _with(state, para=para), (efectos.read(CAMPO, waiting, "corregir.anexo", MAXIMO_ANEXO),)
    return _mail(state) if para == "correo" else _sign(state)


@SPANISH
def _sign(state: State) -> Result:
    from raoce.carta.carta_firmada import build as build_signed
    from raoce.carta.carta_firmada import describe, to_json

    c, ev = Correccion(state.evaluacion), state.evaluacion
    files = [write_pdf(state), *((a.nombre, a.datos) for a in state.of(Envio).anexos)]
    moment = state.ahora.replace(microsecond=0)
    try:
        found = [describe(nombre, datos) for nombre, datos in files]
        letter = build(c.datos, c.editados)
        signed = build_signed(letter, c.datos.rfc, ev.ejercicio, c.datos.folio, c.datos.presentacion, found, moment)
    except DatoInvalido as error:
        return refuse(state, error)
    return firmar.sign(
        _without_data(state), to_json(signed), f"RAOCE_{ev.ejercicio}_{c.datos.rfc}_carta.json", Documento.CARTA
    )


@SPANISH
def _mail(state: State) -> Result:
    from documentos.correo import Adjunto, make

    c = Correccion(state.evaluacion)
    mensaje = write_mensaje(c.datos, c.editados)
    nombre, datos = write_pdf(state)
    letter = Adjunto(nombre, PDF, datos)
    annexes = [Adjunto(a.nombre, a.mime or "application/octet-stream", a.datos) for a in state.of(Envio).anexos]
    write = partial(make, mensaje.destinatarios, mensaje.asunto, mensaje.cuerpo, (letter, *annexes), c.datos.correo)
    try:
        archivo = sellar.seal(state, name_of(state, "eml"), write)
    except DatoInvalido as error:
        return refuse(state, error)
    return _without_data(state), (efectos.download_bytes(*archivo, EML),)


CARTA_EN_PDF = replace(PAPEL, modules=("documentos.carta_pdf",))
CORREO = replace(
    PAPEL,
    packages=(*PAPEL.packages, "stdlib-correo"),
    modules=(*CARTA_EN_PDF.modules, "documentos.correo", "email.policy"),
)
CARTA_FIRMADA = replace(
    FIRMA, packages=(*FIRMA.packages, *PAPEL.packages), modules=(*FIRMA.modules, *CARTA_EN_PDF.modules)
)

PANTALLA = Pantalla(
    eventos={
        "abrir-presentado": open_presented,
        "abrir-correcto": open_right,
        "tomar-borrador": take_draft,
        "usar-causa": suggest,
        "restablecer": restore,
        "descargar-carta": download_pdf,
        "descargar-word": download_word,
        "descargar-correo": download_mail,
        "firmar": sign_letter,
        "anexos": choose_annexes,
        "quitar-anexos": forget_annexes,
        "anexo": receive_annex,
    },
    pide={
        "abrir-presentado": sin_archivo(FIRMA),
        "abrir-correcto": sin_archivo(FIRMA),
        "descargar-carta": CARTA_EN_PDF,
        "descargar-correo": CORREO,
        "firmar": CARTA_FIRMADA,
        "anexo": CORREO,
    },
)
