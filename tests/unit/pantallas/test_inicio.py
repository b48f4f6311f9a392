"""«Inicio»: the first screen of whoever has no draft and followed no link with parameters."""

import pytest

from lugares import ROOT
from tramites import Tramite, holding

CASOS = ROOT / "tests" / "casos" / "practica"


@pytest.mark.parametrize("busqueda", ["", "?lang=es"])
def test_it_is_first_without_parameters_and_without_a_draft(busqueda):
    t = Tramite(busqueda)
    assert t.state.pantalla == "inicio" and "Preparar el reporte" in t.html


@pytest.mark.parametrize("busqueda", ["?incrustado=1", "?programas=IMMEX", "?fecha=2024-06-03", "?x=1"])
def test_it_never_stands_in_the_way_of_a_link(busqueda):
    assert Tramite(busqueda).state.pantalla == "plazos"


def test_with_a_draft_it_offers_to_go_on_where_something_is_missing():
    draft = {"programa-IMMEX": "si", "ejercicio": "2025", "razon_social": "Arneses, S.A."}
    registro = holding({"ventas": "1"}, draft)
    assert Tramite("", registro=registro).state.pantalla == "plazos"
    html = Tramite("?pantalla=inicio", registro=registro).html
    assert "Ejercicio 2025, Arneses, S.A." in html and "otro borrador" in html
    assert '<a class="boton" href="?pantalla=programas"' in html


def test_it_says_how_many_cases_of_practice_there_are():
    assert f"{len(list(CASOS.glob('[!_]*.toml')))} casos resueltos" in Tramite("").html
