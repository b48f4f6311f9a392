"""What a dropped file holds, out of zips and zips of zips, a block of bytes at a time.

Nothing is inflated that nobody reads. Limits: ``MAXIMO`` bytes a file, ``MAXIMO_INFLADO`` all that comes out of it and
``RAZON`` times its own size, ``MAXIMO_PARTES`` entries, ``MAXIMO_NIVELES`` zips one inside another.
"""

import re
import struct
import zlib
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import PurePosixPath
from typing import IO, NamedTuple
from zipfile import BadZipFile, ZipFile, ZipInfo

from raoce.base import DatoInvalido

MEGA = 1_000_000
MAXIMO = 500 * MEGA
MAXIMO_INFLADO = 2_000 * MEGA
# These texts shrink ten to forty times; a bomb, a thousand.
RAZON = 250
HOLGURA = 20 * MEGA
MAXIMO_PARTES = 5_000
MAXIMO_NIVELES = 3
BLOQUE = 1 << 16

ZIP = (b"PK\x03\x04", b"PK\x05\x06")
DANADOS = (
    *(BadZipFile, zlib.error, struct.error, EOFError, OSError, ValueError, LookupError, OverflowError),
    *(NotImplementedError, RuntimeError),
)


class Parte(NamedTuple):
    """One text file. ``nombre``: with those of the zips that it is in, ``202301.zip/1839483_501.asc``."""

    nombre: str
    bloques: Iterator[bytes]


class Envase:
    """One dropped file. ``problema(nombre, codigo, **datos)`` hears what is wrong; ``wanted(nombre)``: is it read?"""

    def __init__(self, nombre: str, contenido: bytes, wanted: Callable[[str], bool], problema: Callable[..., None]):
        self.nombre, self.contenido = nombre, contenido
        self.wanted, self.problema = wanted, problema
        self.left = min(MAXIMO_INFLADO, len(contenido) * RAZON + HOLGURA)
        self.entries = 0

    def parts(self) -> Iterator[Parte]:
        """Each must be read, or left, before the next is asked for."""
        if len(self.contenido) > MAXIMO:
            self.problema(self.nombre, "aduana-grande", maximo=MAXIMO // MEGA)
        elif self.contenido.startswith(ZIP) or self.nombre.lower().endswith(".zip"):
            yield from self._unzip(self.nombre, BytesIO(self.contenido), 1)
        elif self.wanted(self.nombre):
            yield Parte(self.nombre, _stretches(BytesIO(self.contenido)))

    def _unzip(self, nombre: str, datos: IO[bytes], nivel: int) -> Iterator[Parte]:
        if nivel > MAXIMO_NIVELES:
            self.problema(nombre, "aduana-anidado", maximo=MAXIMO_NIVELES)
            return
        try:
            whole = ZipFile(datos)
            infos = whole.infolist()
        except DANADOS:
            self.problema(nombre, "aduana-danado")
            return
        with whole:
            for info in infos:
                self.entries += 1
                if self.entries > MAXIMO_PARTES:
                    self.problema(nombre, "aduana-partes", maximo=MAXIMO_PARTES)
                    return
                full = f"{nombre}/{info.filename}"
                if info.filename[-1:] in ("", "/") or not _tidy(info.filename):
                    continue
                inner = info.filename.lower().endswith(".zip")
                if not inner and not self.wanted(info.filename):
                    continue
                if info.flag_bits & 1:
                    self.problema(full, "aduana-cifrado")
                elif inner:
                    try:
                        body = b"".join(self._inflate(whole, info))
                    except DatoInvalido as e:
                        self.problema(full, e.codigo, **e.datos)
                        continue
                    yield from self._unzip(full, BytesIO(body), nivel + 1)
                else:
                    yield Parte(full, self._inflate(whole, info))

    def _inflate(self, whole: ZipFile, info: ZipInfo) -> Iterator[bytes]:
        """Raises ``DatoInvalido``: ``aduana-danado``, ``aduana-inflado``."""
        try:
            with whole.open(info) as part:
                while block := part.read(BLOQUE):
                    self.left -= len(block)
                    if self.left < 0:
                        raise DatoInvalido("aduana-inflado", maximo=MAXIMO_INFLADO // MEGA)
                    yield block
        except DatoInvalido:
            raise
        except DANADOS as e:
            raise DatoInvalido("aduana-danado") from e


def _stretches(datos: IO[bytes]) -> Iterator[bytes]:
    while block := datos.read(BLOQUE):
        yield block


def _tidy(nombre: str) -> bool:
    """Not what macOS adds beside each file.

    >>> _tidy("1_501.asc"), _tidy("__MACOSX/._1_501.asc")
    (True, False)
    """
    return not nombre.startswith("__MACOSX/") and not re.match(r"\._|\.DS_Store", PurePosixPath(nombre).name)
