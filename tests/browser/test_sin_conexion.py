"""After one visit the page does without its server, and changes version whole, when the filer says so."""

import hashlib
import json
import re
import shutil
import subprocess
import sys
from base64 import b64encode
from pathlib import Path

import pytest
from conftest import CONTEXT, DIST, EMPRESA, Pagina, only_hosted
from playwright.sync_api import expect

from documentos.hojas.hojas import read, recognise, write
from esperas import python_works
from raoce.bienes import Fila
from raoce.firma.jws import parse
from versiones import EXPECTED, UPDATE, new_version, table

pytestmark = only_hosted("that one never has a server")
SERVE = Path(__file__).parents[2] / "tools" / "serve.py"
FIGURES = "ejercicio=2023&programas=PROSEC&fecha=2024-05-15&ventas=1000&exportaciones=700&importaciones=0"
LETTER = {
    "Fecha de presentación": "2024-05-14",
    "Folio": "0201500100220200101000001",
    "Debe decir: total exportaciones": "800",
    "Lugar": "Los Mochis, Sinaloa",
    "Nombre del representante legal": "María Núñez",
}
# What the page gets for each of its files, however it gets it.
ALL_FILES = """async paths => Object.fromEntries(await Promise.all(paths.map(async path => {
    const body = await (await fetch(path, { cache: 'no-store' })).arrayBuffer();
    const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', body));
    return [path, btoa(String.fromCharCode(...digest))];
})))"""


class Servidor:
    """A server in a process of its own: when it is stopped, the connections it had are gone too."""

    def __init__(self, folder: Path, base: str = "/"):
        command = [sys.executable, SERVE, "--dir", folder, "--base", base, "--port", "8700"]
        self._process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.url = re.search(r"http\S+", self._process.stdout.readline())[0]

    def stop(self) -> None:
        self._process.kill()
        self._process.wait()
        self._process.stdout.close()


@pytest.fixture
def serve():
    """Starts a server that ends with the test."""
    started = []

    def start(folder: Path = DIST, base: str = "/") -> Servidor:
        started.append(Servidor(folder, base))
        return started[-1]

    yield start
    for servidor in started:
        servidor.stop()


@pytest.fixture
def context(browser):
    context = browser.new_context(**CONTEXT)
    yield context
    context.close()


def visit(context, url: str, query: str = "") -> Pagina:
    """A visit that lasts until the whole site is kept."""
    pagina = Pagina(context.new_page(), url).open(query)
    expect(pagina.page.locator("html")).to_have_attribute("data-sin-conexion", "si", timeout=60_000)
    return pagina


def downloaded(pagina: Pagina, button: str) -> bytes:
    return pagina.download(button).cuerpo


@pytest.mark.cada_motor
def test_the_whole_job_without_a_server(context, serve, efirma):
    servidor = serve(DIST, "/otra/carpeta/")
    first = visit(context, servidor.url, f"?pantalla=plazos&{FIGURES}")
    expect(first.page.locator("#sin-conexion")).to_have_text("Lista para usarse sin conexión", use_inner_text=True)
    servidor.stop()

    # In the tab of that first visit, where Python was there before anything was kept.
    assert downloaded(first, "Agregar a mi calendario").startswith(b"BEGIN:VCALENDAR")
    first.page.close()

    page = context.new_page()
    problems = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    pagina = Pagina(page, servidor.url).open(f"?pantalla=solicitante&{FIGURES}")
    pagina.type("Código postal", EMPRESA["Código postal"])
    expect(pagina.field("Estado")).to_have_value("Sinaloa")
    with page.expect_event("load"):
        if pagina.engine == "chromium":  # as with Ctrl+Shift+R
            context.new_cdp_session(page).send("Page.reload", {"ignoreCache": True})
        else:
            page.reload()
    python_works(page)
    expect(pagina.field("Estado")).to_have_value("Sinaloa")
    pagina.go("Programas")
    pagina.type("Número de programa PROSEC", "2019-8664")
    pagina.choose("Modalidad PROSEC", "Productor directo")
    pagina.fill_empresa()
    pagina.go("Relación de bienes producidos")
    goods = write([Fila("I", "85011001", "Motor", "06", "5", "2", "4")])
    pagina.field("Importar bienes").set_input_files({"name": "b.xlsx", "mimeType": "", "buffer": goods})
    pagina.press("Aceptar todos")
    expect(page.locator("[data-bien]")).to_have_count(1)
    sheet = downloaded(pagina, "Exportar a Excel")
    assert [row.fila.descripcion for row in recognise(read("b.xlsx", sheet)).filas] == ["Motor"]
    page.get_by_role("link", name="Hoja de captura").click()
    assert downloaded(pagina, "Descargar PDF").startswith(b"%PDF")
    pagina.go("Firmar")
    pagina.choose_efirma(efirma)
    pagina.press("Firmar")
    signed = downloaded(pagina, "Descargar solicitud firmada")
    assert json.loads(parse(signed).payload)["ejercicio"] == 2023

    # The same file is verified and corrected, and there is practice.
    file = {"name": "r.json", "mimeType": "application/json", "buffer": signed}
    page.get_by_role("link", name="Verificar un archivo").click()
    pagina.field("Archivo firmado").set_input_files(file)
    expect(page.locator("h1")).to_have_attribute("data-veredicto", "no-comprobable")
    page.get_by_role("link", name="Corregir un reporte").click()
    pagina.field("Archivo presentado").set_input_files(file)
    expect(pagina.field("Dice: ventas totales")).not_to_have_value("")
    for label, texto in LETTER.items():
        pagina.type(label, texto)
    assert downloaded(pagina, "Descargar Word").startswith(b"PK")
    assert b"X-Unsent: 1" in downloaded(pagina, "Descargar correo (.eml)")
    pagina.open("?modo=practica&caso=fecha-prosec")
    expect(page.locator(".cuestion").first).to_be_visible()
    assert problems == []


def test_a_new_version_is_taken_whole_and_when_the_filer_says_so(context, serve, memoria, tmp_path):
    folder = shutil.copytree(DIST, tmp_path / "sitio")
    old = table(folder)
    servidor = serve(folder)
    memoria.put(context, servidor.url).close()
    pagina = visit(context, servidor.url, "?pantalla=solicitante")
    news = pagina.page.get_by_text("Hay una versión nueva")
    expect(news).to_be_hidden()

    css = (folder / "static/css/raoce.css").read_bytes() + b"\n:root { --edicion: 2; }\n"
    new_version(folder, **{"static/css/raoce.css": css, "py/worker.py": (folder / "py/worker.py").read_bytes() + b"\n"})
    new = table(folder)
    changed = {path for path in new if new[path] != old[path]}
    assert changed == {"index.html", EXPECTED, "py/worker.py", "static/css/raoce.css"}
    requests = []
    context.on("request", lambda r: requests.append(r.url) if r.service_worker else None)
    assert pagina.page.evaluate(UPDATE) == "activated"
    expect(news).to_be_visible()
    # Only what changed has been fetched.
    assert {url.removeprefix(servidor.url) for url in requests} == changed | {"sw.js"}
    # Not agreed: the old one, after closing every tab too.
    pagina.page.close()
    pagina = visit(context, servidor.url, "?pantalla=solicitante")
    assert pagina.page.evaluate(ALL_FILES, list(old)) == old
    other = visit(context, servidor.url)
    expect(other.page.get_by_text("Hay una versión nueva")).to_be_visible()

    pagina.page.bring_to_front()
    pagina.field("RFC").press_sequentially("EKU9003173C9")
    pagina.page.get_by_role("button", name="Usar la versión nueva").click()
    version = re.search(r"const VERSION = '(\w+)'", (folder / "sw.js").read_text())[1]
    for tab in (pagina, other):
        expect(tab.page.locator(f"meta[name=version][content='{version}']")).to_be_attached()
        python_works(tab.page)
    expect(pagina.field("RFC")).to_have_value("EKU9003173C9")
    servidor.stop()
    assert pagina.page.evaluate(ALL_FILES, list(new)) == new
    expect(pagina.page.get_by_text("Hay una versión nueva")).to_be_hidden()
    stores = [name for name in pagina.page.evaluate("caches.keys()") if not name.startswith("instantanea")]
    assert len(stores) == 3  # the set, which it is, and the copy of the drafts


def test_a_damaged_download_never_becomes_the_site(context, serve, memoria, tmp_path):
    folder = shutil.copytree(DIST, tmp_path / "sitio")
    old = table(folder)
    servidor = serve(folder)
    memoria.put(context, servidor.url).close()
    pagina = visit(context, servidor.url)
    new_version(folder, **{"static/css/raoce.css": b":root { --edicion: 2; }\n", "py/worker.py": b"#\n"})
    whole = (folder / "static/css/raoce.css").read_bytes()
    (folder / "static/css/raoce.css").write_bytes(whole.replace(b"2", b"3"))
    assert pagina.page.evaluate(UPDATE) == "redundant"
    assert pagina.page.evaluate(ALL_FILES, list(old)) == old
    expect(pagina.page.get_by_text("Hay una versión nueva")).to_be_hidden()
    visit(context, servidor.url).page.close()
    # Mended on the server, it is offered.
    (folder / "static/css/raoce.css").write_bytes(whole)
    assert pagina.page.evaluate(UPDATE) == "activated"
    expect(pagina.page.get_by_text("Hay una versión nueva")).to_be_visible()


def test_damaged_on_the_first_visit_the_page_does_not_say_that_it_is_kept(context, serve, tmp_path):
    folder = shutil.copytree(DIST, tmp_path / "sitio")
    (folder / "static/js/word.js").write_bytes(b"// otra cosa\n")
    pagina = Pagina(context.new_page(), serve(folder).url).open()
    expect(pagina.page.locator("html")).to_have_attribute("data-sin-conexion", "no", timeout=30_000)
    expect(pagina.page.locator("#sin-conexion")).to_have_text("", use_inner_text=True)


def test_a_file_that_the_browser_lost_is_fetched_again_only_if_it_is_the_same(context, serve, memoria, tmp_path):
    folder = shutil.copytree(DIST, tmp_path / "sitio")
    servidor = serve(folder)
    memoria.put(context, servidor.url).close()
    pagina = visit(context, servidor.url)
    lose = """async path => {
        for (const name of await caches.keys()) await (await caches.open(name)).delete(new URL(path, location.href));
    }"""
    pagina.page.evaluate(lose, "static/js/word.js")
    known = table(folder)["static/js/word.js"]
    assert pagina.page.evaluate(ALL_FILES, ["static/js/word.js"]) == {"static/js/word.js": known}
    # The server has another version by now: the page starts again from it, with nothing of the old one.
    pagina.page.evaluate(lose, "index.html")
    new_version(folder, **{"static/css/raoce.css": b":root { --edicion: 2; }\n"})
    pagina = Pagina(context.new_page(), servidor.url).open()
    new = table(folder)
    assert pagina.page.evaluate(ALL_FILES, list(new)) == new


def test_the_manifest_says_what_is_needed_to_install_it():
    manifest = json.loads((DIST / "manifest.webmanifest").read_text("utf-8"))
    css = (DIST / "static/css/raoce.css").read_text("utf-8")
    assert f"--acento: {manifest['theme_color']};" in css and f"--fondo: {manifest['background_color']};" in css
    for icon in manifest["icons"]:
        body = (DIST / icon["src"]).read_bytes()
        if icon["type"] == "image/png":
            assert body[16:24] == b"".join(int(n).to_bytes(4, "big") for n in icon["sizes"].split("x"))


def test_the_list_is_the_whole_site():
    listed = table(DIST)
    there = {path.relative_to(DIST).as_posix(): path for path in DIST.rglob("*") if path.is_file()}
    # The portable page is the same site once more.
    assert listed.keys() == there.keys() - {"sw.js", "raoce-portable.html"}
    for path, known in listed.items():
        assert b64encode(hashlib.sha256(there[path].read_bytes()).digest()).decode() == known
