"""What is made in practice says so: every page of every file, and the name of each; and nothing else does."""

import ast
import io
from base64 import b64decode
from dataclasses import replace
from email import message_from_bytes, policy
from zipfile import ZipFile

import docx
import openpyxl
import pypdf
import pytest
from icalendar import Calendar

from borradores import presented
from documentos.correo import NADIE
from documentos.hojas.encabezados import ENCABEZADOS
from documentos.hojas.hojas import read, recognise, write
from lugares import ROOT
from pantallas.practica.modo import Practica
from papeles import as_pdf, office, poppler, texts, word_writer
from raoce.bienes import COLUMNAS, Fila
from raoce.bienes.catalogos import parse_sector, parse_unidad
from raoce.firma import SELLO
from tramite.formulario.relacion import to_text
from tramites import Tramite

# With these the capture sheet and the letter take several pages.
BIENES = tuple(Fila("XXII", "09011201", f"Café {n}", "01", f"{n}", "0", f"{n}") for n in range(1, 121))
PROSEC = {"programa-IMMEX": "", "programa-PROSEC": "si", "importaciones": "0"}
PRESENTADO = presented(**PROSEC, bienes=to_text(BIENES))
CARTA = {"carta_lugar": "Los Mochis", "carta_representante": "María Ñúñez", "presentacion": "2024-05-17"}
ARCHIVOS = {
    "captura.descargar": "RAOCE_captura_2023_EKU9003173C9.pdf",
    "corregir.descargar-carta": "RAOCE_carta_2023_EKU9003173C9.pdf",
    "corregir.descargar-word": "RAOCE_carta_2023_EKU9003173C9.docx",
    "corregir.descargar-correo": "RAOCE_carta_2023_EKU9003173C9.eml",
    "recordatorios": "RAOCE_fechas_2023_EKU9003173C9.ics",
    "bienes.exportar": "RAOCE_bienes_2023_EKU9003173C9.xlsx",
}


@pytest.fixture(scope="session")
def write_word(tmp_path_factory):
    with word_writer(tmp_path_factory.mktemp("word")) as write:
        yield write


@pytest.fixture(scope="session")
def download(write_word):
    """Name and bytes of what an event downloads, in practice or not."""

    def get(evento, practica):
        t = Tramite("?pantalla=corregir").do("corregir.abrir-presentado", texto=PRESENTADO, nombre="x")
        t.type(debe_ventas="200,000", **CARTA)
        goods = tuple(fila._replace(total=f"{n + 500}") for n, fila in enumerate(BIENES))
        t.state = t.state.with_borrador({**t.draft, "bienes": to_text(goods)})
        if practica:
            t.state = replace(t.state, modo=Practica())
        t.do(evento)
        effect = next(e for e in t.effects if "nombre" in e)
        return effect["nombre"], write_word(effect["carta"]) if "carta" in effect else b64decode(effect["base64"])

    return get


def parts(nombre, datos):
    """The texts of a file each of which a reader may see alone: pages, events, sheets; and the title of the file."""
    match nombre.rpartition(".")[2]:
        case "pdf":
            file = pypdf.PdfReader(io.BytesIO(datos))
            return [file.metadata.title, *(page.extract_text() for page in file.pages)]
        case "docx":
            file = docx.Document(io.BytesIO(datos))
            [section] = file.sections
            heads = (section.header, section.first_page_header)
            return [file.core_properties.title, file.paragraphs[0].text, *(h.paragraphs[0].text for h in heads)]
        case "ics":
            file = Calendar.from_ical(datos)
            told = [component for component in file.walk() if component.name in ("VEVENT", "VALARM")]
            texts_of = [str(c[key]) for c in told for key in ("SUMMARY", "DESCRIPTION") if key in c]
            return [str(file["X-WR-CALNAME"]), *texts_of]
        case "xlsx":
            file = openpyxl.load_workbook(io.BytesIO(datos))
            said = [(sheet["A1"].value, sheet.oddHeader.center.text or "") for sheet in file.worksheets]
            return [file.properties.title, *(text for pair in said for text in pair)]
        case "eml":
            mail = message_from_bytes(datos, policy=policy.default)
            files = [text for a in mail.iter_attachments() for text in parts(a.get_filename(), a.get_content())]
            return [mail["Subject"], mail.get_body().get_content(), *files]


@pytest.mark.parametrize("evento", ARCHIVOS)
def test_in_practice_every_part_of_every_file_says_it_and_so_does_its_name(evento, download):
    nombre, datos = download(evento, practica=True)
    assert nombre == f"EJERCICIO_{ARCHIVOS[evento]}"
    found = parts(nombre, datos)
    assert len(found) > 3 and all(SELLO in text for text in found)


@pytest.mark.parametrize("evento", ARCHIVOS)
def test_outside_of_practice_nothing_says_it(evento, download):
    nombre, datos = download(evento, practica=False)
    assert nombre == ARCHIVOS[evento]
    assert not any("VALIDEZ" in text for text in parts(nombre, datos))
    if nombre.endswith(("docx", "xlsx")):
        with ZipFile(io.BytesIO(datos)) as inside:
            assert not any(b"VALIDEZ" in inside.read(name) for name in inside.namelist())


def test_every_download_of_the_form_is_sealed():
    """Drafts and the table of the verifier are not written in practice; the signed file is marked as it is signed."""
    apart = {
        *("tramite/borradores/conservar.py", "tramite/firmar.py"),
        *(
            "pantallas/verificar/eventos.py",
            *(f"pantallas/empresas/{m}.py" for m in ("eventos", "respaldo", "trabajos")),
        ),
    }
    found = []
    for path in sorted((ROOT / "py").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            name = ast.unparse(node.func) if isinstance(node, ast.Call) else ""
            if path.relative_to(ROOT / "py").as_posix() not in apart and name in (
                "efectos.download",
                "efectos.download_bytes",
                "efectos.write_word",
            ):
                found.append((path.name, isinstance(node.args[0], ast.Starred)))
    assert len(found) >= len(ARCHIVOS) and all(sealed for _, sealed in found)


@poppler
@pytest.mark.parametrize("evento", ["captura.descargar", "corregir.descargar-carta"])
def test_the_mark_is_read_once_at_the_head_of_each_page_and_moves_nothing(evento, download):
    plain = texts(download(evento, practica=False)[1])
    assert len(plain) > 2
    assert texts(download(evento, practica=True)[1]) == [f"{SELLO} {page}" for page in plain]


@office
@poppler
def test_libreoffice_prints_it_on_every_page_of_the_letter(tmp_path, download):
    pages = texts(as_pdf(tmp_path, download("corregir.descargar-word", practica=True)[1]))
    assert len(pages) > 2 and all(page.startswith(SELLO) for page in pages)


def test_the_mail_goes_to_nobody(download):
    mail = message_from_bytes(download("corregir.descargar-correo", practica=True)[1], policy=policy.default)
    body = mail.get_body().get_content()
    assert mail["Subject"] == f"{SELLO} · ERROR RAOCE / EKU9003173C9"
    assert mail["To"] == NADIE and NADIE.endswith(".invalid")
    assert body.startswith(SELLO) and f"no se envía a nadie: la dirección {NADIE} no existe." in body
    assert "gob.mx" not in f"{mail.items()}{body}"
    assert [a.get_filename() for a in mail.iter_attachments()] == [f"EJERCICIO_{ARCHIVOS['corregir.descargar-carta']}"]


def test_the_calendar_of_practice_does_not_touch_the_real_one(download):
    ours, real = (Calendar.from_ical(download("recordatorios", practica)[1]).events for practica in (True, False))
    assert all(e[key].startswith(SELLO) for e in ours for key in ("SUMMARY", "DESCRIPTION"))
    assert [e["DTSTART"].dt for e in ours] == [e["DTSTART"].dt for e in real]
    assert len({e["UID"] for e in (*ours, *real)}) == 2 * len(real)


def test_the_goods_of_practice_are_read_again_in_the_form(download):
    nombre, datos = download("bienes.exportar", practica=True)
    hoja = recognise(read(nombre, datos))
    assert [r.fila.descripcion for r in hoja.filas] == [fila.descripcion for fila in BIENES]
    assert hoja.ignoradas == () and set(hoja.columnas) == set(COLUMNAS)


@pytest.mark.parametrize("filas", [(), BIENES])
def test_the_marked_workbook_works_as_the_other(filas):
    workbook = openpyxl.load_workbook(io.BytesIO(write(filas, sello=SELLO)))
    goods, catalogues = workbook.worksheets
    assert [c.value for c in goods[2]] == list(ENCABEZADOS.values())
    assert (goods.freeze_panes, goods.print_title_rows) == ("A3", "$2:$2")
    assert goods.auto_filter.ref == f"A2:G{max(len(filas) + 2, 3)}"
    lists = {str(v.sqref): v.formula1.replace("$", "") for v in goods.data_validations.dataValidation}
    assert list(lists) == ["A3:A10002", "D3:D10002"]
    for reference, parse in zip(lists.values(), (parse_sector, parse_unidad), strict=True):
        keys = [cell.value for row in catalogues[reference.partition("!")[2]] for cell in row]
        assert all(map(parse, keys)) and len(keys) > 20


def test_on_paper_the_page_says_the_same():
    assert f'content: "{SELLO}"' in (ROOT / "static" / "css" / "raoce.css").read_text(encoding="utf-8")


def test_the_style_of_paper_says_the_same_mark():
    assert f'content: "{SELLO}"' in (ROOT / "static" / "css" / "raoce.css").read_text(encoding="utf-8")
