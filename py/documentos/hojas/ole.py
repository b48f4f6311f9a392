"""The container of the old Office: a stream out of it, and a new container around a stream. Layout: [MS-CFB].

Nothing that it says of itself is believed: no chain of sectors is followed for longer than the file has sectors.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from struct import error, pack, unpack_from

from raoce.base import DatoInvalido

FIRMA = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_CUTOFF = 4096  # bytes: shorter streams live in sectors of ``_MINI`` inside the stream of the root
_MINI, _ENTRY = 64, 128
_USED = 0xFFFFFFFA  # numbers from here on are no sectors
_FAT, _END, _FREE = 0xFFFFFFFD, 0xFFFFFFFE, 0xFFFFFFFF
_IN_HEADER = 109  # places of the table of sectors that the header has room for


def stream(datos: bytes, *names: str) -> tuple[str, bytes]:
    """The first of these streams that there is, and its name. Raises ``DatoInvalido`` (``hoja-danada``).

    >>> stream(around("Workbook", b"x" * 5000), "Book", "Workbook") == ("Workbook", b"x" * 5000)
    True
    """
    try:
        return _stream(datos, names)
    except (IndexError, error, LookupError) as problem:
        raise DatoInvalido("hoja-danada") from problem


def _stream(datos: bytes, names: Sequence[str]) -> tuple[str, bytes]:
    shift = unpack_from("<H", datos, 30)[0]
    if shift not in (9, 12):
        raise LookupError("size of the sectors")
    size = 1 << shift
    table = _table(datos, size)
    root_of_entries, _, _, mini_table, _, _, _ = unpack_from("<7I", datos, 48)
    entries = _chain(datos, size, table, root_of_entries)
    found = {}
    for at in range(0, len(entries) - _ENTRY + 1, _ENTRY):
        name = entries[at : at + 64].decode("utf-16-le", "replace").partition("\0")[0]
        start, length, high = unpack_from("<III", entries, at + 116)
        found.setdefault(name, (start, length + (high << 32) * (shift == 12)))
        if not at:
            root = start, length
    name = next(n for n in (*names, "") if n in found or not n)
    start, length = found[name]
    if length > len(datos):
        raise LookupError("length")
    if length >= _CUTOFF:
        return name, _chain(datos, size, table, start, length)
    inside = _chain(datos, size, table, root[0], min(root[1], len(datos)))
    links = memoryview(_chain(datos, size, table, mini_table)).cast("I")
    return name, _chain(inside, _MINI, links, start, length, first=0)


def _table(datos: bytes, size: int) -> Sequence[int]:
    """Of each sector, the one that follows it."""
    places = list(unpack_from(f"<{_IN_HEADER}I", datos, 76))
    most = len(datos) // size // (size // 4) + 1  # what lies beyond says nothing of the sectors there are
    more = unpack_from("<I", datos, 68)[0]
    while more < _USED and len(places) <= _IN_HEADER + most:
        *others, more = unpack_from(f"<{size // 4}I", datos, (more + 1) * size)
        places += others
    used = [n for n in places if n < _USED][:most]
    return memoryview(b"".join(_sector(datos, size, n) for n in used)).cast("I")


def _sector(datos: bytes, size: int, number: int, first: int = 1) -> bytes:
    """Of a file cut short the last one may be short; beyond that there is none."""
    body = datos[(number + first) * size : (number + first + 1) * size]
    if not body:
        raise LookupError("sector")
    return body.ljust(size, b"\0")


def _chain(
    datos: bytes, size: int, table: Sequence[int], start: int, length: int | None = None, first: int = 1
) -> bytes:
    """The sectors from ``start`` on, as far as ``length`` goes, if one is given."""
    most = len(datos) // size + 1 if length is None else -(-length // size)
    body = b"".join(_sector(datos, size, n, first) for n in _followed(table, start, most))
    return body if length is None else body[:length]


def _followed(table: Sequence[int], number: int, most: int) -> Iterator[int]:
    for _ in range(most):
        if number == _END:
            return
        yield number
        number = table[number]


def around(name: str, body: bytes) -> bytes:
    """A container with this stream and nothing else."""
    size = 4096  # with the larger of both sizes the header holds the whole table, for 400 MB
    body = body.ljust(_CUTOFF, b"\0")
    count = -(-len(body) // size)
    tables = -(-(count + 2) // (size // 4 - 1))
    start = tables + 1
    links = [*[_FAT] * tables, _END, *range(start + 1, start + count), _END]
    table = pack(f"<{len(links)}I", *links).ljust(tables * size, b"\xff")
    head = FIRMA + bytes(16) + pack("<HHHHH6x", 0x3E, 4, 0xFFFE, 12, 6)
    head += pack("<9I", 1, tables, tables, 0, _CUTOFF, _END, 0, _END, 0)
    head += pack(f"<{_IN_HEADER}I", *range(tables), *[_FREE] * (_IN_HEADER - tables))
    # The parser wants the stream of the root to begin somewhere, although there is nothing in it.
    entries = _entry("Root Entry", 5, start, 0, 1) + _entry(name, 2, start, len(body), _FREE)
    return b"".join((head.ljust(size, b"\0"), table, entries.ljust(size, b"\0"), body.ljust(count * size, b"\0")))


def _entry(name: str, kind: int, start: int, length: int, child: int) -> bytes:
    text = (name + "\0").encode("utf-16-le")
    return text.ljust(64, b"\0") + pack("<HBBIII36xIQ", len(text), kind, 1, _FREE, _FREE, child, start, length)
