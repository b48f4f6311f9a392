"""SCORM 1.2 packages: the portable page and, for each case of practice, a small page that reports to the LMS.

One SCO a case. Everything is in one HTML file beside them since what LMSs say of the type of .mjs, .wasm or .whl, and
the paths that they allow, differ. The schemas of IMS and ADL are not in the package: their licence does not say that
they may be.
"""

import hashlib
import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import jinja2

from construir.base import proyecto
from construir.base.rutas import CASES
from construir.ruedas import paquete
from construir.ruedas.paquete import Pack
from idiomas import EN, ES, N_
from idiomas.salas import catalogue_of

PARTS = Path(__file__).parent
MANIFEST = "imsmanifest.xml"
PAGE = "raoce.html"
SHARED = (PAGE, "scorm.js", "scorm.css")
TITLE = N_("RAOCE: casos de práctica")
MASTERY = 80
# What some LMSs still take of a file, in bytes.
LARGEST = 15_000_000
# IMS Content Packaging 1.1.2
LONGEST_TITLE = 200
LANGUAGES = {ES: "es-MX", EN: "en"}


@dataclass(frozen=True)
class Caso:
    """A case of practice as the package needs it."""

    id: str
    titulo: str
    orden: int

    @property
    def ruta(self) -> str:
        return f"casos/{self.id}.html"


def read_cases(folder: Path = CASES, idioma: str = ES) -> list[Caso]:
    """The cases of `folder`, in their order, with their titles in a language."""
    say = catalogue_of(idioma, "casos").gettext
    paths = [path for path in folder.glob("*.toml") if not path.name.startswith("_")]
    tables = {path.stem: tomllib.loads(path.read_text(encoding="utf-8")) for path in paths}
    cases = [Caso(id, say(table["titulo"]), table["orden"]) for id, table in tables.items()]
    return sorted(cases, key=lambda caso: (caso.orden, caso.id))


def choose(cases: Sequence[Caso], ids: Sequence[str]) -> list[Caso]:
    """The `cases` with these `ids`, in the order of `ids`; without ids, all. Raises `ValueError` with those known."""
    by_id = {caso.id: caso for caso in cases}
    if unknown := [id for id in ids if id not in by_id]:
        raise ValueError(f"There is no case {', '.join(unknown)}. The cases are: {', '.join(by_id) or 'none yet'}.")
    chosen = [by_id[id] for id in dict.fromkeys(ids)] if ids else list(cases)
    if not chosen:
        raise ValueError("There are no cases of practice to pack.")
    return chosen


def build(
    page: bytes, cases: Sequence[Caso], title: str | None = None, mastery: int = MASTERY, idioma: str = ES
) -> Pack:
    """The files of the package: `page` is the portable page; `mastery`, the points of 100 that pass a case; without a
    `title`, our own in the language."""
    says = catalogue_of(idioma, "scorm")
    title = says.gettext(TITLE) if title is None else title
    if not 0 <= mastery <= 100:
        raise ValueError(f"A case is passed with 0 to 100 points, not with {mastery}.")
    for caso in cases:
        if not re.fullmatch(r"[a-z0-9-]+", caso.id):
            raise ValueError(f"The name of a case has lower-case letters, digits and hyphens alone: {caso.id!r}")
    for text in (title, *(caso.titulo for caso in cases)):
        if not 0 < len(text) <= LONGEST_TITLE or re.search(r"[\x00-\x1f]", text):
            raise ValueError(f"A title is one line of 1 to {LONGEST_TITLE} characters: {text!r}")
    parts = jinja2.Environment(
        loader=jinja2.FileSystemLoader(PARTS),
        autoescape=True,
        extensions=["jinja2.ext.i18n"],
        undefined=jinja2.StrictUndefined,
        keep_trailing_newline=True,
    )
    parts.policies["ext.i18n.trimmed"] = True
    parts.install_gettext_callables(says.gettext, says.ngettext, newstyle=True)
    known = {
        "identificador": identifier(cases, idioma),
        "idioma": idioma,
        "lengua": LANGUAGES[idioma],
        "version": proyecto.VERSION,
        "titulo": title,
        "aprobar": mastery,
        "casos": cases,
        "comunes": SHARED,
    }
    pages = {caso.ruta: parts.get_template("caso.html").render(known, caso=caso).encode() for caso in cases}
    shared = {name: page if name == PAGE else (PARTS / name).read_bytes() for name in SHARED}
    return {MANIFEST: parts.get_template(MANIFEST).render(known).encode()} | pages | shared


def identifier(cases: Sequence[Caso], idioma: str = ES) -> str:
    """The name by which an LMS tells a new version of a course from another course: it follows from its cases and its
    language alone.

    >>> identifier([Caso("fecha-prosec", "Fecha", 10)])
    'raoce-practica-3b5198d2'
    >>> identifier([Caso("fecha-prosec", "Date", 10)], "en")
    'raoce-practica-3b5198d2-en'
    """
    ids = " ".join(sorted(caso.id for caso in cases))
    name = f"raoce-practica-{hashlib.sha256(ids.encode()).hexdigest()[:8]}"
    return name if idioma == ES else f"{name}-{idioma}"


def write(pack: Pack, target: Path) -> None:
    """Zip `pack` as `target`. Raises `ValueError`, and leaves `target` as it was, when that would be too large."""
    draft = target.with_suffix(".tmp")
    paquete.write(pack, draft)
    size = draft.stat().st_size
    if size > LARGEST:
        draft.unlink()
        raise ValueError(f"The package would have {size:,} bytes, and it may have {LARGEST:,}.")
    draft.replace(target)
