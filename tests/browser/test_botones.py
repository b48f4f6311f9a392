"""A button under the pointer stays the one that it was."""

from playwright.sync_api import expect

LISTA = "RFC,Denominación,Programas\n" + "\n".join(f"AAA010101{n:03},Empresa {n},IMMEX" for n in range(60))


def test_a_press_that_began_before_the_answer_came_presses_no_other_button(pagina):
    pagina.open("?pantalla=empresas&fecha=2025-04-20")
    file = {"name": "lista.csv", "mimeType": "text/csv", "buffer": LISTA.encode()}
    pagina.page.get_by_label("Importar empresas", exact=True).set_input_files(file)
    apply = pagina.page.get_by_role("button", name="Aplicar lo marcado")
    expect(apply).to_be_visible()
    # Seen once the answer is on the page: a button that is still there and does something else by now.
    pagina.page.evaluate("""() => {
        globalThis.turned = [];
        const look = (changes) => {
            for (const { target, oldValue } of changes)
                if (target.isConnected && target.dataset.evento !== oldValue)
                    turned.push(`${oldValue} → ${target.dataset.evento}`);
        };
        const options = { subtree: true, attributeFilter: ['data-evento'], attributeOldValue: true };
        new MutationObserver(look).observe(document.getElementById('app'), options);
    }""")
    # Everything is looked at again, and for a moment there is nothing but the progress and «Cancelar».
    pagina.choose("Ejercicio de los renglones que no lo dicen", "2022 (se presenta en 2023)")
    expect(pagina.page.locator("#previa")).to_contain_text("2022")
    expect(apply).to_be_visible()
    apply.click()
    expect(pagina.page.locator("#avisos")).to_contain_text("Empresas nuevas: 60;")
    assert pagina.page.evaluate("turned") == []
