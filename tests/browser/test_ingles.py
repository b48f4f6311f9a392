"""English in a browser: the switch, the address, what is remembered, a frame, no connection."""

import json

from conftest import EMPRESA, only_hosted
from playwright.sync_api import expect

from esperas import python_works
from idiomas import using
from raoce.firma.jws import parse
from tramite.formulario.campos import SOLICITANTE
from tramite.formulario.etiquetas import campo

ASKED = "?lang=en"


def expect_page(pagina, lang, heading, title, foot):
    """The whole page speaks a language: the screen, and what surrounds it, which comes right after."""
    expect(pagina.page.get_by_role("heading", level=1)).to_contain_text(heading)
    expect(pagina.page.locator("html")).to_have_attribute("lang", lang)
    expect(pagina.page).to_have_title(title)
    expect(pagina.page.locator(".pie")).to_contain_text(foot)


def test_the_switch_changes_everything_and_loses_nothing(pagina):
    pagina.open("?pantalla=datos&ejercicio=2023&programas=IMMEX")
    pagina.page.locator("#ventas").fill("1234")
    pagina.page.get_by_role("link", name="English").click()
    english = ("Annual report figures", "RAOCE: annual foreign trade report", "Nothing you type leaves this browser")
    expect_page(pagina, "en", *english)
    expect(pagina.page.locator("#ventas")).to_have_value("1,234")
    pagina.page.locator("#exportaciones").fill("500")
    pagina.page.get_by_role("link", name="Español").click()
    spanish = (
        "Datos de reporte anual",
        "RAOCE: reporte anual de comercio exterior",
        "Nada de lo que escribes sale de este navegador",
    )
    expect_page(pagina, "es-MX", *spanish)
    expect(pagina.page.locator("#exportaciones")).to_have_value("500")


def test_the_address_asks_for_it_and_nothing_shows_in_spanish_before(pagina):
    pagina.page.add_init_script("""
        globalThis.seen = [];
        const look = () => {
            const h1 = document.querySelector('#app h1');
            if (h1 && getComputedStyle(h1).visibility === 'visible') seen.push(h1.textContent);
            requestAnimationFrame(look);
        };
        requestAnimationFrame(look);
    """)
    pagina.open("?pantalla=programas&lang=en")
    expect(pagina.page.get_by_role("heading", level=1)).to_contain_text("Programs")
    seen = set(pagina.page.evaluate("seen"))
    assert seen and not any("Programas" in title for title in seen)
    links = pagina.page.locator("#app a[href^='?']").evaluate_all("links => links.map((a) => a.getAttribute('href'))")
    assert links and all(link.startswith("?lang=en") for link in links)


def test_it_may_ask_for_a_screen_that_comes_later(pagina):
    for pantalla, title in (("captura", "Capture sheet"), ("empresas", "My companies")):
        pagina.open(f"{ASKED}&pantalla={pantalla}")
        expect(pagina.page.get_by_role("heading", level=1)).to_contain_text(title)


@only_hosted("a page from the disk keeps nothing on the computer")
def test_it_is_remembered_on_the_device(pagina):
    pagina.open()
    pagina.page.get_by_role("link", name="English").click()
    expect(pagina.page.locator("html")).to_have_attribute("lang", "en")
    pagina.open("?pantalla=programas")
    expect(pagina.page.get_by_role("heading", level=1)).to_contain_text("Programs")


def test_going_back_after_the_switch_and_loading_again_keeps_the_language_chosen(pagina):
    pagina.open(f"{ASKED}&pantalla=programas")
    _go(pagina, "Applicant")
    pagina.page.get_by_role("link", name="Español").click()
    expect(pagina.page.get_by_role("heading", level=1)).to_contain_text("Solicitante")
    pagina.page.go_back()
    expect(pagina.page.get_by_role("heading", level=1)).to_contain_text("Programas")
    pagina.page.reload()
    python_works(pagina.page)
    expect(pagina.page.get_by_role("heading", level=1)).to_contain_text("Programas")
    expect(pagina.page.locator("html")).to_have_attribute("lang", "es-MX")


@only_hosted("everything is inside a page from the disk")
def test_where_it_does_not_come_the_page_goes_on_in_spanish_and_says_so(pagina):
    pagina.expected_errors = True
    pagina.page.route("**/*raoce_app_en*", lambda route: route.abort())
    pagina.open("?pantalla=programas")
    pagina.page.get_by_role("link", name="English").click()
    expect(pagina.page.locator("#avisos")).to_contain_text("El inglés no llegó")
    expect(pagina.page.locator("html")).to_have_attribute("lang", "es-MX")


def test_the_whole_job_in_english(pagina, efirma):
    page = pagina.page
    pagina.open(f"{ASKED}&pantalla=programas&ejercicio=2023&fecha=2024-05-20")
    pagina.field("IMMEX").check()
    known = _company()
    with using("en"):
        number, company = campo("numero-IMMEX", "etiqueta"), {campo(k, "etiqueta"): v for k, v in known.items()}
    pagina.type(number, "83-2019")
    page.locator("#modalidad-IMMEX").select_option("industrial")
    _go(pagina, "Applicant")
    for label, text in company.items():
        pagina.type(label, text)
    _go(pagina, "Annual report figures")
    pagina.type("Total sales (a)", "1000")
    pagina.type("Total exports (b)", "1000")
    expect(pagina.field("Balance (saldo) b-c")).to_have_text("1,000")
    expect(page.locator("[data-compromiso=IMMEX]")).to_have_attribute("data-resultado", "cumple")
    _go(pagina, "Deadlines")
    expect(page.locator("[data-programa=IMMEX]")).to_contain_text("31 May 2024")
    _go(pagina, "Review")
    expect(page.locator("main")).to_contain_text("The submission is complete")
    _go(pagina, "Sign")
    for label, name, body in (
        ("Certificate (.cer)", "empresa.cer", efirma.cer),
        ("Private key (.key)", "empresa.key", efirma.key),
    ):
        file = {"name": name, "mimeType": "application/octet-stream", "buffer": body}
        pagina.field(label).set_input_files(file)
    pagina.field("Private key password").fill(efirma.contrasena)
    pagina.press("Sign")
    expect(page.locator("#firma-lista")).to_be_focused()
    signed = pagina.download("Download signed submission")
    payload = json.loads(parse(signed.cuerpo).payload)
    # What is signed is Spanish, whatever the language of the page.
    assert "día hábil" in json.dumps(payload, ensure_ascii=False)
    assert not any(word in signed.cuerpo.decode() for word in ("deadline", "business day"))


def _go(pagina, step):
    pagina.unfold()
    pagina.page.get_by_role("navigation", name="Steps").get_by_role("link", name=step).click()
    expect(pagina.page.locator("h1")).to_contain_text(step)


def _company():
    """What the company's fields hold, by field."""
    names = {campo(clave, "etiqueta"): clave for clave in SOLICITANTE}
    return {names[label]: text for label, text in EMPRESA.items() if label in names}
