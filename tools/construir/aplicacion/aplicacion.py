"""Our own code: one wheel for the browser, and what it draws at build time under CPython."""

import json
import os
import subprocess
import sys
from pathlib import Path

from jinja2 import ModuleLoader

from construir.base import proyecto
from construir.base.rutas import CASES, OUR_PACKAGES, PAGE, PY
from construir.ruedas import bytecode, paquete, plataforma, ruedas
from construir.ruedas.paquete import Pack
from construir.ruedas.ruedas import Wheel

NAME = "raoce-app"
# What a first visit to the steps of the form does without; py/worker.py has it brought when it is missed.
LATER = "raoce-app-despues"
# English comes to who reads it.
ENGLISH = "raoce-app-en"
IN_ENGLISH = "idiomas/en/"
LATE_SCREENS = (
    "bienes",
    "revisar",
    "firmar",
    "captura",
    "corregir",
    "verificar",
    "empresas",
    "practica",
    "incrustar",
    "solucionario",
    "archivos",
)
LATE = (
    *("documentos/", "raoce/verificacion/", "raoce/carta/carta", "raoce/carta/correccion", "raoce/carta/redaccion"),
    "raoce/bienes/escrituras",
    *("raoce/aduana/", "raoce/facturas/", "raoce/reglas/aduana", "raoce/reglas/facturas"),
    # What «Revisar» and «Firmar» need comes with the packages that they need.
    *(f"raoce/firma/{m}" for m in ("autoridades", "cadena", "certificado", "jws", "practica", "rs256", "x509")),
    *(f"raoce/solicitud/{m}" for m in ("cadena_original", "captura", "emision", "procedencia", "solicitud", "tipos")),
    *(
        "raoce/carta/bienes_corregidos",
        "tramite/casos/",
        "tramite/empresas/",
        "tramite/formulario/hoja",
        "raoce/base/fechas",
        "idiomas/salas",
        "pantallas/comunes/casos",
        "pantallas/comunes/fuentes",
        "pantallas/comunes/firma",
        "pantallas/ensayo",
    ),
    # A file of another year, or one presented.
    *(
        "tramite/borradores/reporte",
        "pantallas/datos/anterior",
        "raoce/plazos/plazo_de_correccion",
        "raoce/solicitud/folio",
    ),
    *(f"pantallas/{screen}/" for screen in LATE_SCREENS),
)
LATE_TEMPLATES = {
    "pantallas/compiladas/" + ModuleLoader.get_module_filename(name).removesuffix(".py") + ".pyc"
    for name in (
        "comunes/casos.html",
        "comunes/firma.html",
        "comunes/largos.html",
        "comunes/oficial.html",
        *(
            f"{path.parent.name}/{path.name}"
            for s in LATE_SCREENS
            for path in sorted((PY / "pantallas" / s).glob("*.html"))
        ),
    )
}
# Sentences that only their own screen asks for.
LATE_TABLES = ("pantallas/archivos/hallazgos.tabla", "pantallas/empresas/dichos.tabla")
ENTRY = "aplicacion.json"
COMPILED_TABLE = ".tabla"
TEMPLATES = (".html", ".jinja", ".j2")


class OurCodeError(Exception):
    """Our own code failed while the build ran it; the message is its traceback."""


def build(folder: Path, stdlib: Path, depends: tuple[str, ...]) -> None:
    """Fill `folder` with the three wheels, their entries for the lock, and what `dibujar.py` draws.

    `stdlib` is the compiled standard library, to start the compiler quickly; `depends`, the wheels to load with ours.
    """
    _draw(folder)
    pack = _sources() | paquete.read_folder(folder / "compiladas", "pantallas/compiladas/")
    pack |= paquete.read_folder(folder / "tablas") | paquete.read_folder(folder / "en", IN_ENGLISH)
    compiled = bytecode.compile_packs({"app": pack}, stdlib)["app"]
    halves: dict[str, Pack] = {NAME: {}, LATER: {}, ENGLISH: {}}
    for path, body in compiled.items():
        halves[_wheel_of(path)][path] = body
    needs = {NAME: depends, LATER: (NAME, plataforma.LATER), ENGLISH: (NAME,)}
    wheels = [Wheel(name, proyecto.VERSION, needs[name], pack) for name, pack in halves.items()]
    entries = {wheel.name: ruedas.lock_entry(wheel, ruedas.write(wheel, folder, small=True)) for wheel in wheels}
    (folder / ENTRY).write_text(json.dumps(entries))


def _wheel_of(path: str) -> str:
    if path.startswith(IN_ENGLISH):
        return ENGLISH
    return LATER if _is_late(path) else NAME


def _is_late(path: str) -> bool:
    """Does it wait until something of it is asked for? Sentences never do: which screen says a code is not known."""
    if path.endswith(COMPILED_TABLE) and path.startswith("pantallas/"):
        return path in LATE_TABLES
    return path.startswith(LATE) or path in LATE_TEMPLATES


def _draw(folder: Path) -> None:
    command = [sys.executable, Path(__file__).with_name("dibujar.py"), folder, CASES, PAGE, proyecto.VERSION]
    environment = os.environ | {"PYTHONPATH": str(PY), "PYTHONHASHSEED": "0", "PYTHONUTF8": "1"}
    done = subprocess.run(command, env=environment, capture_output=True, encoding="utf-8")
    if done.returncode:
        raise OurCodeError(done.stderr.strip())


def _sources() -> Pack:
    """The packages with their data files. Templates and tables stay at home: they travel compiled."""
    pack: Pack = {}
    for package in OUR_PACKAGES:
        if (PY / package).is_dir():
            pack |= paquete.read_folder(PY / package, f"{package}/")
    return {path: body for path, body in pack.items() if not path.endswith((*TEMPLATES, ".toml", ".po"))}
