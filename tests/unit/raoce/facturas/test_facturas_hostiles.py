"""Files made to do harm: each is told by its reason, in little time and memory, and the rest is read."""

import io
import random
import time
import tracemalloc
import zipfile

import pytest

import cfdi
from data_stage import make_zip
from facturas import RarezasCfdi, make_cartera
from hostiles import CFD, DOCTYPES, RFC, cfdi_bomb, good_cfdi, many_attributes, nested
from propiedades import given, settings, st
from raoce.base import DatoInvalido, archivos
from raoce.facturas import LecturaCfdi, paquetes
from raoce.facturas.cfdi import MAXIMO, read

BUENA = good_cfdi()


def dropped(nombre, body):
    lectura = LecturaCfdi(RFC, 2023)
    for _ in lectura.leer(nombre, body):
        pass
    return lectura.facturas()


def codes(facturas):
    return [p.codigo for p in facturas.problemas]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-be"])
@pytest.mark.parametrize("name", DOCTYPES)
def test_a_document_type_is_refused_where_it_begins(name, encoding):
    mark = "\ufeff" if encoding.endswith("be") else ""
    body = (mark + DOCTYPES[name]).encode(encoding)
    start = time.process_time()
    with pytest.raises(DatoInvalido, match="cfdi-doctype"):
        read(body)
    assert time.process_time() - start < 1
    assert codes(dropped("a.xml", body)) == ["cfdi-doctype"]


@pytest.mark.parametrize(
    ("body", "codigo"),
    [
        (b"<a>&nbsp;</a>", "cfdi-otro"),
        (f'<Comprobante xmlns="{CFD}" Version="4.0">&x;</Comprobante>'.encode(), "cfdi-ilegible"),
        (f'<Comprobante xmlns="{CFD}" Version="4.0">'.encode() + b"<a>" * 1_000_000, "cfdi-profundo"),
        (b'<?xml version="1.0" encoding="rot13"?><a/>', "cfdi-ilegible"),
        (b'<?xml version="1.0" encoding="zlib"?><a/>', "cfdi-ilegible"),
        (b'<?xml version="1.0" encoding="shift_jis"?><a/>', "cfdi-ilegible"),
        (b'<?xml version="1.0" encoding="no-hay"?><a/>', "cfdi-ilegible"),
        (b"<", "cfdi-ilegible"),
        (b"\xff\xfe<\x00", "cfdi-ilegible"),
        (b"<\x00a/>", "cfdi-ilegible"),
        (b"<a" + b' b="1"' * 2 + b"/>", "cfdi-ilegible"),
        (b"<a " + b"x" * MAXIMO, "archivo-grande"),
        (b"%PDF-1.7", "archivo-ajeno"),
        (b"", "archivo-vacio"),
        (b"Uuid~Estatus\n" + b"~" * 70_000, "metadatos-renglon"),
        (b"Uuid~" * 30_000, "metadatos-renglon"),
        (b"PK\x03\x04" + b"\0" * 100, "zip-danado"),
    ],
)
def test_what_is_no_invoice(body, codigo):
    assert codes(dropped("a", body)) == [codigo]


def test_an_invoice_with_as_many_attributes_as_fit_takes_bounded_memory():
    assert codes(dropped("a.xml", many_attributes())) == ["cfdi-otro"]


@pytest.mark.parametrize(("megas", "codigo"), [(10, "zip-inflado"), (120, "archivo-grande")])
def test_a_bomb_goes_off_nowhere_and_its_neighbours_are_read(megas, codigo):
    """An attribute of so many megabytes."""
    body = cfdi_bomb(megas)
    tracemalloc.start()
    facturas = dropped("todo.zip", body)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert [(p.archivo, p.codigo) for p in facturas.problemas] == [
        ("todo.zip/bomba.xml", codigo),
        ("todo.zip/b.xml", "cfdi-otro"),
    ]
    assert len(facturas.presentes) == 1
    assert facturas.ignorados == ("todo.zip/c.pdf",)
    assert most < 60_000_000


def test_zips_inside_one_another():
    inner = make_zip((("a.xml", (BUENA,)),), 1)
    assert len(dropped("a.zip", nested(paquetes.NIVELES - 1, inner)).presentes) == 1
    assert codes(dropped("a.zip", nested(paquetes.NIVELES, inner))) == ["zip-anidado"]
    assert codes(dropped("a.zip", nested(1, b"PK\x03\x04" + b"x" * 50))) == ["zip-danado"]


def test_all_that_a_zip_inflates_to_is_counted_together(monkeypatch):
    monkeypatch.setattr(paquetes.Paquete.__init__, "__defaults__", (200_000,))
    noise = random.Random(1).randbytes(60_000).hex().encode()
    members = [(f"{n}.xml", (b"<a>" + noise,)) for n in range(5)]
    assert codes(dropped("a.zip", make_zip(members, 1))) == ["cfdi-otro", "zip-inflado"]
    inner = make_zip(members, 1)
    assert codes(dropped("a.zip", make_zip((("b.zip", (inner,)), ("c.xml", (BUENA,))), 0))) == ["zip-inflado"]


def test_a_zip_of_too_many_files_is_not_opened(monkeypatch):
    monkeypatch.setattr(paquetes, "MIEMBROS", 10)
    body = make_zip(((f"{n}.xml", (BUENA,)) for n in range(11)), 1)
    assert codes(dropped("a.zip", body)) == ["zip-muchos"]


def test_more_invoices_than_are_kept(monkeypatch):
    monkeypatch.setattr("raoce.facturas.lectura.MAXIMO", 5)
    cartera = make_cartera(1, RFC, 2023, 12, RarezasCfdi(metadatos=False))
    for name, body in cfdi.files(cartera):
        facturas = dropped(name, body)
        assert len(facturas.presentes) == 5
        assert codes(facturas) == ["facturas-muchas"]


def test_a_locked_zip_and_one_compressed_otherwise():
    good = bytearray(make_zip((("a.xml", (BUENA,)),), 1))
    at = good.index(b"PK\x01\x02") + 8
    good[at] |= 1
    assert codes(dropped("a.zip", bytes(good))) == ["zip-cifrado"]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_BZIP2) as whole:
        whole.writestr("a.xml", BUENA)
    assert codes(dropped("a.zip", out.getvalue())) == ["zip-compresion"]


def test_problems_are_kept_up_to_some_and_counted():
    body = make_zip(((f"{n}.xml", (b"<a/>",)) for n in range(archivos.MAXIMO_PROBLEMAS + 20)), 1)
    facturas = dropped("a.zip", body)
    assert len(facturas.problemas) == archivos.MAXIMO_PROBLEMAS
    assert facturas.cuantos_problemas == archivos.MAXIMO_PROBLEMAS + 20


ORIGINALES = (
    BUENA,
    cfdi.metadata(make_cartera(1, RFC, 2023, 20, RarezasCfdi())),
    *(body for _, body in cfdi.files(make_cartera(2, RFC, 2023, 6, RarezasCfdi(por_zip=3, anidado=True)))),
)


@given(st.sampled_from(ORIGINALES), st.randoms(use_true_random=False))
@settings(max_examples=400)
def test_bytes_changed_anywhere_never_escape_as_an_exception(original, chance):
    body = bytearray(original)
    for _ in range(chance.choice((1, 3, 30))):
        if len(body) < 2:
            break
        at = chance.randrange(len(body))
        match chance.randrange(4):
            case 0:
                body[at] = chance.randrange(256)
            case 1:
                del body[at : at + chance.randrange(1, 200)]
            case 2:
                body[at:at] = chance.choice((b"\0", b"<", b"&", b"\xff", b"PK\x01\x02", b"~", b'"'))
            case 3:
                # The headers of a zip are mostly at its end.
                body[-chance.randrange(1, min(300, len(body)))] = chance.randrange(256)
    dropped("a", bytes(body))
