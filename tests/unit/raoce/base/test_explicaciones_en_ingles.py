"""What the law's figures say of themselves, said in English; and that what is signed is Spanish all the same."""

import re
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import combinations

import holidays
import pytest

import idiomas
from idiomas import EN, say, using
from raoce.base import DatoInvalido
from raoce.bienes import Bien
from raoce.bienes.catalogos import parse_sector
from raoce.cifras import Balanza
from raoce.empresa import EJERCICIOS, Programa, Registro
from raoce.plazos.calendario import PRIMER_ANIO, ULTIMO_ANIO
from raoce.plazos.plazo_de_correccion import plazo_de_correccion
from raoce.reglas import table
from raoce.solicitud import Reporte
from raoce.solicitud.emision import build
from raoce.solicitud.procedencia import FACTURAS, VENTAS, ArchivoUsado, Procedencia, parse_entradas
from raoce.solicitud.solicitud import to_json

MODALIDADES = {
    Programa.IMMEX: "industrial",
    Programa.PROSEC: "productor-directo",
    Programa.ALTEX: "exportador-directo",
    Programa.ECEX: "consolidadora",
}
COMBINACIONES = [c for n in range(1, 5) for c in combinations(Programa, n)]
# Words that no English sentence of ours has outside of brackets, where official names stay.
ESPANOL = re.compile(r"[áéíóúñ¿¡«»]|\b(de|del|el|la|los|las|con|sin|según|por|para|que|mes|pesos por)\b", re.I)
SOLICITANTE = {
    **{"rfc": "EKU9003173C9", "razon_social": "Ensambles Kuautli", "actividad_economica": "Arneses"},
    **{"correo": "comercio@empresa.com.mx", "codigo_postal": "81248", "estado": "Sinaloa", "municipio": "Ahome"},
    **{"colonia": "Centro", "calle": "Obregón", "numero_exterior": "12", "telefono": "6688123456"},
}


def make_reporte(ejercicio=2023, programas=(Programa.IMMEX,), **changes):
    fields = {
        "registros": tuple(Registro(p, "83-2019", MODALIDADES[p], date(2015, 3, 1)) for p in programas),
        "consulta": date(ejercicio + 1, 5, 20),
        "balanza": Balanza(ejercicio, 1_000_000, 8_890, 0),
        "tipo_cambio": Decimal("17.73383705"),
        "solicitante": SOLICITANTE,
    }
    return Reporte(ejercicio=ejercicio, **fields | changes)


def told(explicaciones):
    """All that the screens tell of explanations."""
    for e in explicaciones:
        yield say(e.operacion)
        yield from (say(part) for x in e.entradas for part in (x.nombre, x.unidad))
        for r in e.reglas:
            yield from map(say, (r.titulo, r.texto, r.fuente.titulo, r.nota))


def left_in_spanish(texts):
    return sorted({t for t in texts if ESPANOL.search(re.sub(r"\([^()]*\)", "", t))})


@pytest.mark.parametrize("programas", COMBINACIONES, ids="-".join)
def test_every_reason_of_every_report_is_said_in_english(programas):
    bienes = (Bien("I", "85011001", "Motor", "06", Decimal(9), Decimal(4), Decimal("2.5")),)
    with using(EN):
        for ejercicio in EJERCICIOS:
            for consignacion in (False, True):
                reporte = make_reporte(ejercicio, programas, consignacion=consignacion, bienes=bienes)
                assert left_in_spanish(told(reporte.explicaciones)) == []
            cancelled = make_reporte(
                ejercicio, programas, registros=(Registro(programas[0], cancelacion=date(2016, 1, 1)),)
            )
            assert left_in_spanish(told(cancelled.explicaciones)) == []


def test_outside_of_english_the_same_reasons_are_spanish():
    assert left_in_spanish(told(make_reporte().explicaciones))


def test_a_commitment_too_close_to_call():
    (immex,) = make_reporte().compromisos
    assert immex.resultado == "zona-gris"
    with using(EN):
        assert say(immex.explicacion.operacion) == (
            "8,890 ÷ 1,000,000 × 100 = 0.89 % < 10 %; or else 8,890 × 1,000 ÷ 17.73383705 = 501,301.55 dollars > "
            "500,000 dollars; with the exchange rate ±0.5 % it would be between 498,807.51 and 503,820.65 dollars: "
            "it cannot be stated"
        )


def test_the_dates_of_a_programme():
    (immex,) = make_reporte().plazos
    with using(EN):
        assert say(immex.plazo.explicacion.operacion) == (
            "Deadline: last business day of May 2024 = 31 May 2024; "
            "Last chance: last business day of August 2024 = 30 August 2024 "
            "(day 31 is a non-business day: Saturday); Cancellation if it is not filed: 1 September 2024."
        )
        assert [say(r.texto) for r in immex.plazo.explicacion.reglas][:2] == ["1 April", "last business day of May"]


def test_the_term_of_a_correction_with_the_holidays_in_between():
    with using(EN):
        assert say(plazo_de_correccion(date(2025, 4, 30), 2024).explicacion.operacion) == (
            "30 April 2025 + 5 business days = 9 May 2025; not counted because they are non-business days: "
            "1 May 2025 (Labor Day), 3 May 2025 (Saturday), 4 May 2025 (Sunday), 5 May 2025 (Battle of Puebla)."
        )


def test_the_holidays_of_the_law_are_those_that_can_be_said():
    named = {n for anio in range(PRIMER_ANIO, ULTIMO_ANIO + 1) for n in of_the_law(anio)}
    assert named == {row["motivo"] for row in table("calendario")["ley"]}
    with using(EN):
        assert not [n for n in named if say(n) == n]


def of_the_law(anio):
    return holidays.country_holidays("MX", years=anio, language="es", observed=False).values()


def test_the_files_that_an_amount_was_added_up_from():
    sales = Procedencia(VENTAS, FACTURAS, Decimal("1234567.50"), 3, (("otro-rfc", 2),), (ArchivoUsado("0" * 64, 5),))
    explained = sales.explicacion
    assert explained.operacion == "1,234,567.50 pesos según las facturas ÷ 1,000 = 1,235 miles de pesos."
    # The names are data too: the draft is read back by them.
    assert parse_entradas(VENTAS, explained.entradas) == sales
    with using(EN):
        assert say(explained.operacion) == (
            "1,234,567.50 pesos according to the invoices ÷ 1,000 = 1,235 thousands of pesos."
        )
        assert [say(x.nombre) for x in explained.entradas] == [
            *("Total according to invoices", "Invoices that count", "Not counted: otro-rfc", "File 1", "File 1, rows")
        ]


def test_what_is_signed_from_an_english_screen_is_the_spanish_file():
    generado = datetime(2024, 5, 20, 18, 0, tzinfo=UTC)
    spanish = to_json(build(make_reporte(), generado))
    assert "último día hábil de mayo de 2024".encode() in spanish
    with idiomas.using(EN):
        assert to_json(build(make_reporte(), generado)) == spanish


def test_the_letters_that_a_sector_lacks():
    with pytest.raises(DatoInvalido) as raised:
        parse_sector("XX")
    letters = raised.value.datos["claves"]
    assert letters == "XXa o XXb o XXc"
    with using(EN):
        assert say(letters) == "XXa or XXb or XXc"
