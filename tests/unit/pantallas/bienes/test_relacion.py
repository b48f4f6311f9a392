"""«Relación de bienes producidos» at work: adding, editing, undoing, the authorised list, files in and out."""

from base64 import b64decode, b64encode
from datetime import date

import pytest

from borradores import company, draft_file
from documentos.hojas.hojas import read, recognise, write
from pantallas.bienes.estado import Bienes
from raoce.bienes import COLUMNAS, Fila
from raoce.solicitud.emision import build
from tramite.formulario.relacion import to_text
from tramites import Tramite

PROSEC = "?pantalla=bienes&ejercicio=2023&programas=PROSEC"
CAFE = Fila("XXII", "09011201", "Café", "01", "30,000", "10,000", "15,000")
MOTOR = Fila("I", "85011001", "Motor", "06", "5", "2", "4")


def fields(fila):
    return {f"bien_{k}": v for k, v in zip(COLUMNAS, fila, strict=True)}


def add(t, *filas):
    for fila in filas:
        t.type(**fields(fila)).do("bienes.agregar")
    return t


def rows(t):
    return t.state.evaluacion.relacion.filas


def test_a_good_is_added_and_the_form_keeps_its_sector():
    t = add(Tramite(PROSEC), CAFE)
    assert rows(t) == (CAFE,) and t.draft["bien_sector"] == "XXII" and t.draft["bien_fraccion"] == ""
    assert t.effect("enfocar")["id"] == "bien_fraccion" and "Se agregó el renglón 1." in t.html
    assert t.kept["borrador/1"]["campos"]["bienes"] == to_text([CAFE])


def test_what_is_wrong_or_missing_shows_and_nothing_is_added():
    t = Tramite(PROSEC).type(**fields(CAFE) | {"bien_fraccion": "0901", "bien_total": ""}).do("bienes.agregar")
    assert rows(t) == () and t.draft["bien_fraccion"] == "0901"
    assert 'id="bien_fraccion-error"' in t.html and 'id="bien_total-error"' in t.html
    assert t.effect("enfocar")["id"] == "bien_fraccion"


def test_edit_duplicate_delete_and_undo():
    t = add(Tramite(PROSEC), CAFE, MOTOR)
    t.do("bienes.editar", indice="0").type(bien_total="31000").do("bienes.agregar")
    assert rows(t) == (CAFE._replace(total="31,000"), MOTOR)
    t.do("bienes.duplicar", indice="1").do("bienes.eliminar", indice="0")
    assert rows(t) == (MOTOR, MOTOR) and "están en otro renglón" in t.html
    for _ in range(5):
        t.do("bienes.deshacer")
    assert rows(t) == ()


def test_a_row_half_typed_is_not_lost_to_an_edit_and_stops_the_report():
    t = add(Tramite(PROSEC), CAFE).type(bien_descripcion="Motor")
    t.do("bienes.editar", indice="0")
    assert t.codes == ["bien-sin-agregar"] and t.draft["bien_descripcion"] == "Motor"
    assert "bienes" in t.state.evaluacion.pending("bienes")
    t.do("bienes.descartar").do("bienes.editar", indice="0")
    assert t.draft["bien_fraccion"] == CAFE.fraccion


def test_the_row_being_edited_is_followed_when_others_come_and_go():
    t = add(Tramite(PROSEC), CAFE, MOTOR).do("bienes.editar", indice="1")
    t.do("bienes.eliminar", indice="0").type(bien_total="9").do("bienes.agregar")
    assert rows(t) == (MOTOR._replace(total="9"),)


def test_a_negative_inventory_warns_and_does_not_block():
    t = add(Tramite(PROSEC), MOTOR)
    assert "El inventario final es negativo" in t.html and not t.state.evaluacion.pending("bienes")


def test_without_goods_prosec_alone_is_doubted_and_with_immex_nobody_asks():
    t = Tramite(PROSEC)
    assert "agrégalos" in t.do("ir", pantalla="revisar").html.lower() and not t.state.evaluacion.pending("bienes")
    t.do("ir", pantalla="bienes").type(**{"programa-IMMEX": "si"})
    assert "sin-bienes" not in {a.codigo for a in t.state.evaluacion.avisos.values()}
    assert "VUCEM pide esta relación solo cuando PROSEC" in t.html


def test_the_authorised_list_is_kept_offered_and_never_blocks():
    t = add(Tramite(PROSEC), CAFE).do("bienes.autorizar-relacion")
    assert t.draft["autorizados"] == to_text([CAFE._replace(total="", nacional="", exportacion="")])
    t.type(bien_sector="", bien_fraccion="0901.12.01")
    assert (t.draft["bien_descripcion"], t.draft["bien_unidad"], t.draft["bien_sector"]) == ("Café", "01", "XXII")
    t.do("bienes.descartar")
    add(t, MOTOR)
    assert rows(t) == (CAFE, MOTOR) and "no está en tu lista de bienes autorizados" in t.html
    t.do("bienes.desautorizar", indice="0")
    assert t.draft["autorizados"] == ""


def test_long_tables_are_shown_in_parts_and_searched():
    filas = [CAFE._replace(descripcion=f"Café {n}") for n in range(120)]
    t = Tramite(PROSEC, None)
    t.do("abrir-borrador", texto=draft_file(bienes=to_text(filas)), nombre="x").do("ir", pantalla="bienes")
    assert t.html.count("data-bien=") == 50
    t.do("ver-parte", lista="bienes", numero="2")
    assert 'data-bien="119"' in t.html and t.html.count("data-bien=") == 20
    t.type(filtro_bienes="café 11")
    assert t.html.count("data-bien=") == 11 and "filtro_bienes" not in t.draft


class TestFiles:
    def choose(self, t, datos, nombre="bienes.xlsx"):
        return t.do("bienes.importar", nombre=nombre, contenido=b64encode(datos).decode())

    def test_what_is_exported_is_imported_again(self):
        t = add(Tramite(PROSEC), CAFE, MOTOR).do("bienes.exportar")
        effect = t.effect("descargar")
        assert effect["nombre"] == "RAOCE_bienes_2023.xlsx"
        other = self.choose(Tramite(PROSEC), b64decode(effect["base64"]))
        assert rows(other) == () and "Aceptar todos" in other.html
        assert rows(other.do("bienes.aceptar-importacion", cuales="todos")) == (CAFE, MOTOR)

    def test_problems_are_named_by_row_and_column_and_the_good_rows_can_be_taken(self):
        datos = write([CAFE, MOTOR._replace(unidad="galón"), MOTOR])
        t = self.choose(add(Tramite(PROSEC), MOTOR), datos)
        assert "Unidad de medida</td><td>galón" in t.html and '<th scope="row">3</th>' in t.html
        assert rows(t) == (MOTOR,)
        assert rows(t.do("bienes.aceptar-importacion", cuales="buenos")) == (MOTOR, CAFE, MOTOR)
        assert rows(t.do("bienes.deshacer")) == (MOTOR,)

    def test_the_bad_rows_can_be_taken_too_and_are_mended_in_the_table(self):
        t = self.choose(Tramite(PROSEC), write([MOTOR._replace(unidad="galón")]))
        t.do("bienes.aceptar-importacion", cuales="todos")
        assert (
            t.state.evaluacion.pending("bienes") == ("bienes",) and "Hay un renglón por completar o corregir." in t.html
        )
        t.do("bienes.editar", indice="0")
        assert "galón (no está en la lista)" in t.html
        assert rows(t.type(bien_unidad="06").do("bienes.agregar")) == (MOTOR,)

    @pytest.mark.parametrize("datos", [b"", b"%PDF-1.7", b"PK\x03\x04 roto"], ids=["empty", "pdf", "broken"])
    def test_a_bad_file_is_said_and_changes_nothing(self, datos):
        t = self.choose(add(Tramite(PROSEC), CAFE), datos)
        assert rows(t) == (CAFE,) and t.codes[0].startswith("hoja-") and t.state.of(Bienes).importacion is None

    def test_ten_thousand_rows_come_in_steps_and_can_be_cancelled(self):
        filas = [CAFE._replace(descripcion=f"Café {n}") for n in range(10_000)]
        datos = write(filas)
        t = Tramite(PROSEC)
        from tramites import send

        state, effects = send(t.state, "bienes.importar", nombre="x.xlsx", contenido=b64encode(datos).decode())
        assert state.of(Bienes).importacion.leidas == 500 and effects[-1] == {
            "tipo": "seguir",
            "evento": "bienes.importar-seguir",
        }
        stopped, _ = send(state, "bienes.cancelar-importacion")
        stopped, effects = send(stopped, "bienes.importar-seguir")
        assert stopped.of(Bienes).importacion is None and stopped.borrador == t.state.borrador
        self.choose(t, datos).do("bienes.aceptar-importacion", cuales="todos")
        assert rows(t)[-1] == filas[-1] and len(rows(t)) == 10_000
        add(t, MOTOR)
        assert t.codes == ["bienes-muchos"] and len(rows(t)) == 10_000

    def test_the_rows_of_a_file_can_take_the_place_of_those_there(self):
        t = self.choose(add(Tramite(PROSEC), CAFE, MOTOR), write([MOTOR])).type(reemplazar="si")
        assert rows(t.do("bienes.aceptar-importacion", cuales="todos")) == (MOTOR,)
        assert rows(t.do("bienes.deshacer")) == (CAFE, MOTOR)

    def test_after_mending_one_bad_row_the_next_one_comes(self):
        bad = [MOTOR._replace(total=""), CAFE, MOTOR._replace(unidad="x")]
        t = self.choose(Tramite(PROSEC), write(bad)).do("bienes.aceptar-importacion", cuales="todos")
        t.do("ir", pantalla="bienes", campo="bienes")
        assert t.state.evaluacion.renglon_editado == 0 and t.effect("enfocar")["id"] == "bien_total"
        t.type(bien_total="9").do("bienes.agregar")
        assert t.state.evaluacion.renglon_editado == 2 and t.effect("enfocar")["id"] == "bien_unidad"

    def test_rows_still_wrong_are_named_where_the_report_is_copied(self):
        t = self.choose(Tramite(PROSEC), write([MOTOR._replace(total=""), CAFE]))
        t.do("bienes.aceptar-importacion", cuales="todos").do("ir", pantalla="captura")
        assert "INCOMPLETA. Renglones por completar o corregir antes de capturar: 1." in t.html
        assert '<th scope="row">2</th><td><span class="exacto">Café' in t.html

    def test_what_is_pasted_is_reviewed_like_a_file(self):
        t = Tramite(PROSEC).type(pegado="Fracción\tBien\tUnidad\tSector\tTotal\tNacional\tExportación\n")
        pasted = (
            "Fracción\tBien\tUnidad\tSector\tTotal\tNacional\tExport\n0901.12.01\tCafé\tkg\tXXII\t30000\t10000\t15000"
        )
        t.do("entrada", valores={"pegado": pasted}).do("bienes.pegar").do("bienes.aceptar-importacion", cuales="todos")
        assert rows(t) == (CAFE,) and 'id="pegado"' in t.html and "pegado" not in t.state.vista


def test_the_goods_are_signed_with_their_inventory_and_its_reason():
    t = add(Tramite(PROSEC + "&ventas=5000&exportaciones=3500&importaciones=4000"), CAFE)
    t.type(**company()).do("ir", pantalla="revisar")
    assert t.state.evaluacion.completo
    solicitud = build(t.state.evaluacion.reporte, t.state.ahora)
    assert solicitud.bienes[0].inventario == "5000" and solicitud.bienes[0].nombre_unidad == "Kilogramo"
    reason = solicitud.explicaciones[-1]
    assert reason.figura == "bienes.inventario" and "total − (mercado nacional + exportaciones)" in reason.operacion
    assert recognise(read("x", write([CAFE]))).filas[0].fila.fraccion == CAFE.fraccion


class TestFormerReport:
    def former(self, **changes):
        campos = company() | {"bienes": to_text([CAFE, MOTOR]), "ventas": "1,000", "exportaciones": "800"}
        return draft_file(**campos | {"importaciones": "10", "ejercicio": "2022"} | changes)

    def test_a_draft_of_another_year_prefills_and_its_figures_are_compared(self):
        t = Tramite("?pantalla=datos&ejercicio=2023&ventas=6000").do(
            "datos.abrir-anterior", texto=self.former(), nombre="x"
        )
        assert t.draft["ejercicio"] == "2023" and t.draft["ventas"] == "6,000" and "exportaciones" not in t.draft
        assert t.draft["rfc"] == "EKU9003173C9" and t.draft["numero-PROSEC"] == "2019-8664"
        assert [f.total for f in rows(t)] == ["", ""] and rows(t)[0].descripcion == "Café"
        assert t.draft["autorizados"].count("\n") == 1
        assert "2022: 1,000 (+500.0 %)" in t.html and "cambio de más de cinco veces" in t.html
        t.type(ventas="1125")
        assert "2022: 1,000 (+12.5 %)" in t.html and "cambio de más de cinco veces" not in t.html
        t.do("ir", pantalla="bienes").do("bienes.editar", indice="0")
        t.type(bien_total="3000", bien_nacional="1", bien_exportacion="0").do("bienes.agregar")
        assert "2022: 30,000 (−90.0 %)" in t.html

    def test_what_was_typed_stays_and_another_company_gets_a_draft_of_its_own(self):
        t = (
            Tramite()
            .type(rfc="EKU9003173C9", razon_social="Otra")
            .do("datos.abrir-anterior", texto=self.former(), nombre="x")
        )
        assert t.draft["razon_social"] == "Otra" and t.draft["calle"] == "Uno"
        t = Tramite().type(rfc="IIA040805DZ4", ventas="5").do("datos.abrir-anterior", texto=self.former(), nombre="x")
        assert t.codes[0] == "anterior-otra-empresa" and "Volver a mi otro borrador" in t.html
        assert t.draft["rfc"] == "EKU9003173C9" and "ventas" not in t.draft
        assert [g.campos["rfc"] for g in t.state.archivero.otros.values()] == ["IIA040805DZ4"]

    @pytest.mark.parametrize(
        ("texto", "codigo"),
        [
            ("{", "borrador-danado"),
            ('{"payload": "", "protected": "", "signature": ""}', "anterior-ilegible"),
            ('{"formato": "raoce-borradores/1", "borradores": []}', "anterior-varios"),
        ],
    )
    def test_a_bad_file_is_said_and_changes_nothing(self, texto, codigo):
        t = Tramite().type(ventas="5")
        before = t.draft
        assert t.do("datos.abrir-anterior", texto=texto, nombre="x").codes == [codigo] and t.draft == before

    def test_a_later_year_is_not_a_former_one(self):
        t = Tramite("?ejercicio=2021").do("datos.abrir-anterior", texto=self.former(), nombre="x")
        assert t.codes == ["anterior-posterior"] and "rfc" not in t.draft

    def test_the_same_year_is_not_a_former_one(self):
        t = Tramite("?ejercicio=2022").do("datos.abrir-anterior", texto=self.former(), nombre="x")
        assert t.codes == ["anterior-mismo"] and "rfc" not in t.draft

    def test_a_signed_file_prefills_too(self, efirma_firmada):
        t = Tramite("?pantalla=datos&ejercicio=2024").do("datos.abrir-anterior", texto=efirma_firmada, nombre="x")
        assert t.codes == ["anterior-abierto", "anterior-con-bienes"] and t.draft["razon_social"] == "Ensambles"
        assert t.draft["modalidad-PROSEC"] == "productor-directo" and rows(t)[0].unidad == "01"
        t.type(ventas="900000")
        assert "2023: 5,000" in t.html and "cambio de más de cinco veces" in t.html
        assert t.do("datos.quitar-anterior").state.evaluacion.anterior is None

    @pytest.fixture
    def efirma_firmada(self):
        from efirmas import make_efirma
        from raoce.firma import jws as firma
        from raoce.firma.certificado import Certificado
        from raoce.solicitud.solicitud import to_json

        t = add(Tramite(PROSEC + "&ventas=5000&exportaciones=3500&importaciones=4000"), CAFE).type(**company())
        efirma = make_efirma()
        certificado = Certificado.from_der(efirma.cer)
        por_firmar = firma.prepare(
            to_json(build(t.state.evaluacion.reporte, t.state.ahora)), certificado, t.state.ahora
        )
        return firma.assemble(por_firmar, efirma.sign(por_firmar.signing_input), certificado)


def test_the_capture_sheet_has_what_is_typed_in_vucem_and_nothing_else():
    t = add(Tramite(PROSEC + "&ventas=1234567&exportaciones=3500&importaciones=4000"), CAFE).type(**company())
    html = t.do("ir", pantalla="captura").html
    for exact in ("1234567", "09011201", "30000", "2019-8664", "01-2023"):
        assert f'data-copia="{exact}"' in html
    assert "15 días" in html and "localizados" in html and "VUCEM calcula el saldo" in html
    assert date(2024, 5, 20) == t.state.evaluacion.consulta
