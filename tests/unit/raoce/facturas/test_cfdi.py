"""Invoices written by hand, and the metadata of them."""

from datetime import date
from decimal import Decimal

import pytest

from raoce.base import DatoInvalido
from raoce.facturas import LecturaCfdi, calcular, metadatos
from raoce.facturas.cfdi import read

UUID = "6F8B1C2D-0001-4A5B-8C9D-0123456789AB"
OTRO = "6F8B1C2D-0002-4A5B-8C9D-0123456789AB"
TIMBRE = f'<t:TimbreFiscalDigital xmlns:t="http://www.sat.gob.mx/TimbreFiscalDigital" UUID="{UUID.lower()}"/>'


def xml(root="", complemento=TIMBRE, before="", after="", version="4.0", ns="http://www.sat.gob.mx/cfd/4", **said):
    values = {
        "Version": version,
        "Fecha": "2023-02-03T10:11:12",
        "TipoDeComprobante": "I",
        "Moneda": "MXN",
        "SubTotal": "100.10",
    } | said
    attributes = "".join(f' {name}="{value}"' for name, value in values.items() if value is not None)
    return (
        f'<c:Comprobante xmlns:c="{ns}"{attributes}{root}>{before}<c:Emisor Rfc="EKU9003173C9"/>'
        f"<c:Complemento>{complemento}</c:Complemento>{after}</c:Comprobante>"
    ).encode()


def refused(body):
    with pytest.raises(DatoInvalido) as refusal:
        read(body).neto()
    return refusal.value.codigo


def test_what_an_invoice_says():
    found = read(xml(Exportacion="02", Descuento="0.10"))
    assert (found.uuid, found.version, found.tipo, found.emisor) == (UUID, "4.0", "I", "EKU9003173C9")
    assert found.fecha == date(2023, 2, 3)
    assert found.neto() == Decimal("100.00")
    assert found.exporta


# (10¹⁸ − 10⁻⁶) × (10⁶ − 10⁻⁶)
MUCHOS = "999999999998999999999999.000000000001"


@pytest.mark.parametrize(
    ("said", "pesos"),
    [
        ({"Moneda": "USD", "TipoCambio": "17.733837"}, "1775.1570837"),
        ({"Moneda": "USD", "TipoCambio": "17.733837", "Descuento": "100.10"}, "0"),
        # In pesos the rate is one, whatever it says.
        ({"TipoCambio": "20"}, "100.10"),
        ({"SubTotal": "999999999999999999.999999", "Moneda": "EUR", "TipoCambio": "999999.999999"}, MUCHOS),
    ],
)
def test_its_pesos_are_exact(said, pesos):
    assert read(xml(**said)).neto() == Decimal(pesos)


@pytest.mark.parametrize(
    ("said", "codigo"),
    [
        ({"Moneda": "USD"}, "cfdi-sin-cambio"),
        ({"Moneda": "USD", "TipoCambio": "0.000000"}, "cfdi-importe"),
        ({"SubTotal": "-1"}, "cfdi-importe"),
        ({"SubTotal": "1,000.00"}, "cfdi-importe"),
        ({"SubTotal": "1e999999"}, "cfdi-importe"),
        ({"SubTotal": "NaN"}, "cfdi-importe"),
        ({"SubTotal": "9" * 5000}, "cfdi-importe"),
        ({"SubTotal": "١٢"}, "cfdi-importe"),
        ({"SubTotal": None}, "cfdi-importe"),
        ({"Descuento": "x"}, "cfdi-importe"),
        ({"Fecha": "2023-02-30T00:00:00"}, "cfdi-fecha"),
        ({"Fecha": "03/02/2023"}, "cfdi-fecha"),
        ({"TipoDeComprobante": "ingreso"}, "cfdi-tipo"),
        ({"complemento": ""}, "cfdi-sin-timbre"),
        ({"complemento": TIMBRE.replace(UUID.lower(), "X")}, "cfdi-sin-timbre"),
        ({"version": "3.2"}, "cfdi-version"),
        ({"version": "3.3"}, "cfdi-version"),
        ({"ns": "http://www.sat.gob.mx/cfd/2", "version": "2.2"}, "cfdi-version"),
    ],
)
def test_what_cannot_be_taken_is_told_by_its_reason(said, codigo):
    assert refused(xml(**said)) == codigo


def test_another_document_is_told_by_its_root():
    assert refused(b'<r:Retenciones xmlns:r="http://www.sat.gob.mx/esquemas/retencionpago/1"/>') == "cfdi-otro"


def cce(version):
    return f'<x:ComercioExterior xmlns:x="http://www.sat.gob.mx/ComercioExterior{version}"/>'


@pytest.mark.parametrize(
    ("said", "exporta"),
    [
        ({}, False),
        ({"Exportacion": "01"}, False),
        ({"Exportacion": "02"}, True),
        ({"Exportacion": "03"}, True),
        ({"Exportacion": "04"}, True),
        ({"Exportacion": "05"}, False),
        ({"complemento": cce("20") + TIMBRE}, True),
        ({"complemento": TIMBRE + cce("11")}, True),
        ({"complemento": TIMBRE + cce("99")}, False),
        # 3.3 may have it more than once, and has no attribute.
        ({"complemento": f"{TIMBRE}</c:Complemento><c:Complemento>{cce('11')}"}, True),
        ({"version": "3.3", "ns": "http://www.sat.gob.mx/cfd/3", "Exportacion": "02"}, False),
        ({"after": f"<c:Addenda>{cce('20')}</c:Addenda>"}, False),
        ({"before": f"<c:Otro>{cce('20')}</c:Otro>"}, False),
    ],
)
def test_what_is_an_export(said, exporta):
    assert read(xml(**said)).exporta is exporta


def test_what_it_substitutes():
    def related(tipo, *uuids):
        named = "".join(f'<c:CfdiRelacionado UUID="{u}"/>' for u in uuids)
        return f'<c:CfdiRelacionados TipoRelacion="{tipo}">{named}</c:CfdiRelacionados>'

    assert read(xml(before=related("01", OTRO))).sustituye == ()
    assert read(xml(before=related("07", OTRO[:-1] + "0") + related("04", OTRO.lower(), "x"))).sustituye == (OTRO,)
    # Nothing stands for itself.
    assert read(xml(before=related("04", UUID))).sustituye == ()


def test_an_addenda_is_never_read():
    found = read(xml(after="<c:Addenda><no cierra & nada"))
    assert found.uuid == UUID


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "iso-8859-1", "windows-1252"])
def test_any_encoding_that_the_file_declares(encoding):
    text = f'<?xml version="1.0" encoding="{encoding.removesuffix("-sig")}"?>' + xml(Serie="Ñ").decode()
    assert read(text.encode(encoding)).uuid == UUID
    lectura = LecturaCfdi("eku9003173c9", 2023)
    list(lectura.leer("a.xml", text.encode(encoding)))
    assert calcular(lectura.facturas()).facturado == Decimal("100.10")


def test_two_that_say_different_things_under_one_folio_are_told():
    lectura = LecturaCfdi("EKU9003173C9", 2023)
    for body in (xml(), xml(), xml(SubTotal="1")):
        list(lectura.leer("a.xml", body))
    found = calcular(lectura.facturas())
    assert found.facturado == Decimal("100.10") and found.excluidos["repetido"] == 2
    assert [p.codigo for p in found.facturas.problemas] == ["cfdi-contradice"]


CABEZA = (
    "Uuid~RfcEmisor~NombreEmisor~RfcReceptor~NombreReceptor~{}~FechaEmision~FechaCertificacionSat~Monto~"
    "EfectoComprobante~Estatus~FechaCancelacion"
)
RENGLON = UUID + "~EKU9003173C9~{}~AAA010101AAA~{}~SPR190613I52~2023-02-03 10:11:12~2023-02-03 10:11:13~1~{}~{}~{}"


def told(text):
    return list(metadatos.read(text if isinstance(text, bytes) else text.encode()))


@pytest.mark.parametrize("pac", ["PacCertifico", "RfcPac", "rfcpac"])
@pytest.mark.parametrize(
    ("nombre", "estatus", "cancelado"),
    [("CÍA. Ñ", "0", True), ("A~B", "Cancelado", True), ("A~B~C", "1", False), ('LA "X"', "Vigente", False)],
)
def test_the_metadata_by_their_headings(pac, nombre, estatus, cancelado):
    for encoding in ("utf-8", "utf-8-sig", "latin-1", "utf-16"):
        for tipo in ("I", "Ingreso"):
            line = RENGLON.format(nombre, nombre, tipo, estatus, "2023-03-01 00:00:00" if cancelado else "")
            text = f"{CABEZA.format(pac)}\r\n{line}\r\n\r\n"
            assert told(text.encode(encoding)) == [(2, (UUID, "EKU9003173C9", 2023, "I", cancelado))]


def test_the_metadata_with_other_columns():
    assert told(f"Estatus~Uuid\n0~{UUID}\n") == [(2, (UUID, "", 0, "", True))]
    assert told(f"Uuid~FechaCancelacion\n{UUID}~\n{UUID}~2023-01-02") == [
        (2, (UUID, "", 0, "", False)),
        (3, (UUID, "", 0, "", True)),
    ]
    # The last one left out where it is empty.
    assert told(f"Uuid~Estatus~FechaCancelacion\n{UUID}~1")[0][1].cancelado is False


def test_a_line_that_cannot_be_read_is_told_by_its_number():
    lectura = LecturaCfdi("EKU9003173C9", 2023)
    list(lectura.leer("m.txt", f"Uuid~Estatus\nx~1\n{UUID}~Quizá\n{UUID}~0\n{UUID}~1\n".encode()))
    facturas = lectura.facturas()
    assert [(p.archivo, p.linea, p.codigo) for p in facturas.problemas] == [
        ("m.txt", 2, "metadatos-uuid"),
        ("m.txt", 3, "metadatos-estatus"),
    ]
    # What was cancelled once stays so.
    assert facturas.estatus == {UUID: 0}
    with pytest.raises(DatoInvalido, match="metadatos-columnas"):
        told("Uuid~Monto\n")
