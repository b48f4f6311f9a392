"""Workbooks of Excel 97 to 2003 (.xls), made here: a stream of records in a container of sectors.

Layouts: [MS-CFB] for the container, [MS-XLS] for the records. Only what a reader of cells looks at.
"""

from struct import pack

SECTOR, ENTRY = 512, 128
FREE, END, IS_FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
LABEL, NUMBER, SST, LABEL_SST, DIMENSIONS, BOUNDSHEET, EOF = 0x204, 0x203, 0xFC, 0xFD, 0x200, 0x85, 0x0A


def record(kind, body=b""):
    return pack("<HH", kind, len(body)) + body


def bof(kind):
    """5: of the workbook; 16: of a sheet."""
    return record(0x809, pack("<HHHHII", 0x600, kind, 0, 0, 0, 0))


def cell(row, column, value):
    place = pack("<HHH", row, column, 0)
    if isinstance(value, int | float):
        return record(NUMBER, place + pack("<d", value))
    return record(LABEL, place + pack("<HB", len(value), 1) + value.encode("utf-16-le"))


def shared(count, *texts):
    """The texts that cells share, and how many it says there are."""
    return record(SST, pack("<II", count, count) + b"".join(pack("<HB", len(t), 0) + t for t in texts))


def stream(*cells, before=b"", sheets=1, position=None):
    """The records of a workbook whose sheets are one and the same; ``before``: others among those of the workbook."""
    names = [f"Hoja{n}".encode() for n in range(sheets)]
    start = bof(5) + before
    at = len(start) + sum(4 + 8 + len(name) for name in names) + 4
    place = pack("<I", at if position is None else position)
    bound = b"".join(record(BOUNDSHEET, place + pack("<BBBB", 0, 0, len(n), 0) + n) for n in names)
    return start + bound + record(EOF) + bof(16) + b"".join(cells) + record(EOF)


def table(*rows):
    """A workbook of one sheet with these rows."""
    return container(stream(*(cell(r, c, value) for r, row in enumerate(rows) for c, value in enumerate(row))))


def container(body, name="Workbook", chain=None, length=None):
    """The file around a stream. ``chain``: where each of its sectors goes on; ``length``: what it says to have."""
    body = body.ljust(4096, b"\0")
    count = -(-len(body) // SECTOR)
    fats = 1
    while (2 + count + fats - 1) > fats * SECTOR // 4:
        fats += 1
    first = fats + 1
    links = [IS_FAT] * fats + [END] + (chain or [first + n + 1 for n in range(count - 1)] + [END])
    table = pack(f"<{fats * SECTOR // 4}I", *links, *[FREE] * (fats * SECTOR // 4 - len(links)))
    places = list(range(fats)) + [FREE] * (109 - fats)
    counts = (0, fats, fats, 0, 4096, END, 0, END, 0)
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    head += pack("<9I", *counts) + pack("<109I", *places)
    directory = entry("Root Entry", 5, END, 0, child=1) + entry(name, 2, first, length or len(body))
    return head + table + directory.ljust(SECTOR, b"\0") + body.ljust(count * SECTOR, b"\0")


def entry(name, kind, start, length, child=FREE):
    text = (name + "\0").encode("utf-16-le")
    return text.ljust(64, b"\0") + pack("<HBBIII36xIQ", len(text), kind, 1, FREE, FREE, child, start, length)


def small_container(body):
    """The file around a stream of less than 4096 bytes, which is kept in sectors of 64, the last of them first."""
    count = -(-len(body) // 64)
    parts = [body[n * 64 : (n + 1) * 64].ljust(64, b"\0") for n in range(count)]
    inside = b"".join(reversed(parts))
    sectors = -(-len(inside) // SECTOR)
    links = [IS_FAT, END, END, *range(4, 3 + sectors), END]
    table = pack(f"<{SECTOR // 4}I", *links, *[FREE] * (SECTOR // 4 - len(links)))
    short = pack(f"<{SECTOR // 4}I", END, *range(count - 1), *[FREE] * (SECTOR // 4 - count))
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    head += pack("<9I", 0, 1, 1, 0, 4096, 2, 1, END, 0) + pack("<109I", 0, *[FREE] * 108)
    directory = entry("Root Entry", 5, 3, len(inside), child=1) + entry("Workbook", 2, count - 1, len(body))
    return head + table + directory.ljust(SECTOR, b"\0") + short + inside.ljust(sectors * SECTOR, b"\0")
