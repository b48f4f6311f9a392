"""«¿Ya presentaste el reporte?» is asked before anything is called suspended or cancelled; then what to do."""

import re

import pytest

from tramites import Tramite

JULY = "?pantalla=plazos&ejercicio=2023&fecha=2024-07-10&programas="


def labels(t: Tramite) -> dict[str, tuple[str, str]]:
    """Of each programme its state by the rules and what its label says."""
    found = re.findall(r'data-programa="(\w+)" data-estado="([\w-]+)".*?etiqueta--[\w-]+">([^<]*)<', t.html, re.DOTALL)
    return {programa: (estado, texto) for programa, estado, texto in found}


@pytest.mark.parametrize(
    ("answer", "label"),
    [
        ("", "Depende de si ya se presentó"),
        ("no-se", "Depende de si ya se presentó"),
        ("si", "Presentado, falta la fecha"),
        ("no", "Suspendido"),
    ],
)
def test_the_label_waits_for_the_answer_and_the_state_does_not(answer, label):
    t = Tramite(JULY + "IMMEX").do("cambio", valores={"presentado": answer})
    assert "¿Ya presentaste el reporte de 2023?" in t.html
    assert labels(t) == {"IMMEX": ("suspendido", label)}
    assert ("Qué hacer ahora" in t.html) is (answer == "no")


def test_with_a_day_of_presentation_or_in_time_nothing_is_asked():
    for query in ("IMMEX&presentacion=2024-05-20", "IMMEX&fecha=2024-05-02"):
        assert "¿Ya presentaste el reporte" not in Tramite(JULY.replace("&fecha=2024-07-10", "") + query).html


def test_before_it_opens_the_state_is_calm_and_says_what_to_prepare():
    t = Tramite("?pantalla=plazos&ejercicio=2023&fecha=2024-02-01&programas=IMMEX")
    assert labels(t) == {"IMMEX": ("no-inicia", "Abre el 1 de abril de 2024")}
    assert "Qué preparar mientras se abre" in t.html


def test_what_to_do_comes_from_the_rules():
    html = Tramite(JULY + "IMMEX,PROSEC").do("cambio", valores={"presentado": "no"}).html
    # The IMMEX is suspended and can be saved; the PROSEC is cancelled since 1 July.
    assert "a más tardar el 30 de agosto de 2024" in html and "dentro de 2 días hábiles" in html
    assert "El IMMEX todavía se puede reactivar" in html
    html = Tramite(JULY.replace("07-10", "09-02") + "IMMEX").do("cambio", valores={"presentado": "no"}).html
    assert "dentro de 60 días naturales, es decir, a más tardar el 31 de octubre de 2024" in html
    assert html.count("por confirmar") >= 1
