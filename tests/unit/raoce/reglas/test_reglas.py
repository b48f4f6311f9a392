"""The law as data: every value has its day, its source and its certainty."""

from datetime import date
from pathlib import Path

import pytest

from raoce import reglas
from raoce.reglas import ReglaInexistente, regla, table

FOLDER = Path(reglas.__file__).parent
RULES = [
    (f"{path.stem}.{clave}", entry)
    for path in sorted(FOLDER.glob("*.toml"))
    for clave, entry in table(path.stem).items()
    if isinstance(entry, dict) and "valores" in entry
]


@pytest.mark.parametrize(("id", "entry"), RULES, ids=[id for id, _ in RULES])
def test_every_value_has_day_source_and_certainty(id, entry):
    assert entry["titulo"] and entry["unidad"]
    for value in entry["valores"]:
        found = regla(id, value["desde"])
        assert found.valor == value["valor"]
        assert found.fuente.titulo
        assert found.estado in (reglas.FIRME, reglas.POR_CONFIRMAR)
        assert isinstance(found.texto, str)


def test_every_source_is_used_and_every_source_named_exists():
    named = {v["fuente"] for _, entry in RULES for v in entry["valores"]}
    calendar = table("calendario")
    named |= {row["fuente"] for row in calendar["fijos"] + calendar["suspensiones"]} | {"lft"}
    assert named <= table("fuentes").keys()


def test_a_rule_before_its_first_day_does_not_exist():
    with pytest.raises(ReglaInexistente):
        regla("plazos.limite-immex", date(2016, 12, 31))
    with pytest.raises(ReglaInexistente):
        regla("plazos.no-hay", date(2024, 1, 1))
