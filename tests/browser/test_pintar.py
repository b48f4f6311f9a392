"""What Python answers, laid over the page: what is right already stays untouched, and fields say what it says."""

import pytest
from playwright.sync_api import expect

FILA = '<tr id="{id}"><td><input type="checkbox" id="m{id}" name="m{id}" value="si"></td><td>{texto}</td></tr>'
CAMPOS = """
  <p><input id="texto" name="texto" value="uno"></p>
  <p><input type="checkbox" id="si" name="si" value="si" checked></p>
  <p><input type="radio" id="a" name="lado" value="a" checked><input type="radio" id="b" name="lado" value="b"></p>
  <p><select id="cual" name="cual"><option value="x">x</option><option value="y" selected>y</option></select></p>
  <p><textarea id="largo" name="largo">dos</textarea></p>
"""
# Paints twice in a place of its own, with something done to it in between; tells what the second time changed.
PAINT = """async ([first, second, done]) => {
    const { paint } = await import(new URL('static/js/pintar.js', document.baseURI));
    const place = document.body.appendChild(document.createElement('div'));
    paint(place, first, {});
    const field = (id) => place.querySelector(`#${id}`);
    const does = {
        nothing: () => {},
        type: () => {
            field('texto').value = 'otro';
            field('largo').value = 'otro';
            field('cual').value = 'x';
            field('si').checked = false;
            field('b').checked = true;
        },
    };
    does[done]();
    const observer = new MutationObserver(() => {});
    observer.observe(place, { subtree: true, childList: true, attributes: true, characterData: true });
    paint(place, second, {});
    const touched = observer.takeRecords().map(({ target: t }) => t.closest?.('tr')?.id ?? t.nodeName);
    const said = (f) => (f.matches('[type=checkbox], [type=radio]') ? f.checked : f.value);
    const says = Object.fromEntries([...place.querySelectorAll('[name]')].map((f) => [f.id, said(f)]));
    place.remove();
    return { touched, says };
}"""


@pytest.mark.cada_motor
def test_rows_that_are_as_they_must_be_are_not_touched(pagina):
    page = pagina.open("?pantalla=plazos").page
    before, after = (
        "<table><tbody>" + "".join(FILA.format(id=f"r{n}", texto=texto(n)) for n in range(5)) + "</tbody></table>"
        for texto in (str, lambda n: "otra" if n == 3 else str(n))
    )
    assert page.evaluate(PAINT, [before, before, "nothing"])["touched"] == []
    touched = page.evaluate(PAINT, [before, after, "nothing"])["touched"]
    assert touched and "r1" not in touched and "TABLE" not in touched


@pytest.mark.cada_motor
def test_a_field_says_what_the_answer_says_even_where_its_html_is_the_same(pagina):
    page = pagina.open("?pantalla=plazos").page
    says = page.evaluate(PAINT, [CAMPOS, CAMPOS, "type"])["says"]
    assert says == {"texto": "uno", "si": True, "a": True, "b": False, "cual": "y", "largo": "dos"}


# The postal code is typed and the next field has the focus before its state comes.
HURRY = """() => {
    const code = document.querySelector('[name=codigo_postal]');
    code.value = '81248';
    code.dispatchEvent(new Event('input', { bubbles: true }));
    document.querySelector('[name=estado]').focus();
}"""


@pytest.mark.cada_motor
def test_what_is_typed_takes_the_place_of_what_the_answer_puts_under_the_caret(pagina):
    page = pagina.open("?pantalla=solicitante").page
    page.evaluate(HURRY)
    expect(pagina.field("Estado")).to_have_value("Sinaloa")
    page.keyboard.type("Sonora")
    expect(pagina.field("Estado")).to_have_value("Sonora")
