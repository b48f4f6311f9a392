"""Others verify the file as we do: npm's jose and PyPI's joserfc, with the commands that docs/firma.md gives."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import alteraciones as al
from efirmas import make_efirma
from lugares import AYUDAS, ROOT

DOCUMENTO = ROOT / "docs" / "firma.md"
JOSE, JOSERFC, OPENSSL = (AYUDAS / (f"verificar{name}") for name in ("_jose.mjs", "_joserfc.py", ".sh"))
ARCHIVO = "RAOCE_2023_EKU9003173C9.json"

VARIANTS = [{}, {"bits": 4096}, {"rfc": "Ñ&A900317AB1", "nombre": "ÑANDÚ & ASOCIADOS SA DE CV"}]


def run(script: Path, folder: Path, archivo: bytes) -> subprocess.CompletedProcess:
    (folder / ARCHIVO).write_bytes(archivo)
    if script.suffix == ".mjs":
        # Node looks for packages from the script upwards.
        shutil.copy(script, folder / script.name)
        (folder / "node_modules").exists() or (folder / "node_modules").symlink_to(ROOT / "node_modules")
        command = ["node", script.name]
    else:
        command = [sys.executable, str(script)]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=60)


@pytest.mark.parametrize("variant", VARIANTS, ids=str)
@pytest.mark.parametrize("script", [JOSE, JOSERFC], ids=["jose", "joserfc"])
def test_they_verify_our_file(tmp_path, script, variant):
    done = run(script, tmp_path, al.sign(al.payload_of(), make_efirma(**variant)))
    assert done.stderr == ""
    assert done.stdout.startswith("Verified")
    assert (tmp_path / "reporte.json").read_bytes() == al.payload_of()


@pytest.mark.parametrize("script", [JOSE, JOSERFC], ids=["jose", "joserfc"])
def test_they_refuse_what_we_refuse(tmp_path, script):
    members = json.loads(al.good())
    cabecera = json.loads(al.decode(members["protected"]))
    none = al.encode(json.dumps(cabecera | {"alg": "none"}).encode())
    for changed in (
        {"payload": al.encode(al.payload_of().replace(b"9500", b"9501"))},
        {"protected": none, "signature": ""},
        {"signature": json.loads(al.good(con_bienes=True))["signature"]},
    ):
        done = run(script, tmp_path, al.envelope(**members | changed))
        assert done.returncode != 0
        assert "Verified" not in done.stdout


@pytest.mark.parametrize("script", [OPENSSL, JOSE, JOSERFC], ids=lambda s: s.name)
def test_the_document_gives_exactly_these_commands(script):
    assert script.read_text(encoding="utf-8") in DOCUMENTO.read_text(encoding="utf-8")
