"""Which language is spoken, and its catalogue: gettext's own ``.mo``, which the build makes of ``en/*.po``.

The screens and what is downloaded from them speak the language of the state; outside of ``using`` it is Spanish, so
that what is signed, and what goes to the authority, is Spanish without asking.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path

ES, EN = "es", "en"
IDIOMAS = (ES, EN)
AQUI = Path(__file__).parent
COMPILADO = "frases.mo"

_current: ContextVar[str] = ContextVar("idioma", default=ES)


class IdiomaAusente(Exception):
    """The catalogue of a language has not come yet."""


def current() -> str:
    return _current.get()


@contextmanager
def using(idioma: str) -> Iterator[None]:
    """What is said within it is said in this language. Raises ``IdiomaAusente``."""
    catalogue(idioma)
    before = _current.set(idioma)
    try:
        yield
    finally:
        _current.reset(before)


@cache
def catalogue(idioma: str) -> NullTranslations:
    """The sentences of a language. In the browser they come compiled; elsewhere they are compiled here."""
    if idioma == ES:
        return NullTranslations()
    compiled = AQUI / idioma / COMPILADO
    if compiled.exists():
        return GNUTranslations(BytesIO(compiled.read_bytes()))
    if not list(compiled.parent.glob("*.po")):
        raise IdiomaAusente(idioma)
    from idiomas.salas import compile_catalogue

    return GNUTranslations(BytesIO(compile_catalogue(idioma)))
