"""Where things are in the repository."""

from pathlib import Path

AYUDAS = Path(__file__).parent
ROOT = AYUDAS.parents[1]
PY = ROOT / "py"
JAVASCRIPT = ROOT / "tools" / "construir" / "javascript"
