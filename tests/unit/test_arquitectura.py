"""The layers, the purity and the sentences that the design asks for, read off the source."""

import ast
import re
import tomllib
from pathlib import Path

import pytest

PY = Path(__file__).parents[2] / "py"
SOURCES = sorted(p for p in PY.rglob("*.py"))
# Which packages each layer may import of ours.
ALLOWED = {
    "raoce": {"raoce"},
    "documentos": {"raoce", "documentos"},
    "tramite": {"raoce", "tramite", "documentos"},
    "pantallas": {"raoce", "tramite", "pantallas"},
    "worker.py": {"pantallas", "tramite"},
}
BROWSER = {"js", "pyodide", "pyodide_js", "pyscript"}
CLOCKS = re.compile(r"\b(date\.today|datetime\.now|datetime\.utcnow|time\.time)\(")


def imported(node):
    """The top-level packages that a statement imports."""
    if isinstance(node, ast.Import):
        return [alias.name.partition(".")[0] for alias in node.names]
    return [node.module.partition(".")[0]] if isinstance(node, ast.ImportFrom) else []


def imports(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        yield from imported(node)


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: str(p.relative_to(PY)))
def test_imports_point_downwards_and_nothing_reads_a_clock(path):
    layer = path.relative_to(PY).parts[0]
    ours = set(imports(path)) & {"raoce", "tramite", "pantallas", "documentos"}
    assert ours <= ALLOWED[layer]
    if layer != "worker.py":
        assert not set(imports(path)) & BROWSER
        assert not CLOCKS.search(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", sorted((PY / "tramite").glob("*.py")), ids=lambda p: p.name)
def test_writers_are_imported_only_when_they_are_asked_for(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    at_once = [node for node in tree.body if isinstance(node, ast.ImportFrom | ast.Import)]
    assert "documentos" not in {name for node in at_once for name in imported(node)}


def codes_raised():
    """Every code of error, doubt or notice that the source names."""
    makers = {"DatoInvalido": "errores", "Aviso": "avisos", "Reparo": "firma", "CertificadoIlegible": "firma"}
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in makers):
                continue
            if node.args and isinstance(node.args[0], ast.Constant):
                yield node.args[0].value, makers[node.func.id]


def test_every_code_has_a_sentence():
    textos = tomllib.loads((PY / "pantallas" / "textos.toml").read_text(encoding="utf-8"))
    found = set(codes_raised())
    assert len(found) > 40
    # A notice about something refused says what the error says.
    known = textos["errores"].keys() | textos["firma"].keys() | {"cifras"}
    missing = [c for c, table in found if c not in textos[table] and c not in known]
    assert not missing


def test_every_code_of_the_signing_script_has_a_sentence():
    textos = tomllib.loads((PY / "pantallas" / "textos.toml").read_text(encoding="utf-8"))
    scripts = [PY.parent / "static" / "js" / name for name in ("efirma.js", "llave.js", "der.js", "efectos.js")]
    codes = set()
    for script in scripts:
        source = script.read_text(encoding="utf-8")
        codes |= set(re.findall(r"EfirmaError\('([a-z-]+)'", source)) | set(re.findall(r"codigo: '([a-z-]+)'", source))
    assert {"contrasena-incorrecta", "llave-ajena", "llave-falta"} <= codes
    assert codes <= textos["firma"].keys()
