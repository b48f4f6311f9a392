"""Screenshots of every screen, empty, filled and with errors; wide, narrow, dark and printed.

`python tools/capturas.py` draws them all into build/capturas/. `--readme` draws the pictures of the README
(ilustraciones.py) instead.
"""

import argparse
import contextlib
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

import ilustraciones
from ilustraciones import FILLED
from navegador import launch_options
from serve import Site

ROOT = Path(__file__).resolve().parent.parent
STEPS = ("plazos", "programas", "solicitante", "datos", "bienes", "revisar", "firmar")
SCREENS = ("inicio", *STEPS, "captura", "corregir", "verificar", "empresas", "practica", "solucionario", "incrustar")
WRONG = "ejercicio=2023&programas=IMMEX,PROSEC&fecha=2024-06-03&ventas=1000&exportaciones=1000&importaciones=0&x=1"
VIEWS = {
    "ancha": {"viewport": {"width": 1440, "height": 900}},
    "media": {"viewport": {"width": 768, "height": 900}},
    "angosta": {"viewport": {"width": 360, "height": 740}},
    "minima": {"viewport": {"width": 320, "height": 640}},
    "angosta-oscura": {"viewport": {"width": 360, "height": 740}, "color_scheme": "dark"},
    "oscura": {"viewport": {"width": 1440, "height": 900}, "color_scheme": "dark"},
}


def open_screen(page: Page, url: str, query: str) -> None:
    ilustraciones.open_page(page, f"{url}?{query}")


def draw_all(browser, url: str, target: Path) -> None:
    target.mkdir(parents=True, exist_ok=True)
    for view, options in VIEWS.items():
        page = browser.new_context(locale="es-MX", service_workers="block", **options).new_page()
        for screen in SCREENS:
            open_screen(page, url, f"pantalla={screen}")
            page.screenshot(path=target / f"{view}-{screen}-vacia.png", full_page=True)
        for screen in SCREENS:
            open_screen(page, url, f"pantalla={screen}&{FILLED}")
            page.screenshot(path=target / f"{view}-{screen}-llena.png", full_page=True)
        for screen in SCREENS:
            open_screen(page, url, f"pantalla={screen}&{WRONG}")
            if screen == "datos":
                page.get_by_label("Ventas totales (a)", exact=True).fill("900.5")
                page.get_by_label("Total exportaciones (b)", exact=True).fill("2,000,000,000")
            if screen == "solicitante":
                page.get_by_label("RFC", exact=True).fill("EKU9013173C9")
            continuar = page.locator("button.boton[type=submit], button[data-evento='firmar.solicitud']").first
            with contextlib.suppress(Exception):
                continuar.click(timeout=2000)
            page.wait_for_timeout(200)
            page.screenshot(path=target / f"{view}-{screen}-errores.png", full_page=True)
        if view == "ancha":
            open_screen(page, url, f"pantalla=revisar&{FILLED}")
            page.pdf(path=target / "revisar.pdf", format="Letter")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--readme", action="store_true", help="only the pictures of the README")
    options.add_argument("--dist", type=Path, default=ROOT / "dist")
    chosen = options.parse_args()
    with sync_playwright() as playwright, Site(chosen.dist) as url:
        browser = playwright.chromium.launch(**launch_options())
        if chosen.readme:
            ilustraciones.draw(browser, url, chosen.dist)
        else:
            draw_all(browser, url, ROOT / "build" / "capturas")
        browser.close()


if __name__ == "__main__":
    main()
