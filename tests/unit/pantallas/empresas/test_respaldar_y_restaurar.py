"""«Respaldar», «Restaurar» and the folder of copies, as «Mis empresas» shows them."""

import json
import re
from base64 import b64encode
from hashlib import sha256

import pytest

from lugares import ROOT
from pantallas.comunes import textos
from pantallas.empresas import respaldo as pantalla
from pantallas.empresas import trabajos
from pantallas.empresas.restaurar import CODIGOS, Restauracion
from pantallas.update import update
from pantallas.view import view
from raoce.base import DatoInvalido
from tramite.empresas import respaldo
from tramite.formulario.campos import CAMPOS
from tramites import Tramite, codes, holding, send

UNO = {"rfc": "EKU9003173C9", "razon_social": "Ñandú & Cía.", "ejercicio": "2023", "ventas": "10"}
DOS = {"rfc": "IIA040805DZ4", "razon_social": "Ingenieros", "ejercicio": "2022"}


def desk(*borradores):
    return Tramite("?pantalla=empresas", holding(*borradores))


def copy_of(*borradores):
    return desk(*borradores).do("empresas.respaldar").effect("descargar")["texto"]


def campos(t):
    return [dict(g.campos) for g in t.state.archivero.todos.values()]


def restore(t, texto):
    return t.do("empresas.restaurar", nombre="copia.json", texto=texto)


def test_everything_goes_into_one_file_and_comes_back_after_erasing():
    t = desk(DOS, UNO).do("empresas.respaldar")
    file = t.effect("descargar")
    assert file["nombre"] == "RAOCE_respaldo_2024-05-20.json" and t.codes == ["respaldo-hecho"]
    assert "Última copia: hoy (20/05/2024 12:00), de 2 borradores." in t.html
    t.do("confirmar-borrar")
    assert campos(t) == [] and t.effect("borrar")
    t.kept = {}
    restore(t.do("ir", pantalla="empresas"), file["texto"])
    assert 'data-cuantas="nueva">2 ' in t.html
    t.do("empresas.restaurar-aplicar")
    assert campos(t) == [DOS, UNO] and t.codes == ["restaurado"]
    assert campos(Tramite("", t.kept)) == [DOS, UNO]
    t.do("empresas.restaurar-deshacer")
    assert campos(t) == [] and t.codes == ["restauracion-deshecha"]


def test_a_copy_restored_and_undone_is_compared_as_the_first_time():
    t = desk(UNO)
    restore(t, copy_of(UNO | {"ventas": "20"}))
    first, kept = t.state.of(Restauracion).comparacion, dict(t.state.entradas)
    t.do("empresas.restaurar-decidir", lado="archivo").do("empresas.restaurar-aplicar")
    t.do("empresas.restaurar-deshacer")
    assert campos(t) == [UNO] and t.codes == ["restauracion-deshecha"] and dict(t.state.entradas) == kept
    restore(t, copy_of(UNO | {"ventas": "20"}))
    assert t.state.of(Restauracion).comparacion == first


def test_a_copy_of_a_version_to_come_is_said_to_be_one():
    t = restore(desk(UNO), json.dumps({"formato": "raoce-borradores/1", "borradores": [{"campos": {"nuevo": "1"}}]}))
    assert t.codes == ["copia-otra-version"] and campos(t) == [UNO]


def test_a_copy_is_read_in_moments_shows_how_far_it_is_and_stops_when_told(monkeypatch):
    monkeypatch.setattr(trabajos, "RATO", -1)
    texto, before = copy_of(UNO, DOS, UNO | {"ejercicio": "2021"}), desk(UNO | {"ventas": "11"})
    state, effects = send(before.state, "empresas.restaurar", nombre="copia.json", texto=texto)
    said = []
    while effects and effects[0]["tipo"] == "seguir":
        html = view(state)
        said += re.findall(r"Revisando la copia «copia.json»(?:: (\w+ \d de 3))?", html)
        stopped, _ = send(state, "empresas.restaurar-cancelar")
        assert codes(stopped) == ["respaldo-cancelado"] and "Revisando" not in view(stopped)
        assert stopped.archivero is before.state.archivero
        assert send(stopped, "empresas.restaurar-seguir") == (stopped, ())
        if len(said) < 3:
            state, effects = send(state, "empresas.restaurar-seguir")
        else:
            monkeypatch.setattr(trabajos, "RATO", 9)
            state, effects = send(state, "empresas.restaurar-seguir")
    assert said == ["", "leídos 0 de 3", "leídos 1 de 3"]
    assert "Revisando" not in view(state) and 'data-cuantas="nueva">2 ' in view(state)


def test_what_is_typed_while_a_copy_is_read_is_compared_too(monkeypatch):
    monkeypatch.setattr(trabajos, "RATO", -1)
    state, _ = send(desk(UNO).state, "empresas.restaurar", nombre="copia.json", texto=copy_of(UNO))
    state, _ = send(state, "empresas.restaurar-seguir")
    state, _ = send(state, "cambio", valores={"ventas": "99"})
    monkeypatch.setattr(trabajos, "RATO", 9)
    state, _ = send(state, "empresas.restaurar-seguir")
    assert re.findall(r'data-campo="([^"]+)"', view(state)) == [textos.campo("ventas", "etiqueta")]


def test_only_what_is_ticked_is_written():
    t = restore(desk(UNO | {"ventas": "11"}), copy_of(UNO, DOS))
    assert re.findall(r'data-cotejo="(\w+)" data-cambio="(\w+)"', t.html) == [
        ("EKU9003173C9", "cambia"),
        ("IIA040805DZ4", "nueva"),
    ]
    t.type(**{"restaurar-0": ""}).do("empresas.restaurar-aplicar")
    assert campos(t) == [DOS, UNO | {"ventas": "11"}]
    again = restore(desk(UNO), copy_of(DOS)).do("empresas.restaurar-marcar").do("empresas.restaurar-aplicar")
    assert again.codes == ["restaurar-ninguna"] and campos(again) == [UNO]


def test_what_changed_here_and_there_is_asked_field_by_field():
    ana = desk(UNO)
    texto = ana.do("empresas.respaldar").effect("descargar")["texto"]
    luis = restore(Tramite("?pantalla=empresas"), texto).do("empresas.restaurar-aplicar")
    clave = next(iter(luis.state.archivero.todos))
    luis.do("empresas.abrir", clave=clave).type(ventas="30", calle="Dos", colonia="Centro")
    ana.type(ventas="20", lada="55", calle="Uno")
    restore(ana, luis.do("empresas.respaldar").effect("descargar")["texto"])
    assert ana.html.count("data-duda>") == 2 and "Calle" in ana.html
    assert ana.do("empresas.restaurar-aplicar").codes == ["restaurar-dudas"] and "En 1 de las marcadas" in ana.html
    ana.type(**{"lado-0-ventas": "archivo", "lado-0-calle": "aqui"}).do("empresas.restaurar-aplicar")
    merged = {k: ana.draft.get(k) for k in ("ventas", "calle", "colonia", "lada")}
    assert merged == {"ventas": "30", "calle": "Uno", "colonia": "Centro", "lada": "55"}
    ana.do("empresas.restaurar-deshacer")
    assert ana.draft["ventas"] == "20" and "colonia" not in ana.draft


@pytest.mark.parametrize(("lado", "ventas"), [("aqui", "20"), ("archivo", "10")])
def test_all_of_one_side_at_once(lado, ventas):
    t = restore(desk(UNO | {"ventas": "20"}), copy_of(UNO)).do("empresas.restaurar-decidir", lado=lado)
    assert t.do("empresas.restaurar-aplicar").draft["ventas"] == ventas
    t = restore(desk(UNO | {"ventas": "20"}), copy_of(UNO)).do("empresas.restaurar-decidir", lado=lado, cotejo="0")
    assert t.do("empresas.restaurar-aplicar").draft["ventas"] == ventas


def test_what_is_typed_meanwhile_is_compared_again():
    t = restore(desk(UNO), copy_of(UNO))
    assert 'data-cuantas="igual">1 ' in t.html
    t.do("ir", pantalla="datos").type(ventas="99").do("ir", pantalla="empresas")
    assert 'data-cambio="cambia"' in t.html and ">99<" in t.html.replace(" ", "")


def test_what_names_no_company_of_the_file_is_passed_over():
    t = restore(desk(UNO), copy_of(UNO, DOS))
    for name in ("restaurar-99", "restaurar-x", "restaurar--1", "restaurar-٣", "lado-0-", "lado-", "lado-9-ventas"):
        t.type(**{name: "archivo"})
    t.type(**{"lado-0-ventas": "otro"}).do("empresas.restaurar-aplicar")
    assert sorted(c["rfc"] for c in campos(t)) == [UNO["rfc"], DOS["rfc"]]


def test_a_bad_file_changes_nothing():
    t = desk(UNO)
    for texto in ("", "{", '{"formato": "raoce-borradores/1", "borradores": []}', '{"formato": "x"}'):
        assert len(restore(t, texto).codes) == 1 and textos.is_error(t.codes[0])
        assert campos(t) == [UNO] and "restauracion" not in t.html
        assert "Nada cambió" in t.html and "Tu borrador" not in t.html


def sealed(iteraciones=respaldo.ITERACIONES):
    sal, nonce, datos = b"s" * 16, b"n" * 12, b"d" * 40
    content = respaldo.header(Tramite().state.ahora)
    content["derivacion"] |= {"sal": b64encode(sal).decode(), "iteraciones": iteraciones}
    content["cifrado"] |= {"nonce": b64encode(nonce).decode()}
    suma = sha256(sal + nonce + str(iteraciones).encode() + datos).hexdigest()
    return json.dumps(content | {"suma": suma, "datos": b64encode(datos).decode()})


def test_a_file_with_a_password_is_opened_by_the_page():
    t = restore(desk(UNO), sealed())
    assert "pide su contraseña" in t.html
    effect = t.do("empresas.descifrar").effect("descifrar")
    assert (effect["iteraciones"], effect["campo"]) == (600_000, "restaurar-contrasena") and "Cancelar" in t.html
    t.do("empresas.descifrado-fallo", codigo="respaldo-contrasena-incorrecta")
    assert "Esa no es la contraseña de la copia" in t.html and "Cancelar" not in t.html
    t.do("empresas.descifrado", texto=copy_of(DOS))
    assert 'data-cotejo="IIA040805DZ4"' in t.html and "pide su contraseña" not in t.html
    # What is inside is a file like any other.
    assert restore(t, sealed()).do("empresas.descifrado", texto="{").codes == ["copia-danada"]
    assert t.do("empresas.descifrado", texto=sealed()).codes == ["copia-ajena"]
    assert restore(t, sealed(1_000_000_000)).codes == ["respaldo-iteraciones"]
    assert t.do("empresas.descifrado-fallo", codigo="<b>").html.count("No se pudo terminar") == 1


def test_no_password_comes_to_python_nor_a_copy_is_noted_before_it_is_made():
    t = desk(UNO).do("empresas.respaldar-cifrado")
    effect = t.effect("cifrar")
    assert effect["campos"] == list(pantalla.CONTRASENAS) and effect["sobre"]["derivacion"]["iteraciones"] == 600_000
    assert not re.search(r'type="password"[^>]* name=', t.html) and respaldo.ENTRADA not in t.kept
    assert t.do("empresas.cifrado-cancelar").codes == ["respaldo-cancelado"] and t.effect("cancelar-cifrado")
    assert "Cancelar" not in t.html and respaldo.ENTRADA not in t.kept
    t.do("empresas.respaldar-cifrado").do("empresas.cifrado-fallo", codigo="respaldo-contrasena-corta")
    assert "12 caracteres" in t.html and respaldo.ENTRADA not in t.kept
    assert t.do("empresas.cifrado").codes == ["respaldo-hecho"] and respaldo.ENTRADA in t.kept


def test_a_copy_is_advised_calmly():
    many = [{"rfc": f"AAA0101{n:05}"} for n in range(respaldo.POCAS + 1)]
    assert "Conviene" in desk(*many).html and "Conviene" not in desk(UNO).html
    t = desk(*many).do("empresas.respaldar")
    assert "Conviene" not in t.html
    later = {"hoy": "2024-07-01", "ahora": "2024-07-01T18:00:00+00:00"}
    t.state, _ = update(t.state, {"name": "cambio", "valores": {"calle": "x"}, **later})
    assert "Última copia: hace 42 días" in t.html and "Conviene" in t.html


def test_the_folder_is_asked_for_once_and_nothing_is_said_where_there_is_none():
    t = desk(UNO)
    asked = [e for e in t.do("empresas.ninguna").effects if e["tipo"] == "carpeta"]
    assert asked == [] or asked == [{"tipo": "carpeta", "accion": "estado"}]
    assert not [e for e in t.do("empresas.ninguna").effects if e["tipo"] == "carpeta"]
    assert "carpeta" not in t.html.lower().replace("data-carpeta", "")
    assert "Elegir carpeta" in t.do("empresas.carpeta", accion="estado", estado="sin-elegir").html


def test_how_the_folder_stands_is_shown_and_a_copy_in_it_counts():
    t = desk(UNO)
    wrote = {"carpeta": "Respaldos", "cuando": "2024-05-20T18:00:00.123Z", "cuantos": 1}
    t.do("empresas.carpeta", accion="elegir", estado="escrita", **wrote)
    assert "Carpeta «Respaldos»." in t.html and "se escribió hoy (20/05/2024 12:00)" in t.html
    assert t.kept[respaldo.ENTRADA]["cuantos"] == 1 and "copia/1" in t.kept
    t.do("empresas.carpeta", accion="escribir", estado="fallo", carpeta="Respaldos", codigo="carpeta-llena")
    assert t.codes == ["carpeta-sin-copia"] and "No hay espacio en el disco." in t.html
    # Said once on top; the screen goes on showing it.
    t.do("empresas.carpeta", accion="escribir", estado="sin-permiso", carpeta="Respaldos")
    assert t.codes == ["carpeta-sin-permiso"] and "Dar permiso" in t.html
    t.do("empresas.carpeta", accion="escribir", estado="ajena", carpeta="Respaldos")
    assert "Comparar con la copia" in t.html and "Reemplazar la copia" in t.html
    for estado, codigo, cuando in (("x", "y", "z"), ("fallo", "<b>", 5), ("lista", None, None)):
        assert t.do("empresas.carpeta", accion="escribir", estado=estado, codigo=codigo, cuando=cuando).html
    for accion in ("elegir", "permiso", "escribir", "reemplazar", "revisar", "olvidar"):
        assert t.do("empresas.carpeta-usar", accion=accion).effect("carpeta")["accion"] == accion


def test_every_field_that_may_differ_has_a_name_on_the_screen():
    assert all(textos.campo(clave, "etiqueta") for clave in CAMPOS)


SCRIPTS = {"cifrado.js": CODIGOS, "respaldo.js": CODIGOS, "carpeta.js": pantalla.CODIGOS}


@pytest.mark.parametrize("script", SCRIPTS)
def test_every_code_of_the_page_is_known_and_has_a_sentence(script):
    source = (ROOT / "static" / "js" / script).read_text(encoding="utf-8")
    found = set(re.findall(r"(?:CifradoError\(|: |\?\? )'((?:respaldo|carpeta)-[a-z-]+)'", source))
    assert found and found <= {*SCRIPTS[script], "respaldo-fallo"}
    assert all(textos.error(DatoInvalido(codigo)) for codigo in found)
