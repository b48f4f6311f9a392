"""«Corregir un reporte» in English: the page explains in English a letter that stays in Spanish."""

import json
import re
from base64 import b64decode, b64encode
from dataclasses import replace
from email import message_from_bytes, policy

import pytest

from borradores import presented
from efirmas import make_efirma
from ingles import spanish_in
from tramites import Tramite

LETTER = {"carta_lugar": "Los Mochis, Sinaloa", "carta_representante": "María Ñúñez", "presentacion": "2024-05-17"}


def corrected(idioma, **right):
    t = Tramite("?pantalla=corregir").do("corregir.abrir-presentado", texto=presented(), nombre="x")
    t.type(**LETTER | right)
    t.state = replace(t.state, idioma=idioma)
    return t


def test_the_page_is_in_english_and_names_each_row_as_the_letter_does():
    html = corrected("en", debe_exportaciones="17,000").html
    assert "2. What it says and what it should say" in html and "The letter and its e-mail are in Spanish" in html
    assert '<span lang="es">Porcentaje exportación b/a*100 (calculado)</span>' in html and "(calculated)</span>" in html
    assert html.count("<textarea") == len(re.findall(r'<textarea [^>]*lang="es"', html)) > 3
    assert "The letter and its e-mail are in Spanish" not in corrected("es", debe_exportaciones="17,000").html


def test_the_cause_offered_is_the_letters_with_what_it_means():
    html = corrected("en", debe_ventas="100", debe_exportaciones="7").html
    assert '<span lang="es">Las cantidades se capturaron en pesos y no en miles de pesos, como lo' in html
    assert "The amounts were entered in pesos and not in thousands of pesos." in html


@pytest.mark.parametrize("evento", ["corregir.descargar-carta", "corregir.descargar-word", "corregir.descargar-correo"])
def test_what_is_sent_is_the_same_in_both_languages(evento):
    spanish, english = (corrected(i, debe_ventas="200,000").do(evento).effects[0] for i in ("es", "en"))
    assert english == spanish and english["tipo"] in ("descargar", "word")


def test_the_mail_of_practice_speaks_spanish_too():
    t = corrected("en", debe_ventas="200,000").do("corregir.descargar-correo")
    mail = message_from_bytes(b64decode(t.effect("descargar")["base64"]), policy=policy.default)
    assert "A quien corresponda:" in mail.get_body().get_content()


def test_the_letter_that_is_signed_is_the_same_in_both_languages():
    texts = []
    for idioma in ("es", "en"):
        t = corrected(idioma, debe_ventas="200,000")
        t.do("firmar.certificado", nombre="c.cer", contenido=b64encode(make_efirma().cer).decode())
        signing = b64decode(t.do("corregir.firmar").effect("firmar")["entrada"])
        payload = signing.partition(b".")[2]
        texts.append(json.loads(b64decode(payload + b"=" * (-len(payload) % 4), altchars=b"-_")))
    assert texts[0] == texts[1] and texts[0]["carta"]["parrafos"][0].startswith("Por este conducto")


@pytest.mark.parametrize(
    "right", [{"debe_exportaciones": "17,000"}, {"debe_ventas": "100", "debe_exportaciones": "7"}, {"debe_ventas": "x"}]
)
def test_the_page_around_the_letter_says_nothing_in_spanish(right):
    t = corrected("en", **right)
    data = f"{presented()} {' '.join(LETTER.values())}"
    assert spanish_in(t.html, data) == set()
    assert spanish_in(t.do("corregir.descargar-carta").html, data) == set()
    assert spanish_in(t.do("corregir.abrir-presentado", texto="[[", nombre="x").html, data) == set()
