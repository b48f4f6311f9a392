"""The whole request: what is signed, as pydantic models → JSON and JSON Schema.

JSON keys are VUCEM's nouns in camelCase. Amounts are integers in thousands of pesos; percentages and
rates are JSON numbers; dates are ISO 8601. A ``Solicitud`` whose derived figures contradict the captured
ones cannot be built.
"""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, PlainSerializer, field_validator, model_validator
from pydantic.alias_generators import to_camel

from raoce import reglas
from raoce.balanza import Balanza
from raoce.compromisos import Cumplimiento
from raoce.ejercicio import PRIMERO, ULTIMO
from raoce.explicacion import Explicacion
from raoce.formato import redondear, redondear_porcentaje
from raoce.plazos import Efecto, Estado
from raoce.programas import Programa, modalidades
from raoce.reporte import PlazoDeRegistro, Reporte
from raoce.solicitante import parse_correo, parse_rfc

FORMATO = "raoce/1"

Miles = Annotated[int, Field(strict=True, description="miles de pesos")]
Capturado = Annotated[int, Field(strict=True, ge=0, lt=10**16, description="miles de pesos")]
Numero = Annotated[Decimal, PlainSerializer(float, return_type=float, when_used="json")]
Texto = Annotated[str, Field(min_length=1, max_length=250)]


class Modelo(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, alias_generator=to_camel, populate_by_name=True)


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

    rfc: str = Field(min_length=12, max_length=13)
    razon_social: Texto
    actividad_economica: Texto
    correo: Texto
    domicilio: Domicilio

    @field_validator("rfc")
    @classmethod
    def _rfc(cls, value: str) -> str:
        if parse_rfc(value) != value:
            raise ValueError("RFC no normalizado")
        return value

    @field_validator("correo")
    @classmethod
    def _correo(cls, value: str) -> str:
        return parse_correo(value)


class ProgramaSolicitud(Modelo):
    """A programme held, as authorised."""

    programa: Programa
    numero: Texto
    modalidad: Texto
    autorizacion: date | None = None
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
        balanza = Balanza(PRIMERO, self.ventas_totales, self.total_exportaciones, self.total_importaciones)
        if self.saldo != balanza.saldo.valor:
            raise ValueError("saldo distinto de exportaciones menos importaciones")
        if self.porcentaje_exportacion != redondear_porcentaje(balanza.porcentaje_exportacion.valor):
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


class EntradaFirmada(Modelo):
    nombre: str
    valor: str | int | None
    unidad: str


class ReglaFirmada(Modelo):
    """The rule applied, with the value it had, its source and how sure we are of it."""

    id: str
    titulo: str
    valor: str | int
    unidad: str
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
    dolares: Dolares
    compromisos: list[CompromisoSolicitud]
    plazos: list[PlazoSolicitud]
    explicaciones: list[ExplicacionFirmada]
    reglas: Reglas
    generado: datetime

    @field_validator("programas")
    @classmethod
    def _different(cls, value: list[ProgramaSolicitud]) -> list[ProgramaSolicitud]:
        if len({p.programa for p in value}) != len(value):
            raise ValueError("programa repetido")
        return value


def _plain(value: Any) -> str | int | None:
    """Dates, decimals and tables of a rule as a reader's text; whole numbers stay numbers."""
    if value is None or isinstance(value, int):
        return value
    if isinstance(value, dict):
        return ", ".join(f"{k} {v}" for k, v in value.items())
    return value.isoformat() if isinstance(value, date) else str(value)


def _explicacion(e: Explicacion) -> ExplicacionFirmada:
    return ExplicacionFirmada(
        figura=e.figura,
        entradas=[EntradaFirmada(nombre=x.nombre, valor=_plain(x.valor), unidad=x.unidad) for x in e.entradas],
        reglas=[
            ReglaFirmada(
                id=r.id,
                titulo=r.titulo,
                valor=_plain(r.valor),
                unidad=r.unidad,
                desde=r.desde,
                fuente=r.fuente.titulo,
                estado=r.estado,
            )
            for r in e.reglas
        ],
        operacion=e.operacion,
    )


def _programa(p: PlazoDeRegistro) -> ProgramaSolicitud:
    nombres = {m.clave: m.nombre for m in modalidades(p.registro.programa)}
    return ProgramaSolicitud(
        programa=p.registro.programa,
        numero=p.registro.numero,
        modalidad=nombres[p.registro.modalidad],
        autorizacion=p.registro.autorizacion,
        presenta=p.obligacion.presenta,
    )


def _plazo(p: PlazoDeRegistro, reporte: Reporte) -> PlazoSolicitud:
    plazo = p.plazo
    return PlazoSolicitud(
        programa=p.registro.programa,
        estado=p.situacion.estado,
        fecha_consulta=reporte.consulta,
        fecha_presentacion=reporte.presentacion,
        apertura=plazo and plazo.apertura,
        limite=plazo and plazo.limite,
        ultima=plazo and plazo.ultima,
        cancelacion=plazo and plazo.cancela,
        recomendada=plazo and plazo.recomendada,
        efecto=p.situacion.efecto,
    )


def _rate_source(explicaciones: Iterable[reglas.Regla]) -> str:
    return next((f"{r.titulo}. {r.fuente.titulo}" for r in explicaciones), "Capturado por el usuario")


def build(reporte: Reporte, generado: datetime) -> Solicitud:
    """The request of a complete report. ``generado``: aware UTC datetime.

    Raises ``pydantic.ValidationError`` when the report is not complete.
    """
    balanza, address = reporte.balanza, dict(reporte.solicitante)
    company = {k: address.pop(k) for k in ("rfc", "razon_social", "actividad_economica", "correo")}
    return Solicitud(
        ejercicio=reporte.ejercicio,
        solicitante=Solicitante(**company, domicilio=Domicilio(**address)),
        programas=[_programa(p) for p in reporte.plazos],
        datos=Datos(
            ventas_totales=balanza.ventas_totales,
            total_exportaciones=balanza.total_exportaciones,
            total_importaciones=balanza.total_importaciones,
            saldo=balanza.saldo.valor,
            porcentaje_exportacion=redondear_porcentaje(balanza.porcentaje_exportacion.valor),
        ),
        dolares=Dolares(
            tipo_cambio=reporte.tipo_cambio,
            fuente=_rate_source(reporte.dolares.explicacion.reglas),
            exportaciones=redondear(reporte.dolares.valor),
        ),
        compromisos=[
            CompromisoSolicitud(programa=c.programa, resultado=c.resultado, operacion=c.explicacion.operacion)
            for c in reporte.compromisos
        ],
        plazos=[_plazo(p, reporte) for p in reporte.plazos],
        explicaciones=[_explicacion(e) for e in reporte.explicaciones],
        reglas=Reglas(version=reglas.version()),
        generado=generado,
    )


def to_json(solicitud: Solicitud) -> bytes:
    """The bytes that are signed: UTF-8 JSON, indented so that a person can read them."""
    return solicitud.model_dump_json(by_alias=True, indent=2).encode()


def json_schema() -> dict[str, Any]:
    """JSON Schema (2020-12) of the request, generated from the models."""
    schema = Solicitud.model_json_schema(by_alias=True, mode="serialization")
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "raoce-1.schema.json",
        **schema,
    }
