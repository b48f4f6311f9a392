"""What of a screen in English is Spanish: every word that is said, but for the terms listed and what is marked so."""

import re
from functools import cache
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path

from babel.messages.pofile import read_po

import catalogos_de_idiomas as tool

# One a line: names of the law, of VUCEM and of the SAT, which have no other.
LISTED = Path(__file__).parents[1] / "casos" / "ingles" / "terminos.txt"
WORD = re.compile(r"[^\W\d_]+")
OF_SPANISH = re.compile(r"[áéíóúñü¿¡«»]", re.IGNORECASE)
# Words so short or so common that a sentence in Spanish has some of them, whatever it says.
COMMON = {
    *("de", "la", "las", "los", "el", "del", "que", "en", "con", "para", "por", "una", "un", "se"),
    *("su", "sus", "sin", "al", "lo", "es", "son", "esta", "este", "y", "o", "tu", "tus", "como"),
    *("cuando", "desde", "hasta", "sobre", "entre", "ya", "hay", "cada", "todo", "todos", "todas", "si", "ni", "muy"),
    *("otro", "otra", "esto", "eso", "le", "les", "fue", "ser", "sea", "puede", "debe", "falta"),
}
SAID = ("aria-label", "title", "placeholder", "alt")
VOID = {"input", "br", "img", "hr", "meta", "link", "progress", "wbr"}
# What is shown as it is: keys, addresses, what a machine reads.
AS_IT_IS = {"code", "pre", "svg", "script", "textarea"}


class _Said(HTMLParser):
    """Texts and spoken attributes, without what is marked as Spanish."""

    def __init__(self):
        super().__init__()
        self.texts, self.stack = [], []

    def handle_starttag(self, tag, attributes):
        found = dict(attributes)
        hidden = bool(self.stack and self.stack[-1][1]) or found.get("lang", "en").startswith("es") or tag in AS_IT_IS
        if not hidden:
            self.texts += [found[name] for name in SAID if found.get(name)]
        if tag not in VOID:
            self.stack.append((tag, hidden))

    def handle_endtag(self, tag):
        while self.stack and self.stack.pop()[0] != tag:
            pass

    def handle_data(self, data):
        if data.strip() and not (self.stack and self.stack[-1][1]):
            self.texts.append(" ".join(data.split()))


def said(html: str) -> list[str]:
    """The texts of a screen that claim to be English."""
    parser = _Said()
    parser.feed(html)
    return parser.texts


@cache
def _vocabularies() -> tuple[frozenset[str], frozenset[str]]:
    spanish, english = set(), set()
    for path in tool.CATALOGUES.glob("*.po"):
        for message in read_po(BytesIO(path.read_bytes())):
            ids = message.id if isinstance(message.id, tuple) else (message.id,)
            strings = message.string if isinstance(message.string, tuple) else (message.string,)
            for text in ids:
                spanish |= words(text)
            for text in strings:
                english |= words(_without_listed(text))
    return frozenset(spanish), frozenset(english)


def words(text: str) -> set[str]:
    return {word.lower() for word in WORD.findall(text)}


@cache
def _listed() -> re.Pattern[str]:
    terms = [line for line in LISTED.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    return re.compile("|".join(rf"\b{re.escape(t)}\b" for t in sorted(terms, key=len, reverse=True)), re.IGNORECASE)


def _without_listed(text: str) -> str:
    return _listed().sub(" ", text)


def spanish_in(html: str, data: str = "") -> set[str]:
    """The texts of a screen that have Spanish words. ``data``: what was typed, whose words may be any."""
    spanish, english = _vocabularies()
    typed = words(data)
    found = set()
    for text in said(html):
        rest = words(_without_listed(text)) - typed
        if rest & COMMON or rest & (spanish - english) or any(OF_SPANISH.search(word) for word in rest):
            found.add(text)
    return found
