"""The start where servers and networks are not as they should be: it starts, or says what is in its way."""

import re
import threading
import time
from http import HTTPStatus
from http.server import ThreadingHTTPServer

import pytest
from conftest import DIST, ONE_COMPILATION, Pagina, only_hosted
from playwright.sync_api import expect

import serve
from dispositivo import Navegador
from esperas import python_works
from lugares import ROOT

pytestmark = only_hosted("it comes whole or not at all")

WASM = "static/vendor/pyodide/pyodide.asm.wasm"
STDLIB = "static/vendor/pyodide/python_stdlib.zip"
PYODIDE = "static/vendor/pyodide/pyodide.asm.js"
RUNTIME = "static/js/runtime.js"
PYSCRIPT = next(p.relative_to(DIST).as_posix() for p in (DIST / "static/vendor/pyscript").glob("core-*.js"))
WHEEL = next(p.relative_to(DIST).as_posix() for p in (DIST / "static/vendor/wheels").glob("raoce_app-*.whl"))
PAGE = b"<!doctype html><title>Bloqueado</title><h1>Sitio bloqueado por la pol\xc3\xadtica de seguridad</h1>"


def forbidden(handler, file):
    handler._answer(HTTPStatus.FORBIDDEN, "text/html", PAGE)


def replaced(handler, file):
    handler._answer(HTTPStatus.OK, "text/html; charset=utf-8", PAGE)


def changed(handler, file):
    body = bytearray(file.read_bytes())
    body[len(body) // 2 : len(body) // 2 + 40] = b"\0" * 40
    handler._answer(HTTPStatus.OK, serve.TYPES[file.suffix], bytes(body))


def cut_short(handler, file):
    """As a gateway does that gives up half way and closes its answer properly."""
    body = file.read_bytes()
    handler._answer(HTTPStatus.OK, serve.TYPES[file.suffix], body[: len(body) * 2 // 3])


def reset(handler, file):
    handler.close_connection = True
    handler.connection.close()


def silent(handler, file):
    time.sleep(30)
    handler.close_connection = True


def trickle(handler, file):
    """A slow network: it takes much longer than the patience of the page, and never stops for long."""
    body = file.read_bytes()
    handler.send_response(HTTPStatus.OK)
    handler.send_header("Content-Type", serve.TYPES[file.suffix])
    handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    pieces = 20
    size = -(-len(body) // pieces)
    for n in range(pieces):
        handler.wfile.write(body[n * size : (n + 1) * size])
        handler.wfile.flush()
        time.sleep(1.1)


def of_type(kind):
    def answer(handler, file):
        handler._answer(HTTPStatus.OK, kind, file.read_bytes())

    return answer


@pytest.fixture
def faulty():
    """Starts a server of the site that answers otherwise for some paths; its value is the site's URL."""
    servers = []

    def start(faults):
        class Handler(serve._Handler):
            folder, base, pages_cache, quiet, traffic = DIST.resolve(), "/", False, True, []

            def do_GET(self):
                path = self.path.partition("?")[0].removeprefix("/")
                if fault := faults.get(path):
                    return fault(self, DIST / path)
                return super().do_GET()

        server = serve._Server(("127.0.0.1", 0), Handler)
        assert isinstance(server, ThreadingHTTPServer)
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        servers.append(server)
        return f"http://127.0.0.1:{server.server_port}/"

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.mark.parametrize("kind", ["text/plain", "application/octet-stream", "text/html"])
def test_wasm_of_another_type_starts_all_the_same(device, faulty, kind):
    pagina = Pagina(device.new_page(), faulty({WASM: of_type(kind)})).open("?pantalla=datos&ejercicio=2023&ventas=5")
    expect(pagina.field("Ventas totales (a)")).to_have_value("5")


@pytest.mark.parametrize(
    ("path", "fault", "cause"),
    [
        (WASM, forbidden, "bloqueado"),
        (WASM, replaced, "sustituido"),
        (WASM, changed, "cambiado"),
        (WASM, cut_short, "cambiado"),
        (WASM, reset, "bloqueado"),
        (STDLIB, replaced, "sustituido"),
        (STDLIB, silent, "no-llega"),
        (WHEEL, forbidden, "bloqueado"),
        (WHEEL, changed, "cambiado"),
        (PYODIDE, forbidden, "bloqueado"),
        (RUNTIME, replaced, "sustituido"),
        (PYSCRIPT, forbidden, "bloqueado"),
        ("py/worker.py", replaced, "sustituido"),
        ("pyscript.json", forbidden, "bloqueado"),
    ],
    ids=lambda value: getattr(value, "__name__", str(value).rpartition("/")[2]),
)
def test_the_file_at_fault_is_named_soon(device, faulty, path, fault, cause):
    device.grant_permissions(["clipboard-read", "clipboard-write"])
    page = device.new_page()
    page.goto(faulty({path: fault}))
    notice = page.locator("#arranque[data-estado=archivo]")
    expect(notice).to_be_visible(timeout=40_000)
    assert page.locator("#arranque").get_attribute("data-causa") == cause
    expect(page.locator("#informe")).to_contain_text(path)
    expect(notice.get_by_role("link", name="descarga la página en un archivo")).to_be_visible()
    notice.get_by_role("button", name="Copiar para quien administra la red").click()
    assert path in page.evaluate("navigator.clipboard.readText()")
    # What was typed is on the page still.
    expect(page.locator("main")).to_be_visible()


def test_a_slow_network_that_moves_is_not_silence(device, faulty):
    page = device.new_page()
    page.goto(faulty({WASM: trickle}))
    python_works(page, 90_000)
    expect(page.locator("#arranque")).to_be_hidden()


@pytest.mark.primera_visita
def test_a_worker_that_dies_in_silence_while_it_starts_is_followed_by_another(context, site):
    page = context.new_page()
    page.add_init_script(
        "let dead; const { postMessage } = Worker.prototype; Worker.prototype.postMessage = function (...message) {"
        " dead ??= this; if (this !== dead) postMessage.apply(this, message); }"
    )
    page.goto(site + "?pantalla=datos&ejercicio=2023")
    page.get_by_label("Ventas totales (a)", exact=True).fill("5000")
    python_works(page, 90_000)
    expect(page.locator("#arranque")).to_be_hidden()
    expect(page.get_by_label("Ventas totales (a)", exact=True)).to_have_value("5000")


def test_a_device_that_sleeps_meanwhile_starts_all_the_same(playwright, site, tmp_path):
    """Longer than the page waits for a sign of life."""
    navegador = Navegador(playwright, tmp_path, [ONE_COMPILATION])
    try:
        page = navegador.context.new_page()
        page.goto(site, wait_until="commit")
        page.locator("#arranque[data-estado]").wait_for(state="attached")
        navegador.sleep(16)
        python_works(page)
    finally:
        navegador.kill()


def test_every_script_has_a_name_that_servers_know():
    scripts = [p.relative_to(DIST).as_posix() for p in DIST.rglob("*") if p.suffix in (".js", ".mjs", ".cjs")]
    assert len(scripts) > 20 and all(path.endswith(".js") for path in scripts)


def test_a_file_at_fault_is_named_within_ten_seconds_by_the_waits_of_the_page():
    """What a busy machine takes besides is not for a test to time."""

    def wait(script, name):
        source = (ROOT / "static" / "js" / script).read_text(encoding="utf-8")
        return int(re.search(rf"const {name} = ([\d_]+);", source)[1])

    assert wait("python.js", "SUSPICION") + wait("diagnostico.js", "PATIENCE") < 10_000
    assert wait("python.js", "SILENCE") == 15_000
