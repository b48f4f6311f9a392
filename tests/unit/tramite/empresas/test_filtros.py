"""Filters and counts: each count is what its filter leaves, whatever else is filtered or searched."""

import random
from datetime import date, timedelta

from escritorio import random_drafts
from tramite.borradores.borrador import Guardado
from tramite.empresas.filtros import DIA, ESTADO, FACETAS, FALTAN, PROGRAMA, Filtros, agenda, count, find
from tramite.empresas.renglon import read

HOY = date(2024, 5, 10)


def rows_of(*drafts, dia=HOY):
    return [read(str(n), g if isinstance(g, Guardado) else Guardado(g), dia, dia) for n, g in enumerate(drafts)]


def test_pressing_any_count_leaves_just_so_many():
    rows, rnd, pressed = rows_of(*random_drafts(300)), random.Random(1), 0
    for _ in range(60):
        filtros = Filtros(texto=rnd.choice(("", "", "ensambles", "EKU 2023", "zzz")))
        for _ in range(rnd.randrange(3)):
            faceta = rnd.choice(FACETAS)
            if values := sorted(count(rows, filtros)[faceta]):
                filtros = filtros.toggled(faceta, rnd.choice(values))
        counts = count(rows, filtros)
        for faceta in FACETAS:
            for valor, cuantas in counts[faceta].items():
                other = filtros if filtros.valores.get(faceta) == valor else filtros.toggled(faceta, valor)
                assert len(find(rows, other)) == cuantas > 0
                pressed += 1
    assert pressed > 500


def test_a_state_and_a_programme_together_are_of_the_same_programme():
    both = {"programa-IMMEX": "si", "programa-PROSEC": "si", "ejercicio": "2023"}
    rows = rows_of(both, dia=date(2024, 7, 5))
    assert dict(rows[0].situacion.pares) == {"IMMEX": "suspendido", "PROSEC": "cancelado"}
    cancelled = Filtros().toggled(ESTADO, "cancelado")
    assert count(rows, cancelled)[PROGRAMA] == {"PROSEC": 1}
    assert find(rows, cancelled.toggled(PROGRAMA, "PROSEC")) and not find(rows, cancelled.toggled(PROGRAMA, "IMMEX"))


def test_a_value_pressed_again_is_wanted_no_more_and_one_unknown_changes_nothing():
    one = Filtros().toggled("peligro", "alto")
    assert one.toggled("peligro", "medio").valores == {"peligro": "medio"}
    assert one.toggled("peligro", "alto") == Filtros() and Filtros().toggled("nada", "x") == Filtros()


def test_every_word_is_found_without_accents_or_capitals():
    rows = rows_of(
        {
            "rfc": "EKU9003173C9",
            "razon_social": "Ñandú & Cía.",
            "ejercicio": "2023",
            "folio": "0201500100220200101000001",
        },
        {"rfc": "IIA040805DZ4", "razon_social": "Ingenieros", "ejercicio": "2022"},
    )
    for texto, found in (
        ("ñandu 2023", "0"),
        ("INGEN", "1"),
        ("iia04 2022", "1"),
        ("0201500", "0"),
        ("ñandu 2022", ""),
    ):
        assert "".join(r.clave for r in find(rows, Filtros(texto=texto))) == found


def test_a_search_finds_the_same_whatever_was_searched_before():
    rows, others, rnd = rows_of(*random_drafts(60)), rows_of(*random_drafts(60, 2)), random.Random(2)
    words = [word for row in rows[:20] for word in row.buscable.split()]
    texto, found = "", set()
    for _ in range(400):
        texto = rnd.choice((texto + rnd.choice("aeiou 023"), texto[:-1], rnd.choice(words), "", f"{texto} "))
        of = rnd.choice((rows, rows, others))
        fresh = [row for row in of if all(word in row.buscable for word in texto.split())]
        assert list(find(of, Filtros(texto=texto))) == fresh
        found.add(len(fresh))
    assert len(found) > 5


def test_the_calendar_holds_every_date_of_ninety_days_and_no_other():
    both = {"programa-IMMEX": "si", "programa-PROSEC": "si", "ejercicio": "2023"}
    alone = {"programa-IMMEX": "si", "ejercicio": "2023"}
    rows = rows_of(both, alone, alone | {"presentacion": "2024-05-02"}, dia=date(2024, 6, 3))
    days = agenda(rows, Filtros(), date(2024, 6, 3))
    assert [(d.dia, d.dias, [r.clave for r in d.renglones]) for d in days] == [
        (date(2024, 6, 28), 25, ["0"]),
        (date(2024, 8, 30), 88, ["0", "1"]),
    ]
    june = Filtros().toggled(DIA, "2024-06-28")
    assert [r.clave for r in find(rows, june)] == ["0"]
    # The other days stay, so that one can be gone to from the other.
    assert agenda(rows, june, date(2024, 6, 3)) == days
    assert [d.dia for d in agenda(rows_of(alone, dia=date(2024, 6, 1)), Filtros(), date(2024, 6, 1))] == [
        date(2024, 6, 1) + timedelta(90)
    ]
    assert agenda(rows_of(alone, dia=date(2024, 3, 1)), Filtros(), date(2024, 3, 1)) == ()


def test_what_is_missing_can_be_left_uncounted():
    rows = rows_of({"rfc": "X"})
    assert "datos" not in count(rows, Filtros(), con_datos=False)
    assert "faltan" not in vars(rows[0]) and count(rows, Filtros())["datos"] == {FALTAN: 1}
