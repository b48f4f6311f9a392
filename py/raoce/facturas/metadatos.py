"""The SAT's metadata of invoices: a line each, columns by their headings, separated by ``~``.

It alone tells which were cancelled. Source: Descarga masiva de CFDI of the SAT; the heading of the certifier is
``PacCertifico`` or ``RfcPac``, and neither is needed here.
"""

from collections.abc import Iterator
from io import BytesIO
from typing import NamedTuple

from raoce.base import DatoInvalido
from raoce.facturas.cfdi import UUID

MAXIMO = 500_000_000
MAXIMO_RENGLON = 1 << 16
CANCELADO, VIGENTE = frozenset({"0", "cancelado"}), frozenset({"1", "vigente"})
_BOMS = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


class Estatus(NamedTuple):
    """One line. ``tipo``: the letter of the type, or ``""``; ``anio``: of its date, or 0."""

    uuid: str
    emisor: str
    anio: int
    tipo: str
    cancelado: bool


def looks_like(contenido: bytes) -> bool:
    """Whether a file begins as the metadata do.

    >>> looks_like(b"Uuid~RfcEmisor~Estatus"), looks_like(b"<?xml")
    (True, False)
    """
    head = _plain(contenido[:4096]).split(b"\n", 1)[0].lower()
    return b"~" in head and b"uuid" in head


def _plain(contenido: bytes) -> bytes:
    """UTF-8 or Latin-1 as they are, for what is read of them is ASCII."""
    for mark, encoding in _BOMS:
        if contenido.startswith(mark):
            return contenido.decode(encoding, "replace").encode()
    return contenido.removeprefix(b"\xef\xbb\xbf")


def read(contenido: bytes) -> Iterator[tuple[int, Estatus | DatoInvalido]]:
    """Each line by its number from 1, or why it cannot be read. Blank lines are left out.

    Raises ``DatoInvalido("metadatos-columnas")`` when a heading is missing, ``archivo-grande``.
    """
    if len(contenido) > MAXIMO:
        raise DatoInvalido("archivo-grande", maximo=MAXIMO // 1_000_000)
    lines = BytesIO(_plain(contenido))
    columns: list[str] = []
    linea = 0
    while line := lines.readline(MAXIMO_RENGLON):
        linea += 1
        if not line.strip():
            continue
        if len(line) == MAXIMO_RENGLON:
            raise DatoInvalido("metadatos-renglon", linea=linea)
        cells = [c.strip().strip('"') for c in line.decode("latin-1").split("~")]
        if columns:
            yield linea, _estatus(columns, cells)
        else:
            columns = [c.lower() for c in cells]
            if "uuid" not in columns or not {"estatus", "fechacancelacion"} & set(columns):
                raise DatoInvalido("metadatos-columnas")


def _estatus(columns: list[str], cells: list[str]) -> Estatus | DatoInvalido:
    # A name with a ~ makes more cells than columns: what stands before the names is counted from the left, the rest
    # from the right. The last column may be left out where it is empty.
    more = max(0, len(cells) - len(columns))
    names = [n for n, column in enumerate(columns) if column.startswith("nombre")]

    def cell(column: str) -> str:
        if column not in columns:
            return ""
        place = columns.index(column)
        place += more if names and place > names[-1] else 0
        return cells[place] if place < len(cells) else ""

    uuid = cell("uuid").upper()
    if not UUID.fullmatch(uuid):
        return DatoInvalido("metadatos-uuid")
    said = cell("estatus").lower()
    if said not in CANCELADO | VIGENTE and (said or "estatus" in columns):
        return DatoInvalido("metadatos-estatus", texto=said[:20])
    cancelado = said in CANCELADO or (not said and bool(cell("fechacancelacion")))
    fecha = cell("fechaemision")[:4]
    anio = int(fecha) if len(fecha) == 4 and fecha.isascii() and fecha.isdigit() else 0
    return Estatus(uuid, cell("rfcemisor").upper(), anio, cell("efectocomprobante")[:1].upper(), cancelado)
