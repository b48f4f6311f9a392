"""What a file that was not understood looks like, to be told to somebody without showing what it holds.

Headings are told as they are; of values only the kind («9» a digit, «A» a letter). A first line that could be data is
told as values are.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO
from itertools import islice
from zipfile import BadZipFile, ZipFile

from idiomas import say
from raoce.reglas.frase import Frase

MIRADO = 4_000  # bytes of each text
RENGLONES = 3
ENTRADA, MAXIMO_ENTRADAS = b"PK\x01\x02", 5_000
PARTES = 8  # texts of a zip
COLUMNAS = 80
LARGO = 6_000
SEPARADORES = "|~\t;,"
# What stands before it, and what is said.
Line = tuple[str, str]
_HEADING = re.compile(r"[A-Za-zÁÉÍÓÚÜÑáéíóúüñ_]{2,40}[0-9]{0,2}")
_NAME = re.compile(r"<([A-Za-z_][\w.:-]{0,60})|\s([A-Za-z_][\w.:-]{0,60})=[\"']")


def describe(nombre: str, contenido: bytes, codigos: Sequence[str]) -> tuple[Line, ...]:
    """What there is to tell of a file. Never raises."""
    lines: list[Line] = [
        ("", Frase("Archivo: {nombre}, {bytes} bytes", nombre=_named(nombre), bytes=len(contenido))),
        ("", Frase("Códigos: {codigos}", codigos=", ".join(dict.fromkeys(codigos)))),
    ]
    lines += _zip(contenido) if contenido.startswith(b"PK") else _text(contenido[:MIRADO])
    return tuple(lines)


def told(lines: Iterable[Line]) -> str:
    """The same as a text to be copied and sent, in the language spoken."""
    return "\n".join(before + say(line) for before, line in lines)[:LARGO]


def _named(nombre: str) -> str:
    """The kind of a name, with its extension as it is."""
    stem, dot, extension = nombre.rpartition("/")[2].rpartition(".")
    return kind(stem) + dot + extension if dot and re.fullmatch("[A-Za-z]{1,5}", extension) else kind(nombre)


def _zip(contenido: bytes) -> list[Line]:
    if contenido.count(ENTRADA) > MAXIMO_ENTRADAS:
        return [("", Frase("Archivos dentro: más de {maximo}", maximo=MAXIMO_ENTRADAS))]
    lines: list[Line] = []
    try:
        with ZipFile(BytesIO(contenido)) as whole:
            infos = [i for i in whole.infolist()[:1000] if not i.is_dir()]
            lines.append(("", Frase("Archivos dentro: {cuantos}", cuantos=len(infos))))
            for info in infos[:PARTES]:
                lines.append(("", f"- {_named(info.filename)}, {info.file_size} bytes"))
                if not info.flag_bits & 1 and not info.filename.lower().endswith(".zip"):
                    with whole.open(info) as part:
                        lines += _text(part.read(MIRADO))
    except (BadZipFile, OSError, EOFError, ValueError, NotImplementedError, RuntimeError, KeyError) as error:
        lines.append(("", Frase("No se puede abrir: {error}", error=type(error).__name__)))
    except Exception as error:  # zlib.error, without importing zlib for its name
        lines.append(("", Frase("No se puede descomprimir: {error}", error=type(error).__name__)))
    return lines


def _text(start: bytes) -> list[Line]:
    return [("  ", line) for line in _lines(start)]


def _lines(start: bytes) -> Iterator[str]:
    if not start.strip():
        yield Frase("vacío")
        return
    if b"\0" in start:
        yield Frase("no es texto; empieza con {bytes}", bytes=start[:8].hex(" "))
        return
    try:
        text, codificacion = start.decode("utf-8-sig"), "utf-8"
    except UnicodeDecodeError:
        # A letter cut in half at the end is no reason to call it Latin-1, but which it is matters little here.
        text, codificacion = start.decode("latin-1"), "latin-1"
    if text.lstrip().startswith("<"):
        names = dict.fromkeys(a or f"@{b}" for a, b in islice(_NAME.findall(text), COLUMNAS))
        yield f"XML: {' '.join(names)}"
        return
    rows = text.splitlines()[: RENGLONES + 1]
    separador = max(SEPARADORES, key=rows[0].count) if rows else ""
    cells = [row.split(separador)[:COLUMNAS] for row in rows]
    head = [c.strip().strip('"') for c in cells[0]]
    is_heading = len(head) > 1 and all(_HEADING.fullmatch(c) for c in head if c)
    yield Frase(
        "{codificacion}, separador {separador}, {columnas} columnas",
        codificacion=codificacion,
        separador=repr(separador),
        columnas=len(cells[0]),
    )
    yield Frase("encabezados: {cuales}", cuales=" | ".join(head if is_heading else map(kind, head)))
    for row in cells[1:]:
        yield Frase("renglón: {valores}", valores=" | ".join(map(kind, row)))


def kind(value: str) -> str:
    """Digits as 9, letters as A, the rest as it is; long runs cut short.

    >>> kind("2023-01-05 10:00:00"), kind("MUÑOZ E HIJOS"), kind("202301.zip")
    ('9999-99-99 99:99:99', 'AAAAA A AAAAA', '999999.AAA')
    """
    return re.sub(r"A{6,}", "A…", "".join(map(_shape, value[:40])))


def _shape(c: str) -> str:
    if c.isalnum():
        return "A" if c.isalpha() else "9"
    return c if c.isascii() and c.isprintable() else "?"
