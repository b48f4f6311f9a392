"""Use without a connection: the set of files that the service worker keeps, under one version.

A version is a fingerprint of what the site holds: the same files give the same version and the same `sw.js`.
"""

import hashlib
import json
import re
from base64 import b64encode

PAGE = "index.html"
WORKER = "sw.js"
STAMP = '<meta name="version" content="">'
# As they are, these are their own URLs.
PLAIN = re.compile(r"[\w.-]+(/[\w.-]+)*", re.ASCII)


def complete(files: dict[str, bytes], worker: str) -> dict[str, bytes]:
    """`files` with their version in the page, and with the service worker, whose source is `worker`, that keeps them.

    Raises ValueError when the page has no place for its version, or when a path is not its own URL.

    >>> site = complete({"index.html": STAMP.encode(), "a.js": b"1"}, "// code")
    >>> print(site["sw.js"].decode())
    const VERSION = 'cf13579dcfc4';
    const FILES = {
    "a.js": "a4ayc/80/OGda4BO/1o/V0etpOqiLx1JwB5S3beHW0s=",
    "index.html": "GUuV0oHLGnPmqH4pvBBAJO/vWZJ017p0uYq7/+Lj3OA="
    };
    // code
    """
    if strange := [path for path in files if not PLAIN.fullmatch(path)]:
        raise ValueError(f"no file of the site may be called {strange[0]}")
    version = _version(files)
    files = files | {PAGE: _stamped(files[PAGE].decode(), version).encode()}
    table = json.dumps({path: _hash(files[path]) for path in sorted(files)}, indent=0)
    return files | {WORKER: f"const VERSION = '{version}';\nconst FILES = {table};\n{worker}".encode()}


def _version(files: dict[str, bytes]) -> str:
    lines = "".join(f"{path} {_hash(files[path])}\n" for path in sorted(files))
    return hashlib.sha256(lines.encode()).hexdigest()[:12]


def _stamped(page: str, version: str) -> str:
    if page.count(STAMP) != 1:
        raise ValueError(f"{PAGE} must have one {STAMP}")
    return page.replace(STAMP, STAMP.replace('""', f'"{version}"'))


def _hash(body: bytes) -> str:
    return b64encode(hashlib.sha256(body).digest()).decode()
