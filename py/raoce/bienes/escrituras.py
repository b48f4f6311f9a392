"""How people write volumes and tariff items in their spreadsheets, and what they must be asked before it is read.

What a cell means may depend on its column: «1.000,50» is told by no cell alone. ``doubts`` says what to ask about a
column, ``settle`` reads a row as it was answered. Nothing is guessed.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from raoce.base import DatoInvalido
from raoce.base.texto import plain
from raoce.bienes.bienes import VOLUMENES, Fila
from raoce.bienes.catalogos import nombre_unidad, parse_unidad
from raoce.bienes.preguntas import ANSWERS, CERO, CEROS, DECIMALES, PUNTO, clave
from raoce.bienes.volumenes import parse_volumen, volumen_vucem
from raoce.reglas.frase import Frase

_NOTHING = {"n a", "na", "n d", "nd", "no aplica", "no disponible"}
_USUAL = re.compile(r"(\d{1,3}(,\d{3})*|\d+)(\.\d{1,2})?")
_ENDS = r"[\s./-]*(?:nico)?[\s./-]*"
_SWAPPED = str.maketrans(",.", ".,")


class Numero(str):
    """The text of a cell that holds a number and not a text: its point marks decimals, whatever its column does."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Asiento:
    """A row as it is to be kept, and what is wrong in it that its texts alone would not tell, by column."""

    fila: Fila
    errores: Mapping[str, DatoInvalido] = field(default_factory=dict)


def doubts(texto: str) -> str:
    """The question that a cell of volumes raises about its column, or nothing.

    >>> doubts("1.000,50"), doubts("30.000 kg"), doubts("N/A"), doubts("30,000"), doubts(Numero("0.125"))
    ('decimales', 'decimales', 'ceros', '', '')
    """
    if isinstance(texto, Numero):
        return ""
    if says_nothing(texto):
        return CEROS
    numero, _ = split_unit(texto)
    if _USUAL.fullmatch(numero) or not re.search(r"\d", numero):
        return ""
    as_it_is, swapped = _problem(numero), _problem(numero.translate(_SWAPPED))
    either = as_it_is == "volumen-ambiguo" or (as_it_is == "volumen-forma" and swapped != "volumen-forma")
    return DECIMALES if either else ""


def says_nothing(texto: str) -> bool:
    """
    >>> says_nothing("—"), says_nothing("n/d"), says_nothing("-5"), says_nothing("")
    (True, True, False, False)
    """
    return bool(re.fullmatch(r"\s*[-−‐‑–—]+\s*", texto)) or (len(texto) < 20 and plain(texto) in _NOTHING)


def split_unit(texto: str) -> tuple[str, str]:
    """A volume and the key of the unit written after it, or the text as it is.

    >>> split_unit("500,000.50 kg"), split_unit("12 M2"), split_unit("30 docenas de 12")
    (('500,000.50', '01'), ('12', '04'), ('30 docenas de 12', ''))
    """
    found = re.fullmatch(r"([^a-zñáéíóú]{0,40}?\d[.,]?)\s*([a-zñáéíóú][\wñáéíóú\s.]{0,30})", texto.strip(), re.I)
    if not found:
        return texto, ""
    try:
        return found[1], parse_unidad(found[2])
    except DatoInvalido:
        return texto, ""


def without_nico(fraccion: str) -> str:
    """The tariff item without the two digits of its NICO, however they are set apart; any other text as it is.

    >>> without_nico("0901.21.01.01"), without_nico("09012101 01"), without_nico("0901210101"), without_nico("0901")
    ('0901.21.01', '09012101', '09012101', '0901')
    """
    found = re.fullmatch(rf"(\d{{4}}[.\s-]?\d{{2}}[.\s-]?\d{{2}}){_ENDS}\d{{2}}", fraccion.strip(), re.I | re.A)
    return found[1] if found else fraccion


def volume_as(texto: str, marca: str) -> Decimal | None:
    """The volume in a cell whose decimals are marked so, COMA or PUNTO; None where it cannot be read.

    >>> from raoce.bienes.preguntas import COMA, PUNTO
    >>> volume_as("1.000,50 kg", COMA), volume_as("30.000", PUNTO), volume_as("1.000,50", PUNTO)
    (Decimal('1000.5'), Decimal('30'), None)
    """
    try:
        return parse_volumen(_with_point(split_unit(texto)[0], marca))
    except DatoInvalido:
        return None


def settle(fila: Fila, respuestas: Mapping[str, str]) -> Asiento:
    """A row of a spreadsheet read as was answered: each question asked, by its ``clave``, and its answer or «».

    Volumes lose the unit written after them where it is that of the row. Errors: ``volumen-por-responder``,
    ``volumen-unidad`` (``escrita``, ``unidad``), ``volumen-unidad-falta`` (``escrita``), ``volumen-otra-escritura``.

    >>> settle(Fila(unidad="kg", total="1.000,50 kg"), {"decimales_total": "coma"}).fila.total
    '1,000.50'
    """
    texts, errors = {}, {}
    for columna in VOLUMENES:
        texto = getattr(fila, columna)
        try:
            texts[columna] = _settled(texto, columna, fila.unidad, respuestas)
        except DatoInvalido as error:
            errors[columna] = error
            if error.codigo == "volumen-otra-escritura":
                # Kept as the column is read, so that nothing takes it for the usual later.
                texts[columna] = texto.translate(_SWAPPED)
    return Asiento(fila._replace(**texts), errors)


def _settled(texto: str, columna: str, unidad: str, respuestas: Mapping[str, str]) -> str:
    if isinstance(texto, Numero) or not texto:
        return texto
    if says_nothing(texto):
        return "0" if _answer(respuestas, CEROS, columna) == CERO else ""
    numero, escrita = split_unit(texto)
    if escrita:
        _check_unit(escrita, unidad)
    if clave(DECIMALES, columna) in respuestas and re.search(r"[.,]", numero):
        return _with_point(numero, _answer(respuestas, DECIMALES, columna))
    return numero


def _answer(respuestas: Mapping[str, str], pregunta: str, columna: str) -> str:
    answer = respuestas.get(clave(pregunta, columna))
    if answer not in ANSWERS[pregunta]:
        raise DatoInvalido("volumen-por-responder")
    return answer


def _check_unit(escrita: str, unidad: str) -> None:
    try:
        of_row = parse_unidad(unidad)
    except DatoInvalido:
        raise DatoInvalido("volumen-unidad-falta", escrita=Frase(nombre_unidad(escrita))) from None
    if of_row != escrita:
        names = {"escrita": Frase(nombre_unidad(escrita)), "unidad": Frase(nombre_unidad(of_row))}
        raise DatoInvalido("volumen-unidad", **names)


def _with_point(numero: str, marca: str) -> str:
    """A volume with a point before its decimals, whose mark is ``marca``, and commas or nothing between thousands."""
    if marca == PUNTO:
        # «30.000» is 30 here; as it is, it would be asked about again.
        return volumen_vucem(Decimal(numero)) if _problem(numero) == "volumen-ambiguo" else numero
    swapped = numero.translate(_SWAPPED)
    if _problem(swapped) in ("volumen-forma", "volumen-ambiguo"):
        raise DatoInvalido("volumen-otra-escritura")
    return swapped


def _problem(texto: str) -> str:
    try:
        parse_volumen(texto)
    except DatoInvalido as error:
        return error.codigo
    return ""
