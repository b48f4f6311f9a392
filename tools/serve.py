"""Serve a folder as GitHub Pages would: static files, the right types, gzip, and no special headers.

From the command line it serves `dist/` until it is stopped. From tests:

    with Site(DIST, base="/raoce/") as url:
        page.goto(url)
"""

import argparse
import gzip
import hashlib
import sys
import threading
from functools import lru_cache
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

TYPES = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".ico": "image/vnd.microsoft.icon",
    ".js": "application/javascript; charset=utf-8",
    ".json": "application/json; charset=utf-8",
    ".mjs": "application/javascript; charset=utf-8",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".py": "text/x-python; charset=utf-8",
    ".svg": "image/svg+xml",
    ".toml": "application/toml",
    ".txt": "text/plain; charset=utf-8",
    ".wasm": "application/wasm",
    ".webmanifest": "application/manifest+json",
    ".whl": "application/octet-stream",
    ".woff2": "font/woff2",
    ".zip": "application/zip",
}
# What Pages compresses on its way out; the rest is compressed already.
COMPRESSED = {".css", ".html", ".js", ".json", ".mjs", ".py", ".svg", ".toml", ".txt", ".wasm", ".webmanifest"}
FIRST_PORT, PORTS = 8000, 100


class Site:
    """A folder on a local port, for as long as the `with` lasts; its value is the site's URL.

    `base` is the path it lives under. `port` 0 is any free one. `pages_cache` lets the browser keep files for
    ten minutes, as Pages does; without it the browser asks every time and gets 304 when nothing changed.
    """

    def __init__(self, folder: Path, base: str = "/", port: int = 0, *, pages_cache: bool = False, quiet: bool = True):
        base = f"/{base.strip('/')}/".replace("//", "/")
        self._traffic: list[int] = []
        attributes = {
            "folder": Path(folder).resolve(),
            "base": base,
            "pages_cache": pages_cache,
            "quiet": quiet,
            "traffic": self._traffic,
        }
        self._server = _Server(("127.0.0.1", port), type("Handler", (_Handler,), attributes))
        self.url = f"http://127.0.0.1:{self._server.server_port}{base}"

    def __enter__(self) -> str:
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()
        return self.url

    def __exit__(self, *problem: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    @property
    def bytes_sent(self) -> int:
        """What has travelled so far, without headers."""
        return sum(self._traffic)

    def serve_forever(self) -> None:
        """Serve in this thread, until it is interrupted."""
        self._server.serve_forever()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    # A browser opens many connections at once, and the page asks for thirty files.
    request_queue_size = 64
    # Another program's port must be found taken, not shared.
    allow_reuse_address = sys.platform != "win32"

    def handle_error(self, request, client_address) -> None:
        """A browser that goes away in the middle of an answer is no error of ours."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "raoce"
    folder: Path
    base: str
    pages_cache: bool
    quiet: bool
    traffic: list[int]

    def do_GET(self) -> None:
        path = unquote(urlsplit(self.path).path)
        if path + "/" == self.base or (path.startswith(self.base) and self._is_bare_folder(path)):
            return self._redirect(path + "/")
        file = self._find(path)
        if file is None:
            return self._answer(HTTPStatus.NOT_FOUND, "text/plain; charset=utf-8", b"404: no such file here.\n")
        stat = file.stat()
        wants_gzip = "gzip" in self.headers.get("Accept-Encoding", "") and file.suffix in COMPRESSED
        body, tag = _content(file, stat.st_mtime_ns, stat.st_size, wants_gzip)
        if self.headers.get("If-None-Match") == tag:
            return self._answer(HTTPStatus.NOT_MODIFIED, None, b"", {"ETag": tag})
        headers = {"ETag": tag} | ({"Content-Encoding": "gzip"} if wants_gzip else {})
        self._answer(HTTPStatus.OK, TYPES.get(file.suffix, "application/octet-stream"), body, headers)

    do_HEAD = do_GET

    def _is_bare_folder(self, path: str) -> bool:
        return not path.endswith("/") and (self.folder / path.removeprefix(self.base)).is_dir()

    def _find(self, path: str) -> Path | None:
        """The file for a URL path, or None: outside the base, not there, or outside the folder."""
        if not path.startswith(self.base) or "\0" in path:
            return None
        relative = path.removeprefix(self.base)
        if not relative or relative.endswith("/"):
            relative += "index.html"
        file = (self.folder / relative).resolve()
        return file if file.is_file() and file.is_relative_to(self.folder) else None

    def _redirect(self, path: str) -> None:
        query = urlsplit(self.path).query
        self._answer(HTTPStatus.MOVED_PERMANENTLY, None, b"", {"Location": path + (f"?{query}" if query else "")})

    def _answer(self, status: HTTPStatus, kind: str | None, body: bytes, headers: dict[str, str] | None = None) -> None:
        self.send_response(status)
        if kind:
            self.send_header("Content-Type", kind)
        self.send_header("Cache-Control", "max-age=600" if self.pages_cache else "no-cache")
        self.send_header("Vary", "Accept-Encoding")
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        if status != HTTPStatus.NOT_MODIFIED:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)
            self.traffic.append(len(body))

    def log_message(self, format: str, *arguments: object) -> None:
        if not self.quiet:
            super().log_message(format, *arguments)


@lru_cache(maxsize=256)
def _content(file: Path, modified: int, size: int, compress: bool) -> tuple[bytes, str]:
    """The bytes of `file` as they travel, and their tag. `modified` and `size` renew it when the file changes."""
    body = file.read_bytes()
    if compress:
        body = gzip.compress(body, 6, mtime=0)
    return body, f'"{hashlib.sha256(body).hexdigest()[:16]}"'


def open_site(folder: Path, base: str, port: int, pages_cache: bool) -> Site:
    """The site on `port` or the next one that is free."""
    for candidate in range(port, port + PORTS):
        try:
            return Site(folder, base, candidate, pages_cache=pages_cache, quiet=False)
        except OSError:
            continue
    sys.exit(f"No port from {port} to {port + PORTS - 1} is free.")


def main() -> None:
    options = argparse.ArgumentParser(description="Serve the built site as GitHub Pages would.")
    options.add_argument("--dir", type=Path, default=Path(__file__).resolve().parents[1] / "dist", help="what to serve")
    options.add_argument("--base", default="/", help="the path the site lives under, such as /raoce/")
    options.add_argument("--port", type=int, default=FIRST_PORT, help="the first port to try")
    options.add_argument("--pages-cache", action="store_true", help="let the browser keep files, as Pages does")
    chosen = options.parse_args()
    if not (chosen.dir / "index.html").is_file():
        sys.exit(f"There is no site in {chosen.dir}: run `make dist` first.")
    site = open_site(chosen.dir, chosen.base, chosen.port, chosen.pages_cache)
    print(f"Serving {chosen.dir} on {site.url} (Ctrl+C stops it)", flush=True)
    try:
        site.serve_forever()
    except KeyboardInterrupt:
        print("\nStopped.")


if __name__ == "__main__":
    main()
