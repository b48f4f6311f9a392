"""Runs inside Pyodide, on the built site: everything that ships can be imported.

`start` tries what the first screen imports, with nothing but the first download. `later` tries what comes with
each package loaded on demand, as soon as it is loaded: the program loads them one by one too. `everything`
imports every module there is before the rest of the standard library comes: a module that the build pruned, or
left out of `stdlib_inicial.txt`, shows there.
"""

import importlib
import pathlib
import site
import zipfile

SITE_PACKAGES = pathlib.Path(site.getsitepackages()[0])
ZIP = "/lib/python314.zip"
ENTRIES = ["pantallas.view", "pantallas.update"]
LATER = {
    "asn1crypto": ["asn1crypto.x509", "asn1crypto.keys", "asn1crypto.csr"],
    "fpdf2": ["documentos.captura", "documentos.carta_pdf"],
    "icalendar": ["documentos.recordatorios"],
    "python-calamine": ["documentos.hojas.encabezados", "documentos.hojas.envases"],
    "xlsxwriter": ["documentos.hojas.libros", "documentos.hojas.hojas"],
    "stdlib-correo": ["email.policy", "email.contentmanager", "email.generator", "documentos.correo"],
    "stdlib-complemento": ["csv", "email.mime.text", "xml.etree.ElementTree", "difflib", "http.client"],
}


def modules(paths: list[pathlib.PurePath]) -> list[str]:
    """The modules that the compiled files at `paths` are, relative to where Python looks for them."""
    names = (".".join(path.with_suffix("").parts).removesuffix(".__init__") for path in paths)
    return sorted(name for name in names if "-" not in name)


def zipped() -> list[str]:
    """Every module of the first download's zip: the standard library and the packages that ride with it."""
    with zipfile.ZipFile(ZIP) as library:
        return modules([pathlib.PurePath(name) for name in library.namelist() if name.endswith(".pyc")])


def installed() -> list[str]:
    """Every module of the wheels that are loaded."""
    return modules([path.relative_to(SITE_PACKAGES) for path in SITE_PACKAGES.rglob("*.pyc")])


def failures(names: list[str]) -> list[str]:
    """One line for each of `names` that cannot be imported."""
    lines = []
    for name in names:
        try:
            importlib.import_module(name)
        except Exception as problem:
            lines.append(f"{name}: {type(problem).__name__}: {problem}")
    return lines


def start() -> list[str]:
    lines = failures(ENTRIES)
    holidays = importlib.import_module("holidays")
    if holidays.country_holidays("MX", years=2024, language="es").get("2024-09-16") != "Día de la Independencia":
        lines.append("holidays: Mexico has lost 16 September")
    return lines


def later(package: str) -> list[str]:
    return failures(LATER.get(package, []))


def everything() -> list[str]:
    return failures(zipped() + installed())
