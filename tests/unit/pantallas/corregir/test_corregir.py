"""«Corregir un reporte» at work: from what was presented to the letter and its e-mail."""

import json
from base64 import b64decode, b64encode
from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes, policy
from hashlib import sha256

import pytest

import alteraciones as al
from borradores import presented
from efirmas import make_autoridad, make_efirma
from pantallas.corregir.estado import Envio
from raoce.bienes import Fila
from raoce.firma.autoridades import Autoridad
from raoce.verificacion.verificacion import verify
from tramite.formulario.relacion import to_text
from tramites import Tramite

LETTER = {"carta_lugar": "Los Mochis, Sinaloa", "carta_representante": "María Ñúñez", "presentacion": "2024-05-17"}


def corrected(**right):
    t = Tramite("?pantalla=corregir").do("corregir.abrir-presentado", texto=presented(), nombre="x")
    return t.type(**LETTER | right)


def test_the_presented_report_fills_in_what_it_says_and_the_company():
    t = Tramite("?pantalla=corregir").do("corregir.abrir-presentado", texto=presented(), nombre="x")
    assert t.codes == ["presentado-abierto"] and t.draft["dice_ventas"] == "100,000"
    assert t.draft["rfc"] == "EKU9003173C9" and "IMMEX 83-2019" in t.html and "Todavía no hay diferencias" in t.html


def test_the_amounts_of_a_signed_file_are_written_as_those_typed():
    t = Tramite("?pantalla=corregir").do("corregir.abrir-presentado", texto=al.good(False).decode(), nombre="x")
    assert t.codes == ["presentado-abierto"]
    assert t.draft["dice_ventas"] == t.draft["ventas"] == "30,000"


def test_a_draft_that_was_on_the_screen_is_kept():
    t = Tramite().type(rfc="IIA040805DZ4", ventas="5").do("ir", pantalla="corregir")
    t.do("corregir.abrir-presentado", texto=presented(), nombre="x")
    assert [g.campos["rfc"] for g in t.state.archivero.otros.values()] == ["IIA040805DZ4"]


def test_the_table_and_what_follows_are_shown_for_both():
    t = corrected(debe_exportaciones="17,000")
    html = t.html
    assert "Total exportaciones (b)</th><td>7,000</td><td>17,000" in html
    assert "Porcentaje exportación b/a*100 (calculado)</th><td>7.00 %</td><td>17.00 %" in html
    assert 'data-cambio="IMMEX"' in html and "antes «No cumple», ahora «Cumple»" in html


def test_a_correction_that_loses_the_commitment_is_a_clear_warning():
    t = Tramite("?pantalla=corregir")
    t.do("corregir.abrir-presentado", texto=presented(exportaciones="70,000"), nombre="x").type(
        debe_exportaciones="700"
    )
    assert "procedimiento de cancelación" in t.html and "nota-pagina--error" in t.html


def test_right_figures_that_vucem_would_refuse_stop_the_letter():
    t = corrected(debe_ventas="10", debe_exportaciones="20").do("corregir.descargar-carta")
    assert all(e["tipo"] != "descargar" for e in t.effects)
    assert "Las Ventas Totales deben ser mayores o iguales" in t.html


def test_what_is_missing_is_listed_and_no_letter_is_made():
    t = corrected(debe_ventas="200,000", carta_representante="", correo="").do("corregir.descargar-carta")
    assert t.effect("enfocar")["id"] == "resumen-errores"
    assert 'href="#carta_representante"' in t.html and 'href="#correo"' in t.html


def test_the_term_is_counted_from_the_presentation_and_being_late_is_said():
    t = corrected(debe_ventas="200,000")
    assert 'data-limite="2024-05-24"' in t.html and "Quedan 4 días hábiles" in t.html
    t.type(consulta="2024-05-27")
    assert "venció el viernes 24 de mayo de 2024" in t.html
    t.do("corregir.descargar-carta")
    assert t.effect("descargar")["nombre"] == "RAOCE_carta_2023_EKU9003173C9.pdf"


def test_the_mistake_of_thousands_offers_its_cause():
    t = Tramite("?pantalla=corregir")
    t.do("corregir.abrir-presentado", texto=presented(ventas="100,000,000", exportaciones="70,000,000"), nombre="x")
    t.type(debe_ventas="100,000", debe_exportaciones="70,000").do("corregir.usar-causa")
    assert t.draft["causa"].startswith("Las cantidades se capturaron en pesos")


def test_a_paragraph_is_changed_and_had_back():
    t = corrected(debe_ventas="200,000")
    assert "comparece por medio de María Ñúñez" in t.html
    t.type(parrafo_peticion="Pido lo justo.").do("corregir.descargar-word")
    assert "Pido lo justo." in t.effect("word")["carta"]["cierre"]
    t.do("corregir.restablecer", campo="parrafo_peticion")
    assert "parrafo_peticion" not in t.draft and "Por lo expuesto" in t.html


def test_the_mail_carries_the_letter_and_the_annexes_byte_for_byte():
    t = corrected(debe_ventas="200,000")
    files = [("poder ñ.pdf", b"%PDF-" + bytes(range(256))), ("anual.pdf", b"x" * 10)]
    t.do("corregir.anexos", archivos=[{"nombre": n, "bytes": len(b)} for n, b in files], cuantos=2).do(
        "corregir.descargar-correo"
    )
    while reading := [e for e in t.effects if e["tipo"] == "leer"]:
        name, body = files[reading[0]["indice"]]
        t.do("corregir.anexo", nombre=name, mime="application/pdf", contenido=b64encode(body).decode())
    effect = t.effect("descargar")
    assert effect["nombre"] == "RAOCE_carta_2023_EKU9003173C9.eml"
    mail = message_from_bytes(b64decode(effect["base64"]), policy=policy.default)
    assert mail["X-Unsent"] == "1" and mail["Subject"] == "ERROR RAOCE / EKU9003173C9"
    assert mail["To"] == "atencion.immex@economia.gob.mx, atencion.prosec@economia.gob.mx"
    letter, *annexes = list(mail.iter_attachments())
    assert letter.get_filename() == "RAOCE_carta_2023_EKU9003173C9.pdf" and letter.get_content().startswith(b"%PDF-")
    assert [(a.get_filename(), a.get_content()) for a in annexes] == files
    assert all(a.datos is None for a in t.state.of(Envio).anexos)


def test_annexes_over_twenty_megabytes_are_refused():
    t = corrected(debe_ventas="200,000")
    t.do("corregir.anexos", archivos=[{"nombre": "a.pdf", "bytes": 30_000_000}], cuantos=1).do(
        "corregir.descargar-correo"
    )
    assert t.codes == ["correo-grande"]


def test_the_right_data_come_from_a_second_file_of_the_same_report():
    t = corrected().do("corregir.abrir-correcto", texto=presented(ventas="150,000"), nombre="x")
    assert "Ventas totales (a)</th><td>100,000</td><td>150,000" in t.html
    t.do("corregir.abrir-correcto", texto=presented(ejercicio="2022"), nombre="x")
    assert t.codes == ["correccion-de-otro"]


def test_goods_added_removed_and_changed_are_rows_too():
    cafe = Fila("XXII", "09011201", "Café", "01", "30,000", "10,000", "15,000")
    motor = Fila("I", "85011001", "M", "06", "5", "2", "3")
    prosec = {"programa-IMMEX": "", "programa-PROSEC": "si", "importaciones": "0", "bienes": to_text([cafe, motor])}
    t = Tramite("?pantalla=corregir").do("corregir.abrir-presentado", texto=presented(**prosec), nombre="x")
    t.do("ir", pantalla="bienes").do("bienes.eliminar", indice="1").do("bienes.editar", indice="0")
    t.type(bien_total="31,000").do("bienes.agregar").do("ir", pantalla="corregir")
    assert "30,000</td><td>31,000" in t.html and "Se elimina el renglón." in t.html


@pytest.mark.parametrize("texto", ["{", '{"payload": "", "protected": "", "signature": ""}'])
def test_a_bad_file_is_said_and_changes_nothing(texto):
    t = corrected(debe_ventas="200,000")
    before = t.draft
    assert t.do("corregir.abrir-presentado", texto=texto, nombre="x").draft == before and t.codes


def test_the_letter_is_signed_with_the_hash_of_each_file_and_verifies():
    efirma = make_efirma()
    t = corrected(debe_ventas="200,000").do(
        "firmar.certificado", nombre="c.cer", contenido=b64encode(efirma.cer).decode()
    )
    t.do("corregir.anexos", archivos=[{"nombre": "poder.pdf", "bytes": 5}], cuantos=1).do("corregir.firmar")
    t.do("corregir.anexo", nombre="poder.pdf", mime="application/pdf", contenido=b64encode(b"poder").decode())
    entrada = b64decode(t.effect("firmar")["entrada"])
    t.do("firmar.firmado", firma=b64encode(efirma.sign(entrada)).decode()).do("firmar.descargar")
    effect = t.effect("descargar")
    assert effect["nombre"] == "RAOCE_2023_EKU9003173C9_carta.json" and "Carta firmada" in t.html
    found = verify(effect["texto"].encode(), (Autoridad("AC de prueba", make_autoridad()),), t.state.ahora)
    assert found.veredicto == "valido" and found.documento == "carta"
    assert [(a.nombre, a.sha256) for a in found.carta.archivos][1] == ("poder.pdf", sha256(b"poder").hexdigest())
    assert "Solicitud firmada" not in t.do("ir", pantalla="firmar").html


def test_a_letter_is_not_signed_without_what_it_needs():
    t = corrected(debe_ventas="200,000").do("corregir.firmar")
    assert "Elige el certificado (.cer) de la e.firma." in t.html and t.effect("enfocar")["id"] == "resumen-errores"


def test_the_hash_that_is_signed_is_that_of_the_pdf_downloaded_later():
    t = corrected(debe_ventas="200,000").do("corregir.descargar-carta")
    before = t.effect("descargar")["base64"]
    t.state = replace(t.state, ahora=t.state.ahora + timedelta(hours=3))
    assert t.do("corregir.descargar-carta").effect("descargar")["base64"] == before


@pytest.mark.parametrize(
    ("campo", "texto"),
    [("debe_ventas", "abc"), ("folio", "123"), ("presentacion", "2023-01-01"), ("correo", "x"), ("dice_ventas", "-1")],
)
def test_no_letter_is_made_while_a_field_is_wrong(campo, texto):
    t = corrected(debe_exportaciones="17,000").type(**{campo: texto})
    for event in (
        "corregir.descargar-carta",
        "corregir.descargar-word",
        "corregir.descargar-correo",
        "corregir.firmar",
    ):
        t.do(event)
        assert {e["tipo"] for e in t.effects} <= {"enfocar", "guardar"}
        assert f'href="#{campo}"' in t.html


def test_a_signed_file_gives_back_all_that_it_was_computed_with():
    t = Tramite("?pantalla=corregir").do("corregir.abrir-presentado", texto=al.good().decode(), nombre="x")
    original, mine = al.make_reporte(), t.state.evaluacion.reporte
    assert mine.tipo_cambio == original.tipo_cambio and mine.dolares.valor == original.dolares.valor
    assert [c.resultado for c in mine.compromisos] == [c.resultado for c in original.compromisos]
    assert mine.presentacion == original.presentacion and mine.calendario.agregados == original.calendario.agregados
    assert 'id="plazo-correccion"' in t.html


def test_a_report_of_other_programmes_does_not_mix_with_the_draft():
    t = Tramite("?pantalla=corregir").do("corregir.abrir-presentado", texto=presented(), nombre="x")
    other = presented(**{"programa-IMMEX": "", "programa-PROSEC": "si", "importaciones": "1"})
    t.do("corregir.abrir-presentado", texto=other, nombre="x")
    assert t.draft["programa-PROSEC"] == "si" and not t.draft["programa-IMMEX"] and len(t.state.archivero.otros) == 1


def test_a_file_whose_signature_does_not_hold_is_refused():
    changed = al.envelope(
        **json.loads(al.good()) | {"payload": al.encode(al.payload_of().replace("Ñandú".encode(), b"Nandu"))}
    )
    t = Tramite("?pantalla=corregir").do("corregir.abrir-presentado", texto=changed.decode(), nombre="x")
    assert t.codes == ["anterior-alterado"] and "rfc" not in t.draft
