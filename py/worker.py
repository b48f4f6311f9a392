"""The browser's side of Python: receives an event as JSON, answers {html, effects} as JSON.

The only Python that knows a browser. It keeps the state; everything else is pure.
"""

import asyncio
import importlib
import json
from dataclasses import dataclass, replace

import pyodide_js

from pantallas import view
from tramite.state import initial_state
from tramite.update import update


@dataclass(frozen=True)
class OnDemand:
    """What only some events need: packages, modules that use them, and the event if they do not come."""

    packages: tuple[str, ...]
    modules: tuple[str, ...]
    failure: dict[str, str]


FIRMA = OnDemand(
    ("pydantic", "asn1crypto", "segno"),
    ("raoce.solicitud.emision", "asn1crypto.x509", "documentos.qr"),
    {"name": "firma-fallo", "codigo": "sin-conexion"},
)
SIN_ARCHIVO = {"name": "descarga-fallo"}
RECORDATORIOS = OnDemand(("icalendar",), ("documentos.recordatorios",), SIN_ARCHIVO)
VERIFICAR = OnDemand(("pydantic", "asn1crypto"), ("raoce.verificacion.verificacion",), SIN_ARCHIVO)
HOJAS = OnDemand(("python-calamine", "xlsxwriter"), ("documentos.hojas",), {"name": "hoja-fallo"})
PAPEL = OnDemand(("fpdf2", "font-source-sans-pro"), ("documentos.captura",), SIN_ARCHIVO)
CARTA = replace(PAPEL, modules=("documentos.carta_pdf",))
CORREO = OnDemand(
    (*PAPEL.packages, "stdlib-correo"), (*CARTA.modules, "documentos.correo", "email.policy"), SIN_ARCHIVO
)
FIRMA_DE_CARTA = replace(FIRMA, packages=(*FIRMA.packages, *PAPEL.packages), modules=(*FIRMA.modules, *CARTA.modules))
NEEDS = {
    "certificado": FIRMA,
    "firmar": FIRMA,
    **dict.fromkeys(("verificar", "verificar-archivo", "autoridades", "autoridad"), VERIFICAR),
    "recordatorios": RECORDATORIOS,
    "descargar-captura": PAPEL,
    "descargar-carta": CARTA,
    "descargar-correo": CORREO,
    "firmar-carta": FIRMA_DE_CARTA,
    "anexo": CORREO,
    **dict.fromkeys(("abrir-presentado", "abrir-correcto"), replace(FIRMA, failure=SIN_ARCHIVO)),
    "abrir-anterior": replace(FIRMA, failure=SIN_ARCHIVO),
    **dict.fromkeys(("importar-bienes", "pegar-bienes", "exportar-bienes"), HOJAS),
}
# What a screen is about to need starts to come when the reader gets to it.
PREPARE = {"revisar": FIRMA, "firmar": FIRMA, "verificar": VERIFICAR}

state = initial_state()
on_their_way: dict[tuple[str, ...], asyncio.Future] = {}


async def load(needed: OnDemand) -> None:
    # It does not reject when a package does not come; the import does.
    await pyodide_js.loadPackage(list(needed.packages))
    for name in needed.modules:
        importlib.import_module(name)


def loaded(needed: OnDemand) -> asyncio.Future:
    """The packages and the module, on their way or there; tried again after a failure."""
    future = on_their_way.get(needed.modules)
    if future is None or (future.done() and future.exception()):
        future = on_their_way[needed.modules] = asyncio.ensure_future(load(needed))
    return future


async def dispatch(event_json: str) -> str:
    global state
    event = json.loads(event_json)
    if needed := NEEDS.get(event["name"]):
        try:
            await loaded(needed)
        except Exception as error:  # whatever kept a package from coming, the filer can only try again
            print(needed.packages, error)
            event |= needed.failure
    state, effects = update(state, event)
    if soon := PREPARE.get(state.pantalla):
        loaded(soon)
    return json.dumps({"html": view(state), "effects": effects})


__export__ = ["dispatch"]
