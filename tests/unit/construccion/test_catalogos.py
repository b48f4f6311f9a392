"""The SAT's catalogues that the build cuts out of a wheel, as the page will read them."""

import base64
import gzip
import hashlib
import json
import os
import pickle
import zipfile
from datetime import date

import pytest

import build
from construir.catalogos import catalogos
from raoce.empresa.codigos_postales import Lugar, estados_de, parse

# The largest file, as it travels: more would be slow on a telephone.
MOST_BYTES = 80_000


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("catalogos")
    catalogos.build(folder)
    return folder


@pytest.fixture(scope="module")
def texts(made):
    return {path.stem: path.read_text(encoding="utf-8") for path in (made / "codigos-postales").iterdir()}


@pytest.fixture(scope="module")
def catalogs(texts):
    return {key: parse(text) for key, text in texts.items()}


@pytest.fixture(scope="module")
def look_up(catalogs):
    """As the page does: the files that may hold the code, until one does."""
    return lambda code: next(filter(None, (catalogs[key].look_up(code) for key in estados_de(code))), None)


@pytest.mark.parametrize(
    ("code", "state", "municipality", "locality", "neighbourhood"),
    [
        ("81248", "Sinaloa", "Ahome", "Los Mochis", "Jardines del Country"),
        ("01000", "Ciudad de México", "Álvaro Obregón", "Ciudad de México", "San Ángel"),
        ("68000", "Oaxaca", "Oaxaca de Juárez", "Oaxaca de Juárez", "Oaxaca"),
        ("63000", "Nayarit", "Tepic", "Tepic", "Tepic Centro"),
        ("64000", "Nuevo León", "Monterrey", "Monterrey", "Monterrey Centro"),
        ("97000", "Yucatán", "Mérida", "Mérida", "Mérida Centro"),
        ("22000", "Baja California", "Tijuana", "Tijuana", "Zona Centro"),
        ("68600", "Oaxaca", "San Juan Bautista Cuicatlán", "", "Cuicatlán"),
    ],
)
def test_a_code_has_its_place(look_up, code, state, municipality, locality, neighbourhood):
    place = look_up(code)
    assert (place.estado, place.municipio, place.localidad) == (state, municipality, locality)
    assert neighbourhood in place.colonias


def test_a_code_may_be_assigned_to_a_state_and_to_nothing_below_it(look_up):
    assert look_up("01001") == Lugar("Ciudad de México")
    assert look_up("68318") == Lugar("Nayarit")


@pytest.mark.parametrize("code", ["00000", "17000", "8124", "812480", "８１２４８", "81a48", "", "81248\n"])
def test_a_code_that_does_not_exist_has_none(look_up, catalogs, code):
    assert look_up(code) is None
    assert not any(catalog.look_up(code) for catalog in catalogs.values())


def test_the_first_two_digits_tell_the_state_of_every_code(catalogs):
    found = [
        (f"{number:05}", key)
        for key, catalog in catalogs.items()
        for first, last in catalog.rangos
        for number in range(int(first), int(last) + 1)
    ]
    assert len(found) == len({code for code, _ in found}) == 95_748
    states = {}
    for code, key in found:
        states.setdefault(code[:2], set()).add(key)
    table = {f"{prefix:02}": set(estados_de(f"{prefix:02}000")) for prefix in range(100)}
    assert {prefix: keys for prefix, keys in table.items() if keys} == states


def test_the_whole_catalogue_is_there(catalogs):
    places = [(code, place) for catalog in catalogs.values() for code, place in catalog.lugares.items()]
    assert len(catalogs) == 32
    assert len(places) == 32_791
    assert sum(len(place.colonias) for _, place in places) == 144_129
    assert len({(place.estado, place.municipio) for _, place in places}) > 2_400


def test_every_code_with_a_municipality_is_in_its_states_ranges(catalogs):
    for catalog in catalogs.values():
        for code in catalog.lugares:
            assert any(first <= code <= last for first, last in catalog.rangos)


def test_neighbourhoods_are_in_alphabetical_order(catalogs):
    for catalog in catalogs.values():
        for place in catalog.lugares.values():
            assert place.colonias == tuple(sorted(set(place.colonias), key=catalogos.alphabetical))


def test_no_file_is_heavy(made):
    for path in (made / "codigos-postales").iterdir():
        assert len(gzip.compress(path.read_bytes(), 6)) < MOST_BYTES, path.name


def test_the_first_visit_leaves_them_for_later():
    lock = {"packages": {"raoce-app": {"depends": [], "file_name": "../wheels/raoce_app.whl"}}}
    later = {build.AUTHORITIES: b"[]", f"{build.POSTAL_CODES}SIN.json": b"{}"}
    assert build.first_visit({build.LOCK: json.dumps(lock).encode(), "index.html": b""} | later) == [
        build.LOCK,
        "index.html",
    ]


def test_a_second_build_gives_the_same_bytes(made, tmp_path):
    catalogos.build(tmp_path)
    for path in filter(os.path.isfile, made.rglob("*")):
        assert (tmp_path / path.relative_to(made)).read_bytes() == path.read_bytes()


@pytest.mark.parametrize(
    "change",
    [
        lambda data: data.pop("municipios"),
        lambda data: data.update(estado=""),
        lambda data: data.update(estado=["Colima"]),
        lambda data: data.update(municipios="Colima"),
        lambda data: data.update(codigos=[]),
        lambda data: data.update(rangos=[["28000"]]),
        lambda data: data.update(rangos=[[28000, 28999]]),
        lambda data: data["codigos"].update({"2800": [0, 0, []]}),
        lambda data: data["codigos"].update({"28000": [99, 0, []]}),
        lambda data: data["codigos"].update({"28000": [-1, 0, []]}),
        lambda data: data["codigos"].update({"28000": [0, "0", []]}),
        lambda data: data["codigos"].update({"28000": [0, 0, "Centro"]}),
        lambda data: data["codigos"].update({"28000": [0, 0, [1]]}),
        lambda data: data["codigos"].update({"28000": [0, 0]}),
    ],
)
def test_a_damaged_file_is_refused(texts, change):
    data = json.loads(texts["COL"])
    change(data)
    with pytest.raises(ValueError, match="damaged"):
        parse(json.dumps(data))


@pytest.mark.parametrize("text", ["", "[]", "null", "<!doctype html>", '"COL"', "7"])
def test_what_is_no_catalogue_is_refused(texts, text):
    with pytest.raises(ValueError, match="damaged"):
        parse(text)


def test_a_file_cut_short_is_refused(texts):
    with pytest.raises(ValueError, match="damaged"):
        parse(texts["COL"][:-4])


class _Hostile:
    def __init__(self, command):
        self.command = command

    def __reduce__(self):
        return os.system, (self.command,)


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_a_hostile_pickle_is_refused_and_does_nothing(tmp_path, protocol):
    mark = tmp_path / "obeyed"
    body = pickle.dumps(["81248", _Hostile(f"echo > '{mark}'")], protocol)
    with pytest.raises(pickle.UnpicklingError, match=r"system, and only plain values"):
        catalogos.unpickle(body)
    assert not mark.exists()
    # Proof that it is hostile: the ordinary reader obeys.
    pickle.loads(body)
    assert mark.exists()


@pytest.mark.parametrize("value", [date(2026, 1, 1), {1}.__class__, print, Lugar("Sinaloa")])
def test_a_pickle_that_asks_for_any_class_is_refused(value):
    with pytest.raises(pickle.UnpicklingError):
        catalogos.unpickle(pickle.dumps(value))


def test_plain_values_are_read():
    value = ("0001", ["SIN", "", "0", 7, None, True])
    assert catalogos.unpickle(pickle.dumps(value)) == value


def test_the_sats_authorities_are_there(made):
    entries = json.loads((made / "autoridades.json").read_text())
    names = [*(f"AC{n}_SAT" for n in range(6)), "ARC0_IES", "ARC1_IES", "ARC2_IES", "ARC5_IES"]
    assert [entry["nombre"] for entry in entries] == names
    for entry in entries:
        assert hashlib.sha256(base64.b64decode(entry["der"], validate=True)).hexdigest() == entry["sha256"]
    assert entries[5]["sha256"] == "1ac6325143920fc047b6506e42540944fa6590b44560807b564c5603d15add8e"


def test_an_authority_that_is_no_certificate_stops_the_build(made, tmp_path):
    der = base64.b64decode(json.loads((made / "autoridades.json").read_text())[5]["der"])
    for body in (der[:-1], der + b"\0", b"-----BEGIN CERTIFICATE-----"):
        with zipfile.ZipFile(tmp_path / "certs.zip", "w") as archive:
            archive.writestr("AC5_SAT.cer", body)
        with pytest.raises(ValueError, match="AC5_SAT is not a certificate"):
            catalogos.authorities((tmp_path / "certs.zip").read_bytes())


def test_the_licence_travels_with_the_data(made):
    text = (made / "licencias.txt").read_text(encoding="utf-8")
    assert text.startswith("satcfdi 26.10.1\n")
    assert "MIT License" in text
