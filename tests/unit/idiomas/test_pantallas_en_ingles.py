"""No screen in English says anything in Spanish, in whatever state, but for the terms listed."""

import json
import re

import pytest

from construir.base.rutas import ROOT
from ingles import spanish_in
from tramite.pantallas import TODAS
from tramites import Tramite, holding

EMPRESA = {
    **{"rfc": "EKU9003173C9", "razon_social": "ACME MOTORS", "ejercicio": "2023", "correo": "ana@acme.mx"},
    **{"actividad_economica": "Motors", "calle": "Main", "numero_exterior": "120", "colonia": "Centro"},
    **{"codigo_postal": "81200", "estado": "Sinaloa", "municipio": "Ahome", "localidad": "Los Mochis"},
}
BIENES = "I\t85011001\tMotor\tPieza\t10\t100\t50\t30\nT\t85011002\tRotor\tPieza\t1\t2\t3\t4"
FIGURES = {"ventas": "1000", "exportaciones": "700", "importaciones": "300", "tipo_cambio": "17.7338"}
DRAFTS = {
    "nothing": {},
    "IMMEX": {
        **EMPRESA,
        **FIGURES,
        "programa-IMMEX": "si",
        "numero-IMMEX": "1234-2006",
        "autorizacion-IMMEX": "2006-05-02",
    },
    "PROSEC": {**EMPRESA, **FIGURES, "programa-PROSEC": "si", "bienes": BIENES},
    "all": {**EMPRESA, **FIGURES, **{f"programa-{p}": "si" for p in ("IMMEX", "PROSEC", "ALTEX", "ECEX")}},
    "not met": {**EMPRESA, "programa-ALTEX": "si", "ventas": "1000", "exportaciones": "10", "importaciones": "5000"},
    "on consignment": {**EMPRESA, **FIGURES, "programa-IMMEX": "si", "consignacion": "si"},
    "in pesos": {"ejercicio": "2023", "programa-IMMEX": "si", "ventas": "320000000000", "exportaciones": "1"},
    "wrong": {
        "rfc": "EKU9013173C9",
        "ventas": "-1",
        "ejercicio": "1900",
        "programa-IMMEX": "si",
        "correo": "a",
        "bienes": "x",
    },
    "cancelled": {**EMPRESA, "programa-IMMEX": "si", "cancelado-IMMEX": "si", "cancelacion-IMMEX": "2023-06-01"},
}
STYLES = ROOT / "static" / "css" / "raoce.css"
IN_ENGLISH = "html:lang(en) "
DATES = ("2024-03-20", "2024-05-20", "2024-07-01", "2025-01-10")


def in_english(query="", registro=None):
    return Tramite(f"{query}&lang=en" if query else "?lang=en", registro).do("idioma", idioma="en")


@pytest.mark.parametrize("draft", DRAFTS)
@pytest.mark.parametrize("pantalla", TODAS)
def test_every_screen_with_every_kind_of_draft(pantalla, draft):
    typed = json.dumps(DRAFTS[draft], ensure_ascii=False)
    for fecha in DATES if draft in ("IMMEX", "all") else DATES[1:2]:
        t = in_english(f"?pantalla={pantalla}&fecha={fecha}", holding(DRAFTS[draft]))
        assert spanish_in(t.html, typed) == set(), fecha
        t.do("continuar")
        assert spanish_in(t.html, typed) == set(), f"{fecha}, after «Continuar»"


def test_what_the_style_sheet_says_it_says_in_english_too():
    css = STYLES.read_text(encoding="utf-8")
    said = re.findall(r'^([^\s{@][^{}]*?) {[^{}]*content: "([^"]*[^\W\d_][^"]*)"', css, re.MULTILINE)
    spanish = {where for where, _ in said if not where.startswith(IN_ENGLISH)}
    english = {where.removeprefix(IN_ENGLISH): what for where, what in said if where.startswith(IN_ENGLISH)}
    assert spanish and spanish == set(english)
    assert spanish_in("".join(f"<p>{what}</p>" for what in english.values())) == set()
