"""The files inside a dropped zip, however nested, so that reading them can do no harm.

Nothing is believed of what a zip says about itself: what it inflates to is counted as it comes. Limits: ``MIEMBROS``
the files of a zip, ``NIVELES`` zips inside one another, ``TOTAL`` what a dropped file inflates to, ``RAZON`` times
its compressed size a file, and for each file what its kind allows.
"""

import struct
import zlib
from collections.abc import Callable, Iterator
from io import BytesIO
from typing import NamedTuple
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from raoce.base import DatoInvalido
from raoce.base.archivos import Problemas

MEGA = 1_000_000
MIEMBROS = 200_000
NIVELES = 3
TOTAL = 4_000 * MEGA
# Deflate gives at most some 1,030 times; the XML of an invoice some 10, a table of figures some 30.
RAZON = 200
SIN_RAZON = MEGA
MAXIMO_ZIP = 500 * MEGA

ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_LOCAL, _CENTRAL = b"PK\x03\x04", b"PK\x01\x02"
_LENGTHS = struct.Struct("<HH")
_BROKEN = (BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError, struct.error)


class Miembro(NamedTuple):
    """A file inside a zip. ``nombre``: with that of the zips around it, ``"a.zip/b.zip/c.xml"``."""

    nombre: str
    contenido: bytes


class Paquete:
    """Walks a dropped zip. ``limit(name)`` says how many bytes a member may have, or ``None`` to leave it alone.

    What cannot be opened goes to ``problemas`` and the walk goes on; ``ignored`` hears the names left alone.
    """

    def __init__(
        self,
        limit: Callable[[str], int | None],
        problemas: Problemas,
        ignored: Callable[[str], None],
        total: int = TOTAL,
    ) -> None:
        self._limit, self._problemas, self._ignored, self._left = limit, problemas, ignored, total

    def walk(self, nombre: str, contenido: bytes, nivel: int = 1) -> Iterator[Miembro]:
        """Its members in their order, those of nested zips in their place. Never raises for what the bytes are."""
        try:
            # Before the list is built: each of them takes memory. Nested zips that are only stored count too.
            if contenido.count(_CENTRAL) > MIEMBROS:
                raise DatoInvalido("zip-muchos", maximo=MIEMBROS)
            with ZipFile(BytesIO(contenido)) as container:
                members = container.infolist()
            yield from self._members(nombre, contenido, members, nivel)
        except _BROKEN as problem:
            self._tell(nombre, problem)

    def _members(self, nombre: str, contenido: bytes, members: list[ZipInfo], nivel: int) -> Iterator[Miembro]:
        for info in members:
            base = info.filename.rpartition("/")[2]
            # Folders, and what macOS adds beside each file.
            if not base or base.startswith("._"):
                continue
            path = f"{nombre}/{base}"
            nested = base.lower().endswith(".zip")
            limit = MAXIMO_ZIP if nested else self._limit(base)
            if limit is None:
                self._ignored(path)
                continue
            try:
                if nested and nivel == NIVELES:
                    raise DatoInvalido("zip-anidado", maximo=NIVELES)
                body = self._inflate(info, contenido, limit)
            except _BROKEN as problem:
                self._tell(path, problem)
                if self._left <= 0:
                    return
                continue
            if nested:
                yield from self.walk(path, body, nivel + 1)
                if self._left <= 0:
                    return
            else:
                yield Miembro(path, body)

    def _tell(self, nombre: str, problem: Exception) -> None:
        found = problem if isinstance(problem, DatoInvalido) else DatoInvalido("zip-danado")
        self._problemas.add(nombre, 0, found.codigo, **found.datos)

    def _inflate(self, info: ZipInfo, contenido: bytes, limit: int) -> bytes:
        """The bytes of a member. ``ZipFile.open`` does the same with four times the work, for ten kilobytes each."""
        if info.flag_bits & 1:
            raise DatoInvalido("zip-cifrado")
        start = info.header_offset
        # Of the header beside it, the lengths of its name and of what follows it are all that differs.
        if contenido[start : start + 4] != _LOCAL:
            raise DatoInvalido("zip-danado")
        start += 30 + sum(_LENGTHS.unpack_from(contenido, start + 26))
        body = memoryview(contenido)[start : start + info.compress_size]
        most = min(limit, max(SIN_RAZON, RAZON * len(body)), self._left)
        if info.compress_type == ZIP_DEFLATED:
            inflater = zlib.decompressobj(-zlib.MAX_WBITS)
            # What it inflates to, not what the zip says that it does.
            whole = inflater.decompress(body, most + 1)
        elif info.compress_type == ZIP_STORED:
            inflater, whole = None, bytes(body[: most + 1])
        else:
            raise DatoInvalido("zip-compresion")
        self._left -= len(whole)
        if len(whole) > most:
            if most == limit:
                raise DatoInvalido("archivo-grande", maximo=limit // MEGA)
            raise DatoInvalido("zip-inflado", maximo=TOTAL // MEGA)
        if (inflater and not inflater.eof) or zlib.crc32(whole) != info.CRC:
            raise DatoInvalido("zip-danado")
        return whole
