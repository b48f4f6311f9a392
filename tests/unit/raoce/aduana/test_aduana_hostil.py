"""Files that are broken or meant to do harm: told by file and line, within bounds, and the rest goes on."""

import io
import random
import time
import tracemalloc
import zipfile
from fractions import Fraction

import pytest

import data_stage
from aduana import Rarezas, esperado
from aduana_azar import make_libro
from hostiles import RFC, asc_bomb, asc_headings, many_asc, nested
from raoce.aduana import Eleccion, Lectura, calcular
from raoce.base.archivos import MAXIMO_PROBLEMAS

BUENO = dict(data_stage.files(make_libro(1, RFC, 2023, 30, Rarezas(sueltos=True))))
TOTAL = esperado(make_libro(1, RFC, 2023, 30, Rarezas())).exportaciones


def read(*files):
    lectura = Lectura(RFC, 2023)
    for name, body in files:
        for _ in lectura.leer(name, body):
            pass
    return lectura.pedimentos()


def zipped(files, **options):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, **options) as whole:
        for name, body in files:
            whole.writestr(name, body)
    return out.getvalue()


def problems(*files):
    """What is told of these files, and that the good ones beside them count as ever."""
    pedimentos = read(*files, *BUENO.items())
    assert calcular(pedimentos, Eleccion.inicial(pedimentos)).exportaciones == TOTAL
    return [(p.archivo, p.linea, p.codigo) for p in pedimentos.problemas]


def row(registro, **fields):
    """A row of a record, as the dictionary orders it."""
    usual = {
        **{"Patente": "3953", "Pedimento": "3999999", "SeccionAduanera": "240", "FechaPagoReal": "2023-05-02 10:00:00"},
        **{"TipoOperacion": "2", "ClaveDocumento": "RT", "Rfc": RFC, "TipoPedimento": "1", "Fraccion": "85389099"},
        **{"SecuenciaFraccion": "1", "ValorComercial": "100", "CantidadUMTarifa": "2.5", "UnidadMedidaTarifa": "06"},
    }
    return "".join(f"{(usual | fields).get(c, '')}|" for c in data_stage.DICCIONARIO[registro])


def text(registro, *rows):
    return "\r\n".join((asc_headings(registro), *rows, "")).encode()


@pytest.mark.parametrize(
    ("registro", "fields", "codigo"),
    [
        ("501", {"FechaPagoReal": ""}, "aduana-fecha"),
        ("501", {"FechaPagoReal": "2023-02-30 00:00:00"}, "aduana-fecha"),
        ("501", {"Patente": ""}, "aduana-llave"),
        ("501", {"Pedimento": "9" * 5000}, "aduana-llave"),
        ("501", {"TipoOperacion": "3"}, "aduana-operacion"),
        ("501", {"Rfc": "A\0B"}, "aduana-nulos"),
        ("501", {"Rfc": "A|B"}, "aduana-campos"),
        ("551", {"ValorComercial": "1e9"}, "aduana-numero"),
        ("551", {"ValorComercial": "-5"}, "aduana-numero"),
        ("551", {"ValorComercial": "NaN"}, "aduana-numero"),
        ("551", {"ValorComercial": "1_000"}, "aduana-numero"),
        ("551", {"ValorAgregado": "1.2.3"}, "aduana-numero"),
        ("551", {"CantidadUMTarifa": "9" * 10_000}, "aduana-numero"),
        ("551", {"CantidadUMTarifa": "١٢"}, "aduana-numero"),
        ("551", {"FechaPagoReal": "ayer"}, "aduana-fecha"),
        ("701", {"FechaOperacionAnterior": "nunca", "PatenteAnterior": "1", "PedimentoAnterior": "2"}, "aduana-llave"),
    ],
)
def test_a_bad_line_is_told_and_the_others_count(registro, fields, codigo):
    body = text(registro, row(registro, Pedimento="3999998"), row(registro, **fields), row(registro))
    found = problems((f"a_{registro}.asc", body)) if registro == "551" else read((f"a_{registro}.asc", body)).problemas
    found = [tuple(p)[:3] for p in found]
    assert (f"a_{registro}.asc", 3, codigo) in found
    assert registro == "701" or len(found) == 1


def test_partidas_of_no_pedimento_are_a_doubt():
    pedimentos = read(("a_551.asc", text("551", row("551"))), *BUENO.items())
    codes = {d.codigo: d.datos for d in calcular(pedimentos, Eleccion.inicial()).dudas}
    assert codes["duda-partidas-sueltas"] == {"pedimentos": 1, "partidas": 1}


@pytest.mark.parametrize(
    ("body", "codigo"),
    [
        (b"uno,dos\r\n1,2\r\n", "aduana-sin-encabezados"),
        (b"\x00" * 1000, "aduana-sin-encabezados"),
        (b"\xff\xfe" + "Patente|Pedimento".encode("utf-16-le"), "aduana-sin-encabezados"),
        (b"Patente|Pedimento|SeccionAduanera\r\n1|2|3\r\n", "aduana-columnas"),
        (text("551").replace(b"ValorComercial", b"Valor"), "aduana-columnas"),
        (b"|".join(b"c%d" % n for n in range(10_000)) + b"\r\n", "aduana-ancho"),
        (row("551").encode(), "aduana-sin-encabezados"),
    ],
    ids=["commas", "nulls", "utf-16", "three", "renamed", "wide", "headless"],
)
def test_a_file_that_is_not_understood(body, codigo):
    assert problems(("a_551.asc", body)) == [("a_551.asc", 1, codigo)]


def test_headings_say_what_a_file_is_whatever_its_name():
    pedimentos = read(("todo.txt", text("501", row("501"))), ("x_501.asc", text("551", row("551"))))
    assert calcular(pedimentos, Eleccion.inicial()).exportaciones == 100
    assert not pedimentos.problemas


def test_zips_that_are_damaged():
    whole = zipped((f"2_{r}.asc", text(r, row(r))) for r in ("501", "551"))
    assert problems(("t.zip", whole[: len(whole) // 2])) == [("t.zip", 0, "aduana-danado")]
    assert problems(("t.zip", b"no")) == [("t.zip", 0, "aduana-danado")]
    assert problems(("t.pdf", b"%PDF")) == [("t.pdf", 0, "aduana-nada")]
    chance = random.Random(1)
    for _ in range(200):
        bad = bytearray(whole)
        for _ in range(chance.randint(1, 8)):
            bad[chance.randrange(len(bad))] = chance.randrange(256)
        read(("t.zip", bytes(bad)))


def test_bombs_are_left_in_time_and_memory():
    one, many = asc_bomb(), many_asc()
    long = text("551") + b"x" * 50_000_000 + b"\r\n" + row("551").encode()
    tracemalloc.start()
    start = time.process_time()
    found = {name: {p.codigo for p in read((name, body)).problemas} for name, body in {
        "uno.zip": one, "nido.zip": nested(5, one), "muchos.zip": many, "largo_551.asc": long,
    }.items()}  # fmt: skip
    took, peak = time.process_time() - start, tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert found["uno.zip"] == {"aduana-largo", "aduana-inflado"}
    assert found["nido.zip"] == {"aduana-anidado"}
    assert "aduana-partes" in found["muchos.zip"]
    assert found["largo_551.asc"] == {"aduana-largo"}
    assert took < 20 and peak < 30_000_000


def test_what_follows_an_endless_line_is_read():
    body = text("551") + b"x" * 3_000_000 + b"\r\n" + row("551", Pedimento="mal|").encode()
    assert [p.linea for p in read(("a_551.asc", body)).problemas] == [2, 3]


def test_a_file_of_bad_lines_keeps_the_first_and_counts_the_rest():
    pedimentos = read(("a_501.asc", text("501", *["x|y"] * 5000)))
    assert len(pedimentos.problemas) == MAXIMO_PROBLEMAS and pedimentos.cuantos_problemas == 5000


def test_rectifications_that_go_round_end():
    def rectifies(own, other):
        anterior = {"PatenteAnterior": "3953", "PedimentoAnterior": other, "SeccionAduaneraAnterior": "240"}
        return row("701", Pedimento=own, FechaOperacionAnterior="2023-05-02", **anterior)

    numbers = ("3000001", "3000002", "3000003")
    general = text("501", *[row("501", Pedimento=n, TipoPedimento="2") for n in numbers])
    chain = text("701", rectifies("3000001", "3000002"), rectifies("3000002", "3000001"), rectifies(*["3000003"] * 2))
    partidas = text("551", *[row("551", Pedimento=n) for n in numbers])
    totals = calcular(read(("1_501.asc", general), ("1_701.asc", chain), ("1_551.asc", partidas)), Eleccion.inicial())
    assert totals.excluidos["rectificado"] == 2 and totals.contados["2"] == 1
    assert {d.codigo for d in totals.dudas} >= {"duda-circulares", "duda-huerfanas"}
    assert len(list(totals.decisiones())) == 3


def test_stopping_half_way_and_going_on():
    lectura = Lectura(RFC, 2023)
    files = iter(BUENO.items())
    next(iter(lectura.leer(*next(files))))
    before = lectura.pedimentos()
    kept = calcular(before, Eleccion.inicial()).exportaciones
    for name, body in BUENO.items():
        list(lectura.leer(name, body))
    assert calcular(lectura.pedimentos(), Eleccion.inicial()).exportaciones == TOTAL
    assert calcular(before, Eleccion.inicial()).exportaciones == kept


@pytest.mark.parametrize("semilla", range(20))
def test_no_damage_raises(semilla):
    chance = random.Random(semilla)
    for name, body in data_stage.files(make_libro(semilla, RFC, 2023, 20)):
        bad = bytearray(body)
        for _ in range(chance.randint(0, 20) if bad else 0):
            bad[chance.randrange(len(bad))] = chance.choice(b'|\n\r\0"9.-/ \xff')
        pedimentos = read((name, bytes(bad)))
        list(calcular(pedimentos, Eleccion.inicial()).decisiones())


@pytest.mark.parametrize("secuencias", [("", ""), ("1", "2"), ("299", "301"), ("4000", "9999999"), ("x", "7")])
def test_a_delivery_that_comes_twice_counts_once_however_its_partidas_are_numbered(secuencias):
    general = ("1_501.asc", text("501", row("501")))
    body = text("551", *[row("551", SecuenciaFraccion=s) for s in secuencias])
    twice = read(general, ("1_551.asc", body), ("2_551.asc", body), general)
    totals = calcular(twice, Eleccion.inicial())
    assert totals.exportaciones == 200 and totals.volumenes == {("2", "85389099", "06"): 5}
    assert totals.excluidos["repetido"] == 1
    other = body.replace(b"|100|", b"|175|")
    changed = calcular(read(general, ("1_551.asc", body), ("2_551.asc", other)), Eleccion.inicial())
    assert "duda-partidas-distintas" in {d.codigo for d in changed.dudas}


def test_lines_that_end_as_those_of_an_old_mac_are_lines():
    pedimentos = read(*((name, b"\r".join(body.splitlines()) + b"\r") for name, body in BUENO.items()))
    assert calcular(pedimentos, Eleccion.inicial(pedimentos)).exportaciones == TOTAL
    assert not pedimentos.problemas


def test_quantities_written_in_any_way_are_added_up():
    written = ["2.5", "3", "", ".5", "5.", "0.000000000001", "007.50", "9" * 30, f"1.{'0' * 30}1", " 4 "]
    rows = [row("551", SecuenciaFraccion=str(n), CantidadUMTarifa=q) for n, q in enumerate(written, 1)]
    for some in ([0, 4], range(9), range(10)):
        body = text("551", *[rows[n] for n in some])
        pedimentos = read(("1_501.asc", text("501", row("501"))), ("1_551.asc", body), ("2_551.asc", body))
        total = sum(Fraction(written[n].strip() or "0") for n in some)
        (volumen,) = calcular(pedimentos, Eleccion.inicial()).volumenes.values()
        assert Fraction(volumen) == total and not pedimentos.problemas


def test_partidas_none_of_which_has_a_pedimento_have_no_volumes():
    pedimentos = read(("1_551.asc", text("551", row("551", Patente=""), row("551", Pedimento="x" * 30))))
    assert [p.codigo for p in pedimentos.problemas] == ["aduana-llave"] * 2
    assert list(pedimentos.prepare("original", volumenes=True)) == [0]
    assert calcular(pedimentos, Eleccion.inicial()).volumenes == {}


@pytest.mark.parametrize("wrong", [(3, 5), (8, 2), (1, 7), (4, 4)])
def test_lines_that_only_together_are_as_wide_as_others_are_told(wrong):
    wide = len(data_stage.DICCIONARIO["551"])
    pieces = ["x|" * (wide * n // sum(wrong) or 1) for n in wrong]
    found = problems(("a_551.asc", text("551", row("551"), *pieces, row("551", SecuenciaFraccion="2"))))
    assert found == [("a_551.asc", 3, "aduana-campos"), ("a_551.asc", 4, "aduana-campos")]
