"""The capture sheet («Hoja de captura»): what is to be typed in VUCEM, screen by screen, in the order of its fields."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Dato:
    """A field of VUCEM. ``valor`` is exactly what is typed there; ``automatico``: VUCEM fills or computes it.

    ``etiqueta`` is always what VUCEM shows, in Spanish; ``traduccion`` the same in the reader's language, if another.
    """

    etiqueta: str
    valor: str
    automatico: bool = False
    nota: str = ""
    traduccion: str = ""


@dataclass(frozen=True, slots=True)
class Bloque:
    """A screen, or part of one. ``filas`` are the goods produced, under the headings ``columnas``.

    ``traduccion`` is of ``titulo`` and ``traducciones`` are of ``columnas``, where the reader's language is another.
    """

    titulo: str
    datos: tuple[Dato, ...] = ()
    columnas: tuple[str, ...] = ()
    filas: tuple[tuple[str, ...], ...] = ()
    notas: tuple[str, ...] = ()
    traduccion: str = ""
    traducciones: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class HojaDeCaptura:
    """``empresa`` and ``rfc`` may still be empty; ``avisos`` are reminders that hold for the whole capture."""

    ejercicio: int
    empresa: str
    rfc: str
    bloques: tuple[Bloque, ...]
    avisos: tuple[str, ...]
