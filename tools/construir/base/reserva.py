"""What the build made before, kept by the content of what it was made from.

A step whose inputs have not changed is not run again, whatever their dates say: that is what makes the second
`make dist` take less than a second, and a change of one template rebuild one wheel.
"""

import hashlib
import shutil
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path

KEPT = 3  # results of each step that stay on disk: going back and forth between two branches costs nothing


def fingerprint(*inputs: Path | str) -> str:
    """One hash for all of `inputs`: a text as it is, a file by its content, a folder by all its files."""
    digest = hashlib.sha256()
    for item in inputs:
        for label, body in _parts(item):
            digest.update(f"{label}\0{len(body)}\0".encode())
            digest.update(body)
    return digest.hexdigest()[:20]


def _parts(item: Path | str) -> Iterable[tuple[str, bytes]]:
    if isinstance(item, str):
        yield "text", item.encode()
    elif item.is_dir():
        for path in sorted(item.rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                yield path.relative_to(item).as_posix(), path.read_bytes()
    else:
        yield item.name, item.read_bytes()


class Store:
    """The folder of results, one subfolder a step, one below it a result."""

    def __init__(self, root: Path):
        self.root = root

    def folder(self, step: str, key: str, make: Callable[[Path], None], says: str) -> Path:
        """The folder that `make(folder)` filled for `key`: made now, after printing `says`, or kept from before."""
        target = self.root / step / key
        if not target.exists():
            print(f"  {says}", flush=True)
            self._make(target, make)
        target.touch()
        self._forget_oldest(step)
        return target

    def _make(self, target: Path, make: Callable[[Path], None]) -> None:
        """Make the result out of sight, so that a build that stops half-way leaves nothing that looks made."""
        drafts = self.root / "en-curso"
        drafts.mkdir(parents=True, exist_ok=True)
        target.parent.mkdir(exist_ok=True)
        with tempfile.TemporaryDirectory(dir=drafts) as folder:
            draft = Path(folder, target.name)
            draft.mkdir()
            make(draft)
            if not target.exists():  # another build may have been quicker
                draft.rename(target)

    def _forget_oldest(self, step: str) -> None:
        results = sorted((self.root / step).iterdir(), key=lambda path: path.stat().st_mtime, reverse=True)
        for old in results[KEPT:]:
            shutil.rmtree(old)
