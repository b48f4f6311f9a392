"""«Verificar un archivo» on the built site: chosen, dropped, compared, a list."""

import pytest
from playwright.sync_api import expect

import alteraciones as al

OTHER = al.sign(al.payload_of().replace("Ñandú".encode(), b"Nandu"))


def choose(pagina, *bodies):
    files = [{"name": f"{n}.json", "mimeType": "application/json", "buffer": b} for n, b in enumerate(bodies)]
    pagina.field("Archivo firmado").set_input_files(files)
    return pagina.page.locator("main :is(h1, h2, h3)").first


@pytest.mark.parametrize(
    ("body", "verdict"),
    [
        # The authority of the tests is none of the SAT's, so no file of theirs is «válido» here.
        (al.good(), "no-comprobable"),
        (al.good(True), "no-comprobable"),
        (al.good().replace(b'"signature": "', b'"signature": "A'), "alterado"),
        (al.good().replace(b"payload", b"carga"), "no-es-reporte"),
    ],
    ids=["good", "good with goods", "altered", "another file"],
)
def test_the_verdict_comes_first(pagina, body, verdict):
    pagina.open("?pantalla=verificar")
    heading = choose(pagina, body)
    expect(heading).to_have_attribute("data-veredicto", verdict)
    expect(heading).to_be_focused()
    for never in ("revocacion", "hora"):
        expect(pagina.page.locator(f"[data-comprobacion={never}]")).to_have_attribute("data-resultado", "no-comprobado")
    if verdict == "no-comprobable":
        expect(pagina.page.locator("[data-comprobacion=cifras]")).to_have_attribute("data-resultado", "bien")
        expect(pagina.page.locator("[data-comprobacion=cadena]")).to_contain_text("Emisor no incluido")
        expect(pagina.page.locator("main")).to_contain_text("Ensambles Ñandú & Kuautli")


def test_a_dropped_file_is_verified(pagina):
    pagina.open("?pantalla=verificar")
    transfer = pagina.page.evaluate_handle(
        """text => {
            const transfer = new DataTransfer();
            transfer.items.add(new File([text], 'RAOCE.json', { type: 'application/json' }));
            return transfer;
        }""",
        al.good().decode(),
    )
    pagina.page.dispatch_event("[data-soltar]", "drop", {"dataTransfer": transfer})
    expect(pagina.page.locator("h1[data-veredicto=no-comprobable]")).to_be_visible()


def test_two_files_and_then_a_list(pagina):
    pagina.open("?pantalla=verificar")
    choose(pagina, al.good(), OTHER)
    expect(pagina.page.get_by_role("row", name="solicitante.razonSocial")).to_contain_text("Nandu")
    choose(pagina, *[al.good(), b"{}", OTHER] * 20)
    expect(pagina.page.locator("h1")).to_contain_text("60 archivos verificados")
    expect(pagina.page.locator("[data-archivo-veredicto=no-es-reporte]")).to_have_count(17)
    assert pagina.download("Descargar tabla (CSV)").cuerpo.count(b"\r\n") == 61
    pagina.press("Verificar otro archivo")
    expect(pagina.page.locator("h1")).to_have_text("Verificar un archivo")
