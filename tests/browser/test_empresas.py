"""«Mis empresas»: a few companies at a glance, filtered, searched, opened where something is missing."""

import json

from conftest import covered
from playwright.sync_api import expect

UNA = {"rfc": "EKU9003173C9", "razon_social": "Ñandú & Cía.", "ejercicio": "2023", "programa-IMMEX": "si"}
OTRA = {"rfc": "IIA040805DZ4", "ejercicio": "2023", "programa-PROSEC": "si", "presentacion": "2024-04-20"}
MUCHAS = [{"rfc": f"AAA01010100{n}", "ejercicio": "2024", "programa-ALTEX": "si"} for n in range(6)]


def bring(pagina, *drafts):
    body = json.dumps({"formato": "raoce-borradores/1", "borradores": [{"campos": d} for d in drafts]}).encode()
    pagina.field("Restaurar").set_input_files({"name": "b.json", "mimeType": "application/json", "buffer": body})
    pagina.press("Restaurar las marcadas")


def rows(pagina):
    return pagina.page.locator("[data-borrador]")


def test_the_desk_of_a_few_companies(pagina):
    page = pagina.open("?pantalla=borradores&fecha=2024-05-20").page
    expect(page.locator("h1")).to_contain_text("Mis empresas")
    expect(page.get_by_text("Todavía no hay ninguna")).to_be_visible()
    bring(pagina, UNA, OTRA, *MUCHAS)
    expect(rows(pagina)).to_have_count(8)
    first = rows(pagina).first
    expect(first).to_have_attribute("data-rfc", "EKU9003173C9")
    expect(first).to_have_attribute("data-peligro", "alto")
    expect(first.locator("[data-programa=IMMEX]")).to_have_attribute("data-estado", "en-plazo")
    expect(first).to_contain_text("Faltan 11 días")
    presented = page.get_by_role("button", name="Presentado 1")
    presented.click()
    expect(presented).to_have_attribute("aria-pressed", "true")
    expect(rows(pagina)).to_have_count(1)
    expect(rows(pagina)).to_have_attribute("data-rfc", "IIA040805DZ4")
    pagina.press("Quitar filtros")
    pagina.field("Buscar una empresa").fill("zzz")
    expect(rows(pagina)).to_have_count(0)
    pagina.field("Buscar una empresa").fill("nandu")
    pagina.field("Buscar una empresa").press("Enter")
    expect(rows(pagina)).to_have_count(1)
    pagina.press("Marcar todas las que se ven")
    expect(page.locator("#marcadas")).to_contain_text("1 marcada.")
    pagina.press("Quitar filtros")
    pagina.field("Marcar IIA040805DZ4 2023").check()
    expect(page.locator("#marcadas")).to_contain_text("2 marcadas.")
    page.locator("[data-rfc=EKU9003173C9] [data-paso=solicitante]").click()
    expect(page.locator("h1")).to_contain_text("Solicitante")
    expect(pagina.field("RFC")).to_have_value("EKU9003173C9")
    expect(page.locator("#resumen-errores")).to_be_focused()


def test_it_fits_a_phone_and_nothing_covers_it(pagina):
    page = pagina.open("?pantalla=empresas&fecha=2024-05-20").page
    folio = {"folio": "0201500100220200101000001", "presentacion": "2024-04-20"}
    long = "Comercializadora Internacional de Autopartes y Accesorios del Noroeste, S.A. de C.V."
    bring(
        pagina,
        UNA | {"razon_social": "Ñ" * 200, "programa-ECEX": "si"},
        OTRA | folio,
        *MUCHAS[1:],
        MUCHAS[0] | {"razon_social": long},
    )
    expect(rows(pagina)).to_have_count(8)
    for width in (320, 768, 1280):
        page.set_viewport_size({"width": width, "height": 740})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert covered(page) == []
    # Below the search stand the rows that it leaves, and nothing of a row is out of sight on a desk.
    search, row = (where.bounding_box() for where in (pagina.field("Buscar una empresa"), rows(pagina).first))
    assert search["y"] < row["y"] < search["y"] + 250
    assert page.locator(".mesa").evaluate("table => table.scrollWidth <= table.clientWidth")
