"""Sets that a customs broker can check on paper (``tests/casos/aduana.toml``), written as files and read."""

from dataclasses import replace
from datetime import datetime
from decimal import Decimal

import casos
import data_stage
from aduana import MOTIVOS, Entrega, Libro, Partida, Pedimento, Referencia, esperado
from raoce.aduana import CLAVES, Eleccion, Lectura, calcular
from raoce.base.formato import in_thousands
from raoce.reglas import POR_CONFIRMAR, regla_vigente

RFC = "EKU9003173C9"
CASOS = casos.load("aduana")["casos"]


def libro_of(caso):
    days = {p["numero"]: datetime.fromisoformat(p["pago"]) for p in caso["pedimentos"]}
    claves = {p["numero"]: p.get("clave", "RT") for p in caso["pedimentos"]}

    def named(numero):
        # What is in no file was an A1 of the year before.
        day = days.get(numero, datetime(2022, 12, 1))
        return Referencia("3953", numero, "240", claves.get(numero, "A1"), day) if numero else None

    pedimentos = []
    for p in caso["pedimentos"]:
        anterior = named(p.get("rectifica"))
        partida = Partida("85389099", "06", p["valor"], p.get("agregado", 0), Decimal(p["volumen"]))
        pedimentos.append(
            Pedimento(
                *("3953", p["numero"], "240", p.get("tipo", "2"), p.get("clave", "RT"), p.get("rfc", RFC)),
                datetime.fromisoformat(p["pago"]),
                (partida,),
                p.get("tipo_pedimento", "1"),
                anterior,
                named(p.get("original")) or anterior,
            )
        )
    return Libro(RFC, 2023, (Entrega("202301", tuple(pedimentos)),))


def read(libro):
    lectura = Lectura(RFC, 2023)
    for name, body in data_stage.files(libro):
        list(lectura.leer(name, body))
    return lectura.pedimentos()


@casos.each("aduana")
def test_on_paper(caso):
    libro, right = libro_of(caso), caso["esperado"]
    pedimentos = read(libro)
    eleccion = replace(Eleccion.inicial(pedimentos), consignacion=caso.get("consignacion", False))
    for totals in (calcular(pedimentos, eleccion), esperado(libro, consignacion=eleccion.consignacion)):
        assert (totals.exportaciones, totals.importaciones) == (right["exportaciones"], right["importaciones"])
        assert {m: n for m, n in totals.excluidos.items() if n} == right["excluidos"]
        assert totals.huerfanas == right.get("huerfanas", 0)
        assert totals.volumenes["2", "85389099", "06"] == Decimal(right["volumen"])
    assert in_thousands(totals.exportaciones) == right["miles"]
    if other := caso.get("sin_V1"):
        without = replace(eleccion, exportacion=eleccion.exportacion - {"V1"})
        assert calcular(pedimentos, without).exportaciones == other["exportaciones"]
    if other := caso.get("propia"):
        own = replace(eleccion, fecha="propia")
        assert calcular(pedimentos, own).exportaciones == other["exportaciones"]
        assert pedimentos.movidas == tuple(other["movidas"])
        assert {r.id for r in own.reglas} ^ {r.id for r in eleccion.reglas} == {"aduana.fecha", "aduana.fecha-propia"}
    else:
        assert pedimentos.movidas == (0, 0)


def test_each_decision_names_a_rule_and_its_chain():
    caso = next(c for c in CASOS if c["titulo"] == "la rectificación")
    decided = {d.pedimento.llave: d for d in calcular(read(libro_of(caso)), Eleccion.inicial()).decisiones()}
    assert all(regla_vigente(d.regla).titulo for d in decided.values())
    last = decided["3953 3000003 240 2023"].pedimento
    assert (last.clave, last.propia, last.mes) == ("V1", "R1", 1)
    assert (last.anterior, last.primero) == ("3953 3000002 240 2023", "3953 3000001 240 2023")
    for motivo in MOTIVOS:
        assert regla_vigente("aduana.claves" if motivo == "clave" else f"aduana.{motivo}").titulo


def test_the_claves_say_what_they_are_and_why():
    assert {k for k, c in CLAVES.items() if c.exporta == "si"} == {"RT", "A1", "V1"}
    optional = {k for k, c in CLAVES.items() if c.exporta == "opcional"}
    assert optional == {"V2", "V5", "V6", "V7", "VD", "BB", "J3", "J4"}
    assert all(c.nombre and c.razon and c.estado == POR_CONFIRMAR and c.fuente.titulo for c in CLAVES.values())


def test_value_added_that_nobody_declares_is_a_doubt():
    caso = dict(next(c for c in CASOS if c["titulo"] == "las virtuales que faltaban"))
    pedimentos = read(libro_of(caso))
    codes = {d.codigo: d.datos for d in calcular(pedimentos, replace(Eleccion.inicial(), consignacion=True)).dudas}
    assert codes["duda-valor-agregado-cero"] == {"ceros": 3, "partidas": 3}
    assert codes["duda-meses"]["meses"] == tuple(range(4, 13))
    assert codes["duda-meses"]["faltan"].startswith("abril, mayo")
