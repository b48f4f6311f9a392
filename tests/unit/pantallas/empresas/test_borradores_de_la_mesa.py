"""«Mis empresas»: the drafts of many companies, kept on the device, opened, copied, removed, as one file."""

import json

from tramites import Tramite, holding

UNO = {"rfc": "EKU9003173C9", "razon_social": "Ñandú & Cía.", "ejercicio": "2023"}
DOS = {"rfc": "IIA040805DZ4", "razon_social": "Ingenieros", "ejercicio": "2022"}


def campos(t):
    return {k: dict(g.campos) for k, g in t.state.archivero.todos.items()}


def test_they_are_listed_by_rfc_and_ejercicio():
    html = Tramite("?pantalla=empresas", holding(DOS, UNO | {"ejercicio": "2022"}, UNO)).html
    places = [html.index(f'data-borrador="{k}"') for k in ("3", "2", "1")]
    assert places == sorted(places) and "Ñandú &amp; Cía." in html and "abierto" in html


def test_opening_one_keeps_the_other_and_writes_both():
    t = Tramite("?pantalla=empresas", holding(DOS, UNO)).do("empresas.abrir", clave="1")
    assert t.draft == DOS and t.state.pantalla == "plazos"
    again = Tramite("", t.kept)
    assert again.draft == DOS and campos(again) == {"1": DOS, "2": UNO}


def test_a_keystroke_writes_one_draft_however_many_there_are():
    registro = holding(*({"rfc": f"AAA0101{n:05}"} for n in range(200)), UNO)
    t = Tramite("", registro).do("entrada", valores={"calle": "x"})
    assert set(t.effect("guardar")["cambios"]) == {"borrador/201", "indice"}


def test_a_new_one_a_copy_and_one_removed_and_brought_back():
    t = Tramite("?pantalla=empresas", holding(DOS, UNO)).do("empresas.nuevo")
    assert t.draft == {} and sorted(campos(t)) == ["1", "2"]
    t.do("ir", pantalla="empresas").do("empresas.duplicar", clave="1")
    assert list(campos(t).values()) == [DOS, UNO, DOS]
    t.do("empresas.borrar", clave="2")
    assert UNO not in campos(t).values() and "borrador/2" not in t.kept and "Deshacer" in t.html
    t.do("empresas.deshacer")
    assert UNO in campos(t).values()
    assert sorted(campos(Tramite("", t.kept))) == sorted(campos(t))


def test_those_removed_come_back_one_after_another_whatever_is_opened_meanwhile():
    t = Tramite("?pantalla=empresas", holding(DOS, UNO, UNO | {"ejercicio": "2022"}))
    t.do("empresas.borrar", clave="1").do("empresas.borrar", clave="3")
    t.do("empresas.abrir", clave="2").do("ir", pantalla="empresas")
    t.do("empresas.deshacer")
    assert DOS not in campos(t).values() and UNO | {"ejercicio": "2022"} in campos(t).values()
    t.do("empresas.deshacer")
    assert DOS in campos(t).values() and 'data-evento="empresas.deshacer"' not in t.html


def test_a_tab_left_behind_says_so_of_all_of_them():
    t = Tramite("?pantalla=empresas", holding(DOS, UNO)).do("otra-pestana")
    assert "Tus borradores cambiaron en otra pestaña" in t.html and "usa antes «Respaldar»" in t.html
    assert "Este borrador cambió en otra pestaña" in t.do("ir", pantalla="plazos").html


def test_removing_the_open_one_leaves_an_empty_form():
    t = Tramite("?pantalla=empresas", holding(DOS, UNO)).do("empresas.borrar", clave="2")
    assert t.draft == {} and list(campos(t).values()) == [DOS]
    assert Tramite("", t.kept).draft == {}


def test_all_of_them_travel_as_one_file_and_none_comes_twice():
    texto = Tramite("?pantalla=empresas", holding(DOS, UNO)).do("empresas.respaldar").effect("descargar")["texto"]
    other = Tramite("", holding(UNO)).do("abrir-borrador", texto=texto, nombre="x")
    assert list(campos(other).values()) == [DOS, UNO] and other.draft == UNO
    assert "se agregaron 1 borradores; 1 ya estaban" in other.html


def test_what_was_exported_before_there_were_backups_is_restored():
    rows = [{"campos": campos, "modificado": "2024-05-01T00:00:00+00:00"} for campos in (DOS, UNO)]
    texto = json.dumps({"formato": "raoce-borradores/1", "guardado": "2024-05-20T18:00:00+00:00", "borradores": rows})
    t = Tramite("?pantalla=empresas", holding(UNO)).do(
        "empresas.restaurar", texto=texto, nombre="RAOCE_borradores.json"
    )
    t.do("empresas.restaurar-aplicar")
    assert list(campos(t).values()) == [DOS, UNO] and t.draft == UNO


def test_a_file_with_one_bad_draft_adds_none():
    t = Tramite("", holding(UNO))
    texto = json.dumps({"formato": "raoce-borradores/1", "borradores": [{"campos": DOS}, {"campos": {"x": 1}}]})
    assert t.do("abrir-borrador", texto=texto, nombre="x").codes == ["borrador-danado"]
    assert list(campos(t).values()) == [UNO]


def test_two_hundred_are_shown_in_parts_and_searched():
    registro = holding(*({"rfc": f"AAA0101{n:05}", "ejercicio": "2023"} for n in range(200)))
    t = Tramite("?pantalla=empresas", registro)
    assert t.html.count("data-borrador=") == 25 and "1 a 25 de 200" in t.html
    assert t.type(filtro_empresas="0101001").html.count("data-borrador=") == 25
    assert t.type(filtro_empresas="010100199").html.count("data-borrador=") == 1


def test_erasing_says_how_many_drafts_go():
    t = Tramite("", holding(DOS, UNO)).do("borrar-todo")
    assert "2 borradores" in t.html
    assert t.do("confirmar-borrar").state.archivero.todos == {}
