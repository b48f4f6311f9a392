"""The set of files that the service worker keeps."""

import pytest

from construir.sitio.sin_conexion import STAMP, complete

SITE = {"index.html": f"<head>{STAMP}</head>".encode(), "a.js": b"1", "datos/b.json": b"{}"}


def test_the_same_files_give_the_same_worker_and_another_file_another_version():
    worker = complete(SITE, "// code")["sw.js"]
    assert complete(dict(reversed(SITE.items())), "// code")["sw.js"] == worker
    other = complete(SITE | {"a.js": b"2"}, "// code")
    assert other["sw.js"].splitlines()[0] != worker.splitlines()[0]
    assert other["sw.js"].splitlines()[0].decode().split("'")[1] in other["index.html"].decode()


def test_a_page_without_its_place_stops_the_build():
    with pytest.raises(ValueError, match="meta name"):
        complete(SITE | {"index.html": b"<head></head>"}, "")


@pytest.mark.parametrize("path", ["con espacio.js", "a%20.js", "eñe.js", "a?.js", "/a.js"])
def test_a_path_that_is_not_its_own_url_stops_the_build(path):
    with pytest.raises(ValueError, match="may be called"):
        complete(SITE | {path: b""}, "")
