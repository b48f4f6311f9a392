"""What happens when something happens: typing, leaving, moving, links, drafts, erasing."""

from datetime import date

import pytest
from markupsafe import escape

from lugares import ROOT
from pantallas.view import view
from raoce.empresa import ULTIMO
from raoce.plazos.calendario import ULTIMO_ANIO
from tramite.pantallas import PANTALLAS
from tramite.state import initial_state
from tramites import device, kinds, send, start


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


@pytest.mark.parametrize("ejercicio", range(2026, ULTIMO + 1))
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


@pytest.mark.parametrize("fecha", ["2024-02-30", "?", "2015-01-01", f"{ULTIMO_ANIO + 1}-01-01"])
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
    docs = (ROOT / "docs" / "incrustar.md").read_text(encoding="utf-8")
    script = docs[docs.index("<script>") : docs.index("</script>") + len("</script>")]
    assert str(escape(script)) in html
