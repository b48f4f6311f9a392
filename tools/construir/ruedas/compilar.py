"""Runs inside Pyodide: every zip of /obra/entrada, with .pyc in place of .py, into /obra/salida.

Each .pyc takes the place of its source (no `__pycache__`), without docstrings or asserts: it is what the
browser downloads. It carries the hash of its source and the flag that says not to look for it.
"""

import importlib.util
import marshal
import pathlib
import struct
import zipfile

UNCHECKED_HASH = struct.pack("<I", 0b01)


def compiled(name: str, source: bytes) -> bytes:
    code = compile(source, name, "exec", dont_inherit=True, optimize=2)
    return importlib.util.MAGIC_NUMBER + UNCHECKED_HASH + importlib.util.source_hash(source) + marshal.dumps(code)


def compile_zip(source: zipfile.ZipFile, target: zipfile.ZipFile) -> None:
    for name in source.namelist():
        body = source.read(name)
        if name.endswith(".py"):
            name, body = name + "c", compiled(name, body)
        target.writestr(zipfile.ZipInfo(name), body)


for path in sorted(pathlib.Path("/obra/entrada").glob("*.zip")):
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(f"/obra/salida/{path.name}", "w") as target:
        compile_zip(source, target)
