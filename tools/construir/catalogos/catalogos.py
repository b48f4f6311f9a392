"""What the SAT publishes and the page looks up: postal codes, and the certificates of its authorities.

Both come in the wheel of `satcfdi`, which is read as a zip and never installed. Its catalogues are a SQLite file
of pickles; only plain values are taken out of them.
"""

import base64
import hashlib
import io
import json
import pickle
import re
import sqlite3
import tempfile
import unicodedata
import zipfile
from collections import defaultdict
from collections.abc import Iterable
from contextlib import closing
from itertools import groupby
from pathlib import Path

from cryptography import x509

from construir.base.rutas import CATALOGS
from construir.ruedas import licencias, ruedas

CATALOGS_DB = "satcfdi/catalogs/catalogs.db"
CERTIFICATES = "satcfdi/transform/CertsProd.zip"
# The CFDI's catalogues; the others of that file belong to its complements.
TABLE = "C756_c_{}"
# The SAT's authorities and Banco de México's, which certify them. Beside them are the OCSP servers, which certify none.
AUTHORITY = re.compile(r"(A(?:C\d_SAT|RC\d_IES))\.cer")
# A placeholder that the SAT lists under Tlaxcala, with a municipality that has no name.
NO_CODE = "00000"
TILDE = "\N{COMBINING TILDE}"

Rows = dict[str | tuple[str, ...], str | list[str]]


def build(folder: Path) -> None:
    """Fill `folder` with `codigos-postales/<key of the state>.json`, `autoridades.json` and `licencias.txt`."""
    wheel = ruedas.read(next(CATALOGS.glob("satcfdi-*.whl")))
    (folder / "codigos-postales").mkdir()
    for key, text in states(read_tables(wheel.pack[CATALOGS_DB])).items():
        (folder / "codigos-postales" / f"{key}.json").write_text(text, encoding="utf-8")
    (folder / "autoridades.json").write_text(authorities(wheel.pack[CERTIFICATES]), encoding="utf-8")
    (folder / "licencias.txt").write_text(licencias.of_wheels([wheel]), encoding="utf-8")


def unpickle(body: bytes) -> object:
    """What a pickle holds, if it is made of texts, numbers, lists and tuples. Raises `pickle.UnpicklingError`."""
    return _Plain(io.BytesIO(body)).load()


class _Plain(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> object:
        raise pickle.UnpicklingError(f"the catalogue asks for {module}.{name}, and only plain values are read")


def read_tables(database: bytes) -> dict[str, Rows]:
    """The five catalogues of places, by their name without `c_`: `CodigoPostal`, `Colonia`…"""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "catalogs.db")
        path.write_bytes(database)
        with closing(sqlite3.connect(path)) as connection:
            names = ("Estado", "Municipio", "Localidad", "CodigoPostal", "Colonia")
            return {name: _rows(connection, TABLE.format(name)) for name in names}


def _rows(connection: sqlite3.Connection, table: str) -> Rows:
    rows = {unpickle(key): unpickle(value) for key, value in connection.execute(f"SELECT key, value FROM {table}")}
    if not rows:
        raise ValueError(f"the SAT's catalogue {table} is empty")
    return rows


def states(tables: dict[str, Rows]) -> dict[str, str]:
    """One JSON a state, by its key: see `raoce/codigos_postales.py`, which reads it."""
    codes = defaultdict(dict)
    for code, (state, municipality, locality, *_) in sorted(tables["CodigoPostal"].items()):
        if code != NO_CODE:
            codes[state][code] = (municipality, locality)
    colonies = defaultdict(set)
    for (_, code), name in tables["Colonia"].items():
        colonies[code].add(name)
    return {state: _state(state, places, colonies, tables) for state, places in sorted(codes.items())}


def _state(state: str, places: dict[str, tuple[str, str]], colonies: dict[str, set[str]], tables: dict) -> str:
    municipalities = sorted({municipality for municipality, _ in places.values() if municipality})
    localities = sorted({locality for _, locality in places.values() if locality})
    entries = {
        code: [
            municipalities.index(municipality),
            localities.index(locality) if locality else None,
            sorted(colonies[code], key=alphabetical),
        ]
        for code, (municipality, locality) in places.items()
        if municipality
    }
    if orphans := [code for code in places if code in colonies and code not in entries]:
        raise ValueError(f"postal codes with neighbourhoods and no municipality: {', '.join(orphans[:5])}")
    members = {
        "estado": tables["Estado"][state][1],
        "rangos": list(ranges(places)),
        "municipios": [tables["Municipio"][key, state] for key in municipalities],
        "localidades": [tables["Localidad"][key, state] for key in localities],
    }
    lines = [f'"{name}":{_json(value)}' for name, value in members.items()]
    codes = ",\n".join(f'"{code}":{_json(entry)}' for code, entry in entries.items())
    return "{" + ",\n".join([*lines, f'"codigos":{{\n{codes}\n}}']) + "}\n"


def ranges(codes: Iterable[str]) -> Iterable[tuple[str, str]]:
    """The first and last of each run of consecutive `codes`, which come sorted.

    >>> list(ranges(["01000", "01001", "01002", "01010"]))
    [('01000', '01002'), ('01010', '01010')]
    """
    for _, run in groupby(enumerate(codes), key=lambda pair: int(pair[1]) - pair[0]):
        run = [code for _, code in run]
        yield run[0], run[-1]


def alphabetical(name: str) -> tuple[str, str]:
    """The key that sorts as a Spanish dictionary does: accents and case are ignored, ñ follows n.

    >>> sorted(["Ñuu", "Nuevo", "ámbar", "Zona", "Azul"], key=alphabetical)
    ['ámbar', 'Azul', 'Nuevo', 'Ñuu', 'Zona']
    """
    letters = unicodedata.normalize("NFD", name.casefold())
    return "".join(letter for letter in letters if letter == TILDE or not unicodedata.combining(letter)), name


def authorities(archive: bytes) -> str:
    """A JSON list of `{"nombre", "sha256", "der"}` by name. Raises `ValueError` for what is no certificate."""
    with zipfile.ZipFile(io.BytesIO(archive)) as source:
        named = {match[1]: source.read(path) for path in source.namelist() if (match := AUTHORITY.fullmatch(path))}
    entries = []
    for name, body in sorted(named.items()):
        try:
            x509.load_der_x509_certificate(body)
        except ValueError as problem:
            raise ValueError(f"{name} is not a certificate: {problem}") from None
        der = base64.b64encode(body).decode()
        entries.append({"nombre": name, "sha256": hashlib.sha256(body).hexdigest(), "der": der})
    return json.dumps(entries, indent=1) + "\n"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
