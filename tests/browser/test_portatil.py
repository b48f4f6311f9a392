"""The portable page, opened from the disk with no network at all. The other tests run on it with RAOCE_PORTATIL."""

import hashlib
import json
import re
import shutil
from pathlib import Path
from urllib.parse import unquote

import pytest
from conftest import DIST, PORTABLE, Pagina
from playwright.sync_api import expect
from test_prosec import add, rows

from construir.portatil import portatil
from documentos.hojas.hojas import read, recognise
from esperas import python_works
from raoce.firma.certificado import Certificado
from raoce.firma.jws import parse, verify_rs256
from serve import Site

# The hosted site is not opened: what a device keeps of it would be made for nothing.
pytestmark = pytest.mark.primera_visita
ARCHIVO = PORTABLE or DIST / portatil.NAME
# What a page from the disk may ask for, itself apart.
INSIDE = ("blob:", "data:")


@pytest.fixture
def stick(tmp_path):
    """The file alone, in a folder as people name theirs."""
    folder = tmp_path / "Mis documentos (copia) #2 ñ"
    folder.mkdir()
    return Path(shutil.copy(ARCHIVO, folder)).as_uri()


@pytest.fixture
def requests(context):
    """The addresses that the pages of the context ask for; there is no network to answer them."""
    seen = []
    context.on("request", lambda request: seen.append(request.url))
    context.set_offline(True)
    return seen


def save(pagina, button, path):
    body = pagina.download(button).cuerpo
    path.write_bytes(body)
    return body


@pytest.mark.cada_motor
def test_the_whole_job_and_nothing_is_asked_for(context, requests, stick, efirma, tmp_path):
    pagina = Pagina(context.new_page(), stick)
    problems = []
    pagina.page.on("console", lambda m: problems.append(m.text) if m.type == "error" else None)
    pagina.page.on("pageerror", lambda error: problems.append(str(error)))
    pagina.open(
        "?pantalla=programas&ejercicio=2023&programas=PROSEC&fecha=2024-04-20&modalidad-PROSEC=productor-directo"
    )
    expect(pagina.page.locator("#portatil")).to_contain_text("Copia para usar sin internet")
    pagina.type("Número de programa PROSEC", "2019-8664")
    pagina.go("Solicitante")
    pagina.field("Código postal").fill("81248")
    expect(pagina.field("Municipio o alcaldía")).to_have_value("Ahome")
    pagina.fill_empresa()
    pagina.go("Datos de reporte anual")
    pagina.type("Ventas totales (a)", "5000")
    pagina.type("Total exportaciones (b)", "3500")
    pagina.type("Total importaciones (c)", "4000")
    expect(pagina.field("Exportaciones en dólares")).to_have_text("197,362.81")
    pagina.press("Continuar a Relación de bienes producidos")
    add(pagina)
    expect(rows(pagina)).to_have_count(1)
    libro = recognise(read("b.xlsx", save(pagina, "Exportar a Excel", tmp_path / "b.xlsx")))
    assert [row.fila.descripcion for row in libro.filas] == ["Café & «Ñandú» tostado"]
    pagina.page.get_by_role("link", name="Hoja de captura").click()
    assert save(pagina, "Descargar PDF", tmp_path / "c.pdf").startswith(b"%PDF-")

    pagina.go("Firmar")
    pagina.choose_efirma(efirma)
    expect(pagina.page.locator("#firmante")).to_contain_text("ENSAMBLES KUAUTLI")
    pagina.press("Firmar")
    expect(pagina.page.locator("#firma-lista")).to_be_focused()
    jws = parse(save(pagina, "Descargar solicitud firmada", tmp_path / "firmada.json"))
    signer = Certificado(jws.certificado)
    assert verify_rs256(jws.por_firmar.signing_input, jws.firma, signer.modulo, signer.exponente)
    assert json.loads(jws.payload)["solicitante"]["rfc"] == "EKU9003173C9"

    pagina.page.get_by_role("link", name="Verificar un archivo").click()
    pagina.field("Archivo firmado").set_input_files(tmp_path / "firmada.json")
    expect(pagina.page.locator("h1")).to_have_attribute("data-veredicto", "no-comprobable")
    # Firefox does not tell that a file is opened.
    itself = {stick} if pagina.engine == "chromium" else set()
    assert {url.split("?")[0] for url in requests if not url.startswith(INSIDE)} == itself
    assert problems == []


def test_a_reload_keeps_what_was_typed_and_closing_forgets_it(context, requests, stick):
    pagina = Pagina(context.new_page(), stick).open("?pantalla=solicitante")
    pagina.type("RFC", "EKU9003173C9")
    pagina.go("Programas")  # so it has been computed, and kept
    pagina.page.reload()
    python_works(pagina.page)
    pagina.go("Solicitante")
    expect(pagina.field("RFC")).to_have_value("EKU9003173C9")
    assert pagina.page.evaluate("indexedDB.databases()") == []
    pagina.page.close()
    again = Pagina(context.new_page(), stick).open("?pantalla=solicitante")
    expect(again.field("RFC")).to_have_value("")


# Every way out that a script has, towards a `server`; answers those that failed.
WAYS_OUT = """async server => {
    const ways = {
        fetch: () => fetch(server, { mode: 'no-cors', signal: AbortSignal.timeout(3000) }),
        disk: () => fetch('file:///etc/hosts'),
        socket: () => new Promise((done, fail) => {
            Object.assign(new WebSocket(server.replace('http', 'ws')), { onopen: done, onerror: fail });
        }),
        import: () => import(server),
        eval: () => new Function('1')(),
    };
    const failed = [];
    for (const way in ways) try { await ways[way](); } catch { failed.push(way); }
    return failed;
}"""
TRY = """async server => {
    const blocked = new Set();
    addEventListener('securitypolicyviolation', event => blocked.add(event.effectiveDirective));
    const add = (tag, properties) => document.body.appendChild(Object.assign(document.createElement(tag), properties));
    await new Promise(done => add('img', { src: server, onload: done, onerror: done }));
    add('iframe', { src: server });
    add('link', { rel: 'stylesheet', href: server });
    add('script', { textContent: 'var intruder = 1' });
    add('form', { action: server }).submit();
    navigator.sendBeacon(server, 'x');
    const ways = WAYS_OUT;
    const code = `onmessage = async ({ data }) => postMessage(await (${ways})(data))`;
    const worker = new Worker(URL.createObjectURL(new Blob([code])));
    const inside = await new Promise(done => {
        worker.onmessage = ({ data }) => done(data);
        worker.postMessage(server);
    });
    return { page: await ways(server), inside, blocked: [...blocked], intruder: 'intruder' in window };
}""".replace("WAYS_OUT", WAYS_OUT)


def test_a_python_that_falls_silent_is_started_again_from_what_the_page_has(context, requests, stick):
    pagina = Pagina(context.new_page(), stick)
    # An event that never arrives is one that is never answered.
    pagina.page.add_init_script(
        "const { postMessage } = Worker.prototype; Worker.prototype.postMessage = function (message, ...rest) {"
        " if (!String(message).includes('COLGAR')) postMessage.call(this, message, ...rest); }"
    )
    pagina.open("?pantalla=solicitante")
    pagina.type("RFC", "EKU9003173C9")
    pagina.page.clock.install()
    pagina.field("Calle").fill("COLGAR")
    expect(pagina.page.locator("html[data-ocupado=si]")).to_be_attached()
    pagina.page.clock.fast_forward(20_000)
    expect(pagina.page.locator("#falla [data-clase=reinicio]")).to_be_visible(timeout=90_000)
    expect(pagina.field("RFC")).to_have_value("EKU9003173C9")
    expect(pagina.field("Calle")).to_have_value("COLGAR")


def test_its_policy_lets_nothing_out_of_the_page_or_of_its_worker(context, stick, tmp_path):
    """There is a network here, and a server that answers: it is the policy that must refuse."""
    page = Pagina(context.new_page(), stick).open().page
    server = Site(tmp_path)
    with server as url:
        found = page.evaluate(TRY, url)
    assert server.bytes_sent == 0
    assert found["inside"] == ["fetch", "disk", "socket", "import", "eval"]
    # What a debugger evaluates is let `new Function`.
    assert {"fetch", "disk", "socket", "import"} <= set(found["page"])
    refused = {"connect-src", "img-src", "frame-src", "style-src-elem", "script-src-elem", "form-action"}
    assert refused <= set(found["blocked"]) and not found["intruder"]


def test_the_site_says_its_size_and_its_hash():
    body = (DIST / portatil.NAME).read_bytes()
    page = (DIST / "index.html").read_text(encoding="utf-8")
    link = re.search(r'<p[^>]*id="descarga-portatil">.*?</p>', page)[0]
    assert f'href="{portatil.NAME}"' in link and f"{len(body) / 1e6:.1f} MB" in link
    assert hashlib.sha256(body).hexdigest() in link


def test_it_is_whole_and_says_so():
    """It points to no file beside it, offers no copy of itself, and carries the licences of what it carries."""
    page = ARCHIVO.read_text(encoding="utf-8")
    head = page.partition("<footer")[0]
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', head)[1]
    assert "'self'" not in policy and "unsafe-inline" not in policy and "connect-src" not in policy
    assert policy.startswith("default-src 'none'; script-src 'sha256-")
    elements = re.sub(r"<(script|style)\b[^>]*>.*?</\1>", "", page, flags=re.DOTALL)
    assert not [a for a in re.findall(r'(?:src|href)="([^"]*)"', elements) if re.match(r"(?![?#]|data:|mailto:)", a)]
    assert portatil.NAME not in elements and "raoce-1.schema.json" not in unquote(elements)
    assert "fpdf2" in page and "MIT License" in page


def test_it_speaks_english_from_the_first_moment(context, requests, stick):
    pagina = Pagina(context.new_page(), stick).open("?lang=en&pantalla=captura")
    expect(pagina.page.locator("h1")).to_contain_text("Capture sheet")
    expect(pagina.page.locator("#portatil")).to_contain_text("It leaves nothing on the computer")
    pagina.page.get_by_role("link", name="Español").click()
    expect(pagina.page.locator("#portatil")).to_contain_text("No deja nada en el equipo")
    assert [url for url in requests if not url.startswith((stick, *INSIDE))] == []
