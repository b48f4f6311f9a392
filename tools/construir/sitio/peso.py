"""What a first visit downloads: in bytes as they travel, and as each file must be when it arrives."""

import gzip
import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

# GitHub Pages compresses these as they go out; the rest travels as it is.
COMPRESSED = {".css", ".html", ".js", ".json", ".mjs", ".py", ".svg", ".toml", ".txt", ".wasm", ".webmanifest", ".xml"}
AIM = 6_020_000


@dataclass(frozen=True)
class Weight:
    """A file of a visit: its path under the site, its bytes on the way."""

    path: str
    size: int


def weigh(site: Path, paths: list[str]) -> list[Weight]:
    """The weight of each of `paths`, heaviest first."""
    weights = [Weight(path, _on_the_way(site / path)) for path in paths]
    return sorted(weights, key=lambda weight: -weight.size)


def _on_the_way(path: Path) -> int:
    body = path.read_bytes()
    return len(gzip.compress(body, 6)) if path.suffix in COMPRESSED else len(body)


def expected(files: dict[str, bytes], paths: list[str]) -> bytes:
    """Bytes and SHA-256 of each of `paths`, as JSON: by it the page finds a file that did not come as published."""
    found = {path: [len(files[path]), hashlib.sha256(files[path]).hexdigest()] for path in sorted(paths)}
    return json.dumps(found, indent=0).encode()


def table(weights: list[Weight], rows: int = 8) -> str:
    """The heaviest files, the rest together, and the total beside its aim."""
    lines = [f"  {weight.size / 1e6:6.2f} MB  {weight.path}" for weight in weights[:rows]]
    rest = sum(weight.size for weight in weights[rows:])
    total = sum(weight.size for weight in weights)
    lines.append(f"  {rest / 1e6:6.2f} MB  {len(weights) - rows} smaller files")
    lines.append(f"  {total / 1e6:6.2f} MB  first visit, compressed (aim: at most {AIM / 1e6:.2f} MB)")
    return "\n".join(lines)
