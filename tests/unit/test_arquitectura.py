"""The layers, the rooms, the purity and the sentences that the design asks for, read off the source."""

import ast
import re
import tomllib
from graphlib import CycleError, TopologicalSorter
from importlib import import_module
from pathlib import Path

import pytest

from pantallas.declaradas import declared
from pantallas.update import handler_of
from tramite.pantallas import TODAS

PY = Path(__file__).parents[2] / "py"
SOURCES = sorted(p for p in PY.rglob("*.py"))
# Top to bottom: each may import what is below it.
LAYERS = ("worker", "pantallas", "tramite", "documentos", "idiomas", "raoce")
# The rooms of ``raoce``, top to bottom; those side by side do not know each other.
ROOMS = (
    ("verificacion",),
    ("carta",),
    ("solicitud",),
    ("plazos", "cifras"),
    ("firma", "bienes", "empresa", "aduana", "facturas"),
    ("base",),
    ("reglas",),
)
MOST_MODULES = 14
BROWSER = {"js", "pyodide", "pyodide_js", "pyscript"}
CLOCKS = re.compile(r"\b(date\.today|datetime\.now|datetime\.utcnow|time\.time)\(")


def name_of(path):
    """``py/raoce/bienes/__init__.py`` → ``raoce.bienes``"""
    return ".".join(path.relative_to(PY).with_suffix("").parts).removesuffix(".__init__")


MODULES = {name_of(path): path for path in SOURCES}


def imported(node):
    """The modules that a statement imports, ours as far down as they can be told; ``later(…)`` imports too."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "later":
        return [node.args[0].value]
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if not isinstance(node, ast.ImportFrom):
        return []
    assert node.level == 0, "imports say the whole path"
    return [name if (name := f"{node.module}.{a.name}") in MODULES else node.module for a in node.names]


def imports(path, nodes=None):
    """All that a file imports, inside functions and for types alone too."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {name for node in (ast.walk(tree) if nodes is None else nodes(tree)) for name in imported(node)}


def ours(path):
    return imports(path) & MODULES.keys()


by_path = pytest.mark.parametrize("path", SOURCES, ids=lambda p: str(p.relative_to(PY)))


def test_what_is_imported_later_exists():
    found = 0
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "later":
                module, name = (argument.value for argument in node.args)
                assert callable(getattr(import_module(module), name))
                found += 1
    assert found > 5


@by_path
def test_imports_point_downwards_and_nothing_reads_a_clock(path):
    layer = name_of(path).partition(".")[0]
    below = LAYERS[LAYERS.index(layer) :]
    assert {name.partition(".")[0] for name in ours(path)} <= set(below)
    if layer != "worker":
        assert not {name.partition(".")[0] for name in imports(path)} & BROWSER
        assert not CLOCKS.search(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", sorted(PY.glob("raoce/*/*.py")), ids=lambda p: str(p.relative_to(PY)))
def test_a_room_of_the_law_stands_on_those_below_it(path):
    room = path.parent.name
    rank = next(n for n, rooms in enumerate(ROOMS) if room in rooms)
    below = {room, *(r for rooms in ROOMS[rank + 1 :] for r in rooms)}
    assert {name.split(".")[1] for name in ours(path) if name.startswith("raoce.")} <= below


def test_no_two_files_import_each_other_not_even_for_types():
    graph = {name: ours(path) - {name} for name, path in MODULES.items()}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(" → ".join(error.args[1]))


@pytest.mark.parametrize("folder", sorted({p.parent for p in SOURCES}), ids=lambda p: str(p.relative_to(PY)))
def test_a_folder_is_small_enough_to_be_seen_whole(folder):
    assert len(list(folder.glob("*.py"))) <= MOST_MODULES


@pytest.mark.parametrize("pantalla", TODAS)
def test_a_screen_has_its_folder_whole_and_knows_no_other(pantalla):
    folder = PY / "pantallas" / pantalla
    assert {"__init__.py", "vista.py", "plantilla.html"} <= {p.name for p in folder.iterdir()}
    others = tuple(f"pantallas.{other}" for other in TODAS if other != pantalla)
    # Nor what stands above the screens: ``update`` and ``view`` find them by name.
    above = tuple(f"pantallas.{p.stem}" for p in (PY / "pantallas").glob("*.py"))
    for path in folder.glob("*.py"):
        assert not [name for name in ours(path) if name.startswith(others) or name in above]


def test_what_screens_share_knows_none_of_them():
    for path in (*PY.glob("pantallas/comunes/*.py"), *PY.glob("pantallas/*.py")):
        assert not [name for name in ours(path) if name.startswith(tuple(f"pantallas.{p}" for p in TODAS))]


def test_the_folders_of_the_screens_are_the_screens():
    folders = {p.parent.name for p in PY.glob("pantallas/*/vista.py")}
    assert folders == set(TODAS)


SENT = re.compile(r'data-(?:evento|intro)="([a-z.-]+|{{.*?}})"')


def events_of(template):
    """The events that a template sends, those that it chooses between too."""
    for found in SENT.findall(template):
        yield from re.findall('"([a-z.-]+)"', found) if found.startswith("{{") else [found]


@pytest.mark.parametrize("path", sorted(PY.rglob("*.html")), ids=lambda p: str(p.relative_to(PY)))
def test_every_event_of_a_template_is_declared_by_its_screen_or_by_all(path):
    # The letter is signed with the same fields as the report.
    known = {path.parent.name, "", "firmar"} if path.parent.name in TODAS else {*TODAS, ""}
    for name in events_of(path.read_text(encoding="utf-8")):
        assert callable(handler_of(name))
        assert name.rpartition(".")[0] in known


def test_every_event_of_the_page_itself_is_declared():
    scripts = "".join(p.read_text(encoding="utf-8") for p in (PY.parent / "static" / "js").glob("*.js"))
    names = set(re.findall(r"send\(\{ name: '([a-z.-]+)'", scripts))
    assert {"entrada", "firmar.firmado", "descarga-fallo"} <= names
    assert all(callable(handler_of(name)) for name in names)


@pytest.mark.parametrize("pantalla", TODAS)
def test_what_an_event_needs_belongs_to_an_event(pantalla):
    found = declared(pantalla)
    assert found.pide.keys() <= found.eventos.keys()


@pytest.mark.parametrize("path", [p for p in SOURCES if name_of(p).startswith(("tramite", "pantallas"))], ids=name_of)
def test_writers_are_imported_only_when_they_are_asked_for(path):
    assert not [name for name in imports(path, lambda tree: tree.body) if name.startswith("documentos")]


def codes_raised():
    """Every code of error, doubt or notice that the source names."""
    makers = {"DatoInvalido": "errores", "Aviso": "avisos", "Reparo": "firma", "CertificadoIlegible": "firma"}
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in makers):
                continue
            if node.args and isinstance(node.args[0], ast.Constant):
                yield node.args[0].value, makers[node.func.id]


def sentences():
    """The sentences by table and code, of all screens together; none is said twice."""
    found = {"errores": {}, "avisos": {}, "falta": {}, "firma": {}}
    for path in sorted((*PY.glob("pantallas/*/textos.toml"), *PY.glob("pantallas/*/hallazgos.toml"))):
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
        for name, table in found.items():
            assert not table.keys() & tables.get(name, {}).keys(), f"{path}: said twice"
            table |= tables.get(name, {})
    return found


def test_every_code_has_a_sentence():
    textos = sentences()
    found = set(codes_raised())
    assert len(found) > 40
    # A notice about something refused says what the error says.
    known = textos["errores"].keys() | textos["firma"].keys() | {"cifras"}
    missing = [c for c, table in found if c not in textos[table] and c not in known]
    assert not missing


def test_every_code_of_the_signing_script_has_a_sentence():
    textos = sentences()
    scripts = [PY.parent / "static" / "js" / name for name in ("efirma.js", "llave.js", "der.js", "efectos.js")]
    codes = set()
    for script in scripts:
        source = script.read_text(encoding="utf-8")
        codes |= set(re.findall(r"EfirmaError\('([a-z-]+)'", source)) | set(re.findall(r"codigo: '([a-z-]+)'", source))
    assert {"contrasena-incorrecta", "llave-ajena", "llave-falta"} <= codes
    assert codes <= textos["firma"].keys()


# What these read is our own text: an event as the page wrote it, and what the program has just written itself.
OWN_JSON = {
    "worker",
    "raoce.firma.practica",
    "raoce.verificacion.contenido",
    "raoce.verificacion.recalculo",
}


def test_json_from_outside_has_one_way_in():
    """``raoce.base.json_estricto`` bounds it before a parser sees it: one that is deep enough would kill Python."""
    reading = re.compile(r"\bjson\.loads?\(|\bfrom json import|\bJSONDecoder\b")
    found = {name for name, path in MODULES.items() if reading.search(path.read_text(encoding="utf-8"))}
    assert found == OWN_JSON | {"raoce.base.json_estricto"}
