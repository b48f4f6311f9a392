"""New versions of a built site, for what happens when one is taken."""

import json
import re
from pathlib import Path

from construir.sitio import peso, sin_conexion

SOURCE = (Path(__file__).parents[2] / "static" / "sw.js").read_text(encoding="utf-8")
# What a start compares its files with when one of them seems to be at fault.
EXPECTED = "static/data/archivos.json"
# Looks for a new version and waits until it has been taken in or refused.
UPDATE = """async () => {
    const registration = await navigator.serviceWorker.getRegistration();
    const done = new Promise(resolve => registration.addEventListener('updatefound', () => {
        const worker = registration.installing;
        worker.addEventListener('statechange', () =>
            ['activated', 'redundant'].includes(worker.state) && resolve(worker.state));
    }));
    await registration.update();
    return await done;
}"""


def table(folder: Path) -> dict[str, str]:
    """What each file of the version in `folder` must be."""
    return json.loads(re.search(r"const FILES = (\{.*?\});", (folder / "sw.js").read_text(), re.DOTALL)[1])


def new_version(folder: Path, **changes: bytes) -> None:
    """Deploys over `folder` the same site with `changes`."""
    files = {path: (folder / path).read_bytes() for path in table(folder)}
    page = re.sub(r'(<meta name="version" content=)"\w*"', r'\1""', files["index.html"].decode())
    files |= {"index.html": page.encode()} | changes
    files[EXPECTED] = peso.expected(files, [*json.loads(files[EXPECTED])])
    for path, body in sin_conexion.complete(files, SOURCE).items():
        (folder / path).write_bytes(body)
