"""What «Corregir un reporte» alone knows: the files that go with the letter."""

from dataclasses import dataclass, field

from tramite.state import Parte


@dataclass(frozen=True, slots=True)
class Anexo:
    """A file that goes with the e-mail of a letter. The page holds it; ``datos`` only while the e-mail is made."""

    nombre: str
    bytes: int
    mime: str = ""
    datos: bytes | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Envio(Parte):
    """``anexos``: the files chosen; ``para``: what they are being gathered for, «correo» or «firma»."""

    anexos: tuple[Anexo, ...] = ()
    para: str = ""
