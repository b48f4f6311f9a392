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
_AROUND = '" \t'
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


class _Columnas(NamedTuple):
    """Where each thing stands: its place in the line, and whether it is after the names, which may hold a ``~``."""

    uuid: int
    emisor: int
    fecha: int
    tipo: int
    estatus: int
    cancelacion: int
    nombre: int  # the last of the names
    cuantas: int


def _columns(cells: list[str]) -> _Columnas:
    known = {c.lower(): n for n, c in enumerate(cells)}
    if "uuid" not in known or not {"estatus", "fechacancelacion"} & known.keys():
        raise DatoInvalido("metadatos-columnas")
    wanted = ("uuid", "rfcemisor", "fechaemision", "efectocomprobante", "estatus", "fechacancelacion")
    names = [n for name, n in known.items() if name.startswith("nombre")]
    return _Columnas(*(known.get(name, -1) for name in wanted), max(names, default=-1), len(cells))


def read(contenido: bytes) -> Iterator[tuple[int, Estatus | DatoInvalido]]:
    """Each line by its number from 1, or why it cannot be read. Blank lines are left out.

    Raises ``DatoInvalido("metadatos-columnas")`` when a heading is missing, ``metadatos-renglon``, ``archivo-grande``.
    """
    if len(contenido) > MAXIMO:
        raise DatoInvalido("archivo-grande", maximo=MAXIMO // 1_000_000)
    lines = BytesIO(_plain(contenido))
    columns = None
    linea = 0
    while line := lines.readline(MAXIMO_RENGLON):
        linea += 1
        if len(line) == MAXIMO_RENGLON:
            raise DatoInvalido("metadatos-renglon", linea=linea)
        cells = line.decode("latin-1").strip().split("~")
        if cells == [""]:
            continue
        if columns:
            yield linea, _estatus(columns, cells)
        else:
            columns = _columns([c.strip(_AROUND) for c in cells])


def _estatus(columns: _Columnas, cells: list[str]) -> Estatus | DatoInvalido:
    # A name with a ~ makes more cells than columns: what stands before the names is counted from the left, the rest
    # from the right. The last column may be left out where it is empty.
    if len(cells) > columns.cuantas and columns.nombre >= 0:
        del cells[columns.nombre : columns.nombre + len(cells) - columns.cuantas]
    cells.append("")
    last = len(cells) - 1
    uuid, emisor, fecha, tipo, said, cancelacion = (
        cells[place if 0 <= place < last else last].strip(_AROUND) for place in columns[:6]
    )
    uuid, said = uuid.upper(), said.lower()
    if not UUID.fullmatch(uuid):
        return DatoInvalido("metadatos-uuid")
    if said in CANCELADO:
        cancelado = True
    elif said in VIGENTE:
        cancelado = False
    elif said or columns.estatus >= 0:
        return DatoInvalido("metadatos-estatus", texto=said[:20])
    else:
        cancelado = bool(cancelacion)
    anio = fecha[:4]
    known = len(anio) == 4 and anio.isascii() and anio.isdigit()
    return Estatus(uuid, emisor.upper(), int(anio) if known else 0, tipo[:1].upper(), cancelado)
