"""The catalogues as they are in the repository, a ``.po`` for each room: what the build and the tests read."""

from functools import cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path

AQUI = Path(__file__).parent
# What only the build says: the cases of practice, a file for each language, and the packages for an LMS.
APARTE = frozenset({"casos", "scorm"})


@cache
def catalogue_of(idioma: str, sala: str) -> NullTranslations:
    """The sentences of one room alone, for what is made from the repository. Raises ``FileNotFoundError``."""
    if not (AQUI / idioma).is_dir():  # Spanish is what the rooms are written in
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
