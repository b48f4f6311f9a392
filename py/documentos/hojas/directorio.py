"""The columns of a list of companies, by their headings, in any order and spelling.

Columns have the names of the fields of the form, one for each programme where there is one («numero-IMMEX»). A list may
also say it without naming the programme, for whichever the row holds: ``programas``, ``numero``, ``modalidad``,
``autorizacion``; and ``programa-IMMEX`` may hold «sí», the number, the date or the modality.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from documentos.hojas.columnas import Columnas, Tabla, by_hints, cell, letra
from raoce.base import DatoInvalido
from raoce.base.texto import plain
from raoce.bienes.escrituras import says_nothing
from raoce.empresa import Programa

MAXIMO_EMPRESAS = 5_000
# What «Exportar a Excel» writes and is not read: it is found out again.
CALCULADA = "calculada"
# What the row of the template begins with in the column of the RFC.
EJEMPLO = "Ejemplo"

ENCABEZADOS: Mapping[str, str] = {
    "rfc": "RFC",
    "razon_social": "Denominación o razón social",
    "ejercicio": "Ejercicio",
    "programas": "Programas",
    **{
        clave.format(p): titulo.format(p)
        for p in Programa
        for clave, titulo in (
            ("numero-{}", "Número de programa {}"),
            ("modalidad-{}", "Modalidad {}"),
            ("autorizacion-{}", "Fecha de autorización {}"),
        )
    },
    "compromiso-ECEX": "Monto comprometido ECEX",
    "actividad_economica": "Actividad económica preponderante",
    "correo": "Correo electrónico",
    "lada": "Lada",
    "telefono": "Teléfono",
    "codigo_postal": "Código postal",
    "estado": "Estado",
    "municipio": "Municipio o alcaldía",
    "localidad": "Localidad",
    "colonia": "Colonia",
    "calle": "Calle",
    "numero_exterior": "Número exterior",
    "numero_interior": "Número interior",
    "carta_representante": "Nombre del representante legal",
    "carta_cargo": "Cargo del representante legal",
    "presentacion": "Fecha de presentación",
    "folio": "Folio",
}

_NUMERO = r"\b(numeros?|num|nums|no|nro|n|folio|clave|registro|constancia|oficio|id)\b"
_FECHA = r"\b(fechas?|fec|fch|inicio|desde|alta|date)\b"
# With the name of a programme in the heading; it goes on to the name of the column.
PISTAS_DE_PROGRAMA = (
    ("programa", r"\bsi (o )?no\b"),
    (CALCULADA, r"\b(situacion|limite|vence|vencimiento|plazo|estatus|status|estado)\b"),
    ("modalidad", r"\b(modalidad|mod|tipo)\b"),
    ("compromiso", r"\b(compromiso|monto|comprometid[oa]|dolares|usd)\b"),
    ("autorizacion", _FECHA),
    ("numero", _NUMERO),
    ("autorizacion", r"\b(autorizacion|autorizad[oa]|aut)\b"),
    ("programa", r"^((programas?|tiene|cuenta|con|el|es|decreto|registro|vigente|immex|prosec|altex|ecex) ?)+$"),
)
PISTAS = (
    (CALCULADA, r"^(proxima fecha|dias|dias restantes|por completar|firmado|peligro)$"),
    # Of somebody else, or something else of the company.
    ("", r"\b(correo|mail|tel|telefono|curp|rfc)\b.*\b(representante|apoderado|contador|agente|socio)\b"),
    ("", r"^(nombre (del? )?)?contacto\b"),
    ("", r"\b(comercial|contador|agente|agencia|socio|ejecutivo|notario|banco|cuenta|observaciones)\b"),
    (
        "",
        r"\b(numero|num|no|nro|clave|codigo|id|tipo)\b( del?)?( la)? (cliente|empresa|expediente|proveedor)s?\b",
    ),
    ("carta_cargo", r"\b(cargo|puesto)\b"),
    ("carta_representante", r"\b(representante|apoderad[oa]|rep legal)\b"),
    ("rfc", r"\br ?f ?c\b|\bregistro federal\b|\btax id\b"),
    ("correo", r"\b(correos?|e ?mails?|mails?)\b"),
    ("", r"\b(ano|anio|ejercicio) de presentacion\b"),
    ("folio", r"\b(folio|acuse)\b"),
    ("presentacion", r"\b(presentad[oa]|presentacion)\b"),
    ("ejercicio", r"\bejercicio\b|^(ano|anio|year)\b"),
    ("numero", _NUMERO + r".*\b(programas?|autorizacion|autorizaciones)\b"),
    ("autorizacion", _FECHA + r".*\b(autorizacion|autorizaciones|autorizado|programas?)\b"),
    ("autorizacion", r"^(autorizacion|autorizad[oa]|vigente desde|alta)$"),
    ("telefono", r"\b(telefonos?|tels?|celular|cel|movil|phone)\b"),
    ("lada", r"\blada\b"),
    ("codigo_postal", r"\bc ?p\b|\bpostal\b|\bzip\b"),
    ("calle", r"\b(calle|avenida|vialidad|street)\b"),
    ("numero_exterior", r"\b(exterior|ext)\b"),
    ("numero_interior", r"\b(interior|int)\b"),
    ("colonia", r"\b(colonia|col|fraccionamiento)\b"),
    ("municipio", r"\b(municipio|alcaldia|delegacion|mpio)\b"),
    ("localidad", r"\b(localidad|ciudad|poblacion|city)\b"),
    ("estado", r"^(estado|edo|state)( del? domicilio| fiscal)?$|\bentidad\b"),
    ("actividad_economica", r"\b(actividad|giro)\b"),
    ("modalidad", r"\bmodalidad(es)?\b"),
    ("programas", r"\bprogramas?\b"),
    (
        "razon_social",
        r"\b(razon|denominacion|nombre|empresas?|clientes?|contribuyente|compania|sociedad|company|name)\b",
    ),
)
_OF_PROGRAMA, _OF_ALL = by_hints(PISTAS_DE_PROGRAMA), by_hints(PISTAS)
_NAMES = re.compile(rf"\b({'|'.join(p.lower() for p in Programa)})\b")


@lru_cache(maxsize=1024)
def name_column(encabezado: str) -> str:
    """The column that a heading names, ``CALCULADA`` or nothing.

    >>> name_column("No. IMMEX"), name_column("IMMEX"), name_column("e-mail"), name_column("Fecha aut. PROSEC")
    ('numero-IMMEX', 'programa-IMMEX', 'correo', 'autorizacion-PROSEC')
    >>> name_column("Situación IMMEX"), name_column("Año de presentación"), name_column("No. de cliente")
    ('calculada', '', '')
    """
    named = set(_NAMES.findall(plain(encabezado)))
    if len(named) != 1:
        return _OF_ALL(encabezado)
    programa = named.pop().upper()
    parte = _OF_PROGRAMA(encabezado)
    if parte == "compromiso" and programa != Programa.ECEX:
        return ""
    return f"{parte}-{programa}" if parte not in ("", CALCULADA) else parte


EMPRESAS = Columnas(ENCABEZADOS, name_column, ("rfc",), extiende=True, minimo=1)


@dataclass(frozen=True, slots=True)
class FilaDeLista:
    """``numero``: the row in the spreadsheet, from 1; ``textos``: what its cells say, without those that say nothing.

    ``del_de_arriba``: its RFC is that of the row above, whose cell goes on over this one.
    """

    numero: int
    textos: Mapping[str, str]
    del_de_arriba: bool = False


@dataclass(frozen=True, slots=True)
class Directorio:
    """The rows of a list. ``ignoradas``: the headings that say nothing known, or twice the same; ``ejemplos``: rows of
    the template passed over. Of what was read: ``renglones_ocultos``, how many; ``columnas_ocultas``, their letters and
    headings; ``oculta``, the sheet."""

    filas: tuple[FilaDeLista, ...]
    columnas: Mapping[str, str]
    ignoradas: tuple[str, ...] = ()
    ejemplos: int = 0
    renglones_ocultos: int = 0
    columnas_ocultas: tuple[str, ...] = ()
    oculta: bool = False


def recognise(tabla: Tabla) -> Directorio:
    """The companies of a table.

    Raises ``DatoInvalido``: ``hoja-vacia``, ``lista-sin-encabezados``, ``lista-filas`` (``maximo``).

    >>> lista = recognise(Tabla((("Empresa", "R.F.C.", "IMMEX", "Notas"), ("Uno", "EKU9003173C9", "83-2019", ""))))
    >>> lista.filas[0].textos, lista.ignoradas
    ({'razon_social': 'Uno', 'rfc': 'EKU9003173C9', 'programa-IMMEX': '83-2019'}, ('Notas',))
    """
    if not any(map(any, tabla.filas)):
        raise DatoInvalido("hoja-vacia")
    first, headings = EMPRESAS.find_headings(tabla)
    places = EMPRESAS.match(headings)
    if "rfc" not in places:
        raise DatoInvalido("lista-sin-encabezados")
    places.pop(CALCULADA, None)
    filas: list[FilaDeLista] = []
    ejemplos, above = 0, ""
    for numero, row in enumerate(tabla.filas[first:], first + 1):
        texts = {c: text for c, place in places.items() if (text := cell(row, place)) and not says_nothing(text)}
        if not texts or row == headings:
            continue
        if plain(texts.get("rfc", "")[: len(EJEMPLO)]) == plain(EJEMPLO):
            ejemplos, above = ejemplos + 1, ""
            continue
        continues = "rfc" not in texts and bool(above) and _is_of_a_programme(texts)
        filas.append(FilaDeLista(numero, {"rfc": above, **texts} if continues else texts, continues))
        above = filas[-1].textos.get("rfc", "")
        if len(filas) > MAXIMO_EMPRESAS:
            raise DatoInvalido("lista-filas", maximo=MAXIMO_EMPRESAS)
    return Directorio(
        tuple(filas),
        {c: cell(headings, place) for c, place in places.items()},
        tuple(_ignored(headings, places)),
        ejemplos,
        sum(fila.numero in tabla.ocultos.filas for fila in filas),
        tuple(f"{letra(i)} («{cell(headings, i)}»)" for i in places.values() if i in tabla.ocultos.columnas),
        tabla.ocultos.hoja,
    )


def _is_of_a_programme(texts: Mapping[str, str]) -> bool:
    """Does a row say no more than another programme of the company above?"""
    parts = ("programas", "programa", "numero", "modalidad", "autorizacion", "compromiso")
    return all(c.partition("-")[0] in parts for c in texts)


def _ignored(headings: Sequence[str], places: Mapping[str, int]) -> list[str]:
    used = set(places.values())
    return [t for i, t in enumerate(headings) if t and i not in used and EMPRESAS.columna(t) != CALCULADA]
