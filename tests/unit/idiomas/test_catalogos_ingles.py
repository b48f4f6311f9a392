"""The English catalogues: whole, true to what the screens say, the same places for data, the glossary's terms."""

import re
from collections import Counter
from functools import cache
from io import BytesIO

import pytest
from babel.messages.pofile import read_po

import catalogos_de_idiomas as tool
from construir.base.rutas import ROOT

PLACES = re.compile(r"%\(\w+\)[sd]|{\w*(?:[:!][^}]*)?}|</?\w+[^>]*>")
# What is the same in both languages: names, marks, figures, words that both have.
SAME = set((ROOT / "tests" / "casos" / "ingles" / "iguales.txt").read_text(encoding="utf-8").splitlines())


@cache
def extracted():
    return tool.extract()


@cache
def catalogue(room):
    return [m for m in read_po(BytesIO((tool.CATALOGUES / f"{room}.po").read_bytes())) if m.id]


def pairs(room):
    """Each Spanish sentence of a room with its English, plural forms one by one."""
    for message in catalogue(room):
        if isinstance(message.id, tuple):
            yield from zip(message.id, message.string, strict=True)
        else:
            yield message.id, message.string


ROOMS = sorted(path.stem for path in tool.CATALOGUES.glob("*.po"))
by_room = pytest.mark.parametrize("room", ROOMS)


def test_there_is_a_catalogue_for_each_room_that_says_something():
    assert set(extracted()) == set(ROOMS)


@by_room
def test_it_has_the_sentences_of_its_room_and_no_others(room):
    assert [m.id for m in catalogue(room)] == [m.id for m in extracted()[room] if m.id], (
        "run tools/catalogos_de_idiomas.py"
    )


@by_room
def test_every_sentence_has_a_translation_with_the_same_places_for_data(room):
    for spanish, english in pairs(room):
        assert english.strip(), spanish
        assert Counter(PLACES.findall(spanish)) == Counter(PLACES.findall(english)), (spanish, english)


@by_room
def test_no_translation_is_the_spanish_unless_it_is_listed(room):
    assert [es for es, en in pairs(room) if es == en and es not in SAME] == []


def test_what_several_rooms_say_is_said_alike():
    said = {}
    for room in ROOMS:
        for spanish, english in pairs(room):
            assert said.setdefault(spanish, english) == english, spanish


# Words that the United States writes otherwise, or has another for: «tick» is “select” or “check”.
BRITISH = re.compile(
    r"\b(cancell(ed|ing)|(un)?tick(s|ed|ing)?|programmes?|colours?|favours?|favourites?|honours?|labour"
    r"|catalogues?|neighbour\w*|(author|organ|recogn|summar|final)is(e[sd]?|ing|ation)|licences?|centres?|metres?|cheques?|whilst)\b",
    re.IGNORECASE,
)


@by_room
def test_the_english_is_that_of_the_united_states(room):
    assert [en for _, en in pairs(room) if BRITISH.search(PLACES.sub(" ", en))] == []


GLOSSARY = ROOT / "docs" / "glosario.md"
# Words of Spanish that are other words too: «bien» is also “well”, «escrito», “typed”.
OTHER_WORDS = {"bien", "escrito, carta de corrección"}
# Besides what the glossary says first, what it allows afterwards, or what a name of something else asks for.
ALSO = {
    "reporte anual": ("annual foreign trade report", "annual report"),
    "ejercicio": ("year", "exercise", "practice"),
    "programa": ("application", "software"),
    "pedimento": ("entry", "entries", "document codes"),
    "compromiso": ("commitment",),
    "plazo": ("period", "time", "due", "term", "days", "late"),
    "suspensión": ("suspend",),
    "cancelación": ("cancel",),
    "acuse": ("acknowledgment", "acuses"),
    "folio": ("uuid", "folio"),
    "aviso": ("notice", "warning", "reminder", "alert"),
}


def first_name(term):
    return re.sub(r"\s*\(.*?\)", "", term).strip()


def glossary():
    for line in GLOSSARY.read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("|") and cells[0] not in ("español", "---") and cells[0] not in OTHER_WORDS:
            yield first_name(cells[0]), first_name(cells[1])


@pytest.mark.parametrize(("spanish", "english"), list(glossary()))
def test_the_terms_are_those_of_the_glossary(spanish, english):
    word = re.compile(rf"\b{re.escape(spanish)}(s|es)?\b", re.IGNORECASE)
    # Without its last letter: «entry» has «entries».
    allowed = [term.lower()[:-1] for term in (english, *ALSO.get(spanish, ()))]
    for room in ROOMS:
        for said, translation in pairs(room):
            if word.search(PLACES.sub(" ", said)):
                assert any(term in translation.lower() for term in allowed), (said, translation)
