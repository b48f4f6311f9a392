"""The page's own code for the e.firma, in Node."""

import base64
import json
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from lugares import AYUDAS, JAVASCRIPT, ROOT


@contextmanager
def opener(folder: Path) -> Iterator[Callable[..., dict]]:
    """Opens pairs with the code of the site and forge bundled as the build does, in one process."""
    shutil.copytree(ROOT / "static" / "js", folder / "js")
    (folder / "package.json").write_text('{"type": "module"}')
    bundle = [JAVASCRIPT / "empaquetar.mjs", JAVASCRIPT / "forge.entry.mjs"]
    subprocess.run(["node", *bundle, folder / "vendor" / "forge.js"], check=True)
    command = ["node", AYUDAS / "efirma_driver.mjs", folder / "js" / "efirma.js"]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def open_key(cer: bytes, key: bytes, contrasena: str, data: bytes = b"", **rest) -> dict:
        files = {"cer": base64.b64encode(cer).decode(), "key": base64.b64encode(key).decode()}
        text = base64.b64encode(data).decode()
        process.stdin.write(json.dumps({**files, "contrasena": contrasena, "data": text, **rest}) + "\n")
        process.stdin.flush()
        return json.loads(process.stdout.readline())

    yield open_key
    process.stdin.close()
    assert process.wait(10) == 0
