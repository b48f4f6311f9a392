"""Build `dist/`, the site as it is deployed, from the sources and the locked packages.

Six steps, each made again only when what it is made from has changed: the platform (Pyodide, standard library,
wheels), third-party JavaScript, the SAT's catalogues, our own code, the page, and the same site as one file.
Afterwards the built site's own Python imports everything it ships.
"""

import argparse
import json
import sys
import tomllib
from pathlib import Path

from construir.aplicacion import aplicacion
from construir.base import node, proyecto
from construir.base.reserva import Store, fingerprint
from construir.base.rutas import BUILD, CASES, DIST, OUR_PACKAGES, PAGE, PY, REQUIREMENTS, ROOT
from construir.catalogos import catalogos
from construir.javascript import javascript
from construir.portatil import portatil
from construir.ruedas import plataforma
from construir.sitio import pagina, peso, sin_conexion

RECIPES = ROOT / "tools" / "construir"
COPIED = ("js", "css", "img", "data")
VENDOR = "static/vendor"
RUNTIME = f"{VENDOR}/pyodide/"
LOCK = f"{RUNTIME}pyodide-lock.json"
AUTHORITIES = "static/data/autoridades.json"
POSTAL_CODES = "static/data/codigos-postales/"
PRACTICE = ("static/data/practica.json", "static/data/practica.en.json")
FILES = "static/data/archivos.json"
ENGLISH = "static/data/pagina.en.html"
# What the first visit does without: it comes when the filer signs, asks for a letter in Word or practises, or once the
# page is ready, for when there is no connection.
ON_DEMAND = {
    *("static/js/efirma.js", "static/js/llave.js", "static/js/der.js", f"{VENDOR}/forge.js", AUTHORITIES),
    *("static/js/carpeta.js", "static/js/cifrado.js", "static/js/respaldo.js"),
    *("static/js/word.js", f"{VENDOR}/docx.js", "static/js/llave_de_practica.js", *PRACTICE),
    *(ENGLISH, "static/js/idioma.js"),
    *(FILES, "static/js/instantanea_trabajo.js", "static/js/desde_memoria.js"),
    *("static/js/sin_conexion.js", "manifest.webmanifest", sin_conexion.WORKER, portatil.NAME),
}


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--dist", type=Path, default=DIST, help="where to build the site")
    target = options.parse_args().dist
    try:
        build(target)
    except (ValueError, OSError, node.NodeError, aplicacion.OurCodeError) as problem:
        sys.exit(f"The site could not be built.\n{problem}")


def build(target: Path) -> None:
    """Bring the site in `target` up to date, and print what a first visit weighs."""
    store = Store(BUILD / "reserva")
    print("Building the site:", flush=True)
    platform = store.folder(
        "plataforma",
        fingerprint(
            RECIPES / "ruedas",
            REQUIREMENTS / "navegador.txt",
            ROOT / "package-lock.json",
            " ".join(proyecto.START),
        ),
        plataforma.build,
        "Python for the browser: pruning and compiling it (a minute, only when what is locked changes)",
    )
    scripts = store.folder(
        "javascript",
        fingerprint(RECIPES / "javascript", ROOT / "package-lock.json"),
        javascript.build,
        "third-party JavaScript",
    )
    catalogs = store.folder(
        "catalogos",
        fingerprint(RECIPES / "catalogos", RECIPES / "ruedas", REQUIREMENTS / "catalogos.txt"),
        catalogos.build,
        "the SAT's catalogues: postal codes, certification authorities",
    )
    at_start = tuple(json.loads((platform / plataforma.PACKAGES).read_text())["start"])
    ours = store.folder(
        "aplicacion",
        fingerprint(platform.name, proyecto.VERSION, RECIPES / "aplicacion", CASES, PAGE, *_our_packages()),
        lambda folder: aplicacion.build(folder, platform / plataforma.STDLIB, at_start),
        "our own code: one wheel, its first screens, its JSON Schema, the cases of practice",
    )
    files = site_files(store, platform, scripts, catalogs, ours)
    changed = synchronise(files, target)
    store.folder(
        "comprobacion",
        fingerprint(platform.name, scripts.name, ours.name, RECIPES / "sitio"),
        lambda folder: node.run(RECIPES / "sitio" / "comprobar.mjs", target.resolve()),
        "checking that the site's own Python imports everything it ships",
    )
    print(peso.table(peso.weigh(target, first_visit(files))))
    print(f"{target} is ready: {len(files)} files, {changed} changed.")


def _our_packages() -> list[Path]:
    return [PY / package for package in OUR_PACKAGES if (PY / package).is_dir()]


def site_files(store: Store, platform: Path, scripts: Path, catalogs: Path, ours: Path) -> dict[str, bytes]:
    """Every file of the site, by its path."""
    # As JSON: to read TOML, PyScript would first download a parser.
    settings = tomllib.loads((ROOT / "pyscript.toml").read_text(encoding="utf-8"))
    files = {"pyscript.json": json.dumps(settings).encode(), "py/worker.py": (PY / "worker.py").read_bytes()}
    for folder in COPIED:
        files |= _tree(ROOT / "static" / folder, f"static/{folder}/")
    files |= _tree(scripts, f"{VENDOR}/")
    files |= _tree(platform / "pyodide", f"{VENDOR}/pyodide/") | _tree(platform / "wheels", f"{VENDOR}/wheels/")
    files[AUTHORITIES] = (catalogs / "autoridades.json").read_bytes()
    files |= _tree(catalogs / "codigos-postales", POSTAL_CODES)
    files[f"{VENDOR}/licencias.txt"] = b"\n".join(
        (made / "licencias.txt").read_bytes() for made in (platform, catalogs)
    )
    files |= {f"{VENDOR}/wheels/{path.name}": path.read_bytes() for path in ours.glob("*.whl")}
    files |= {path: (ours / Path(path).name).read_bytes() for path in PRACTICE}
    files["esquema/raoce-1.schema.json"] = (ours / "raoce-1.schema.json").read_bytes()

    entries = json.loads((platform / plataforma.PACKAGES).read_text())["entries"]
    entries |= json.loads((ours / aplicacion.ENTRY).read_text())
    files[LOCK] = plataforma.lock(entries).encode()

    screens = json.loads((ours / "pantallas.json").read_text(encoding="utf-8"))
    surrounds = {language: (ours / f"pagina.{language}.html").read_text(encoding="utf-8") for language in screens}
    files[ENGLISH] = pagina.draw(surrounds["en"], screens["en"], "").encode()
    files["manifest.webmanifest"] = (ROOT / "static" / "manifest.webmanifest").read_bytes()
    files[FILES] = peso.expected(files, [path for path in first_visit(files) if path != "index.html"])
    files[PAGE.name] = pagina.draw(surrounds["es"], screens["es"], _announcements(files)).encode()
    portable = _portable(store, files)
    for path in (PAGE.name, ENGLISH):
        page = pagina.without(portatil.ONLY_PORTABLE, files[path].decode())
        files[path] = portatil.offer(page, portable).encode()
    worker = (ROOT / "static" / sin_conexion.WORKER).read_text(encoding="utf-8")
    return sin_conexion.complete(files, worker) | {portatil.NAME: portable}


def _portable(store: Store, files: dict[str, bytes]) -> bytes:
    folder = store.folder(
        "portatil",
        portatil.key(files),
        lambda folder: (folder / portatil.NAME).write_bytes(portatil.build(files)),
        "the portable page: the whole site as one file",
    )
    return (folder / portatil.NAME).read_bytes()


def _tree(folder: Path, prefix: str) -> dict[str, bytes]:
    if not folder.is_dir():
        return {}
    return {prefix + path.relative_to(folder).as_posix(): path.read_bytes() for path in _files(folder)}


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file() and not path.name.startswith("."))


def _announcements(files: dict[str, bytes]) -> str:
    """The scripts that the page would find out about one after the other.

    Not Python's files: to preload them for the worker costs the page more than it saves (measured).
    """
    scripts = [path for path in first_visit(files) if path.endswith((".js", ".mjs"))]
    return pagina.announce([path for path in scripts if not path.startswith(RUNTIME)])


def first_visit(files: dict[str, bytes]) -> list[str]:
    """The paths that the page downloads before Python is ready."""
    packages = json.loads(files[LOCK])["packages"]
    wanted = [aplicacion.NAME, *packages[aplicacion.NAME]["depends"]]
    wheels = {f"{VENDOR}/wheels/{Path(packages[name]['file_name']).name}" for name in wanted}
    return [
        path
        for path in files
        if path not in ON_DEMAND
        and (not path.endswith(".whl") or path in wheels)
        and not path.startswith(("esquema/", POSTAL_CODES, f"{VENDOR}/licencias", "static/img/icono-"))
    ]


def synchronise(files: dict[str, bytes], target: Path) -> int:
    """Make `target` hold exactly `files`, touching only what differs; answers how many did."""
    changed = 0
    for path, body in files.items():
        place = target / path
        if not place.is_file() or place.read_bytes() != body:
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(body)
            changed += 1
    if target.is_dir():
        for path in sorted(target.rglob("*"), reverse=True):
            if path.is_dir() and not any(path.iterdir()):
                path.rmdir()
            elif path.is_file() and path.relative_to(target).as_posix() not in files:
                path.unlink()
                changed += 1
    return changed


if __name__ == "__main__":
    main()
