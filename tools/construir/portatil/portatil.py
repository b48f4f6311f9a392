"""The whole site as one page that opens from a disk: no server, nothing to install, nothing fetched.

The screens, the Python and the page's JavaScript are those of the site. Four modules differ (`js/`):
Python is started without PyScript, files come from inside, drafts stay in the tab. All but the page itself
travels as base64 in scripts that no browser runs, at its end, so that the form shows before they are read.
"""

import base64
import gzip
import hashlib
import re
import tempfile
from collections.abc import Callable
from html import escape
from pathlib import Path

from construir.base import node, proyecto
from construir.base.reserva import fingerprint
from construir.base.rutas import ROOT
from construir.sitio import pagina

NAME = "raoce-portable.html"
HERE = Path(__file__).parent
MODULES = HERE / "js"
STYLES = ("static/css/raoce.css", "static/css/linea.css")
ICON = "static/img/icono.svg"
LICENCES = "static/vendor/licencias.txt"
NOT_CARRIED = (
    *("index.html", "esquema/", "static/css/", "static/img/", "static/js/", "static/vendor/pyscript/", LICENCES),
    *("manifest.webmanifest", "sw.js"),
)
# Of no use to anything that ships: the build's check imports all of it without this.
COMPLEMENT = "static/vendor/wheels/stdlib_complemento-"
# One script has them both.
SCRIPTS = {"static/js/dibujada.js", "static/js/shell.js"}

# What the page says in other languages.
LANGUAGES = "static/data/pagina."
ONLY_SITE, ONLY_PORTABLE = "data-solo-sitio", "data-solo-portatil"

POLICY = (
    "default-src 'none'; script-src '{script}' 'wasm-unsafe-eval'; worker-src blob:; style-src '{style}'; "
    "img-src data:; base-uri 'none'; form-action 'none'"
)


def build(files: dict[str, bytes]) -> bytes:
    """The portable page of the site `files` (path → content). Stops when the site has what it cannot carry."""
    bundles = _bundle(files)
    carried = {path: body for path, body in files.items() if _is_carried(path)}
    carried |= {path: _as_carried(carried[path].decode()).encode() for path in carried if path.startswith(LANGUAGES)}
    carried["trabajador.js"] = bundles["trabajador.js"]
    script = bundles["shell.js"].decode()
    licences = _element('type="text/plain" id="licencias"', files[LICENCES].decode())
    end = [_element("", script), *(_pack(path, body) for path, body in carried.items()), licences, "</body>"]
    return _once("</body>", lambda _: "\n".join(end), _page(files, script)).encode()


def key(files: dict[str, bytes]) -> str:
    """What the portable page of `files` is made from, as one hash: with the same, it is the same."""
    lines = "".join(f"{path} {hashlib.sha256(files[path]).hexdigest()}\n" for path in sorted(files))
    return fingerprint(lines, proyecto.VERSION, ROOT / "package-lock.json", HERE)


def offer(page: str, portable: bytes) -> str:
    """`page` with the size of the portable page and its SHA-256, where index.html has a place for them.

    >>> print(offer("un archivo, %TAMANO% MB: %SHA256%", b"x" * 1_234_567))
    un archivo, 1.2 MB: 5cb414bf7f6dd7f26f02af465f42b9f80fe72eae5bdc0dafac9feca0aea2dc99
    """
    page = _once("%TAMANO%", f"{len(portable) / 1e6:.1f}", page)
    return _once("%SHA256%", hashlib.sha256(portable).hexdigest(), page)


def _is_carried(path: str) -> bool:
    is_module = path.startswith("static/vendor/") and path.endswith((".js", ".mjs"))
    return not (is_module or path.startswith((*NOT_CARRIED, COMPLEMENT)))


def _bundle(files: dict[str, bytes]) -> dict[str, bytes]:
    with tempfile.TemporaryDirectory() as folder:
        scripts = {path: body for path, body in files.items() if path.endswith((".js", ".mjs"))}
        scripts |= {f"static/js/{path.name}": path.read_bytes() for path in MODULES.glob("*.js")}
        for path, body in scripts.items():
            place = Path(folder, path)
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(body)
        node.run(HERE / "portatil.mjs", folder)
        return {name: Path(folder, name).read_bytes() for name in ("shell.js", "trabajador.js")}


def _page(files: dict[str, bytes], script: str) -> str:
    """The site's page for `script`, with its styles inside and without what only a site has."""
    page = files["index.html"].decode()
    style = "".join(files[path].decode() for path in STYLES)
    if re.search(r"url\(|@import", style):
        raise ValueError("the portable page cannot carry files that the style sheets ask for")
    icon = f"data:image/svg+xml;base64,{base64.b64encode(files[ICON]).decode()}"
    unknown = set(re.findall(r'<script\b[^>]*\bsrc="([^"]+)"', page)) - SCRIPTS
    linked = set(re.findall(r'<link\b[^>]*rel="stylesheet"[^>]*href="([^"]+)"', page))
    if unknown or linked != set(STYLES):
        raise ValueError(f"the portable page does not know {sorted(unknown | linked ^ set(STYLES))}")

    page = re.sub(r"<script\b[^>]*\bsrc=[^>]*></script>\n?|<link\b[^>]*>\n?", "", page)
    page = _as_carried(page)
    policy = POLICY.format(script=_hash(script), style=_hash(style))
    page = _once(r'(http-equiv="Content-Security-Policy" content=)"[^"]*"', rf'\1"{policy}"', page)
    page = _once("</title>", f'</title>\n<link rel="icon" href="{icon}">\n<style>{style}</style>', page)
    broken = re.findall(r'\b(?:href|src)="(?![?#]|https://|mailto:|data:)([^"]*)"', page)
    if broken:
        raise ValueError(f"the portable page would link to files that it does not have: {broken}")
    return page


def _as_carried(page: str) -> str:
    """The page, in any language, with what is for a page from a disk."""
    return _once(r'href="\./\??', 'href="?', pagina.without(ONLY_SITE, page))


def _once(pattern: str, replacement: str | Callable[[re.Match], str], text: str) -> str:
    changed, count = re.subn(pattern, replacement, text)
    if count != 1:
        raise ValueError(f"index.html has {count} times what the portable page changes once: {pattern}")
    return changed


def _pack(path: str, body: bytes) -> str:
    small = gzip.compress(body, 9, mtime=0)
    pays = len(small) < 0.95 * len(body)
    text = base64.b64encode(small if pays else body).decode()
    return _element(f'type="text/plain" data-archivo="{escape(path)}"{" data-gzip" if pays else ""}', text)


def _element(attributes: str, text: str) -> str:
    """A script element. A text that the browser would see end before its time, or not at all, stops the build."""
    if re.search(r"</script|<!--.*<script", text, re.IGNORECASE | re.DOTALL):
        raise ValueError("the portable page cannot carry a text with </script, or with <!-- and <script")
    return f"<script {attributes}>{text}</script>".replace("<script >", "<script>")


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
