"""What a row of a list of companies says, as texts of the form; and what of it cannot be taken.

A text that the form would keep is kept as it was typed, right or wrong. Dates, programmes and modalities are chosen on
the form, so there is no text to keep: what cannot be read of them is told and left in the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from raoce.base import DatoInvalido
from raoce.base.fechas import read_fecha
from raoce.base.texto import plain
from raoce.bienes.escrituras import Numero
from raoce.empresa import Programa
from raoce.empresa.programas import looks_like_numero, modalidades
from tramite.formulario.campos import CAMPOS, MARCADO, tidy

if TYPE_CHECKING:
    from documentos.hojas.directorio import FilaDeLista

SI = {"si", "s", "x", "1", "verdadero", "true", "yes", "y", "ok", "vigente", "activo", "activa"}
NO = {"no", "n", "0", "falso", "false", "ninguno", "ninguna", "no tiene", "cancelado", "cancelada", "none", "canceled"}
FECHAS = ("presentacion", *(f"autorizacion-{p}" for p in Programa))
_DE_PROGRAMA = ("numero", "modalidad", "autorizacion")
_NOMBRES = re.compile(rf"(?<![^\W_])({'|'.join(Programa)})(?![^\W_])", re.IGNORECASE)
_UNIONES = " \t\r\n,;:/|+&()[]-–—."
# Day 0 of the dates of Excel, and those that a date of the form can be: 1985 to 2064.
_DIA_CERO, _DIAS_DE_EXCEL = date(1899, 12, 30), range(31_048, 60_000)
# What Excel makes of «5-2019»: the first of May, as a date or cut short.
_NUMERO_VUELTO_FECHA = re.compile(r"\d{4}-\d{2}-01|[a-z]{3}[-. ]+\d{2,4}|\d{1,2}[-. ][a-z]{3}", re.IGNORECASE)
# Figures beyond the fifteenth are lost where a cell holds a number.
_CIFRAS = 15
MES_PRIMERO = "lista-mes-primero"
# Those who work in English write some of them so.
_MODALIDADES_EN_INGLES = {
    **{"holding": "controladora", "holding company": "controladora", "services": "servicios", "shelter": "albergue"},
    **{"outsourcing": "terciarizacion", "consolidator": "consolidadora", "promoter": "promotora"},
    **{"direct": "directo", "direct producer": "productor directo", "direct exporter": "exportador directo"},
    **{"indirect": "indirecto", "indirect producer": "productor indirecto"},
    "indirect exporter": "exportador indirecto",
}
# No longer cell names programmes, and none is taken apart.
_LARGO = 500


class Problema(NamedTuple):
    """Something in a cell: the row as the spreadsheet numbers it, the field, what it says. ``grave``: there may be a
    mistake about which company it is, so that nothing of it is taken unless it is asked for."""

    renglon: int
    campo: str
    texto: str
    error: DatoInvalido
    grave: bool = False


@dataclass
class Leida:
    """``campos``: texts of the form; «» for a programme that the list says is not held. ``escritos``: those of them
    that were written otherwise. ``malos``: the fields whose text is kept though the form will not take it."""

    numero: int
    campos: dict[str, str] = field(default_factory=dict)
    escritos: dict[str, str] = field(default_factory=dict)
    malos: set[str] = field(default_factory=set)
    problemas: list[Problema] = field(default_factory=list)

    def tell(self, campo: str, texto: str, codigo: str, /, **datos: object) -> None:
        self.problemas.append(Problema(self.numero, campo, texto, DatoInvalido(codigo, **datos)))


def read(fila: FilaDeLista) -> Leida:
    """The texts of a row, but for its RFC and ejercicio, which say whose they are."""
    leida = Leida(fila.numero)
    textos = dict(fila.textos)
    _programas(textos, leida)
    for clave in _DE_PROGRAMA:
        if texto := textos.get(clave):
            _share_out(clave, texto, leida)
    for clave, texto in textos.items():
        if clave in CAMPOS and clave not in ("rfc", "ejercicio") and not clave.startswith("programa-"):
            _put(clave, texto, leida)
    for programa in _told(leida.campos):
        leida.campos.setdefault(f"programa-{programa}", MARCADO)
    return leida


def _told(campos: Mapping[str, str]) -> Iterator[str]:
    """The programmes of which something is said."""
    return (p for p in Programa if any(campos.get(f"{c}-{p}") for c in (*_DE_PROGRAMA, "compromiso")))


def _programas(textos: Mapping[str, str], leida: Leida) -> None:
    if texto := textos.get("programas"):
        _read_names(texto, leida)
    for programa in Programa:
        texto = textos.get(f"programa-{programa}", "")
        if not texto:
            continue
        if plain(texto) in NO:
            leida.campos[f"programa-{programa}"] = ""
        elif _is_yes(texto, programa):
            leida.campos[f"programa-{programa}"] = MARCADO
        else:
            _put_rest(programa, texto, leida, "programas")


def _is_yes(texto: str, programa: str) -> bool:
    return plain(texto) in SI or plain(texto) == programa.lower() or texto.strip() in ("✓", "✔", "☑")


def _read_names(texto: str, leida: Leida) -> None:
    """«IMMEX, PROSEC», with the number of each beside it or not."""
    found = list(_NOMBRES.finditer(texto)) if len(texto) <= _LARGO else []
    if not found:
        if plain(texto) not in NO:
            leida.tell("programas", texto, "lista-programa")
        return
    if plain(texto[: found[0].start()]) not in ("", "programa", "programas", "program", "programs"):
        leida.tell("programas", texto, "lista-programa")
    for here, following in zip(found, [*found[1:], None], strict=True):
        programa = here[1].upper()
        leida.campos[f"programa-{programa}"] = MARCADO
        rest = texto[here.end() : following.start() if following else len(texto)].strip(_UNIONES)
        if following:
            rest = re.sub(r"(^|\s)(y|e|and)$", "", rest).strip(_UNIONES)
        if rest:
            _put_rest(programa, rest, leida, "programas")


def _put_rest(programa: str, texto: str, leida: Leida, campo: str) -> None:
    """What is written for a programme: its date, its modality or its number."""
    leida.campos.setdefault(f"programa-{programa}", MARCADO)
    if read_date(texto) and not isinstance(texto, Numero):
        _put(f"autorizacion-{programa}", texto, leida)
    elif find_modalidad(programa, texto):
        _put(f"modalidad-{programa}", texto, leida)
    elif re.search(r"\d", texto):
        _put(f"numero-{programa}", texto, leida)
    else:
        leida.tell(campo, texto, "lista-programa")


def _share_out(clave: str, texto: str, leida: Leida) -> None:
    """A cell that does not name its programme: of the one that the row holds, or one part of it for each."""
    held = [p for p in Programa if leida.campos.get(f"programa-{p}") == MARCADO]
    # As the row names them, which is the order in which it gives the rest.
    held.sort(key=lambda p: list(leida.campos).index(f"programa-{p}"))
    parts = [texto]
    if len(texto) <= _LARGO:
        parts = [p for part in re.split(r"[,;\n|]|\s(?:[/y]|and)\s", texto) if (p := part.strip())]
    if len(held) == 1:
        _put(f"{clave}-{held[0]}", texto, leida)
    elif held and len(parts) == len(held):
        for programa, part in zip(held, parts, strict=True):
            _put(f"{clave}-{programa}", part, leida)
    else:
        for part in parts:
            owners = [p for p in held or Programa if _fits(clave, p, part)]
            if len(owners) == 1:
                _put(f"{clave}-{owners[0]}", part, leida)
            else:
                leida.tell(clave, part, "lista-de-cual")


def _fits(clave: str, programa: Programa, texto: str) -> bool:
    """Can it be of this programme and not of the others?"""
    if clave == "modalidad":
        return bool(find_modalidad(programa, texto))
    shaped = programa in (Programa.IMMEX, Programa.PROSEC) and looks_like_numero(programa, texto)
    return clave == "numero" and shaped


def _put(clave: str, texto: str, leida: Leida) -> None:
    """A text into its field, as the form holds it."""
    nombre, _, programa = clave.partition("-")
    if clave in FECHAS:
        _put_date(clave, texto, leida)
    elif nombre == "modalidad":
        if found := find_modalidad(programa, texto):
            leida.campos[clave] = found
        else:
            nombres = ", ".join(m.nombre for m in modalidades(Programa(programa)))
            leida.tell(clave, texto, "lista-modalidad", nombres=nombres)
    elif nombre == "numero" and _NUMERO_VUELTO_FECHA.fullmatch(texto):
        leida.tell(clave, texto, "lista-numero-fecha")
    elif isinstance(texto, Numero) and len(texto) > _CIFRAS:
        leida.tell(clave, texto, "lista-cifras")
    else:
        leida.campos[clave] = kept = _usual(clave, texto)
        leida.escritos[clave] = str(texto)
        try:
            CAMPOS[clave].parse(kept)
        except DatoInvalido as error:
            leida.malos.add(clave)
            leida.problemas.append(Problema(leida.numero, clave, kept, error))


def _put_date(clave: str, texto: str, leida: Leida) -> None:
    programa = clave.partition("-")[2]
    dia = read_date(texto)
    if dia:
        try:
            leida.campos[clave] = CAMPOS[clave].parse(dia.isoformat()).isoformat()
        except DatoInvalido as error:
            leida.problemas.append(Problema(leida.numero, clave, texto, error))
    elif clave == "presentacion" and plain(texto) in SI:
        leida.campos["presentado"] = MARCADO
    elif programa and re.search(r"\d", texto) and _fits("numero", Programa(programa), texto):
        # Under «Autorización» some write its number.
        leida.campos.setdefault(f"numero-{programa}", str(texto))
    elif not (clave == "presentacion" and plain(texto) in NO):
        leida.tell(clave, texto, MES_PRIMERO if _has_month_first(texto) else "lista-fecha")


def _has_month_first(texto: str) -> bool:
    """Is it a date only with its month before its day? The others of its column may be written so too."""
    swapped = re.sub(r"^(\d{1,2})([-/.])(\d{1,2})(?=\2)", r"\3\2\1", texto.strip()[:_LARGO])
    return bool(read_date(swapped))


def read_date(texto: str) -> date | None:
    """A date as people write it, with two figures for its year too, or the number that Excel keeps for it.

    >>> [str(read_date(t)) for t in ("31/12/2019", "05/03/98", "5-mar-07", "43529")]
    ['2019-12-31', '1998-03-05', '2007-03-05', '2019-03-05']
    >>> read_date("12/31/2019"), read_date("1234")
    (None, None)
    """
    texto = texto.strip()
    if texto.isascii() and texto.isdigit() and len(texto) == 5 and int(texto) in _DIAS_DE_EXCEL:
        return _DIA_CERO + timedelta(int(texto))
    # The decrees are of 1985 and later, so two figures are of one year alone.
    if short := re.fullmatch(r"(\d{1,2}[-/. ](?:\d{1,2}|[a-z]{3,4}\.?)[-/. ])(\d{2})", texto, re.IGNORECASE | re.ASCII):
        texto = f"{short[1]}{'19' if int(short[2]) >= 85 else '20'}{short[2]}"
    return read_fecha(texto)


def find_modalidad(programa: str, texto: str) -> str:
    """The key of a modality by its key or its name; for the producers and exporters, «directo» is enough.

    >>> find_modalidad("IMMEX", "TERCIARIZACIÓN"), find_modalidad("PROSEC", "Directo"), find_modalidad("IMMEX", "x")
    ('terciarizacion', 'productor-directo', '')
    """
    wanted = plain(texto[:_LARGO]).removeprefix("modalidad ").removeprefix("modality ")
    wanted = _MODALIDADES_EN_INGLES.get(wanted, wanted)
    for modalidad in modalidades(Programa(programa)):
        name = plain(modalidad.nombre)
        if wanted and wanted in (name, plain(modalidad.clave), name.split()[0], name.split()[-1]):
            # Of the two producers, «productor» names neither.
            if sum(wanted in plain(m.nombre).split() for m in modalidades(Programa(programa))) > 1:
                continue
            return modalidad.clave
    return ""


def _usual(clave: str, texto: str) -> str:
    """As the form would hold it: without what the spreadsheet added or took away."""
    # What Excel is told so that it takes a cell for text.
    texto = re.sub(r"^'(?=[\d+=@-])", "", texto)
    if clave == "codigo_postal" and re.fullmatch(r"[1-9]\d{3}", texto):
        return f"0{texto}"
    if clave == "telefono":
        digits = re.sub(r"[\s().-]", "", texto)
        if found := re.fullmatch(r"(?:\+?52|0052)1?(\d{10})", digits):
            return found[1]
    return tidy(clave, str(texto))


def year(texto: str) -> str:
    """The ejercicio in a cell, «2024» of «Ejercicio fiscal 2024»; the text as it is where there is no one year.

    >>> year("Ejercicio 2024"), year("2023-2024")
    ('2024', '2023-2024')
    """
    found = re.findall(r"(?<!\d)20\d\d(?!\d)", texto)
    return found[0] if len(found) == 1 else str(texto)
