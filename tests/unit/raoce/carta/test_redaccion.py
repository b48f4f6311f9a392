"""The letter and its e-mail, as a lawyer would read them: on paper, and in the message that carries it."""

import io
import shutil
import subprocess
from dataclasses import replace
from datetime import UTC, date, datetime
from email import message_from_bytes, policy

import pypdf
import pytest

from casos import each, load
from documentos import carta, carta_pdf, correo
from raoce.carta import PARRAFOS
from raoce.carta.carta import texts
from raoce.carta.correccion import Cifras, compare, suggest_causa
from raoce.carta.redaccion import DatosDeCarta, build, faltan, parrafos, write_mensaje
from raoce.empresa import Programa, Registro
from renglones import goods

GENERADO = datetime(2024, 5, 6, 18, tzinfo=UTC)
CORREOS = ["atencion.immex@economia.gob.mx", "atencion.prosec@economia.gob.mx"]
poppler = pytest.mark.skipif(not shutil.which("pdftotext"), reason="pdftotext is missing: install poppler-utils")

DATOS = ("lugar", "fecha", "ejercicio", "rfc", "razon_social", "folio", "presentacion", "telefono", "correo")
CASO = load("cartas")["cartas"][0]


def data_of(caso):
    """A case as the letter's data: what it does not name stays by default."""
    rows = compare(
        Cifras(**caso.get("dice", {})),
        Cifras(**caso.get("debe_decir", {})),
        goods(caso.get("bienes_dice", [])),
        goods(caso.get("bienes_debe", [])),
    )
    programas = tuple(Registro(Programa(p.split()[0]), p.split()[1]) for p in caso["programas"])
    given = {name: caso[name] for name in (*DATOS, "representante", "cargo", "causa") if name in caso}
    return DatosDeCarta(**given, programas=programas, diferencias=rows)


def long_one():
    larga = load("cartas")["larga"]
    lists = (
        goods(larga[side].format(n=n) for n in range(1, larga["renglones"] + 1)) for side in ("dice", "debe_decir")
    )
    return replace(data_of(CASO), diferencias=compare(Cifras(), Cifras(), *lists)), larga


def as_text(letter):
    """A letter as one reads it from top to bottom, blocks parted by an empty line."""
    body, farewell = carta.closing(letter)
    blocks = [
        letter.lugar_y_fecha,
        "\n".join(letter.destinatario),
        carta.subject(letter),
        *letter.parrafos,
        "\n".join(" | ".join((d.concepto, d.dice, d.debe_decir)) for d in letter.diferencias),
        *body,
        "\n".join(carta.annexes(letter)),
        farewell,
        "\n".join(letter.firmante),
    ]
    return "\n\n".join(blocks)


@each("cartas", "cartas")
def test_the_letter_reads_as_the_case_says(caso):
    assert as_text(build(data_of(caso))) == caso["texto"].strip()


@each("cartas", "cartas")
def test_the_message_reads_as_the_case_says_and_goes_to_both_addresses(caso):
    mensaje = write_mensaje(data_of(caso))
    assert mensaje.cuerpo == caso["mensaje"].lstrip()
    data = correo.make(mensaje.destinatarios, mensaje.asunto, mensaje.cuerpo)
    message = message_from_bytes(data, policy=policy.default)
    assert message["Subject"] == f"ERROR RAOCE / {caso['rfc']}"
    assert [address.addr_spec for address in message["To"].addresses] == CORREOS
    assert message.get_body().get_content().replace("\r\n", "\n") == caso["mensaje"].lstrip()


@poppler
@each("cartas", "cartas")
def test_a_plain_correction_takes_one_page_and_says_on_it_all_that_it_must(caso):
    data = carta_pdf.make(build(data_of(caso)), GENERADO)
    assert len(pypdf.PdfReader(io.BytesIO(data)).pages) == 1
    done = subprocess.run(["pdftotext", "-raw", "-", "-"], input=data, capture_output=True, check=True)
    page = "".join(done.stdout.decode().split())
    for block in caso["texto"].replace(" | ", "").split("\n"):
        assert "".join(block.split()) in page


def test_forty_rows_are_forty_rows():
    datos, larga = long_one()
    assert [d.concepto for d in datos.diferencias] == [larga["concepto"].format(n=n) for n in range(1, 41)]
    assert [d.debe_decir for d in datos.diferencias] == [f"20,{n:03}" for n in range(1, 41)]
    pages = pypdf.PdfReader(io.BytesIO(carta_pdf.make(build(datos), GENERADO))).pages
    assert len(pages) > 1
    assert "Atentamente" in pages[-1].extract_text()


def test_what_is_missing_is_named_and_no_letter_comes_without_it():
    vacia = DatosDeCarta(2023)
    everything = (
        *("lugar", "fecha", "rfc", "razon_social", "programas", "diferencias"),
        *("telefono", "correo", "representante"),
    )
    assert faltan(vacia) == everything
    for write in (build, write_mensaje, parrafos):
        with pytest.raises(ValueError, match="razon_social"):
            write(vacia)


@pytest.mark.parametrize(
    ("campo", "vacio"),
    [
        *((name, " \n") for name in ("lugar", "rfc", "razon_social", "telefono", "correo", "representante", "cargo")),
        ("fecha", None),
        *((name, ()) for name in ("programas", "diferencias", "anexos", "destinatario")),
        ("anexos", (" ",)),
    ],
)
def test_each_field_that_is_required(campo, vacio):
    datos = replace(data_of(CASO), **{campo: vacio})
    assert faltan(datos) == (campo,)
    with pytest.raises(ValueError, match=campo):
        build(datos)


@pytest.mark.parametrize(("campo", "vacio"), [("folio", ""), ("presentacion", None), ("causa", " ")])
def test_what_may_be_missing_leaves_no_trace(campo, vacio):
    letter = build(replace(data_of(CASO), **{campo: vacio}))
    text = as_text(letter)
    assert not any(trace in text for trace in ("  ", " ,", " .", "{", "None", "folio ,"))
    assert len(letter.parrafos) == (3 if campo == "causa" else 4)


def test_a_programme_without_number_is_missing_its_number():
    datos = replace(data_of(CASO), programas=(Registro(Programa.IMMEX, "83-2019"), Registro(Programa.PROSEC, " ")))
    assert faltan(datos) == ("numero-PROSEC",)


def test_a_paragraph_written_anew_takes_the_place_of_ours_and_an_empty_one_is_left_out():
    datos = data_of(CASO)
    letter = build(datos, {"peticion": " Se pide lo conducente. {rfc} ", "causa": "", "contacto": "\n"})
    assert letter.cierre == ("Se pide lo conducente. {rfc}", "Atentamente")
    assert len(letter.parrafos) == 3
    assert write_mensaje(datos, {"mensaje": "Va la carta."}).cuerpo == "Va la carta.\n"
    assert build(datos) == build(datos, parrafos(datos))
    with pytest.raises(KeyError, match="saludo"):
        build(datos, {"saludo": "Hola"})


def test_the_cause_may_be_written_where_there_was_none():
    datos = replace(data_of(CASO), causa="")
    assert parrafos(datos)["causa"] == ""
    assert "Fue un error." in build(datos, {"causa": "Fue un error."}).parrafos


def test_addressee_annexes_and_post_may_be_others():
    letter = build(
        replace(
            data_of(CASO), destinatario=("Lic. Ana", "", " SE "), anexos=("Poder", "Acuse"), cargo="Apoderada legal"
        )
    )
    assert letter.destinatario == ("Lic. Ana", "SE")
    assert letter.anexos == ("Poder", "Acuse")
    assert "en su carácter de apoderada legal, y" in letter.parrafos[0]
    assert letter.firmante[1] == "Apoderada legal"


def test_the_cause_of_the_mistake_of_thousands_is_offered():
    assert suggest_causa(Cifras(5_000_000, 0, 0), Cifras(5_000, 0, 0)).startswith(
        "Las cantidades se capturaron en pesos"
    )
    assert suggest_causa(Cifras(5, 0, 0), Cifras(5_000, 0, 0)).startswith("Las cantidades se capturaron en millones")
    assert suggest_causa(Cifras(5_000, 0, 0), Cifras(6_000, 0, 0)) == ""


def test_what_the_user_types_is_never_taken_for_a_template():
    datos = replace(data_of(CASO), razon_social="LLAVES {rfc} {0} %s, S.A.", fecha=date(2024, 6, 1), causa="{causa}")
    letter = build(datos)
    assert "LLAVES {rfc} {0} %s, S.A., con" in letter.parrafos[0]
    assert letter.parrafos[2].endswith("{causa}.")


def test_the_texts_that_can_be_written_anew_are_those_of_the_letter():
    say = texts()
    assert set(PARRAFOS) == {*say["parrafos"], *say["cierre"], *(say["mensaje"].keys() - {"escrito"})}
