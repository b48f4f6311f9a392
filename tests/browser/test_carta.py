"""«Corregir un reporte» on the built site: from the file presented to the three downloads."""

from email import message_from_bytes, policy
from io import BytesIO

import docx
import pypdf
from playwright.sync_api import expect

from borradores import presented


def download(pagina, button):
    saved = pagina.download(button)
    return saved.nombre, saved.cuerpo


def test_from_the_mistake_to_the_mail(pagina):
    pagina.open("?pantalla=corregir&fecha=2024-05-20")
    body = {"name": "p.json", "mimeType": "application/json", "buffer": presented().encode()}
    pagina.field("Archivo presentado").set_input_files(body)
    expect(pagina.field("Dice: ventas totales")).to_have_value("100,000")
    pagina.type("Fecha de presentación", "2024-05-17")
    expect(pagina.page.locator("#plazo-correccion")).to_contain_text("Quedan 4 días hábiles")
    pagina.type("Folio", "02015 00100 22020 01010 00001")
    # Each step waits for the one before: there is no letter without a difference.
    expect(pagina.page.get_by_role("button", name="Descargar PDF")).to_have_count(0)
    pagina.type("Debe decir: total exportaciones", "17000")
    pagina.press("Descargar PDF")
    expect(pagina.page.locator("#resumen-errores")).to_be_focused()
    expect(pagina.page.locator("[data-cambio=IMMEX]")).to_contain_text("ahora «Cumple»")
    pagina.type("Lugar", "Los Mochis, Sinaloa")
    pagina.type("Nombre del representante legal", "María Ñúñez & Cía.")
    pagina.type("Teléfono", "6688123456")
    pagina.type("Correo electrónico", "comercio@empresa.com.mx")
    pagina.page.get_by_text("Revisar y cambiar el texto de la carta").click()
    pagina.type("Párrafo: petición", "Se pide tomar nota.")
    pagina.press("Restablecer Párrafo: petición")
    expect(pagina.field("Párrafo: petición")).to_contain_text("Por lo expuesto")

    name, pdf = download(pagina, "Descargar PDF")
    assert name == "RAOCE_carta_2023_EKU9003173C9.pdf"
    reader = pypdf.PdfReader(BytesIO(pdf))
    text = reader.pages[0].extract_text()
    assert len(reader.pages) == 1 and "ERROR RAOCE / EKU9003173C9" in text and "María Ñúñez & Cía." in text
    name, word = download(pagina, "Descargar Word")
    assert name == "RAOCE_carta_2023_EKU9003173C9.docx"
    rows = [[c.text for c in row.cells] for row in docx.Document(BytesIO(word)).tables[0].rows]
    assert ["Total exportaciones (b)", "7,000", "17,000"] in rows

    files = [{"name": f"anexo {n} ñ.pdf", "mimeType": "application/pdf", "buffer": bytes([n]) * 3000} for n in (1, 2)]
    pagina.field("Archivos anexos").set_input_files(files)
    expect(pagina.page.locator("main")).to_contain_text("anexo 2 ñ.pdf (3 KB)")
    name, eml = download(pagina, "Descargar correo (.eml)")
    mail = message_from_bytes(eml, policy=policy.default)
    assert name.endswith(".eml") and mail["X-Unsent"] == "1"
    letter, *annexes = mail.iter_attachments()
    assert letter.get_content().startswith(b"%PDF-")
    assert [(a.get_filename(), a.get_content()) for a in annexes] == [(f["name"], f["buffer"]) for f in files]
