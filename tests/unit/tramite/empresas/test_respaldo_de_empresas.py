"""Copies of everything: written, read, compared company by company, restored, undone."""

import json
from base64 import b64encode
from datetime import datetime, timedelta
from hashlib import sha256
from time import process_time

import pytest

from propiedades import given, st
from raoce.base import DatoInvalido
from tramite.borradores.archivero import Archivero, from_entries
from tramite.empresas import respaldo
from tramite.empresas.fusion import Lado
from tramite.empresas.respaldo import ATRAS, CAMBIA, IGUAL, NUEVA, Cifrado
from tramites import holding

AHORA = datetime.fromisoformat("2024-05-20T18:00:00+00:00")
UNO = {"rfc": "EKU9003173C9", "razon_social": "Ñandú & Cía.", "ejercicio": "2023", "ventas": "10"}
BORRADOR = st.dictionaries(st.sampled_from(("rfc", "ejercicio", "ventas", "calle")), st.sampled_from("123"), min_size=1)
DOS = {"rfc": "IIA040805DZ4", "razon_social": "Ingenieros", "ejercicio": "2022"}


class Equipo:
    """A device with its drafts and entries."""

    def __init__(self, *borradores):
        self.archivero, self.entradas = from_entries(holding(*borradores))[0] if borradores else Archivero(), {}

    def keep(self, cambios):
        self.entradas = {k: v for k, v in (self.entradas | cambios).items() if v is not None}

    def copy(self, ahora=AHORA):
        self.keep(respaldo.note(self.archivero, self.entradas, ahora))
        return respaldo.to_text(self.archivero, self.entradas, ahora)

    def compare(self, texto):
        return respaldo.compare(self.archivero, self.entradas, respaldo.read(texto))

    def restore(self, texto, *lados):
        """Everything in the file; ``lados``: the sides chosen, draft by draft."""
        cotejos = self.compare(texto).cotejos
        chosen = [*lados, *({} for _ in cotejos)][: len(cotejos)]
        done = respaldo.apply(self.archivero, self.entradas, tuple(zip(cotejos, chosen, strict=True)), AHORA)
        self.archivero = done[0]
        self.keep(done[1])
        return done[2]

    def change(self, clave, **campos):
        g = self.archivero.todos[clave]
        changed = respaldo.Guardado({k: v for k, v in (g.campos | campos).items() if v}, AHORA.isoformat())
        self.archivero = self.archivero.put({clave: changed})

    @property
    def campos(self):
        return [dict(g.campos) for g in self.archivero.todos.values()]


def states(comparacion):
    return [c.estado for c in comparacion.cotejos]


def test_everything_comes_back_on_an_empty_device():
    texto = Equipo(DOS, UNO).copy()
    other = Equipo()
    assert states(other.compare(texto)) == [NUEVA, NUEVA]
    done = other.restore(texto)
    assert other.campos == [DOS, UNO]
    assert states(other.compare(texto)) == [IGUAL, IGUAL]
    other.archivero, _, left = respaldo.undo(other.archivero, done)
    assert other.campos == [] and left == 0


def test_what_would_change_is_said_company_by_company():
    here = Equipo(UNO, DOS, {"rfc": "AAA010101AAA", "ejercicio": "2023"})
    texto = here.copy()
    here.change("1", ventas="20")
    found = here.compare(texto)
    assert states(found) == [ATRAS, IGUAL, IGUAL] and found.solo_aqui == ()
    assert [(d.campo, d.aqui, d.archivo) for d in found.cotejos[0].diferencias] == [("ventas", "20", "10")]
    only = Equipo(UNO).copy()
    assert here.compare(only).solo_aqui == ("2", "3")


def test_an_old_copy_can_be_gone_back_to():
    here = Equipo(UNO)
    texto = here.copy()
    here.change("1", ventas="20")
    here.restore(texto)
    assert here.campos[0]["ventas"] == "20"
    here.restore(texto, {"ventas": Lado.ARCHIVO})
    assert here.campos == [UNO]


def test_two_people_who_take_turns():
    ana = Equipo(UNO, DOS)
    luis = Equipo()
    luis.restore(ana.copy())
    ana.change("1", ventas="20", calle="Uno")
    luis.change("2", importaciones="5", calle="Dos")
    texto = luis.copy()
    cotejo = ana.compare(texto).cotejos[0]
    assert cotejo.estado == CAMBIA
    assert [d.campo for d in respaldo.undecided(cotejo, {})] == ["calle"]
    assert not respaldo.undecided(cotejo, {"calle": Lado.AQUI})
    ana.restore(texto, {"calle": Lado.AQUI})
    assert ana.campos[0] == UNO | {"ventas": "20", "importaciones": "5", "calle": "Uno"}
    # Nothing is asked again, on either side.
    assert states(ana.compare(texto)) == [ATRAS, IGUAL]
    luis.restore(ana.copy())
    assert luis.campos == ana.campos


def test_undoing_leaves_what_was_changed_since():
    here = Equipo(UNO, DOS)
    texto = Equipo(UNO | {"ventas": "7"}, DOS | {"ventas": "7"}).copy()
    done = here.restore(texto, *[{"ventas": Lado.ARCHIVO}] * 2)
    assert [c["ventas"] for c in here.campos] == ["7", "7"]
    here.change("2", ventas="8")
    here.archivero, _, left = respaldo.undo(here.archivero, done)
    assert left == 1 and here.campos == [UNO, DOS | {"ventas": "8"}]


def test_drafts_alike_are_paired_once():
    here = Equipo(UNO, UNO | {"ventas": "11"}, {"calle": "x"})
    there = Equipo({"calle": "x"}, UNO | {"ventas": "11", "calle": "y"}, UNO, UNO | {"ventas": "0"})
    found = here.compare(there.copy())
    assert [(c.clave, c.estado) for c in found.cotejos] == [("3", IGUAL), ("2", CAMBIA), ("1", IGUAL), ("", NUEVA)]


def test_a_file_with_thousands_of_one_company_and_ejercicio_is_compared_soon():
    uno = {"rfc": "EKU9003173C9", "ejercicio": "2023"}
    here = Equipo(*(uno | {"ventas": str(n)} for n in range(3000)))
    rows = [{"campos": uno | {"ventas": f"{n}0", "calle": "x"}} for n in range(3000)]
    began = process_time()
    found = here.compare(json.dumps({"formato": "raoce-borradores/1", "borradores": rows}))
    assert process_time() - began < 4
    assert len({c.clave for c in found.cotejos}) == 3000 and not found.solo_aqui


def test_a_draft_saved_alone_is_restored_too():
    here = Equipo(UNO)
    here.copy()
    texto = json.dumps({"formato": "raoce-borrador/1", "campos": UNO | {"calle": "x"}})
    assert states(here.compare(texto)) == [CAMBIA]


@given(st.lists(BORRADOR, max_size=6), st.data())
def test_whatever_is_in_both_places_nothing_is_lost(borradores, data):
    here = Equipo(*data.draw(st.lists(st.sampled_from(borradores), max_size=6) if borradores else st.just([])))
    texto = Equipo(*borradores).copy()
    found = here.compare(texto)
    keys = [c.clave for c in found.cotejos if c.clave]
    assert len(keys) == len(set(keys)) and {*keys, *found.solo_aqui} == set(here.archivero.todos)
    chosen = [{d.campo: Lado.ARCHIVO for d in c.diferencias} for c in found.cotejos]
    before, entradas = here.archivero, here.entradas
    done = here.restore(texto, *chosen)
    assert all(b in here.campos for b in borradores)
    assert set(states(here.compare(texto))) <= {IGUAL}
    assert respaldo.undo(here.archivero, done)[0].todos == before.todos and entradas == {}


def test_the_age_of_the_last_copy_and_when_to_advise_one():
    here = Equipo(*({"rfc": f"AAA0101{n:05}"} for n in range(respaldo.POCAS + 1)))
    assert respaldo.last(here.entradas) is None and respaldo.is_due(None, here.archivero, AHORA)
    assert not respaldo.is_due(None, Equipo(UNO).archivero, AHORA)
    here.copy(AHORA - timedelta(days=31))
    copia = respaldo.last(here.entradas)
    assert (AHORA - copia.cuando).days == 31 and copia.cuantos == 4
    assert not respaldo.is_due(copia, here.archivero, AHORA)  # nothing has changed since
    here.change("1", ventas="1")
    assert respaldo.is_due(copia, here.archivero, AHORA)
    assert not respaldo.is_due(copia, here.archivero, AHORA - timedelta(days=2))


@pytest.mark.parametrize("entrada", [None, 5, {"cuando": "x", "cuantos": 1}, {"cuando": "2024-05-20", "cuantos": 1}])
def test_an_age_that_is_none_is_not_known(entrada):
    assert respaldo.last({respaldo.ENTRADA: entrada}) is None


def test_a_copy_writes_only_the_drafts_that_changed_and_forgets_those_that_went():
    here = Equipo(UNO, DOS)
    for clave in "12":
        here.change(clave, lada="55")
    here.copy()
    here.archivero = here.archivero.put({"1": None})
    assert respaldo.note(here.archivero, here.entradas, AHORA).keys() == {"respaldo", "copia/1"}
    # A new company under the key of one that went remembers nothing of it.
    here.change("2", rfc="AAA010101AAA")
    here.copy()
    assert "ventas" not in here.entradas["copia/2"]


def encrypted(**changes):
    sal, nonce, datos = b"s" * 16, b"n" * 12, b"d" * 40
    n = changes.get("iteraciones", respaldo.ITERACIONES)
    content = respaldo.header(AHORA)
    content["derivacion"] |= {"sal": b64encode(sal).decode(), "iteraciones": n}
    content["cifrado"] |= {"nonce": b64encode(nonce).decode()}
    content |= {"suma": sha256(sal + nonce + str(n).encode() + datos).hexdigest(), "datos": b64encode(datos).decode()}
    for k, v in changes.items():
        if k != "iteraciones":
            content[k] = v
    return json.dumps(content)


def test_an_encrypted_file_is_taken_apart():
    found = respaldo.read(encrypted())
    assert isinstance(found, Cifrado) and found.iteraciones == 600_000


@pytest.mark.parametrize(
    ("changes", "codigo"),
    [
        ({"iteraciones": 1_000_000_000}, "respaldo-iteraciones"),
        ({"iteraciones": 1}, "respaldo-iteraciones"),
        ({"iteraciones": -600_000}, "respaldo-iteraciones"),
        ({"datos": "AAAA" * 12}, "respaldo-danado"),
        ({"datos": "no es base64"}, "respaldo-danado"),
        ({"datos": "ñ"}, "respaldo-danado"),
        ({"suma": "0" * 64}, "respaldo-danado"),
        ({"derivacion": None}, "respaldo-danado"),
        ({"cifrado": {"nombre": "AES-256-GCM", "nonce": 5}}, "respaldo-danado"),
        ({"formato": "raoce-respaldo-cifrado/2", "derivacion": None}, "respaldo-otra-version"),
        ({"formato": "raoce-respaldo-cifrado/2"}, "respaldo-otra-version"),
        ({"formato": "otro"}, "borrador-ajeno"),
    ],
)  # fmt: skip
def test_an_encrypted_file_that_is_none_is_refused(changes, codigo):
    with pytest.raises(DatoInvalido) as caught:
        respaldo.read(encrypted(**changes))
    assert caught.value.codigo == codigo


@pytest.mark.parametrize(
    ("texto", "codigo"),
    [
        ("", "borrador-danado"),
        ("[" * 100_000, "borrador-danado"),
        ('{"formato": "raoce-borradores/1", "borradores": [5]}', "borrador-danado"),
        ('{"formato": "raoce-borradores/1", "borradores": {}}', "borrador-danado"),
        ('{"formato": ["raoce-respaldo-cifrado/1"]}', "borrador-ajeno"),
        (" " * (respaldo.MAXIMO_CIFRADO + 1), "borrador-grande"),
        ('{"formato": "raoce-borradores/1", "borradores": []' + " " * 50_000_000 + "}", "borrador-grande"),
    ],
    ids=range(7),
)
def test_a_file_made_to_harm_is_refused(texto, codigo):
    with pytest.raises(DatoInvalido) as caught:
        respaldo.read(texto)
    assert caught.value.codigo == codigo


@pytest.mark.parametrize(
    "modificado", ["x", "0001-01-01T00:00:00+00:00", "9999-12-31T23:59:59+00:00", "2024-05-20", 5, None]
)
def test_an_instant_that_is_none_is_not_shown(modificado):
    row = {"campos": UNO, "modificado": modificado, "antes": ["x"]}
    (found,) = respaldo.read(json.dumps({"formato": "raoce-borradores/1", "borradores": [row]}))
    assert found.guardado.modificado == "" and found.memoria == {}
