"""A pack: the files of a zip or wheel as a plain dict, name to bytes.

Everything the build does to a wheel (prune, compile, rename) is a function from pack to pack; only the two
ends touch zips. Writing is deterministic: sorted names, one fixed date, so that the same input gives the
same bytes and a browser that has them already need not fetch them again.
"""

import io
import zipfile
import zlib
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import zopfli.zlib

Pack = dict[str, bytes]

DATE = (1980, 1, 1, 0, 0, 0)
ZLIB_HEADER, ZLIB_TRAILER = 2, 4


def read(path: Path) -> Pack:
    """The files of the zip at `path`."""
    with zipfile.ZipFile(path) as source:
        return {name: source.read(name) for name in source.namelist() if not name.endswith("/")}


def read_folder(folder: Path, prefix: str = "") -> Pack:
    """The files under `folder`, but for what Python leaves behind when it runs."""
    return {
        prefix + path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and "__pycache__" not in path.parts
    }


def write(pack: Pack, path: Path, *, small: bool = False) -> None:
    """Write `pack` as a zip; `small` spends seconds a megabyte, on every core, to take 5 % off."""
    path.parent.mkdir(parents=True, exist_ok=True)
    names = sorted(pack)
    if small:
        with ProcessPoolExecutor() as pool:
            streams = list(pool.map(_deflate_small, (pack[name] for name in names), chunksize=4))
    else:
        streams = [_deflate(pack[name]) for name in names]
    path.write_bytes(_zip_of(pack, dict(zip(names, streams, strict=True))))


def store(pack: Pack, path: Path) -> None:
    """Write `pack` without compressing it: for zips that only travel between two steps of the build."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as target:
        for name in sorted(pack):
            target.writestr(zipfile.ZipInfo(name, DATE), pack[name])


def _zip_of(pack: Pack, streams: dict[str, bytes]) -> bytes:
    """The bytes of a zip of `pack` whose files are compressed already, in `streams`.

    `zipfile` cannot be told to take a stream that is already deflated, so each file is handed to it through a
    compressor that answers with the stream made before.
    """
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as target:
        for name, stream in streams.items():
            entry = zipfile.ZipInfo(name, DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED if len(stream) < len(pack[name]) else zipfile.ZIP_STORED
            with target.open(entry, "w") as file:
                if entry.compress_type == zipfile.ZIP_DEFLATED:
                    file._compressor = _Ready(stream)
                file.write(pack[name])
    return buffer.getvalue()


class _Ready:
    """A compressor that has done its work already."""

    def __init__(self, stream: bytes):
        self.stream = stream

    def compress(self, data: bytes) -> bytes:
        return b""

    def flush(self) -> bytes:
        return self.stream


def _deflate(data: bytes) -> bytes:
    return zlib.compress(data, 9)[ZLIB_HEADER:-ZLIB_TRAILER]


def _deflate_small(data: bytes) -> bytes:
    return zopfli.zlib.compress(data, numiterations=5)[ZLIB_HEADER:-ZLIB_TRAILER]
