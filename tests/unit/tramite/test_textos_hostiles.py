"""Kinds of text that once raised, each in a field or a file of its own."""

import json

import pytest

from borradores import draft_file
from tramites import Tramite

LONG = "1" * 5000


@pytest.mark.parametrize("campo", ["ejercicio", "bien_indice", "ventas", "numero-IMMEX", "inhabiles", "anterior"])
@pytest.mark.parametrize("texto", [LONG, "\ud800", "١٢٣", "[" * 5000, "²"], ids=ascii)
def test_a_draft_with_it_opens_and_the_screens_show(campo, texto):
    t = Tramite().do("abrir-borrador", nombre="b.json", texto=draft_file(**{campo: texto.replace("\ud800", "x")}))
    for pantalla in ("plazos", "programas", "datos", "bienes", "revisar", "corregir"):
        assert t.do("ir", pantalla=pantalla).html
    t.type(**{campo: texto})
    assert t.html and json.dumps(t.kept)


def test_half_of_a_surrogate_pair_becomes_the_sign_for_what_cannot_be_read():
    t = Tramite().type(razon_social="A\ud800B")
    assert t.draft["razon_social"] == "A\ufffdB"
    assert t.do("ir", pantalla="incrustar").html.encode()


@pytest.mark.parametrize("texto", ["", "x", "-1", LONG, "366.5"])
def test_a_day_of_the_slider_that_is_none_changes_nothing(texto):
    t = Tramite("?fecha=2024-05-02")
    assert t.type(dia_del_anio=texto).state.consulta == "2024-05-02"


def test_a_letter_for_a_report_that_no_programme_has_to_present():
    """The error is of no field: «Corregir un reporte» once ended the page."""
    t = Tramite("?ejercicio=2023&programas=IMMEX").type(**{"autorizacion-IMMEX": "2024-03-01"})
    assert "programas" in t.state.evaluacion.errores
    assert t.do("ir", pantalla="corregir").html


def test_the_days_set_aside_begin_anew_when_their_text_is_damaged():
    t = Tramite("?pantalla=plazos").type(inhabiles_quitados="{")
    t.do("plazos.suspension", dia="2025-12-22")
    assert json.loads(t.draft["inhabiles_quitados"]) == ["2025-12-22"]
