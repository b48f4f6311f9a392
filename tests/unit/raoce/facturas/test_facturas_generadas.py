"""The reader finds what the made up invoices add up to, which nobody read from a file."""

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

import pytest

import cfdi
from facturas import Cartera, Factura, RarezasCfdi, Relacion, esperado, make_cartera
from propiedades import given, settings, st
from raoce.facturas import LecturaCfdi, calcular
from raoce.reglas import regla_vigente

RFC = "EKU9003173C9"


def read(files, rfc=RFC, ejercicio=2023):
    lectura = LecturaCfdi(rfc, ejercicio)
    for name, body in files:
        for _ in lectura.leer(name, body):
            pass
    return calcular(lectura.facturas())


def agree(cartera, files=None):
    """What was read, after it was compared with what is expected."""
    found = read(cfdi.files(cartera) if files is None else files, cartera.rfc, cartera.ejercicio)
    right = esperado(cartera)
    assert not found.facturas.problemas
    assert found.facturado == right.facturado
    assert found.exportado == right.exportado
    assert found.nacional == right.nacional
    assert found.por_mes == right.por_mes
    assert found.contados == right.contados
    assert found.excluidos == right.excluidos
    assert {f.uuid: motivo for f, motivo, _ in found.decisiones()} == right.decisiones
    assert sum(found.exportado_por_mes.values()) == right.exportado
    assert sum(found.otros_tipos.values()) == right.excluidos["tipo"]
    assert found.sin_metadatos is not cartera.rarezas.metadatos
    assert found.sin_xml == 0
    assert found.sin_estatus == (0 if cartera.rarezas.metadatos else sum(found.contados.values()))
    return found


@pytest.mark.parametrize("semilla", range(80))
def test_the_totals_of_any_set_of_invoices(semilla):
    agree(make_cartera(semilla, RFC, 2023, 60))


@given(st.integers(1000, 10**9), st.sampled_from([2018, 2022, 2024]), st.sampled_from([RFC, "Ñ&A010203AB1"]))
@settings(max_examples=40)
def test_the_totals_of_any_company_and_year(semilla, ejercicio, rfc):
    agree(make_cartera(semilla, rfc, ejercicio, 25))


UUIDS = [f"{n:08X}-0000-4000-8000-000000000000" for n in range(1, 5)]


@pytest.mark.parametrize(
    ("last", "perdidas"),
    [
        ({}, 0),
        ({"cancelada": date(2023, 7, 1)}, 2),
        ({"fecha": datetime(2024, 1, 5)}, 2),
    ],
)
def test_a_sale_that_was_substituted_by_nothing_that_counts_is_told(last, perdidas):
    """Of A, substituted by B, and that by C: neither A nor B counts, and perhaps C does not."""
    a, b, c = (Factura(u, RFC, datetime(2023, 5, 1), Decimal(100)) for u in UUIDS[:3])
    b = replace(b, relaciones=(Relacion("04", (a.uuid,)),))
    c = replace(c, **({"relaciones": (Relacion("04", (b.uuid,)),)} | last))
    found = agree(Cartera(RFC, 2023, (a, b, c)))
    assert found.perdidas == perdidas
    assert [d.datos for d in found.dudas if d.codigo == "duda-perdidas"] == [{"cuantas": perdidas}] * bool(perdidas)


def test_a_ring_of_substitutions_is_told():
    ring = [
        Factura(u, RFC, datetime(2023, 5, 1), Decimal(100), relaciones=(Relacion("04", (other,)),))
        for u, other in zip(UUIDS, (*UUIDS[1:], UUIDS[0]), strict=True)
    ]
    assert agree(Cartera(RFC, 2023, tuple(ring))).perdidas == len(ring)


@given(st.integers(0, 10**6), st.randoms(use_true_random=False))
@settings(max_examples=20)
def test_the_order_of_the_files_changes_nothing(semilla, chance):
    rarezas = replace(RarezasCfdi.al_azar(semilla), por_zip=4, repetidos=0.1, sustituidos=0.1)
    cartera = make_cartera(semilla, RFC, 2023, 30, rarezas)
    files = list(cfdi.files(cartera))
    chance.shuffle(files)
    agree(cartera, files)


def factura(n, subtotal, **rest):
    known = {"rfc_emisor": RFC, "fecha": datetime(2023, 5, 6, 10)}
    return Factura(f"{n:08X}-0000-4000-8000-000000000000", subtotal=Decimal(subtotal), **known | rest)


def test_a_set_that_can_be_checked_on_paper():
    facturas = (
        factura(1, "1000.00", descuento=Decimal("100.00"), impuestos=Decimal("144.00"), rfc_receptor="AAA010101AAA"),
        factura(2, "100.00", moneda="USD", tipo_cambio=Decimal("17.5"), exportacion="02", comercio_exterior="2.0"),
        factura(3, "50.00", tipo="E", moneda="USD", tipo_cambio=Decimal("17.1234"), exportacion="02"),
        factura(4, "10.00", version="3.3", comercio_exterior="1.1", fecha=datetime(2023, 1, 1)),
        factura(5, "7.00", exportacion="03", fecha=datetime(2023, 12, 31, 23, 59, 59)),
        factura(6, "70.00"),
        factura(7, "80.00", relaciones=(Relacion("04", (factura(6, 1).uuid,)),)),
        factura(8, "5000.00", cancelada=date(2024, 1, 2)),
        factura(9, "9.00", rfc_emisor="AAA010101AAA"),
        factura(10, "9.00", fecha=datetime(2024, 1, 1)),
        factura(11, "0", tipo="P", moneda="XXX"),
        factura(12, "0", tipo="T", moneda="XXX"),
        factura(13, "900", tipo="N"),
        factura(1, "1000.00", descuento=Decimal("100.00"), impuestos=Decimal("144.00"), rfc_receptor="AAA010101AAA"),
    )
    found = agree(Cartera(RFC, 2023, facturas, RarezasCfdi()))
    assert found.facturado == Decimal("900") + 1750 - Decimal("856.17") + 10 + 7 + 80
    assert found.exportado == 1750 - Decimal("856.17") + 10 + 7
    assert found.nacional == 980
    assert found.excluidos == dict.fromkeys(("repetido", "recibido", "otro-anio", "cancelado", "sustituido"), 1) | {
        "tipo": 3
    }
    assert found.otros_tipos == {"P": 1, "T": 1, "N": 1}
    rules = {regla for _, _, regla in found.decisiones()}
    assert all(regla_vigente(rule).titulo for rule in rules)


def test_without_metadata_it_says_that_cancelled_ones_may_be_inside():
    facturas = (factura(1, 100), factura(2, 5000, cancelada=date(2023, 6, 1)))
    found = agree(Cartera(RFC, 2023, facturas, RarezasCfdi(metadatos=False)))
    assert found.facturado == 5100
    assert ("duda-sin-metadatos", {}) in found.dudas


def test_metadata_of_other_invoices_leave_a_doubt_on_both_sides():
    here, there = factura(1, 100), (factura(2, 100), factura(3, 1, tipo="P"), factura(4, 1, cancelada=date(2023, 6, 1)))
    metadatos = cfdi.metadata(Cartera(RFC, 2023, there, RarezasCfdi()))
    found = read([("a.xml", cfdi.xml(here)), ("metadata.txt", metadatos)])
    assert not found.sin_metadatos
    assert (found.sin_estatus, found.sin_xml) == (1, 1)
    assert found.dudas[:2] == (
        ("duda-metadatos-incompletos", {"cuantas": 1}),
        ("duda-faltan-xml", {"cuantas": 1}),
    )
    assert found.dudas[2].datos["meses"] == (1, 2, 3, 4, 6, 7, 8, 9, 10, 11, 12)
    assert len(found.dudas) == 3


def test_a_dropped_file_is_named_with_its_hash_and_what_was_in_it():
    cartera = make_cartera(3, RFC, 2023, 250, RarezasCfdi(por_zip=1000))
    lectura = LecturaCfdi(RFC, 2023)
    for name, body in cfdi.files(cartera):
        steps = list(lectura.leer(name, body))
        assert [s.renglones for s in steps] == sorted(s.renglones for s in steps)
        assert steps[-1] == (name, 250 if name.endswith(".zip") else 500)
        assert len(steps) >= 3 or name == "metadata.txt"
    first, second = lectura.facturas().archivos
    assert (first.nombre, first.registros, first.renglones) == ("CFDI_001.zip", {"xml": 250}, 250)
    assert second.registros == {"metadatos": 250}
    assert len(first.sha256) == 64 and first.sha256 != second.sha256


def test_who_stops_listening_leaves_the_rest_unread():
    cartera = make_cartera(3, RFC, 2023, 250, RarezasCfdi(por_zip=1000))
    lectura = LecturaCfdi(RFC, 2023)
    name, body = next(iter(cfdi.files(cartera)))
    reading = lectura.leer(name, body)
    next(reading)
    reading.close()
    facturas = lectura.facturas()
    assert 0 < len(facturas.presentes) < 250
    assert facturas.archivos[0].renglones == len(facturas.presentes)


def test_what_was_handed_over_stays_as_it_is():
    lectura = LecturaCfdi(RFC, 2023)
    list(lectura.leer("a.xml", cfdi.xml(factura(1, 100))))
    before = lectura.facturas()
    list(lectura.leer("b.xml", cfdi.xml(factura(2, 10))))
    assert calcular(before).facturado == 100 and calcular(lectura.facturas()).facturado == 110
    # In the middle of a file too.
    name, body = next(iter(cfdi.files(make_cartera(3, RFC, 2023, 250, RarezasCfdi(por_zip=1000)))))
    reading = lectura.leer(name, body)
    next(reading)
    before = lectura.facturas()
    some = len(before.presentes)
    assert list(reading) and len(before.presentes) == some < len(lectura.facturas().presentes) == 252
