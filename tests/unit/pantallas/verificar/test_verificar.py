"""«Verificar un archivo» at work: one file, two, a long list; authorities of the site and of the user."""

import hashlib
import json
from base64 import b64decode, b64encode

import pytest

import alteraciones as al
from efirmas import make_autoridad, make_efirma
from pantallas.verificar.eventos import MAXIMO_ARCHIVOS
from pantallas.verificar.verificador import Verificador
from raoce.firma import autoridades
from tramites import Tramite

DER = make_autoridad()
SHA = hashlib.sha256(DER).hexdigest()
CHANGED = al.envelope(
    **json.loads(al.good()) | {"payload": al.encode(al.payload_of().replace("Ñandú".encode(), "Nandú".encode()))}
)
INCLUIDAS = json.dumps([{"nombre": "AC de prueba", "sha256": SHA, "der": b64encode(DER).decode()}])


def verify(*archivos, lista=INCLUIDAS, t=None):
    """The screen after these files (name, bytes) were chosen."""
    t = (t or Tramite("?pantalla=verificar")).do("verificar.elegir", cuantos=len(archivos))
    if any(e["tipo"] == "traer" for e in t.effects):
        t.do("verificar.autoridades", clave="sat", **({"texto": lista} if lista else {"fallo": True}))
    while reading := [e for e in t.effects if e["tipo"] == "leer"]:
        nombre, datos = archivos[reading[0]["indice"]]
        t.do("verificar.archivo", nombre=nombre, contenido=b64encode(datos).decode())
    return t


def verdict(t):
    return t.html.partition('data-veredicto="')[2].partition('"')[0]


def test_a_good_file_is_valid_and_everything_in_it_can_be_read():
    t = verify(("RAOCE_2023.json", al.good()))
    html = t.html
    assert verdict(t) == "valido" and html.index("data-veredicto") == html.index('<h1 id="titulo" tabindex="-1" ') + 30
    assert html.count('class="comprobacion ') == 16 and "Revocación" in html and "sello de tiempo" in html
    for text in (
        make_efirma().numero,
        "XIQB891116QE4",
        "Ensambles Ñandú &amp; Kuautli",
        "||raoce/1|2023|",
        "datos.saldo",
    ):
        assert text in html
    assert hashlib.sha256(al.good()).hexdigest() in html


@pytest.mark.parametrize(
    ("datos", "expected"),
    [
        (CHANGED, "alterado"),
        (b"{}", "no-es-reporte"),
        (b"%PDF", "no-es-reporte"),
        (b"x" * 5_000_001, "no-es-reporte"),
    ],
    ids=["changed", "no report", "pdf", "too large"],
)
def test_a_bad_file_gets_its_verdict(datos, expected):
    assert verdict(verify(("x.json", datos))) == expected


def test_without_its_authority_a_file_is_never_valid():
    t = verify(("x.json", al.good()), lista="[]")
    assert verdict(t) == "no-comprobable" and "Emisor no incluido" in t.html


def test_an_authority_loaded_by_the_user_counts_and_stays_on_the_device(monkeypatch):
    monkeypatch.setitem(autoridades.CONOCIDAS, SHA, "AC6 del SAT")
    t = Tramite("?pantalla=verificar").do("verificar.autoridad", nombre="AC6.crt", contenido=b64encode(DER).decode())
    assert t.codes == ["autoridad-agregada"] and t.kept[f"autoridad/{SHA}"] == b64encode(DER).decode()
    assert verdict(verify(("x.json", al.good()), lista="[]", t=t)) == "valido"
    again = Tramite("?pantalla=verificar", t.kept)
    assert verdict(verify(("x.json", al.good()), lista="[]", t=again)) == "valido"


def test_any_other_certificate_is_refused_as_authority():
    for der, codigo in (
        (DER, "autoridad-desconocida"),
        (make_efirma().cer, "autoridad-es-efirma"),
        (b"x", "autoridad-ilegible"),
    ):
        t = Tramite("?pantalla=verificar").do("verificar.autoridad", nombre="x", contenido=b64encode(der).decode())
        assert t.codes == [codigo] and not t.state.entradas


def test_without_the_list_of_authorities_it_says_so_and_can_be_tried_again():
    t = verify(("x.json", al.good()), lista=None)
    assert t.codes == ["autoridades-fallo"] and not t.state.of(Verificador).en_curso
    assert verdict(verify(("x.json", al.good()), t=t)) == "valido"


def test_two_files_are_compared_field_by_field():
    other = al.sign(al.payload_of().replace("Ñandú".encode(), b"Nandu"))
    t = verify(("a.json", al.good()), ("b.json", other))
    assert "<code>solicitante.razonSocial</code>" in t.html and "a.json: Válido" in t.html
    assert "Dicen lo mismo." in verify(("a.json", al.good()), ("b.json", al.good())).html


def test_a_list_says_how_many_came_out_each_way_one_or_several():
    assert "1 válido, 1 que no es un reporte ni una carta." in verify(("a.json", al.good()), ("b.json", b"{}")).html
    t = verify(("a.json", al.good()), ("b.json", b"{}"), ("c.json", b"{}"))
    assert "1 válido, 2 que no son reportes ni cartas." in t.html


def test_a_long_list_is_shown_as_it_goes_can_be_stopped_and_downloaded():
    files = [(f"{n}.json", al.good() if n % 2 else b"{}") for n in range(10)]
    t = verify(*files)
    assert verdict(t) == "no-es-reporte" and "10 archivos verificados" in t.html
    assert t.html.count('data-archivo-veredicto="valido"') == 5
    t.do("verificar.descargar-tabla")
    table = b64decode(t.effect("descargar")["base64"]).decode("utf-8-sig").splitlines()
    assert len(table) == 11 and table[2].startswith("1.json,valido,reporte,EKU9003173C9,2023,")
    t = (
        Tramite("?pantalla=verificar")
        .do("verificar.elegir", cuantos=500)
        .do("verificar.autoridades", clave="sat", texto=INCLUIDAS)
    )
    t.do("verificar.archivo", nombre="0.json", contenido=b64encode(al.good()).decode())
    assert "1 de 500" in t.html
    t.do("verificar.detener").do("verificar.archivo", nombre="1.json", contenido="")
    assert len(t.state.of(Verificador).revisados) == 1 and verdict(t) == "valido"


def test_more_than_five_hundred_are_refused():
    t = Tramite("?pantalla=verificar").do("verificar.elegir", cuantos=MAXIMO_ARCHIVOS + 1)
    assert t.codes == ["archivos-muchos"]


def test_a_file_that_the_browser_cannot_read_is_said():
    t = (
        Tramite("?pantalla=verificar")
        .do("verificar.elegir", cuantos=1)
        .do("verificar.autoridades", clave="sat", texto=INCLUIDAS)
    )
    t.do("verificar.archivo", nombre="x.json", fallo=True)
    assert t.codes == ["archivo-ilegible"] and not t.state.of(Verificador).en_curso
