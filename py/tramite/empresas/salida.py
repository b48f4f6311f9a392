"""The desk as a table for Excel, which «Importar empresas» takes back; and the template of such a list."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from idiomas import N_, _, say
from raoce.empresa import Programa
from raoce.empresa.programas import modalidades, nombre_modalidad
from tramite.empresas.renglon import Renglon
from tramite.formulario.campos import FECHA_INCOMPLETA, MARCADO
from tramite.formulario.etiquetas import campo as field_text
from tramite.formulario.evaluacion import held

if TYPE_CHECKING:
    from documentos.hojas.listados import Columna, Listado

Celda = str | date | int
# Of the form, those that stand among the states and not behind them.
_DELANTE = ("rfc", "razon_social", "ejercicio", "programas", "presentacion", "folio")
_ANCHOS = {"razon_social": 40, "actividad_economica": 30, "correo": 28, "calle": 28, "folio": 28, "ejercicio": 10}
_ANCHO_DE_LISTA = 44
# What of the example is no data of VUCEM.
_DICHAS = ("razon_social", "carta_representante")
_EJEMPLO = {
    "razon_social": N_("Empresa de ejemplo, S.A. de C.V."),
    "programas": "IMMEX, PROSEC",
    "numero-IMMEX": "83-2019",
    "modalidad-IMMEX": "Industrial",
    "autorizacion-IMMEX": date(2019, 3, 5),
    "numero-PROSEC": "2019-8664",
    "modalidad-PROSEC": "Productor directo",
    "autorizacion-PROSEC": date(2019, 4, 12),
    "actividad_economica": "Fabricación de motores eléctricos",
    "correo": "reportes@ejemplo.com.mx",
    "telefono": "6677123456",
    "codigo_postal": "01000",
    "estado": "Ciudad de México",
    "municipio": "Álvaro Obregón",
    "colonia": "San Ángel",
    "calle": "Av. Revolución",
    "numero_exterior": "100",
    "carta_representante": N_("Nombre y apellidos"),
    "carta_cargo": "Representante legal",
}


def sheet(
    rows: Iterable[Renglon], textos: Mapping[str, Mapping[str, str]], estado: Callable[[Renglon, str], str]
) -> Listado:
    """The rows as the desk shows them, with each programme held by any of them; behind, what the form knows of each
    company, to be completed there. ``textos``: the headings of what is found out; ``estado``: a state in words."""
    from documentos.hojas.directorio import ENCABEZADOS
    from documentos.hojas.listados import Columna, Listado

    rows = list(rows)
    says = textos["excel"]
    programas = [p for p in Programa if any(p in row.programas for row in rows)]
    detras = [c for c in ENCABEZADOS if c not in _DELANTE and _is_shown(c, programas)]
    columnas = [
        *(_column(c) for c in _DELANTE[:4]),
        *(
            found
            for p in programas
            for found in (
                Columna(says["situacion"].format(programa=p), 20),
                Columna(says["limite"].format(programa=p), 14, fechas=True),
            )
        ),
        Columna(says["proxima"], 14, fechas=True),
        Columna(says["dias"], 8),
        Columna(says["faltan"], _ANCHO_DE_LISTA),
        *(_column(c) for c in _DELANTE[4:]),
        Columna(says["firmado"], 10),
        *(_column(c) for c in detras),
    ]
    filas = [_row(row, programas, detras, estado) for row in rows]
    return Listado(says["hoja"], columnas, filas, {says["notas"]: tuple(textos["notas"].values())}, fijas=2)


def template(textos: Mapping[str, Mapping[str, str]]) -> Listado:
    """The headings, a row that shows how they are filled in and is passed over, and notes."""
    from documentos.hojas.directorio import EJEMPLO, ENCABEZADOS
    from documentos.hojas.listados import Listado

    says = textos["excel"]
    example = {"rfc": f"{say(EJEMPLO)}: EKU9003173C9"} | _EJEMPLO
    claves = [c for c in ENCABEZADOS if c not in ("presentacion", "folio")]
    fila = [say(example.get(c, "")) if c in _DICHAS else example.get(c, "") for c in claves]
    return Listado(
        says["hoja"], [_column(c) for c in claves], [fila], {says["notas"]: tuple(textos["notas"].values())}, fijas=2
    )


def _is_shown(columna: str, programas: Sequence[Programa]) -> bool:
    programa = columna.rpartition("-")[2]
    return programa not in Programa.__members__ or programa in programas


def _column(clave: str) -> Columna:
    from documentos.hojas.directorio import ENCABEZADOS
    from documentos.hojas.listados import Columna

    nombre, _, programa = clave.partition("-")
    opciones = [m.nombre for m in modalidades(Programa(programa))] if nombre == "modalidad" else ()
    fechas = nombre in ("autorizacion", "presentacion")
    return Columna(say(ENCABEZADOS[clave]), _ANCHOS.get(clave, 18), fechas, opciones)


def _row(
    row: Renglon, programas: Sequence[Programa], detras: Sequence[str], estado: Callable[[Renglon, str], str]
) -> list[Celda]:
    campos = row.campos
    return [
        campos.get("rfc", ""),
        campos.get("razon_social", ""),
        row.ejercicio,
        ", ".join(held(campos)),
        *(cell for p in programas for cell in (estado(row, p), row.situacion.limites.get(p, ""))),
        row.proxima or "",
        "" if row.dias is None else row.dias,
        ", ".join(dict.fromkeys(field_text(k, "etiqueta") for k in row.faltan)),
        _presented(campos),
        campos.get("folio", ""),
        _("Sí") if row.firmada else "",
        *(_cell(campos, clave) for clave in detras),
    ]


def _presented(campos: Mapping[str, str]) -> Celda:
    return _cell(campos, "presentacion") or (_("Sí") if campos.get("presentado") == MARCADO else "")


def _cell(campos: Mapping[str, str], clave: str) -> Celda:
    """A field as it is typed: a date as a date, a modality by its name; nothing of a programme that is not held, since
    a list that says something of it says that it is."""
    texto = campos.get(clave, "")
    nombre, _, programa = clave.partition("-")
    if texto == FECHA_INCOMPLETA or (programa and campos.get(f"programa-{programa}") != MARCADO):
        return ""
    if nombre == "modalidad":
        return nombre_modalidad(Programa(programa), texto) or texto
    if nombre in ("autorizacion", "presentacion"):
        return _day(texto)
    return texto


def _day(texto: str) -> Celda:
    try:
        return date.fromisoformat(texto.strip())
    except ValueError:
        return texto
