"""Find a Chromium to test with, or install one, and print its path.

A browser that is there already is best: `CHROMIUM` in the environment, the PATH, the usual places, then what
Playwright keeps. Otherwise Playwright's own is installed, or on Debian and Ubuntu, as root, the distribution's.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "C:/Program Files/Google/Chrome/Application/chrome.exe",
    "C:/Program Files (x86)/Google/Chrome/Application/chrome.exe",
    "C:/Program Files/Chromium/Application/chrome.exe",
)

# Run as root, Chromium refuses its own sandbox; the rest keeps it from calling its maker, from trying things out, and
# from drawing with a process of its own, at each window, what would come below a box of addresses that nobody sees.
QUIET = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-features=OptimizationHints,MediaRouter,Translate,WebUIOmniboxAimPopup,WebUIOmniboxPopup",
    "--disable-field-trial-config",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
)


class NoBrowser(Exception):
    """There is none and none could be installed; the message says what to do."""


def launch_options() -> dict:
    """What Playwright's `chromium.launch` needs to start the browser that `find` finds."""
    as_root = hasattr(os, "geteuid") and os.geteuid() == 0
    return {"executable_path": str(find()), "args": [*QUIET, *(["--no-sandbox"] if as_root else [])]}


def find_firefox() -> Path | None:
    """The Firefox of this machine, for the tests that are run in it as well. None is installed."""
    found = (shutil.which(name) for name in ("firefox-esr", "firefox"))
    path = next(filter(None, found), None)
    return Path(path) if path else None


def firefox_options() -> dict:
    """What Playwright's `firefox.launch` needs to start the Firefox of this machine, over WebDriver BiDi."""
    # Of a file that was saved a panel opens, of a PDF a tab, and the focus would leave the page.
    preferences = {"browser.download.alwaysOpenPanel": False, "pdfjs.disabled": True}
    return {"channel": "moz-firefox", "executable_path": str(find_firefox()), "firefox_user_prefs": preferences}


def find_webkit() -> Path | None:
    """WebKitGTK's browser for tests, where it is installed with its driver and something to show it on."""
    if not (shutil.which("WebKitWebDriver") and shutil.which("Xvfb")):
        return None
    return next(Path("/usr").glob("lib*/*/webkit2gtk-4.*/MiniBrowser"), None)


def engines() -> str:
    """In which the tests run the main job, as a line says it."""
    others = {"Firefox": find_firefox(), "WebKitGTK": find_webkit()}
    return ", ".join(["Chromium", *(name for name, path in others.items() if path)])


def find() -> Path:
    """The browser's path. What happens on the way is told on stderr."""
    return _present() or _install_with_playwright() or _install_with_apt() or _give_up()


def _present() -> Path | None:
    if named := os.environ.get("CHROMIUM"):
        if path := shutil.which(named):
            return Path(path)
        raise NoBrowser(f"CHROMIUM is set to {named}, and there is no such program.")
    on_path = (shutil.which(name) for name in NAMES)
    usual = (place for place in PLACES if Path(place).is_file())
    found = next(filter(None, on_path), None) or next(usual, None)
    return Path(found) if found else _playwrights_own()


def _playwrights_own() -> Path | None:
    """Where Playwright keeps its Chromium, if it has fetched it."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = Path(playwright.chromium.executable_path)
    return path if path.is_file() else None


def _install_with_playwright() -> Path | None:
    _say("Installing Playwright's Chromium")
    _run(sys.executable, "-m", "playwright", "install", "chromium")
    return _playwrights_own()


def _install_with_apt() -> Path | None:
    if not (shutil.which("apt-get") and os.geteuid() == 0):
        return None
    _say("That failed. Installing the distribution's chromium package")
    _run("apt-get", "update", "-q")
    _run("apt-get", "install", "-y", "-q", "--no-install-recommends", "chromium", "fonts-dejavu-core")
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    return Path(path) if path else None


def _give_up() -> Path:
    raise NoBrowser(
        "No Chromium or Chrome was found and none could be installed: "
        "install one, or set CHROMIUM to the path of its program."
    )


def _run(*command: str) -> None:
    """Run an installer; whether it worked shows in what is there afterwards."""
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(command, env=environment, stdin=subprocess.DEVNULL, capture_output=True, check=False)


def _say(sentence: str) -> None:
    print(f"{sentence} …", file=sys.stderr, flush=True)


if __name__ == "__main__":
    try:
        print(find() if "--motores" not in sys.argv else f"Browser engines of the tests: {engines()}")
    except NoBrowser as problem:
        sys.exit(str(problem))
