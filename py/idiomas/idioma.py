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
# What only the build says: the cases of practice, a file for each language, and the packages for an LMS.
APARTE = frozenset({"casos", "scorm"})

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
    return GNUTranslations(BytesIO(compile_catalogue(idioma)))


@cache
def catalogue_of(idioma: str, sala: str) -> NullTranslations:
    """The sentences of one room alone, for what is made from the repository. Raises ``FileNotFoundError``."""
    if idioma == ES:
        return NullTranslations()
    return GNUTranslations(BytesIO(_compile(idioma, [AQUI / idioma / f"{sala}.po"])))


def compile_catalogue(idioma: str) -> bytes:
    """The ``.mo`` of all the rooms of a language that the page itself says."""
    return _compile(idioma, [path for path in sorted((AQUI / idioma).glob("*.po")) if path.stem not in APARTE])


def _compile(idioma: str, rooms: list[Path]) -> bytes:
    from babel.messages.catalog import Catalog
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    whole = Catalog(locale=idioma)
    for path in rooms:
        for message in read_po(BytesIO(path.read_bytes()), locale=idioma):
            if message.id and message.string and not message.fuzzy:
                whole.add(message.id, message.string, context=message.context)
    file = BytesIO()
    write_mo(file, whole)
    return file.getvalue()
