"""Compile with Pyodide under Node: only the browser's own Python makes the `.pyc` files that it accepts."""

import tempfile
from pathlib import Path

from construir.base import node
from construir.ruedas import paquete
from construir.ruedas.paquete import Pack


def compile_packs(packs: dict[str, Pack], stdlib: Path | None = None) -> dict[str, Pack]:
    """The same packs with `.pyc` in place of `.py`.

    `stdlib` is a compiled standard library's zip to start from: Pyodide's own holds sources, and compiling
    them at the start takes ten times as long.
    """
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder, "entrada"), Path(folder, "salida")
        target.mkdir()
        for name, pack in packs.items():
            paquete.store(pack, source / f"{name}.zip")
        node.run(Path(__file__).with_name("compilar.mjs"), folder, *([stdlib] if stdlib else []))
        return {name: paquete.read(target / f"{name}.zip") for name in packs}
