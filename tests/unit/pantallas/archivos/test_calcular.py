"""«Calcular con mis archivos» at work: what is on the screen is what the book says, whatever the files look like."""

import re
from base64 import b64encode
from decimal import ROUND_HALF_UP, Decimal
from html import unescape

import pytest

import aduana
import cfdi
import data_stage
import facturas
from aduana import CLAVES_DE_EXPORTACION, EXPORTACION, Rarezas, esperado, exact
from aduana_azar import make_libro
from facturas import RarezasCfdi, make_cartera
from pantallas.archivos import leer
from pantallas.archivos.estado import Archivos
from raoce.base.formato import miles
from tramites import Tramite, holding

RFC, OTRO = "EKU9003173C9", "XIA190128J61"
EMPRESA = {"ejercicio": "2023", "rfc": RFC, "programa-IMMEX": "si"}
PROSEC = {"ejercicio": "2023", "rfc": RFC, "programa-PROSEC": "si"}


class Filer(Tramite):
    """Drops files, and the page hands them over as they are asked for."""

    def __init__(self, draft=EMPRESA):
        super().__init__("?pantalla=archivos", holding(draft))
        self.held = {"data-stage": [], "facturas": []}
        self.asked = 0

    def drop(self, campo, files, until_done=True):
        files = list(files)
        primero = len(self.held[campo])
        self.held[campo] += files
        archivos = [{"nombre": n, "bytes": len(b)} for n, b in files]
        self.do(f"archivos.{campo}", cuantos=len(files), archivos=archivos, primero=primero)
        while until_done and self.hand_over():
            pass
        return self

    def hand_over(self):
        """The next stretch that was asked for."""
        reading = next((e for e in self.effects if e["tipo"] == "leer"), None)
        if reading is None:
            return False
        self.asked += 1
        nombre, body = self.held[reading["campo"]][reading["indice"]]
        part = body[reading["desde"] : reading["desde"] + reading["maximo"]]
        echo = {k: reading[k] for k in ("campo", "indice", "desde")}
        self.do(reading["evento"], **echo, nombre=nombre, contenido=b64encode(part).decode())
        return True

    def total(self, etiqueta):
        """What an output says: whole pesos, and the text shown."""
        label = re.search(rf'<label for="([^"]+)">{re.escape(etiqueta)}</label>', self.html)
        found = re.search(rf'<output id="{label[1]}" data-pesos="(-?\d+)"[^>]*>([^<]*)</output>', self.html)
        return int(found[1]), found[2]

    def excluded(self, atributo="motivo"):
        return {k: int(n) for k, n in re.findall(rf'data-{atributo}="([a-z-]+)" data-cuantos="(\d+)"', self.html)}

    def tick(self, name, yes):
        return self.do("cambio", valores={name: "si" if yes else ""})


def whole(pesos):
    with exact():
        return int(Decimal(pesos).quantize(Decimal(1), ROUND_HALF_UP))


def shows(filer, etiqueta, pesos):
    assert filer.total(etiqueta) == (whole(pesos), miles(aduana.in_thousands(Decimal(pesos))))


@pytest.mark.parametrize("semilla", range(8))
def test_the_totals_on_the_screen_are_those_of_the_book(semilla):
    libro = make_libro(semilla, RFC, 2023, 150)
    filer = Filer().drop("data-stage", data_stage.files(libro))
    right = esperado(libro)
    shows(filer, "Exportaciones según pedimentos", right.exportaciones)
    shows(filer, "Importaciones según pedimentos", right.importaciones)
    assert filer.excluded() == right.excluidos


def test_each_key_decided_counts_at_once():
    libro = make_libro(3, RFC, 2023, 200, Rarezas(rectificados=0.1))
    filer = Filer().drop("data-stage", data_stage.files(libro))
    labels = re.findall(r'<label for="(clave-[^"]+)">([^<]+)</label>', filer.html)
    keys = {name: unescape(label) for name, label in labels}
    exports = {label: name for name, label in keys.items() if name.startswith("clave-2-")}
    assert {"V1", "RT", "A1"} <= exports.keys() and len(set(keys.values())) == len(keys)
    filer.tick(exports["V1"], False)
    right = esperado(libro, claves=CLAVES_DE_EXPORTACION - {"V1"})
    shows(filer, "Exportaciones según pedimentos", right.exportaciones)
    assert filer.excluded() == right.excluidos
    every = [k for k in exports if k not in CLAVES_DE_EXPORTACION]
    for k in (*every, "V1"):
        filer.tick(exports[k], True)
    right = esperado(libro, claves=frozenset(exports))
    shows(filer, "Exportaciones según pedimentos", right.exportaciones)
    imports = {label.split()[0]: name for name, label in keys.items() if name.startswith("clave-1-")}
    first, *rest = imports
    filer.tick(imports[first], False)
    right = esperado(libro, claves=frozenset(exports), claves_importacion=frozenset(rest))
    shows(filer, "Importaciones según pedimentos", right.importaciones)
    filer.tick(imports[first], True)
    shows(filer, "Importaciones según pedimentos", esperado(libro).importaciones)


def test_on_consignment_the_value_added_counts_wherever_it_was_ticked():
    libro = make_libro(5, RFC, 2023, 120, Rarezas())
    filer = Filer().drop("data-stage", data_stage.files(libro))
    filer.tick("consignacion", True)
    right = esperado(libro, consignacion=True)
    shows(filer, "Exportaciones según pedimentos", right.exportaciones)
    filer.do("ir", pantalla="datos").tick("consignacion", False).do("ir", pantalla="archivos")
    shows(filer, "Exportaciones según pedimentos", esperado(libro).exportaciones)


@pytest.mark.parametrize("semilla", range(5))
def test_invoices_are_the_sales(semilla):
    cartera = make_cartera(semilla, RFC, 2023, 80)
    filer = Filer().drop("facturas", cfdi.files(cartera))
    right = facturas.esperado(cartera)
    shows(filer, "Ventas según facturas", right.facturado)
    shows(filer, "Exportaciones según facturas", right.exportado)
    assert filer.excluded("motivo-factura") == right.excluidos
    assert ("puede haber canceladas" in filer.html) == (not cartera.rarezas.metadatos)


def test_both_kinds_of_files_may_be_chosen_one_after_the_other_without_waiting():
    libro, cartera = make_libro(1, RFC, 2023, 60, Rarezas()), make_cartera(1, RFC, 2023, 30, RarezasCfdi(por_zip=0))
    months = list(data_stage.files(libro))
    filer = Filer().drop("data-stage", months[:5], until_done=False)
    first = filer.effects
    filer.drop("facturas", cfdi.files(cartera), until_done=False)
    assert not filer.effects
    filer.effects = first
    while filer.hand_over():
        pass
    filer.drop("data-stage", months[5:])
    shows(filer, "Exportaciones según pedimentos", esperado(libro).exportaciones)
    shows(filer, "Ventas según facturas", facturas.esperado(cartera).facturado)


def test_amounts_are_used_and_brought_back():
    libro, cartera = make_libro(2, RFC, 2023, 80, Rarezas()), make_cartera(2, RFC, 2023, 30, RarezasCfdi())
    filer = Filer(EMPRESA | {"ventas": "7"}).drop("data-stage", data_stage.files(libro))
    filer.drop("facturas", cfdi.files(cartera)).do("archivos.usar")
    right = esperado(libro), facturas.esperado(cartera)
    assert filer.draft["exportaciones"] == miles(aduana.in_thousands(right[0].exportaciones))
    assert filer.draft["ventas"] == miles(aduana.in_thousands(right[1].facturado))
    assert "importaciones" not in filer.draft and "antes: 7" in filer.html
    filer.do("archivos.deshacer")
    assert filer.draft["ventas"] == "7" and "exportaciones" not in filer.draft


def test_with_prosec_alone_imports_are_used_and_volumes_stand_beside_the_goods():
    libro = make_libro(4, RFC, 2023, 80, Rarezas())
    right = esperado(libro)
    _, fraccion, unidad = next(k for k in right.volumenes if k[0] == EXPORTACION)
    goods = "\n".join(f"I\t{fraccion}\tBien {u}\t{u}\t9\t1\t8" for u in (unidad, "01" if unidad != "01" else "06"))
    filer = Filer(PROSEC | {"bienes": goods}).drop("data-stage", data_stage.files(libro)).do("archivos.usar")
    assert filer.draft["importaciones"] == miles(aduana.in_thousands(right.importaciones))
    assert "Volúmenes exportados por fracción" in filer.html and f"Bien {unidad}: 8" in filer.html
    assert "en otra unidad" in filer.html


def test_nothing_of_the_files_goes_into_the_draft():
    libro = make_libro(6, RFC, 2023, 60)
    filer = Filer()
    before = dict(filer.draft)
    filer.drop("data-stage", data_stage.files(libro))
    assert filer.draft == before


def test_a_reading_is_cancelled_at_once_and_can_begin_again():
    libro = make_libro(7, RFC, 2023, 60, Rarezas())
    filer = Filer().drop("data-stage", data_stage.files(libro), until_done=False)
    assert "Cancelar" in filer.html and "<progress" in filer.html
    filer.hand_over()
    late = filer.effects
    filer.do("archivos.cancelar")
    assert [e["campo"] for e in filer.effects if e["tipo"] == "olvidar-archivos"] == ["data-stage", "facturas"]
    assert filer.state.of(Archivos) == Archivos()
    # What had been asked for before comes too late.
    filer.effects = late
    assert filer.hand_over() and filer.state.of(Archivos) == Archivos()
    filer.held["data-stage"].clear()
    filer.drop("data-stage", data_stage.files(libro))
    shows(filer, "Exportaciones según pedimentos", esperado(libro).exportaciones)
    filer.do("archivos.quitar")
    assert filer.state.of(Archivos) == Archivos()


def test_a_large_file_comes_in_stretches_and_is_read_in_moments(monkeypatch):
    monkeypatch.setattr(leer, "TRAMO", 1000)
    monkeypatch.setattr(leer, "RATO", -1)
    libro = make_libro(8, RFC, 2023, 40, Rarezas())
    filer = Filer().drop("data-stage", data_stage.files(libro))
    assert filer.asked > 30
    shows(filer, "Exportaciones según pedimentos", esperado(libro).exportaciones)


def test_without_the_rfc_nothing_is_read():
    filer = Filer({"ejercicio": "2023"})
    assert "Escribir el RFC" in filer.html
    filer.drop("data-stage", [("a.zip", b"PK")])
    assert filer.codes == ["archivos-sin-rfc"] and not filer.state.of(Archivos).leyendo


def test_what_was_read_for_another_company_is_not_used():
    libro = make_libro(9, RFC, 2023, 40, Rarezas())
    filer = Filer().drop("data-stage", data_stage.files(libro)).type(rfc=OTRO)
    assert "ya no es de esa empresa" in filer.html and "Usar estas cantidades" not in filer.html
    filer.do("archivos.usar")
    assert "exportaciones" not in filer.draft
    # The files read for the new one begin anew.
    filer.drop("data-stage", data_stage.files(libro))
    assert filer.total("Exportaciones según pedimentos")[0] == 0 and RFC in filer.html


def test_another_company_is_refused_by_its_name():
    libro = make_libro(11, RFC, 2023, 100, Rarezas(ajenos=0.2))
    filer = Filer().drop("data-stage", data_stage.files(libro))
    assert "MUÑOZ E HIJOS" in filer.html and filer.excluded()["otro-rfc"] == esperado(libro).excluidos["otro-rfc"] > 0


def test_a_file_not_understood_is_told_without_its_data():
    secret = b"Cliente|Monto|Fecha\nACME SECRETO|123456|2023-01-05\n"
    filer = Filer().drop("data-stage", [("ACME_501.asc", secret)])
    sample = unescape(re.search(r'data-copia="([^"]*)"', filer.html)[1])
    assert "Cliente | Monto | Fecha" in sample and "999999" in sample
    assert "ACME" not in sample and "SECRETO" not in sample and "123456" not in sample
    no_headings = b"ACME|123456|2023-01-05\n"
    filer = Filer().drop("data-stage", [("x_501.asc", no_headings)])
    assert "ACME" not in unescape(re.search(r'data-copia="([^"]*)"', filer.html)[1])


def test_the_comparison_shows_each_source_beside_what_was_typed():
    libro = make_libro(12, RFC, 2023, 60, Rarezas())
    filer = Filer(EMPRESA | {"exportaciones": "1000"}).drop("data-stage", data_stage.files(libro))
    filer.type(declarado_exportaciones="1,500")
    table = filer.html.partition('data-comparacion="exportaciones"')[2].partition("</table>")[0]
    assert (
        "Capturado en el reporte" in table
        and "Declaración anual" in table
        and "+500,000" in table
        and "+50.0 %" in table
    )
    assert miles(aduana.in_thousands(esperado(libro).exportaciones)) in table


@pytest.mark.parametrize("body", [b"", b"PK\x03\x04", b"\x00" * 50, b"<a/>", "ñ|ñ\n".encode("latin-1"), b"|" * 5000])
@pytest.mark.parametrize("campo", ["data-stage", "facturas"])
def test_any_file_is_answered(campo, body):
    filer = Filer().drop(campo, [("", body), ("<b>.zip", body)])
    assert not filer.state.of(Archivos).leyendo and "Problemas" in filer.html and "<b>.zip" not in filer.html


def test_a_file_that_the_browser_cannot_read_does_not_stop_the_others():
    libro = make_libro(13, RFC, 2023, 40, Rarezas())
    filer = Filer().drop("data-stage", [("perdido.zip", b"x"), *data_stage.files(libro)], until_done=False)
    reading = filer.effect("leer")
    filer.do(reading["evento"], campo="data-stage", indice=0, desde=0, nombre="", fallo=True)
    while filer.hand_over():
        pass
    shows(filer, "Exportaciones según pedimentos", esperado(libro).exportaciones)
    assert "perdido.zip" in filer.html


def test_a_month_given_twice_counts_once_and_is_said():
    libro = make_libro(14, RFC, 2023, 40, Rarezas())
    months = list(data_stage.files(libro))
    filer = Filer().drop("data-stage", [*months, ("otra vez.zip", months[0][1])])
    shows(filer, "Exportaciones según pedimentos", esperado(libro).exportaciones)
    assert "«otra vez.zip» trae lo mismo que «202301.zip»" in filer.html


def test_whoever_types_elsewhere_while_files_are_read_is_left_alone():
    libro = make_libro(15, RFC, 2023, 40, Rarezas())
    filer = Filer().drop("data-stage", data_stage.files(libro), until_done=False)
    reading = filer.effects
    filer.do("ir", pantalla="solicitante")
    filer.effects = reading
    while filer.hand_over():
        assert not [e for e in filer.effects if e["tipo"] == "enfocar"]
    filer.do("ir", pantalla="archivos")
    shows(filer, "Exportaciones según pedimentos", esperado(libro).exportaciones)


def test_too_many_files_are_refused():
    filer = Filer().do(
        "archivos.facturas",
        cuantos=leer.MAXIMO_ARCHIVOS + 1,
        archivos=[{"nombre": "a.xml", "bytes": 1}] * (leer.MAXIMO_ARCHIVOS + 1),
        primero=0,
    )
    assert filer.codes == ["archivos-de-mas"]


def test_used_twice_the_first_amount_comes_back():
    filer = Filer({**EMPRESA, "exportaciones": "44"}).drop("data-stage", data_stage.files(make_libro(3, RFC, 2023, 50)))
    filer.do("archivos.usar").do("archivos.usar").tick("consignacion", True)
    assert "cambió después" in filer.html
    filer.do("archivos.usar")
    assert "cambió después" not in filer.html
    assert filer.do("archivos.deshacer").draft["exportaciones"] == "44"


def test_what_was_typed_since_is_not_undone():
    filer = Filer({**EMPRESA, "exportaciones": "44"}).drop("data-stage", data_stage.files(make_libro(3, RFC, 2023, 50)))
    filer.do("archivos.usar").type(exportaciones="777")
    assert filer.do("archivos.deshacer").draft["exportaciones"] == "777"


def test_where_nothing_counts_there_is_nothing_to_use():
    filer = Filer().drop("data-stage", [("foto.png", b"\x89PNG")])
    assert "Usar estas cantidades" not in filer.html
    other = Filer().drop("facturas", data_stage.files(make_libro(3, RFC, 2023, 20, Rarezas())))
    assert "Usar estas cantidades" not in other.html
    assert "elígelos en «Archivos del Data Stage»" in other.html


def test_what_was_used_is_still_shown_without_the_files():
    filer = Filer().drop("data-stage", data_stage.files(make_libro(3, RFC, 2023, 50))).do("archivos.usar")
    assert 'id="puestas"' in filer.do("archivos.quitar").html


def test_adding_up_leaves_the_page_free_and_takes_what_is_chosen_meanwhile(monkeypatch):
    libro = make_libro(9, RFC, 2023, 60, Rarezas())
    months = list(data_stage.files(libro))
    monkeypatch.setattr(leer, "RATO", -1)  # every moment is over at once
    filer = Filer()
    seen = []
    plain_do = filer.do

    def watched(name, **event):
        if filer.state.of(Archivos).sumando and not seen:
            seen.append(filer.html)
            # The last months are dropped while the first are added up.
            filer.drop("data-stage", months[6:], until_done=False)
        return plain_do(name, **event)

    monkeypatch.setattr(filer, "do", watched)
    filer.drop("data-stage", months[:6])
    assert "Sumando…" in seen[0] and "Cancelar" in seen[0]
    assert not filer.state.of(Archivos).leyendo
    shows(filer, "Exportaciones según pedimentos", esperado(libro).exportaciones)
