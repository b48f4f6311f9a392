"""Backups in a browser: everything out, erased and back; with a password; the folder of copies."""

import json
import re
import time

import pytest
from conftest import only_hosted
from playwright.sync_api import expect

UNO = {
    **{"rfc": "EKU9003173C9", "razon_social": "Ñandú & Cía.", "ejercicio": "2023"},
    **{"programa-IMMEX": "si", "ventas": "10"},
}
DOS = {"rfc": "IIA040805DZ4", "ejercicio": "2023", "programa-PROSEC": "si", "bienes": "I\t85011001\tMotor"}
CONTRASENA = "caballo grapa ñandú corrección"
# The file system of the site itself in the place of the one that a picker gives: the same kind of handle.
PICKER = """
    globalThis.folder = async () => {
        const root = await navigator.storage.getDirectory();
        return root.getDirectoryHandle('copias', { create: true });
    };
    globalThis.copied = async () => {
        try {
            return await (await (await (await folder()).getFileHandle('RAOCE_respaldo.json')).getFile()).text();
        } catch {
            return '';
        }
    };
    if ('showDirectoryPicker' in globalThis) globalThis.showDirectoryPicker = () => globalThis.folder();
"""
IN_FOLDER = "copied()"
WRITE_THERE = """async (text) => {
    const file = await (await folder()).getFileHandle('RAOCE_respaldo.json', { create: true });
    const stream = await file.createWritable();
    await stream.write(text);
    await stream.close();
}"""


def drafts_file(*borradores):
    rows = [{"campos": campos, "modificado": "2024-05-20T18:00:00+00:00"} for campos in borradores]
    return json.dumps({"formato": "raoce-borradores/1", "borradores": rows}).encode()


def restore(pagina, body, name="copia.json"):
    file = {"name": name, "mimeType": "application/json", "buffer": body}
    pagina.page.locator("#restaurar").set_input_files(file)


def with_drafts(pagina, *borradores):
    pagina.open("?pantalla=empresas")
    restore(pagina, drafts_file(*borradores))
    pagina.press("Restaurar las marcadas")
    expect(pagina.page.locator("tr[data-rfc]")).to_have_count(len(borradores))
    return pagina


def erase_all(pagina):
    pagina.unfold()
    pagina.press("Borrar todo")
    pagina.press("Sí, borrar todo")
    expect(pagina.page.locator("#avisos")).to_contain_text("Se borró")
    pagina.open("?pantalla=empresas")
    expect(pagina.page.locator("tr[data-rfc]")).to_have_count(0)


def wait_in_folder(pagina, text):
    deadline = time.monotonic() + 40
    while text not in pagina.page.evaluate(IN_FOLDER):
        assert time.monotonic() < deadline, f"«{text}» was not written into the folder"
        pagina.page.wait_for_timeout(500)


def campos_of(body):
    return [row["campos"] for row in json.loads(body)["borradores"]]


def test_backup_erase_and_restore_and_everything_is_as_it_was(pagina):
    with_drafts(pagina, UNO, DOS)
    file = pagina.download("Respaldar")
    assert re.fullmatch(r"RAOCE_respaldo_\d{4}-\d\d-\d\d\.json", file.nombre) and campos_of(file.cuerpo) == [UNO, DOS]
    expect(pagina.page.locator("#ultima-copia")).to_contain_text("Última copia: hoy")
    erase_all(pagina)
    restore(pagina, file.cuerpo)
    expect(pagina.page.locator("[data-cuantas=nueva]")).to_contain_text("2 que no están")
    pagina.press("Restaurar las marcadas")
    expect(pagina.page.locator("tr[data-rfc]")).to_have_count(2)
    assert campos_of(pagina.download("Respaldar").cuerpo) == [UNO, DOS]
    # And is kept.
    pagina.open("?pantalla=empresas")
    expect(pagina.page.locator("tr[data-rfc]")).to_have_count(2)


@pytest.mark.cada_motor
def test_a_copy_with_a_password_opens_with_it_alone(pagina):
    with_drafts(pagina, UNO, DOS)
    pagina.page.get_by_text("Respaldar con contraseña").click()
    pagina.field("Contraseña de la copia").fill("corta")
    pagina.field("La misma contraseña, otra vez").fill("corta")
    pagina.press("Descargar la copia cifrada")
    expect(pagina.error("respaldo-contrasena")).to_contain_text("12 caracteres")
    pagina.field("Contraseña de la copia").fill(CONTRASENA)
    pagina.field("La misma contraseña, otra vez").fill(CONTRASENA)
    file = pagina.download("Descargar la copia cifrada")
    assert json.loads(file.cuerpo)["derivacion"]["iteraciones"] == 600_000 and UNO["rfc"].encode() not in file.cuerpo
    expect(pagina.page.locator("#avisos")).to_contain_text("Se hizo la copia")
    assert pagina.page.locator("#respaldo-contrasena").input_value() == ""
    erase_all(pagina)

    damaged = json.loads(file.cuerpo)
    damaged["datos"] = damaged["datos"].swapcase()
    restore(pagina, json.dumps(damaged).encode())
    expect(pagina.page.locator("#avisos")).to_contain_text("está dañada o incompleta")
    restore(pagina, file.cuerpo, file.nombre)
    pagina.field("Contraseña para abrir la copia").fill("otra cosa del todo")
    pagina.field("Contraseña para abrir la copia").press("Enter")
    expect(pagina.error("restaurar-contrasena")).to_contain_text("Esa no es la contraseña")
    pagina.field("Contraseña para abrir la copia").fill(CONTRASENA)
    pagina.press("Abrir la copia")
    pagina.press("Restaurar las marcadas")
    expect(pagina.page.locator("tr[data-rfc]")).to_have_count(2)
    assert campos_of(pagina.download("Respaldar").cuerpo) == [UNO, DOS]


def test_what_two_people_changed_is_put_together_and_asked(pagina):
    with_drafts(pagina, UNO)
    pagina.download("Respaldar")
    theirs = drafts_file(UNO | {"calle": "Dos", "ventas": "30"})
    pagina.press(f"Abrir {UNO['rfc']} 2023")
    pagina.go("Datos de reporte anual")
    pagina.type("Ventas totales (a)", "20")
    pagina.page.wait_for_timeout(600)  # what has been there for half a second is kept
    pagina.open("?pantalla=empresas")
    restore(pagina, theirs)
    rows = pagina.page.locator("#restauracion tr[data-campo]")
    expect(rows).to_have_count(2)
    pagina.press("Restaurar las marcadas")
    expect(pagina.page.locator("#avisos")).to_contain_text("cambiaron aquí y allá")
    pagina.page.get_by_label("Ventas totales (a): lo de este equipo").check()
    pagina.page.get_by_label("Calle: lo del archivo").check()
    pagina.press("Restaurar las marcadas")
    expect(pagina.page.locator("#avisos")).to_contain_text("Se restauraron 1")
    (merged,) = campos_of(pagina.download("Respaldar").cuerpo)
    assert (merged["ventas"], merged["calle"]) == ("20", "Dos")


@only_hosted("it keeps nothing on the computer")
def test_each_change_is_written_into_the_folder(pagina):
    pagina.page.add_init_script(PICKER)
    with_drafts(pagina, UNO)
    pagina.press("Elegir carpeta")
    expect(pagina.page.locator("#carpeta")).to_contain_text("Carpeta «copias»")
    assert campos_of(pagina.page.evaluate(IN_FOLDER)) == [UNO]
    expect(pagina.page.locator("#ultima-copia")).to_contain_text("Última copia: hoy")
    pagina.press(f"Abrir {UNO['rfc']} 2023")
    pagina.go("Solicitante")
    pagina.type("Calle", "Álvaro Obregón")
    wait_in_folder(pagina, "Álvaro Obregón")
    # The last change before the page goes is written when it is there again.
    pagina.type("Colonia", "Centro")
    pagina.page.wait_for_timeout(1500)
    assert "Centro" not in pagina.page.evaluate(IN_FOLDER)
    pagina.open("?pantalla=solicitante")
    wait_in_folder(pagina, "Centro")


@only_hosted("it keeps nothing on the computer")
def test_a_copy_of_somebody_else_is_not_written_over_nor_one_by_nothing(pagina):
    pagina.page.add_init_script(PICKER)
    with_drafts(pagina, UNO)
    pagina.page.evaluate(WRITE_THERE, drafts_file(DOS).decode())
    pagina.press("Elegir carpeta")
    expect(pagina.page.locator("[data-carpeta=ajena]")).to_be_visible()
    assert campos_of(pagina.page.evaluate(IN_FOLDER)) == [DOS]
    pagina.press("Comparar con la copia")
    pagina.press("Restaurar las marcadas")
    expect(pagina.page.locator("tr[data-rfc]")).to_have_count(2)
    pagina.press("Reemplazar la copia")
    expect(pagina.page.locator("[data-carpeta=escrita]")).to_be_visible()
    assert campos_of(pagina.page.evaluate(IN_FOLDER)) == [UNO, DOS]
    erase_all(pagina)
    expect(pagina.page.locator("[data-carpeta=sin-elegir]")).to_be_visible()
    assert campos_of(pagina.page.evaluate(IN_FOLDER)) == [UNO, DOS]


@only_hosted("it keeps nothing on the computer")
def test_a_permission_that_is_gone_is_asked_for_again_and_blocks_nothing(pagina):
    pagina.page.add_init_script(PICKER)
    with_drafts(pagina, UNO)
    pagina.press("Elegir carpeta")
    expect(pagina.page.locator("[data-carpeta=escrita]")).to_be_visible()
    pagina.page.evaluate(
        """() => {
            let state = 'prompt';
            const handle = FileSystemHandle.prototype;
            handle.queryPermission = async () => state;
            handle.requestPermission = async () => (state = 'granted');
        }"""
    )
    pagina.press(f"Abrir {UNO['rfc']} 2023")
    pagina.go("Solicitante")
    pagina.type("Calle", "Uno")
    expect(pagina.page.locator("#avisos")).to_contain_text("ya no da permiso", timeout=20_000)
    assert "Uno" not in pagina.page.evaluate(IN_FOLDER) and pagina.field("Calle").input_value() == "Uno"
    pagina.unfold()
    pagina.page.get_by_role("link", name="Mis empresas").click()
    pagina.press("Dar permiso")
    expect(pagina.page.locator("[data-carpeta=escrita]")).to_be_visible()
    assert "Uno" in pagina.page.evaluate(IN_FOLDER)


@pytest.mark.parametrize("browser", ["firefox"], indirect=True)
def test_where_there_are_no_folders_nothing_is_said_of_them(pagina):
    if pagina.engine != "firefox":
        pytest.skip("Firefox is not on this machine")
    with_drafts(pagina, UNO)
    pagina.download("Respaldar")
    assert "carpeta" not in pagina.page.locator("#contenido").inner_text().lower()


@only_hosted("it has no second copy")
def test_what_was_erased_does_not_come_back_where_the_page_went_before_its_copy_had_gone(pagina):
    with_drafts(pagina, UNO)
    pagina.page.wait_for_timeout(1000)  # the copy is written
    pagina.page.evaluate("() => { CacheStorage.prototype.delete = () => new Promise(() => {}); }")
    erase_all(pagina)
    expect(pagina.page.locator("#app h1")).to_have_text("Mis empresas")
    kept = "async () => (await (await caches.open('raoce-copia')).keys()).length"
    deadline = time.monotonic() + 20
    while pagina.page.evaluate(kept):
        assert time.monotonic() < deadline, "its copy is still there"
        pagina.page.wait_for_timeout(200)
