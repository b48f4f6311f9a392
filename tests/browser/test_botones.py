"""A button under the pointer stays the one that it was."""

from playwright.sync_api import expect

LISTA = "RFC,Denominación,Programas\n" + "\n".join(f"AAA010101{n:03},Empresa {n},IMMEX" for n in range(60))


def test_a_press_that_began_before_the_answer_came_presses_no_other_button(pagina):
    pagina.open("?pantalla=empresas&fecha=2025-04-20")
    file = {"name": "lista.csv", "mimeType": "text/csv", "buffer": LISTA.encode()}
    pagina.page.get_by_label("Importar empresas", exact=True).set_input_files(file)
    apply = pagina.page.get_by_role("button", name="Aplicar lo marcado")
    expect(apply).to_be_visible()
    pagina.page.evaluate("""() => {
        globalThis.before = [...document.querySelectorAll('[data-evento^="empresas.lista-"]')];
        globalThis.did = before.map((button) => button.dataset.evento);
    }""")
    # Everything is looked at again, and for a moment there is nothing but the progress and «Cancelar».
    pagina.choose("Ejercicio de los renglones que no lo dicen", "2022 (se presenta en 2023)")
    expect(pagina.page.locator("#previa")).to_contain_text("2022")
    expect(apply).to_be_visible()
    there = "before.map((button, n) => button.isConnected && button.dataset.evento !== did[n])"
    assert not any(pagina.page.evaluate(there))
    assert len(pagina.page.evaluate("did")) > 3
