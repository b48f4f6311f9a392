"""The site as it is hosted: policy, origins, sub-path, storage, drafts, failures, accessibility."""

import json
import re
import shutil
from base64 import b64encode

import pytest
from conftest import DIST, Pagina, covered, only_hosted, put_in_frame
from playwright.sync_api import expect

from accesibilidad import violations
from construir.portatil import portatil
from esperas import python_works
from libreoffice import MIME, ods, row
from raoce.bienes import COLUMNAS
from serve import Site
from tramite.pantallas import HERRAMIENTAS


@only_hosted("it has no origin; test_portatil.py has the like")
def test_nothing_leaves_the_origin(device, site, efirma):
    requests = []
    page = device.new_page()
    page.on("request", lambda r: requests.append(r.url) if "icono" not in r.url else None)
    pagina = Pagina(page, site).open("?pantalla=firmar&ejercicio=2023&programas=IMMEX")
    pagina.choose_efirma(efirma)
    expect(page.locator("#firmante")).to_be_visible()
    origin = site.rstrip("/")
    foreign = {u for u in requests if not u.startswith((origin, "blob:", "data:"))}
    assert not foreign and len(requests) > 10
    # Once everything is there, typing sends nothing at all.
    before = len(requests)
    pagina.go("Solicitante")
    pagina.type("RFC", "EKU9003173C9")
    expect(pagina.field("RFC")).to_have_value("EKU9003173C9")
    assert requests[before:] == []


@only_hosted("its policy is another; test_portatil.py tries it")
def test_the_policy_is_in_force_in_the_page_and_in_the_worker(device, site):
    pagina = Pagina(device.new_page(), site).open()
    policy = pagina.page.locator("meta[http-equiv=Content-Security-Policy]").get_attribute("content")
    assert "unsafe-inline" not in policy and not re.search(r"(?<!wasm-)unsafe-eval", policy)
    assert "default-src 'none'" in policy and "connect-src 'self'" in policy
    refused = pagina.page.evaluate(
        """async () => {
            const violations = [];
            addEventListener('securitypolicyviolation', e => violations.push(e.effectiveDirective));
            const tried = [];
            // From here `new Function` would be let in: the browser exempts what a debugger evaluates.
            setTimeout('document.body.dataset.evaluado = 1');
            await new Promise(done => setTimeout(done, 50));
            if (!document.body.dataset.evaluado) tried.push('eval');
            try { await fetch('https://example.com/'); } catch { tried.push('fetch'); }
            const code = `onmessage = async () => { const r = [];
                try { new Function('1'); } catch { r.push('eval'); }
                try { await fetch('https://example.com/'); } catch { r.push('fetch'); }
                postMessage(r); }`;
            const worker = new Worker(URL.createObjectURL(new Blob([code])));
            const inside = await new Promise(done => { worker.onmessage = e => done(e.data); worker.postMessage(0); });
            return { tried, inside, violations };
        }"""
    )
    assert refused["tried"] == ["eval", "fetch"]
    assert refused["inside"] == ["eval", "fetch"]
    assert "connect-src" in refused["violations"]


@only_hosted("it asks for nothing; test_portatil.py sees to that")
def test_the_source_names_no_other_origin():
    for path in DIST.rglob("*"):
        if path.name == portatil.NAME:
            continue  # what it carries is not its source
        if path.suffix in (".html", ".css") or "/static/js/" in path.as_posix():
            text = path.read_text(encoding="utf-8")
            assert not re.findall(r"https?://(?!www\.w3\.org)", text), path


@only_hosted("it lives under no path")
@pytest.mark.parametrize("base", ["/", "/raoce/", "/a/b/c/"])
def test_it_lives_under_any_path(device, base, efirma):
    with Site(DIST, base=base) as url:
        page = device.new_page()
        problems = []
        page.on("requestfailed", lambda r: problems.append(r.url))
        page.on("response", lambda r: problems.append(r.url) if r.status >= 400 else None)
        pagina = Pagina(page, url).open("?pantalla=datos&ejercicio=2023&programas=IMMEX&ventas=1000&exportaciones=250")
        expect(pagina.field("Porcentaje exportación b/a*100")).to_have_text("25.00")
        pagina.go("Firmar")
        pagina.choose_efirma(efirma)
        expect(page.locator("#firmante")).to_be_visible()
        assert not problems


class TestDraft:
    @only_hosted("its drafts go with the tab")
    def test_it_is_saved_as_typed_and_restored(self, device, site):
        pagina = Pagina(device.new_page(), site).open("?pantalla=solicitante")
        pagina.type("Denominación o razón social", 'Ñandú & "Hijos" <S.A.>')
        pagina.type("RFC", "mal")
        pagina.go("Plazos")
        pagina.field("ALTEX").check()
        expect(pagina.page.locator("[data-programa=ALTEX]")).to_be_visible()
        pagina.page.close()
        again = Pagina(device.new_page(), site).open("?pantalla=solicitante")
        expect(again.field("Denominación o razón social")).to_have_value('Ñandú & "Hijos" <S.A.>')
        expect(again.field("RFC")).to_have_value("mal")
        again.go("Plazos")
        expect(again.field("ALTEX")).to_be_checked()

    def test_export_erase_and_import(self, pagina, tmp_path):
        pagina.open("?pantalla=datos&ejercicio=2023&programas=PROSEC&ventas=1000")
        pagina.type("Total exportaciones (b)", "12x")
        draft = pagina.download("Guardar borrador")
        saved = tmp_path / draft.nombre
        saved.write_bytes(draft.cuerpo)
        assert json.loads(draft.cuerpo)["campos"]["exportaciones"] == "12x"
        pagina.press("Borrar todo")
        pagina.press("No, conservarlo")
        expect(pagina.field("Ventas totales (a)")).to_have_value("1,000")
        pagina.press("Borrar todo")
        pagina.press("Sí, borrar todo")
        pagina.go("Datos de reporte anual")
        expect(pagina.field("Ventas totales (a)")).to_have_value("")
        pagina.page.reload()
        python_works(pagina.page)
        expect(pagina.field("Ventas totales (a)")).to_have_value("")
        pagina.field("Abrir borrador").set_input_files(saved)
        expect(pagina.field("Ventas totales (a)")).to_have_value("1,000")
        expect(pagina.field("Total exportaciones (b)")).to_have_value("12x")
        expect(pagina.error("exportaciones")).to_be_visible()

    def test_a_bad_file_leaves_the_draft_untouched(self, pagina):
        pagina.open("?pantalla=datos&ejercicio=2023&programas=PROSEC&ventas=1000")
        for body, message in (
            (b'{"formato": "raoce-borrador/1", "campos', "está dañado o incompleto"),
            (b'{"nombre": "otro programa"}', "no es un borrador de esta herramienta"),
            (b"\xff\xfe\x00", "está dañado o incompleto"),
            (b'{"payload": "", "protected": "", "signature": ""}', "solicitud ya firmada"),
            (b" " * 5_000_010, "pesa más de 5 MB"),
        ):
            pagina.field("Abrir borrador").set_input_files({"name": "x.json", "mimeType": "", "buffer": body})
            expect(pagina.page.locator("#avisos")).to_contain_text(message)
            expect(pagina.page.locator("#avisos")).to_contain_text("Tu borrador actual no cambió")
            expect(pagina.field("Ventas totales (a)")).to_have_value("1,000")

    @only_hosted("each tab has its own draft")
    def test_a_tab_left_behind_by_another_stops_writing_and_says_so(self, device, site):
        first = Pagina(device.new_page(), site).open("?pantalla=datos&ejercicio=2023&programas=PROSEC")
        second = Pagina(device.new_page(), site).open("?pantalla=datos")
        first.type("Ventas totales (a)", "88")
        expect(second.page.locator("#otra-pestana")).to_contain_text("cambió en otra pestaña")
        second.type("Total exportaciones (b)", "5")
        second.page.reload()
        expect(second.field("Ventas totales (a)")).to_have_value("88", timeout=60_000)
        expect(second.field("Total exportaciones (b)")).to_have_value("")

    def test_without_storage_the_page_works_and_says_so(self, device, site):
        page = device.new_page()
        page.add_init_script(
            """const refuse = () => { throw new DOMException('no', 'SecurityError'); };
            indexedDB.open = refuse;
            Object.defineProperty(window, 'sessionStorage', { get: refuse });"""
        )
        pagina = Pagina(page, site).open("?pantalla=datos&ejercicio=2023&programas=IMMEX&ventas=10&exportaciones=5")
        expect(page.locator("#sin-almacenamiento")).to_contain_text("Guardar borrador")
        expect(pagina.field("Porcentaje exportación b/a*100")).to_have_text("50.00")

    def test_neither_key_nor_password_is_kept(self, pagina, efirma):
        pagina.open("?pantalla=firmar&ejercicio=2023&programas=IMMEX")
        pagina.choose_efirma(efirma, contrasena="secreto-que-nadie-guarda")
        pagina.press("Firmar")
        expect(pagina.page.locator("#resumen-errores")).to_be_visible()
        kept = pagina.page.evaluate(
            """async () => {
                const found = [JSON.stringify({...localStorage}), JSON.stringify({...sessionStorage}), document.cookie];
                for (const { name } of await indexedDB.databases()) {
                    const db = await new Promise(r => { indexedDB.open(name).onsuccess = e => r(e.target.result); });
                    for (const store of db.objectStoreNames) {
                        const all = db.transaction(store).objectStore(store).getAll();
                        found.push(JSON.stringify(await new Promise(r => { all.onsuccess = () => r(all.result); })));
                    }
                    db.close();
                }
                return found.join('\\n') + document.documentElement.outerHTML;
            }"""
        )
        assert "programa-IMMEX" in kept and "secreto" not in kept

    @pytest.mark.primera_visita  # what its worker is handed is read letter by letter: not a memory of 20 MB
    def test_neither_key_nor_password_reaches_the_worker(self, context, site, efirma):
        page = context.new_page()
        page.add_init_script(
            """globalThis.sent = [];
            const words = value => JSON.stringify(value, (_, v) => ArrayBuffer.isView(v) || v instanceof ArrayBuffer
                ? [...new Uint8Array(v.buffer ?? v)].map(b => String.fromCharCode(b)).join('') : v);
            for (const kind of [Worker, MessagePort, BroadcastChannel]) {
                const { postMessage } = kind.prototype;
                kind.prototype.postMessage = function (...args) {
                    sent.push(words(args[0]) ?? '');
                    return postMessage.apply(this, args);
                };
            }"""
        )
        pagina = Pagina(page, site).open("?pantalla=programas&ejercicio=2023&programas=IMMEX&ventas=10&exportaciones=9")
        pagina.type("Número de programa IMMEX", "83-2019")
        pagina.choose("Modalidad IMMEX", "Industrial")
        pagina.fill_empresa()
        pagina.go("Firmar")
        pagina.choose_efirma(efirma)
        pagina.press("Firmar")
        expect(page.locator("#firma-lista")).to_be_visible()
        sent = "\n".join(page.evaluate("sent"))
        assert "EKU9003173C9" in sent and "firmado" in sent
        numbers = efirma.llave.private_numbers()
        secrets = [n.to_bytes(128, "big") for n in (numbers.p, numbers.q)] + [efirma.key]
        assert efirma.contrasena not in sent
        for secret in secrets:
            assert b64encode(secret[3:63]).decode() not in sent and secret[:40].decode("latin-1") not in sent


@only_hosted("no file can be missing")
def test_when_python_cannot_start_the_page_says_so_and_offers_to_retry(device, tmp_path):
    site = tmp_path / "sitio"
    shutil.copytree(DIST, site)
    wasm = site / "static/vendor/pyodide/pyodide.asm.wasm"
    wasm.rename(tmp_path / "aparte")
    with Site(site) as url:
        page = device.new_page()
        page.goto(url)
        expect(page.get_by_role("button", name="Reintentar")).to_be_visible(timeout=60_000)
        expect(page.locator("#arranque")).to_contain_text("No se pudieron preparar los cálculos")
        (tmp_path / "aparte").rename(wasm)
        page.get_by_role("button", name="Reintentar").click()
        python_works(page)


@only_hosted("no page frames a file of the disk")
def test_accessibility_in_english_on_a_narrow_screen(pagina):
    narrow, page = {"width": 320, "height": 640}, pagina.page
    page.set_viewport_size(narrow)
    query = "ejercicio=2023&programas=IMMEX,PROSEC,ALTEX,ECEX&fecha=2024-06-03&ventas=10&exportaciones=20&x=1"
    pagina.open(f"?lang=en&{query}")
    for pantalla in ("programas", "solicitante", "datos", "revisar", "firmar", *HERRAMIENTAS):
        pagina.unfold()
        page.locator(f"[data-evento=ir][data-pantalla={pantalla}]").first.click()
        expect(page.locator(f"[aria-current][data-pantalla={pantalla}]")).to_be_attached()
        assert page.evaluate("document.documentElement.scrollWidth") <= narrow["width"], pantalla
        assert violations(page) == [] and covered(page) == [], pantalla


def test_inside_a_frame_it_does_not_sign(device, site):
    frame = put_in_frame(device.new_page(), site, site + "?pantalla=firmar")
    python_works(frame)
    expect(frame.locator("main")).to_contain_text("Aquí no se firma")
    expect(frame.get_by_label("Contraseña de clave privada")).to_have_count(0)


def test_accessibility_on_a_narrow_screen(pagina):
    """Every screen with errors on it, by axe."""
    narrow, page = {"width": 320, "height": 640}, pagina.page
    page.set_viewport_size(narrow)
    query = "ejercicio=2023&programas=IMMEX,PROSEC,ALTEX,ECEX&fecha=2024-06-03&ventas=10&exportaciones=20&x=1"
    pagina.open(f"?{query}")
    for name in ("Plazos", "Programas", "Solicitante", "Datos de reporte anual", "Revisar", "Firmar"):
        pagina.go(name)
        if name not in ("Plazos", "Revisar"):
            page.locator("main form button.boton[type=submit], button[data-evento='firmar.solicitud']").click()
            expect(page.locator("#resumen-errores")).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth") <= narrow["width"], name
        assert violations(page) == [] and covered(page) == [], name
    for tool in HERRAMIENTAS:
        pagina.unfold()
        page.locator(f"[data-evento=ir][data-pantalla={tool}]").first.click()
        expect(page.locator(f"[aria-current][data-pantalla={tool}]")).to_be_attached()
        assert page.evaluate("document.documentElement.scrollWidth") <= narrow["width"], tool
        assert violations(page) == [] and covered(page) == [], tool
    pagina.open("?pantalla=bienes&ejercicio=2023&programas=PROSEC")
    asked = ods(COLUMNAS, ("I", "8501.10.01 01", "Motor", "06", "1.000,50", "—", "x"), row(("", "1"), hidden=True))
    page.locator("#importar-bienes").set_input_files({"name": "a.ods", "mimeType": MIME, "buffer": asked})
    page.get_by_role("button", name="Aceptar todos").click()
    expect(page.locator("#decimales_total-error")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= narrow["width"]
    assert violations(page) == [] and covered(page) == []
    for caso in ("tres-errores", "error-despues-de-firmar", "en-pesos"):
        pagina.open(f"?modo=practica&caso={caso}")
        for button in ("Comprobar", "Pedir una pista", "Ver la respuesta"):
            page.get_by_role("button", name=button).first.click()
            page.get_by_role("button", name=button).last.click()
            assert page.evaluate("document.documentElement.scrollWidth") <= narrow["width"], (caso, button)
            assert violations(page) == [], (caso, button)
    pagina.open("?pantalla=solucionario")
    pagina.field("Con soluciones").check()
    expect(page.locator(".solucion").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= narrow["width"]
    assert violations(page, light=".hoja:nth-of-type(-n+4)") == [] and covered(page) == []
