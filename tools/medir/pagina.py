"""A page in a browser, timed by what it notes of itself (``bench.js``)."""

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import BrowserContext, Page, Playwright

import navegador

SCRIPT = Path(__file__).parent / "bench.js"
KEYS = "0123456789"
PATIENCE = 120_000
QUIET = 2.0  # seconds: a browser that has just opened, or a page just ready, still works on its own account


def browser(
    playwright: Playwright, profile: str, service_workers: str = "block", engine: str = "chromium"
) -> BrowserContext:
    if engine == "firefox":
        return playwright.firefox.launch_persistent_context(profile, **navegador.firefox_options())
    # Once the page is ready the rest of the site comes, for use without a connection: no part of a first visit.
    options = navegador.launch_options() | {"service_workers": service_workers}
    context = playwright.chromium.launch_persistent_context(profile, **options)
    context.add_init_script(path=SCRIPT)
    return context


def timed(page: Page, until: str, act: Callable[[], object]) -> float:
    """Milliseconds from the event that ``act`` causes until what ``until`` waits for is on the screen."""
    waiting = page.evaluate_handle(f"() => ({{ result: {until} }})")
    act()
    return waiting.evaluate("async ({ result }) => await result")


def keystrokes(page: Page, label: str) -> list[float]:
    """Type digits in a field and rub them out again; the milliseconds from each key to its figure."""
    field = page.get_by_label(label, exact=True)
    field.focus()
    page.keyboard.press("End")
    page.evaluate("medida.keystrokes.length = 0")
    for key in [*KEYS, *["Backspace"] * len(KEYS)]:
        page.keyboard.press(key)
        page.wait_for_timeout(120)
    return page.evaluate("medida.keystrokes")
