"""static/js/cifrado.js under Node: what it makes opens here and with the script of docs/respaldo.md, and only then."""

import json
import re
import subprocess
import sys
import unicodedata
from base64 import b64decode, b64encode
from datetime import datetime
from hashlib import pbkdf2_hmac, sha256

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from lugares import AYUDAS, ROOT
from tramite.empresas import respaldo

CONTRASENA = "caballo grapa Ñandú corrección"
TEXTO = '{"formato": "raoce-borradores/1", "borradores": [{"campos": {"razon_social": "Ñandú & Cía."}}]}'
# As few as a file may ask for: the tests wait for each.
ITERACIONES = respaldo.MINIMO_ITERACIONES


@pytest.fixture(scope="session")
def node(tmp_path_factory):
    folder = tmp_path_factory.mktemp("cifrado")
    (folder / "package.json").write_text('{"type": "module"}')
    module = folder / "cifrado.js"
    module.write_bytes((ROOT / "static" / "js" / "cifrado.js").read_bytes())
    command = ["node", AYUDAS / "cifrado_driver.mjs", module]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def ask(**request):
        process.stdin.write(json.dumps(request) + "\n")
        process.stdin.flush()
        return json.loads(process.stdout.readline())

    yield ask
    process.stdin.close()
    assert process.wait(10) == 0


@pytest.fixture(scope="session")
def made(node):
    return node(accion="cifrar", texto=TEXTO, contrasena=CONTRASENA, iteraciones=ITERACIONES)


def file_of(made, iteraciones=ITERACIONES, **changes):
    content = respaldo.header(datetime.fromisoformat("2024-05-20T18:00:00+00:00"))
    content["derivacion"] |= {"sal": made["sal"], "iteraciones": iteraciones}
    content["cifrado"] |= {"nonce": made["nonce"]}
    return json.dumps(content | {"suma": made["suma"], "datos": made["datos"]} | changes)


def open_with(node, cifrado, contrasena):
    sealed = {k: getattr(cifrado, k) for k in ("sal", "nonce", "datos", "iteraciones")}
    return node(accion="descifrar", contrasena=contrasena, **sealed)


def test_what_it_makes_it_opens_again(node, made):
    found = respaldo.read(file_of(made))
    assert open_with(node, found, CONTRASENA) == {"texto": TEXTO}
    # A keyboard may send «ñ» and «ó» as two characters each.
    assert open_with(node, found, unicodedata.normalize("NFD", CONTRASENA)) == {"texto": TEXTO}


def test_it_is_what_the_document_says(made):
    sal, nonce, datos = (b64decode(made[k]) for k in ("sal", "nonce", "datos"))
    assert (len(sal), len(nonce)) == (16, 12)
    llave = pbkdf2_hmac("sha256", CONTRASENA.encode(), sal, ITERACIONES)
    assert AESGCM(llave).decrypt(nonce, datos, b"raoce-respaldo-cifrado/1").decode() == TEXTO
    assert made["suma"] == sha256(sal + nonce + str(ITERACIONES).encode() + datos).hexdigest()


def test_no_two_are_alike(node, made):
    again = node(accion="cifrar", texto=TEXTO, contrasena=CONTRASENA, iteraciones=ITERACIONES)
    assert not {made[k] for k in ("sal", "nonce", "datos")} & {again[k] for k in ("sal", "nonce", "datos")}


@pytest.mark.parametrize("contrasena", ["caballo grapa ñandú corrección", CONTRASENA + " ", "x"])
def test_another_password_does_not_open_it(node, made, contrasena):
    assert open_with(node, respaldo.read(file_of(made)), contrasena) == {"codigo": "respaldo-contrasena-incorrecta"}


def test_one_altered_with_its_sum_mended_does_not_open(node, made):
    sal, nonce, datos = (bytearray(b64decode(made[k])) for k in ("sal", "nonce", "datos"))
    datos[3] ^= 1
    suma = sha256(sal + nonce + str(ITERACIONES).encode() + datos).hexdigest()
    found = respaldo.read(file_of(made, datos=b64encode(datos).decode(), suma=suma))
    assert open_with(node, found, CONTRASENA) == {"codigo": "respaldo-contrasena-incorrecta"}


def test_it_does_no_work_without_end(node, made):
    sealed = {k: made[k] for k in ("sal", "nonce", "datos")} | {"contrasena": CONTRASENA}
    for iteraciones in (10**9, 0, -5, None):
        assert node(accion="descifrar", iteraciones=iteraciones, **sealed) == {"codigo": "respaldo-danado"}


@pytest.mark.parametrize(
    ("contrasena", "otra", "codigo"),
    [
        ("", "", "respaldo-sin-contrasena"),
        (CONTRASENA, CONTRASENA.lower(), "respaldo-contrasenas-distintas"),
        ("corta", "corta", "respaldo-contrasena-corta"),
        ("20/05/2024 18:00", "20/05/2024 18:00", "respaldo-contrasena-facil"),
        ("aaaaaabbbbbbcccccc", "aaaaaabbbbbbcccccc", "respaldo-contrasena-facil"),
        (CONTRASENA, CONTRASENA, None),
    ],
)
def test_a_password_that_is_soon_guessed_is_not_taken(node, contrasena, otra, codigo):
    assert node(accion="revisar", contrasena=contrasena, otraVez=otra).get("codigo") == codigo


def test_the_script_of_the_document_opens_it(made, tmp_path):
    (script,) = re.findall(r"```python\n(.*?)```", (ROOT / "docs" / "respaldo.md").read_text(encoding="utf-8"), re.S)
    path = tmp_path / "copia.json"

    def run(contrasena, texto):
        path.write_text(texto, encoding="utf-8")
        command = [sys.executable, "-X", "utf8", "-c", script, path]
        return subprocess.run(command, input=contrasena + "\n", capture_output=True, encoding="utf-8")

    assert run(CONTRASENA, file_of(made)).stdout == TEXTO
    assert "not its password" in run("otra", file_of(made)).stderr
    assert "damaged" in run(CONTRASENA, file_of(made, suma="0" * 64)).stderr
