"""An e-mail as a draft (`.eml`, RFC 5322) that the filer opens in her own program, looks over and sends."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from documentos.leyendas import texts
from documentos.sello import with_sello
from raoce.base import DatoInvalido

MAXIMO = 20
MEGA = 1024 * 1024
# Where what was written in practice goes: nowhere, wherever it is sent from (RFC 2606).
NADIE = "practica@raoce.invalid"
# Base64 and quoted-printable never write `=_`: it cannot come up inside a part. Fixed, for the same bytes every time.
_BOUNDARY = "=_raoce_borrador_="


@dataclass(frozen=True, slots=True)
class Adjunto:
    """A file that goes with the message. ``mime`` is ``type/subtype``."""

    nombre: str
    mime: str
    datos: bytes


def make(
    destinatarios: Sequence[str],
    asunto: str,
    cuerpo: str,
    adjuntos: Sequence[Adjunto] = (),
    de: str = "",
    fecha: datetime | None = None,
    sello: str = "",
) -> bytes:
    """The draft, marked as not sent (``X-Unsent``). Without ``fecha`` it has none: the program that sends it puts it.

    With a ``sello`` subject and text begin with it, and it goes to ``NADIE`` instead of to ``destinatarios``.
    Raises ``DatoInvalido("correo-grande", maximo=20)`` when the files together are over 20 MB.
    """
    if sum(len(adjunto.datos) for adjunto in adjuntos) > MAXIMO * MEGA:
        raise DatoInvalido("correo-grande", maximo=MAXIMO)
    # In the browser this half of `email` is a package, `stdlib-correo`, that comes when a draft is asked for.
    from email.message import EmailMessage
    from email.policy import SMTP

    message = EmailMessage(policy=SMTP)
    message["X-Unsent"] = "1"
    message["To"] = NADIE if sello else ", ".join(map(_line, destinatarios))
    if de:
        message["From"] = _line(de)
    message["Subject"] = _line(with_sello(sello, asunto))
    if fecha:
        message["Date"] = fecha
    if sello:
        cuerpo = "\n\n".join((sello, texts()["practica"]["correo"].format(direccion=NADIE), cuerpo))
    message.set_content(cuerpo, cte="quoted-printable")
    for adjunto in adjuntos:
        maintype, _, subtype = adjunto.mime.partition("/")
        message.add_attachment(adjunto.datos, maintype=maintype, subtype=subtype, filename=_line(adjunto.nombre))
    if adjuntos:
        message.set_boundary(_BOUNDARY)
    return message.as_bytes()


def _line(texto: str) -> str:
    """On one line: a header ends with it."""
    return " ".join(texto.split())
