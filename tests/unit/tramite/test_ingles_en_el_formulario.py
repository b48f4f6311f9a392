"""English beside the Spanish: what is typed in VUCEM stays in Spanish, what is read about it does not."""

from dataclasses import replace
from html import unescape

import idiomas
from pantallas.view import view
from tramite.formulario import hoja
from tramites import send, start

LINK = "?ejercicio=2023&programas=PROSEC&ventas=1000&exportaciones=900&importaciones=100"


def _sheets():
    state, _ = start(LINK)
    state, _ = send(state, "cambio", valores={"numero-PROSEC": "2019-8664", "bien_descripcion": "Motor"})
    with idiomas.using(idiomas.EN):
        english = hoja.build(state.evaluacion)
    return hoja.build(state.evaluacion), english


def test_the_capture_sheet_in_english_asks_for_the_same_under_the_same_labels():
    spanish, english = _sheets()
    for here, there in zip(spanish.bloques, english.bloques, strict=True):
        assert here.titulo == there.titulo and here.columnas == there.columnas
        assert [(d.etiqueta, d.valor) for d in here.datos] == [(d.etiqueta, d.valor) for d in there.datos]


def test_every_label_has_its_english_beside_it():
    _, english = _sheets()
    said = {d.etiqueta: d.traduccion for b in english.bloques for d in b.datos} | {
        b.titulo: b.traduccion for b in english.bloques
    }
    assert said["Ventas totales (a)"] == "Total sales (a)"
    assert said["Número/Registro de programa PROSEC"] == "Number/registration of the PROSEC program"
    assert {label for label, translation in said.items() if not translation} == {"RFC"}
    goods = next(b for b in english.bloques if b.columnas)
    assert len(goods.traducciones) == len(goods.columnas) and "Tariff item" in goods.traducciones


def test_in_spanish_nothing_is_said_twice():
    spanish, _ = _sheets()
    assert not any(d.traduccion for b in spanish.bloques for d in b.datos)
    assert not any(b.traduccion or b.traducciones for b in spanish.bloques)


def test_the_steps_the_errors_and_the_amounts_speak_english():
    state, _ = start(f"{LINK}&pantalla=datos")
    state, _ = send(replace(state, idioma=idiomas.EN), "cambio", valores={"ventas": "12x", "importaciones": "1500000"})
    html = unescape(view(state))
    assert "Type only numbers, without letters or signs. For example: 1,234,567." in html
    assert "1,500 million pesos" in html and "Step 4 of 7" in html and "Save draft" in html


def test_erasing_everything_keeps_the_language():
    state, _ = start(LINK)
    state, _ = send(replace(state, idioma=idiomas.EN), "confirmar-borrar")
    assert "Everything you had typed on this device was erased." in view(state)
