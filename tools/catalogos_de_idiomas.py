"""Bring the catalogues up to date with what the screens say: `py/idiomas/en/*.po`, one for each room.

Sentences that are new come without a translation, those that nobody says any more go. Says how many are missing.
"""

import sys
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po, write_po
from babel.util import pathmatch

from construir.base.rutas import ROOT
from construir.idiomas.extraer import KEYWORDS

LANGUAGE = "en"
CATALOGUES = ROOT / "py" / "idiomas" / LANGUAGE
SOURCES = (
    *("py/**/*.html", "py/**/*.py", "py/**/*.toml", "index.html"),
    *("tests/casos/practica/*.toml", "tools/construir/scorm/*"),
)


def room_of(path: str) -> str:
    """The catalogue that says what a file says: that of its screen, or of its package.

    >>> room_of("py/pantallas/plazos/vista.py"), room_of("py/pantallas/comunes/situacion/tarjeta.py")
    ('plazos', 'comunes')
    >>> room_of("py/raoce/reglas/plazos.toml"), room_of("index.html"), room_of("tests/casos/practica/dolares.toml")
    ('raoce', 'pagina', 'casos')
    """
    match path.split("/"):
        case ["py", "pantallas", room, _, *_]:
            return room
        case ["py", "pantallas", _]:
            return "comunes"
        case ["py", package, *_]:
            return package
        case ["tests", *_]:
            return "casos"
        case ["tools", "construir", package, *_]:
            return package
        case _:
            return "pagina"


def extract() -> dict[str, Catalog]:
    """The sentences of every room, without translations."""
    methods, options = parse_mapping_cfg((ROOT / "babel.cfg").open(encoding="utf-8"), "babel.cfg")
    rooms: dict[str, Catalog] = {}
    for path in sorted({p for pattern in SOURCES for p in ROOT.glob(pattern)}):
        name = path.relative_to(ROOT).as_posix()
        method, pattern = next(((m, p) for p, m in methods if pathmatch(p, name)), (None, ""))
        if method is None or "/idiomas/" in name:
            continue
        found = extract_from_file(method, path, keywords=KEYWORDS, options=options.get(pattern, {}))
        for line, message, comments, context in found:
            catalog = rooms.setdefault(room_of(name), Catalog(locale=LANGUAGE))
            catalog.add(message, locations=[(name, line)], auto_comments=comments, context=context)
    return rooms


def renewed(extracted: Catalog, path: Path) -> Catalog:
    """The sentences of a room with the translations that its catalogue has."""
    known = read_po(BytesIO(path.read_bytes()), locale=LANGUAGE) if path.exists() else Catalog(locale=LANGUAGE)
    fresh = Catalog(
        locale=LANGUAGE, project="RAOCE", fuzzy=False, header_comment="# English, beside the Spanish of the screens."
    )
    for message in extracted:
        if message.id:
            told = known.get(message.id, message.context)
            string = told.string if told and not told.fuzzy else None
            # Without the line: every change of a file would change its catalogue.
            places = sorted({place for place, _ in message.locations})
            fresh.add(message.id, string, locations=[(place, 0) for place in places], context=message.context)
    return fresh


def write(catalog: Catalog, path: Path) -> None:
    file = BytesIO()
    write_po(file, catalog, width=0, include_lineno=False, sort_output=False, omit_header=False)
    lines = [line for line in file.getvalue().decode().splitlines(True) if "-Date:" not in line]
    path.write_text("".join(lines), encoding="utf-8")


def main() -> None:
    missing = 0
    rooms = extract()
    for room, extracted in sorted(rooms.items()):
        path = CATALOGUES / f"{room}.po"
        catalog = renewed(extracted, path)
        write(catalog, path)
        without = [m for m in catalog if m.id and not (all(m.string) if isinstance(m.string, tuple) else m.string)]
        missing += len(without)
        print(f"{room:12} {len(catalog):5} sentences, {len(without)} without a translation")
    for path in CATALOGUES.glob("*.po"):
        if path.stem not in rooms:
            path.unlink()
    sys.exit(f"{missing} sentences have no translation." if missing else None)


if __name__ == "__main__":
    main()
