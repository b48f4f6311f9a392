"""«Código postal»: the catalogue of its state fills in the rest, and never what the filer wrote."""

import pytest

from construir.catalogos import catalogos
from tramites import Tramite


@pytest.fixture(scope="module")
def sinaloa(tmp_path_factory):
    """The file of a state, as the build writes it."""
    folder = tmp_path_factory.mktemp("catalogos")
    catalogos.build(folder)
    return next(folder.rglob("SIN.json")).read_text(encoding="utf-8")


def arrive(t, texto, estado="SIN"):
    return t.do("solicitante.codigos-postales", clave=estado, texto=texto)


def test_five_digits_ask_for_the_state_once():
    t = Tramite("?pantalla=solicitante").do("entrada", valores={"codigo_postal": "8124"})
    assert all(e["tipo"] != "traer" for e in t.effects)
    t.do("entrada", valores={"codigo_postal": "81248"})
    effect = t.effect("traer")
    assert (effect["archivo"], effect["clave"]) == ("static/data/codigos-postales/SIN.json", "SIN")
    t.do("entrada", valores={"codigo_postal": "81200"})
    assert all(e["tipo"] != "traer" for e in t.effects)


def test_it_fills_in_what_is_empty_and_offers_the_colonias(sinaloa):
    t = arrive(Tramite("?pantalla=solicitante").type(codigo_postal="81248"), sinaloa)
    assert (t.draft["estado"], t.draft["municipio"], t.draft["localidad"]) == ("Sinaloa", "Ahome", "Los Mochis")
    assert '<datalist id="colonias"><option' in t.html and "Sinaloa, Ahome, Los Mochis" in t.html


def test_what_the_filer_wrote_stays_and_what_it_filled_in_follows(sinaloa):
    t = Tramite("?pantalla=solicitante").type(municipio="Mío", codigo_postal="81248")
    assert arrive(t, sinaloa).draft["municipio"] == "Mío"
    t.type(codigo_postal="80000")
    assert t.draft["municipio"] == "Mío" and t.draft["localidad"] != "Los Mochis"


def test_after_a_reload_what_the_catalogue_had_said_follows_the_code(sinaloa):
    t = arrive(Tramite("?pantalla=solicitante").type(codigo_postal="81248"), sinaloa)
    again = Tramite("", t.kept).do("ir", pantalla="solicitante")
    assert again.effect("traer")["clave"] == "SIN"
    arrive(again, sinaloa).type(codigo_postal="80000")
    assert again.draft["localidad"] != "Los Mochis"


def test_an_address_that_says_otherwise_is_doubted(sinaloa):
    t = arrive(Tramite("?pantalla=solicitante").type(municipio="Mío", codigo_postal="81248"), sinaloa)
    assert "Lo que escribiste es distinto" in t.html


def test_an_unknown_code_is_said_and_the_address_can_be_written(sinaloa):
    t = arrive(Tramite("?pantalla=solicitante").type(codigo_postal="82999", estado="Sinaloa"), sinaloa)
    assert t.draft["estado"] == "Sinaloa" and not t.state.evaluacion.errores


@pytest.mark.parametrize("event", [{"fallo": True}, {"texto": "{"}, {"texto": "[]"}])
def test_a_catalogue_that_does_not_come_is_asked_for_again(event):
    t = (
        Tramite("?pantalla=solicitante")
        .type(codigo_postal="81248")
        .do("solicitante.codigos-postales", clave="SIN", **event)
    )
    assert "estado" not in t.draft
    t.type(codigo_postal="81200")
    assert t.effect("traer")["clave"] == "SIN"
