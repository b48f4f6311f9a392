"""WebKitGTK on the built site, over WebDriver, on a screen of its own: Playwright drives none but its own WebKit."""

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from selenium.common.exceptions import WebDriverException
from selenium.webdriver import Keys, WebKitGTK
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.webkitgtk.options import Options
from selenium.webdriver.webkitgtk.service import Service

from navegador import find_webkit

PATIENCE = 120.0  # s, on a machine that does other things too

LABELLED = """
const text = (element) => element.innerText.trim();
const label = [...document.querySelectorAll('label')].find((label) => text(label) === arguments[0]);
return label?.control ?? document.querySelector(`[aria-label="${arguments[0]}"]`);
"""
BUTTON = """
const named = [...document.querySelectorAll(arguments[1])].filter((element) => element.checkVisibility());
const nameOf = (element) => (element.getAttribute('aria-label') ?? element.innerText).trim();
return named.find((element) => nameOf(element).startsWith(arguments[0]));
"""
# How far the start came.
STARTED = """[
    document.readyState, {...document.documentElement.dataset}, {...document.getElementById('arranque').dataset},
    ...performance.getEntriesByType('mark').map(({ name }) => name), performance.getEntriesByType('resource').length,
]"""


@contextmanager
def screen() -> Iterator[str]:
    """A screen that nobody sees; its name."""
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", "1", "-screen", "0", "1280x1000x24", "-nolisten", "tcp"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        yield f":{server.stdout.readline().strip()}"
    finally:
        server.terminate()
        server.wait()


@contextmanager
def webkit() -> Iterator[WebKitGTK]:
    """A new WebKitGTK, whose downloads go to the folder `downloads` of its driver."""
    with screen() as display, tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home:
        environment = os.environ | {
            "DISPLAY": display,
            "GDK_BACKEND": "x11",
            "HOME": home,
            "XDG_CONFIG_HOME": f"{home}/config",
            # The second, slower compilation pays only where it is kept: without it a visit takes half the work.
            "JSC_useOMGJIT": "0",
            # The sandbox cannot be made by root, nor inside a container.
            "WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS": "1",
        }
        options = Options()
        options.binary_location = str(find_webkit())
        options.add_argument("--automation")
        downloads = Path(home, "Descargas")
        downloads.mkdir()
        Path(home, "config").mkdir()
        Path(home, "config", "user-dirs.dirs").write_text('XDG_DOWNLOAD_DIR="$HOME/Descargas"\n')
        driver = WebKitGTK(options=options, service=Service(shutil.which("WebKitWebDriver"), env=environment))
        driver.downloads = downloads
        try:
            yield driver
        finally:
            driver.quit()


def until(condition: Callable[[], object], what: str, seconds: float = PATIENCE) -> object:
    """What `condition` answers, once it is something; an AssertionError that tells `what` when it never is."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            if found := condition():
                return found
        except WebDriverException:
            pass  # the page is being drawn again
        time.sleep(0.1)
    raise AssertionError(f"WebKit waited in vain for {what}")


class PaginaWebKit:
    """The page as a filer uses it, by the names on the screen, as `conftest.Pagina` does in the other engines."""

    def __init__(self, driver: WebKitGTK, url: str):
        self.driver, self.url = driver, url

    def open(self, query: str = "") -> "PaginaWebKit":
        self.driver.get(self.url + query)
        try:
            until(lambda: self.js("document.documentElement.dataset.python") == "listo", "Python")
        except AssertionError as error:
            error.add_note(f"The page says {self.js(STARTED)}")
            raise
        return self

    def js(self, expression: str, *arguments: object) -> object:
        return self.driver.execute_script(f"return {expression}", *arguments)

    def field(self, label: str) -> WebElement:
        return until(lambda: self.driver.execute_script(LABELLED, label), f"the field «{label}»", 15)

    def type(self, label: str, text: str) -> None:
        self.field(label).clear()
        self.field(label).send_keys(text, Keys.TAB)

    def choose(self, label: str, option: str) -> None:
        field = self.field(label)
        next(o for o in field.find_elements(By.TAG_NAME, "option") if o.text.strip() == option).click()

    def choose_file(self, label: str, path: Path) -> None:
        self.field(label).send_keys(str(path))

    def press(self, name: str, kind: str = "button") -> None:
        def pressed() -> bool:
            button = self.driver.execute_script(BUTTON, name, kind)
            if button:
                self.driver.execute_script("arguments[0].scrollIntoView({ block: 'center' })", button)
                button.click()
            return bool(button)

        until(pressed, f"the button «{name}»", 15)

    def go(self, screen: str) -> None:
        self.press(screen, "nav a")
        self.shows(screen, "h1")

    def shows(self, text: str, where: str = "main") -> None:
        until(lambda: text in self.driver.find_element(By.CSS_SELECTOR, where).text, f"«{text}» in {where}", 30)

    def download(self, button: str) -> bytes:
        for old in self.driver.downloads.iterdir():
            old.unlink()
        self.press(button)

        def saved() -> bytes | None:
            files = list(self.driver.downloads.iterdir())
            is_whole = len(files) == 1 and files[0].suffix not in (".wkdownload", ".part")
            return files[0].read_bytes() if is_whole else None

        return until(saved, f"what «{button}» gives", 30)
