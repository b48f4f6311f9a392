"""What a first visit downloads, in bytes as they travel."""

import gzip
from dataclasses import dataclass
from pathlib import Path

# GitHub Pages compresses these as they go out; the rest travels as it is.
COMPRESSED = {".css", ".html", ".js", ".json", ".mjs", ".py", ".svg", ".toml", ".txt", ".wasm", ".webmanifest", ".xml"}
AIM = 8_500_000


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


def table(weights: list[Weight], rows: int = 8) -> str:
    """The heaviest files, the rest together, and the total beside its aim."""
    lines = [f"  {weight.size / 1e6:6.2f} MB  {weight.path}" for weight in weights[:rows]]
    rest = sum(weight.size for weight in weights[rows:])
    total = sum(weight.size for weight in weights)
    lines.append(f"  {rest / 1e6:6.2f} MB  {len(weights) - rows} smaller files")
    lines.append(f"  {total / 1e6:6.2f} MB  first visit, compressed (aim: at most {AIM / 1e6:.1f} MB)")
    return "\n".join(lines)
