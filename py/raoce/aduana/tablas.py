"""A text of the Data Stage as columns, a block of lines at a time: fields between pipes, headings in the first line.

Quotes are just characters. Of a whole block the fields asked for are found at once, which takes less than splitting it,
since no text is made of the others; only a block in which some line is not as wide as the headings is taken line by
line.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from raoce.base import DatoInvalido
from raoce.base.texto import plain

MAXIMO_RENGLON = 1_000_000
MAXIMO_COLUMNAS = 400
_BLANK = re.compile(r"[|\s\x1a]*")


class Bloque(NamedTuple):
    """``columnas``: those asked for, in that order, a list of texts each; ``lineas``: the line each row stands in."""

    columnas: list[list[str]]
    lineas: Sequence[int]


class Texto:
    """Lines of bytes as text, in blocks that end where a line does. ``linea``: that of the first of the block."""

    def __init__(self, bloques: Iterator[bytes], problema: Callable[..., None]):
        self.bloques, self.problema = bloques, problema
        self.linea = 1
        self.codificacion = "utf-8"

    def blocks(self) -> Iterator[str]:
        """``problema(linea, codigo, **datos)`` hears of lines beyond ``MAXIMO_RENGLON``, which are left out."""
        rest, dropping = b"", False
        first = True
        for block in self.bloques:
            if first:
                block, first = block.removeprefix(b"\xef\xbb\xbf"), False
            if dropping:
                _, end, block = block.partition(b"\n")
                if not end:
                    continue
                dropping = False
                self.linea += 1
            cut = block.rfind(b"\n") + 1
            if cut:
                yield from self._decoded(rest + block[:cut])
                rest = block[cut:]
            else:
                rest += block
            if len(rest) > MAXIMO_RENGLON:
                self.problema(self.linea, "aduana-largo", maximo=MAXIMO_RENGLON)
                rest, dropping = b"", True
        if rest:
            yield from self._decoded(rest)

    def _decoded(self, lines: bytes) -> Iterator[str]:
        try:
            text = lines.decode(self.codificacion)
        except UnicodeDecodeError:
            # Once one line is not UTF-8, none of the file is.
            self.codificacion = "latin-1"
            text = lines.decode("latin-1")
        if "\n" not in text:  # a short file of an old Mac; a long one is a line too long
            text = text.replace("\r", "\n")
        yield text
        self.linea += text.count("\n")


class Encabezados:
    """The place of each heading, written in any way; of two alike, the first."""

    def __init__(self, renglon: str):
        names = renglon.split("|")
        if len(names) > MAXIMO_COLUMNAS:
            raise DatoInvalido("aduana-ancho", maximo=MAXIMO_COLUMNAS)
        while names and not names[-1].strip():
            names.pop()
        self.ancho = len(names)
        self.lugares: dict[str, int] = {}
        for place, name in enumerate(names):
            self.lugares.setdefault(compact(name), place)

    def missing(self, columnas: Sequence[str]) -> list[str]:
        return [c for c in columnas if compact(c) not in self.lugares]

    def place(self, columna: str) -> int | None:
        return self.lugares.get(compact(columna))


def compact(encabezado: str) -> str:
    """
    >>> compact("Sección Aduanera"), compact("MedioTransporteEntrada_Salida")
    ('seccionaduanera', 'mediotransporteentradasalida')
    """
    return plain(encabezado[:100]).replace(" ", "")


def split(text: str, linea: int, ancho: int, lugares: Sequence[int], problema: Callable[..., None]) -> Bloque:
    """The columns at ``lugares`` of a block of lines, each of ``ancho`` fields with or without a pipe at the end.

    >>> split('1|"a|x|\\n2|b|y|\\n', 2, 3, [0, 1], print)
    Bloque(columnas=[['1', '2'], ['"a', 'b']], lineas=range(2, 4))
    >>> split('1|a\\n\\n2|b|\\n3|c|d|e\\n', 2, 2, [0, 1], lambda *a, **data: print(*a, data))
    5 aduana-campos {'hay': 4, 'esperados': 2}
    Bloque(columnas=[['1', '2'], ['a', 'b']], lineas=[2, 4])
    """
    if not text.endswith("\n"):
        text += "\n"
    pipe = text.endswith(("|\n", "|\r\n"))
    rows = _rows(ancho, pipe, *lugares).findall(text)
    # Each row found begins a line, so where there are as many as lines, each is a whole one.
    if len(rows) == text.count("\n") and "\0" not in text:
        found = dict(zip(sorted(lugares), map(list, zip(*rows, strict=True)), strict=True))
        return Bloque([found[place] for place in lugares], range(linea, linea + len(rows)))
    return _line_by_line(text, linea, ancho, lugares, problema)


@lru_cache(maxsize=8)
def _rows(ancho: int, pipe: bool, *lugares: int) -> re.Pattern[str]:
    """A line of ``ancho`` fields, with a pipe at the end or without; the fields asked for, two or more, are groups.

    A field is whatever is no pipe, and its end is found several times sooner than with anything else left out too.
    """
    fields = ["[^|]*+"] * (ancho - 1) + ["[^|]*+" if pipe else "[^|\r\n]*+"]
    asked = [f"({field})" if place in lugares else field for place, field in enumerate(fields)]
    end = r"\|" if pipe else ""
    return re.compile("^" + r"\|".join(asked) + end + r"\r?\n", re.MULTILINE)


def _line_by_line(text: str, linea: int, ancho: int, lugares: Sequence[int], problema: Callable[..., None]) -> Bloque:
    rows, lines = [], []
    for n, line in enumerate(text.replace("\r\n", "\n").removesuffix("\n").split("\n"), linea):
        # Wide lines are counted before they are split.
        pipes = line.count("|")
        if _BLANK.fullmatch(line):
            continue
        if "\0" in line:
            problema(n, "aduana-nulos")
        elif pipes + 1 == ancho or (pipes == ancho and not line[line.rindex("|") + 1 :].strip()):
            fields = line.split("|")
            rows.append([fields[p] for p in lugares])
            lines.append(n)
        else:
            problema(n, "aduana-campos", hay=pipes + (not line.endswith("|")), esperados=ancho)
    columns = [list(c) for c in zip(*rows, strict=True)] if rows else [[] for _ in lugares]
    return Bloque(columns, lines)
