"""Many files as one zip, each under a name of its own that every system takes."""

import re
import unicodedata
from datetime import datetime
from io import BytesIO
from zipfile import ZIP_STORED, ZipFile, ZipInfo

_LARGO = 120
# Before 1980 a zip has no dates.
_PRIMERO = (1980, 1, 1, 0, 0, 0)


def safe_name(texto: str) -> str:
    """Letters, digits and ``&-_.``; never empty, nor the name of a folder.

    >>> safe_name("Ñ&E9003173C9"), safe_name("../../a b\\\\c:d"), safe_name("…")
    ('Ñ&E9003173C9', 'a-b-c-d', 'sin-nombre')
    """
    words = re.sub(r"[^\w&.-]+", "-", unicodedata.normalize("NFC", texto)[:_LARGO])
    return re.sub(r"[-.]*-[-.]*", "-", words).strip("-.") or "sin-nombre"


class Paquete:
    """The zip as it is written. What goes in is compressed already. ``cuando``: the date that its files carry."""

    def __init__(self, cuando: datetime) -> None:
        self._cuando = max(cuando.timetuple()[:6], _PRIMERO)
        self._destino = BytesIO()
        self._zip = ZipFile(self._destino, "w", ZIP_STORED)
        self._nombres: set[str] = set()

    def add(self, nombre: str, extension: str, datos: bytes) -> str:
        """The name that the file got: where there is one like it, a number after it."""
        base = safe_name(nombre)
        found, n = base, 1
        # Windows and macOS see no difference between capitals and others.
        while found.casefold() in self._nombres:
            n += 1
            found = f"{base}_{n}"
        self._nombres.add(found.casefold())
        self._zip.writestr(ZipInfo(found + extension, self._cuando), datos)
        return found + extension

    def __len__(self) -> int:
        return len(self._nombres)

    def finish(self) -> bytes:
        self._zip.close()
        return self._destino.getvalue()
