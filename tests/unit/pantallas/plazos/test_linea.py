"""The picture of the year: segments without gaps, names, marks, and the HTML that draws them."""

import re
from datetime import date, timedelta
from functools import cache
from html.parser import HTMLParser
from itertools import chain, combinations, pairwise

import pytest

from lugares import ROOT
from pantallas.comunes.entorno import environment
from pantallas.plazos import linea
from raoce.empresa import EJERCICIOS, Programa, Registro
from raoce.plazos import Calendario, Estado
from raoce.plazos.calendario import DiaInhabil
from raoce.plazos.plazos import situacion
from raoce.reglas import POR_CONFIRMAR, fuente
from raoce.solicitud import Reporte

CSS = ROOT / "static" / "css" / "linea.css"
DAY = timedelta(days=1)
COMBINACIONES = list(chain.from_iterable(combinations(Programa, n) for n in range(1, 5)))


def reporte(programas, ejercicio=2023, consulta=None, **others):
    registros = tuple(Registro(Programa(p)) for p in programas)
    return Reporte(ejercicio, registros, consulta or date(ejercicio + 1, 6, 3), **others)


@cache
def _template():
    return environment().from_string('{% import "plazos/linea.html" as dibujo %}{{ dibujo.linea(l) }}')


def draw(r, hoy=None):
    return _template().render(l=linea.context(r, hoy))


def lanes(r):
    return {c["programa"]: c["tramos"] for c in linea.context(r)["carriles"]}


def states(r):
    return {p: [(t.estado.value, t.desde.isoformat()[5:]) for t in tramos] for p, tramos in lanes(r).items()}


def days_that_matter(plazos):
    found = {None}
    for p in plazos:
        found |= {p.apertura, p.limite, p.limite + DAY, p.cancela - DAY, p.cancela}
        found |= {p.ultima, p.ultima + DAY} if p.ultima else set()
    return found


@pytest.mark.parametrize("ejercicio", EJERCICIOS)
@pytest.mark.parametrize("programas", COMBINACIONES, ids="-".join)
def test_every_lane_covers_its_year_without_gaps_or_overlaps(programas, ejercicio):
    plazos = [p.plazo for p in reporte(programas, ejercicio).plazos]
    for presentacion in days_that_matter(plazos):
        drawn = lanes(reporte(programas, ejercicio, presentacion=presentacion))
        assert list(drawn) == list(programas)
        for fechas, tramos in zip(plazos, drawn.values(), strict=True):
            assert tramos[0].desde == date(ejercicio + 1, 1, 1) and tramos[-1].hasta == date(ejercicio + 1, 12, 31)
            assert all(a.hasta + DAY == b.desde for a, b in pairwise(tramos))
            assert [t.x for t in tramos[1:]] == [t.fin for t in tramos[:-1]]
            assert (tramos[0].x, tramos[-1].fin) == ("0.000%", "100.000%")
            assert len({t.estado for t in tramos}) == len(tramos)
            for t in tramos:
                assert t.desde <= t.hasta and t.reglas
                assert {situacion(fechas, d, presentacion).estado for d in (t.desde, t.hasta)} == {t.estado}


def test_the_lanes_of_2024():
    assert states(reporte(["IMMEX", "PROSEC", "ALTEX"])) == {
        "IMMEX": [("no-inicia", "01-01"), ("en-plazo", "04-01"), ("suspendido", "06-01"), ("cancelado", "09-01")],
        "PROSEC": [("no-inicia", "01-01"), ("en-plazo", "04-01"), ("suspendido", "06-01"), ("cancelado", "07-01")],
        "ALTEX": [("no-inicia", "01-01"), ("en-plazo", "04-01"), ("cancelado", "06-01")],
    }


def test_between_the_limit_and_the_cancellation_of_altex_it_is_overdue():
    assert ("vencido", "05-31") in states(reporte(["ALTEX"], 2024))["ALTEX"]


def test_from_the_presentation_on_a_lane_is_presented_where_it_takes_effect():
    late = reporte(["IMMEX", "ALTEX"], presentacion=date(2024, 6, 12))
    assert states(late) == {
        "IMMEX": [("no-inicia", "01-01"), ("en-plazo", "04-01"), ("suspendido", "06-01"), ("presentado", "06-12")],
        "ALTEX": [("no-inicia", "01-01"), ("en-plazo", "04-01"), ("cancelado", "06-01")],
    }
    marks = {c["programa"]: c["presentacion"] and c["presentacion"]["texto"] for c in linea.context(late)["carriles"]}
    assert marks == {"IMMEX": "12 jun", "ALTEX": None}
    assert "el programa se reactiva a más tardar el viernes 14 de junio de 2024" in draw(late)


def test_a_segment_says_what_it_is_and_gives_its_rule_and_source():
    html = draw(reporte(["IMMEX"]))
    assert 'aria-label="IMMEX, suspendido, del 1 de junio al 31 de agosto de 2024"' in html
    detail = re.search(r'id="linea-IMMEX-suspendido-regla".*?</p>', html, re.S)[0]
    assert "Última oportunidad: viernes 30 de agosto de 2024." in detail
    assert "Última oportunidad de IMMEX suspendido: último día hábil de agosto." in detail
    assert "Guía RAOCE 2024" in detail and "por confirmar" not in detail


def test_a_rule_to_be_confirmed_and_a_day_in_doubt_say_so():
    en_plazo, suspendido = lanes(reporte(["IMMEX", "PROSEC"], 2020))["IMMEX"][1:3]
    assert [r.firme for r in en_plazo.reglas] == [False] and en_plazo.dudas == ()
    assert [d.dia for d in suspendido.dudas] == [date(2021, 8, 31)]
    html = draw(reporte(["IMMEX", "PROSEC"], 2020))
    assert "etiqueta--duda" in html and "El 31 de agosto de 2021 está por confirmar" in html


def test_the_day_of_consultation_reads_today_only_on_that_day_and_is_absent_in_other_years():
    day = date(2024, 6, 3)
    assert linea.context(reporte(["IMMEX"]), day)["consulta"]["texto"] == "Hoy"
    assert linea.context(reporte(["IMMEX"]), date(2024, 6, 4))["consulta"]["texto"] == "3 jun"
    assert 'aria-label="Fecha de consulta: 3 de junio de 2024"' in draw(reporte(["IMMEX"]))
    other = reporte(["IMMEX"], consulta=date(2025, 1, 1))
    assert linea.context(other)["consulta"] is None and "linea__consulta" not in draw(other)


@pytest.mark.parametrize(("dia", "lado"), [("01-01", "start"), ("06-15", "middle"), ("12-31", "end")])
def test_the_words_of_a_mark_stay_inside_the_picture(dia, lado):
    consulta = linea.context(reporte(["IMMEX"], consulta=date.fromisoformat(f"2024-{dia}")))["consulta"]
    assert consulta["lado"] == lado and 0 < float(consulta["x"].rstrip("%")) < 100


def test_there_is_no_picture_when_nothing_must_be_filed():
    late = Reporte(2023, (Registro(Programa.IMMEX, autorizacion=date(2024, 2, 2)),), date(2024, 6, 3))
    for r in (late, Reporte(2023, (), date(2024, 6, 3))):
        assert linea.context(r) is None and draw(r).strip() == ""


class Page(HTMLParser):
    def __init__(self, html):
        super().__init__()
        self.tags = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def all(self, name):
        return [attrs[name] for _, attrs in self.tags if name in attrs]


def test_ids_are_unique_what_is_referred_to_exists_and_nothing_is_styled_inline():
    page = Page(draw(reporte(list(Programa), 2024, presentacion=date(2025, 6, 12)), date(2025, 6, 12)))
    ids = page.all("id")
    assert len(ids) == len(set(ids))
    patterns = {f.removeprefix("url(#").removesuffix(")") for f in page.all("fill")}
    assert patterns | set(page.all("aria-describedby")) | set(page.all("aria-labelledby")) <= set(ids)
    assert page.all("style") == [] and "style" not in {tag for tag, _ in page.tags}
    assert (
        page.all("data-tramo") == page.all("data-detalle") == [str(n) for n in range(1, len(page.all("tabindex")) + 1)]
    )


def test_the_style_sheet_shows_the_line_of_every_segment_there_can_be():
    most = max(
        sum(map(len, lanes(reporte(Programa, ejercicio, presentacion=p)).values()))
        for ejercicio in EJERCICIOS
        for p in days_that_matter([p.plazo for p in reporte(Programa, ejercicio).plazos])
    )
    found = re.findall(r'\[data-tramo="(\d+)"\]:(hover|focus)\) \[data-detalle="(\d+)"\]', CSS.read_text("utf-8"))
    assert all(tramo == detalle for tramo, _, detalle in found)
    assert {(int(n), how) for n, how, _ in found} >= {(n, h) for n in range(1, most + 1) for h in ("hover", "focus")}


def test_every_state_drawn_has_its_look():
    css = CSS.read_text("utf-8")
    for estado in set(Estado) - {Estado.NO_OBLIGADO}:
        assert f".linea__fondo--{estado}" in css


def test_what_the_user_wrote_is_escaped():
    added = DiaInhabil(date(2024, 5, 31), '<x>&"', fuente("guia-2024"), POR_CONFIRMAR)
    html = draw(reporte(["IMMEX"], calendario=Calendario(agregados=(added,))))
    assert "&lt;x&gt;&amp;" in html and "<x>" not in html


def test_the_table_says_the_same():
    html = draw(reporte(["PROSEC"]))
    rows = re.findall(r"<tr><td><strong>(.*?)</strong>.*?<td>(.*?)</td><td>(.*?)</td></tr>", html, re.S)
    assert rows == [
        ("Aún no inicia", "1 ene", "31 mar"),
        ("En plazo", "1 abr", "30 abr"),
        ("Suspendido", "1 may", "30 jun"),
        ("Cancelado", "1 jul", "31 dic"),
    ]
