"""A list of companies read beside the drafts: any headings, one row or several, and what cannot be taken told."""

import tomllib
from datetime import date, datetime
from io import BytesIO
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from xlsxwriter import Workbook

from documentos.hojas.columnas import Tabla
from documentos.hojas.directorio import EMPRESAS, ENCABEZADOS, MAXIMO_EMPRESAS, name_column, recognise
from documentos.hojas.hojas import read as read_file
from documentos.hojas.hojas import read_text
from documentos.hojas.listados import write
from raoce.base import DatoInvalido
from raoce.empresa import Programa
from raoce.empresa.programas import modalidades
from tramite.borradores.archivero import Archivero
from tramite.borradores.borrador import Guardado
from tramite.empresas import lectura, lista, salida
from tramite.empresas.lista import Clase
from tramite.empresas.renglon import read as read_row
from tramite.formulario.campos import CAMPOS

HOY, AHORA = date(2024, 5, 20), datetime(2024, 5, 20, 18)
UNO, DOS = "EKU9003173C9", "IIA040805DZ4"
AQUI = {"rfc": UNO, "razon_social": "Uno", "ejercicio": "2023", "correo": "a@b.mx", "programa-IMMEX": "si"}
PY = Path(__file__).parents[4] / "py"
EXCEL = tomllib.loads((PY / "pantallas/empresas/dichos.toml").read_text(encoding="utf-8"))


def kept(*drafts):
    """The device with these drafts, none of them on the screen."""
    return Archivero().add_all(Guardado(d, f"2024-01-{n:02}") for n, d in enumerate(drafts, 1))


def proposed(tabla, archivero=None, ejercicio=2023):
    found = lista.propose(recognise(tabla), archivero or kept(), ejercicio, HOY)
    while not found.terminada:
        found = found.step()
    return found


def of(*rows, archivero=None, ejercicio=2023):
    """What a table of these rows, the headings first, says of each company."""
    return proposed(Tabla(tuple(map(tuple, rows))), archivero, ejercicio).entradas


def texts(entrada):
    return {c.campo: c.a for c in entrada.cambios}


def codes(entrada):
    return [p.error.codigo for p in entrada.problemas]


def applied(archivero, propuesta, marcas=None):
    return lista.apply(archivero, propuesta.entradas, marcas or {}, AHORA)


def campos(archivero):
    return [dict(g.campos) for g in archivero.todos.values()]


WORDINGS = {
    "rfc": ("RFC", "R.F.C.", "rfc del contribuyente", "Registro Federal de Contribuyentes"),
    "razon_social": ("Razón social", "DENOMINACIÓN", "Nombre", "empresa", "Cliente", "Company name"),
    "ejercicio": ("Ejercicio", "EJERCICIO FISCAL", "Año", "anio"),
    "programas": ("Programa", "programas", "PROGRAMAS DE FOMENTO", "Tipo de programa"),
    "programa-IMMEX": ("IMMEX", "Programa IMMEX", "¿Tiene IMMEX?", "IMMEX (sí/no)"),
    "numero-PROSEC": ("No. PROSEC", "Número de programa PROSEC", "PROSEC núm.", "Núm. de autorización PROSEC"),
    "modalidad-IMMEX": ("Modalidad IMMEX", "IMMEX modalidad", "modalidad del programa immex"),
    "autorizacion-IMMEX": ("Fecha de autorización IMMEX", "IMMEX fecha", "Autorización IMMEX", "Fec. aut. IMMEX"),
    "compromiso-ECEX": ("Compromiso ECEX", "Monto comprometido ECEX (USD)"),
    "numero": ("Número de programa", "No. de autorización", "Num. programa"),
    "modalidad": ("Modalidad", "MODALIDADES"),
    "autorizacion": ("Fecha de autorización", "fecha autorizacion", "Autorización"),
    "correo": ("Correo electrónico", "E-mail", "MAIL", "correo de contacto"),
    "telefono": ("Teléfono", "Tel.", "Celular", "TELÉFONO CON LADA"),
    "codigo_postal": ("C.P.", "CP", "Código Postal", "codigo postal"),
    "estado": ("Estado", "Edo.", "Entidad federativa"),
    "municipio": ("Municipio", "Alcaldía", "Delegación o municipio"),
    "calle": ("Calle", "Calle y número"),
    "numero_exterior": ("Número exterior", "No. Ext.", "num ext"),
    "numero_interior": ("Número interior", "No. int."),
    "carta_representante": ("Representante legal", "Nombre del representante", "Apoderado"),
    "carta_cargo": ("Cargo", "Puesto del representante"),
    "presentacion": ("Presentado", "Fecha de presentación"),
    "folio": ("Folio", "Folio VUCEM", "Folio de presentación"),
    "": ("Notas", "No.", "Año de presentación", "No. de cliente", "RFC del representante", "Nombre comercial",
         "Ventas IMMEX", "Contacto", "Domicilio", "Fecha", "x" * 500),
    "calculada": ("Situación IMMEX", "Límite PROSEC", "Próxima fecha", "Días", "Por completar", "Firmado"),
}  # fmt: skip


@pytest.mark.parametrize(("columna", "encabezado"), [(c, h) for c, hs in WORDINGS.items() for h in hs])
def test_a_heading_in_the_words_of_people(columna, encabezado):
    assert EMPRESAS.columna(encabezado) == columna
    assert EMPRESAS.columna(f"  {encabezado.upper()}: ") == columna


def test_every_heading_of_ours_names_its_column_and_every_column_is_of_the_form():
    assert {c: name_column(h) for c, h in ENCABEZADOS.items()} == {c: c for c in ENCABEZADOS}
    assert set(ENCABEZADOS) - {"programas"} <= CAMPOS.keys()


@settings(max_examples=40, deadline=None)
@given(st.permutations([c for c in ENCABEZADOS if c != "programas"]), st.data())
def test_columns_in_any_order_say_the_same(order, data):
    row = {c: data.draw(st.sampled_from(["", "2019-03-05", "83-2019", "Industrial", "x y", "5"])) for c in order}
    row |= {"rfc": UNO, "ejercicio": "2023"}
    usual = [c for c in ENCABEZADOS if c != "programas"]
    one, other = (of([ENCABEZADOS[c] for c in o], [row[c] for c in o])[0] for o in (order, usual))
    assert texts(one) == texts(other) and sorted(codes(one)) == sorted(codes(other))


def test_new_the_same_changed_and_wrong():
    aqui = kept(AQUI)
    nueva, igual, cambia, sin = of(
        ("RFC", "Empresa", "Correo", "Ejercicio"),
        (DOS, "Dos", "d@e.mx", ""),
        ("eku-900317-3c9", " Uno ", "a@b.mx", "2023"),
        (UNO, "Uno, S.A.", "z@b.mx", "2022"),
        ("", "Sin RFC", "s@b.mx", ""),
        archivero=aqui,
    )
    assert [e.clase for e in (nueva, igual, cambia, sin)] == [Clase.NUEVA, Clase.IGUAL, Clase.NUEVA, Clase.ERRORES]
    assert texts(nueva) == {"rfc": DOS, "razon_social": "Dos", "correo": "d@e.mx", "ejercicio": "2023"}
    # Of another ejercicio of the same company it says so.
    assert cambia.ejercicios == (2023,) and codes(sin) == ["lista-sin-rfc"] and not sin.aplicable
    (changed,) = of(("RFC", "Nombre", "Mail"), (UNO, "", "z@b.mx"), archivero=aqui)
    assert changed.clase is Clase.CAMBIA
    assert [(c.campo, c.de, c.a) for c in changed.cambios] == [("correo", "a@b.mx", "z@b.mx")]


def test_only_what_is_ticked_is_written_and_it_can_be_undone():
    aqui = kept(AQUI, {"rfc": "XAXX010101000", "calle": "?"})
    found = proposed(Tabla((("RFC", "Nombre", "Correo"), (UNO, "Uno, S.A.", "z@b.mx"), (DOS, "Dos", ""))), aqui)
    done = applied(aqui, found)
    assert campos(done.archivero) == [
        AQUI | {"razon_social": "Uno, S.A.", "correo": "z@b.mx"},
        {"rfc": "XAXX010101000", "calle": "?"},
        {"rfc": DOS, "razon_social": "Dos", "ejercicio": "2023"},
    ]
    assert campos(done.undo(done.archivero)[0]) == campos(aqui)
    # What was written since stays.
    clave = found.entradas[0].clave
    touched = done.archivero.put({clave: Guardado({**AQUI, "correo": "otro@b.mx", "razon_social": "Uno, S.A."})})
    back, otros = done.undo(touched)
    assert campos(back)[0] == AQUI | {"correo": "otro@b.mx"} and otros == 1

    marcas = {"lista-2-correo": False, "lista-3": False}
    assert campos(applied(aqui, found, marcas).archivero) == [
        AQUI | {"razon_social": "Uno, S.A."},
        {"rfc": "XAXX010101000", "calle": "?"},
    ]
    assert applied(aqui, found, {"lista-2": False, "lista-3": False}).archivero.todos == aqui.todos


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_a_row_for_each_programme_is_one_company(order):
    rows = [
        (UNO, "Uno", "IMMEX", "83-2019", "Industrial", "05/03/2019"),
        (UNO, "", "PROSEC", "2019-8664", "directo", "2019-04-12"),
        (UNO, "Uno", "ALTEX", "A-1", "Exportador indirecto", "1-ene-20"),
    ]
    headings = ("RFC", "Razón social", "Programa", "No. de programa", "Modalidad", "Fecha de autorización")
    (found,) = of(headings, *(rows[n] for n in order))
    assert found.renglones == (2, 3, 4) and not found.problemas and found.clase is Clase.NUEVA
    assert texts(found) == {
        "rfc": UNO, "ejercicio": "2023", "razon_social": "Uno",
        "programa-IMMEX": "si", "numero-IMMEX": "83-2019", "modalidad-IMMEX": "industrial",
        "autorizacion-IMMEX": "2019-03-05", "programa-PROSEC": "si", "numero-PROSEC": "2019-8664",
        "modalidad-PROSEC": "productor-directo",
        "autorizacion-PROSEC": "2019-04-12",
        "programa-ALTEX": "si", "numero-ALTEX": "A-1", "modalidad-ALTEX": "exportador-indirecto",
        "autorizacion-ALTEX": "2020-01-01",
    }  # fmt: skip


@pytest.mark.parametrize("otro", ["Cliente", "Nombre", "Empresa"])
def test_the_name_of_the_company_is_its_legal_one_wherever_it_stands(otro):
    for headings, row in (
        ((otro, "Razón social", "RFC"), ("ACME corto", "Acme Internacional", UNO)),
        (("RFC", "Denominación", otro), (UNO, "Acme Internacional", "ACME corto")),
    ):
        (found,) = of(headings, row)
        assert texts(found)["razon_social"] == "Acme Internacional"


def test_the_cell_of_the_rfc_may_go_on_over_the_rows_of_its_programmes():
    found = of(
        ("RFC", "Nombre", "Programa"), (UNO, "Uno", "IMMEX"), ("", "", "PROSEC"), ("", "Dos", "PROSEC"), ("", "", "")
    )
    assert texts(found[0])["programa-PROSEC"] == "si" and found[0].renglones == (2, 3)
    # One with a name is a company of its own, whose RFC is missing.
    assert codes(found[1]) == ["lista-sin-rfc"]


def test_rows_that_say_something_else_of_the_same_are_told_and_left_alone():
    aqui = kept()
    found = proposed(Tabla((("RFC", "Correo"), (UNO, "a@b.mx"), (UNO, "c@d.mx"), (UNO, "a@b.mx"))), aqui)
    (entrada,) = found.entradas
    assert entrada.clase is Clase.ERRORES and codes(entrada) == ["lista-distinto"]
    assert entrada.problemas[0].renglon == 3 and entrada.problemas[0].error.datos == {"renglon": 2, "otro": "a@b.mx"}
    assert applied(aqui, found).archivero.todos == {}
    assert campos(applied(aqui, found, {"lista-2": True}).archivero) == [
        {"rfc": UNO, "ejercicio": "2023", "correo": "a@b.mx"}
    ]


SAID = [
    ("IMMEX, PROSEC", {"programa-IMMEX": "si", "programa-PROSEC": "si"}),
    ("immex y prosec", {"programa-IMMEX": "si", "programa-PROSEC": "si"}),
    ("IMMEX/ALTEX", {"programa-IMMEX": "si", "programa-ALTEX": "si"}),
    ("IMMEX 83-2019 | PROSEC: 2019-8664", {"programa-IMMEX": "si", "numero-IMMEX": "83-2019", "programa-PROSEC": "si",
                                           "numero-PROSEC": "2019-8664"}),
    ("Programa ECEX (Consolidadora)", {"programa-ECEX": "si", "modalidad-ECEX": "consolidadora"}),
    ("ninguno", {}),
]  # fmt: skip


@pytest.mark.parametrize(("texto", "expected"), SAID)
def test_programmes_in_one_column(texto, expected):
    (found,) = of(("RFC", "Programas"), (UNO, texto))
    assert texts(found) == {"rfc": UNO, "ejercicio": "2023"} | expected and not found.problemas


@pytest.mark.parametrize(
    ("texto", "expected"),
    [
        *[(yes, {"programa-IMMEX": "si"}) for yes in ("sí", "SI", "x", "1", "Verdadero", "✓", "IMMEX")],
        *[(no, {}) for no in ("no", "0", "FALSO", "—", "N/A", "")],
        ("83-2019", {"programa-IMMEX": "si", "numero-IMMEX": "83-2019"}),
        ("05/03/2019", {"programa-IMMEX": "si", "autorizacion-IMMEX": "2019-03-05"}),
        ("Albergue", {"programa-IMMEX": "si", "modalidad-IMMEX": "albergue"}),
    ],
)
def test_a_column_for_a_programme(texto, expected):
    (found,) = of(("RFC", "IMMEX", "Nombre"), (UNO, texto, "Uno"))
    assert texts(found) == {"rfc": UNO, "ejercicio": "2023", "razon_social": "Uno"} | expected and not found.problemas


def test_only_a_no_takes_a_programme_away():
    (without,) = of(("RFC", "IMMEX"), (UNO, "no"), archivero=kept(AQUI))
    assert [(c.campo, c.de, c.a) for c in without.cambios] == [("programa-IMMEX", "si", "")]
    (silent,) = of(("RFC", "Programas", "IMMEX"), (UNO, "PROSEC", ""), archivero=kept(AQUI))
    assert texts(silent) == {"programa-PROSEC": "si"}


def test_numbers_modalities_and_dates_of_several_programmes_in_one_cell():
    headings = ("RFC", "Programas", "No. de programa", "Modalidad", "Fecha de autorización")
    (found,) = of(headings, (UNO, "PROSEC, IMMEX", "2019-8664; 83-2019", "Industrial", "12/04/2019 / 05/03/2019"))
    said = texts(found)
    assert said["numero-PROSEC"] == "2019-8664" and said["numero-IMMEX"] == "83-2019"
    assert said["modalidad-IMMEX"] == "industrial" and said["autorizacion-PROSEC"] == "2019-04-12"
    (doubt,) = of(headings, (UNO, "PROSEC, IMMEX", "123", "", "05/03/2019"))
    assert codes(doubt) == ["lista-de-cual"] * 2


def test_headings_in_two_rows_the_programme_over_several_columns():
    (found,) = of(
        ("Relación de clientes",),
        ("RFC", "Empresa", "IMMEX", "", "", "PROSEC", ""),
        ("", "", "Número", "Modalidad", "Fecha", "Número", "Modalidad"),
        (UNO, "Uno", "83-2019", "Servicios", "05/03/2019", "2019-8664", "Productor indirecto"),
    )
    said = texts(found)
    assert said["numero-IMMEX"] == "83-2019" and said["autorizacion-IMMEX"] == "2019-03-05"
    assert said["modalidad-PROSEC"] == "productor-indirecto" and found.renglones == (4,)


@pytest.mark.parametrize(
    ("columna", "texto", "kept_as", "code"),
    [
        ("Correo", "juan@", "juan@", "correo-forma"),
        ("Correo", "a@b.mx; c@d.mx", "a@b.mx; c@d.mx", "correo-forma"),
        ("C.P.", "1000", "01000", ""),
        ("C.P.", "8124", "08124", ""),
        ("C.P.", "812481", "812481", "codigo-postal-forma"),
        ("Teléfono", "+52 (667) 712-3456", "6677123456", ""),
        ("Teléfono", "'6677123456", "6677123456", ""),
        ("Teléfono", "667 712 3456 ext. 12", "667 712 3456 ext. 12", "telefono-forma"),
        ("Número de programa IMMEX", "2019-05-01", None, "lista-numero-fecha"),
        ("Número de programa IMMEX", "may-19", None, "lista-numero-fecha"),
        ("Número de programa IMMEX", "IMX 12/A", "IMX 12/A", ""),
        ("Fecha de autorización IMMEX", "31/02/2019", None, "lista-fecha"),
        ("Fecha de autorización IMMEX", "03/25/2019", None, "lista-mes-primero"),
        ("Fecha de autorización IMMEX", "05/03/1970", None, "fecha-fuera"),
        ("Fecha de autorización IMMEX", "43529", "2019-03-05", ""),
        ("Fecha de autorización IMMEX", "5 de marzo de 2019", "2019-03-05", ""),
        ("Fecha de autorización IMMEX", "05/03/19", "2019-03-05", ""),
        ("Modalidad IMMEX", "Productor directo", None, "lista-modalidad"),
        ("Folio", "2.0150010022E+23", "2.0150010022E+23", "folio-forma"),
    ],
)
def test_what_a_cell_becomes(columna, texto, kept_as, code):
    clave = EMPRESAS.columna(columna)
    (found,) = of(("RFC", columna), (UNO, texto))
    assert texts(found).get(clave) == kept_as
    assert codes(found) == ([code] if code else [])


def test_a_bad_text_does_not_take_the_place_of_a_good_one_unless_it_is_ticked():
    aqui = kept(AQUI)
    found = proposed(Tabla((("RFC", "Correo"), (UNO, "juan@"))), aqui)
    assert found.entradas[0].clase is Clase.CAMBIA and codes(found.entradas[0]) == ["correo-forma"]
    assert campos(applied(aqui, found).archivero) == [AQUI]
    assert campos(applied(aqui, found, {"lista-2-correo": True}).archivero) == [AQUI | {"correo": "juan@"}]


@pytest.mark.parametrize("rfc", ["XXX", "EKU900317", "EKU9013403C9", "XAXX010101000"])
def test_a_wrong_rfc_is_told_and_kept_as_written_where_asked_for(rfc):
    aqui = kept()
    found = proposed(Tabla((("RFC", "Nombre"), (rfc, "Uno"))), aqui)
    assert found.entradas[0].clase is Clase.ERRORES and applied(aqui, found).archivero.todos == {}
    done = applied(aqui, found, {found.entradas[0].marca: True}).archivero
    assert campos(done)[0]["rfc"] == rfc
    # It is that company from then on.
    assert of(("RFC", "Nombre"), (rfc, "Uno"), archivero=done)[0].clase is Clase.IGUAL


def test_the_ejercicio_of_the_row_or_the_one_chosen():
    rows = (("RFC", "Ejercicio"), (UNO, "Ejercicio fiscal 2022"), (UNO, ""), (DOS, "2023-2024"), (DOS, "1999"))
    found = of(*rows, ejercicio=2024)
    assert [e.ejercicio for e in found] == ["2022", "2024", "2023-2024", "1999"]
    assert [e.clase for e in found] == [Clase.NUEVA] * 2 + [Clase.ERRORES] * 2
    assert not found[2].aplicable and codes(found[3]) == ["ejercicio-fuera"]


def test_of_two_drafts_of_the_same_the_one_changed_last_is_compared():
    other = AQUI | {"correo": "ultimo@b.mx"}
    aqui = kept(AQUI, other)
    (found,) = of(("RFC", "Correo"), (UNO, "z@b.mx"), archivero=aqui)
    assert aqui.todos[found.clave].campos == other
    assert found.cambios[0].de == "ultimo@b.mx" and found.borradores == 2
    assert found.clase is Clase.ERRORES and not found.is_ticked({})


def test_what_a_spreadsheet_keeps_as_a_number_or_a_date():
    target = BytesIO()
    with Workbook(target, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["RFC", "Fecha de autorización IMMEX", "C.P.", "Teléfono", "Folio", "Ejercicio", "IMMEX"])
        sheet.write_row(1, 0, [UNO])
        sheet.write_datetime(1, 1, datetime(2019, 3, 5), book.add_format({"num_format": "dd/mm/yyyy"}))
        sheet.write_row(1, 2, [1000, 6677123456, 201500100220200101000001, 2023, True])
        sheet.write_row(2, 0, [DOS, 43529])
    (uno, dos) = proposed(read_file("l.xlsx", target.getvalue(), EMPRESAS)).entradas
    assert texts(uno) == {
        "rfc": UNO, "ejercicio": "2023", "programa-IMMEX": "si", "autorizacion-IMMEX": "2019-03-05",
        "codigo_postal": "01000", "telefono": "6677123456",
    }  # fmt: skip
    assert codes(uno) == ["lista-cifras"] and texts(dos)["autorizacion-IMMEX"] == "2019-03-05"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_text_files_of_any_program(encoding, separator):
    body = "\r\n".join(separator.join(r) for r in (("RFC", "Razón social"), (UNO, "Ñandú y Cía"))).encode(encoding)
    (found,) = proposed(read_file("l.csv", body, EMPRESAS)).entradas
    assert texts(found)["razon_social"] == "Ñandú y Cía"


def test_a_name_with_a_comma_or_a_line_inside_quotes_is_one_cell():
    (found,) = proposed(read_text(f'RFC,Nombre,Correo\n{UNO},"Uno, S.A.\nde C.V.",a@b.mx\n', EMPRESAS)).entradas
    assert texts(found)["razon_social"].split() == ["Uno,", "S.A.", "de", "C.V."] and not found.problemas


def test_the_template_says_nothing_until_it_is_filled_in_and_its_headings_are_all_known():
    plantilla = write(salida.template(EXCEL), "x")
    leida = recognise(read_file("p.xlsx", plantilla, EMPRESAS))
    assert leida.filas == () and leida.ejemplos == 1 and leida.ignoradas == ()
    with pytest.raises(DatoInvalido, match="lista-sin-renglones"):
        lista.propose(leida, kept(), 2023, HOY)


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ((), "hoja-vacia"),
        ((("Nombre", "Correo"), ("Uno", "a@b.mx")), "lista-sin-encabezados"),
        ((("RFC", "Nombre"), *((f"A{n}", "x") for n in range(MAXIMO_EMPRESAS + 1))), "lista-filas"),
    ],
)
def test_tables_that_are_no_list(rows, code):
    with pytest.raises(DatoInvalido) as error:
        recognise(Tabla(rows))
    assert error.value.codigo == code


def exported(archivero):
    rows = [read_row(k, g, HOY, HOY) for k, g in archivero.todos.items()]
    return write(salida.sheet(rows, EXCEL, lambda row, p: row.programas.get(Programa(p), "")), "x")


HOSTILE = st.text(st.characters(blacklist_categories=("Cs",)), max_size=12) | st.sampled_from(
    ["=1+1", "+5", "-", "@x", "'01", "=HYPERLINK(\"x\")", "?", "31/02/2020", "no", "N/A", "Ejemplo", "0", "\t", "IMMEX"]
)  # fmt: skip


@st.composite
def drafts(draw):
    """A company as somebody may have typed it, right or wrong."""
    campos = {
        "rfc": draw(st.sampled_from([UNO, DOS, "AAA010101AAA", "XXX", ""])),
        "ejercicio": draw(st.sampled_from(["2022", "2023"])),
    }
    for programa in Programa:
        if draw(st.booleans()):
            campos[f"programa-{programa}"] = "si"
        campos[f"numero-{programa}"] = draw(st.sampled_from(["", "83-2019", "2019-8664", "x", "2019-05-01"]) | HOSTILE)
        campos[f"modalidad-{programa}"] = draw(st.sampled_from(["", "x", *(m.clave for m in modalidades(programa))]))
        campos[f"autorizacion-{programa}"] = draw(st.sampled_from(["", "2019-03-05", "1990-01-31", "?", "1700-01-01"]))
    for clave in ("razon_social", "correo", "codigo_postal", "telefono", "estado", "calle", "folio", "carta_cargo"):
        campos[clave] = draw(st.sampled_from(["", "81248", "1000", "6677123456", "Ñandú, S.A."]) | HOSTILE)
    campos["presentacion"] = draw(st.sampled_from(["", "2024-05-10", "?", "2023-06-01"]))
    return {k: v for k, v in campos.items() if v}


@settings(max_examples=60, deadline=None)
@given(st.lists(drafts(), max_size=4))
def test_what_is_exported_and_taken_back_changes_nothing(companies):
    aqui = kept(*companies)
    tabla = read_file("e.xlsx", exported(aqui), EMPRESAS) if companies else None
    if tabla is None or not recognise(tabla).filas:
        return
    found = proposed(tabla, aqui)
    assert recognise(tabla).ignoradas == ()
    assert applied(aqui, found).archivero.todos == aqui.todos


def test_what_is_exported_builds_the_companies_anew():
    company = {
        "rfc": UNO, "razon_social": "=Uno & «Ñandú», S.A.", "ejercicio": "2023", "programa-IMMEX": "si",
        "numero-IMMEX": "83-2019", "modalidad-IMMEX": "industrial", "autorizacion-IMMEX": "2019-03-05",
        "correo": "a@b.mx", "codigo_postal": "01000",
        "estado": "Ciudad de México", "presentacion": "2024-05-10", "folio": "0201500100220200101000001",
    }  # fmt: skip
    tabla = read_file("e.xlsx", exported(kept(company)), EMPRESAS)
    empty = kept()
    assert campos(applied(empty, proposed(tabla, empty)).archivero) == [company]


@settings(max_examples=150, deadline=None)
@given(st.lists(st.lists(HOSTILE | st.sampled_from([*ENCABEZADOS.values(), UNO, DOS]), max_size=8), max_size=8))
def test_no_table_breaks_it_and_all_it_writes_are_texts_of_the_form(rows):
    rows = [("RFC", "Programas", "Modalidad", "Número de programa", "IMMEX"), *rows]
    aqui = kept(AQUI)
    try:
        found = proposed(Tabla(tuple(map(tuple, rows))), aqui)
    except DatoInvalido as error:
        assert error.codigo == "lista-sin-renglones"
        return
    every = {e.marca: True for e in found.entradas} | {e.marca_de(c): True for e in found.entradas for c in e.cambios}
    done = applied(aqui, found, every).archivero
    for draft in campos(done):
        assert draft.keys() <= CAMPOS.keys() and all(type(v) is str and v for v in draft.values())
    assert campos(applied(aqui, found, dict.fromkeys(every, False)).archivero) == [AQUI]


def test_a_cell_of_a_million_letters_is_nothing_to_wait_for():
    huge = "IMMEX" * 200_000
    (found,) = of(("RFC", "Programas", "Modalidad", "Fecha de autorización", "Correo"), (UNO, huge, huge, huge, huge))
    assert found.clase is Clase.NUEVA and "correo-forma" in codes(found)


def test_two_figures_of_a_year_and_days_of_excel():
    assert lectura.read_date("31/12/84") == date(2084, 12, 31) and lectura.read_date("31/12/85") == date(1985, 12, 31)
    assert lectura.read_date("70000") is None
