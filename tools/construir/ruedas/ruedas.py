"""Wheels: read what PyPI gave, and write the ones that the browser downloads.

A name carries the first digits of its content's hash as the build number (`pydantic-2.14.4-0ab12cd34-py3-…`),
so that no cache, in the browser or on the way, can mix the files of two releases.
"""

import hashlib
import re
from dataclasses import dataclass, field
from email.parser import HeaderParser
from pathlib import Path

from construir.ruedas import paquete
from construir.ruedas.paquete import Pack

PURE = "py3-none-any"


@dataclass(frozen=True)
class Wheel:
    """A package by its normalised name, the packages it needs, and its files without `.dist-info`."""

    name: str
    version: str
    depends: tuple[str, ...]
    pack: Pack = field(repr=False)
    tag: str = PURE

    @property
    def imports(self) -> list[str]:
        """The top-level names that it lets a program import."""
        return sorted({path.split("/")[0].split(".")[0] for path in self.pack if path.endswith((".pyc", ".so"))})

    @property
    def is_code_only(self) -> bool:
        """Whether Python can use it from inside a zip: compiled code and data have to be files."""
        return all(path.endswith(".pyc") for path in self.pack)


def normalise(name: str) -> str:
    """`name` as PyPI compares it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def read(path: Path) -> Wheel:
    """The wheel that PyPI gave, whole."""
    pack = paquete.read(path)
    metadata = next(body for name, body in pack.items() if name.endswith(".dist-info/METADATA"))
    header = HeaderParser().parsestr(metadata.decode())
    return Wheel(
        name=normalise(header["Name"]),
        version=header["Version"],
        depends=tuple(_dependencies(header.get_all("Requires-Dist") or [])),
        pack=pack,
        tag=path.stem.split("-", 2)[2] if "wasm32" in path.name else PURE,
    )


def _dependencies(requirements: list[str]) -> list[str]:
    """The names that hold in the browser: no extras, nothing for an older Python; time zones are the browser's."""
    always = [text for text in requirements if "extra" not in text and not re.search(r"python_version *<", text)]
    names = [normalise(re.match(r"[\w.-]+", requirement)[0]) for requirement in always]
    return sorted(name for name in names if name != "tzdata")


def write(wheel: Wheel, folder: Path, *, small: bool) -> Path:
    """Write the wheel that the browser downloads. Its `.dist-info` is the least that its loader accepts."""
    stem = f"{wheel.name.replace('-', '_')}-{wheel.version}"
    info = {
        f"{stem}.dist-info/METADATA": f"Metadata-Version: 2.1\nName: {wheel.name}\nVersion: {wheel.version}\n".encode(),
        f"{stem}.dist-info/WHEEL": f"Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: {wheel.tag}\n".encode(),
    }
    draft = folder / f"{stem}.tmp"
    paquete.write(wheel.pack | info, draft, small=small)
    target = folder / f"{stem}-0{digest(draft)[:8]}-{wheel.tag}.whl"
    return draft.rename(target)


def digest(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def lock_entry(wheel: Wheel, path: Path) -> dict:
    """What `pyodide-lock.json` says of a wheel; Pyodide refuses a download whose hash is another."""
    return {
        "name": wheel.name,
        "version": wheel.version,
        "file_name": f"../wheels/{path.name}",
        "install_dir": "site",
        "sha256": digest(path),
        "package_type": "package",
        "imports": wheel.imports,
        "depends": list(wheel.depends),
        "unvendored_tests": False,
    }
