"""Inside the frame of a page of another origin: messages, height, sandbox, and what it says with too little."""

import re

import pytest
from conftest import DIST, QUERY_IN_FRAME, put_in_frame
from playwright.sync_api import expect

from esperas import python_works
from serve import Site


@pytest.fixture
def host(device, site):
    """A page of another origin that shows the site in a frame and keeps what it is told."""
    with Site(DIST) as other:
        page = device.new_page()

        def show(sandbox=None, query=QUERY_IN_FRAME):
            return put_in_frame(page, other, site + query, sandbox)

        yield page, show


@pytest.mark.cada_motor
@pytest.mark.parametrize("sandbox", [None, "allow-scripts allow-same-origin allow-downloads"])
def test_it_works_and_tells_its_state_and_height(host, sandbox):
    page, show = host
    frame = show(sandbox)
    python_works(frame)
    expect(frame.locator("[data-programa=IMMEX]")).to_have_attribute("data-estado", "suspendido")
    expect(frame.locator(".cabecera")).to_be_hidden()
    expect(frame.locator(".pie")).to_be_hidden()
    told = page.evaluate("told")
    assert all(message["raoce"] == 1 for message in told)
    kinds = [message["tipo"] for message in told]
    assert "listo" in kinds and max(m["altura"] for m in told if m["tipo"] == "altura") > 600
    state = next(m for m in told if m["tipo"] == "estado")
    assert state["programas"] == [
        {
            "programa": "IMMEX", "estado": "suspendido", "limite": "2024-05-31", "ultima": "2024-08-30",
            "compromiso": "incompleto",
        }
    ]  # fmt: skip
    frame.get_by_label("Fecha de consulta", exact=True).fill("2024-05-20")
    frame.get_by_label("Fecha de consulta", exact=True).blur()
    expect(frame.locator("[data-programa=IMMEX]")).to_have_attribute("data-estado", "en-plazo")
    last = [m for m in page.evaluate("told") if m["tipo"] == "estado"][-1]
    assert last["programas"][0]["estado"] == "en-plazo"


def test_it_stays_a_part_of_the_other_page_when_the_screen_changes(host):
    page, show = host
    frame = show()
    python_works(frame)
    frame.get_by_role("navigation", name="Pasos").get_by_role("link", name="Firmar").click()
    expect(frame.locator("main")).to_contain_text("Aquí no se firma")
    assert "incrustado=1" in page.frames[1].url


def test_no_amount_and_nothing_of_the_company_is_told(host):
    page, show = host
    frame = show(query=QUERY_IN_FRAME.replace("plazos", "datos") + "&ventas=987654&exportaciones=123456")
    python_works(frame)
    expect(frame.locator("[data-compromiso=IMMEX]")).to_have_attribute("data-resultado", "cumple")
    told = str(page.evaluate("told"))
    assert "cumple" in told and "987654" not in told and "123456" not in told


@pytest.mark.parametrize("sandbox", ["", "allow-scripts"])
def test_with_too_little_it_says_what_to_allow(host, sandbox):
    _, show = host
    frame = show(sandbox)
    expect(frame.get_by_text("allow-scripts allow-same-origin allow-downloads")).to_be_visible()


def test_the_page_writes_its_own_snippet(pagina):
    pagina.open("?ejercicio=2023&programas=IMMEX&ventas=1000")
    pagina.page.get_by_role("link", name="Incrustar").click()
    pagina.choose("Pantalla", "Datos de reporte anual")
    code = pagina.field("Código del marco")
    expect(code).to_have_value(
        f'<iframe src="{pagina.url}?pantalla=datos&amp;programas=IMMEX&amp;ejercicio=2023&amp;ventas=1000'
        '&amp;incrustado=1" title="RAOCE: Datos de reporte anual" id="raoce"\n'
        '  style="width:100%;height:900px;border:0"\n'
        '  sandbox="allow-scripts allow-same-origin allow-downloads"></iframe>'
    )
    pagina.field("Pantalla").select_option("practica/fecha-prosec")
    expect(code).to_have_value(re.compile(r'/\?modo=practica&amp;caso=fecha-prosec&amp;incrustado=1"'))
    pagina.press("Copiar el marco")
    expect(pagina.page.locator("[data-copiado]")).to_be_visible()
