"""The local server answers as GitHub Pages does."""

import gzip
from http.client import HTTPConnection
from urllib.parse import urlsplit

import pytest

from serve import Site


@pytest.fixture
def folder(tmp_path):
    site = tmp_path / "site"
    (site / "static").mkdir(parents=True)
    (site / "index.html").write_text("<p>RAOCE</p>")
    (site / "static" / "a.mjs").write_text("export default 1;")
    (site / "static" / "a.wasm").write_bytes(b"\0asm")
    (site / "static" / "a.whl").write_bytes(b"PK" * 100)
    (tmp_path / "secret.txt").write_text("outside")
    return site


def get(url, path, **headers):
    """The answer as it travels: a path is sent as it is, and nothing is followed or uncompressed."""
    connection = HTTPConnection(urlsplit(url).netloc, timeout=5)
    connection.request("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer.status, dict(answer.getheaders()), body


def test_files_have_the_types_a_browser_insists_on(folder):
    with Site(folder) as url:
        kinds = {path: get(url, f"/static/{path}")[1]["Content-Type"] for path in ("a.mjs", "a.wasm", "a.whl")}
    assert kinds == {
        "a.mjs": "application/javascript; charset=utf-8",
        "a.wasm": "application/wasm",
        "a.whl": "application/octet-stream",
    }


def test_no_special_headers(folder):
    with Site(folder) as url:
        headers = get(url, "/")[1]
    assert not any(name.startswith(("Cross-Origin", "Content-Security")) for name in headers)


def test_text_travels_compressed_and_wheels_as_they_are(folder):
    with Site(folder) as url:
        _, page_headers, page = get(url, "/", Accept_Encoding="gzip")
        _, wheel_headers, _ = get(url, "/static/a.whl", Accept_Encoding="gzip")
    assert (page_headers["Content-Encoding"], gzip.decompress(page)) == ("gzip", b"<p>RAOCE</p>")
    assert "Content-Encoding" not in wheel_headers


def test_an_unchanged_file_is_not_sent_twice(folder):
    with Site(folder) as url:
        tag = get(url, "/")[1]["ETag"]
        assert get(url, "/", If_None_Match=tag)[0] == 304
        (folder / "index.html").write_text("<p>otro</p>")
        assert get(url, "/", If_None_Match=tag)[0] == 200


def test_a_site_under_a_path(folder):
    with Site(folder, base="/raoce/") as url:
        assert url.endswith("/raoce/")
        assert get(url, "/raoce/")[0] == 200
        assert get(url, "/raoce/static/a.mjs")[0] == 200
        assert get(url, "/static/a.mjs")[0] == 404
        assert get(url, "/raoce?fecha=2024-06-03")[1]["Location"] == "/raoce/?fecha=2024-06-03"


@pytest.mark.parametrize(
    "path", ["/../secret.txt", "/static/../../secret.txt", "/%2e%2e/secret.txt", "/a%00.txt", "/no"]
)
def test_nothing_outside_the_folder(folder, path):
    with Site(folder) as url:
        status, _, body = get(url, path)
    assert (status, b"outside" in body) == (404, False)


def test_pages_cache(folder):
    with Site(folder, pages_cache=True) as url:
        assert get(url, "/")[1]["Cache-Control"] == "max-age=600"
