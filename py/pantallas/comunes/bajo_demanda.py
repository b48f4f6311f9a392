"""The packages that come when they are asked for, as several screens need them."""

from dataclasses import replace

from tramite.eventos import OnDemand

SIN_ARCHIVO = {"name": "descarga-fallo"}


def sin_archivo(needed: OnDemand) -> OnDemand:
    """The same, for what only makes or reads a file: if it does not come, that is said at the top of the page."""
    return replace(needed, failure=SIN_ARCHIVO)


FIRMA = OnDemand(
    ("pydantic", "asn1crypto", "segno"),
    ("raoce.solicitud.emision", "asn1crypto.x509", "documentos.qr"),
    {"name": "firmar.fallo", "codigo": "sin-conexion"},
)
PAPEL = OnDemand(("fpdf2", "font-source-sans-pro"), ("documentos.papel",), SIN_ARCHIVO)
HOJA_EN_PDF = replace(PAPEL, modules=("documentos.captura",))
RECORDATORIOS = OnDemand(("icalendar",), ("documentos.recordatorios",), SIN_ARCHIVO)
