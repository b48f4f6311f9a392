"""Writes a `Libro` as the SAT delivers a Data Stage.

Layouts: the SAT's dictionary of April 2022 for 501, 551 and 701; for the rest, the headings as other programs write
them.
"""

import io
import random
import zipfile
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from itertools import islice
from operator import itemgetter
from pathlib import Path

from aduana import OTRO_RFC, Entrega, Libro, Pedimento, Rarezas

DICCIONARIO = {
    "501": "Patente|Pedimento|SeccionAduanera|TipoOperacion|ClaveDocumento|SeccionAduaneraEntrada|CurpContribuyente|"
    "Rfc|CurpAgenteA|TipoCambio|TotalFletes|TotalSeguros|TotalEmbalajes|TotalIncrementables|TotalDeducibles|"
    "PesoBrutoMercancia|MedioTransporteSalida|MedioTransporteArribo|MedioTransporteEntrada_Salida|DestinoMercancia|"
    "NombreContribuyente|CalleContribuyente|NumInteriorContribuyente|NumExteriorContribuyente|CPContribuyente|"
    "MunicipioContribuyente|EntidadFedContribuyente|PaisContribuyente|TipoPedimento|FechaRecepcionPedimento|FechaPagoReal",
    "502": "Patente|Pedimento|SeccionAduanera|RfcTransportista|CurpTransportista|NombreTransportista|PaisTransporte|"
    "IdentificadorTransporte|FechaPagoReal",
    "505": "Patente|Pedimento|SeccionAduanera|FechaFacturacion|NumeroFactura|TerminoFacturacion|MonedaFacturacion|"
    "ValorDolares|ValorMonedaExtranjera|PaisFacturacion|EntidadFedFacturacion|IndentFiscalProveedor|ProveedorMercancia|"
    "CalleProveedor|NumInteriorProveedor|NumExteriorProveedor|CpProveedor|MunicipioProveedor|FechaPagoReal",
    "510": "Patente|Pedimento|SeccionAduanera|ClaveContribucion|FormaPago|ImportePago|TipoPedimento|FechaPagoReal",
    "520": "Patente|Pedimento|SeccionAduanera|IndentFiscalDestinatario|NombreDestinatarioMercancia|CalleDestinatario|"
    "NumInteriorDestinatario|NumExteriorDestinatario|CpDestinatario|MunicpioDestinatario|PaisDestinatario|FechaPagoReal",
    "551": "Patente|Pedimento|SeccionAduanera|Fraccion|SecuenciaFraccion|SubdivisionFraccion|DescripcionMercancia|"
    "PrecioUnitario|ValorAduana|ValorComercial|ValorDolares|CantidadUMComercial|UnidadMedidaComercial|CantidadUMTarifa|"
    "UnidadMedidaTarifa|ValorAgregado|ClaveVinculacion|MetodoValorizacion|CodigoMercanciaProducto|MarcaMercanciaProducto|"
    "ModeloMercanciaProducto|PaisOrigenDestino|PaisCompradorVendedor|EntidadFedOrigen|EntidadFedDestino|"
    "EntidadFedComprador|EntidadFedVendedor|TipoOperacion|ClaveDocumento|FechaPagoReal",
    "701": "Patente|Pedimento|SeccionAduanera|ClaveDocumento|FechaPago|PedimentoAnterior|PatenteAnterior|"
    "SeccionAduaneraAnterior|DocumentoAnterior|FechaOperacionAnterior|PedimentoOriginal|PatenteAduanalOrig|"
    "SeccionAduaneraDespOrig|FechaPagoReal",
}
DICCIONARIO = {registro: columnas.split("|") for registro, columnas in DICCIONARIO.items()}
# What a delivery may lack without any total being in doubt.
PRESCINDIBLES = {
    "501": ("CurpAgenteA", "TotalSeguros", "CalleContribuyente", "DestinoMercancia", "FechaRecepcionPedimento"),
    "551": ("MarcaMercanciaProducto", "ModeloMercanciaProducto", "EntidadFedOrigen", "PrecioUnitario", "ValorAduana"),
}
# Of these a file does not hold every pedimento: nothing reads them.
SECUNDARIOS = ("502", "505", "510", "520")
COLUMNAS_NUEVAS = ("CampoNuevo", "Observación")
VALORES_NUEVOS = ("N", "")
CODIFICACIONES = ("utf-8", "latin-1", "utf-8-sig")
ROWS_AT_ONCE = 5000
WRITTEN = (2024, 1, 15, 12, 0, 0)  # in the zips: the same seed makes the same bytes


def _iso(fecha: datetime) -> str:
    return fecha.isoformat(" ", "seconds")


def _dia(fecha: datetime) -> str:
    return f"{fecha:%d/%m/%Y}"


def _rows(registro: str, pedimentos: Iterable[Pedimento], r: Rarezas) -> Iterator[tuple[str, ...]]:
    """The fields of each row, in the order of the dictionary."""
    fecha = _iso if r.fechas == "iso" else _dia
    for p in pedimentos:
        key, pago = (p.patente, p.pedimento, p.seccion), fecha(p.fecha_pago)
        match registro:
            case "501":
                recibido = fecha(p.fecha_pago - timedelta(minutes=9))
                nombre = "MUÑOZ E HIJOS, S.A. DE C.V." if p.rfc == OTRO_RFC else "COMPAÑÍA DEL CAÑÓN & CÍA."
                medios = ("7", "7", "7", "9")
                domicilio = ("CALLE PEÑA", "", "134", "20909", "JESÚS MARÍA", "AG", "MEX")
                montos = ("17.73380", "0", "0", "0", "0", "0", "287.000")
                yield (
                    *(*key, p.tipo_operacion, p.clave, p.seccion, "", p.rfc, "CAUR670725MTSRDS02"),
                    *(*montos, *medios, nombre, *domicilio, p.tipo_pedimento, recibido, pago),
                )
            case "551":
                pais = ("", "", "", "USA", "USA", " ", " ", " ", " ")
                for n, x in enumerate(p.partidas, 1):
                    comercial, cantidad = str(x.valor_comercial), str(x.cantidad_umt)
                    unidad = x.unidad.lstrip("0") if r.unidad_sin_cero else x.unidad
                    # The SAT writes no value added as nothing or as a zero.
                    agregado = str(x.valor_agregado) if x.valor_agregado or n % 2 else ""
                    yield (
                        *(*key, x.fraccion, str(n), "00", x.descripcion, "2962.75000", "0", comercial, "1976.88"),
                        *("12.000", "6", cantidad, unidad, agregado, "0", "0", *pais),
                        *(p.tipo_operacion, p.clave, pago),
                    )
            case "701":
                if p.anterior:
                    a, o = p.anterior, p.original or p.anterior
                    yield (
                        *(*key, p.clave, pago, a.pedimento, a.patente, a.seccion, a.documento, fecha(a.fecha)),
                        *(o.pedimento, o.patente, o.seccion, pago),
                    )
            case _:
                columnas = len(DICCIONARIO[registro])
                yield (*key, *("0",) * (columnas - 4), pago)


def _texts(registro: str, pedimentos: tuple[Pedimento, ...], r: Rarezas, chance: random.Random) -> Iterator[str]:
    """One file, a stretch at a time."""
    prescindibles = PRESCINDIBLES.get(registro, ())
    de_menos = chance.sample(prescindibles, min(r.columnas_de_menos, len(prescindibles)))
    columnas = [(n, c) for n, c in enumerate((*DICCIONARIO[registro], *COLUMNAS_NUEVAS)) if c not in de_menos]
    columnas = columnas[: len(columnas) - len(COLUMNAS_NUEVAS) + r.columnas_de_mas]
    if r.revueltas:
        chance.shuffle(columnas)
    chosen = itemgetter(*(n for n, _ in columnas))
    end = r.fin_de_linea
    row_end = end if r.pipe_final == "nunca" else f"|{end}"
    heading = "|".join(c for _, c in columnas) + (f"|{end}" if r.pipe_final == "siempre" else end)
    rows = _rows(registro, pedimentos if registro not in SECUNDARIOS else pedimentos[::20], r)
    first = True
    while some := list(islice(rows, ROWS_AT_ONCE)):
        lines = row_end.join(["|".join(chosen(row + VALORES_NUEVOS)) for row in some])
        yield f"{heading if first else ''}{lines}{row_end}"
        first = False
    if first and r.vacio == "encabezados":
        yield heading


def _members(libro: Libro, entrega: Entrega, solicitud: int) -> Iterator[tuple[str, Iterator[bytes]]]:
    """The files of one delivery, by name."""
    chance = random.Random(f"{libro.semilla} {entrega.nombre}")
    for registro in DICCIONARIO:
        r = libro.rarezas
        codificacion = chance.choice(CODIFICACIONES) if r.codificacion == "mezclada" else r.codificacion
        # The mark of UTF-8 goes before the first stretch alone.
        texts = _texts(registro, entrega.pedimentos, r, chance)
        first, rest = ("latin-1",) * 2 if codificacion == "latin-1" else (codificacion, "utf-8")
        body = (text.encode(rest if n else first) for n, text in enumerate(texts))
        yield f"{solicitud}_{registro}.{r.extension}", body


def files(libro: Libro, compresion: int = 1) -> Iterator[tuple[str, bytes]]:
    """What the filer drops on the page, by name: monthly zips, one zip of zips, or loose files."""
    if libro.rarezas.anidado and not libro.rarezas.sueltos:
        yield "DataStage.zip", make_zip(((name, iter((body,))) for name, body in _monthly(libro, compresion)), 0)
    else:
        yield from _monthly(libro, compresion)


def _monthly(libro: Libro, compresion: int) -> Iterator[tuple[str, bytes]]:
    for n, entrega in enumerate(libro.entregas):
        members = _members(libro, entrega, 1_839_483 + n)
        if libro.rarezas.sueltos:
            yield from ((name, b"".join(body)) for name, body in members)
        else:
            yield f"{entrega.nombre}.zip", make_zip(members, compresion)


def make_zip(members: Iterable[tuple[str, Iterable[bytes]]], compresion: int) -> bytes:
    """A zip of these files, given as stretches. Level 0 only stores them."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compresslevel=compresion) as whole:
        for name, body in members:
            info = zipfile.ZipInfo(name, WRITTEN)
            info.compress_type = zipfile.ZIP_DEFLATED if compresion else zipfile.ZIP_STORED
            info._compresslevel = compresion  # has no public name before Python 3.13
            with whole.open(info, "w") as member:
                for stretch in body:
                    member.write(stretch)
    return out.getvalue()


def write(libro: Libro, carpeta: Path) -> list[Path]:
    """`files` into a folder."""
    paths = []
    for name, body in files(libro):
        paths.append(carpeta / name)
        paths[-1].write_bytes(body)
    return paths
