"""Each message of the form and of the signature, as the filer meets it."""

from datetime import UTC, datetime

import pytest
from playwright.sync_api import expect

from borradores import presented
from efirmas import make_efirma

DATOS = "?pantalla=datos&ejercicio=2023&programas=PROSEC"
COMPLETA = "?pantalla=firmar&ejercicio=2023&programas=IMMEX&ventas=1000&exportaciones=1000&modalidad-IMMEX=industrial"


def test_amounts(pagina):
    pagina.open(DATOS)
    for typed, message in (
        ("12.5", "sin decimales"),
        ("-5", "sin signo negativo"),
        ("mil", "Escribe solo números"),
        ("12345678901234567", "como máximo 16 dígitos"),
        ("12,34", "sin decimales"),
        ("1,23,456", "Revisa los separadores"),
    ):
        pagina.field("Ventas totales (a)").fill(typed)
        expect(pagina.error("ventas")).to_contain_text(message)
        expect(pagina.field("Ventas totales (a)")).to_have_value(typed)
        expect(pagina.field("Ventas totales (a)")).to_have_attribute("aria-invalid", "true")
    for typed in ("1234567", "1,234,567", "1 234 567"):
        pagina.type("Ventas totales (a)", typed)
        expect(pagina.field("Ventas totales (a)")).to_have_value("1,234,567")
        expect(pagina.error("ventas")).to_have_count(0)


def test_exports_over_sales(pagina):
    pagina.open(DATOS)
    pagina.type("Ventas totales (a)", "999")
    pagina.type("Total exportaciones (b)", "1000")
    expect(pagina.error("exportaciones")).to_contain_text(
        "Las Ventas Totales deben ser mayores o iguales al Total de Exportaciones."
    )


def test_amounts_in_pesos(pagina):
    pagina.open(DATOS)
    pagina.type("Ventas totales (a)", "1,234,567,890")
    expect(pagina.page.locator("#ventas-eco")).to_have_text("1,234,567.89 millones de pesos")
    expect(pagina.page.locator("#ventas-aviso")).to_contain_text("¿Lo capturaste en pesos?")
    pagina.press("Usar la cantidad en miles")
    expect(pagina.field("Ventas totales (a)")).to_have_value("1,234,568")
    expect(pagina.page.locator("#ventas-aviso")).to_have_count(0)


def test_immex_says_why_importaciones_is_disabled(pagina):
    pagina.open("?pantalla=datos&ejercicio=2023&programas=IMMEX,ALTEX")
    expect(pagina.field("Total importaciones (c)")).to_be_disabled()
    expect(pagina.page.locator("#importaciones-motivo")).to_contain_text("Con IMMEX las importaciones no se capturan")


def test_consignment(pagina):
    pagina.open(DATOS)
    pagina.field("Mercancías en consignación").check()
    expect(pagina.page.locator("main")).to_contain_text("cuenta solo el valor agregado")


def test_solicitante(pagina):
    pagina.open("?pantalla=solicitante")
    for label, campo, typed, message in (
        ("RFC", "rfc", "EKU900317", "Debe tener 12"),
        ("RFC", "rfc", "EKU9013173C9", "no forman una fecha"),
        ("RFC", "rfc", "XAXX010101000", "genérico"),
        ("Correo electrónico", "correo", "comercio@empresa", "arroba y dominio"),
        ("Código postal", "codigo_postal", "8124", "5 dígitos"),
        ("Lada", "lada", "6", "2 o 3 dígitos"),
        ("Teléfono", "telefono", "12", "de 7 a 10 dígitos"),
    ):
        pagina.type(label, typed)
        expect(pagina.error(campo)).to_contain_text(message)
        expect(pagina.field(label)).to_have_value(typed)


def test_the_check_digit_only_warns(pagina):
    pagina.open("?pantalla=solicitante")
    pagina.type("RFC", "EKU9003173C8")
    expect(pagina.page.locator("#rfc-aviso")).to_contain_text("Algunos RFC reales son así")
    expect(pagina.error("rfc")).to_have_count(0)


def test_the_error_summary_takes_the_focus_and_leads_to_the_field(pagina):
    pagina.open("?pantalla=solicitante")
    pagina.type("RFC", "EKU9013173C9")
    pagina.page.locator("button[type=submit]").click()
    summary = pagina.page.locator("#resumen-errores")
    expect(summary).to_be_focused()
    sentence = pagina.error("rfc").text_content().removeprefix("Error: ")
    summary.get_by_role("link", name=sentence).click()
    expect(pagina.field("RFC")).to_be_focused()
    expect(summary.get_by_role("link", name="Escribe la calle.")).to_be_visible()
    expect(pagina.field("RFC")).to_have_value("EKU9013173C9")


def test_no_programme_ticked(pagina):
    pagina.open("?pantalla=programas")
    pagina.page.locator("button[type=submit]").click()
    pagina.page.get_by_role("link", name="Marca al menos un programa.").click()
    expect(pagina.field("IMMEX")).to_be_focused()


def test_bad_parameters_are_reported_and_ignored(pagina):
    bad = ("ejercicio=1990", "programas=IMEX", "ventas=1.5", "fecha=2024-02-30", "nada=1")
    pagina.open(f"?pantalla=datos&{'&'.join(bad)}&exportaciones=7")
    for parameter in bad:
        notice = pagina.page.locator("#avisos > *").filter(has_text=f"«{parameter.partition('=')[0]}")
        expect(notice).to_contain_text("Se ignoró")
    expect(pagina.field("Total exportaciones (b)")).to_have_value("7")


def test_dates(pagina):
    pagina.open("?pantalla=plazos&ejercicio=2023&programas=IMMEX&fecha=2024-06-03")
    pagina.type("Fecha de presentación", "2024-03-31")
    expect(pagina.error("presentacion")).to_contain_text("del 1 de abril de 2024 al 31 de diciembre de 2024")
    expect(pagina.page.locator("[data-programa=IMMEX]")).to_have_attribute("data-estado", "suspendido")
    pagina.field("Fecha de presentación").clear()
    pagina.field("Fecha de presentación").press_sequentially("1")
    pagina.field("Fecha de presentación").blur()
    expect(pagina.error("presentacion")).to_contain_text("no existe o está incompleta")


class TestSigning:
    @pytest.fixture
    def ready(self, pagina):
        """A complete request, from the draft of somebody who typed it before."""
        pagina.open("?pantalla=solicitante")
        body = presented(ventas="1,000", exportaciones="1,000").encode()
        pagina.field("Abrir borrador").set_input_files({"name": "b.json", "mimeType": "", "buffer": body})
        expect(pagina.field("RFC")).to_have_value("EKU9003173C9")
        pagina.go("Firmar")
        return pagina

    def test_what_is_missing_is_listed_and_linked(self, pagina, efirma):
        pagina.open(COMPLETA)
        pagina.choose_efirma(efirma)
        pagina.press("Firmar")
        summary = pagina.page.locator("#resumen-errores")
        expect(summary).to_be_focused()
        expect(summary).to_contain_text("Escribe el número de programa IMMEX.")
        summary.get_by_role("link", name="Escribe el RFC de la empresa.").click()
        expect(pagina.field("RFC")).to_be_focused()

    def test_wrong_password_and_then_the_right_one(self, ready, efirma):
        ready.choose_efirma(efirma, contrasena="otra")
        ready.press("Firmar")
        expect(ready.error("contrasena")).to_contain_text("La contraseña no abre esta clave privada")
        ready.field("Contraseña de clave privada").fill("")
        ready.press("Firmar")
        expect(ready.error("contrasena")).to_contain_text("Escribe la contraseña")
        ready.field("Contraseña de clave privada").fill(efirma.contrasena)
        ready.press("Firmar")
        expect(ready.page.locator("#firma-lista")).to_be_visible()

    def test_files_that_are_not_what_they_should_be(self, ready, efirma):
        def choose(label, body):
            ready.field(label).set_input_files({"name": "x", "mimeType": "", "buffer": body})

        ready.press("Firmar")
        expect(ready.error("certificado")).to_contain_text("Elige el certificado")
        choose("Certificado (.cer)", b"no soy un certificado")
        expect(ready.error("certificado")).to_contain_text("no es un certificado o está dañado")
        choose("Certificado (.cer)", efirma.key)
        expect(ready.error("certificado")).to_contain_text("elegiste una clave privada")
        choose("Certificado (.cer)", efirma.cer)
        expect(ready.error("certificado")).to_have_count(0)
        ready.press("Firmar")
        expect(ready.error("llave")).to_contain_text("Elige la clave privada")
        ready.field("Contraseña de clave privada").fill(efirma.contrasena)
        choose("Clave privada (.key)", b"no soy una clave")
        ready.press("Firmar")
        expect(ready.error("llave")).to_contain_text("no es una clave privada o está dañado")
        choose("Clave privada (.key)", efirma.cer)
        ready.press("Firmar")
        expect(ready.error("llave")).to_contain_text("elegiste un certificado")
        choose("Clave privada (.key)", make_efirma(llave=1).key)
        ready.press("Firmar")
        expect(ready.error("llave")).to_contain_text("no corresponde a ese certificado")

    @pytest.mark.parametrize(
        ("variant", "message"),
        [
            ({"tipo": "csd"}, "Certificado de Sello Digital"),
            ({"hasta": datetime(2024, 1, 2, tzinfo=UTC)}, "venció el 1 de enero de 2024"),
            ({"desde": datetime(2090, 3, 5, 18, tzinfo=UTC)}, "válido a partir del 5 de marzo de 2090"),
            ({"rfc": "AAA010101AAA"}, "del RFC AAA010101AAA y la solicitud es del RFC EKU9003173C9"),
        ],
        ids=["csd", "vencido", "aun-no-vigente", "rfc-distinto"],
    )
    def test_certificates_that_cannot_sign(self, ready, variant, message):
        ready.choose_efirma(make_efirma(**variant))
        expect(ready.error("certificado")).to_contain_text(message)
        ready.press("Firmar")
        expect(ready.page.locator("#resumen-errores")).to_contain_text(message)
        expect(ready.page.locator("#firma-lista")).to_have_count(0)

    def test_a_change_after_signing_asks_to_sign_again(self, ready, efirma):
        ready.choose_efirma(efirma)
        ready.page.get_by_role("button", name="Firmar", exact=True).dblclick()
        expect(ready.page.locator("#firma-lista")).to_be_visible()
        expect(ready.page.locator("#resumen-errores")).to_have_count(0)
        ready.go("Datos de reporte anual")
        ready.type("Ventas totales (a)", "2000")
        expect(ready.page.locator("#avisos")).to_contain_text("vuelve a firmar")
        ready.go("Firmar")
        expect(ready.page.locator("#firma-lista")).to_have_count(0)


def test_a_late_answer_leaves_whoever_types_where_they_are(pagina):
    pagina.open("?pantalla=solicitante")
    typing = """() => {
        document.querySelector('button[type=submit]').click();
        document.getElementById('rfc').focus();
    }"""
    pagina.page.evaluate(typing)
    expect(pagina.page.locator("#resumen-errores")).to_be_visible()
    expect(pagina.field("RFC")).to_be_focused()
    pagina.page.keyboard.type("EKU9003173C9")
    expect(pagina.field("RFC")).to_have_value("EKU9003173C9")
    pagina.page.locator("button[type=submit]").click()
    expect(pagina.page.locator("#resumen-errores")).to_be_focused()
