"""Where things are in the repository."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
BUILD = ROOT / "build"
DIST = ROOT / "dist"
PY = ROOT / "py"
PAGE = ROOT / "index.html"
NODE_MODULES = ROOT / "node_modules"
WHEELS = BUILD / "ruedas"
CATALOGS = BUILD / "catalogos"
CASES = ROOT / "tests" / "casos" / "practica"
REQUIREMENTS = ROOT / "tools" / "requirements"

# Packages of ours that ride to the browser; `documentos` joins them when it exists.
OUR_PACKAGES = ("raoce", "idiomas", "tramite", "pantallas", "documentos")
