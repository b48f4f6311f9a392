"""Tables kept as TOML beside the code that uses them. On the site they come compiled, so that no start parses them."""

import pickle
from decimal import Decimal
from pathlib import Path
from typing import Any

COMPILADA = ".tabla"


def read(path: Path) -> dict[str, Any]:
    """The tables of a file ``.toml``; decimals come as ``Decimal``. Raises ``FileNotFoundError``."""
    compiled = path.with_suffix(COMPILADA)
    if compiled.exists():
        return pickle.loads(compiled.read_bytes())
    return parse(path.read_text(encoding="utf-8"))


def parse(texto: str) -> dict[str, Any]:
    # The page itself never parses one.
    import tomllib

    return tomllib.loads(texto, parse_float=Decimal)


def compile_table(texto: str) -> bytes:
    """What ``read`` reads in place of the text; the build makes it."""
    return pickle.dumps(parse(texto), protocol=5)
