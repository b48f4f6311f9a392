"""What happens when something happens: typing, leaving, moving, links, drafts, erasing."""

import json
from datetime import date
from pathlib import Path

import pytest
from markupsafe import escape

from pantallas.update import update
from pantallas.view import view
from raoce.base import DatoInvalido
from tramite.borradores import borrador, enlace
from tramite.pantallas import PANTALLAS
from tramite.state import initial_state
from tramites import device, holding, send, start


def others(state):
    return [g.campos for g in state.archivero.otros.values()]


def kinds(effects):
    return [e["tipo"] for e in effects]


def codes(state):
    return [a.codigo for a in state.avisos]


def test_typing_keeps_the_text_and_saves_it():
    state, effects = send(start()[0], "entrada", valores={"ventas": "12x"})
    assert state.borrador["ventas"] == "12x"
    assert device(effects)["borrador/1"]["campos"]["ventas"] == "12x"
    assert "Escribe solo números" not in view(send(state, "ir", pantalla="datos")[0])


def test_the_error_shows_after_a_pause_or_on_leaving_and_the_text_stays():
    state, _ = start("?pantalla=datos")
    for last in ({"name": "pausa", "campo": "ventas"}, {"name": "cambio", "valores": {"ventas": "12x"}}):
        typed, _ = send(state, "entrada", valores={"ventas": "12x"})
        html = view(send(typed, **last)[0])
        assert "Escribe solo números" in html and 'value="12x"' in html


def test_amounts_and_rfc_are_tidied_on_leaving():
    state, _ = send(start()[0], "cambio", valores={"ventas": "1234567", "rfc": "eku-900317-3c9"})
    assert state.borrador == {"ventas": "1,234,567", "rfc": "EKU9003173C9", "ejercicio": "2023"}


def test_the_published_rate_is_used_until_another_is_typed():
    state, _ = start("?ejercicio=2023&pantalla=datos")
    assert 'value="17.73383705"' in view(state)
    state, _ = send(state, "entrada", valores={"tipo_cambio": "18"})
    assert state.borrador["tipo_cambio"] == "18"
    state, _ = send(state, "entrada", valores={"tipo_cambio": ""})
    assert state.evaluacion.faltan.count("tipo_cambio") == 1
    state, _ = send(state, "datos.usar-fix")
    assert "tipo_cambio" not in state.borrador
    state, _ = send(state, "entrada", valores={"tipo_cambio": "17.73383705"})
    assert "tipo_cambio" not in state.borrador


@pytest.mark.parametrize("ejercicio", [2026, 2027])
def test_years_without_a_published_rate_ask_for_it(ejercicio):
    state, _ = start(f"?ejercicio={ejercicio}")
    assert "tipo_cambio" in state.evaluacion.faltan


def test_continue_moves_on_or_points_to_what_is_missing():
    state, effects = send(start("?pantalla=programas")[0], "continuar")
    assert state.pantalla == "programas" and effects[-1] == {"tipo": "enfocar", "id": "resumen-errores"}
    assert 'href="#programas"' in view(state)
    state, _ = send(
        state,
        "cambio",
        valores={"programa-IMMEX": "si", "numero-IMMEX": "83-2019", "modalidad-IMMEX": "industrial"},
    )
    state, effects = send(state, "continuar")
    assert state.pantalla == "solicitante" and "direccion" in kinds(effects)


def test_immex_disables_importaciones_and_keeps_what_was_typed():
    state, _ = start("?pantalla=datos&programas=PROSEC&ejercicio=2023&ventas=10&exportaciones=8&importaciones=3")
    assert state.evaluacion.reporte.balanza.saldo.valor == 5
    state, _ = send(state, "cambio", valores={"programa-IMMEX": "si"})
    assert state.evaluacion.reporte.balanza.saldo.valor == 8
    assert "disabled" in view(state) and "VUCEM deja este dato en 0" in view(state)
    state, _ = send(state, "cambio", valores={"programa-IMMEX": ""})
    assert state.evaluacion.reporte.balanza.saldo.valor == 5


def test_figures_in_pesos_are_offered_in_thousands():
    state, _ = start("?pantalla=datos&programas=IMMEX&ejercicio=2023&ventas=1234567890&exportaciones=800000")
    assert "¿Lo capturaste en pesos?" in view(state)
    state, _ = send(state, "usar-miles", campo="ventas")
    assert state.borrador["ventas"] == "1,234,568" and "¿Lo capturaste en pesos?" not in view(state)


def test_more_exports_than_sales_gets_the_sentence_of_vucem():
    state, _ = start("?pantalla=datos&programas=IMMEX&ejercicio=2023&ventas=900&exportaciones=1000")
    sentence = "Las Ventas Totales deben ser mayores o iguales al Total de Exportaciones."
    assert sentence in view(state)
    assert state.evaluacion.reporte.balanza is None and not state.evaluacion.completo


class TestLink:
    URL = (
        "?pantalla=datos&ejercicio=2023&programas=IMMEX,PROSEC&fecha=2024-06-03"
        "&ventas=1000&exportaciones=1000&importaciones=0"
    )

    def test_it_fills_the_form(self):
        state, effects = start(self.URL)
        assert state.pantalla == "datos" and state.evaluacion.consulta == date(2024, 6, 3)
        assert [p.situacion.estado for p in state.evaluacion.reporte.plazos] == ["suspendido"] * 2
        assert state.avisos == () and effects[0]["reemplazar"]

    @pytest.mark.parametrize(
        "bad",
        [
            "pantalla=otra", "ejercicio=1999", "programas=IMEX", "fecha=2024-02-30", "fecha=ayer", "ventas=-1",
            "ventas=1.5", "presentacion=2024-13-01", "modalidad-IMMEX=otra", "rfc=EKU9003173C9", "x",
        ],
    )  # fmt: skip
    def test_a_bad_parameter_is_reported_and_ignored(self, bad):
        found = enlace.parse(f"?{bad}&exportaciones=5")
        assert found.campos == {"exportaciones": "5"} and len(found.avisos) == 1
        state, _ = start(f"?{bad}&exportaciones=5")
        assert "Se ignoró" in view(state)

    def test_it_puts_the_former_draft_aside_and_can_go_back(self):
        typed = {"ventas": "777", "rfc": "EKU9003173C9", "ejercicio": "2022", "autorizacion-IMMEX": "2023-05-05"}
        state, _ = start(self.URL, holding(typed))
        assert codes(state) == ["enlace-cambio"] and "«Ventas totales (a)»" in view(state)
        assert state.borrador["ventas"] == "1,000" and state.borrador["rfc"] == "EKU9003173C9"
        assert "autorizacion-IMMEX" not in state.borrador, "what a link shows does not depend on what was there"
        state, effects = send(state, "recuperar")
        assert state.borrador == typed and others(state) == []
        assert effects[-1]["tipo"] == "guardar"

    def test_a_second_link_does_not_displace_what_was_typed(self):
        typed = {"ventas": "777", "ejercicio": "2023"}
        kept = holding(typed)
        state, effects = start("?ventas=1000", kept)
        kept = device(effects, kept)
        # Leaving a field as it was is not typing.
        state, effects = send(state, "cambio", valores={"presentacion": "", "ventas": "1,000"})
        kept = device(effects, kept)
        state, effects = start("?ventas=2000", kept)
        assert (state.borrador["ventas"], others(state)) == ("2,000", [typed])
        kept = device(effects, kept)
        state, effects = send(state, "entrada", valores={"ventas": "888"})
        state, _ = start("?ventas=3000", device(effects, kept))
        assert others(state) == [typed, typed | {"ventas": "888"}]
        back = []
        for _ in range(3):
            state, _ = send(state, "recuperar")
            back.append(state.borrador["ventas"])
        assert back == ["888", "777", "888"]


class TestDraft:
    def test_saved_and_opened_it_is_the_same(self):
        typed = {"ventas": "12x", "razon_social": 'Ñandú & "Hijos" <S.A.>', "ejercicio": "2023", "presentacion": "?"}
        state, _ = send(start()[0], "entrada", valores=typed)
        _, effects = send(state, "guardar-borrador")
        saved = effects[0]
        assert saved["nombre"] == "RAOCE_borrador_2023.json"
        fresh, _ = send(start()[0], "abrir-borrador", texto=saved["texto"], nombre="x")
        assert fresh.borrador == typed and codes(fresh) == ["borrador-abierto"]
        assert "&lt;S.A.&gt;" in view(send(fresh, "ir", pantalla="solicitante")[0])

    @pytest.mark.parametrize(
        ("texto", "codigo"),
        [
            ("", "borrador-danado"),
            ('{"formato": "raoce-borrador/1", "campos": {"ventas"', "borrador-danado"),
            ("[" * 100_000, "borrador-danado"),
            ("[]", "borrador-ajeno"),
            ('{"a": 1}', "borrador-ajeno"),
            ('{"payload": "", "protected": "", "signature": ""}', "borrador-firmado"),
            ('{"formato": "raoce-borrador/2", "campos": {}}', "borrador-otra-version"),
            ('{"formato": "raoce-borrador/1", "campos": {"ventas": 5}}', "borrador-danado"),
            ('{"formato": "raoce-borrador/1", "campos": {"otro": "5"}}', "borrador-otra-version"),
            ('{"formato": "raoce-borrador/1"}', "borrador-danado"),
            ("x" * 5_000_001, "borrador-grande"),
        ],
        ids=lambda v: v[:40],
    )
    def test_a_bad_file_changes_nothing_and_says_so(self, texto, codigo):
        with pytest.raises(DatoInvalido) as caught:
            borrador.parse(texto)
        assert caught.value.codigo == codigo
        state, _ = send(start()[0], "entrada", valores={"ventas": "5"})
        after, effects = send(state, "abrir-borrador", texto=texto, nombre="x")
        assert after.borrador == state.borrador and "guardar" not in kinds(effects)
        assert "Tu borrador actual no cambió" in view(after)

    def test_the_one_replaced_can_be_had_back(self):
        state, _ = send(start()[0], "entrada", valores={"ventas": "5"})
        texto = json.dumps({"formato": "raoce-borrador/1", "campos": {"ventas": "6"}})
        state, _ = send(state, "abrir-borrador", texto=texto, nombre="x")
        assert (state.borrador["ventas"], [a["ventas"] for a in others(state)]) == ("6", ["5"])
        state, _ = send(state, "recuperar")
        assert (state.borrador["ventas"], [a["ventas"] for a in others(state)]) == ("5", ["6"])

    def test_a_record_of_another_version_is_said_and_not_overwritten(self):
        state, effects = start(registro=holding({"campo_nuevo": "1"}))
        assert codes(state) == ["guardado-ilegible"] and "guardar" not in kinds(effects)
        _, effects = send(state, "entrada", valores={"ventas": "5"})
        assert "guardar" not in kinds(effects)

    def test_erasing_asks_first(self):
        state, _ = send(start()[0], "entrada", valores={"ventas": "5"})
        asked, effects = send(state, "borrar-todo")
        assert asked.borrador["ventas"] == "5" and kinds(effects) == ["enfocar"]
        assert "¿Borrar todo lo que escribiste?" in view(asked)
        kept, _ = send(asked, "cancelar-borrar")
        assert kept.borrador["ventas"] == "5" and not kept.pregunta_borrar
        erased, effects = send(asked, "confirmar-borrar")
        assert erased.borrador == {} and "borrar" in kinds(effects) and "guardar" not in kinds(effects)


def test_opening_the_page_writes_nothing():
    _, effects = start(registro=holding({"ventas": "6"}, {"ventas": "5", "ejercicio": "2022"}))
    assert kinds(effects) == ["direccion"]


def test_what_the_first_version_kept_is_taken_over():
    former = {"actual": {"ventas": "5", "ejercicio": "2022"}, "apartados": [{"ventas": "6"}], "deEnlace": False}
    state, effects = start(registro={"registro": former})
    assert state.borrador["ventas"] == "5" and others(state) == [{"ventas": "6"}]
    kept = device(effects, {"registro": former})
    assert "registro" not in kept
    again, effects = start(registro=kept)
    assert again.archivero == state.archivero and kinds(effects) == ["direccion"]


def test_a_draft_keeps_its_year_at_new_year():
    december = {"name": "cambio", "hoy": "2026-12-20", "ahora": "2026-12-20T18:00:00+00:00"}
    _, effects = update(initial_state(), {**december, "valores": {"programa-IMMEX": "si"}})
    january = {"name": "inicio", "hoy": "2027-01-04", "ahora": "2027-01-04T18:00:00+00:00"}
    state, _ = update(initial_state(), {**january, "registro": device(effects)})
    assert state.evaluacion.ejercicio == 2025


def test_when_no_programme_must_file_there_is_nothing_to_sign():
    link = "?pantalla=datos&programas=IMMEX&ejercicio=2023&autorizacion-IMMEX=2024-02-02&ventas=5&exportaciones=5"
    state, _ = start(link)
    assert not state.evaluacion.completo
    assert "Ninguno de los programas marcados presenta por este ejercicio." in view(state)
    html = view(send(state, "ir", pantalla="revisar")[0])
    assert "No hay reporte que preparar" in html and "La solicitud está completa" not in html


def test_a_committed_amount_of_0_is_refused():
    state, _ = start("?pantalla=programas&programas=ECEX&ejercicio=2023&modalidad-ECEX=promotora")
    state, _ = send(state, "cambio", valores={"compromiso-ECEX": "0"})
    assert "Escribe el monto de tu registro" in view(state)


def test_commitments_against_amounts_to_be_confirmed_say_so():
    state, _ = start(
        "?pantalla=datos&programas=ECEX&ejercicio=2023&modalidad-ECEX=promotora&ventas=9000&exportaciones=9000"
    )
    html = view(state)
    assert "por confirmar" in html and "Se comparó con un monto de orientación" in html


def test_without_a_rate_the_commitment_says_what_is_missing():
    state, _ = start("?pantalla=datos&programas=IMMEX&ejercicio=2026&ventas=1000000&exportaciones=50000")
    assert 'data-campo="tipo_cambio">tipo de cambio</a>' in view(state)


def test_a_rate_of_another_year_is_doubted():
    state, _ = start("?pantalla=datos&programas=IMMEX&ejercicio=2020&tipo-cambio=17.5")
    assert "El promedio FIX de 2020 fue 21.49760635" in view(state)


def test_doubts_are_shown_on_the_review():
    state, _ = start("?pantalla=revisar&programas=IMMEX&ejercicio=2020&tipo-cambio=17.5")
    html = view(state)
    assert "Tipo de cambio:</strong> El promedio FIX de 2020 fue 21.49760635" in html


def test_the_suspension_of_2021_is_said_and_moves_nothing():
    state, _ = start("?programas=IMMEX&ejercicio=2020&fecha=2021-08-20")
    html = view(state)
    assert 'data-ultima="2021-08-31"' in html and "Confirma si la fecha se recorrió" in html


def test_the_day_of_consultation_stays_in_the_address():
    state, effects = start("?programas=IMMEX&fecha=2024-06-03")
    assert effects[0]["busqueda"] == "?pantalla=plazos&fecha=2024-06-03"
    _, effects = send(state, "ir", pantalla="datos")
    assert effects[0]["busqueda"] == "?pantalla=datos&fecha=2024-06-03"
    _, effects = send(state, "cambio", valores={"consulta": "2024-05-20"})
    assert effects[-1] == {"tipo": "direccion", "busqueda": "?pantalla=plazos", "reemplazar": True}


def test_a_presentation_outside_the_year_of_filing_is_refused_and_changes_nothing():
    state, _ = start("?pantalla=plazos&ejercicio=2023&programas=IMMEX&presentacion=2024-03-31")
    assert "del 1 de abril de 2024 al 31 de diciembre de 2024" in view(state)
    assert state.evaluacion.reporte.plazos[0].situacion.estado == "en-plazo"


@pytest.mark.parametrize("fecha", ["2024-02-30", "?", "2015-01-01", "2031-01-01"])
def test_a_bad_day_of_consultation_is_said_and_today_is_shown(fecha):
    state, _ = send(start("?programas=IMMEX&ejercicio=2023")[0], "entrada", valores={"consulta": fecha})
    assert state.evaluacion.consulta == date(2024, 5, 20)
    assert 'id="consulta-error"' in view(state)


@pytest.mark.parametrize("pantalla", PANTALLAS)
def test_every_screen_draws_before_python_knows_anything_and_with_everything_wrong(pantalla):
    assert '<h1 id="titulo"' in view(send(initial_state(), "ir", pantalla=pantalla)[0])
    from tramite.formulario.campos import CAMPOS

    wrong = dict.fromkeys(CAMPOS, "<x>&'\"") | {f"programa-{p}": "si" for p in ("IMMEX", "PROSEC", "ALTEX", "ECEX")}
    state, _ = send(start()[0], "cambio", valores=wrong)
    html = view(send(send(state, "ir", pantalla=pantalla)[0], "continuar")[0] if pantalla != "firmar" else state)
    assert "<x>" not in html


def test_an_unknown_event_is_an_error():
    with pytest.raises(KeyError):
        send(start()[0], "no-existe")


def test_the_script_of_the_docs_is_the_one_that_the_page_gives():
    html = view(start("?pantalla=incrustar")[0])
    docs = (Path(__file__).parents[2] / "docs" / "incrustar.md").read_text(encoding="utf-8")
    script = docs[docs.index("<script>") : docs.index("</script>") + len("</script>")]
    assert str(escape(script)) in html
