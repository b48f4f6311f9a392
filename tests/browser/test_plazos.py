"""«Plazos» as a filer questions it: other days, other programmes, days of the SE, new programmes, other years."""

from datetime import date

from conftest import only_hosted
from icalendar import Calendar
from playwright.sync_api import expect

from casos import load


def open_part(pagina, name):
    pagina.page.locator("details.consulta > summary").filter(has_text=name).click()


def expect_cards(pagina, caso):
    for programa, (estado, limite, ultima) in caso["espera"].items():
        card = pagina.page.locator(f"[data-programa={programa}]")
        expect(card).to_have_attribute("data-estado", estado)
        expect(card).to_have_attribute("data-limite", str(limite))
        expect(card).to_have_attribute("data-ultima", str(ultima))


def test_every_case_of_the_lawyer_on_one_page(pagina):
    """Moving the dates and the programmes moves every card at once."""
    pagina.open("?pantalla=plazos")
    for caso in load("situaciones")["casos"]:
        if "autorizacion" in caso:
            continue
        pagina.field("Ejercicio").select_option(str(caso["ejercicio"]))
        for programa in ("IMMEX", "PROSEC", "ALTEX", "ECEX"):
            pagina.field(programa).set_checked(programa in caso["programas"])
        presentacion = caso.get("presentacion")
        pagina.type("Fecha de presentación", presentacion.isoformat() if presentacion else "")
        pagina.type("Fecha de consulta", caso["consulta"].isoformat())
        expect_cards(pagina, caso)


def test_cases_of_new_programmes_by_link(pagina):
    for caso in load("situaciones")["casos"]:
        if "autorizacion" not in caso:
            continue
        dates = "".join(f"&autorizacion-{p}={dia}" for p, dia in caso["autorizacion"].items())
        held = ",".join(caso["programas"])
        pagina.open(f"?ejercicio={caso['ejercicio']}&programas={held}&fecha={caso['consulta']}{dates}")
        expect_cards(pagina, caso)
        pagina.press("Borrar todo")
        pagina.press("Sí, borrar todo")
        expect(pagina.page.locator("#avisos")).to_contain_text("Se borró todo")


def test_stepping_through_the_year(pagina):
    pagina.open("?pantalla=plazos&ejercicio=2023&programas=IMMEX,PROSEC&fecha=2024-03-31")
    estado = pagina.page.locator("[data-programa=PROSEC]")
    expect(estado).to_have_attribute("data-estado", "no-inicia")
    pagina.press("Un día después")
    expect(estado).to_have_attribute("data-estado", "en-plazo")
    expect(pagina.field("Fecha de consulta")).to_have_value("2024-04-01")
    pagina.press("Un día antes")
    expect(estado).to_have_attribute("data-estado", "no-inicia")
    seen = []
    for dia in ("2024-04-01", "2024-06-01", "2024-07-01", "2024-09-01"):
        pagina.press("Ir al siguiente cambio")
        expect(pagina.field("Fecha de consulta")).to_have_value(dia)
        seen.append(estado.get_attribute("data-estado"))
    assert seen == ["en-plazo", "suspendido", "cancelado", "cancelado"]
    pagina.field("Recorrer 2024").fill("152")
    expect(pagina.field("Fecha de consulta")).to_have_value("2024-05-31")
    expect(estado).to_have_attribute("data-estado", "en-plazo")
    pagina.field("Recorrer 2024").press("ArrowRight")
    expect(estado).to_have_attribute("data-estado", "suspendido")


def test_days_of_the_se_are_added_kept_and_removed(pagina):
    pagina.open("?pantalla=plazos&ejercicio=2023&programas=IMMEX&fecha=2024-05-20")
    card = pagina.page.locator("[data-programa=IMMEX]")
    open_part(pagina, "Días inhábiles de la SE")
    pagina.press("Agregar días")
    expect(pagina.error("inhabil_desde")).to_contain_text("Escribe el día")
    pagina.type("Desde", "2024-05-31")
    pagina.type("Hasta", "2024-05-30")
    pagina.press("Agregar días")
    expect(pagina.error("inhabil_desde")).to_contain_text("anterior al primero")
    expect(card).to_have_attribute("data-limite", "2024-05-31")
    pagina.type("Desde", "2024-05-30")
    pagina.type("Hasta", "2024-05-31")
    pagina.type("Referencia al DOF", "DOF 02-05-2024 <b>")
    pagina.press("Agregar días")
    expect(card).to_have_attribute("data-limite", "2024-05-29")
    expect(pagina.page.locator(".periodos")).to_contain_text("DOF 02-05-2024 <b>")
    pagina.page.reload()
    expect(card).to_have_attribute("data-limite", "2024-05-29", timeout=60_000)
    open_part(pagina, "Días inhábiles de la SE")
    pagina.page.locator(".periodos").get_by_role("button", name="Quitar").click()
    expect(card).to_have_attribute("data-limite", "2024-05-31")


def test_the_suspension_of_2021_shows_both_results(pagina):
    pagina.open("?pantalla=plazos&ejercicio=2020&programas=IMMEX&fecha=2021-08-20")
    card = pagina.page.locator("[data-programa=IMMEX]")
    expect(card).to_have_attribute("data-ultima", "2021-08-31")
    expect(card).to_contain_text("Si cuenta, la fecha sería el 27 de septiembre de 2021")
    open_part(pagina, "Días inhábiles de la SE")
    pagina.press("No tomarla en cuenta")
    expect(card).not_to_contain_text("27 de septiembre")


def test_must_i_file_in_three_questions(pagina):
    pagina.open("?pantalla=plazos&ejercicio=2023")
    open_part(pagina, "¿Debo presentar?")
    answer = pagina.page.locator("#deber-respuesta")
    pagina.field("¿Qué programa es?").select_option("IMMEX")
    pagina.field("No, está vigente o suspendido").check()
    for when, presenta in (
        ("Antes de 2023", "si"),
        ("En 2023, el año que se reporta", "si"),
        ("En 2024 o después", "no"),
    ):
        pagina.field(when).check()
        expect(answer).to_have_attribute("data-presenta", presenta)
    pagina.field("Sí").check()
    expect(answer).to_have_attribute("data-presenta", "no")
    expect(answer).to_contain_text("Un programa cancelado no presenta")


def test_two_years_side_by_side(pagina):
    pagina.open("?pantalla=plazos&ejercicio=2023")
    open_part(pagina, "Qué cambió entre dos años")
    changed = pagina.page.locator("#cambios tr.fila-cambio")
    expect(changed).to_have_count(2)
    expect(changed.first).to_contain_text("31 de mayo de 2024")
    expect(changed.first).to_contain_text("28 de abril de 2023")
    expect(changed.first).to_contain_text("por confirmar")
    pagina.field("Comparado con").select_option("2025")
    expect(changed).to_have_count(0)


def test_capture_gives_the_last_day_to_sign(pagina):
    pagina.open("?pantalla=plazos&ejercicio=2023&programas=IMMEX&fecha=2024-05-20")
    pagina.type("Fecha de captura", "2024-05-20")
    expect(pagina.page.locator("#firma-hasta")).to_contain_text("martes 4 de junio de 2024")


def test_reminders_for_the_users_own_calendar(pagina):
    pagina.open("?pantalla=plazos&ejercicio=2023&programas=IMMEX,PROSEC&fecha=2024-04-10&presentacion=2024-04-30")
    pagina.type("Fecha de captura", "2024-04-20")
    calendar = pagina.download("Agregar a mi calendario")
    assert calendar.nombre == "RAOCE_fechas_2023.ics"
    events = Calendar.from_ical(calendar.cuerpo).walk("VEVENT")
    days = {e.decoded("dtstart") for e in events}
    limits = {date(2024, 4, 1), date(2024, 5, 31), date(2024, 6, 28), date(2024, 8, 30)}
    to_sign, to_correct = date(2024, 5, 5), date(2024, 5, 8)
    assert limits | {to_sign, to_correct} <= days
    assert len({str(e["uid"]) for e in events}) == len(events)


@only_hosted("no package can fail to come")
def test_reminders_that_cannot_be_made_say_so(pagina):
    pagina.open("?pantalla=plazos&ejercicio=2023&programas=IMMEX&fecha=2024-04-10")
    pagina.page.context.set_offline(True)
    pagina.press("Agregar a mi calendario")
    expect(pagina.page.locator("#avisos")).to_contain_text("Revisa tu conexión")
    pagina.page.context.set_offline(False)
    pagina.download("Agregar a mi calendario")
    pagina.expected_errors = True
