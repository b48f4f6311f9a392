"""The build: what it writes is the same every time, and what it prunes it prunes knowingly."""

import zipfile

import pytest

import raoce
from construir.base import proyecto
from construir.ruedas import paquete, podar, stdlib
from construir.sitio import pagina
from raoce import reglas


def test_the_same_pack_gives_the_same_bytes(tmp_path):
    pack = {"b.txt": b"b" * 1000, "a.txt": b""}
    paquete.write(pack, tmp_path / "1.zip")
    paquete.write(dict(reversed(pack.items())), tmp_path / "2.zip")
    assert (tmp_path / "1.zip").read_bytes() == (tmp_path / "2.zip").read_bytes()


@pytest.mark.parametrize("small", [False, True])
def test_a_zip_reads_back(tmp_path, small):
    pack = {"a/b.txt": b"abc" * 500, "vacio": b"", "corto": b"x"}
    paquete.write(pack, tmp_path / "a.zip", small=small)
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        assert archive.testzip() is None
    assert paquete.read(tmp_path / "a.zip") == pack


def test_a_package_that_changed_shape_stops_the_build():
    with pytest.raises(ValueError, match="no longer has"):
        podar.prune("python-stdnum", {"stdnum/__init__.py": b"", "python_stdnum-9.9.dist-info/METADATA": b""})


def test_a_stdlib_package_cut_in_two_finds_its_other_half():
    names = stdlib.patterns()
    source = {f"{name.replace('.', '/').replace('*', '')}/__init__.py": b"" for name in names}
    start, rest = stdlib.split(source | {"email/mime/__init__.py": b"", "csv.py": b""})
    rest, later = stdlib.take_later(rest)
    assert later and later.keys() <= source.keys()
    assert rest.keys() == {"email/mime/__init__.py", "csv.py"}
    assert b"site-packages/email'" in start["email/__init__.py"]
    assert start["json/__init__.py"] == b""


def test_writing_mail_does_not_need_the_whole_complement():
    rest, mail = stdlib.take_mail({"email/policy.py": b"", "email/mime/text.py": b"", "csv.py": b"", "emailx.py": b""})
    assert mail.keys() == {"email/policy.py", "email/mime/text.py"}
    assert rest.keys() == {"csv.py", "emailx.py"}


def test_the_page_is_drawn_with_its_first_screen():
    source = '<head></head><body><div id="app" class="x"></div></body>'
    page = pagina.draw(source, {"plazos": "<h1>Plazos</h1>", "datos": "<h1>Datos</h1>"}, "<link>")
    assert '<head><link></head><body><div id="app" class="x"><h1>Plazos</h1></div>' in page
    assert '<template id="pantalla-datos"><h1>Datos</h1></template>' in page


def test_a_page_without_its_place_stops_the_build():
    with pytest.raises(ValueError, match="app"):
        pagina.draw("<head></head>", {"plazos": ""}, "")


def test_the_program_says_one_version():
    assert raoce.VERSION == proyecto.VERSION
    assert reglas.version() == proyecto.RULES
