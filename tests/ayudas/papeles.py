"""What documents say, read back by other programs, and letters written in Word as the page does it."""

import base64
import json
import shutil
import subprocess
from contextlib import contextmanager

import pytest

from lugares import AYUDAS, JAVASCRIPT, ROOT

poppler = pytest.mark.skipif(not shutil.which("pdftotext"), reason="pdftotext is missing: install poppler-utils")
office = pytest.mark.skipif(not shutil.which("soffice"), reason="soffice is missing: install libreoffice-writer")


def texts(data):
    """The text of each page, as pdftotext lays it out."""
    done = subprocess.run(["pdftotext", "-layout", "-", "-"], input=data, capture_output=True, check=True)
    return [" ".join(page.split()) for page in done.stdout.decode().split("\f")[:-1]]


def as_pdf(folder, data):
    """A Word document as LibreOffice prints it."""
    path = folder / "carta.docx"
    path.write_bytes(data)
    profile = f"-env:UserInstallation=file://{folder}/perfil"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", folder, path]
    subprocess.run(command, capture_output=True, check=True, timeout=120)
    return path.with_suffix(".pdf").read_bytes()


@contextmanager
def word_writer(folder):
    """One Node process that writes letters with the code of the site and docx bundled as the build does.

    Gives a function from what `to_plain` says to the bytes of the .docx.
    """
    site = folder / "sitio"
    shutil.copytree(ROOT / "static" / "js", site / "js")
    (site / "package.json").write_text('{"type": "module"}')
    bundle = [JAVASCRIPT / "empaquetar.mjs", JAVASCRIPT / "docx.entry.mjs"]
    subprocess.run(["node", *bundle, site / "vendor" / "docx.js"], check=True)
    command = ["node", AYUDAS / "word_driver.mjs", site / "js" / "word.js"]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8")

    def write(carta):
        process.stdin.write(json.dumps(carta) + "\n")
        process.stdin.flush()
        return base64.b64decode(process.stdout.readline())

    yield write
    process.stdin.close()
    assert process.wait(10) == 0
