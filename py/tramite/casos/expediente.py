"""The files of a case of practice: the company's pedimentos and invoices, as the SAT would deliver them.

A case lists them in a short table; here they are written as the files of a Data Stage (a zip for each month in which
something was paid) and as CFDI 4.0. Patente and sección exist nowhere. Source of the headings: dictionary of the Data
Stage (SAT, April 2022).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import Any

PATENTE, SECCION = "9999", "999"
EXPORTACION, IMPORTACION = "2", "1"
NORMAL, RECTIFICACION = "1", "2"

_COLUMNAS = {
    "501": "Patente|Pedimento|SeccionAduanera|TipoOperacion|ClaveDocumento|SeccionAduaneraEntrada|CurpContribuyente|"
    "Rfc|CurpAgenteA|TipoCambio|TotalFletes|TotalSeguros|TotalEmbalajes|TotalIncrementables|TotalDeducibles|"
    "PesoBrutoMercancia|MedioTransporteSalida|MedioTransporteArribo|MedioTransporteEntrada_Salida|DestinoMercancia|"
    "NombreContribuyente|CalleContribuyente|NumInteriorContribuyente|NumExteriorContribuyente|CPContribuyente|"
    "MunicipioContribuyente|EntidadFedContribuyente|PaisContribuyente|TipoPedimento|FechaRecepcionPedimento|"
    "FechaPagoReal",
    "551": "Patente|Pedimento|SeccionAduanera|Fraccion|SecuenciaFraccion|SubdivisionFraccion|DescripcionMercancia|"
    "PrecioUnitario|ValorAduana|ValorComercial|ValorDolares|CantidadUMComercial|UnidadMedidaComercial|"
    "CantidadUMTarifa|UnidadMedidaTarifa|ValorAgregado|ClaveVinculacion|MetodoValorizacion|CodigoMercanciaProducto|"
    "MarcaMercanciaProducto|ModeloMercanciaProducto|PaisOrigenDestino|PaisCompradorVendedor|EntidadFedOrigen|"
    "EntidadFedDestino|EntidadFedComprador|EntidadFedVendedor|TipoOperacion|ClaveDocumento|FechaPagoReal",
    "701": "Patente|Pedimento|SeccionAduanera|ClaveDocumento|FechaPago|PedimentoAnterior|PatenteAnterior|"
    "SeccionAduaneraAnterior|DocumentoAnterior|FechaOperacionAnterior|PedimentoOriginal|PatenteAduanalOrig|"
    "SeccionAduaneraDespOrig|FechaPagoReal",
}


@dataclass(frozen=True, slots=True)
class Pedimento:
    """One partida each. ``valor`` and ``agregado`` in pesos; ``volumen`` in the unit of the Tarifa; ``rectifica`` and
    ``original``: numbers of others of the case."""

    numero: str
    pago: date
    clave: str
    mercancia: str
    fraccion: str
    valor: int
    volumen: int
    tipo: str = EXPORTACION
    agregado: int = 0
    unidad: str = "06"
    rectifica: str = ""
    original: str = ""


@dataclass(frozen=True, slots=True)
class Factura:
    """``importe``: pesos, without tax."""

    fecha: date
    concepto: str
    importe: int
    exporta: bool = False


@dataclass(frozen=True, slots=True)
class Expediente:
    """``rfc`` and ``nombre``: of the company of the case."""

    rfc: str
    nombre: str
    pedimentos: tuple[Pedimento, ...]
    facturas: tuple[Factura, ...] = ()

    @property
    def meses(self) -> tuple[str, ...]:
        """AAAAMM of each delivery of the Data Stage, in their order."""
        return tuple(sorted({f"{p.pago:%Y%m}" for p in self.pedimentos}))

    def data_stage(self, sello: str) -> Iterator[tuple[str, bytes]]:
        """The zips by name, each with its 501, 551 and 701."""
        for number, mes in enumerate(self.meses, 1_000_001):
            same = [p for p in self.pedimentos if f"{p.pago:%Y%m}" == mes]
            rows = {"501": self._general(same, sello), "551": _partidas(same), "701": self._rectificaciones(same)}
            texts = {
                f"{number}_{registro}.asc": "".join(f"{line}|\r\n" for line in (_COLUMNAS[registro], *lines))
                for registro, lines in rows.items()
            }
            yield f"{mes}.zip", _zip({name: text.encode() for name, text in texts.items()}, sello)

    def cfdi(self, sello: str) -> Iterator[tuple[str, bytes]]:
        """The zip of the invoices, where there are any."""
        if self.facturas:
            found = {f"{_uuid(n)}.xml": self._xml(n, f, sello) for n, f in enumerate(self.facturas, 1)}
            yield "facturas.zip", _zip(found, sello)

    def whole(self, sello: str) -> bytes:
        """All of it in one zip, which both fields of files take."""
        return _zip(dict((*self.data_stage(sello), *self.cfdi(sello))), sello)

    def _general(self, pedimentos: Iterable[Pedimento], sello: str) -> Iterator[str]:
        montos, medios, domicilio = ("0", "0", "0", "0", "0", "0", "0"), ("7", "7", "7", "9"), ("",) * 7
        for p in pedimentos:
            tipo = RECTIFICACION if p.rectifica else NORMAL
            yield "|".join(
                (
                    *(*_key(p), p.tipo, p.clave, SECCION, "", self.rfc, ""),
                    *(
                        *montos,
                        *medios,
                        f"{self.nombre} ({sello})",
                        *domicilio,
                        tipo,
                        _instant(p.pago),
                        _instant(p.pago),
                    ),
                )
            )

    def _rectificaciones(self, pedimentos: Iterable[Pedimento]) -> Iterator[str]:
        known = {p.numero: p for p in self.pedimentos}
        for p in pedimentos:
            if not p.rectifica:
                continue
            before = known[p.rectifica]
            yield "|".join(
                (
                    *(*_key(p), p.clave, _instant(p.pago), before.numero, PATENTE, SECCION),
                    *(before.clave, _instant(before.pago), p.original or before.numero, PATENTE, SECCION),
                    _instant(p.pago),
                )
            )

    def _xml(self, numero: int, f: Factura, sello: str) -> bytes:
        total = f"{f.importe}.00"
        cliente = ("XEXX010101000", "CLIENTE DEL EXTRANJERO") if f.exporta else ("XAXX010101000", "PUBLICO EN GENERAL")
        root = {
            "xmlns:cfdi": "http://www.sat.gob.mx/cfd/4",
            "xmlns:tfd": "http://www.sat.gob.mx/TimbreFiscalDigital",
            "Version": "4.0",
            "Fecha": f"{f.fecha.isoformat()}T12:00:00",
            "SubTotal": total,
            "Total": total,
            "Moneda": "MXN",
            "TipoDeComprobante": "I",
            "Exportacion": "02" if f.exporta else "01",
        }
        body = (
            _tag("cfdi:Emisor", {"Rfc": self.rfc, "Nombre": f"{self.nombre} ({sello})"})
            + _tag("cfdi:Receptor", {"Rfc": cliente[0], "Nombre": cliente[1]})
            + _tag("cfdi:Conceptos", {}, _tag("cfdi:Concepto", {"Descripcion": f.concepto, "Importe": total}))
            + _tag("cfdi:Complemento", {}, _tag("tfd:TimbreFiscalDigital", {"Version": "1.1", "UUID": _uuid(numero)}))
        )
        return f'<?xml version="1.0" encoding="UTF-8"?>\n{_tag("cfdi:Comprobante", root, body)}\n'.encode()


def read(datos: Mapping[str, Any], rfc: str, nombre: str) -> Expediente:
    """The files of a case from their table; ``comunes`` is what all its pedimentos say unless they say otherwise."""
    comunes = datos.get("comunes", {})
    pedimentos = (Pedimento(**{**comunes, **row, "pago": to_date(row["pago"])}) for row in datos["pedimentos"])
    facturas = (Factura(**{**row, "fecha": to_date(row["fecha"])}) for row in datos.get("facturas", ()))
    return Expediente(rfc, nombre, tuple(pedimentos), tuple(facturas))


def problems(expediente: Expediente, ejercicio: int) -> Iterator[str]:
    """What is wrong with the files of a case, for who writes it."""
    pedimentos = expediente.pedimentos
    known = {p.numero: p for p in pedimentos}
    if len(known) < len(pedimentos):
        yield "two pedimentos with the same number"
    if {p.pago.year for p in pedimentos} | {f.fecha.year for f in expediente.facturas} != {ejercicio}:
        yield "its files are of another year"
    for p in pedimentos:
        if p.tipo not in (EXPORTACION, IMPORTACION):
            yield f"pedimento {p.numero}: tipo {p.tipo!r}"
        for other in filter(None, (p.rectifica, p.original)):
            if other not in known or known[other].pago > p.pago:
                yield f"pedimento {p.numero}: {other} is none that came before it"


def to_date(valor: Any) -> date:
    """A date of a table, which JSON has as text."""
    return valor if isinstance(valor, date) else date.fromisoformat(valor)


def _key(p: Pedimento) -> Sequence[str]:
    return PATENTE, p.numero, SECCION


def _instant(dia: date) -> str:
    return f"{dia.isoformat()} 12:00:00"


def _uuid(numero: int) -> str:
    return f"00000000-0000-4000-8000-{numero:012}"


def _partidas(pedimentos: Iterable[Pedimento]) -> Iterator[str]:
    paises = ("", "", "", "USA", "USA", "", "", "", "")
    for p in pedimentos:
        cantidad = f"{p.volumen}.000"
        yield "|".join(
            (
                *(*_key(p), p.fraccion, "1", "00", p.mercancia, "0", "0", str(p.valor), "0", cantidad, "6", cantidad),
                *(p.unidad, str(p.agregado), "0", "0", *paises, p.tipo, p.clave, _instant(p.pago)),
            )
        )


def _tag(name: str, attributes: Mapping[str, str], inside: str = "") -> str:
    said = "".join(f' {key}="{_escaped(value)}"' for key, value in attributes.items())
    return f"<{name}{said}>{inside}</{name}>"


def _escaped(texto: str) -> str:
    return texto.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")


def _zip(files: Mapping[str, bytes], sello: str) -> bytes:
    # Only what makes files needs it.
    from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

    target = BytesIO()
    with ZipFile(target, "w") as whole:
        whole.comment = sello.encode()
        for name, body in files.items():
            # The same case gives the same bytes.
            info = ZipInfo(name, (2024, 1, 15, 12, 0, 0))
            info.compress_type = ZIP_DEFLATED
            whole.writestr(info, body)
    return target.getvalue()
