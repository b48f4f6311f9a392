"""The SCORM 1.2 package: its manifest by the schemas of IMS and ADL, its files, its size, and what it refuses."""

import re
import subprocess
import sys
import xml.etree.ElementTree as ET
import zipfile

import pytest

from construir.scorm import scorm
from construir.scorm.scorm import Caso
from lugares import ROOT

CASES = [Caso("fecha-prosec", "¿Hasta cuándo «presenta» un <PROSEC> & otro?", 10), Caso("en-pesos", "En pesos", 20)]
PAGE = b"<!doctype html><title>RAOCE</title>"

PREFIXES = {
    "http://www.imsproject.org/xsd/imscp_rootv1p1p2": "",
    "http://www.adlnet.org/xsd/adlcp_rootv1p2": "adlcp:",
    "http://www.imsglobal.org/xsd/imsmd_rootv1p2p1": "imsmd:",
    "http://www.w3.org/XML/1998/namespace": "xml:",
}
# What the schemas let each element hold, in its order, as a pattern over the names of its children. Where SCORM's
# Content Aggregation Model asks for more than they do (titles, schema, the mandatory metadata), it is asked for here.
CONTENT = {
    "manifest": "metadata organizations resources ",
    "metadata": "schema schemaversion imsmd:lom ",
    "organizations": "(organization )+",
    "organization": "title (item )+",
    "item": "title (adlcp:masteryscore )?",
    "resources": "(resource )+",
    "resource": "(file )+(dependency )*",
    "imsmd:lom": "imsmd:general imsmd:lifecycle imsmd:metametadata imsmd:technical imsmd:rights imsmd:classification ",
    "imsmd:general": ("imsmd:title (imsmd:catalogentry )+(imsmd:language )*(imsmd:description )+(imsmd:keyword )+"),
    "imsmd:catalogentry": "imsmd:catalog imsmd:entry ",
    "imsmd:lifecycle": "imsmd:version imsmd:status ",
    "imsmd:metametadata": "(imsmd:metadatascheme )+",
    "imsmd:technical": "(imsmd:format )+(imsmd:location )+",
    "imsmd:rights": "imsmd:cost imsmd:copyrightandotherrestrictions (imsmd:description )?",
    "imsmd:classification": "imsmd:purpose imsmd:description (imsmd:keyword )+",
    **dict.fromkeys(("imsmd:title", "imsmd:entry", "imsmd:description", "imsmd:keyword"), "(imsmd:langstring )+"),
    **dict.fromkeys(("imsmd:version", "imsmd:source", "imsmd:value"), "imsmd:langstring "),
    **dict.fromkeys(
        ("imsmd:status", "imsmd:cost", "imsmd:copyrightandotherrestrictions", "imsmd:purpose"),
        "imsmd:source imsmd:value ",
    ),
}
TEXT = {
    "schema": "ADL SCORM",
    "schemaversion": r"1\.2",
    "title": r".{1,200}",
    "adlcp:masteryscore": r"100|\d{1,2}",
    **dict.fromkeys(("imsmd:catalog", "imsmd:langstring", "imsmd:metadatascheme", "imsmd:location"), r".{1,1000}"),
    "imsmd:language": "es(-MX)?|en",
    "imsmd:format": r"\w+/[\w.+-]+",
    **dict.fromkeys(("file", "dependency"), ""),
}
ID, HREF = r"[A-Za-z_][\w.-]*", r"(?!\.|/)[\w./-]{1,2000}"
# By attribute, what it may hold; one that ends in «?» may be left out. An element has no others.
ATTRIBUTES = {
    "manifest": {"identifier": ID, "version?": r".{1,20}"},
    "organizations": {"default": ID},
    "organization": {"identifier": ID},
    "item": {"identifier": ID, "identifierref": ID, "isvisible?": "true|false"},
    "resource": {"identifier": ID, "type": "webcontent", "adlcp:scormtype": "sco|asset", "href?": HREF},
    "file": {"href": HREF},
    "dependency": {"identifierref": ID},
    "imsmd:langstring": {"xml:lang": "es-MX|en|x-none"},
    "imsmd:location": {"type?": "URI|TEXT"},
}


def name(qualified: str) -> str:
    namespace, _, local = qualified.rpartition("}")
    return (PREFIXES.get(namespace.removeprefix("{"), "?") if namespace else "") + local


def problems(pack):
    """What is wrong with a package, each thing with the element that has it."""
    root = ET.fromstring(pack[scorm.MANIFEST])
    return [*(p for element in root.iter() for p in shape(element)), *references(root), *files(root, pack)]


def shape(element):
    tag = name(element.tag)
    children = "".join(name(child.tag) + " " for child in element)
    text = element.text if element.text and element.text.strip() else ""
    if tag not in CONTENT and tag not in TEXT:
        yield f"{tag}: unknown"
    elif not re.fullmatch(CONTENT.get(tag, ""), children):
        yield f"{tag}: content {children!r}"
    elif not re.fullmatch(TEXT.get(tag, ""), text):
        yield f"{tag}: text {text!r}"
    rules = ATTRIBUTES.get(tag, {})
    held = {name(key): value for key, value in element.attrib.items()}
    for key, pattern in rules.items():
        if key.rstrip("?") not in held:
            if not key.endswith("?"):
                yield f"{tag}: no {key}"
        elif not re.fullmatch(pattern, value := held.pop(key.rstrip("?"))):
            yield f"{tag}: {key} {value!r}"
    if held:
        yield f"{tag}: attributes {sorted(held)}"


def found(root, *tags):
    return [element for element in root.iter() if name(element.tag) in tags]


def references(root):
    ids = [element.get("identifier") for element in root.iter() if element.get("identifier")]
    yield from (f"identifier {id} twice" for id in {id for id in ids if ids.count(id) > 1})
    resources = {element.get("identifier"): element for element in found(root, "resource")}
    for element in found(root, "item", "dependency"):
        if element.get("identifierref") not in resources:
            yield f"{name(element.tag)}: refers to {element.get('identifierref')}, which is no resource"
    organizations = {element.get("identifier") for element in found(root, "organization")}
    for element in found(root, "organizations"):
        if element.get("default") not in organizations:
            yield "organizations: the default is none of them"
    for element in found(root, "item"):
        kind = f"{{{list(PREFIXES)[1]}}}scormtype"
        resource = resources.get(element.get("identifierref"))
        if resource is not None and (resource.get(kind), resource.get("href") is None) != ("sco", False):
            yield f"item: {element.get('identifier')} launches nothing that is a SCO"


def files(root, pack):
    for resource in found(root, "resource"):
        listed = [file.get("href") for file in found(resource, "file")]
        if resource.get("href") not in (None, *listed):
            yield f"resource: {resource.get('href')} is not among its files"
    listed = {file.get("href") for file in found(root, "file")}
    yield from (f"{path} is not in the package" for path in listed - pack.keys())
    yield from (f"{path} is in no resource" for path in pack.keys() - listed - {scorm.MANIFEST})


def change(pack, old, new):
    manifest = pack[scorm.MANIFEST].decode()
    assert old in manifest
    return pack | {scorm.MANIFEST: manifest.replace(old, new, 1).encode()}


@pytest.fixture
def pack():
    return scorm.build(PAGE, CASES, "Curso de «IMMEX» & <PROSEC>", 70)


def test_the_manifest_follows_the_schemas_and_has_every_file(pack):
    assert problems(pack) == []


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("imscp_rootv1p1p2", "imscp_v1p1", "unknown"),
        ("<schemaversion>1.2", "<schemaversion>2004", "schemaversion: text"),
        ("<schema>ADL SCORM</schema>", "", "metadata: content"),
        ('identifier="raoce', 'identifier="1 raoce', "manifest: identifier"),
        ('identifier="caso-en-pesos"', 'identifier="caso-fecha-prosec"', "caso-fecha-prosec twice"),
        ('identifierref="pagina-en-pesos"', 'identifierref="pagina"', "item: refers to pagina"),
        ('identifierref="pagina-en-pesos"', 'identifierref="comun"', "launches nothing that is a SCO"),
        ('<dependency identifierref="comun"/>', '<dependency identifierref="nada"/>', "dependency: refers to nada"),
        ('default="curso"', 'default="otro"', "default"),
        ('<title>En pesos</title>', "", "item: content"),
        ('<title>En pesos</title>', "<title>" + "a" * 201 + "</title>", "title: text"),
        ("<adlcp:masteryscore>70</adlcp:masteryscore>", "<masteryscore>70</masteryscore>", "masteryscore: unknown"),
        ("<adlcp:masteryscore>70", "<adlcp:masteryscore>setenta", "masteryscore: text"),
        ('adlcp:scormtype="sco"', 'scormtype="sco"', "resource: no adlcp:scormtype"),
        ('adlcp:scormtype="sco"', 'adlcp:scormtype="SCO"', "resource: adlcp:scormtype"),
        ('type="webcontent"', 'type="html"', "resource: type"),
        ('<file href="casos/en-pesos.html"/>', '<file href="casos/otro.html"/>', "otro.html is not in the package"),
        ('<file href="scorm.js"/>', "", "scorm.js is in no resource"),
        ('href="casos/en-pesos.html">', 'href="../en-pesos.html">', "resource: href?"),
        ('href="casos/en-pesos.html">', 'href="raoce.html">', "not among its files"),
        ("<imsmd:metadatascheme>ADL SCORM 1.2</imsmd:metadatascheme>", "", "imsmd:metametadata: content"),
        ('<imsmd:langstring xml:lang="es-MX">', "<imsmd:langstring>", "imsmd:langstring: no xml:lang"),
        ("<imsmd:catalog>RAOCE</imsmd:catalog>", "", "imsmd:catalogentry: content"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_manifest_is_found(pack, old, new, problem):
    assert any(problem in found for found in problems(change(pack, old, new)))


def test_a_file_too_many_is_found(pack):
    assert problems(pack | {"otro.txt": b""}) == ["otro.txt is in no resource"]


def test_the_cases_come_in_their_order_with_titles_and_mastery(pack):
    root = ET.fromstring(pack[scorm.MANIFEST])
    texts = [[child.text for child in item] for item in found(root, "item")]
    assert texts == [["¿Hasta cuándo «presenta» un <PROSEC> & otro?", "70"], ["En pesos", "70"]]
    assert found(root, "organization")[0][0].text == "Curso de «IMMEX» & <PROSEC>"


def test_each_case_has_a_page_that_runs_only_what_is_in_the_package(pack):
    page = pack["casos/fecha-prosec.html"].decode()
    assert 'data-caso="fecha-prosec" data-aprobar="70"' in page and 'lang="es-MX"' in page
    assert "<title>¿Hasta cuándo «presenta» un &lt;PROSEC&gt; &amp; otro?</title>" in page
    assert re.findall(r'(?:src|href)="([^"]*)"', page) == ["../scorm.css", "../scorm.js"]
    assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=", page)
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)[1]
    assert "default-src 'none'; script-src 'self'" in policy and "unsafe" not in policy


def test_the_same_cases_give_the_same_bytes(pack, tmp_path):
    scorm.write(pack, tmp_path / "a" / "1.zip")
    scorm.write(dict(reversed(pack.items())), tmp_path / "2.zip")
    assert (tmp_path / "a" / "1.zip").read_bytes() == (tmp_path / "2.zip").read_bytes()
    with zipfile.ZipFile(tmp_path / "2.zip") as archive:
        assert archive.testzip() is None
        assert {name: archive.read(name) for name in archive.namelist()} == pack
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_another_choice_of_cases_is_another_course_and_another_title_is_not():
    def identity(cases, title="a"):
        return ET.fromstring(scorm.build(PAGE, cases, title)[scorm.MANIFEST]).get("identifier")

    assert identity(CASES) == identity(CASES, "b") == identity(CASES[::-1]) != identity(CASES[:1])


def test_in_english_it_is_a_course_of_its_own_and_says_nothing_in_spanish():
    cases = scorm.choose(scorm.read_cases(idioma="en"), ["fecha-prosec", "en-pesos"])
    pack = scorm.build(PAGE, cases, idioma="en")
    assert problems(pack) == []
    root = ET.fromstring(pack[scorm.MANIFEST])
    assert found(root, "organization")[0][0].text == "RAOCE: practice cases"
    titles = [item[0].text for item in found(root, "item")]
    assert titles == ["The deadline of a PROSEC", "From pesos to thousands of pesos"]
    spanish = scorm.build(PAGE, scorm.choose(scorm.read_cases(), ["fecha-prosec", "en-pesos"]))
    assert root.get("identifier") == ET.fromstring(spanish[scorm.MANIFEST]).get("identifier") + "-en"
    assert set(pack) == set(spanish)
    page = pack["casos/en-pesos.html"].decode()
    assert '<html lang="en">' in page and 'data-idioma="en"' in page and 'data-codigo=" (code {codigo})"' in page
    for path in (scorm.MANIFEST, "casos/en-pesos.html"):
        assert not re.search(r"[áéíóúñ¿«]|es-MX", pack[path].decode())


def test_every_sentence_of_the_script_is_on_the_page_in_its_language(pack):
    script, page = pack["scorm.js"].decode(), pack["casos/en-pesos.html"].decode()
    names = set(re.findall(r"(?:say|without)\('(\w+)'", script))
    assert names == {"sinPlataforma", "sinRegistro", "sinGuardar", "repaso"}
    for name in names:
        attribute = re.sub(r"[A-Z]", lambda m: f"-{m[0].lower()}", name)
        assert re.search(rf'data-{attribute}="[^"]{{40,}}"', page)
    # A refusal is told with its code where the platform gives one.
    assert all(re.search(rf'data-{a}="[^"]*{{codigo}}\.', page) for a in ("sin-registro", "sin-guardar"))


def test_a_package_too_large_is_refused_and_the_one_before_stays(pack, tmp_path, monkeypatch):
    target = tmp_path / "curso.zip"
    scorm.write(pack, target)
    before = target.read_bytes()
    monkeypatch.setattr(scorm, "LARGEST", len(before) - 1)
    with pytest.raises(ValueError, match=f"would have {len(before):,} bytes"):
        scorm.write(pack, target)
    assert target.read_bytes() == before and list(tmp_path.iterdir()) == [target]


def test_the_cases_are_read_in_their_order(tmp_path):
    for id, order in (("b", 10), ("a", 20), ("c", 10)):
        (tmp_path / f"{id}.toml").write_text(f'titulo = "Caso {id}"\norden = {order}\n')
    (tmp_path / "_empresa.toml").write_text('rfc = "EKU9003173C9"\n')
    assert scorm.read_cases(tmp_path) == [Caso("b", "Caso b", 10), Caso("c", "Caso c", 10), Caso("a", "Caso a", 20)]


def test_cases_are_chosen_by_id_and_all_without_one():
    assert scorm.choose(CASES, []) == CASES
    assert scorm.choose(CASES, ["en-pesos", "fecha-prosec", "en-pesos"]) == CASES[::-1]
    with pytest.raises(ValueError, match=r"no case otro, mal\. The cases are: fecha-prosec, en-pesos\."):
        scorm.choose(CASES, ["otro", "en-pesos", "mal"])
    with pytest.raises(ValueError, match="no cases"):
        scorm.choose([], [])


@pytest.mark.parametrize(
    ("title", "mastery", "message"),
    [("", 80, "title"), ("a" * 201, 80, "title"), ("a\nb", 80, "title"), ("a", 101, "0 to 100"), ("a", -1, "0 to 100")],
)
def test_a_title_or_a_mastery_that_no_lms_takes_is_refused(title, mastery, message):
    with pytest.raises(ValueError, match=message):
        scorm.build(PAGE, CASES, title, mastery)


@pytest.mark.parametrize("id", ["", "Fecha", "año", "a b", "../a", "a&b"])
def test_a_case_whose_name_does_not_go_into_an_address_is_refused(id):
    with pytest.raises(ValueError, match="name of a case"):
        scorm.build(PAGE, [Caso(id, "Título", 10)])


def test_the_command_says_which_cases_there_are():
    done = subprocess.run(
        [sys.executable, ROOT / "tools" / "scorm.py", "--casos", "otro"], capture_output=True, encoding="utf-8"
    )
    assert done.returncode == 1 and "There is no case otro. The cases are:" in done.stderr
