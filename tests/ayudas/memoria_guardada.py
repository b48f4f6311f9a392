"""Python's memory as a device keeps it: taken from one that kept it by itself, and put into others.

A start from it takes half the work of a first one, and a test of what comes afterwards need not care which it was.
"""

import threading
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from playwright.sync_api import BrowserContext, Page

# A file of the site that is no page of it: nothing starts there, and no policy holds.
QUIET = "esquema/raoce-1.schema.json"
# In such a page: the code of the site that keeps it, and the version that the site has.
_SITE = """
    const root = new URL('..', location.href);
    const { keep, note, read, unpack } = await import(new URL('static/js/instantanea.js', root).href);
    const index = new DOMParser().parseFromString(await (await fetch(root)).text(), 'text/html');
    const version = index.querySelector('meta[name=version]').content;
"""
SAVE = f"async (there) => {{ {_SITE} await fetch(there, {{ method: 'POST', body: await read(version) }}); }}"
PUT = f"""async (there) => {{
    {_SITE}
    await keep(unpack(await (await fetch(there)).arrayBuffer()), version);
    note(version);
}}"""
# Also in such a page: as long as it is open, the others of its process need not compile Python.
COMPILE = """async () => {
    const wasm = fetch(new URL('../static/vendor/pyodide/pyodide.asm.wasm', location.href));
    globalThis.compiled = await WebAssembly.compileStreaming(wasm);
}"""
# What a filer leaves behind on a device; the memory of Python, which has nothing of hers, stays.
FORGET = """async () => {
    for (const key of Object.keys(localStorage)) if (!key.startsWith('instantanea')) localStorage.removeItem(key);
    const gone = ({ name }) => new Promise((done) => { indexedDB.deleteDatabase(name).onsuccess = done; });
    await Promise.all((await indexedDB.databases()).map(gone));
    for (const name of await caches.keys()) if (!name.startsWith('instantanea')) await caches.delete(name);
    const files = await navigator.storage.getDirectory();
    for await (const name of files.keys()) await files.removeEntry(name, { recursive: true });
}"""


class _Deposit(BaseHTTPRequestHandler):
    """Gives back to any page what one has left in the file."""

    file: Path

    def do_POST(self) -> None:
        self.file.write_bytes(self.rfile.read(int(self.headers["Content-Length"])))
        self._answer(b"")

    def do_GET(self) -> None:
        self._answer(self.file.read_bytes())

    def _answer(self, body: bytes) -> None:
        self.send_response(HTTPStatus.OK)
        self.send_header("Access-Control-Allow-Origin", "*")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


def quiet_page(context: BrowserContext, url: str) -> Page:
    """A new page of the site in which nothing starts."""
    page = context.new_page()
    page.goto(url + QUIET)
    return page


class Memoria:
    """That of an engine, in a file that all who test with it share. Any site with the same modules can use it."""

    def __init__(self, file: Path):
        self.file = file
        server = ThreadingHTTPServer(("127.0.0.1", 0), type("Deposit", (_Deposit,), {"file": file}))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        self._there = f"http://127.0.0.1:{server.server_port}/"

    def take(self, context: BrowserContext, url: str) -> None:
        """Visits the site as somebody new, until the device keeps it."""
        page = context.new_page()
        page.goto(url)
        page.locator("#memoria").wait_for(timeout=90_000)
        page.goto(url + QUIET)
        page.evaluate(SAVE, self._there)
        page.close()

    def put(self, context: BrowserContext, url: str) -> Page:
        """The device of this context keeps it too, for the site at ``url``. The page in which it got it is open."""
        page = quiet_page(context, url)
        page.evaluate(PUT, self._there)
        return page


def keep_compiled(page: Page) -> None:
    """What the engine makes of Python's code, while this page, one of `put`, is open."""
    page.evaluate(COMPILE)


def forget(context: BrowserContext, url: str, keeper: Page) -> None:
    """The device is as good as another: only the memory of Python is left, and what the engine made of its code.

    Of the pages of the site at ``url`` none is left but ``keeper``, in which nothing starts.
    """
    for page in context.pages:
        if page is not keeper:
            # Before it is closed: what it had on its way to the device has come, or never will.
            page.goto(url + QUIET)
            page.close()
    context.clear_cookies()
    context.clear_permissions()
    keeper.evaluate(FORGET)
