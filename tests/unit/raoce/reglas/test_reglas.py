"""The law as data: every value has its day, its source and its certainty."""

from datetime import date
from pathlib import Path

import pytest

from raoce import reglas
from raoce.empresa import ULTIMO
from raoce.reglas import ReglaInexistente, novedades, regla, table

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
    named |= {v["otra"]["fuente"] for _, entry in RULES for v in entry["valores"] if "otra" in v}
    named |= {row["fuente"] for row in calendar["fijos"] + calendar["suspensiones"]} | {"lft"}
    assert named <= table("fuentes").keys()


def test_a_rule_before_its_first_day_does_not_exist():
    with pytest.raises(ReglaInexistente):
        regla("plazos.limite-immex", date(2016, 12, 31))
    with pytest.raises(ReglaInexistente):
        regla("plazos.no-hay", date(2024, 1, 1))


def test_a_rule_with_two_readings_has_both():
    found = regla("plazos.limite-immex-prosec", date(2023, 1, 1))
    assert (found.valor, found.otra.valor) == (4, 5) and not found.firme
    assert "3.2.16" in found.otra.fuente.titulo
    assert regla("plazos.limite-immex-prosec", date(2022, 1, 1)).otra is None
    assert regla("plazos.limite-immex-prosec", date(2024, 1, 1)).otra is None


def test_news_are_what_began_to_apply_between_two_days():
    assert [r.id for r in novedades(date(2025, 1, 1), date(2026, 12, 31))] == [
        "plazos.reactivacion",
        "plazos.aviso-de-cambios",
    ]
    assert novedades(date(2016, 1, 1), date(2017, 1, 1)) == ()
    assert novedades(date(2019, 1, 1), date(2020, 12, 31)) == ()


def test_there_is_time_to_add_a_year_before_the_rules_run_out():
    """It fails all through the year before: README, «Añadir un año», says what to do."""
    assert date.today().year < ULTIMO
