"""What Babel does not know how to read: our tables of sentences, and the sentences that our code puts together."""

import ast
import re
import tomllib
from collections.abc import Collection, Iterator, Mapping
from io import BytesIO
from typing import Any, BinaryIO

from babel.messages.extract import extract_python

from tramite.casos.dichos import told

Message = tuple[int, str | None, str | tuple[str, ...], list[str]]
LETTER = re.compile(r"[^\W\d_]")
WORDS = re.compile(r"[^\W\d_]{2}")
# Where a ``Frase`` puts its data: a sentence of nothing else is said in every language.
PLACES = re.compile(r"\{\w*\}")
# An address, a code, the name of a field: nothing that is said.
CODE = re.compile(r"https?:\S+|[\w.@/-]*[\d_@/][\w.@/-]*|[a-z]+(-[a-z]+)+")
# Of ``Frase(plantilla, …)`` and of ``Entrada(nombre, valor, unidad)``, what is said.
SAID = {"Frase": (0,), "Entrada": (0, 2)}
KEYWORDS = {"_": None, "gettext": None, "N_": None, "ngettext": (1, 2)}
# Of a rule, what a reader meets, and the units with which neither unit nor value is told: see ``Regla.texto``.
RULE = {"titulo", "nombre", "razon", "nota", "motivo"}
UNTOLD = {"regla", "lista", "día y mes", "último día hábil del mes"}


def is_said(texto: str) -> bool:
    """
    >>> is_said("Falta el RFC."), is_said("criterio-propio"), is_said("se-2025"), is_said("99")
    (True, False, False, False)
    >>> is_said("{una} o {otra}"), is_said("{titulo}."), is_said("«{columna}»")
    (True, False, True)
    """
    left = PLACES.sub("", texto)
    if "«" in left:  # English has other quotation marks
        return True
    return bool((WORDS if left == texto else LETTER).search(left)) and not CODE.fullmatch(texto)


def tables(fileobj: BinaryIO, keywords: Any, comment_tags: Any, options: Mapping[str, str]) -> Iterator[Message]:
    """The texts of a file ``.toml``."""
    source = fileobj.read().decode("utf-8")
    for _, texto in _texts(tomllib.loads(source)):
        if is_said(texto):
            yield _line(source, texto), None, texto, []


def rules(fileobj: BinaryIO, keywords: Any, comment_tags: Any, options: Mapping[str, str]) -> Iterator[Message]:
    """What a reader is told of a file of rules."""
    source = fileobj.read().decode("utf-8")
    for rule in tomllib.loads(source).values():
        told = isinstance(rule, Mapping) and rule.get("unidad") not in UNTOLD
        for clave, texto in _texts(rule):
            if is_said(texto) and (clave in RULE or (told and clave in ("unidad", "valor"))):
                yield _line(source, texto), None, texto, []


def _texts(tabla: Any, clave: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(tabla, str):
        yield clave, tabla
    elif isinstance(tabla, Mapping):
        for name, value in tabla.items():
            yield from _texts(value, name)
    elif isinstance(tabla, list):
        for value in tabla:
            yield from _texts(value, clave)


def _line(source: str, texto: str) -> int:
    return source.count("\n", 0, max(source.find(texto.split("\n")[0]), 0)) + 1


def cases(fileobj: BinaryIO, keywords: Any, comment_tags: Any, options: Mapping[str, str]) -> Iterator[Message]:
    """What a learner is told of a case of practice: nothing of its data, its keys or its codes."""
    source = fileobj.read().decode("utf-8")
    found: list[str] = []
    told(tomllib.loads(source), lambda texto: found.append(texto) or texto)
    for texto in found:
        # «RT», «IMMEX 45-2018»: a cell that holds a code.
        if is_said(texto) and texto != texto.upper():
            yield _line(source, texto), None, texto, []


def code(
    fileobj: BinaryIO, keywords: Any, comment_tags: Collection[str], options: Mapping[str, str]
) -> Iterator[Message]:
    """What the code marks with ``_`` or ``N_``, puts together in a ``Frase``, or calls an ``Entrada``."""
    source = fileobj.read()
    yield from extract_python(BytesIO(source), KEYWORDS, comment_tags, {"encoding": "utf-8"})
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            for place in SAID.get(getattr(node.func, "id", ""), ()):
                argument = node.args[place] if place < len(node.args) else None
                if isinstance(argument, ast.Constant) and isinstance(argument.value, str) and is_said(argument.value):
                    yield argument.lineno, None, argument.value, []
