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
WORDS = re.compile(r"[^\W\d_]{2}")
# An address, a code, the name of a field: nothing that is said.
CODE = re.compile(r"https?:\S+|[\w.@/-]*[\d_@/][\w.@/-]*|[a-z]+(-[a-z]+)+")
ENTRADA = (0, 2)  # of ``Entrada(nombre, valor, unidad)``, what is said
KEYWORDS = {"_": None, "gettext": None, "N_": None, "Frase": None, "ngettext": (1, 2)}


def is_said(texto: str) -> bool:
    """
    >>> is_said("Falta el RFC."), is_said("criterio-propio"), is_said("se-2025"), is_said("99")
    (True, False, False, False)
    """
    return bool(WORDS.search(texto)) and not CODE.fullmatch(texto)


def tables(fileobj: BinaryIO, keywords: Any, comment_tags: Any, options: Mapping[str, str]) -> Iterator[Message]:
    """The texts of a file ``.toml``; with the option ``claves``, those under these keys and no other."""
    source = fileobj.read().decode("utf-8")
    only = options.get("claves", "").split()
    for clave, texto in _texts(tomllib.loads(source)):
        if is_said(texto) and (not only or clave in only):
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
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Entrada":
            for place in ENTRADA:
                argument = node.args[place] if place < len(node.args) else None
                if isinstance(argument, ast.Constant) and isinstance(argument.value, str) and is_said(argument.value):
                    yield argument.lineno, None, argument.value, []
