"""What «Mis empresas» does with all rows seen or those ticked, and how it is told and taken back."""

import re
from base64 import b64decode
from dataclasses import replace
from io import BytesIO
from zipfile import ZipFile

import pytest
from icalendar import Calendar

from pantallas.comunes import textos
from pantallas.empresas import trabajos
from pantallas.empresas.estado import Acciones
from pantallas.view import view
from raoce.base import DatoInvalido
from tramite.empresas import presentadas
from tramite.state import Firma
from tramites import Tramite, holding, send

FOLIO = "0201500100220200101000001"


def company(rfc, ejercicio="2023", **more):
    return {"rfc": rfc, "razon_social": f"Empresa {rfc[:3]}", "ejercicio": ejercicio, "programa-IMMEX": "si", **more}


UNO, DOS, TRES = "EKU9003173C9", "IIA040805DZ4", "Ñ&E9003173C9"
THREE = (company(UNO, ventas="5,000"), company(DOS, "2022"), company(TRES, "2022"))


def desk(*drafts):
    return Tramite("?pantalla=empresas", holding(*(drafts or THREE)))


def tick(t, *claves):
    return t.type(**{f"marca-{k}": "si" for k in claves})


def do(t, evento):
    return t.do(f"empresas.{evento}")


def said(t):
    """The text on the screen, spaces folded."""
    return " ".join(re.sub(r"<[^>]*>", " ", t.html).split())


def names(t):
    return sorted((g.campos.get("rfc"), g.campos["ejercicio"]) for g in t.state.archivero.todos.values() if g.campos)


def downloaded(t):
    effect = t.effect("descargar")
    return effect["nombre"], b64decode(effect["base64"])


def test_it_says_for_how_many_and_which():
    t = desk()
    assert "lo mismo para las 3 que se ven" in said(t)
    assert "lo mismo para las 2 marcadas" in said(tick(t, "1", "2"))
    assert "para las 2 marcadas (1 no se ve con estos filtros)" in said(t.type(filtro_empresas=DOS))
    do(t, "ninguna")
    assert "Hacer para la única que se ve" in said(t)
    assert "Nuevo ejercicio" not in said(t.type(filtro_empresas="nadie"))


def test_a_new_ejercicio_for_those_seen_is_told_and_undone_and_kept_on_the_device():
    t = do(desk(), "nuevo-ejercicio")
    assert names(t) == sorted([(UNO, "2023"), (DOS, "2022"), (TRES, "2022"), (DOS, "2023"), (TRES, "2023")])
    assert "Se abrieron 2 borradores del ejercicio 2023" in said(t) and f"se quedó como estaba: {UNO}." in said(t)
    assert names(Tramite("", t.kept)) == names(t)
    do(t, "lote-deshacer")
    assert len(names(t)) == 3 and t.codes == ["lote-deshecho"] and len(names(Tramite("", t.kept))) == 3


def test_asked_twice_it_tells_that_nothing_was_opened_and_undoes_what_was():
    t = do(do(desk(), "nuevo-ejercicio"), "nuevo-ejercicio")
    assert "No se abrió ningún borrador" in said(t) and said(t).count("Deshacer") == 1
    assert names(do(t, "lote-deshacer")) == names(desk()) and "Deshacer" not in said(t)


def test_another_year_can_be_chosen_and_only_the_ticked_get_it():
    t = tick(desk(), "1").type(lote_ejercicio="2024")
    assert set(names(do(t, "nuevo-ejercicio"))) - set(names(desk())) == {(UNO, "2024")}


def test_undone_after_typing_in_one_of_them_it_says_that_one_stayed():
    t = do(desk(), "nuevo-ejercicio")
    key = next(
        k for k, g in t.state.archivero.todos.items() if g.campos["rfc"] == DOS and g.campos["ejercicio"] == "2023"
    )
    t.do("empresas.abrir", clave=key).type(ventas="7").do("ir", pantalla="empresas")
    do(t, "lote-deshacer")
    assert t.codes == ["lote-deshecho-menos"] and (DOS, "2023") in names(t) and (TRES, "2023") not in names(t)


def test_removed_after_a_yes_and_had_back():
    t = do(tick(desk(), "1", "3"), "lote-quitar")
    assert "¿Quitar 2 empresas y ejercicios de este equipo?" in said(t) and len(names(t)) == 3
    do(t, "lote-no-quitar")
    assert "¿Quitar" not in said(t)
    do(do(t, "lote-quitar"), "lote-si-quitar")
    assert names(t) == [(DOS, "2022")] and t.draft == {} and names(Tramite("", t.kept)) == [(DOS, "2022")]
    assert names(do(t, "lote-deshacer")) == names(desk())


def test_all_of_them_removed_can_be_had_back_from_the_empty_desk():
    t = do(do(desk(), "lote-quitar"), "lote-si-quitar")
    assert names(t) == [] and "Todavía no hay ninguna" in said(t)
    assert 'id="lote-hecho"' in t.html and "Deshacer" in said(t) and "Nuevo ejercicio" not in said(t)
    assert names(do(t, "lote-deshacer")) == names(desk())


def test_the_question_names_the_one_and_goes_when_others_are_meant():
    t = do(tick(desk(), "1"), "lote-quitar")
    assert f"¿Quitar {UNO} 2023 de este equipo?" in said(t)
    t.type(**{"marca-1": ""})
    assert "¿Quitar" not in said(t)
    assert names(do(t, "lote-si-quitar")) == names(desk())
    do(tick(t, "2"), "lote-quitar").type(filtro_empresas=UNO)
    assert f"¿Quitar {DOS} 2022 de este equipo?" in said(t)  # those ticked are the same, seen or not


def test_what_comes_after_a_draft_is_gone_is_not_taken_for_it():
    t = tick(desk(), "3").type(lote_fecha="2023-05-20")
    do(do(t, "lote-revisar"), "lote-marcar")
    assert t.state.archivero.todos["3"].campos["presentacion"] == "2023-05-20"
    t.do("empresas.borrar", clave="3").do("empresas.duplicar", clave="2")
    (new,) = t.state.archivero.todos.keys() - {"1", "2"}
    t.do("empresas.abrir", clave=new).type(presentacion="2023-05-20").do("ir", pantalla="empresas")
    do(t, "lote-deshacer")
    assert t.state.archivero.todos[new].campos["presentacion"] == "2023-05-20"


def test_the_last_thing_is_undone_first_and_then_the_one_before():
    t = do(desk(), "nuevo-ejercicio")
    do(do(t, "lote-quitar"), "lote-si-quitar")
    assert names(t) == []
    assert len(names(do(t, "lote-deshacer"))) == 5
    assert names(do(t, "lote-deshacer")) == names(desk())
    assert "Deshacer" not in said(t)


def test_the_sheets_of_all_are_one_zip_with_a_name_for_each():
    nombre, body = downloaded(
        do(desk(*THREE, company(UNO), {"razon_social": "../x", "ejercicio": "2021"}), "lote-hojas")
    )
    assert nombre == "RAOCE_hojas_de_captura_2024-05-20.zip"
    with ZipFile(BytesIO(body)) as found:
        assert sorted(found.namelist()) == [
            "RAOCE_captura_2021_sin_RFC_-x.pdf",
            f"RAOCE_captura_2022_{DOS}.pdf",
            f"RAOCE_captura_2022_{TRES}.pdf",
            f"RAOCE_captura_2023_{UNO}.pdf",
            f"RAOCE_captura_2023_{UNO}_2.pdf",
        ]
        assert found.testzip() is None and all(found.read(n).startswith(b"%PDF") for n in found.namelist())


def test_it_says_how_many_sheets_lack_something():
    t = do(tick(desk(), "1"), "lote-hojas")
    assert "un zip con 1 hoja de captura. A 1 le faltan datos" in said(t)


@pytest.mark.parametrize(
    ("evento", "dice"),
    [
        ("empresas.lote-hojas", "Preparando las hojas de captura"),
        ("empresas.lote-calendario", "Preparando el calendario"),
        ("empresas.exportar-excel", "Preparando la hoja de Excel"),
    ],
)
def test_the_work_goes_in_moments_shows_how_far_it_is_and_stops_when_told(monkeypatch, evento, dice):
    monkeypatch.setattr(trabajos, "RATO", -1)
    state, effects = send(desk().state, evento)
    assert [e["tipo"] for e in effects] == ["seguir", "enfocar"]
    state, effects = send(state, "empresas.lote-seguir")
    assert [e["tipo"] for e in effects] == ["seguir"] and f"{dice}: 1 de 3" in view(state)
    assert send(state, evento)[0].of(Acciones).trabajo == state.of(Acciones).trabajo
    state, effects = send(state, "empresas.lote-cancelar")
    assert [a.codigo for a in state.avisos] == ["lote-cancelado"] and "Preparando" not in view(state)
    assert send(state, "empresas.lote-seguir") == (state, ())


def test_the_work_goes_on_while_another_screen_is_shown_and_takes_no_focus_there(monkeypatch):
    monkeypatch.setattr(trabajos, "RATO", -1)
    state, _ = send(desk().state, "empresas.lote-calendario")
    state, _ = send(state, "ir", pantalla="datos")
    for _ in range(2):
        state, effects = send(state, "empresas.lote-seguir")
    state, effects = send(state, "empresas.lote-seguir")
    assert [e["tipo"] for e in effects] == ["descargar"] and state.anuncio.codigo == "lote-descargado"


def events(t):
    nombre, body = downloaded(t)
    assert nombre == "RAOCE_fechas_2024-05-20.ics"
    return Calendar.from_ical(body).events


def test_the_dates_of_all_are_one_calendar_with_the_company_in_each():
    found = events(do(desk(), "lote-calendario"))
    assert {e["SUMMARY"].partition(": ")[0] for e in found} == {"Empresa EKU", "Empresa IIA", "Empresa Ñ&E"}
    assert all(rfc in "".join(e["DESCRIPTION"] for e in found) for rfc in (UNO, DOS, TRES))
    uids = [e["UID"] for e in found]
    assert len(set(uids)) == len(uids) == 12
    assert [e["UID"] for e in events(do(desk(), "lote-calendario"))] == uids


def test_an_event_is_the_same_as_in_the_calendar_of_its_report_alone():
    alone = Tramite("?pantalla=plazos", holding(THREE[0])).do("recordatorios")
    _, body = downloaded(alone)
    mine = {e["UID"]: e["DTSTART"].dt for e in Calendar.from_ical(body).events}
    assert mine == {e["UID"]: e["DTSTART"].dt for e in events(do(tick(desk(), "1"), "lote-calendario"))}


def test_a_report_that_is_here_twice_has_its_dates_once_and_those_without_any_are_told():
    t = do(desk(THREE[0], THREE[0] | {"calle": "x"}, {"ejercicio": "2023", "programa-IMMEX": "si"}), "lote-calendario")
    assert len(events(t)) == 4 and "De 1 no hay fechas" in said(t)


def test_without_a_single_date_no_file_comes():
    t = do(desk({"ejercicio": "2023"}, {"ejercicio": "2022"}), "lote-calendario")
    assert [e["tipo"] for e in t.effects] == ["enfocar"] and "No hay fechas que agregar." in said(t)


def test_the_list_to_print_has_all_and_nothing_else_of_the_desk():
    t = desk(*(company(f"AAA0101{n:05}", folio=FOLIO) for n in range(60)))
    do(do(t, "contar"), "lote-lista")
    assert t.html.count(FOLIO) == 60 and "60 empresas y ejercicios al" in said(t) and "data-borrador" not in t.html
    assert "data-borrador" in do(t, "lote-cerrar-lista").html


def test_the_list_waits_until_it_is_known_what_is_missing_in_each():
    state, _ = send(desk(*(company(f"AAA010101{n:03}") for n in range(120))).state, "empresas.borrar", clave="1")
    state, _ = send(state, "empresas.lote-lista")
    assert "Revisando lo que falta en cada una: 0 de 119" in view(state) and "AAA010101" not in view(state)
    for _ in range(9):
        state, _ = send(state, "empresas.contar")
    assert view(state).count("AAA010101") == 119


def test_those_ticked_are_marked_after_they_were_looked_at():
    t = tick(desk(), "2", "3").type(lote_fecha="2023-05-15")
    do(t, "lote-revisar")
    assert "2 se marcarían como presentadas. Todavía no se cambia nada." in said(t)
    assert not any("presentacion" in g.campos for g in t.state.archivero.todos.values())
    do(t, "lote-marcar")
    assert "2 reportes quedaron marcados como presentados." in said(t)
    assert {k: g.campos.get("presentacion") for k, g in t.state.archivero.todos.items()} == {
        "1": None,
        "2": "2023-05-15",
        "3": "2023-05-15",
    }
    do(t, "lote-deshacer")
    assert {k: dict(g.campos) for k, g in t.state.archivero.todos.items()} == dict(zip("123", THREE, strict=True))


def test_without_a_date_or_with_a_bad_folio_the_field_says_so():
    t = do(tick(desk(), "1"), "lote-revisar")
    assert "Escribe la fecha en que se presentaron" in said(t)
    do(t.type(lote_fecha="2024-05-02", lote_folio="123"), "lote-revisar")
    assert 'id="lote_folio-error"' in t.html and t.state.of(Acciones).revision is None
    do(do(t.type(lote_folio=FOLIO), "lote-revisar"), "lote-marcar")
    assert t.state.archivero.todos["1"].campos["folio"] == FOLIO


def test_a_pasted_table_is_shown_line_by_line_and_only_the_good_ones_are_marked():
    t = desk().type(
        lote_pegado=f"{UNO}\t02/05/2024\t{FOLIO}\nAAA010101AAA\t{FOLIO}\n{DOS}\t12", lote_fecha="2023-05-02"
    )
    do(t, "lote-revisar-pegado")
    assert t.html.count("data-marca=") == 3 and t.html.count('data-marca="error"') == 2
    assert "AAA010101AAA no está entre tus empresas" in said(t)
    do(t, "lote-marcar")
    assert "1 reporte quedó marcado" in said(t) and "2 tenían problemas y no se marcaron." in said(t)
    assert t.state.vista.get("lote_pegado", "") == ""
    assert t.state.archivero.todos["1"].campos["presentacion"] == "2024-05-02"


def test_what_was_pasted_stays_when_nothing_is_marked():
    t = do(desk().type(lote_pegado=f"{UNO}\t{FOLIO}"), "lote-revisar-pegado")
    do(t, "lote-no-marcar")
    assert f"{UNO}\t{FOLIO}" in t.html and t.state.of(Acciones).revision is None


def test_a_draft_that_changed_while_it_was_looked_at_is_shown_again_first():
    t = do(desk().type(lote_pegado=f"{UNO}\t{FOLIO}\t02/05/2024"), "lote-revisar-pegado")
    t.do("empresas.borrar", clave="1")
    do(t, "lote-marcar")
    assert t.codes == ["lote-cambio"] and 'data-marca="error"' in t.html


def test_marking_the_report_on_the_screen_drops_the_signature_made_of_it_and_says_so():
    t = tick(desk(), "3").type(lote_fecha="2023-05-15")
    assert t.state.archivero.actual == "3"
    t.state = replace(t.state, firma=Firma(jws="e30"))
    do(do(t, "lote-revisar"), "lote-marcar")
    assert t.state.firma.jws is None and t.codes == ["firma-anulada"]
    assert t.draft["presentacion"] == "2023-05-15" and Tramite("", t.kept).draft["presentacion"] == "2023-05-15"
    t.state = replace(t.state, firma=Firma(jws="e30"))
    assert do(t, "lote-deshacer").codes == ["lote-deshecho", "firma-anulada"]


def test_marking_others_leaves_the_signature_alone():
    t = tick(desk(), "2").type(lote_fecha="2023-05-15")
    t.state = replace(t.state, firma=Firma(jws="e30"))
    do(do(t, "lote-revisar"), "lote-marcar")
    assert t.state.firma.jws == "e30" and t.codes == []


def test_the_last_ten_things_done_can_be_undone():
    t = desk()
    for n in range(12):
        do(t.type(lote_ejercicio=str(2016 + n)), "nuevo-ejercicio")
    assert len(t.state.of(Acciones).hechos) == 10


@pytest.mark.parametrize("evento", ["lote-marcar", "lote-deshacer", "lote-si-quitar", "lote-seguir", "lote-cancelar"])
def test_what_comes_too_late_does_nothing(evento):
    t = desk()
    before = names(t)
    assert names(do(t, evento)) == before and t.effects == ()


def test_a_line_of_a_preview_says_what_it_would_write_over():
    t = desk(company(UNO, folio=FOLIO, presentacion="2024-05-02"), company(DOS))
    do(tick(t, "1").type(lote_fecha="2024-05-03"), "lote-revisar")
    assert f"Se cambia. Decía: 2 de mayo de 2024, {FOLIO}" in said(t) and "1 ya decía otra fecha" in said(t)


def test_every_way_of_being_wrong_has_a_sentence():
    with pytest.raises(DatoInvalido) as error:
        presentadas.read_pasted({}, "", None, None)
    assert "Pega dos columnas" in textos.error(error.value)


def test_a_report_just_as_a_link_left_it_is_worth_keeping_once_it_is_marked():
    link = "?pantalla=empresas&ejercicio=2022&programas=IMMEX&ventas=5000&exportaciones=3000"
    t = Tramite(link, holding(company(UNO)))
    assert t.state.archivero.de_enlace
    clave = t.state.archivero.actual
    do(tick(t, clave).type(lote_fecha="2023-05-15"), "lote-revisar")
    do(t, "lote-marcar")
    assert t.draft["presentacion"] == "2023-05-15"
    t.do("empresas.nuevo")
    assert t.state.archivero.todos[clave].campos["presentacion"] == "2023-05-15"
