"""What an Excel of 1997 to 2003 holds, measured before it is parsed. Layout: [MS-XLS].

The parser believes what such a workbook says of its own size, and takes memory for it: a file of five thousand bytes
may ask for more than there is, and then Python is gone. So the records that say something of cells are gone through
here, counted, and written into a workbook of our own, without any other: what was measured is what is parsed.
"""

from __future__ import annotations

from collections.abc import Iterator
from struct import Struct, error, pack

from documentos.hojas import ole
from raoce.base import DatoInvalido

_CONTINUE, _EOF, _SHEET, _TEXTS, _LOCKED = 0x3C, 0x0A, 0x85, 0xFC, 0x2F
_FORMULA, _STRING, _NUMBERS, _SHARED = 0x06, 0x207, 0xBD, 0xFD
# Beginning, code page, first day, formats of numbers.
_OF_WORKBOOK = frozenset((0x809, 0x42, 0x22, 0x41E, 0xE0))
# Numbers, texts, true or false.
_CELLS = frozenset((0x203, 0x204, 0x205, 0x27E, _NUMBERS, _SHARED, _FORMULA))
_OF_SHEET = _CELLS | {0x809, _STRING}
_HEAD, _PAIR, _LONG = Struct("<HH"), Struct("<HH"), Struct("<I")
_VALUE = 20  # bytes of a formula up to its text, which nobody asks for


def measured(datos: bytes, celdas: int, letras: int) -> bytes:
    """The workbook with its cells and nothing else, if they are at most so many, those that are empty included, and
    their shared texts at most so long together.

    Raises ``DatoInvalido``: ``hoja-danada``, ``hoja-cifrada``, ``hoja-extensa``, ``hoja-inflada``.
    """
    name, body = ole.stream(datos, "Workbook", "Book")
    try:
        return ole.around(name, _Workbook(body, celdas, letras).written())
    except (error, IndexError, ValueError) as problem:
        if isinstance(problem, DatoInvalido):
            raise
        raise DatoInvalido("hoja-danada") from problem


class _Workbook:
    def __init__(self, body: bytes, celdas: int, letras: int):
        self._body = body
        self._most = celdas
        self._cells = self._left = celdas
        self._letters, self._most_letters = letras, letras
        self._texts: list[int] = []

    def written(self) -> bytes:
        head: list[bytes] = []
        sheets: list[tuple[int, bytes]] = []
        for kind, at, end in self._records(0):
            if kind == _LOCKED:
                raise DatoInvalido("hoja-cifrada")
            if kind == _SHEET:
                sheets.append((_LONG.unpack_from(self._body, at + 4)[0], self._body[at + 8 : end]))
            elif kind == _TEXTS:
                parts = [self._body[at:end], *self._continued(end)]
                self._texts = list(_lengths(parts))
                head += parts
            elif kind in _OF_WORKBOOK:
                head.append(self._body[at:end])
        places = [place for place, _ in sheets]
        if len(set(places)) < len(places):
            raise DatoInvalido("hoja-danada")  # a sheet read time and again
        bodies = [b"".join(self._sheet(place)) for place in places]
        at = sum(map(len, head)) + sum(8 + len(rest) for _, rest in sheets) + 4
        for (_, rest), body in zip(sheets, bodies, strict=True):
            head.append(_HEAD.pack(_SHEET, 4 + len(rest)) + pack("<I", at) + rest)
            at += len(body)
        return b"".join((*head, _HEAD.pack(_EOF, 0), *bodies))

    def _records(self, at: int) -> Iterator[tuple[int, int, int]]:
        """Kind, beginning and end of each, up to that which ends the workbook or the sheet."""
        body, most = self._body, len(self._body)
        if at >= most:
            raise DatoInvalido("hoja-danada")
        while at + 4 <= most:
            kind, length = _HEAD.unpack_from(body, at)
            end = at + 4 + length
            if end > most:
                raise DatoInvalido("hoja-danada")
            if kind == _EOF:
                return
            self._left -= 1
            if not self._left:
                raise DatoInvalido("hoja-extensa")
            yield kind, at, end
            at = end

    def _continued(self, at: int) -> Iterator[bytes]:
        """The records from here on that continue the one before."""
        for kind, start, end in self._records(at):
            if kind != _CONTINUE:
                return
            yield self._body[start:end]

    def _sheet(self, place: int) -> Iterator[bytes]:
        body, texts = self._body, self._texts
        rows = columns = 0
        for kind, at, end in self._records(place):
            if kind not in _OF_SHEET:
                continue
            if kind in _CELLS:
                row, column = _PAIR.unpack_from(body, at + 4)
                last = column + (end - at - 10) // 6 - 1 if kind == _NUMBERS else column
                rows, columns = max(rows, row + 1), max(columns, last + 1)
                if kind == _SHARED:
                    index = _LONG.unpack_from(body, at + 10)[0]
                    self._letters -= texts[index] if index < len(texts) else 0
            if kind == _FORMULA:
                yield _HEAD.pack(_FORMULA, _VALUE + 2) + body[at + 4 : at + 4 + _VALUE].ljust(_VALUE + 2, b"\0")
            else:
                yield body[at:end]
            if rows * columns > self._cells:
                raise DatoInvalido("hoja-extensa")
            if self._letters < 0:
                raise DatoInvalido("hoja-inflada", maximo=self._most_letters // 1_000_000)
        self._cells -= rows * columns
        yield _HEAD.pack(_EOF, 0)


def _lengths(parts: list[bytes]) -> Iterator[int]:
    """How many letters each of the shared texts has, as far as there are any.

    >>> list(_lengths([_HEAD.pack(_TEXTS, 15) + pack("<II", 9, 9) + pack("<HB", 3, 0) + b"ab", bytes(4) + b"\\0c"]))
    [3]
    """
    part, at, rest = parts[0], 12, iter(parts[1:])
    while True:
        if at >= len(part):
            part, at = next(rest, b""), 4
        if at + 3 > len(part):
            return
        letters, flags = int.from_bytes(part[at : at + 2], "little"), part[at + 2]
        at += 3
        extra = 0
        if flags & 8:  # its fonts
            extra += 4 * int.from_bytes(part[at : at + 2], "little")
            at += 2
        if flags & 4:  # how it is pronounced
            extra += int.from_bytes(part[at : at + 4], "little")
            at += 4
        yield letters
        wide, left = flags & 1, letters
        while left:
            taken = min(left, (len(part) - at) >> wide)
            left -= taken
            at += taken << wide
            if left:
                part, at = next(rest, b""), 5
                if len(part) < 5:
                    return
                wide = part[4] & 1
        while extra:
            taken = min(extra, max(len(part) - at, 0))
            extra -= taken
            at += taken
            if extra:
                part, at = next(rest, b""), 4
                if not part:
                    return
