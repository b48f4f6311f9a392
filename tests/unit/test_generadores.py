"""What is made up for the tests, tried against itself: files that hold the book, and totals that a broker can check."""

import io
import zipfile
from collections import Counter
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

import pytest
from lxml import etree

import cfdi
import data_stage
import facturas
from aduana import (
    DESISTIDO,
    EXPORTACION,
    IMPORTACION,
    MOTIVOS,
    OTRO_RFC,
    RECTIFICACION,
    Entrega,
    Libro,
    Partida,
    Pedimento,
    Rarezas,
    esperado,
    exact,
    in_thousands,
)
from aduana_azar import make_libro
from cfdi import METADATOS
from facturas import Cartera, Factura, RarezasCfdi, Relacion, make_cartera

RFC = "EKU9003173C9"
SEMILLAS = range(12)


def unpacked(files):
    """Every file that is not a zip, however deep."""
    for name, body in files:
        if name.endswith(".zip"):
            with zipfile.ZipFile(io.BytesIO(body)) as whole:
                yield from unpacked((n, whole.read(n)) for n in whole.namelist())
        else:
            yield name, body


def text_of(body: bytes) -> str:
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError:
        return body.decode("latin-1")


def rows(libro, registro):
    """The rows of all the files of a kind, by heading."""
    for name, body in unpacked(data_stage.files(libro)):
        if f"_{registro}." not in name or not body:
            continue
        heading, *lines = text_of(body).split(libro.rarezas.fin_de_linea)
        columns = heading.removesuffix("|").split("|")
        for line in filter(None, lines):
            fields = line.split("|")
            assert len(columns) <= len(fields) <= len(columns) + 1
            yield dict(zip(columns, fields, strict=False))


# A book that can be checked on paper.


def pedimento(numero, dia, valor, tipo=EXPORTACION, clave="RT", de=None, original=None, **rest):
    agregado = rest.pop("agregado", 0)
    referencias = {}
    if de:
        referencias = {"anterior": de.referencia, "original": (original or de).referencia}
        clave, rest["tipo_pedimento"] = "R1", rest.get("tipo_pedimento", RECTIFICACION)
    partidas = (Partida("85389099", "06", valor, agregado, Decimal("2.5")),)
    fecha = datetime.fromisoformat(dia)
    fields = {"rfc": RFC, "partidas": partidas} | rest
    return Pedimento("3953", numero, "240", tipo, clave, fecha_pago=fecha, **fields, **referencias)


def libro_de(*meses):
    return Libro(RFC, 2023, tuple(Entrega(f"mes {n}", tuple(p)) for n, p in enumerate(meses)))


def test_each_reason_leaves_out_its_own():
    primero = pedimento("3000001", "2023-01-10", 1000)
    enero = [
        primero,
        pedimento("3000002", "2023-01-11", 200, clave="V1", agregado=50),
        pedimento("3000003", "2023-01-12", 40, clave="BM"),
        pedimento("3000004", "2023-01-13", 7, tipo_pedimento=DESISTIDO),
        pedimento("3000005", "2023-01-14", 9, rfc=OTRO_RFC),
        pedimento("3000006", "2022-12-30", 11),
        pedimento("3000007", "2023-01-15", 5000, IMPORTACION, "IN"),
        # The number of the first, of ten years before: another pedimento.
        pedimento("3000001", "2013-01-10", 13),
    ]
    febrero = [pedimento("3000008", "2023-02-01", 1500, de=primero)]
    answer = esperado(libro_de(enero, febrero, enero))
    assert (answer.exportaciones, answer.importaciones) == (1700, 5000)
    assert answer.por_clave == {("2", "RT"): 1500, ("2", "V1"): 200, ("1", "IN"): 5000}
    assert answer.por_mes == {("2", 1): 1700, ("1", 1): 5000}
    assert answer.contados == {"2": 2, "1": 1}
    counts = {"otro-rfc": 1, "otro-anio": 2, "desistido": 1, "rectificado": 1, "clave": 1}
    assert answer.excluidos == {"repetido": 8, **counts}
    assert answer.volumenes == {("2", "85389099", "06"): 5, ("1", "85389099", "06"): Decimal("2.5")}
    assert answer.huerfanas == 0
    consignado = esperado(libro_de(enero, febrero), consignacion=True)
    assert (consignado.exportaciones, consignado.importaciones) == (50, 5000)
    assert esperado(libro_de(enero), {"BM"}, set()).exportaciones == 40


def test_the_last_of_a_chain_counts_in_the_year_of_its_original():
    a = pedimento("3000001", "2023-12-28", 100, clave="V1")
    b = pedimento("4000001", "2024-01-05", 110, de=a)
    c = pedimento("4000002", "2024-02-05", 120, de=b, original=a)
    whole = esperado(libro_de([a], [b, c]))
    assert whole.por_clave == {("2", "V1"): 120} and whole.por_mes == {("2", 12): 120}
    assert whole.excluidos["rectificado"] == 2
    # By its own date it is of 2024, and so is the one between.
    own = esperado(libro_de([a], [b, c]), fecha="propia")
    assert own.exportaciones == 0
    assert (own.excluidos["rectificado"], own.excluidos["otro-anio"]) == (1, 2)
    # What is between may be missing: 701 names the original too.
    broken = esperado(libro_de([a], [c]))
    assert broken.por_clave == {("2", "V1"): 120} and broken.huerfanas == 0


def test_an_orphan_counts_on_its_own_date_under_the_clave_that_701_says():
    a = pedimento("2000001", "2022-12-28", 100, clave="A1")
    b = pedimento("3000001", "2023-01-05", 110, de=a)
    orphan = esperado(libro_de([b]))
    assert orphan.por_clave == {("2", "A1"): 110} and orphan.huerfanas == 1
    # With the original there, it is an operation of 2022.
    assert esperado(libro_de([a, b])).excluidos["otro-anio"] == 2
    # One that was given up rectifies nothing.
    given_up = pedimento("3000002", "2023-03-05", 500, de=b, original=a, tipo_pedimento=DESISTIDO)
    answer = esperado(libro_de([b, given_up]))
    assert answer.exportaciones == 110 and answer.excluidos["desistido"] == 1


def test_half_a_thousand_is_rounded_up():
    assert [in_thousands(Decimal(p)) for p in ("1499.999999", "1500", "2500", "0")] == [1, 2, 3, 0]


# Made up from a seed.


@pytest.mark.parametrize("semilla", SEMILLAS)
def test_the_files_hold_the_book(semilla):
    libro = make_libro(semilla, RFC, 2023, 150)
    todos = [p for e in libro.entregas for p in e.pedimentos]
    columns = ["Patente", "Pedimento", "SeccionAduanera", "Rfc", "ClaveDocumento", "TipoOperacion", "TipoPedimento"]

    def key(p):
        return p.patente, p.pedimento, p.seccion, p.rfc, p.clave, p.tipo_operacion, p.tipo_pedimento

    read = [tuple(r[c] for c in columns) for r in rows(libro, "501")]
    assert Counter(read) == Counter(map(key, todos))
    partidas = Counter((p.pedimento, *x) for p in todos for x in p.partidas)
    read = [
        (
            r["Pedimento"],
            r["Fraccion"],
            f"{r['UnidadMedidaTarifa']:0>2}",
            Decimal(r["ValorComercial"]),
            Decimal(r["ValorAgregado"] or 0),
            Decimal(r["CantidadUMTarifa"]),
            r["DescripcionMercancia"],
        )
        for r in rows(libro, "551")
    ]
    assert Counter(read) == partidas
    anteriores = Counter((p.pedimento, p.anterior.pedimento, p.anterior.documento) for p in todos if p.anterior)
    read = [(r["Pedimento"], r["PedimentoAnterior"], r["DocumentoAnterior"]) for r in rows(libro, "701")]
    assert Counter(read) == anteriores
    assert libro.filas == {k: len(list(rows(libro, k))) for k in ("501", "551", "701")}
    answer = esperado(libro)
    assert sum(answer.contados.values()) + sum(answer.excluidos.values()) == len(todos)
    assert list(data_stage.files(libro)) == list(data_stage.files(make_libro(semilla, RFC, 2023, 150)))
    with exact():
        assert sum(answer.por_mes.values()) == answer.exportaciones + answer.importaciones


def test_the_seeds_reach_every_reason_and_oddity():
    libros = [make_libro(semilla, RFC, 2023, 150) for semilla in SEMILLAS]
    found = Counter()
    for libro in libros:
        found.update({m: n for m, n in esperado(libro).excluidos.items() if n})
        found.update({("rareza", k, str(v)) for k, v in vars(libro.rarezas).items()})
    assert set(MOTIVOS) <= set(found)
    for oddity in ("revueltas", "comillas", "decimales", "unidad_sin_cero", "desorden", "sueltos"):
        assert {("rareza", oddity, "True"), ("rareza", oddity, "False")} <= set(found)


def test_the_layout_changes_no_total():
    plain = make_libro(5, RFC, 2023, 200, Rarezas(rectificados=0.2, huerfanas=0.1, traslapados=3))
    odd = replace(plain, rarezas=replace(plain.rarezas, codificacion="latin-1", revueltas=True, fechas="dia"))
    assert esperado(plain) == esperado(odd)
    assert list(data_stage.files(plain)) != list(data_stage.files(odd))
    assert len(plain.entregas) >= 12


def test_one_pedimento_is_twelve_zips_of_eight_files():
    libro = make_libro(1, RFC, 2023, 1, Rarezas())
    assert libro.filas["501"] == 1
    delivered = list(data_stage.files(libro))
    assert [name for name, _ in delivered] == [f"2023{mes:02}.zip" for mes in range(1, 13)]
    assert len(list(unpacked(delivered))) == 12 * len(data_stage.DICCIONARIO)
    for registro, columns in {"501": 31, "551": 30, "701": 14}.items():
        assert len(data_stage.DICCIONARIO[registro]) == columns


# Invoices.


def factura(n, subtotal, **rest):
    fields = {"rfc_emisor": RFC, "fecha": datetime(2023, 5, n), "subtotal": Decimal(subtotal)}
    return Factura(f"00000000-0000-4000-8000-{n:012}", **fields | rest)


def test_sales_are_invoices_less_credit_notes_in_pesos():
    a = factura(1, "1000.50", descuento=Decimal("0.50"))
    dolares = {"moneda": "USD", "tipo_cambio": Decimal("17.5")}
    todas = (
        a,
        replace(a, uuid=a.uuid.lower()),
        factura(2, 100, exportacion="02", comercio_exterior="2.0", **dolares),
        factura(3, 10, version="3.3", comercio_exterior="1.1", **dolares),
        factura(4, 300, tipo="E", relaciones=(Relacion("01", (a.uuid,)),)),
        factura(5, 2, tipo="E", exportacion="04", **dolares),
        factura(6, 7, rfc_emisor=OTRO_RFC),
        factura(7, 7, fecha=datetime(2022, 12, 31, 23, 59, 59)),
        factura(8, 5000, cancelada=date(2023, 6, 1)),
        factura(9, 70),
        factura(10, 80, relaciones=(Relacion("07", (a.uuid,)), Relacion("04", (factura(9, 1).uuid.lower(),)))),
        factura(11, 0, tipo="P", moneda="XXX"),
        factura(12, 900, tipo="N"),
    )
    answer = facturas.esperado(Cartera(RFC, 2023, todas))
    assert answer.facturado == 1000 + 1750 + 175 - 300 - 35 + 80
    assert answer.exportado == 1750 + 175 - 35
    assert answer.nacional == 780
    assert answer.contados == {"I": 4, "E": 2}
    once = dict.fromkeys(("repetido", "recibido", "otro-anio", "cancelado", "sustituido"), 1)
    assert answer.excluidos == {**once, "tipo": 2}
    # Without the metadata nobody can tell.
    blind = facturas.esperado(Cartera(RFC, 2023, todas), con_metadatos=False)
    assert blind.facturado == answer.facturado + 5000 and blind.excluidos["cancelado"] == 0


def test_of_what_was_substituted_twice_the_last_counts():
    a = factura(1, 100)
    b = factura(2, 110, relaciones=(Relacion("04", (a.uuid,)),), cancelada=date(2023, 6, 1))
    c = factura(3, 120, relaciones=(Relacion("04", (b.uuid,)),))
    for con_metadatos in (True, False):
        assert facturas.esperado(Cartera(RFC, 2023, (c, a, b)), con_metadatos).facturado == 120


@pytest.mark.parametrize("semilla", SEMILLAS)
def test_the_xml_holds_the_invoices(semilla):
    cartera = make_cartera(semilla, RFC, 2023, 80)
    read, metadatos = [], ""
    for name, body in unpacked(cfdi.files(cartera)):
        if name.endswith(".txt"):
            metadatos = body.decode()
            continue
        root = etree.fromstring(body)
        cfd = cfdi.CFD[root.get("Version")]
        assert root.tag == f"{{{cfd}}}Comprobante"
        complemento = root.find(f"{{{cfd}}}Complemento")
        comercio = "".join(v for v, ns in cfdi.CCE.items() if complemento.find(f"{{{ns}}}ComercioExterior") is not None)
        relaciones = tuple(
            Relacion(r.get("TipoRelacion"), tuple(x.get("UUID") for x in r))
            for r in root.findall(f"{{{cfd}}}CfdiRelacionados")
        )
        read.append(
            Factura(
                complemento.find(f"{{{cfdi.TFD}}}TimbreFiscalDigital").get("UUID").upper(),
                root.find(f"{{{cfd}}}Emisor").get("Rfc"),
                datetime.fromisoformat(root.get("Fecha")),
                Decimal(root.get("SubTotal")),
                Decimal(root.get("Descuento") or 0),
                Decimal(root.get("Total")) - Decimal(root.get("SubTotal")) + Decimal(root.get("Descuento") or 0),
                root.get("TipoDeComprobante"),
                root.get("Version"),
                root.get("Moneda"),
                Decimal(root.get("TipoCambio")) if root.get("TipoCambio") else None,
                root.get("Exportacion") or "01",
                comercio,
                relaciones,
                root.find(f"{{{cfd}}}Receptor").get("Rfc"),
                root.find(f"{{{cfd}}}Receptor").get("Nombre"),
            )
        )
    assert read == [replace(f, cancelada=None) for f in cartera.facturas]
    assert bool(metadatos) == cartera.rarezas.metadatos
    if metadatos:
        heading, *lines = metadatos.splitlines()
        assert heading == METADATOS
        cancelled = {c[0] for c in (line.split("~") for line in lines) if c[10] in ("0", "Cancelado")}
        assert cancelled == {f.uuid for f in cartera.facturas if f.cancelada}
        assert {line.count("~") for line in lines} == {11}
    answer = facturas.esperado(cartera)
    assert sum(answer.contados.values()) + sum(answer.excluidos.values()) == len(cartera.facturas)
    assert list(cfdi.files(cartera)) == list(cfdi.files(make_cartera(semilla, RFC, 2023, 80)))


def test_the_seeds_reach_every_reason_to_leave_an_invoice_out():
    found = Counter()
    for semilla in SEMILLAS:
        found.update({m for m, n in facturas.esperado(make_cartera(semilla, RFC, 2023, 80)).excluidos.items() if n})
    assert set(found) == set(facturas.MOTIVOS)
    assert {f.version for f in make_cartera(1, RFC, 2023, 80, RarezasCfdi(v33=0.5)).facturas} == {"3.3", "4.0"}
