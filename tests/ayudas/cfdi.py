"""Writes the invoices of a `Cartera` as CFDI 3.3 and 4.0, and the SAT's metadata of them.

Seals are random: none is valid. Namespaces and attributes: Anexo 20 (3.3 and 4.0), TimbreFiscalDigital 1.1, Comercio
Exterior 1.1 and 2.0, Pagos 1.0 and 2.0, Nómina 1.2; of the complements, as much as tells them apart.
"""

import base64
import random
from collections.abc import Iterator
from pathlib import Path
from xml.sax.saxutils import quoteattr

from data_stage import make_zip
from facturas import NOMINA, OTRO_RFC, PAGO, TRASLADO, Cartera, Factura, RarezasCfdi

XSI = "http://www.w3.org/2001/XMLSchema-instance"
CFD = {"3.3": "http://www.sat.gob.mx/cfd/3", "4.0": "http://www.sat.gob.mx/cfd/4"}
TFD = "http://www.sat.gob.mx/TimbreFiscalDigital"
CCE = {"1.1": "http://www.sat.gob.mx/ComercioExterior11", "2.0": "http://www.sat.gob.mx/ComercioExterior20"}
PAGOS = {
    "3.3": ("pago10", "http://www.sat.gob.mx/Pagos", "1.0"),
    "4.0": ("pago20", "http://www.sat.gob.mx/Pagos20", "2.0"),
}
NOMINA_12 = "http://www.sat.gob.mx/nomina12"
# As long as a real one is: it is most of a file.
CERTIFICADO = base64.b64encode(random.Random(12).randbytes(1500)).decode()
PAC = "SPR190613I52"
METADATOS = (
    "Uuid~RfcEmisor~NombreEmisor~RfcReceptor~NombreReceptor~PacCertifico~FechaEmision~FechaCertificacionSat~Monto~"
    "EfectoComprobante~Estatus~FechaCancelacion"
)


def _attributes(values: dict[str, object]) -> str:
    """What is `None` is left out."""
    return "".join(f" {name}={quoteattr(str(value))}" for name, value in values.items() if value is not None)


def _empty(name: str, **values: object) -> str:
    return f"<{name}{_attributes(values)}/>"


def _amount(value) -> str:
    return f"{value:.2f}"


def _emisor(factura: Factura) -> str:
    return "MUÑOZ E HIJOS, S.A. DE C.V." if factura.rfc_emisor == OTRO_RFC else "COMPAÑÍA DEL CAÑÓN & CÍA."


def xml(factura: Factura, rarezas: RarezasCfdi | None = None, semilla: int = 0) -> bytes:
    """One invoice, stamped."""
    r = rarezas or RarezasCfdi()
    sealing = random.Random(f"{semilla} {factura.uuid}")
    sello, sello_sat = (base64.b64encode(sealing.randbytes(256)).decode() for _ in range(2))
    p, v4 = "" if r.sin_prefijo else "cfdi:", factura.version == "4.0"
    namespace, fecha = CFD[factura.version], factura.fecha.isoformat(timespec="seconds")
    with_money = factura.tipo not in (PAGO, TRASLADO)
    schema = f"{namespace} http://www.sat.gob.mx/sitio_internet/cfd/{factura.version[0]}/cfdv{factura.version[::2]}.xsd"
    root = {
        "xmlns:xsi": XSI,
        f"xmlns{':cfdi' if p else ''}": namespace,
        "xsi:schemaLocation": schema,
        "Version": factura.version,
        "Serie": "A",
        "Folio": str(sealing.randrange(1, 10**6)),
        "Fecha": fecha,
        "Sello": sello,
        "FormaPago": "99" if with_money else None,
        "NoCertificado": "30001000000400002434",
        "Certificado": CERTIFICADO,
        "SubTotal": _amount(factura.subtotal) if with_money else "0",
        "Descuento": _amount(factura.descuento) if factura.descuento else None,
        "Moneda": factura.moneda,
        "TipoCambio": factura.tipo_cambio,
        "Total": _amount(factura.total) if with_money else "0",
        "TipoDeComprobante": factura.tipo,
        "Exportacion": factura.exportacion if v4 else None,
        "MetodoPago": "PPD" if with_money else None,
        "LugarExpedicion": "20909",
    }
    receptor = {
        "Rfc": factura.rfc_receptor,
        "Nombre": factura.nombre_receptor,
        "DomicilioFiscalReceptor": "20909" if v4 else None,
        "ResidenciaFiscal": "USA" if factura.exporta else None,
        "NumRegIdTrib": "123456789" if factura.exporta else None,
        "RegimenFiscalReceptor": "601" if v4 else None,
        "UsoCFDI": "S01" if v4 else "P01",
    }
    body = [
        *_relaciones(factura, p),
        _empty(f"{p}Emisor", Rfc=factura.rfc_emisor, Nombre=_emisor(factura), RegimenFiscal="601"),
        f"<{p}Receptor{_attributes(receptor)}/>",
        _conceptos(factura, p),
        *_impuestos(factura, p),
        f"<{p}Complemento>{_complementos(factura)}",
        f'<tfd:TimbreFiscalDigital xmlns:tfd="{TFD}" xsi:schemaLocation="{TFD} '
        "http://www.sat.gob.mx/sitio_internet/cfd/TimbreFiscalDigital/TimbreFiscalDigitalv11.xsd"
        f'" Version="1.1" UUID="{factura.uuid.lower() if r.uuid_minusculas else factura.uuid}" FechaTimbrado="{fecha}" '
        f'RfcProvCertif="{PAC}" SelloCFD="{sello}" NoCertificadoSAT="30001000000400002495" SelloSAT="{sello_sat}"/>',
        f"</{p}Complemento>",
    ]
    if r.addenda:
        # A purchase order of the customer: nothing in it is of the invoice.
        body.append(f'<{p}Addenda><Comprobante xmlns="" SubTotal="1" Total="1" UUID="X"/></{p}Addenda>')
    text = f"<{p}Comprobante{_attributes(root)}>{''.join(body)}</{p}Comprobante>"
    if not r.sin_declaracion:
        text = f'<?xml version="1.0" encoding="UTF-8"?>\n{text}'
    return text.encode("utf-8-sig" if r.marca_de_orden else "utf-8")


def _relaciones(factura: Factura, p: str) -> list[str]:
    return [
        f'<{p}CfdiRelacionados TipoRelacion="{relacion.tipo}">'
        + "".join(_empty(f"{p}CfdiRelacionado", UUID=u) for u in relacion.uuids)
        + f"</{p}CfdiRelacionados>"
        for relacion in factura.relaciones
    ]


def _tasa(factura: Factura, p: str, base: bool) -> str:
    values = {
        "Base": _amount(factura.subtotal - factura.descuento) if base else None,
        "Impuesto": "002",
        "TipoFactor": "Tasa",
        "TasaOCuota": "0.160000" if factura.impuestos else "0.000000",
        "Importe": _amount(factura.impuestos),
    }
    return f"<{p}Traslados><{p}Traslado{_attributes(values)}/></{p}Traslados>"


def _conceptos(factura: Factura, p: str) -> str:
    v4, taxed = factura.version == "4.0", factura.tipo not in (PAGO, TRASLADO, NOMINA)
    pago = factura.tipo == PAGO
    values = {
        "ClaveProdServ": "84111506" if pago else "31162800",
        "Cantidad": "1",
        "ClaveUnidad": "ACT" if pago else "H87",
        "Descripcion": "Pago" if pago else 'TUBO DE 1/2" <ROSCADO> & CAÑA',
        "ValorUnitario": _amount(factura.subtotal) if factura.subtotal else "0",
        "Importe": _amount(factura.subtotal) if factura.subtotal else "0",
        "Descuento": _amount(factura.descuento) if factura.descuento else None,
        "ObjetoImp": ("02" if taxed else "01") if v4 else None,
    }
    impuestos = f"<{p}Impuestos>{_tasa(factura, p, True)}</{p}Impuestos>" if taxed else ""
    return f"<{p}Conceptos><{p}Concepto{_attributes(values)}>{impuestos}</{p}Concepto></{p}Conceptos>"


def _impuestos(factura: Factura, p: str) -> list[str]:
    if factura.tipo in (PAGO, TRASLADO, NOMINA):
        return []
    total = _attributes({"TotalImpuestosTrasladados": _amount(factura.impuestos)})
    return [f"<{p}Impuestos{total}>{_tasa(factura, p, factura.version == '4.0')}</{p}Impuestos>"]


def _complementos(factura: Factura) -> str:
    """Those before the stamp, each with a namespace of its own."""
    dia = f"{factura.fecha:%Y-%m-%d}"
    if factura.tipo == PAGO:
        name, namespace, version = PAGOS[factura.version]
        pago = _empty(f"{name}:Pago", FechaPago=f"{dia}T12:00:00", FormaDePagoP="03", MonedaP="MXN", Monto="1160.00")
        totales = '<pago20:Totales MontoTotalPagos="1160.00"/>' if version == "2.0" else ""
        return f'<{name}:Pagos xmlns:{name}="{namespace}" Version="{version}">{totales}{pago}</{name}:Pagos>'
    if factura.tipo == NOMINA:
        days = {"FechaPago": dia, "FechaInicialPago": dia, "FechaFinalPago": dia, "NumDiasPagados": "1"}
        values = {"xmlns:nomina12": NOMINA_12, "Version": "1.2", "TipoNomina": "O", **days}
        return f"<nomina12:Nomina{_attributes(values)}/>"
    if not factura.comercio_exterior:
        return ""
    name = f"cce{factura.comercio_exterior.replace('.', '')}"
    values = {
        f"xmlns:{name}": CCE[factura.comercio_exterior],
        "Version": factura.comercio_exterior,
        "TipoOperacion": "2" if name == "cce11" else None,
        "ClaveDePedimento": "A1",
        "CertificadoOrigen": "0",
        "Incoterm": "FCA",
        "Subdivision": "0" if name == "cce11" else None,
        "TipoCambioUSD": factura.tipo_cambio if factura.moneda == "USD" else "17.7338",
        "TotalUSD": _amount(factura.subtotal),
    }
    mercancia = _empty(
        f"{name}:Mercancia",
        NoIdentificacion="1",
        FraccionArancelaria="8538909999",
        ValorDolares=_amount(factura.subtotal),
    )
    return (
        f"<{name}:ComercioExterior{_attributes(values)}><{name}:Mercancias>{mercancia}</{name}:Mercancias>"
        f"</{name}:ComercioExterior>"
    )


def metadata(cartera: Cartera) -> bytes:
    """What the SAT hands over about these invoices, one line each, whatever came twice."""
    words = {True: "Cancelado", False: "Vigente"} if cartera.rarezas.estatus_en_letra else {True: "0", False: "1"}
    lines = [METADATOS]
    for f in {f.uuid: f for f in cartera.facturas}.values():
        fecha = f.fecha.isoformat(" ", "seconds")
        cancelada = f"{f.cancelada} 10:11:12" if f.cancelada else ""
        who = (f.rfc_emisor, _emisor(f), f.rfc_receptor, f.nombre_receptor, PAC)
        what = (fecha, fecha, _amount(f.total), f.tipo, words[bool(f.cancelada)], cancelada)
        lines.append("~".join((f.uuid, *who, *what)))
    return ("\r\n".join(lines) + "\r\n").encode()


def files(cartera: Cartera, compresion: int = 1) -> Iterator[tuple[str, bytes]]:
    """What the filer drops on the page, by name: zips of XML or loose XML, and the metadata where there are any."""
    r = cartera.rarezas
    if r.anidado and r.por_zip:
        yield "CFDI.zip", make_zip(((name, (body,)) for name, body in _invoices(cartera, compresion)), 0)
    else:
        yield from _invoices(cartera, compresion)
    if r.metadatos:
        yield "metadata.txt", metadata(cartera)


def _invoices(cartera: Cartera, compresion: int) -> Iterator[tuple[str, bytes]]:
    r = cartera.rarezas
    # One that comes twice may not have the same name twice in one folder.
    named = [(f"{n:06}_{f.uuid}.xml", f) for n, f in enumerate(cartera.facturas)]
    if not r.por_zip:
        yield from ((name, xml(f, r, cartera.semilla)) for name, f in named)
        return
    for start in range(0, len(named), r.por_zip):
        some = named[start : start + r.por_zip]
        members = ((name, (xml(f, r, cartera.semilla),)) for name, f in some)
        yield f"CFDI_{start // r.por_zip + 1:03}.zip", make_zip(members, compresion)


def write(cartera: Cartera, carpeta: Path) -> list[Path]:
    """`files` into a folder."""
    paths = []
    for name, body in files(cartera):
        paths.append(carpeta / name)
        paths[-1].write_bytes(body)
    return paths
