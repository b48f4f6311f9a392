"""A case of practice: what the learner reads, what is asked, what is right.

The cases are written in ``tests/casos/practica/*.toml``, one a file, and ``_empresa.toml`` has the company of all. The
build hands them to the page as one JSON file, in which a date is its ISO text.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import Any

from idiomas import ES, N_
from idiomas.salas import catalogue_of
from raoce.base import json_estricto
from raoce.cifras.divisas import default_tipo_cambio
from raoce.reglas import Fuente, Regla, fuente, regla_de_presentacion
from tramite.casos import expediente
from tramite.casos.dichos import told
from tramite.casos.expediente import Expediente, to_date
from tramite.casos.figuras import Figura, figure
from tramite.formulario import relacion
from tramite.formulario.campos import CAMPOS
from tramite.formulario.evaluacion import Evaluacion
from tramite.pantallas import ARCHIVOS, PANTALLAS

EMPRESA = "_empresa"
SALA = "casos"  # of the catalogues


class CasoInvalido(ValueError):
    """A case that is not written as it must be; for who writes it."""


class Tipo(StrEnum):
    """How a question is answered. ``CAPTURA``: in the form; ``FIRMA``: by signing the request of practice."""

    FECHA = "fecha"
    CANTIDAD = "cantidad"
    DECIMAL = "decimal"
    OPCION = "opcion"
    OPCIONES = "opciones"
    CAPTURA = "captura"
    FIRMA = "firma"


# What a learner answers, by type of question: date, int, Decimal, key, keys, texts by field of the draft, nothing.
Respuesta = date | int | Decimal | str | frozenset[str] | Mapping[str, str] | None


@dataclass(frozen=True, slots=True)
class Trampa:
    """A wrong answer that was foreseen, and what to say about it."""

    respuesta: Respuesta
    texto: str


@dataclass(frozen=True, slots=True)
class Pregunta:
    """``figura`` names the figure of the program that gives the answer (``figuras.py``); ``reglas`` and ``fuentes`` are
    ids of rules and keys of sources. ``pantalla``: where in the form it is answered."""

    clave: str
    tipo: Tipo
    pregunta: str
    respuesta: Respuesta
    explicacion: str
    pistas: tuple[str, ...] = ()
    trampas: tuple[Trampa, ...] = ()
    opciones: Mapping[str, str] = field(default_factory=dict)
    unidad: str = ""
    decimales: int = 2
    pantalla: str = ""
    figura: str = ""
    reglas: tuple[str, ...] = ()
    fuentes: tuple[str, ...] = ()
    por_confirmar: bool = False


@dataclass(frozen=True)
class Tabla:
    titulo: str
    columnas: tuple[str, ...]
    filas: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Caso:
    """``fecha`` is today in the case. ``abierto``: the form is needed to answer, so it is there from the start.
    ``archivos``: the files that come with it, for «Calcular con mis archivos». ``idioma``: what it is told in; its keys
    and its answers are the same in all."""

    id: str
    titulo: str
    orden: int
    temas: tuple[int, ...]
    nivel: str
    fecha: date
    abierto: bool
    parrafos: tuple[str, ...]
    borrador: Mapping[str, str]
    preguntas: tuple[Pregunta, ...]
    tabla: Tabla | None = None
    archivos: Expediente | None = None
    idioma: str = ES

    @cached_property
    def evaluacion(self) -> Evaluacion:
        """The draft of the case as it begins."""
        return Evaluacion(self.borrador, self.fecha, self.fecha)

    def figure_of(self, pregunta: Pregunta) -> Figura | None:
        """What the program itself answers, with its reasons."""
        return figure(pregunta.figura, self.evaluacion) if pregunta.figura else None

    def rules_of(self, pregunta: Pregunta) -> tuple[Regla, ...]:
        """Its rules as in force for the ejercicio; the exchange rate is that of the year itself."""
        ejercicio = self.evaluacion.ejercicio
        by_year = {"divisas.promedio-fix": default_tipo_cambio}
        return tuple(
            by_year[r](ejercicio) if r in by_year else regla_de_presentacion(r, ejercicio) for r in pregunta.reglas
        )

    def sources_of(self, pregunta: Pregunta) -> tuple[Fuente, ...]:
        return tuple(map(fuente, pregunta.fuentes))

    @cached_property
    def by_clave(self) -> Mapping[str, Pregunta]:
        return {p.clave: p for p in self.preguntas}

    def __getitem__(self, clave: str) -> Pregunta:
        return self.by_clave[clave]


NIVELES = (N_("básico"), N_("intermedio"), N_("avanzado"))
_FORMULARIO = {"al-terminar": False, "abierto": True}


def read(id: str, datos: Mapping[str, Any], empresa: Mapping[str, str]) -> Caso:
    """A case from its table, with the company's data in its draft, and checked. Raises ``CasoInvalido``."""
    caso = _parse(id, datos, empresa)
    for problem in _problems(caso):
        raise CasoInvalido(f"{id}: {problem}")
    return caso


def _parse(id: str, datos: Mapping[str, Any], empresa: Mapping[str, str]) -> Caso:
    datos = dict(datos)
    try:
        draft = {**empresa, **datos.pop("borrador")}
        if isinstance(draft.get("bienes"), list):
            draft["bienes"] = relacion.to_text(draft["bienes"])
        tabla, archivos = datos.pop("tabla", None), datos.pop("archivos", None)
        return Caso(
            id=id,
            fecha=to_date(datos.pop("fecha")),
            temas=tuple(datos.pop("temas")),
            abierto=_FORMULARIO[datos.pop("formulario")],
            parrafos=tuple(p.strip() for p in datos.pop("texto").split("\n\n") if p.strip()),
            tabla=tabla and Tabla(tabla["titulo"], tuple(tabla["columnas"]), tuple(map(tuple, tabla["filas"]))),
            archivos=archivos and expediente.read(archivos, draft["rfc"], draft["razon_social"]),
            borrador=draft,
            preguntas=tuple(map(_read_pregunta, datos.pop("preguntas"))),
            **datos,
        )
    except (KeyError, TypeError, ValueError) as error:
        raise CasoInvalido(f"{id}: {error!r}") from error


def _read_pregunta(datos: Mapping[str, Any]) -> Pregunta:
    datos = dict(datos)
    tipo = Tipo(datos.pop("tipo"))
    trampas = tuple(Trampa(_answer(tipo, t["respuesta"]), t["texto"]) for t in datos.pop("trampas", ()))
    lists = {k: tuple(datos.pop(k, ())) for k in ("pistas", "reglas", "fuentes")}
    answer = _answer(tipo, datos.pop("respuesta", None))
    return Pregunta(
        tipo=tipo, respuesta=answer, trampas=trampas, opciones=dict(datos.pop("opciones", ())), **lists, **datos
    )


def _answer(tipo: Tipo, valor: Any) -> Respuesta:
    match tipo:
        case Tipo.FECHA:
            return to_date(valor)
        case Tipo.DECIMAL:
            return Decimal(valor)
        case Tipo.OPCIONES:
            return frozenset(valor)
        case Tipo.CAPTURA:
            return dict(valor)
        case _:
            return valor


def _problems(caso: Caso):
    """What is wrong with a case that can be read."""
    if unknown := caso.borrador.keys() - CAMPOS.keys():
        yield f"its draft has fields that do not exist: {sorted(unknown)}"
    if caso.nivel not in NIVELES:
        yield f"nivel {caso.nivel!r}"
    if not caso.preguntas:
        yield "no questions"
    if len(caso.by_clave) < len(caso.preguntas):
        yield "two questions with the same clave"
    if caso.archivos:
        yield from expediente.problems(caso.archivos, caso.evaluacion.ejercicio)
        if not caso.abierto:
            yield "it has files, and the form where they are read is not open"
    for p in caso.preguntas:
        answers = (p.respuesta, *(t.respuesta for t in p.trampas))
        if not (p.figura or p.reglas or p.fuentes):
            yield f"{p.clave}: neither figura nor reglas nor fuentes"
        if not p.pistas and p.tipo is not Tipo.FIRMA:
            yield f"{p.clave}: no pistas"
        if any(t.respuesta == p.respuesta for t in p.trampas):
            yield f"{p.clave}: a trampa is the right answer"
        if p.tipo in (Tipo.CAPTURA, Tipo.FIRMA) and not caso.abierto:
            yield f"{p.clave}: answered in the form, which is not open"
        if p.tipo is Tipo.CAPTURA and p.pantalla not in (*PANTALLAS, *((ARCHIVOS,) if caso.archivos else ())):
            yield f"{p.clave}: pantalla {p.pantalla!r}"
        if p.tipo is Tipo.CAPTURA and any(a.keys() - CAMPOS.keys() for a in answers):
            yield f"{p.clave}: fields that do not exist"
        if p.tipo is Tipo.OPCION and not p.opciones.keys() >= set(answers):
            yield f"{p.clave}: an answer that is no option"
        if p.tipo is Tipo.OPCIONES and not all(a <= p.opciones.keys() for a in answers):
            yield f"{p.clave}: an answer that is no option"
        try:
            caso.figure_of(p)
            caso.rules_of(p)
            caso.sources_of(p)
        except (LookupError, ValueError, AttributeError) as error:
            yield f"{p.clave}: figura, reglas or fuentes: {error!r}"


def from_folder(folder: Path) -> tuple[Caso, ...]:
    """The cases of a folder of TOML files, in their order."""
    return _in_order(_tables(folder), read)


def to_json(folder: Path, idioma: str = ES) -> str:
    """The same as the page gets them, in a language."""
    tables = _tables(folder)
    if idioma != ES:
        say = catalogue_of(idioma, SALA).gettext
        tables = {id: told(t, say) | ({} if id == EMPRESA else {"idioma": idioma}) for id, t in tables.items()}
    return json.dumps(tables, ensure_ascii=False, default=date.isoformat)


def from_json(texto: str) -> tuple[Caso, ...]:
    """The cases that the build has checked. Raises ``ValueError``, for anything else."""
    try:
        return _in_order(json_estricto.load(texto), _parse)
    except (ValueError, TypeError, LookupError, AttributeError) as error:
        raise ValueError(f"damaged cases: {error!r}") from None


def _tables(folder: Path) -> dict[str, Any]:
    # The page gets them as JSON, and has no parser of these.
    import tomllib

    return {path.stem: tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.toml"))}


def _in_order(tables: Mapping[str, Any], read_one: Callable[..., Caso]) -> tuple[Caso, ...]:
    empresa = tables[EMPRESA]
    casos = (read_one(id, datos, empresa) for id, datos in tables.items() if id != EMPRESA)
    return tuple(sorted(casos, key=lambda caso: caso.orden))
