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
from idiomas import N_
from raoce.base import DatoInvalido
from raoce.base.texto import plain
from raoce.bienes.escrituras import says_nothing
from raoce.empresa import Programa
from raoce.reglas.frase import Frase

MAXIMO_EMPRESAS = 5_000
# What «Exportar a Excel» writes and is not read: it is found out again.
CALCULADA = "calculada"
# What the row of the template begins with in the column of the RFC, in whichever language it was written.
EJEMPLO = N_("Ejemplo")
_EJEMPLOS = ("ejemplo", "example")

# As ``idiomas.say`` says them.
ENCABEZADOS: Mapping[str, str] = {
    "rfc": "RFC",
    "razon_social": N_("Denominación o razón social"),
    "ejercicio": N_("Ejercicio"),
    "programas": N_("Programas"),
    **{
        f"{parte}-{p}": titulo
        for p in Programa
        for parte, titulo in (
            ("numero", Frase("Número de programa {programa}", programa=p.value)),
            ("modalidad", Frase("Modalidad {programa}", programa=p.value)),
            ("autorizacion", Frase("Fecha de autorización {programa}", programa=p.value)),
        )
    },
    "compromiso-ECEX": N_("Monto comprometido ECEX"),
    "actividad_economica": N_("Actividad económica preponderante"),
    "correo": N_("Correo electrónico"),
    "lada": N_("Lada"),
    "telefono": N_("Teléfono"),
    "codigo_postal": N_("Código postal"),
    "estado": N_("Estado"),
    "municipio": N_("Municipio o alcaldía"),
    "localidad": N_("Localidad"),
    "colonia": N_("Colonia"),
    "calle": N_("Calle"),
    "numero_exterior": N_("Número exterior"),
    "numero_interior": N_("Número interior"),
    "carta_representante": N_("Nombre del representante legal"),
    "carta_cargo": N_("Cargo del representante legal"),
    "presentacion": N_("Fecha de presentación"),
    "folio": N_("Folio"),
}

_NUMERO = r"\b(numeros?|num|nums|no|nro|n|folio|clave|registro|constancia|oficio|id|numbers?)\b"
_FECHA = r"\b(fechas?|fec|fch|inicio|desde|alta|dates?|since)\b"
# With the name of a programme in the heading; it goes on to the name of the column.
PISTAS_DE_PROGRAMA = (
    ("programa", r"\b(si (o )?no|yes (or )?no)\b"),
    (CALCULADA, r"\b(situacion|limite|vence|vencimiento|plazo|estatus|status|estado|deadline|due|expires)\b"),
    ("modalidad", r"\b(modalidad|mod|tipo|modality|type)\b"),
    ("compromiso", r"\b(compromiso|monto|comprometid[oa]|dolares|usd|commitment|committed|amount|dollars)\b"),
    ("autorizacion", _FECHA),
    ("numero", _NUMERO),
    ("autorizacion", r"\b(autorizacion|autorizad[oa]|aut|authoriz(ation|ed))\b"),
    (
        "programa",
        r"^((prog|programa?s?|tiene|cuenta|con|el|es|decreto|registro|vigente|has|the|immex|prosec|altex|ecex) ?)+$",
    ),
)
PISTAS = (
    (CALCULADA, r"^(proxima fecha|dias|dias restantes|por completar|firmado|peligro)$"),
    (CALCULADA, r"^(next date|days|days left|to complete|signed|risk)$"),
    # Of somebody else, or something else of the company.
    ("", r"\b(correo|mail|tel|telefono|curp|rfc)\b.*\b(representante|apoderado|contador|agente|socio)\b"),
    ("", r"\b(representative|agent|broker|accountant|partner)( s)? (e ?mail|mail|phone|telephone|curp|rfc|tax id)\b"),
    ("", r"^(nombre (del? )?)?contacto\b|^contact\b"),
    ("", r"\b(comercial|contador|agente|agencia|socio|ejecutivo|notario|banco|cuenta|observaciones)\b"),
    ("", r"\b(trade name|customs broker|accountant|bank|remarks|notes|comments)\b"),
    (
        "",
        r"\b(numero|num|no|nro|clave|codigo|id|tipo)\b( del?)?( la)? (cliente|empresa|expediente|proveedor)s?\b",
    ),
    ("", r"\b(customer|client|company|supplier|file) (numbers?|no|id|code|type)\b"),
    ("carta_cargo", r"\b(cargo|puesto|position|job title)\b"),
    ("carta_representante", r"\b(representante|apoderad[oa]|rep legal|representative|legal rep)\b"),
    ("rfc", r"\br ?f ?c\b|\bregistro federal\b|\btax id\b"),
    ("correo", r"\b(correos?|e ?mails?|mails?)\b"),
    ("", r"\b(ano|anio|ejercicio) de presentacion\b|\byear (of filing|filed)\b|\bfiling year\b"),
    ("folio", r"\b(folio|acuse|acknowledg(e?)ment)\b"),
    ("presentacion", r"\b(presentad[oa]|presentacion|presented|filed|filing|submitted|submission)\b"),
    ("ejercicio", r"\bejercicio\b|^(ano|anio|year)\b|\b(reporting|fiscal|reported) year\b"),
    ("numero", _NUMERO + r".*\b(programas?|programs?|autorizacion|autorizaciones)\b|\bprograms? (numbers?|no|id)\b"),
    ("autorizacion", _FECHA + r".*\b(autorizacion|autorizaciones|autorizado|programas?|authorization|programs?)\b"),
    ("autorizacion", r"^(autorizacion|autorizad[oa]|vigente desde|alta|authorization|authorized)$"),
    ("autorizacion", r"\b(authorization|program) dates?\b"),
    ("telefono", r"\b(telefonos?|tels?|celular|cel|movil|phone|telephone|mobile)\b"),
    ("lada", r"\blada\b|\barea code\b"),
    ("codigo_postal", r"\bc ?p\b|\bpostal\b|\bzip\b"),
    ("numero_exterior", r"\bstreet (number|no)\b"),
    ("calle", r"\b(calle|avenida|vialidad|street)\b"),
    ("numero_exterior", r"\b(exterior|ext|outside|outdoor)\b"),
    ("numero_interior", r"\b(interior|int|inside|indoor|suite|unit)\b"),
    ("colonia", r"\b(colonia|col|fraccionamiento|neighbou?rhood)\b"),
    ("municipio", r"\b(municipio|alcaldia|delegacion|mpio|municipality|borough)\b"),
    ("localidad", r"\b(localidad|ciudad|poblacion|city|locality|town)\b"),
    ("estado", r"^(estado|edo|state)( del? domicilio| fiscal)?$|\bentidad\b"),
    ("actividad_economica", r"\b(actividad|giro|activity)\b"),
    ("modalidad", r"\bmodalidad(es)?\b|\bmodalit(y|ies)\b"),
    ("programas", r"\b(prog|programa?s?)\b"),
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
    >>> name_column("Prog. IMMEX"), name_column("Prog.")
    ('programa-IMMEX', 'programas')
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


def _is_vague(encabezado: str) -> bool:
    """Beside «Razón social», «Cliente» and «Nombre» are what the company is called in the office."""
    return not re.search(r"\b(razon|denominacion|legal)\b", plain(encabezado))


EMPRESAS = Columnas(ENCABEZADOS, name_column, ("rfc",), extiende=True, minimo=1, vago=_is_vague)


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
    columnas_ocultas: tuple[tuple[str, str], ...] = ()
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
        if plain(texts.get("rfc", "")[: len(EJEMPLO)]) in _EJEMPLOS:
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
        tuple((letra(i), cell(headings, i)) for i in places.values() if i in tabla.ocultos.columnas),
        tabla.ocultos.hoja,
    )


def _is_of_a_programme(texts: Mapping[str, str]) -> bool:
    """Does a row say no more than another programme of the company above?"""
    parts = ("programas", "programa", "numero", "modalidad", "autorizacion", "compromiso")
    return all(c.partition("-")[0] in parts for c in texts)


def _ignored(headings: Sequence[str], places: Mapping[str, int]) -> list[str]:
    used = set(places.values())
    return [t for i, t in enumerate(headings) if t and i not in used and EMPRESAS.columna(t) != CALCULADA]
