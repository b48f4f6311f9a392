"""The request: complete, consistent, valid against its own schema, explained."""

import json
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from jsonschema import Draft202012Validator
from pydantic import ValidationError

from raoce.cifras import Balanza
from raoce.empresa import Programa, Registro
from raoce.solicitud import Reporte
from raoce.solicitud.emision import build
from raoce.solicitud.solicitud import Datos, Solicitud, json_schema, to_json
from tramite.formulario.inhabiles import Periodo, build_calendario

SOLICITANTE = {
    "rfc": "EKU9003173C9",
    "razon_social": "Ensambles Kuautli, S.A. de C.V.",
    "actividad_economica": "Fabricación de arneses",
    "correo": "comercio@empresa.com.mx",
    "codigo_postal": "81248",
    "estado": "Sinaloa",
    "municipio": "Ahome",
    "localidad": "",
    "colonia": "Centro",
    "calle": "Álvaro Obregón",
    "numero_exterior": "12",
    "numero_interior": "",
    "lada": "",
    "telefono": "6688123456",
}
GENERADO = datetime(2024, 5, 20, 18, 0, tzinfo=UTC)


def make_reporte(**changes):
    fields = {
        "ejercicio": 2023,
        "registros": (
            Registro(Programa.IMMEX, "83-2019", "industrial"),
            Registro(Programa.PROSEC, "2019-8664", "productor-directo", date(2019, 3, 1)),
        ),
        "consulta": date(2024, 5, 20),
        "balanza": Balanza(2023, 1000, 1000, 0),
        "tipo_cambio": Decimal("17.73383705"),
        "solicitante": SOLICITANTE,
    }
    return Reporte(**fields | changes)


def make_payload(**changes):
    return json.loads(to_json(build(make_reporte(**changes), GENERADO)))


def test_the_figures_of_the_guide():
    payload = make_payload()
    assert payload["formato"] == "raoce/1"
    assert payload["datos"] == {
        "ventasTotales": 1000,
        "totalExportaciones": 1000,
        "totalImportaciones": 0,
        "saldo": 1000,
        "porcentajeExportacion": 100,
    }
    assert payload["dolares"]["tipoCambio"] == 17.73383705
    assert payload["dolares"]["exportaciones"] == 56389.38
    assert payload["generado"] == "2024-05-20T18:00:00Z"
    assert payload["reglas"] == {"version": "2026.2"}
    assert [p["limite"] for p in payload["plazos"]] == ["2024-05-31", "2024-05-31"]
    assert [c["resultado"] for c in payload["compromisos"]] == ["cumple", "sin-umbral"]


def test_the_payload_is_valid_against_the_schema_that_ships():
    schema = json_schema()
    Draft202012Validator.check_schema(schema)
    Draft202012Validator(schema).validate(make_payload())


def test_the_schema_refuses_what_is_not_ours():
    payload = make_payload()
    validator = Draft202012Validator(json_schema())
    assert not validator.is_valid(payload | {"otro": 1})
    assert not validator.is_valid({k: v for k, v in payload.items() if k != "saldo" and k != "datos"})


def test_every_figure_carries_inputs_rule_value_and_source():
    explained = {e["figura"]: e for e in make_payload()["explicaciones"]}
    figures = {"datos.saldo", "datos.porcentajeExportacion", "dolares.exportaciones"}
    assert figures | {"compromisos.IMMEX", "plazos.PROSEC", "obligacion.IMMEX"} <= explained.keys()
    for e in explained.values():
        assert e["operacion"]
        for r in e["reglas"]:
            assert r["id"] and r["fuente"] and r["estado"] and r["desde"]
    assert explained["datos.totalImportaciones"]["reglas"][0]["id"] == "balanza.importaciones-con-immex"
    assert "datos.totalExportaciones" not in explained
    immex = explained["compromisos.IMMEX"]
    assert {r["id"]: r["valor"] for r in immex["reglas"]} == {
        "compromisos.immex-porcentaje": 10,
        "compromisos.immex-dolares": 500_000,
    }


def test_the_days_of_the_se_that_the_user_changed_are_signed_too():
    periodo = Periodo(date(2024, 5, 30), date(2024, 5, 31), "DOF 02-05-2024")
    calendario = build_calendario((periodo,), frozenset({date(2021, 8, 12)}))
    payload = make_payload(calendario=calendario)
    added = [d for d in payload["diasInhabiles"] if d["accion"] == "agregado"]
    assert [(d["dia"], d["referencia"]) for d in added] == [
        ("2024-05-30", "DOF 02-05-2024"),
        ("2024-05-31", "DOF 02-05-2024"),
    ]
    assert any(d["accion"] == "no tomado en cuenta" and d["dia"] == "2021-08-31" for d in payload["diasInhabiles"])
    assert payload["plazos"][0]["limite"] == "2024-05-29"
    Draft202012Validator(json_schema()).validate(payload)


def test_consignment_is_part_of_the_explanation():
    explained = {e["figura"]: e for e in make_payload(consignacion=True)["explicaciones"]}
    assert "valor agregado" in explained["datos.totalExportaciones"]["operacion"]


def test_a_programme_that_need_not_file_has_no_dates():
    registros = (
        Registro(Programa.IMMEX, "83-2019", "industrial", date(2024, 1, 15)),
        Registro(Programa.PROSEC, "2019-8664", "productor-directo"),
    )
    payload = make_payload(registros=registros, balanza=Balanza(2023, 1000, 700, 200))
    immex, prosec = payload["plazos"]
    assert immex["estado"] == "no-obligado" and immex["limite"] is None
    assert prosec["limite"] == "2024-04-30"
    assert [p["presenta"] for p in payload["programas"]] == [False, True]
    assert payload["datos"]["saldo"] == 500


def test_it_reads_back_as_the_same_request():
    solicitud = build(make_reporte(), GENERADO)
    assert Solicitud.model_validate_json(to_json(solicitud)) == solicitud


@pytest.mark.parametrize("change", [{"saldo": 999}, {"porcentaje_exportacion": Decimal("99")}])
def test_derived_figures_cannot_contradict_the_captured_ones(change):
    good = {
        "ventas_totales": 1000,
        "total_exportaciones": 700,
        "total_importaciones": 200,
        "saldo": 500,
        "porcentaje_exportacion": Decimal("70.00"),
    }
    Datos(**good)
    with pytest.raises(ValidationError):
        Datos(**good | change)


def test_an_incomplete_report_cannot_become_a_request():
    with pytest.raises(ValidationError):
        build(make_reporte(solicitante=SOLICITANTE | {"correo": ""}), GENERADO)
