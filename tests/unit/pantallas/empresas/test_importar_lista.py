"""«Importar empresas» on the screen: the preview, what is ticked, applied and undone; and «Exportar a Excel»."""

import re
from base64 import b64decode, b64encode
from dataclasses import replace
from html import unescape
from io import BytesIO
from zipfile import ZipFile

import pytest

from documentos.hojas.directorio import EMPRESAS, recognise
from documentos.hojas.hojas import read
from libreoffice import content, packed, sheet
from tramites import Tramite, codes, holding, send

UNO = {"rfc": "EKU9003173C9", "razon_social": "Uno", "ejercicio": "2023", "correo": "a@b.mx"}
DOS = "IIA040805DZ4"
LISTA = f"""RFC;Razón social;Programas;No. IMMEX;Correo;Notas
{UNO["rfc"]};Uno, S.A.;IMMEX;83-2019;z@b.mx;x
{DOS};<b>Dos</b>;PROSEC;;malo;
;Tres;;;;
"""


def give(t, body, nombre="lista.csv"):
    body = body if isinstance(body, bytes) else body.encode("cp1252")
    return t.do("empresas.importar-lista", nombre=nombre, contenido=b64encode(body).decode())


def opened(*drafts):
    return Tramite("?pantalla=empresas", holding(*drafts) if drafts else None)


def campos(t):
    return {k: dict(g.campos) for k, g in t.state.archivero.todos.items()}


def shown(t):
    """The text of the preview."""
    part = t.html.partition('id="previa"')[2].partition("</section>")[0]
    return " ".join(unescape(re.sub("<[^>]+>", " ", part)).split())


def test_nothing_is_written_before_it_is_seen_and_applied():
    t = give(opened(UNO), LISTA)
    assert campos(t) == {"1": UNO} and t.effect("enfocar")["id"] == "previa"
    text = shown(t)
    assert "Con errores: 1" in text and "Cambian: 1" in text and "Nuevas: 1" in text
    assert "Correo electrónico: a@b.mx → z@b.mx" in text and "No se usan las columnas «Notas»" in text
    assert "Renglón 3, Correo electrónico: «malo»." in text and "Se guardaría como está escrito." in text
    assert "Renglón 4, RFC." in text and "2 empresas marcadas" in text
    assert "&lt;b&gt;Dos" in t.html and "<b>Dos" not in t.html

    t.do("empresas.lista-aplicar")
    assert t.codes == ["lista-aplicada"] and "Empresas nuevas: 1; con cambios: 1" in t.html
    now = campos(t)
    assert now["1"] == UNO | {
        "razon_social": "Uno, S.A.", "correo": "z@b.mx", "programa-IMMEX": "si", "numero-IMMEX": "83-2019",
    }  # fmt: skip
    assert now["2"]["correo"] == "malo" and now["2"]["ejercicio"] == "2023"
    assert 'data-rfc="IIA040805DZ4"' in t.html and {"borrador/1", "borrador/2"} <= t.kept.keys()
    assert campos(Tramite("", t.kept)) == now

    t.do("empresas.lista-deshacer")
    assert campos(t) == {"1": UNO} and "borrador/2" not in t.kept and "Deshacer la importación" not in t.html


def test_boxes_fields_one_by_one_and_whole_kinds():
    t = give(opened(UNO), LISTA)
    t.type(**{"lista-2-correo": "", "lista-3": ""})
    assert "1 empresa marcada" in shown(t)
    t.do("empresas.lista-aplicar")
    assert (
        campos(t)["1"]["correo"] == "a@b.mx" and campos(t)["1"]["razon_social"] == "Uno, S.A." and len(campos(t)) == 1
    )

    t = give(opened(UNO), LISTA).do("empresas.lista-marcar", clase="cambia", cuales="ninguna")
    t.do("empresas.lista-marcar", clase="nueva", cuales="ninguna").do("empresas.lista-aplicar")
    assert t.codes == ["lista-nada"] and campos(t) == {"1": UNO} and "Cambian: 1" in shown(t)
    t.do("empresas.lista-marcar", clase="cambia", cuales="todas").do("empresas.lista-aplicar")
    assert campos(t)["1"]["correo"] == "z@b.mx" and len(campos(t)) == 1


def test_the_same_list_twice_adds_nothing_and_its_empty_cells_take_nothing_away():
    t = give(opened(UNO), LISTA).do("empresas.lista-aplicar")
    before = campos(t)
    text = shown(give(t, LISTA))
    assert "Sin cambios: 2" in text and "Nuevas" not in text and "0 empresas marcadas" in text
    t.do("empresas.lista-cancelar")
    text = shown(give(t, f"RFC,Razón social,Correo,IMMEX,C.P.\n{UNO['rfc']},,,,\n"))
    assert "Sin cambios: 1" in text and campos(t) == before


def test_one_date_with_the_month_first_casts_doubt_on_the_others():
    t = give(opened(), f"RFC,Fecha de autorización IMMEX\n{DOS},12/01/2019\n{UNO['rfc']},12/31/2019\n")
    text = shown(t)
    assert "Hay fechas escritas con el mes antes que el día" in text and "«12/31/2019». Solo es una fecha" in text


def test_cancelling_leaves_everything_and_forgets_the_boxes():
    t = give(opened(UNO), LISTA).type(**{"lista-3": ""}).do("empresas.lista-cancelar")
    assert campos(t) == {"1": UNO} and 'id="importar-empresas"' in t.html
    assert "2 empresas marcadas" in shown(give(t, LISTA))


def test_the_ejercicio_chosen_is_that_of_the_rows_without_one():
    t = give(opened(UNO), LISTA).type(lista_ejercicio="2022")
    assert "Nuevas: 2" in shown(t) and "Ya la tienes con otro ejercicio (2023)" in shown(t)
    t.do("empresas.lista-aplicar")
    assert sorted(c["ejercicio"] for c in campos(t).values()) == ["2022", "2022", "2023"]
    # Where every row says its own there is nothing to choose.
    assert 'name="lista_ejercicio"' not in give(opened(), f"RFC,Ejercicio\n{DOS},2021\n").html


def test_what_changed_meanwhile_is_shown_before_it_is_written_over():
    t = give(opened(UNO), LISTA)
    t.do("cambio", valores={"correo": "mio@b.mx"}).do("empresas.lista-aplicar")
    assert t.codes == ["lista-otra-vez"] and campos(t)["1"]["correo"] == "mio@b.mx"
    assert "Correo electrónico: mio@b.mx → z@b.mx" in shown(t)
    t.do("empresas.lista-aplicar")
    assert campos(t)["1"]["correo"] == "z@b.mx"


def test_what_is_pressed_while_the_list_is_read_again_is_answered():
    t = give(opened(), LISTA)
    state, effects = send(t.state, "cambio", valores={"lista_ejercicio": "2021"})
    assert [e["tipo"] for e in effects] == ["seguir"]
    state, _ = send(state, "empresas.lista-aplicar")
    assert codes(state) == ["lista-otra-vez"] and not state.archivero.todos
    state, _ = send(state, "empresas.lista-seguir")
    state, _ = send(state, "empresas.lista-aplicar")
    assert {g.campos["ejercicio"] for g in state.archivero.todos.values()} == {"2021"}


def test_undoing_keeps_what_was_written_since():
    t = give(opened(UNO), LISTA).do("empresas.lista-aplicar")
    t.do("empresas.abrir", clave="2").do("cambio", valores={"calle": "Mía"}).do("ir", pantalla="empresas")
    t.do("empresas.lista-deshacer")
    assert t.codes == ["lista-deshecha-en-parte"]
    assert campos(t)["2"]["calle"] == "Mía" and campos(t)["1"] == UNO


def test_a_signature_of_the_draft_on_the_screen_does_not_outlive_the_list():
    t = opened(UNO)
    t.state = replace(t.state, firma=replace(t.state.firma, jws="x"))
    give(t, f"RFC,Nombre\n{DOS},Dos\n").do("empresas.lista-aplicar")
    assert t.state.firma.jws == "x"
    give(t, LISTA).do("empresas.lista-aplicar")
    assert t.state.firma.jws is None


def test_what_the_desk_gives_is_what_is_seen_and_comes_back_without_changes():
    drafts = [UNO | {"rfc": f"AAA0101{n:02}AA1", "correo": f"=c{n}@b.mx", "programa-ALTEX": "si"} for n in range(1, 13)]
    t = opened(*drafts, UNO | {"programa-IMMEX": "si", "presentacion": "2024-05-10"})
    t.do("entrada", valores={"filtro_empresas": "EKU"}).do("empresas.exportar-excel")
    body = b64decode(t.effect("descargar")["base64"])
    tabla = read("e.xlsx", body, EMPRESAS)
    one = dict(zip(tabla.filas[0], tabla.filas[1], strict=False))
    assert len(tabla.filas) == 2 and t.effect("descargar")["nombre"] == "RAOCE_empresas_2024-05-20.xlsx"
    assert one["Situación IMMEX"] == "Presentado" and one["Límite IMMEX"] == "2024-05-31"
    assert one["Fecha de presentación"] == "2024-05-10" and "Número de programa IMMEX" in one["Por completar"]
    t.do("entrada", valores={"filtro_empresas": ""}).do("empresas.exportar-excel")
    before = campos(t)
    give(t, b64decode(t.effect("descargar")["base64"]), "e.xlsx")
    assert "Sin cambios: 13" in shown(t) and "0 empresas marcadas" in shown(t) and "Aplicar lo marcado" not in shown(t)
    assert campos(t) == before


def test_nothing_in_a_workbook_of_ours_is_a_formula():
    t = opened(dict.fromkeys(UNO, "=HYPERLINK(1)")).do("empresas.exportar-excel")
    with ZipFile(BytesIO(b64decode(t.effect("descargar")["base64"]))) as book:
        sheets = b"".join(book.read(n) for n in book.namelist() if n.startswith("xl/worksheets/"))
        assert b"<f>" not in sheets and b"<t>=HYPERLINK(1)</t>" in sheets


def test_the_template_can_be_given_back_at_once():
    t = opened().do("empresas.lista-plantilla")
    effect = t.effect("descargar")
    assert effect["nombre"] == "RAOCE_plantilla_empresas.xlsx"
    give(t, b64decode(effect["base64"]), "p.xlsx")
    assert t.codes == ["lista-sin-renglones"] and "ninguna empresa debajo" in t.html
    assert recognise(read("p.xlsx", b64decode(effect["base64"]), EMPRESAS)).ejemplos == 1


def test_libreoffice_and_the_sheet_that_has_the_companies():
    body = packed(content(sheet([["Notas"], ["RFC sin nada"]]), sheet([["RFC", "Empresa"], [DOS, "Dos"]], "Otra")))
    t = give(opened(), body, "l.ods").do("empresas.lista-aplicar")
    assert [c["razon_social"] for c in campos(t).values()] == ["Dos"]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"", "hoja-vacia"),
        (b"\x00\x01\x02", "hoja-tipo"),
        (b"PK\x03\x04rotten", "hoja-danada"),
        (b"%PDF-1.7", "hoja-tipo"),
        (b"Nombre,Correo\nUno,a@b.mx\n", "lista-sin-encabezados"),
        (b"RFC,Nombre\n", "lista-sin-renglones"),
        (b"RFC\n" + b"AAA010101AAA\n" * 5001, "lista-filas"),
        (b"RFC\n" + b"AAA010101AAA\n" * 12_000, "hoja-filas"),
    ],
)
def test_a_file_that_is_no_list_is_refused_with_a_reason_and_changes_nothing(body, code):
    t = give(opened(UNO), body)
    assert t.codes == [code] and campos(t) == {"1": UNO} and "bienes" not in t.html.partition('id="avisos"')[2][:400]


def test_every_problem_of_a_cell_is_said():
    rows = f"""RFC,Programas,Modalidad,Autorización IMMEX,No. IMMEX,No. de programa,Correo,Ejercicio
{DOS},maquila,Pintora,31/02/2019,2019-05-01,1,x,
{DOS},,,,,,y,
XX,,,,,,,
{UNO["rfc"]},,,,,,,1990
"""
    t = give(opened(), rows)
    text = shown(t)
    assert "No se reconoce el programa" in text and "No se sabe de qué programa" in text
    assert "No se puede leer como fecha" in text and "Excel cambió el número" in text
    assert "Otro renglón de la misma empresa, el 2" in text and "El RFC tiene 2 caracteres" in text
    assert "Está en los renglones 2 y 3; se unieron." in text and f"se unieron: 1 ({DOS})" in text


def test_five_hundred_companies_in_steps_that_can_be_stopped():
    rows = "".join(f"AAA100101{n:03},Empresa {n},IMMEX\n" for n in range(500))
    body = b64encode(f"RFC,Nombre,Programa\n{rows}".encode()).decode()
    t = opened()
    t.state, t.effects = send(t.state, "empresas.importar-lista", nombre="l.csv", contenido=body)
    assert "<progress" in t.html and [e["tipo"] for e in t.effects] == ["seguir"]
    t.do("empresas.lista-seguir")
    assert "<progress" not in t.html
    t.do("empresas.lista-aplicar")
    assert t.codes == ["lista-aplicada"] and len(campos(t)) == 500


def test_what_excel_needs_that_cannot_be_fetched_is_said():
    assert opened(UNO).do("empresas.hoja-fallo").codes == ["hoja-fallo"]
