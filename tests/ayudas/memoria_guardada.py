"""Python's memory as a device keeps it: taken from one that kept it by itself, and put into others.

A start from it takes half the work of a first one, and a test of what comes afterwards need not care which it was.
"""

import threading
from dataclasses import dataclass
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from playwright.sync_api import BrowserContext, expect

# A file of the site that is no page of it: nothing starts there, and no policy holds.
QUIET = "esquema/raoce-1.schema.json"
# What the device keeps, by JavaScript in a page of the site.
OPEN = """
    const name = (await caches.keys()).find((name) => name.startsWith('instantanea'));
    const store = await caches.open(name);
    const [place] = await store.keys();
    const kept = await store.match(place);
"""
NOTED = "Object.entries(localStorage).find(([key]) => key.startsWith('instantanea'))"
TELL = f"async () => {{ {OPEN} return [name, place.url, Object.fromEntries(kept.headers), {NOTED}]; }}"
SAVE = f"async (there) => {{ {OPEN} await fetch(there, {{ method: 'POST', body: await kept.arrayBuffer() }}); }}"
PUT = """async ([[name, place, headers, note], body]) => {
    await (await caches.open(name)).put(place, new Response((await fetch(body)).body, { headers }));
    localStorage.setItem(...note);
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
    """Gives back to any page what one has left here."""

    body: bytes

    def do_POST(self) -> None:
        type(self).body = self.rfile.read(int(self.headers["Content-Length"]))
        self._answer(b"")

    def do_GET(self) -> None:
        self._answer(self.body)

    def _answer(self, body: bytes) -> None:
        self.send_response(HTTPStatus.OK)
        self.send_header("Access-Control-Allow-Origin", "*")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@dataclass(frozen=True)
class Memoria:
    """That of an engine for the site at ``url``; ``body``: where it is fetched."""

    url: str
    told: list
    body: str

    def put(self, context: BrowserContext) -> None:
        """The device of this context keeps it too."""
        page = context.new_page()
        page.goto(self.url + QUIET)
        page.evaluate(PUT, [self.told, self.body])
        page.close()


def forget(context: BrowserContext, url: str) -> None:
    """The device is as good as another: only the memory of Python is left, and what the engine made of its code."""
    page, *others = context.pages or [context.new_page()]
    for other in others:
        other.close()
    context.clear_cookies()
    context.clear_permissions()
    # There, and not closed yet: what the page before it had on its way to the device has come, or never will.
    page.goto(url + QUIET)
    page.evaluate(FORGET)
    page.close()


def take(context: BrowserContext, url: str) -> Memoria:
    """Visits the site as somebody new, until the device keeps it."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Deposit", (_Deposit,), {}))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    there = f"http://127.0.0.1:{server.server_port}/"
    page = context.new_page()
    page.goto(url)
    expect(page.locator("#memoria")).to_be_visible(timeout=90_000)
    page.goto(url + QUIET)
    page.evaluate(SAVE, there)
    told = page.evaluate(TELL)
    page.close()
    return Memoria(url, told, there)
