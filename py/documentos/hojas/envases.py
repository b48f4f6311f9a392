"""What a file is, by its bytes, and that reading it can do no harm.

A workbook is a zip: its parts are inflated here, counted, and handed on in a zip of our own, so that what was
measured is what is parsed. Limits: ``MAXIMO`` bytes the file, ``MAXIMO_INFLADO`` its parts, ``MAXIMO_CELDAS`` the
rectangle from A1 to the last cell in use, which the parser takes memory for. Those of Excel 97 to 2003 are measured by
``biff``, and those of LibreOffice while they are read, by ``odf``.
"""

import re
import zlib
from collections.abc import Iterator, Mapping
from io import BytesIO
from types import MappingProxyType
from typing import NamedTuple
from zipfile import BadZipFile, ZipFile, ZipInfo

from documentos.hojas import biff, ole
from raoce.base import DatoInvalido

MEGA = 1_000_000
MAXIMO = 50 * MEGA
MAXIMO_INFLADO = 200 * MEGA
MAXIMO_PARTES = 5_000
MAXIMO_CELDAS = 4 * MEGA
BLOQUE = 1 << 18

LIBRO, ODF, MANIFIESTO = "xl/workbook.xml", "content.xml", "META-INF/manifest.xml"
# The libraries themselves are listed in every workbook that somebody opened the editor of macros in.
_MACRO_ODF = re.compile(r"Scripts/.*[^/]$|Basic/(?!.*(script|dialog)-l[bc]\.xml$).*[^/]$")

ZIP = (b"PK\x03\x04", b"PK\x05\x06")
# What is no table, though some of it would pass for text.
OTROS = (b"%PDF", b"\x89PNG", b"GIF8", b"\xff\xd8\xff", b"{\\rtf", b"<", b"{")
BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))

# What follows the name of an element. One that is never closed reaches to the end, so that it is looked at once.
ATRIBUTOS = rb"""((?:[^>"']++|"[^"]*"|'[^']*')*+)(?:[>"']|\Z)"""
_PLACE = re.compile(rb"<(?:\w+:)?(row|c)(?=[\s/>])" + ATRIBUTOS)
_REFERENCE = re.compile(rb"""(?:^|\s)r\s*=\s*["']([A-Za-z]*)(\d{1,9})["']""")
_SHARED = re.compile(rb"""\st\s*=\s*["']s["'][^>]*(?:>|\Z)(?:\s*<(?:\w+:)?v>\s*(\d{1,9})\s*<)?""")


class Envase(NamedTuple):
    """One of three: ``libro``, a workbook of Excel that can be parsed; ``odf``, the XML of one of LibreOffice;
    ``texto``. ``partes``: those of ``libro`` by their name, where it is a zip."""

    libro: bytes | None = None
    texto: str | None = None
    odf: bytes | None = None
    partes: Mapping[str, bytes] = MappingProxyType({})


def open_file(datos: bytes) -> Envase:
    """What the bytes of a file hold, whatever it is called.

    Raises ``DatoInvalido``: ``hoja-vacia``, ``hoja-grande``, ``hoja-tipo``, ``hoja-danada``, ``hoja-inflada``,
    ``hoja-extensa``, ``hoja-cifrada``, ``hoja-macros``.

    >>> open_file(b"\\xef\\xbb\\xbfFracci\\xc3\\xb3n;Bien").texto
    'Fracción;Bien'
    """
    if len(datos) > MAXIMO:
        raise DatoInvalido("hoja-grande", maximo=MAXIMO // MEGA)
    if not datos.strip():
        raise DatoInvalido("hoja-vacia")
    if datos.startswith(ZIP):
        return _zip(datos)
    if datos.startswith(ole.FIRMA):
        return Envase(libro=_ole(datos))
    return Envase(texto=decode(datos))


def decode(datos: bytes) -> str:
    """Text in UTF-8, in UTF-16 with its mark, or in Windows-1252, which is what Excel writes in Spanish."""
    encoding = next((name for mark, name in BOMS if datos.startswith(mark)), None)
    if not encoding and datos.lstrip().startswith(OTROS):
        raise DatoInvalido("hoja-tipo")
    for name in [encoding] if encoding else ["utf-8", "cp1252"]:
        try:
            texto = datos.decode(name)
            break
        except UnicodeDecodeError:
            continue
    else:
        raise DatoInvalido("hoja-danada" if encoding else "hoja-tipo")
    if re.search(r"[\x00-\x08\x0e-\x1f]", texto):
        raise DatoInvalido("hoja-tipo")
    return texto


def _ole(datos: bytes) -> bytes:
    """An Excel of 1997 to 2003. The names of what the container holds are in it in UTF-16."""

    def holds(*names: str) -> bool:
        return any(name.encode("utf-16-le") in datos for name in names)

    if holds("EncryptedPackage"):
        raise DatoInvalido("hoja-cifrada")
    if not holds("Workbook\0", "Book\0"):
        # Word, PowerPoint, a message of Outlook; else it has lost the list of what it holds.
        others = holds("WordDocument", "PowerPoint Document", "__properties_version")
        raise DatoInvalido("hoja-tipo" if others else "hoja-danada")
    if holds("_VBA_PROJECT"):
        raise DatoInvalido("hoja-macros")
    return biff.measured(datos, MAXIMO_CELDAS, MAXIMO_INFLADO)


def _zip(datos: bytes) -> Envase:
    try:
        with ZipFile(BytesIO(datos)) as container:
            parts = _inflate(container)
    except (BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError) as problem:
        if isinstance(problem, DatoInvalido):
            raise
        raise DatoInvalido("hoja-danada") from problem
    if LIBRO not in parts:
        return Envase(odf=parts.get(ODF, b""))
    _measure(parts)
    checked = BytesIO()
    with ZipFile(checked, "w") as container:
        for name, body in parts.items():
            # A date of its own: without one, it would be that of the clock.
            container.writestr(ZipInfo(name), body)
    return Envase(libro=checked.getvalue(), partes=parts)


def _inflate(container: ZipFile) -> dict[str, bytes]:
    """The parts of a workbook that say something of its cells, by their name."""
    infos = container.infolist()
    names = {info.filename for info in infos}
    if "encrypted-package" in names:
        raise DatoInvalido("hoja-cifrada")
    if not names & {LIBRO, ODF}:
        raise DatoInvalido("hoja-tipo")
    if any(name.endswith("vbaProject.bin") or _MACRO_ODF.match(name) for name in names):
        raise DatoInvalido("hoja-macros")
    if any(info.flag_bits & 1 for info in infos):
        raise DatoInvalido("hoja-cifrada")
    if len(infos) > MAXIMO_PARTES or sum(info.file_size for info in infos) > MAXIMO_INFLADO:
        raise DatoInvalido("hoja-inflada", maximo=MAXIMO_INFLADO // MEGA)
    parts, left = {}, MAXIMO_INFLADO
    for info in infos:
        blocks = []
        for block in _blocks(container, info):
            left -= len(block)
            if left < 0:
                raise DatoInvalido("hoja-inflada", maximo=MAXIMO_INFLADO // MEGA)
            if info.filename.endswith((".xml", ".rels")):
                blocks.append(block)
        if blocks:
            parts[info.filename] = b"".join(blocks)
    if LIBRO not in parts and b"encryption-data" in parts.get(MANIFIESTO, b""):
        raise DatoInvalido("hoja-cifrada")
    if b"macroEnabled" in parts.get("[Content_Types].xml", b""):
        raise DatoInvalido("hoja-macros")
    return parts


def _blocks(container: ZipFile, info: ZipInfo) -> Iterator[bytes]:
    """What a part inflates to, not what the zip says that it does: the reader would stop there."""
    info.file_size = MAXIMO_INFLADO + 1
    with container.open(info) as part:
        while block := part.read(BLOQUE):
            yield block


def _measure(parts: Mapping[str, bytes]) -> None:
    """That the cells in use, and the texts that they share, fit in memory once they are spread out."""
    cells = sum(_rectangle(body) for body in parts.values())
    if cells > MAXIMO_CELDAS:
        raise DatoInvalido("hoja-extensa")
    texts = [len(t) for t in re.split(rb"<(?:\w+:)?si(?=[\s/>])", parts.get("xl/sharedStrings.xml", b""))[1:]]
    longest = max(texts, default=0)
    total = 0
    for found in (f for name, body in parts.items() if "worksheets" in name for f in _SHARED.finditer(body)):
        total += texts[int(found[1])] if found[1] and int(found[1]) < len(texts) else longest
    if total > MAXIMO_INFLADO:
        raise DatoInvalido("hoja-inflada", maximo=MAXIMO_INFLADO // MEGA)


def _rectangle(xml: bytes) -> int:
    """Rows by columns from A1 to the last cell that holds something, of a sheet's XML.

    >>> _rectangle(b'<row r="2"><c r="C2"><v>1</v></c></row><row><c/><c s="1"><v>2</v></c></row>')
    9
    """
    row = column = rows = columns = 0
    for tag in _PLACE.finditer(xml):
        reference = _REFERENCE.search(tag[2])
        if tag[1] == b"row":
            row, column = int(reference[2]) if reference else row + 1, 0
        else:
            column = _number(reference[1]) if reference else column + 1
            row = int(reference[2]) if reference else max(row, 1)
            if not tag[2].endswith(b"/"):
                rows, columns = max(rows, row), max(columns, column)
    return rows * columns


def _number(letters: bytes) -> int:
    """
    >>> _number(b"A"), _number(b"XFD")
    (1, 16384)
    """
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number
