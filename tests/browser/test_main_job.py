"""The main job on the built site, for each combination of programmes: fill in, compute, check, sign, download."""

import json
import shutil
import subprocess
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from conftest import DIST, only_hosted
from jsonschema import Draft202012Validator
from playwright.sync_api import expect

from lugares import AYUDAS
from raoce.empresa import ULTIMO
from raoce.firma.certificado import Certificado
from raoce.firma.jws import parse, verify_rs256

# The commands of the README, word for word (tests/unit/test_firma.py sees to that).
VERIFICAR = AYUDAS / "verificar.sh"

IMMEX = {"Número de programa IMMEX": "83-2019", "Modalidad IMMEX": "Industrial"}
PROSEC = {"Número de programa PROSEC": "2019-8664", "Modalidad PROSEC": "Productor directo"}
ALTEX = {"Número de programa ALTEX": "1234", "Modalidad ALTEX": "Exportador directo"}
ECEX = {"Número de programa ECEX": "567", "Modalidad ECEX": "Promotora"}

JOBS = {
    "IMMEX": {
        "programas": IMMEX,
        "fecha": "2024-05-30",
        "cifras": ("1,000", "1 000", None),
        "espera": {"saldo": "1,000", "porcentaje": "100.00", "dolares": "56,389.38"},
        "plazos": {"IMMEX": ("en-plazo", "2024-05-31", "2024-08-30")},
        "compromisos": {"IMMEX": "cumple"},
    },
    "PROSEC": {
        "programas": PROSEC,
        "fecha": "2024-05-02",
        "cifras": ("5000", "3500", "4000"),
        "espera": {"saldo": "−500", "porcentaje": "70.00", "dolares": "197,362.81"},
        "plazos": {"PROSEC": ("suspendido", "2024-04-30", "2024-06-28")},
        "compromisos": {"PROSEC": "sin-umbral"},
    },
    "IMMEX,PROSEC": {
        "programas": IMMEX | PROSEC,
        "fecha": "2024-07-01",
        "cifras": ("100000", "7000", None),
        "espera": {"saldo": "7,000", "porcentaje": "7.00", "dolares": "394,725.63"},
        "plazos": {
            "IMMEX": ("suspendido", "2024-05-31", "2024-08-30"),
            "PROSEC": ("cancelado", "2024-05-31", "2024-06-28"),
        },
        "compromisos": {"IMMEX": "no-cumple", "PROSEC": "sin-umbral"},
    },
    "ALTEX": {
        "programas": ALTEX,
        "fecha": "2024-03-15",
        "cifras": ("100000", "35500", "10"),
        "espera": {"saldo": "35,490", "porcentaje": "35.50", "dolares": "2,001,822.84"},
        "plazos": {"ALTEX": ("no-inicia", "2024-05-31", "")},
        "compromisos": {"ALTEX": "zona-gris"},
    },
    "ECEX": {
        "programas": ECEX,
        "fecha": "2024-06-01",
        "cifras": ("9000", "9000", "0"),
        "espera": {"saldo": "9,000", "porcentaje": "100.00", "dolares": "507,504.38"},
        "plazos": {"ECEX": ("cancelado", "2024-05-31", "")},
        "compromisos": {"ECEX": "cumple"},
    },
}


@pytest.mark.parametrize("programas", JOBS)
def test_the_whole_job(pagina, efirma, programas, tmp_path):
    job = JOBS[programas]
    pagina.open()
    pagina.page.get_by_role("link", name="Preparar el reporte").click()
    expect(pagina.page.locator("h1")).to_contain_text("Programas")
    pagina.choose("Ejercicio", "2023 (se presenta en 2024)")
    for programa in programas.split(","):
        pagina.field(programa).check()
    for label, text in job["programas"].items():
        if label.startswith("Modalidad"):
            pagina.choose(label, text)
        else:
            pagina.type(label, text)
    expect(pagina.page.locator("main")).to_contain_text("inicio 01-2023, fin 12-2023")
    pagina.fill_empresa(types=programas == "IMMEX")

    pagina.go("Datos de reporte anual")
    labels = ("Ventas totales (a)", "Total exportaciones (b)", "Total importaciones (c)")
    for label, amount in zip(labels, job["cifras"], strict=True):
        if amount is None:
            expect(pagina.field(label)).to_be_disabled()
            expect(pagina.field(label)).to_have_value("0")
        else:
            pagina.type(label, amount)
    expect(pagina.field("Tipo de cambio")).to_have_value("17.73383705")
    for label, figure in (
        ("Saldo b-c", "saldo"),
        ("Porcentaje exportación b/a*100", "porcentaje"),
        ("Exportaciones en dólares", "dolares"),
    ):
        expect(pagina.field(label)).to_have_text(job["espera"][figure])
    for programa, resultado in job["compromisos"].items():
        expect(pagina.page.locator(f"[data-compromiso={programa}]")).to_have_attribute("data-resultado", resultado)

    pagina.go("Plazos")
    pagina.type("Fecha de consulta", job["fecha"])
    for programa, (estado, limite, ultima) in job["plazos"].items():
        card = pagina.page.locator(f"[data-programa={programa}]")
        expect(card).to_have_attribute("data-estado", estado)
        expect(card).to_have_attribute("data-limite", limite)
        expect(card).to_have_attribute("data-ultima", ultima)

    pagina.go("Revisar")
    expect(pagina.page.locator("main")).to_contain_text("La solicitud está completa")
    pagina.go("Firmar")
    pagina.choose_efirma(efirma)
    expect(pagina.page.locator("#firmante")).to_contain_text("ENSAMBLES KUAUTLI")
    pagina.press("Firmar")
    expect(pagina.page.locator("#firma-lista")).to_be_focused()
    expect(pagina.field("Contraseña de clave privada")).to_have_value("")
    download = pagina.download("Descargar solicitud firmada")
    assert download.nombre == "RAOCE_2023_EKU9003173C9.json"

    jws = parse(download.cuerpo)
    signer = Certificado(jws.certificado)
    assert signer.rfc == "EKU9003173C9"
    assert verify_rs256(jws.por_firmar.signing_input, jws.firma, signer.modulo, signer.exponente)
    if shutil.which("openssl"):
        (tmp_path / download.nombre).write_bytes(download.cuerpo)
        done = subprocess.run(["sh", VERIFICAR], cwd=tmp_path, capture_output=True, text=True, timeout=60)
        assert done.stdout.startswith("Verified OK\n") and done.stderr == ""
        assert (tmp_path / "reporte.json").read_bytes() == jws.payload
    payload = json.loads(jws.payload)
    schema = json.loads((DIST / "esquema" / "raoce-1.schema.json").read_bytes())
    Draft202012Validator(schema).validate(payload)
    assert [p["programa"] for p in payload["programas"]] == programas.split(",")
    assert {c["programa"]: c["resultado"] for c in payload["compromisos"]} == job["compromisos"]
    assert {p["programa"]: p["estado"] for p in payload["plazos"]} == {k: v[0] for k, v in job["plazos"].items()}
    assert f"{payload['dolares']['exportaciones']:,.2f}" == job["espera"]["dolares"]


@only_hosted("each opening of a file may have its own storage")
def test_whoever_comes_without_a_draft_begins_at_inicio_and_whoever_has_one_at_it(pagina):
    title = pagina.open().page.locator("h1")
    expect(title).to_have_text("Reporte anual de comercio exterior")
    pagina.page.get_by_role("link", name="Preparar el reporte").click()
    pagina.field("IMMEX").check()
    expect(pagina.field("Número de programa IMMEX")).to_be_visible()
    pagina.page.goto(pagina.url)
    # Drawn at once, before Python has come.
    expect(title).to_contain_text("Plazos", timeout=1000)
    pagina.open()
    expect(title).to_contain_text("Plazos")
    pagina.page.get_by_role("link", name="Inicio").click()
    pagina.page.get_by_role("link", name="Seguir donde me quedé").click()
    expect(title).to_contain_text("Programas")


def test_todays_deadlines(pagina):
    pagina.open()
    pagina.page.get_by_role("link", name="Ver mis fechas").click()
    today = datetime.now(ZoneInfo("America/Mexico_City")).date()
    expect(pagina.page.locator("h1")).to_contain_text("Plazos")
    expect(pagina.field("Fecha de consulta")).to_have_value(today.isoformat())
    next_one = today > date(today.year, 9, 1)
    expect(pagina.field("Ejercicio")).to_have_value(str(min(today.year - 1 + next_one, ULTIMO)))
    pagina.field("PROSEC").check()
    expect(pagina.page.locator("[data-programa=PROSEC]")).to_be_visible()


def test_figures_change_with_every_keystroke(pagina):
    pagina.open("?pantalla=datos&programas=IMMEX&ejercicio=2023&exportaciones=5")
    for typed, shown in (("1", "—"), ("10", "50.00"), ("100", "5.00")):
        pagina.field("Ventas totales (a)").press("End")
        pagina.field("Ventas totales (a)").press_sequentially(typed[-1])
        expect(pagina.field("Porcentaje exportación b/a*100")).to_have_text(shown)


def test_fast_typing_loses_nothing_and_keeps_the_caret(pagina):
    pagina.open("?pantalla=solicitante")
    name = "Ñandú & Hijos «El Güero», S. de R.L. de C.V."
    pagina.field("Denominación o razón social").press_sequentially(name, delay=0)
    expect(pagina.field("Denominación o razón social")).to_have_value(name)
    pagina.field("Denominación o razón social").press("Home")
    pagina.page.keyboard.type("La ", delay=0)
    expect(pagina.field("Denominación o razón social")).to_have_value("La " + name)
    pagina.page.keyboard.press("Tab")
    pagina.page.keyboard.type("Comercio", delay=0)
    expect(pagina.field("Actividad económica preponderante")).to_have_value("Comercio")


def test_what_is_typed_before_python_is_ready_is_kept_and_computed(device, site):
    page = device.new_page()
    page.goto(site + "?pantalla=datos&programas=IMMEX&ejercicio=2023", wait_until="commit")
    for label, text in (("Ventas totales (a)", "2000"), ("Total exportaciones (b)", "500")):
        page.get_by_label(label, exact=True).click()
        page.keyboard.type(text)
    assert page.evaluate("document.documentElement.dataset.python") is None
    expect(page.get_by_label("Porcentaje exportación b/a*100", exact=True)).to_have_text("25.00", timeout=60_000)
    expect(page.get_by_label("Ventas totales (a)", exact=True)).to_have_value("2,000")


def test_what_is_typed_before_the_script_has_come_is_kept_too(device, site):
    page = device.new_page()
    typed = []

    def hold(route):
        page.get_by_label("Ventas totales (a)", exact=True).fill("2000")
        typed.append(page.evaluate("document.documentElement.dataset.python ?? ''"))
        route.continue_()

    page.route("**/static/js/shell.js", hold)
    page.goto(site + "?pantalla=datos&programas=IMMEX&ejercicio=2023&exportaciones=500", wait_until="commit")
    expect(page.get_by_label("Porcentaje exportación b/a*100", exact=True)).to_have_text("25.00", timeout=60_000)
    assert typed == [""]


@pytest.mark.cada_motor
def test_moving_with_the_keyboard_and_the_history(pagina):
    pagina.open("?pantalla=plazos")
    pagina.field("IMMEX").check()
    pagina.press("Continuar a Programas")
    expect(pagina.page.locator("h1")).to_be_focused()
    assert pagina.page.url.endswith("?pantalla=programas")
    pagina.page.go_back()
    expect(pagina.page.locator("h1")).to_contain_text("Plazos")
    pagina.page.go_forward()
    expect(pagina.page.locator("h1")).to_contain_text("Programas")


def test_the_task_list_says_what_is_complete(pagina):
    pagina.open("?ejercicio=2023&programas=IMMEX&pantalla=datos&ventas=10&exportaciones=20")
    steps = pagina.page.get_by_role("navigation", name="Pasos")
    expect(steps.get_by_role("link", name="Datos de reporte anual")).to_contain_text("Con errores")
    expect(steps.get_by_role("link", name="Solicitante")).to_contain_text("Falta")
    pagina.type("Ventas totales (a)", "20")
    expect(steps.get_by_role("link", name="Datos de reporte anual")).to_contain_text("Completo")
