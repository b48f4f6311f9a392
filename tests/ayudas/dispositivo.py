"""A user whose device fails: types without end while the browser is killed, the page reloaded, the storage refused.

What a field may say afterwards is what it said ``GRACE`` seconds before, or anything typed into it later. Each round
begins with the page as the one before left it, says what was lost, types, and ends in a fault of the kind asked for.
"""

import os
import random
import re
import shutil
import signal
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from playwright.sync_api import Error, Page, Playwright, expect

from esperas import python_works
from memoria_guardada import QUIET, Memoria
from navegador import launch_options
from versiones import UPDATE, new_version

GRACE = 0.5  # seconds
# Seconds between two letters, as a quick typist takes.
BETWEEN = 0.08
SCREEN = "?pantalla=solicitante&ejercicio=2023&programas=PROSEC"
FIELDS = ("Actividad económica preponderante", "Calle", "Colonia", "Localidad", "Municipio o alcaldía")
LETTERS = "abcdefghijklmnopqrstuvwxyz"
# Writes number `desde` to `hasta` of the page to the device fail, as those on a full disk do.
FAILING_STORAGE = """
    globalThis.escrituras = { hechas: 0, desde: 0, hasta: 0 };
    const put = IDBObjectStore.prototype.put;
    IDBObjectStore.prototype.put = function (...args) {
        const e = globalThis.escrituras;
        if (this.name !== 'borradores' || ++e.hechas < e.desde || e.hechas > e.hasta) return put.apply(this, args);
        this.transaction.abort();
        throw new DOMException('disk full', 'QuotaExceededError');
    };
"""
CLOCK_SET_BACK = """
    const Clock = Date;
    globalThis.Date = class extends Clock {
        constructor(...args) { super(...(args.length ? args : [Clock.now() - %d])); }
        static now() { return Clock.now() - %d; }
    };
"""
DAY = 86_400_000  # ms
ON_SCREEN = "() => [performance.timeOrigin, document.activeElement?.value ?? '']"


class Navegador:
    """A Chromium of its own, that keeps its profile when it is killed; `killed` is then the moment."""

    def __init__(self, playwright: Playwright, profile: Path, flags: Sequence[str] = ()):
        options = launch_options()
        port = profile / "DevToolsActivePort"
        port.unlink(missing_ok=True)
        self._process = subprocess.Popen(
            [
                options["executable_path"],
                *options["args"],
                *flags,
                "--headless",
                "--remote-debugging-port=0",
                f"--user-data-dir={profile}",
                "about:blank",
            ],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        deadline = time.monotonic() + 30
        while not (port.is_file() and "\n" in port.read_text()) and time.monotonic() < deadline:
            time.sleep(0.02)
        address = f"http://127.0.0.1:{port.read_text().splitlines()[0]}"
        self.browser = playwright.chromium.connect_over_cdp(address)
        self.context = self.browser.contexts[0]

    def sleep(self, seconds: float) -> None:
        """None of its processes gets any time, as when the lid is closed or others take all there is."""
        os.killpg(self._process.pid, signal.SIGSTOP)
        time.sleep(seconds)
        os.killpg(self._process.pid, signal.SIGCONT)

    def close(self) -> None:
        """As by a user who has done enough: whatever it has to write it writes."""
        with suppress(Error):  # it goes before it answers
            self.browser.new_browser_cdp_session().send("Browser.close")
        self._process.wait(30)

    def kill(self) -> None:
        """All its processes at once, as when the power goes or the system needs the memory."""
        self.killed = time.monotonic()
        os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()


class Campo:
    """What one field has said, and when that was seen; `None` while it has not been."""

    def __init__(self, text: str = ""):
        self.said: list[list] = [[0.0, text]]

    def sent(self, text: str) -> None:
        self.said.append([None, text])

    def seen(self) -> None:
        self.said[-1][0] = time.monotonic()

    def after(self, fault: float) -> None:
        """A fault came at that moment: only what may still be there is remembered."""
        old = [n for n, (when, _) in enumerate(self.said) if when is not None and when <= fault - GRACE]
        self.said = [[0.0, text] for _, text in self.said[old[-1] :]]

    def may_say(self, text: str) -> bool:
        return any(text == said for _, said in self.said)


class Usuario:
    """Types in the site at `folder`, which is served at `url`; everything random comes from `seed`.

    For `rest` seconds before a fault nothing is typed: on a busy machine a keystroke may be long on its way.
    Its browser is given `flags` besides those that every one is, and `memoria` so that it need not make it.
    """

    def __init__(
        self,
        playwright: Playwright,
        url: str,
        folder: Path,
        seed: int = 0,
        rest: float = 0.0,
        flags: Sequence[str] = (),
        memoria: Memoria | None = None,
    ):
        self.random = random.Random(seed)
        self.url, self.folder, self.rest = url, folder, rest
        self._playwright, self._flags, self._memoria = playwright, flags, memoria
        self._profile = Path(tempfile.mkdtemp(prefix="raoce-perfil-"))
        self.campos = {label: Campo() for label in FIELDS}
        self.navegador: Navegador | None = None
        self.page: Page | None = None
        self.typed = 0
        # What the console said each time that a start failed, and had to be tried again.
        self.failed: list[str] = []
        self._console: list[str] = []
        self._version = 0
        self._has_settled = False

    def end(self) -> None:
        if self.navegador:
            self.navegador.kill()
        shutil.rmtree(self._profile, ignore_errors=True)

    def round(self, fault: str) -> list[str]:
        """Opens the page, types, lets the fault come; what was lost by the one before, a sentence each."""
        lost = self.look()
        FAULTS[fault](self)
        return lost

    def look(self) -> list[str]:
        """What was lost."""
        page = self._open()
        lost = []
        for label, campo in self.campos.items():
            text = page.get_by_label(label, exact=True).input_value()
            if not campo.may_say(text):
                lost.append(f"«{label}» says {text!r}; it said {campo.said[0][1]!r}")
            self.campos[label] = Campo(text)
        return lost

    def _open(self, script: str = "") -> Page:
        """The page of this round, new or the one there is, once Python works."""
        if not self.navegador:
            self.navegador = Navegador(self._playwright, self._profile, self._flags)
        if not self.page or self.page.is_closed():
            self.page = self.navegador.context.new_page()
            if script:
                self.page.add_init_script(script)
            self.page.on("console", lambda message: self._console.append(f"{message.type}: {message.text}"))
            self.page.goto(self.url + SCREEN)
        ended = self.page.locator("html[data-python=listo], html[data-python=fallo]")
        ended.wait_for(state="attached", timeout=120_000)
        if ended.get_attribute("data-python") == "fallo":
            self.failed.append("; ".join(self._console) or "the console says nothing")
            self._console.clear()
            self.page.get_by_role("button", name="Reintentar").click()
            python_works(self.page, 120_000)
        if not self._has_settled:
            self._settle()
            return self._open(script)
        return self.page

    def _settle(self) -> None:
        """Chromium writes down half a minute later, or when it is closed, that a site has begun to keep something.

        Killed before that it may forget, and then it throws away whatever the site kept, without a word to it.
        """
        if self._memoria:
            self._memoria.put(self.navegador.context, self.url)
        self.navegador.close()
        self.navegador = self.page = None
        self._has_settled = True

    def _type(self, page: Page, end: Callable[[], bool]) -> None:
        """Words, in one field after another, until the end, or until there is no page any more."""
        try:
            while not end():
                label = self.random.choice(FIELDS)
                page.get_by_label(label, exact=True).focus()
                page.keyboard.press("Control+A")
                text = ""
                document, _ = page.evaluate(ON_SCREEN)
                for letter in self.random.choices(LETTERS, k=self.random.randint(1, 12)):
                    if end():
                        return
                    text += letter
                    self.campos[label].sent(text)
                    page.keyboard.press(letter)
                    if page.evaluate(ON_SCREEN) != [document, text]:
                        return
                    self.campos[label].seen()
                    self.typed += 1
                    time.sleep(BETWEEN)
        except Error:
            pass  # the page went away

    def _came(self, fault: float) -> None:
        for campo in self.campos.values():
            campo.after(fault)

    def _moment(self) -> float:
        return self.random.uniform(0.05, 2.5)

    def _type_for(self, page: Page, seconds: float) -> None:
        until, before = time.monotonic() + seconds, self.typed
        # A letter at least, however slow the machine.
        self._type(page, lambda: self.typed > before and time.monotonic() > until)
        time.sleep(self.rest)


def kill(user: Usuario, early: bool = False) -> None:
    """The browser's processes end at a random moment; `early`: of the start, or soon after."""
    page, navegador = user.page, user.navegador
    if early:
        page.goto("about:blank")
        page.goto(user.url + SCREEN, wait_until="commit")
        page.get_by_label(FIELDS[0], exact=True).wait_for()
    when = time.monotonic() + user._moment()
    timer = threading.Timer(when + user.rest - time.monotonic(), navegador.kill)
    timer.start()
    # Without a rest the last letters are on their way when it strikes.
    user._type(page, lambda: bool(user.rest) and time.monotonic() > when)
    timer.join()
    user._came(navegador.killed)
    user.navegador = user.page = None


def kill_at_start(user: Usuario) -> None:
    kill(user, early=True)


def close_tab(user: Usuario) -> None:
    user._type_for(user.page, user._moment())
    fault = time.monotonic()
    user.page.close()
    user._came(fault)


def reload(user: Usuario) -> None:
    user._type_for(user.page, user._moment())
    fault = time.monotonic()
    user.page.reload()
    user._came(fault)


def second_tab(user: Usuario) -> None:
    """What the first tab takes after the second has written is not kept, and it says so."""
    first = user.page
    user._type_for(first, user._moment() / 2)
    user.page = None
    second = user._open()
    for label, campo in user.campos.items():
        text = second.get_by_label(label, exact=True).input_value()
        assert campo.may_say(text), f"the second tab shows {text!r} in «{label}»"
        user.campos[label] = Campo(text)
    user._type_for(second, user._moment() / 2 + 0.5)
    expect(first.locator("#otra-pestana")).to_be_visible()
    kept = user.campos
    user.campos = {label: Campo() for label in FIELDS}
    user._type_for(first, 0.3)
    user.campos = kept
    time.sleep(GRACE)
    first.close()
    user.page = second
    kill(user)


def new_version_taken(user: Usuario) -> None:
    page = user.page
    user._version += 1
    css = (user.folder / "static/css/raoce.css").read_text(encoding="utf-8")
    css = re.sub(r"\n:root \{ --edicion: \d+; \}\n$", "", css) + f"\n:root {{ --edicion: {user._version}; }}\n"
    expect(page.locator("html[data-sin-conexion]")).to_be_attached(timeout=60_000)
    new_version(user.folder, **{"static/css/raoce.css": css.encode()})
    assert page.evaluate(UPDATE) == "activated"
    page.get_by_role("button", name="Usar la versión nueva").wait_for()
    user._type_for(page, user._moment() / 2)
    taken = time.monotonic()
    page.evaluate("() => document.querySelector('#version-nueva [value=usar]').click()")
    user._type_for(page, 10)  # until the page is another one
    seen = [when for campo in user.campos.values() for when, _ in campo.said if when]
    user._came(max(taken, *seen))
    version = re.search(r"const VERSION = '(\w+)'", (user.folder / "sw.js").read_text())[1]
    expect(page.locator(f"meta[name=version][content='{version}']")).to_be_attached(timeout=30_000)
    if user._memoria:
        user._memoria.put(user.navegador.context, user.url).close()


def storage_fails(user: Usuario) -> None:
    """Some writes fail; the page says so until it has written everything after all."""
    user.page.close()
    page = user._open(FAILING_STORAGE)
    first = user.random.randint(1, 20)
    span = [first, first + user.random.choice((0, 1, 5, 40))]
    page.evaluate("([from, to]) => Object.assign(escrituras, { hechas: 0, desde: from, hasta: to })", span)
    user._type_for(page, user._moment())
    expect(page.locator("#sin-almacenamiento")).to_be_hidden(timeout=120_000)
    kill(user)


def clock_set_back(user: Usuario) -> None:
    user.page.close()
    back = user.random.randint(0, 400) * DAY
    user._open(CLOCK_SET_BACK % (back, back))
    kill(user)


def storage_thrown_away(user: Usuario) -> None:
    """As Chromium does with a storage that it takes for damaged, here at a moment that is chosen."""
    user._type_for(user.page, user._moment())
    fault = time.monotonic()
    time.sleep(GRACE)
    user.page.goto(user.url + QUIET)
    user.page.evaluate(
        """() => new Promise((resolve, reject) => {
            const request = indexedDB.deleteDatabase('raoce');
            Object.assign(request, { onsuccess: resolve, onerror: reject, onblocked: reject });
        })"""
    )
    user.page.close()
    user._came(fault)


FAULTS: dict[str, Callable[[Usuario], None]] = {
    "kill": kill,
    "kill_at_start": kill_at_start,
    "close_tab": close_tab,
    "reload": reload,
    "second_tab": second_tab,
    "new_version": new_version_taken,
    "storage_fails": storage_fails,
    "clock_set_back": clock_set_back,
    "storage_thrown_away": storage_thrown_away,
}
