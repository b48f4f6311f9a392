"""A report whose amounts came from files says which; whoever verifies it reads and computes that again."""

import json
import random
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from hashlib import sha256

import pytest
from test_calcular import RFC, Filer

import aduana
import alteraciones
import cfdi
import data_stage
import facturas
from aduana import EXPORTACION, IMPORTACION, Rarezas, esperado
from aduana_azar import make_libro
from borradores import company
from efirmas import make_autoridad
from facturas import CLIENTES, CLIENTES_FUERA, RarezasCfdi, make_cartera
from raoce.base import DatoInvalido
from raoce.base.explicacion import Entrada
from raoce.base.json_estricto import load
from raoce.firma.autoridades import Autoridad
from raoce.solicitud import procedencia as p
from raoce.solicitud.emision import build
from raoce.solicitud.solicitud import to_json
from raoce.verificacion.recalculo import RecalculoImposible, recompute
from raoce.verificacion.verificacion import verify

AHORA = datetime(2024, 7, 1, tzinfo=UTC)
EMPRESA = company() | {"ejercicio": "2023", "programa-PROSEC": "si", "ventas": "99,999,999"}


def used(semilla=3, draft=EMPRESA, invoices=True):
    """A filer whose three amounts came from files, with the book and the wallet that the files were made from."""
    libro, cartera = make_libro(semilla, RFC, 2023, 80, Rarezas()), make_cartera(semilla, RFC, 2023, 40, RarezasCfdi())
    # Sales have to exceed the exports of this book.
    cartera = replace(cartera, facturas=tuple(replace(f, subtotal=f.subtotal * 1000) for f in cartera.facturas))
    filer = Filer(draft).drop("data-stage", data_stage.files(libro))
    if invoices:
        filer.drop("facturas", cfdi.files(cartera))
    return filer.do("archivos.usar"), libro, cartera


def payload(filer):
    return to_json(build(filer.state.evaluacion.reporte, alteraciones.GENERADO))


def explained(contenido):
    return {e["figura"]: {x["nombre"]: x["valor"] for x in e["entradas"]} for e in contenido["explicaciones"]}


def whence(contenido):
    """The explanations that name files."""
    return {figura for figura, entradas in explained(contenido).items() if "Archivo 1" in entradas}


@pytest.fixture(scope="module")
def report():
    filer, libro, cartera = used()
    return filer, libro, cartera, payload(filer)


def test_the_signed_report_tells_files_counts_keys_and_pesos(report):
    filer, libro, cartera, text = report
    right, sold = esperado(libro), facturas.esperado(cartera)
    found = explained(load(text))
    exports, imports, sales = (found[f] for f in (p.EXPORTACIONES, p.IMPORTACIONES, p.VENTAS))
    assert Decimal(exports["Total según pedimentos"]) == right.exportaciones
    assert Decimal(imports["Total según pedimentos"]) == right.importaciones
    assert Decimal(sales["Total según facturas"]) == sold.facturado
    assert exports["Pedimentos que cuentan"] == right.contados[EXPORTACION]
    assert imports["Pedimentos que cuentan"] == right.contados[IMPORTACION]
    assert sales["Facturas que cuentan"] == sum(sold.contados.values())
    keys = sorted({clave for tipo, clave in right.por_clave if tipo == EXPORTACION})
    assert exports["Claves de documento que cuentan"] == ", ".join(keys)
    out = {k.removeprefix("No cuentan: "): n for k, n in exports.items() if k.startswith("No cuentan: ")}
    assert out == {motivo: n for motivo, n in right.excluidos.items() if n}
    for entradas, field in ((exports, "data-stage"), (sales, "facturas")):
        hashes = [sha256(body).hexdigest() for _, body in filer.held[field]]
        assert [entradas[f"Archivo {n}"] for n in range(1, len(hashes) + 1)] == hashes
        assert f"Archivo {len(hashes) + 1}" not in entradas
        assert all(entradas[f"Archivo {n}, renglones"] > 0 for n in range(1, len(hashes) + 1))


def test_nothing_of_the_customers_is_signed(report):
    filer, *_, text = report
    said = text.decode()
    for rfc, nombre in (*CLIENTES, *CLIENTES_FUERA):
        assert rfc not in said and nombre not in said
    assert not any(nombre in said for nombre, _ in filer.held["facturas"])


def test_it_verifies_and_comes_out_the_same(report):
    *_, text = report
    again = recompute(load(text))
    assert again.hecho and not again.diferencias
    found = verify(alteraciones.sign(text), (Autoridad("AC de prueba", make_autoridad()),), AHORA)
    assert found.veredicto == "valido"


def write(contenido):
    return json.dumps(contenido).encode()


def test_a_sum_that_is_not_the_amount_is_found(report):
    contenido = json.loads(report[-1])
    row = next(e for e in contenido["explicaciones"] if e["figura"] == p.EXPORTACIONES)["entradas"][0]
    row["valor"] = str(Decimal(row["valor"]) + 1000)
    assert any(d.ruta.startswith("$.explicaciones") for d in recompute(load(write(contenido))).diferencias)


@pytest.mark.parametrize("figura", p.FIGURAS)
def test_inputs_that_we_do_not_write_are_found(report, figura):
    rows = len(next(e for e in json.loads(report[-1])["explicaciones"] if e["figura"] == figura)["entradas"])
    for n in range(rows):
        contenido = json.loads(report[-1])
        row = next(e for e in contenido["explicaciones"] if e["figura"] == figura)["entradas"][n]
        row["nombre"] = "Autorizado por el SAT"
        with pytest.raises(RecalculoImposible):
            recompute(load(write(contenido)))


def test_an_amount_typed_over_tells_no_files(report):
    filer = report[0]
    other = Filer(filer.draft).do("cambio", valores={"exportaciones": "12"})
    assert whence(load(payload(other))) == {p.VENTAS, p.IMPORTACIONES}
    # The files are of this company and this year.
    for change in ({"rfc": "XIA190128J61"}, {"ejercicio": "2024"}):
        other = Filer(filer.draft).do("cambio", valores=change)
        assert whence(load(payload(other))) == set(), change


def test_the_value_added_is_told_beside_the_rule_of_consignment():
    filer, *_ = used(draft=EMPRESA | {"consignacion": "si"})
    contenido = load(payload(filer))
    e = next(e for e in contenido["explicaciones"] if e["figura"] == p.EXPORTACIONES)
    assert e["reglas"][0]["id"] == "balanza.valor-agregado"
    assert explained(contenido)[p.EXPORTACIONES]["Valor que cuenta"] == "valor agregado"
    assert not recompute(contenido).diferencias
    # Not ticked any more, the amount is not what the report asks for, whatever it came from.
    filer.do("cambio", valores={"consignacion": ""})
    contenido = load(payload(filer))
    assert p.EXPORTACIONES not in explained(contenido) and not recompute(contenido).diferencias


def test_what_was_known_of_other_amounts_stays_until_all_is_undone():
    filer, *_ = used(invoices=False)
    filer.do("archivos.quitar").drop("facturas", cfdi.files(make_cartera(5, RFC, 2023, 40))).do("archivos.usar")
    assert {x.figura for x in p.parse(filer.draft["procedencia"]).lista} == set(p.FIGURAS)
    again = Filer(filer.draft)
    assert again.state.evaluacion.valores["procedencia"] == p.parse(filer.draft["procedencia"])
    filer.do("archivos.deshacer")
    assert not filer.draft.keys() & {"procedencia", "exportaciones", "importaciones"}
    assert filer.draft["ventas"] == EMPRESA["ventas"]


def test_of_many_files_one_sum_is_told():
    archivos = [p.ArchivoUsado(sha256(bytes([n])).hexdigest(), n, f"{n}.zip") for n in range(p.MAXIMO_ARCHIVOS + 1)]
    (one,) = p._together(archivos)
    lines = "".join(sorted(a.sha256 + "\n" for a in archivos))
    assert one == p.ArchivoUsado(sha256(lines.encode()).hexdigest(), sum(range(len(archivos))), "", len(archivos))
    assert p._together(archivos[1:]) == archivos[1:]


def some(chance):
    """A provenance made up."""
    figura = chance.choice(p.FIGURAS)
    fuente = p.FACTURAS if figura == p.VENTAS else p.PEDIMENTOS
    return p.Procedencia(
        figura,
        fuente,
        Decimal(chance.randrange(10**15)).scaleb(-chance.randrange(12)),
        chance.randrange(10**6),
        tuple((m, chance.randrange(1, 99)) for m in chance.sample(aduana.MOTIVOS, chance.randrange(3))),
        tuple(
            p.ArchivoUsado(
                sha256(chance.randbytes(4)).hexdigest(),
                chance.randrange(99),
                "" if fuente == p.FACTURAS else chance.choice(("", "a.zip")),
            )
            for _ in range(chance.randrange(4))
        ),
        ("A1", "RT") if fuente == p.PEDIMENTOS and chance.random() < 0.5 else (),
        figura == p.EXPORTACIONES and chance.random() < 0.5,
        fuente == p.PEDIMENTOS and chance.random() < 0.5,
    )


@pytest.mark.parametrize("semilla", range(50))
def test_what_is_written_is_read_back_and_no_damage_raises_anything_else(semilla):
    chance = random.Random(semilla)
    one = some(chance)
    assert p.parse_entradas(one.figura, one.explicacion.entradas) == one
    text = p.to_text(p.Procedencias(RFC, 2023, (one,)))
    assert p.parse(text) == p.Procedencias(RFC, 2023, (one,))
    for _ in range(100):
        at = chance.randrange(len(text))
        damaged = text[:at] + chance.choice(("", "9", '"', "[", "null", "\x00", "ñ")) + text[at + chance.randrange(3) :]
        try:
            p.parse(damaged)
        except DatoInvalido as error:
            assert error.codigo == "procedencia-danada"


def test_the_date_that_the_filer_chose_is_the_rule_that_is_told():
    filer, *_ = used()
    filer.do("cambio", valores={"fecha-pedimentos": "propia"}).do("archivos.usar")
    contenido = load(payload(filer))
    told = {e["figura"]: {r["id"] for r in e["reglas"]} for e in contenido["explicaciones"]}
    assert explained(contenido)[p.EXPORTACIONES]["Fecha que cuenta"] == "la propia de cada pedimento"
    for figura in (p.EXPORTACIONES, p.IMPORTACIONES):
        assert "aduana.fecha-propia" in told[figura] and "aduana.fecha" not in told[figura]
    assert not recompute(contenido).diferencias


@pytest.mark.parametrize(
    ("written", "kept"), [("", "S/C"), ("RT1X", "RT1X"), ("A,1", "A?1"), ("ñ1", "Ñ1"), ("<b>, A1", "?B???A1")]
)
def test_a_key_that_no_list_has_can_be_counted_and_told(written, kept):
    libro = make_libro(4, RFC, 2023, 20, Rarezas())
    first = libro.entregas[0]
    pedimentos = tuple(replace(x, tipo_operacion=EXPORTACION, clave=written) for x in first.pedimentos)
    odd = replace(libro, entregas=(replace(first, pedimentos=pedimentos),))
    filer = Filer(EMPRESA).drop("data-stage", data_stage.files(odd))
    assert f'<label for="clave-2-{kept}">{kept}</label>' in filer.html
    filer.do("cambio", valores={f"clave-2-{kept}": "si"}).do("archivos.usar")
    assert not filer.state.evaluacion.errores
    assert explained(load(payload(filer)))[p.EXPORTACIONES]["Claves de documento que cuentan"] == kept


def test_credit_notes_of_more_than_was_invoiced_leave_the_origin_whole():
    cartera = make_cartera(5, RFC, 2023, 20, RarezasCfdi())
    notes = tuple(replace(f, tipo="E", relaciones=()) for f in cartera.facturas if f.tipo == "I")
    filer = Filer(EMPRESA).drop("facturas", cfdi.files(replace(cartera, facturas=notes))).do("archivos.usar")
    assert filer.state.evaluacion.errores.keys() == {"ventas"}
    assert p.parse(filer.draft["procedencia"]).lista[0].pesos < 0


def test_the_name_of_a_file_is_one_line_of_plain_text():
    libro = make_libro(6, RFC, 2023, 20, Rarezas())
    files = [(f"{n}\n\u202e{nombre}", body) for n, (nombre, body) in enumerate(data_stage.files(libro))]
    filer = Filer(EMPRESA).drop("data-stage", files).do("archivos.usar")
    names = [a.nombre for a in p.parse(filer.draft["procedencia"]).lista[0].archivos]
    # The line feed is told; the sign that turns text around has fallen at the door.
    assert names == [f"{n}?{nombre}" for n, (nombre, _) in enumerate(data_stage.files(libro))]


@pytest.mark.parametrize(
    ("figura", "fuente", "more"),
    [
        (p.VENTAS, p.FACTURAS, [("Archivo 1, nombre", "CLIENTE SA.zip", "")]),
        (p.VENTAS, p.FACTURAS, [("Claves de documento que cuentan", "A1", "")]),
        (p.VENTAS, p.FACTURAS, [("Fecha que cuenta", "la propia de cada pedimento", "")]),
        (p.IMPORTACIONES, p.PEDIMENTOS, [("Valor que cuenta", "valor agregado", "")]),
        (p.EXPORTACIONES, p.PEDIMENTOS, [("Archivo 1, nombre", "a\nValidado por el SAT", "")]),
        (p.EXPORTACIONES, p.PEDIMENTOS, [("Archivo 1, nombre", "a" * 121, "")]),
        ("datos.saldo", p.PEDIMENTOS, []),
    ],
)
def test_what_we_never_tell_of_a_figure_is_refused(figura, fuente, more):
    def entradas(more):
        rows = [(f"Total según {fuente}", "1000", "pesos"), (f"{fuente.capitalize()} que cuentan", 1, fuente)]
        rows += [x for x in more if not x[0].startswith("Archivo")]
        rows.append(("Archivo 1", "0" * 64, "SHA-256"))
        rows += [x for x in more if x[0].startswith("Archivo")]
        return [Entrada(*x) for x in (*rows, ("Archivo 1, renglones", 1, "renglones"))]

    known = {p.FACTURAS: p.VENTAS, p.PEDIMENTOS: p.EXPORTACIONES}[fuente]
    assert p.parse_entradas(known, entradas([])).pesos == 1000
    with pytest.raises(DatoInvalido, match="procedencia-danada"):
        p.parse_entradas(figura, entradas(more))
