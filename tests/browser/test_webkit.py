"""The main job and what surrounds it in WebKitGTK, the engine of Safari and of every browser of an iPhone."""

import json

import pytest
from conftest import DIST, EMPRESA, PORTABLE, QUERY_IN_FRAME

from borradores import company, draft_file, presented
from construir.portatil import portatil
from documentos.hojas.hojas import read, recognise, write
from memoria_guardada import QUIET
from navegador import find_webkit
from raoce.bienes import Fila
from raoce.firma.certificado import Certificado
from raoce.firma.jws import parse, verify_rs256
from serve import Site
from webkit import PaginaWebKit, until, webkit

pytestmark = [
    pytest.mark.skipif(find_webkit() is None, reason="WebKitGTK, its driver or Xvfb is not installed"),
    pytest.mark.skipif(PORTABLE is not None, reason="it opens the portable page itself"),
]
MOTOR = Fila("I", "85011001", "Motor", "06", "5", "2", "4")


@pytest.fixture(scope="module")
def driver():
    with webkit() as driver:
        yield driver


@pytest.fixture
def pagina(driver, site):
    return PaginaWebKit(driver, site)


@pytest.fixture
def on_disk(tmp_path):
    """Writes a file and answers its path: this driver takes no bytes."""

    def put(name: str, body: bytes):
        path = tmp_path / name
        path.write_bytes(body)
        return path

    return put


def sign(pagina, efirma, on_disk) -> bytes:
    pagina.go("Firmar")
    pagina.choose_file("Certificado (.cer)", on_disk("empresa.cer", efirma.cer))
    pagina.choose_file("Clave privada (.key)", on_disk("empresa.key", efirma.key))
    pagina.shows("ENSAMBLES KUAUTLI")
    pagina.field("Contraseña de clave privada").send_keys(efirma.contrasena)
    pagina.press("Firmar")
    until(lambda: pagina.js("document.activeElement.id") == "firma-lista", "the signature", 30)
    signed = pagina.download("Descargar solicitud firmada")
    jws = parse(signed)
    signer = Certificado(jws.certificado)
    assert verify_rs256(jws.por_firmar.signing_input, jws.firma, signer.modulo, signer.exponente)
    return signed


def type_company(pagina):
    pagina.open("?pantalla=programas&ejercicio=2023&programas=PROSEC&fecha=2024-04-20")
    pagina.type("Número de programa PROSEC", "2019-8664")
    pagina.choose("Modalidad PROSEC", "Productor directo")
    pagina.go("Solicitante")
    for label, text in EMPRESA.items():
        if label != "Estado":
            pagina.type(label, text)
    until(lambda: pagina.field("Estado").get_property("value") == "Sinaloa", "the state of the postal code")


def open_company(pagina, on_disk):
    """The same company, from a draft of before."""
    pagina.open("?pantalla=solicitante&fecha=2024-04-20")
    pagina.choose_file("Abrir borrador", on_disk("borrador.json", draft_file(**company()).encode()))
    until(lambda: pagina.field("RFC").get_property("value") == EMPRESA["RFC"], "the draft")


def type_figures(pagina):
    pagina.go("Datos de reporte anual")
    for label, text in (("Ventas totales (a)", "5000"), ("Total exportaciones (b)", "3500")):
        pagina.type(label, text)
    pagina.type("Total importaciones (c)", "4000")
    pagina.shows("197,362.81")


def test_the_whole_job_with_goods_from_a_file(pagina, efirma, on_disk):
    type_company(pagina)
    type_figures(pagina)
    pagina.go("Relación de bienes producidos")
    pagina.choose_file("Importar bienes", on_disk("bienes.xlsx", write([MOTOR, MOTOR._replace(unidad="galón")])))
    pagina.shows("Unidad de medida", "#importacion")
    pagina.press("Aceptar solo los buenos")
    until(lambda: pagina.js("document.querySelectorAll('[data-bien]').length") == 1, "the good")
    book = recognise(read("b.xlsx", pagina.download("Exportar a Excel")))
    assert [row.fila.descripcion for row in book.filas] == ["Motor"]
    pagina.press("Hoja de captura", "nav a")
    assert pagina.download("Descargar PDF").startswith(b"%PDF-")
    signed = sign(pagina, efirma, on_disk)
    assert json.loads(parse(signed).payload)["solicitante"]["rfc"] == "EKU9003173C9"
    pagina.press("Verificar un archivo", "nav a")
    pagina.choose_file("Archivo firmado", on_disk("firmada.json", signed))
    until(lambda: pagina.js("document.querySelector('h1').dataset.veredicto") == "no-comprobable", "the verdict")


def test_the_draft_and_the_memory_are_kept_and_need_no_server(driver, efirma, on_disk):
    with Site(DIST) as url:
        pagina = PaginaWebKit(driver, url)
        open_company(pagina, on_disk)
        type_figures(pagina)
        until(lambda: not pagina.js("document.getElementById('memoria').hidden"), "the memory kept")
    pagina.open("?pantalla=datos&ejercicio=2023&programas=PROSEC")
    assert pagina.js("performance.getEntriesByName('raoce:memoria').length") == 1
    assert pagina.field("Ventas totales (a)").get_property("value") == "5,000"
    # What comes later comes after such a start too: Excel, what signs, PDF.
    sign(pagina, efirma, on_disk)


def test_the_portable_page(driver, efirma, on_disk):
    pagina = PaginaWebKit(driver, (DIST / portatil.NAME).as_uri())
    open_company(pagina, on_disk)
    type_figures(pagina)
    sign(pagina, efirma, on_disk)


def test_the_letter(pagina, on_disk):
    pagina.open("?pantalla=corregir&fecha=2024-05-20")
    pagina.choose_file("Archivo presentado", on_disk("presentado.json", presented().encode()))
    until(lambda: pagina.field("Dice: ventas totales").get_property("value") == "100,000", "the figures presented")
    pagina.js(
        "(() => { const day = document.getElementById(arguments[0]); day.value = arguments[1];"
        " day.dispatchEvent(new Event('change', { bubbles: true })); })()",
        pagina.field("Fecha de presentación").get_property("id"),
        "2024-05-17",
    )
    letter = {
        "Debe decir: total exportaciones": "17000",
        "Folio": "02015 00100 22020 01010 00001",
        "Lugar": "Los Mochis, Sinaloa",
        "Nombre del representante legal": "María Ñúñez & Cía.",
    }
    for label, text in letter.items():
        pagina.type(label, text)
    pagina.shows("Quedan 4 días hábiles")
    assert pagina.download("Descargar PDF").startswith(b"%PDF-")
    assert pagina.download("Descargar Word").startswith(b"PK")
    assert b"X-Unsent: 1" in pagina.download("Descargar correo (.eml)")


def test_a_case_of_practice(pagina):
    pagina.open("?modo=practica&caso=programa-no-aparece")
    until(lambda: pagina.js("document.querySelectorAll('.cuestion').length"), "the questions")
    pagina.js("document.querySelector('.cuestion input[type=radio]').click()")
    pagina.press("Comprobar la pregunta 1")
    until(lambda: pagina.js("document.activeElement.id").startswith("resultado-"), "the result")


def test_inside_the_frame_of_another_page(driver, site):
    with Site(DIST) as host:
        driver.get(host + QUIET)
        driver.execute_script(
            "globalThis.told = []; addEventListener('message', ({ data }) => told.push(data));"
            "const frame = document.createElement('iframe'); frame.src = arguments[0]; document.body.prepend(frame);",
            site + QUERY_IN_FRAME,
        )
        kinds = "return told.map(({ tipo }) => tipo)"
        until(lambda: {"listo", "estado", "altura"} <= set(driver.execute_script(kinds)), "what the frame tells")
        told = driver.execute_script("return told.find(({ tipo }) => tipo === 'estado')")
        assert told["programas"][0]["estado"] == "suspendido"
