"""The desk as a screen: many rows counted bit by bit, filtered, ticked; what was signed is remembered."""

import json
import re
from base64 import b64decode, b64encode

from jinja2 import Template

from borradores import presented
from efirmas import make_efirma
from escritorio import random_drafts
from pantallas.empresas import vista
from pantallas.empresas.estado import Empresas
from pantallas.view import view
from tramite.formulario.firmado import is_signed
from tramites import CLOCK, Tramite, holding, kinds, send, start

UNO = {"rfc": "EKU9003173C9", "ejercicio": "2023", "programa-IMMEX": "si"}


def shown(t):
    return re.findall(r'data-borrador="(\d+)"', t.html)


def pressed(t, faceta, valor):
    found = re.search(rf'id="filtro-{faceta}-{valor}".*?filtro__cuenta">([\d,]+)<', t.html)
    return int(found[1].replace(",", ""))


def test_1500_drafts_of_anything_are_shown_counted_and_filtered():
    t = Tramite("?pantalla=plazos", holding(*(dict(g.campos) for g in random_drafts(1500))))
    t.do("ir", pantalla="empresas")
    assert len(shown(t)) == 25 and "Revisando lo que falta" not in t.html
    total = pressed(t, "datos", "faltan") + pressed(t, "datos", "completos")
    assert total == t.state.archivero.cuantos
    alto = pressed(t, "peligro", "alto")
    t.do("empresas.filtrar", faceta="peligro", valor="alto")
    assert f"1 a 25 de {alto}" in t.html and 'data-peligro="bajo"' not in t.html
    t.do("ver-parte", lista="empresas", numero="1").do("empresas.filtrar", faceta="estado", valor="presentado")
    assert "parte_empresas" not in t.state.vista or t.state.vista["parte_empresas"] == "0"


def test_while_one_types_in_the_search_the_first_rows_are_drawn_and_then_all():
    t = Tramite("?pantalla=empresas", holding(*({"rfc": f"AAA0101{n:05}", "ejercicio": "2023"} for n in range(40))))
    whole = shown(t)
    t.do("entrada", valores={"filtro_empresas": "aaa"})
    assert shown(t) == whole[:10] and "Se ven 40 de 40" in t.html
    assert shown(t.do("pausa", campo="filtro_empresas")) == whole
    t.do("entrada", valores={"filtro_empresas": "aaa0"}).do("empresas.todas")
    assert shown(t) == whole, "whatever else happens, the typing is over"


def test_a_screen_drawn_from_parts_kept_is_the_screen_drawn_anew(monkeypatch):
    t = Tramite("?pantalla=plazos", holding(*(dict(g.campos) for g in random_drafts(120))))
    t.do("ir", pantalla="empresas")
    steps = (
        *(lambda texto=texto: t.do("entrada", valores={"filtro_empresas": texto}) for texto in ("a", "aa", "a", "")),
        lambda: t.type(**{"marca-3": "si"}),
        lambda: t.do("empresas.filtrar", faceta="peligro", valor="alto"),
        lambda: t.do("empresas.lote-revisar"),
        lambda: t.do("idioma", idioma="en"),
        lambda: t.do("empresas.respaldar"),
        lambda: t.do("empresas.borrar", clave="3"),
        lambda: t.do("empresas.nuevo-ejercicio"),
        lambda: t.do("empresas.lote-deshacer"),
        lambda: t.do("idioma", idioma="es"),
    )
    drawn = []
    for step in steps:
        step()
        kept = t.html
        with monkeypatch.context() as m:
            m.setattr(vista, "_PARTES", vista._Partes())
            m.setattr(vista, "_RENGLONES", vista._Dibujadas())
            m.setattr(vista, "_PANORAMA", vista._Panorama())
            assert t.html == kept
        drawn.append(kept)
    alike = [n for n, html in enumerate(drawn) if html in drawn[:n]]
    assert alike == [2, 11], "the same text searched again, and what is undone, look as before"


def test_a_key_draws_no_row_that_was_counted_before_and_no_part_that_says_the_same(monkeypatch):
    state, _ = start("?pantalla=plazos", holding(*({"rfc": f"AAA0101{n:05}"} for n in range(200))))
    state, effects = send(state, "ir", pantalla="empresas")
    while "seguir" in kinds(effects):
        view(state)
        state, effects = send(state, "empresas.contar")
    view(state)
    drawn = []
    render = Template.render
    monkeypatch.setattr(Template, "render", lambda self, *a, **k: drawn.append(self.name) or render(self, *a, **k))
    state, _ = send(state, "entrada", valores={"filtro_empresas": " "})
    view(state)
    assert drawn == ["empresas/plantilla.html"]
    state, _ = send(state, "entrada", valores={"filtro_empresas": "aaa01010008"})
    assert "AAA010100089" in view(state)
    assert "empresas/panorama.html" in drawn and "empresas/renglon.html" not in drawn


def test_counting_waits_while_another_screen_is_shown():
    t = Tramite("?pantalla=plazos", holding(*({"rfc": f"AAA0101{n:05}"} for n in range(120))))
    assert "seguir" not in [e["tipo"] for e in t.effects]
    t.do("empresas.contar")
    assert not t.state.of(Empresas).cuenta.en_curso
    assert "Revisando" not in t.do("ir", pantalla="empresas").html


def test_ticked_are_those_seen_and_those_removed_are_not():
    t = Tramite("?pantalla=empresas", holding(UNO, UNO | {"ejercicio": "2022"}, {"rfc": "X"}))
    t.type(filtro_empresas="eku").do("empresas.todas")
    assert "2 marcadas." in t.html
    t.type(**{"marca-3": "si"}).type(**{"marca-1": ""}).do("empresas.borrar", clave="3")
    assert "1 marcada." in t.html


def test_one_draft_alone_has_no_picture_and_none_says_what_to_do():
    assert "panorama" not in Tramite("?pantalla=empresas", holding(UNO)).html
    assert "Todavía no hay ninguna" in Tramite("?pantalla=empresas").html


def test_the_old_address_shows_it():
    t = Tramite("?pantalla=borradores")
    assert t.state.pantalla == "empresas" and t.codes == []


def test_it_opens_where_something_is_missing():
    t = Tramite("?pantalla=empresas", holding(UNO, {"rfc": "X"}))
    t.do("empresas.abrir", clave="1", paso="solicitante")
    assert t.state.pantalla == "solicitante" and t.draft == UNO and "resumen-errores" in t.html
    t.do("ir", pantalla="empresas").do("empresas.abrir", clave="2", paso="captura")
    assert t.state.pantalla == "plazos"


def test_what_was_signed_is_remembered_until_it_changes():
    efirma = make_efirma()
    t = Tramite("?pantalla=firmar", holding(json.loads(presented(rfc=efirma.rfc))["campos"]))
    t.do("firmar.certificado", nombre="a.cer", contenido=b64encode(efirma.cer).decode()).do("firmar.solicitud")
    signature = efirma.sign(b64decode(t.effect("firmar")["entrada"]))
    t.do("firmar.firmado", firma=b64encode(signature).decode())
    assert t.state.firma.jws and is_signed(t.draft) and t.draft["firmado"].startswith(CLOCK["ahora"])
    again = Tramite("", t.kept)
    assert is_signed(again.type(presentacion="2024-05-20", folio="0201500100220200101000001").draft)
    assert is_signed(again.type(ventas="100000").draft) and not is_signed(again.type(ventas="100,001").draft)
    assert is_signed(again.type(ventas="100,000").draft) and not is_signed(again.type(calle="Otra").draft)
    assert not is_signed({**t.draft, "firmado": "ayer"})
