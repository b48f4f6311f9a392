"""«Mis empresas» in English: its Excel comes back without changes, and its rows follow the language."""

import json
from base64 import b64decode, b64encode
from dataclasses import replace
from io import BytesIO

import openpyxl
import pytest
from test_importar_lista import LISTA, UNO
from test_importar_lista import give as give_text
from test_respaldar_y_restaurar import DOS, copy_of, restore

import idiomas
from documentos.hojas.directorio import CALCULADA, ENCABEZADOS, name_column
from idiomas import EN, ES
from ingles import spanish_in
from pantallas.empresas import dichos
from pantallas.empresas.importar import Importacion
from raoce.empresa import Programa
from tramite.empresas.lectura import find_modalidad, read_date
from tramite.empresas.lista import Clase
from tramites import Tramite, holding

COMPANY = {
    "rfc": "EKU9003173C9", "razon_social": "Ensambles", "ejercicio": "2023", "programa-IMMEX": "si",
    "numero-IMMEX": "83-2019", "modalidad-IMMEX": "servicios", "autorizacion-IMMEX": "2019-01-05",
    "programa-ECEX": "si", "compromiso-ECEX": "3000000", "actividad_economica": "Arneses", "correo": "a@b.mx",
    "telefono": "6688123456", "codigo_postal": "01000", "estado": "Sinaloa", "municipio": "Ahome", "colonia": "Centro",
    "calle": "Uno", "numero_exterior": "1", "numero_interior": "2", "carta_representante": "Ana",
    "carta_cargo": "Apoderada", "presentado": "si", "folio": "0201500100220200101000001",
}  # fmt: skip


def desk(*drafts, idioma=EN):
    t = Tramite("?pantalla=empresas", holding(*drafts) if drafts else None)
    return speaking(t, idioma)


def speaking(t, idioma):
    t.state = replace(t.state, idioma=idioma)
    return t


def workbook(t, evento):
    return b64decode(t.do(f"empresas.{evento}").effect("descargar")["base64"])


def headings(body):
    return [cell.value for cell in openpyxl.load_workbook(BytesIO(body)).active[1]]


def give(t, body):
    return t.do("empresas.importar-lista", nombre="list.xlsx", contenido=b64encode(body).decode())


def found(t):
    return t.state.of(Importacion).propuesta


@pytest.mark.parametrize("idioma", [ES, EN])
def test_what_the_desk_gives_in_english_comes_back_without_changes_in_either_language(idioma):
    body = workbook(desk(COMPANY), "exportar-excel")
    titles = headings(body)
    assert {"Company name", "Reporting year", "IMMEX program number", "IMMEX deadline", "Filing date"} <= {*titles}
    assert not {"Ejercicio", "Denominación o razón social", "Próxima fecha"} & {*titles}
    t = give(desk(COMPANY, idioma=idioma), body)
    (entrada,) = found(t).entradas
    assert (entrada.clase, entrada.cambios, entrada.problemas) == (Clase.IGUAL, (), ())
    assert found(t).directorio.ignoradas == ()


def test_the_template_in_english_can_be_filled_in_and_its_example_is_passed_over():
    body = workbook(desk(), "lista-plantilla")
    book = openpyxl.load_workbook(BytesIO(body))
    assert book.active["A2"].value == "Example: EKU9003173C9"
    book.active.append(["IIA040805DZ4", "Dos", 2023, "IMMEX and PROSEC"])
    file = BytesIO()
    book.save(file)
    propuesta = found(give(desk(idioma=ES), file.getvalue()))
    assert propuesta.directorio.ejemplos == 1
    (entrada,) = propuesta.entradas
    assert entrada.problemas == () and entrada.taken({}) == {
        "rfc": "IIA040805DZ4", "razon_social": "Dos", "ejercicio": "2023", "programa-IMMEX": "si",
        "programa-PROSEC": "si",
    }  # fmt: skip


def test_every_heading_in_english_names_its_column():
    with idiomas.using(EN):
        named = {c: name_column(idiomas.say(h)) for c, h in ENCABEZADOS.items()}
        says = dichos.said()["excel"]
        worked_out = [says[k].format(programa=p) for k in ("situacion", "limite") for p in Programa]
        worked_out += [says[k] for k in ("proxima", "dias", "faltan", "firmado")]
    assert named == {c: c for c in ENCABEZADOS}
    assert {name_column(h) for h in worked_out} == {CALCULADA}


@pytest.mark.parametrize(
    ("heading", "column"),
    [
        ("Legal representative", "carta_representante"),
        ("Representative's e-mail", ""),
        ("Customer number", ""),
        ("Job title", "carta_cargo"),
        ("Fiscal year", "ejercicio"),
        ("Filing year", ""),
        ("PROSEC number", "numero-PROSEC"),
        ("IMMEX (yes/no)", "programa-IMMEX"),
        ("ZIP", "codigo_postal"),
        ("City", "localidad"),
    ],
)
def test_a_heading_in_english_as_people_write_it(heading, column):
    assert name_column(heading) == column


@pytest.mark.parametrize(
    ("programa", "texto", "clave"),
    [
        ("IMMEX", "Services", "servicios"),
        ("PROSEC", "Direct producer", "productor-directo"),
        ("ALTEX", "indirect", "exportador-indirecto"),
        ("ECEX", "direct", ""),
    ],
)
def test_a_modality_in_english_is_the_one_of_its_program(programa, texto, clave):
    assert find_modalidad(programa, texto) == clave


def test_dates_as_a_spreadsheet_in_english_shows_them():
    assert [str(read_date(t)) for t in ("5 Jan 2019", "31-Aug-2019", "31 December 2019")] == [
        "2019-01-05", "2019-08-31", "2019-12-31",
    ]  # fmt: skip
    assert read_date("31 Decem 2019") is None


def test_the_rows_follow_the_language_at_once():
    t = desk(COMPANY, COMPANY | {"ejercicio": "2022"})
    assert "Folio number" in t.html and "High risk" in t.html and "Peligro" not in t.html
    html = speaking(t, ES).html
    assert "Peligro" in html and "Risk" not in html and "Folio number" not in html


def test_a_list_and_a_copy_are_reviewed_applied_and_undone_without_spanish():
    data = json.dumps([UNO, DOS, COMPANY, LISTA, "lista copia"], ensure_ascii=False)
    t = give_text(desk(UNO | {"programa-ALTEX": "si"}, COMPANY), LISTA)
    assert 'id="previa"' in t.html and spanish_in(t.html, data) == set()
    for evento in (
        "lista-aplicar",
        "lista-deshacer",
        "todas",
        "lote-lista",
        "lote-cerrar-lista",
        "lote-quitar",
        "lote-si-quitar",
    ):
        assert spanish_in(t.do(f"empresas.{evento}").html, data) == set(), evento
    t = restore(desk(UNO | {"ventas": "99"}), copy_of(UNO, DOS))
    assert spanish_in(t.html, data) == set()
    for evento in ("restaurar-aplicar", "restaurar-deshacer", "nuevo-ejercicio", "lote-deshacer", "respaldar"):
        assert spanish_in(t.do(f"empresas.{evento}").html, data) == set(), evento
    for texto in ("[[[", "{}", copy_of(UNO)[:-40]):
        assert spanish_in(restore(desk(UNO), texto).html, data) == set()
