"""Third-party JavaScript: PyScript, idiomorph, idb-keyval, and the parts of forge and of docx that the page uses."""

import re
from pathlib import Path

from construir.base import node
from construir.base.rutas import NODE_MODULES

HERE = Path(__file__).parent
# Of these only what a module of ours names goes into the bundle.
ENTRIES = {f"{name}.js": HERE / f"{name}.entry.mjs" for name in ("forge", "docx")}
PYSCRIPT = NODE_MODULES / "@pyscript" / "core" / "dist"
STATIC_IMPORT = re.compile(r"""(?:\bfrom|\bimport)\s*["']\./([\w.-]+\.js)["']""")


def build(folder: Path) -> None:
    """Fill `folder` with `pyscript/`, `idiomorph.js`, `idb-keyval.js`, `forge.js` and `docx.js`."""
    (folder / "pyscript").mkdir()
    for name in pyscript_files():
        (folder / "pyscript" / name).write_text(_without_source_map((PYSCRIPT / name).read_text()))
    node.run(HERE / "empaquetar.mjs", NODE_MODULES / "idiomorph" / "dist" / "idiomorph.esm.js", folder / "idiomorph.js")
    node.run(HERE / "empaquetar.mjs", NODE_MODULES / "idb-keyval" / "dist" / "index.js", folder / "idb-keyval.js")
    for name, entry in ENTRIES.items():
        node.run(HERE / "empaquetar.mjs", entry, folder / name)


def pyscript_files() -> list[str]:
    """What a page needs that starts one worker: `core.js`, what it imports, and the plugin it asks for anyway.

    PyScript ships editors and terminals too, in chunks that are only fetched by pages that use them.
    """
    wanted = ["core.js", *sorted(path.name for path in PYSCRIPT.glob("error-*.js"))]
    for name in wanted:
        wanted += [other for other in STATIC_IMPORT.findall((PYSCRIPT / name).read_text()) if other not in wanted]
    return wanted


def _without_source_map(source: str) -> str:
    return re.sub(r"\n//# sourceMappingURL=\S+\s*$", "\n", source)
