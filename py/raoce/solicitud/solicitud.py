"""The whole request: what is signed, as pydantic models → JSON and JSON Schema.

JSON keys are VUCEM's nouns in camelCase. Amounts are integers in thousands of pesos; percentages and
rates are JSON numbers; dates are ISO 8601. A ``Solicitud`` whose derived figures contradict the captured
ones cannot be built. ``emision.py`` makes one from a report.
"""

from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal

from pydantic import Field, field_validator, model_validator

from raoce.base.formato import redondear_porcentaje
from raoce.bienes import MAXIMO_FILAS, Bien
from raoce.bienes.catalogos import nombre_unidad
from raoce.cifras import Cumplimiento
from raoce.cifras.balanza import compute_porcentaje, compute_saldo
from raoce.empresa import PRIMERO, ULTIMO, Programa
from raoce.empresa.solicitante import parse_correo
from raoce.plazos import Estado
from raoce.plazos.plazos import Efecto
from raoce.solicitud.tipos import Capturado, Inventario, Miles, Modelo, Numero, Rfc, Texto, Version, Volumen

FORMATO = "raoce/1"
MAXIMO_SANGRADOS = 1000


class Domicilio(Modelo):
    """Domicilio fiscal."""

    codigo_postal: str = Field(pattern=r"^[0-9]{5}$")
    estado: Texto
    municipio: Texto
    localidad: str = ""
    colonia: Texto
    calle: Texto
    numero_exterior: Texto
    numero_interior: str = ""
    lada: str = ""
    telefono: Texto


class Solicitante(Modelo):
    """The company that files."""

    rfc: Rfc
    razon_social: Texto
    actividad_economica: Texto
    correo: Texto
    domicilio: Domicilio

    @field_validator("correo")
    @classmethod
    def _correo(cls, value: str) -> str:
        return parse_correo(value)


class ProgramaSolicitud(Modelo):
    """A programme held, as authorised. ``compromisoDolares``: dollars a year of the registration (ECEX)."""

    programa: Programa
    numero: Texto
    modalidad: Texto
    autorizacion: date | None = None
    compromiso_dolares: int | None = Field(default=None, strict=True, ge=1)
    presenta: bool


class Datos(Modelo):
    """Reporte anual balanza comercial. ``porcentajeExportacion`` in per cent."""

    ventas_totales: Capturado
    total_exportaciones: Capturado
    total_importaciones: Capturado
    saldo: Miles
    porcentaje_exportacion: Numero

    @model_validator(mode="after")
    def _consistent(self) -> "Datos":
        a, b, c = self.ventas_totales, self.total_exportaciones, self.total_importaciones
        if b > a:
            raise ValueError("exportaciones mayores que ventas")
        if self.saldo != compute_saldo(b, c):
            raise ValueError("saldo distinto de exportaciones menos importaciones")
        if self.porcentaje_exportacion != redondear_porcentaje(compute_porcentaje(a, b)):
            raise ValueError("porcentaje distinto de exportaciones entre ventas por cien")
        return self


class Dolares(Modelo):
    """Exports in dollars of the United States, rounded to cents. ``tipoCambio`` in pesos per dollar."""

    tipo_cambio: Numero
    fuente: str
    exportaciones: Numero


class CompromisoSolicitud(Modelo):
    """An export commitment and its result."""

    programa: Programa
    resultado: Cumplimiento
    operacion: str


class PlazoSolicitud(Modelo):
    """The dates of a programme and its state on ``fechaConsulta``; dates are null when it need not file."""

    programa: Programa
    estado: Estado
    fecha_consulta: date
    fecha_presentacion: date | None
    apertura: date | None
    limite: date | None
    ultima: date | None
    cancelacion: date | None
    recomendada: date | None
    efecto: Efecto | None


class BienSolicitud(Modelo):
    """A good produced (PROSEC alone). Volumes are decimal texts, in the Tarifa's unit ``unidad`` (its key and name).

    ``inventario``: finished goods left on 31 December; negative when stock of earlier years was sold.
    """

    sector: str = Field(max_length=6)
    fraccion: str = Field(pattern=r"^[0-9]{8}$")
    descripcion: Texto
    unidad: str = Field(pattern=r"^[0-9]{2}$")
    nombre_unidad: Texto
    volumen_total: Volumen
    volumen_nacional: Volumen
    volumen_exportaciones: Volumen
    inventario: Inventario

    @model_validator(mode="after")
    def _consistent(self) -> "BienSolicitud":
        bien = self.bien
        if bien.inventario != Decimal(self.inventario):
            raise ValueError("inventario distinto de total menos mercado nacional y exportaciones")
        if nombre_unidad(bien.unidad) != self.nombre_unidad:
            raise ValueError("unidad de medida distinta de su clave")
        return self

    @property
    def bien(self) -> Bien:
        volumes = (Decimal(v) for v in (self.volumen_total, self.volumen_nacional, self.volumen_exportaciones))
        return Bien(self.sector, self.fraccion, self.descripcion, self.unidad, *volumes)


class DiaInhabilFirmado(Modelo):
    """A day that the user added to the calendar, or an official suspension that the user set aside."""

    dia: date
    accion: Literal["agregado", "no tomado en cuenta"]
    referencia: str


class EntradaFirmada(Modelo):
    nombre: str
    valor: str | int | None
    unidad: str


class ReglaFirmada(Modelo):
    """The rule applied, with the value it had (``texto``: as a reader says it), its source and our certainty."""

    id: str
    titulo: str
    valor: str | int
    unidad: str
    texto: str
    desde: date
    fuente: str
    estado: str


class ExplicacionFirmada(Modelo):
    """Inputs, rules and arithmetic of one figure; ``figura`` is its path in this document."""

    figura: str
    entradas: list[EntradaFirmada]
    reglas: list[ReglaFirmada]
    operacion: str


class Reglas(Modelo):
    """Version of the set of rules under which everything was computed."""

    version: str


class Solicitud(Modelo):
    """Solicitud de reporte anual de operaciones de comercio exterior (RAOCE), format raoce/1."""

    formato: Literal["raoce/1"] = FORMATO
    ejercicio: int = Field(ge=PRIMERO, le=ULTIMO)
    solicitante: Solicitante
    programas: list[ProgramaSolicitud] = Field(min_length=1, max_length=4)
    datos: Datos
    bienes: list[BienSolicitud] = Field(default=[], max_length=MAXIMO_FILAS)
    dolares: Dolares
    compromisos: list[CompromisoSolicitud]
    plazos: list[PlazoSolicitud]
    dias_inhabiles: list[DiaInhabilFirmado] = []
    explicaciones: list[ExplicacionFirmada]
    reglas: Reglas
    # Files made before version 0.2 do not say it.
    version: Version | None = None
    generado: datetime

    @field_validator("programas")
    @classmethod
    def _different(cls, value: list[ProgramaSolicitud]) -> list[ProgramaSolicitud]:
        if len({p.programa for p in value}) != len(value):
            raise ValueError("programa repetido")
        return value


def to_json(solicitud: Solicitud) -> bytes:
    """The bytes that are signed: UTF-8 JSON, indented so that a person can read them; not with thousands of goods,
    which would double the file."""
    indent = 2 if len(solicitud.bienes) <= MAXIMO_SANGRADOS else None
    return solicitud.model_dump_json(by_alias=True, indent=indent).encode()


def json_schema() -> dict[str, Any]:
    """JSON Schema (2020-12) of the request, generated from the models."""
    schema = Solicitud.model_json_schema(by_alias=True, mode="serialization")
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "raoce-1.schema.json",
        **schema,
    }
