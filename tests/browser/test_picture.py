"""The picture of the year on «Plazos»: pointed at, tabbed to, touched, narrow, printed."""

import pytest
from conftest import Pagina
from playwright.sync_api import expect

from accesibilidad import violations

TODOS = "?pantalla=plazos&ejercicio=2024&programas=IMMEX,PROSEC,ALTEX,ECEX&fecha=2025-06-03"
HINT = "Señala, toca o enfoca un tramo"


def shown(pagina):
    """The lines to be read below the picture."""
    return pagina.page.locator(".linea__detalles > p:visible")


def segment(pagina, programa, estado):
    return pagina.page.locator(f"#linea-{programa}-{estado}")


def test_every_segment_is_reached_by_tab_in_order_of_date_and_shows_its_rule(pagina):
    pagina.open(TODOS)
    expect(shown(pagina)).to_contain_text([HINT])
    ids = pagina.page.locator(".linea__tramo").evaluate_all("them => them.map(e => e.id)")
    assert len(ids) == 16 and ids[8:12] == [
        f"linea-ALTEX-{e}" for e in ("no-inicia", "en-plazo", "vencido", "cancelado")
    ]
    pagina.page.locator(f"#{ids[0]}").focus()
    for i in ids:
        expect(pagina.page.locator(f"#{i}")).to_be_focused()
        expect(shown(pagina)).to_have_count(1)
        expect(shown(pagina)).to_have_id(f"{i}-regla")
        expect(shown(pagina)).to_contain_text("Guía RAOCE 2024")
        pagina.page.keyboard.press("Tab")
    expect(shown(pagina)).to_contain_text([HINT])


def test_pointing_prevails_over_focus_and_even_one_day_can_be_pointed_at(pagina):
    pagina.open(TODOS)
    segment(pagina, "IMMEX", "suspendido").focus()
    picture = pagina.page.locator(".linea__dibujo").bounding_box()
    vencido = segment(pagina, "ALTEX", "vencido").locator(".linea__minimo").bounding_box()
    pagina.page.mouse.move(vencido["x"] - 8, vencido["y"] + 10)
    expect(shown(pagina)).to_contain_text(["ALTEX, vencido el 31 de mayo de 2025"])
    pagina.page.mouse.move(picture["x"], picture["y"] - 60)
    expect(shown(pagina)).to_contain_text(["IMMEX, suspendido del 31 de mayo al 31 de agosto de 2025"])


def test_touching_shows_the_rule(new_device, site):
    context = new_device(been_here=True, has_touch=True, viewport={"width": 360, "height": 740})
    pagina = Pagina(context.new_page(), site).open(TODOS)
    segment(pagina, "PROSEC", "cancelado").tap()
    expect(shown(pagina)).to_contain_text(["Cancelación de PROSEC: 1 de julio"])
    context.close()


def test_the_presentation_moves_the_lanes_in_which_it_takes_effect(pagina):
    pagina.open(TODOS)
    pagina.type("Fecha de presentación", "2025-06-12")
    expect(segment(pagina, "IMMEX", "presentado")).to_have_attribute(
        "aria-label", "IMMEX, presentado, del 12 de junio al 31 de diciembre de 2025"
    )
    expect(segment(pagina, "IMMEX", "cancelado")).to_have_count(0)
    expect(segment(pagina, "ALTEX", "cancelado")).to_be_visible()
    expect(pagina.page.locator(".linea__presentacion")).to_have_count(2)


@pytest.mark.parametrize("ancho", [320, 480, 700, 1200])
def test_names_stay_inside_their_segments_and_the_page_never_scrolls_sideways(pagina, ancho):
    pagina.page.set_viewport_size({"width": ancho, "height": 740})
    pagina.open(TODOS)
    pagina.page.get_by_text("Ver como tabla").click()
    assert pagina.page.evaluate("document.documentElement.scrollWidth") <= ancho
    outside = """them => them.filter(text => {
        const [name, bar] = [text, text.parentElement.querySelector('rect')].map(e => e.getBoundingClientRect());
        return name.width && (name.left < bar.left || name.right > bar.right);
    }).map(text => text.textContent)"""
    names = pagina.page.locator(".linea__nombre")
    assert names.evaluate_all(outside) == []
    assert names.filter(visible=True).count() >= 4
    month = pagina.page.locator(".linea__dibujo > g .linea__texto").first
    assert month.evaluate("e => e.getBoundingClientRect().width < 14") == (ancho < 560)


def test_accessibility(pagina):
    pagina.open(TODOS + "&presentacion=2025-06-12")
    pagina.page.get_by_text("Ver como tabla").click()
    segment(pagina, "IMMEX", "suspendido").focus()
    assert violations(pagina.page, ".linea") == []


def test_in_print_the_table_takes_the_place_of_the_lines(pagina):
    pagina.open(TODOS)
    pagina.page.emulate_media(media="print")
    expect(pagina.page.locator(".linea__dibujo")).to_be_visible()
    expect(shown(pagina)).to_have_count(0)
    expect(pagina.page.get_by_role("cell", name="Cancelación de IMMEX: 1 de septiembre")).to_be_visible()
