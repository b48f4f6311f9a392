"""The calendar file, read back as a calendar would: days, texts, alarms, identity, bytes on the wire."""

from datetime import UTC, date, datetime, timedelta
from itertools import chain, combinations

import pytest
from icalendar import Calendar

from documentos.recordatorios import make
from propiedades import given, st
from raoce.empresa import EJERCICIOS, Programa, Registro
from raoce.plazos import Calendario
from raoce.plazos.calendario import AGREGADO, DiaInhabil
from raoce.plazos.plazos import Efecto, efecto_of
from raoce.reglas import Fuente
from raoce.solicitud import Reporte

AHORA = datetime(2026, 2, 3, 18, 30, 15, 250_000, tzinfo=UTC)
RFC = "Ñ&E9003173C9"
COMBINACIONES = list(chain.from_iterable(combinations(Programa, n) for n in range(1, 5)))
TITULOS = {
    "apertura": "Inicia el periodo de presentación",
    "recomendada": "Fecha recomendada para presentar",
    "limite": "Fecha límite",
    "ultima": "Última oportunidad",
    "cancela": "Cancelación si no se presentó",
}


def reporte(ejercicio, programas, **extra):
    registros = tuple(p if isinstance(p, Registro) else Registro(p) for p in programas)
    return Reporte(ejercicio, registros, date(ejercicio + 1, 2, 1), **extra)


def events(report, captura=None, ahora=AHORA):
    return Calendar.from_ical(make(report, captura, ahora)).events


def titled(report, titulo, captura=None):
    """The one event that starts with `titulo`."""
    (found,) = [e for e in events(report, captura) if e["SUMMARY"].startswith(f"{titulo}: ")]
    return found


def programas_of(event):
    return event["SUMMARY"].partition(": ")[2].partition(" (")[0].replace(" y ", ", ").split(", ")


@pytest.mark.parametrize("ejercicio", EJERCICIOS)
@pytest.mark.parametrize("programas", COMBINACIONES, ids="-".join)
def test_every_date_of_every_programme_is_there_once_and_no_other(ejercicio, programas):
    report = reporte(ejercicio, programas)
    expected = set()
    for plazo in (p.plazo for p in report.plazos):
        for nombre, titulo in TITULOS.items():
            dia = getattr(plazo, nombre)
            if dia and (nombre != "recomendada" or dia < plazo.limite):
                expected.add((titulo, plazo.programa.value, dia))
    found = [
        (e["SUMMARY"].partition(": ")[0], programa, e["DTSTART"].dt)
        for e in events(report)
        for programa in programas_of(e)
    ]
    assert len(found) == len(set(found))
    assert set(found) == expected
    meanings = [(e["SUMMARY"].partition(": ")[0], e["DTSTART"].dt) for e in events(report)]
    assert len(meanings) == len(set(meanings)), "two events for the same thing on the same day"


def test_programmes_with_the_same_date_share_the_event():
    limite = titled(reporte(2023, [Programa.PROSEC, Programa.IMMEX]), "Fecha límite")
    assert limite["SUMMARY"] == "Fecha límite: IMMEX y PROSEC (RAOCE, ejercicio 2023)"
    assert limite["DTSTART"].dt == date(2024, 5, 31)
    todos = titled(reporte(2023, Programa), "Fecha límite")
    assert todos["SUMMARY"] == "Fecha límite: IMMEX, PROSEC, ALTEX y ECEX (RAOCE, ejercicio 2023)"


def test_only_who_must_file_is_reminded():
    nuevo = Registro(Programa.IMMEX, autorizacion=date(2024, 2, 1))
    cancelado = Registro(Programa.ALTEX, cancelacion=date(2023, 8, 1))
    assert events(reporte(2023, [nuevo, cancelado], presentacion=date(2024, 4, 2)), date(2024, 4, 1)) == []
    assert {tuple(programas_of(e)) for e in events(reporte(2023, [nuevo, Programa.PROSEC]))} == {("PROSEC",)}


def test_the_day_lasts_a_day_and_leaves_the_reader_free():
    for event in events(reporte(2023, Programa)):
        assert event["DTSTART"].params["VALUE"] == event["DTEND"].params["VALUE"] == "DATE"
        assert event["DTEND"].dt - event["DTSTART"].dt == timedelta(days=1)
        assert event["TRANSP"] == "TRANSPARENT"
        assert event["SEQUENCE"] == 0
        assert event["DTSTAMP"].dt == AHORA.replace(microsecond=0)
        assert event["SUMMARY"].params["LANGUAGE"] == event["DESCRIPTION"].params["LANGUAGE"] == "es"


def test_alarms_ring_at_nine_thirty_seven_and_one_days_before():
    for event in events(reporte(2023, Programa, presentacion=date(2024, 4, 30)), date(2024, 4, 2)):
        midnight = datetime.combine(event["DTSTART"].dt, datetime.min.time())
        rings = [midnight + alarm["TRIGGER"].dt for alarm in event.walk("VALARM")]
        assert [(midnight.date() - ring.date()).days for ring in rings] == [30, 7, 1]
        assert {(ring.hour, ring.minute) for ring in rings} == {(9, 0)}
        assert {alarm["ACTION"] for alarm in event.walk("VALARM")} == {"DISPLAY"}
        for alarm, cuanto in zip(event.walk("VALARM"), ("Faltan 30 días", "Faltan 7 días", "Falta 1 día"), strict=True):
            assert alarm["DESCRIPTION"] == f"{cuanto}. {event['SUMMARY']}"


def test_signature_within_fifteen_natural_days():
    firma = titled(reporte(2023, [Programa.IMMEX]), "Último día para firmar la solicitud", date(2024, 4, 20))
    assert firma["DTSTART"].dt == date(2024, 5, 5)
    assert "el 20 de abril de 2024 se firma dentro de los 15 días naturales" in firma["DESCRIPTION"]


CORRECCION = "Último día para enviar el escrito de corrección"


@pytest.mark.parametrize(
    ("presentacion", "dia", "inhabiles"),
    [
        (date(2024, 4, 30), date(2024, 5, 8), "1 de mayo de 2024 (Día del Trabajo), 4 de mayo de 2024 (sábado) y 5"),
        (date(2025, 4, 30), date(2025, 5, 9), "4 de mayo de 2025 (domingo) y 5 de mayo de 2025 (Batalla de Puebla)."),
    ],
)
def test_correction_within_five_business_days(presentacion, dia, inhabiles):
    event = titled(reporte(presentacion.year - 1, [Programa.IMMEX], presentacion=presentacion), CORRECCION)
    assert event["DTSTART"].dt == dia
    assert inhabiles in event["DESCRIPTION"]


def test_a_day_that_the_user_added_moves_the_correction_and_is_named():
    jueves = DiaInhabil(date(2024, 5, 2), "Agregado por el usuario", Fuente("dof", "DOF 30-04-2024"), AGREGADO)
    report = reporte(2023, [Programa.IMMEX], presentacion=date(2024, 4, 30), calendario=Calendario((jueves,)))
    event = titled(report, CORRECCION)
    assert event["DTSTART"].dt == date(2024, 5, 9)
    assert "2 de mayo de 2024 (Agregado por el usuario)" in event["DESCRIPTION"]


def test_what_cannot_be_presented_has_no_correction():
    for presentacion in (date(2024, 3, 29), date(2024, 9, 2)):
        report = reporte(2023, Programa, presentacion=presentacion)
        assert all(efecto_of(p.plazo, presentacion) is Efecto.SIN_EFECTO for p in report.plazos)
        assert not [e for e in events(report) if e["SUMMARY"].startswith(CORRECCION)]


def test_the_description_says_rule_source_doubt_and_who_we_are():
    for event in events(reporte(2020, Programa, presentacion=date(2021, 4, 5)), date(2021, 4, 2)):
        texto = event["DESCRIPTION"]
        assert "Fuente: " in texto
        assert texto.endswith(
            "Herramienta independiente; no es un sitio del Gobierno de México. "
            "No presenta el reporte: se captura y se firma en VUCEM."
        )
    limite = next(e for e in events(reporte(2020, [Programa.IMMEX, Programa.PROSEC])) if "límite" in e["SUMMARY"])
    assert "último día hábil de abril. Fuente: Avisos y notas" in limite["DESCRIPTION"]
    assert "Por confirmar en un texto oficial." in limite["DESCRIPTION"]
    ultima = titled(reporte(2020, [Programa.IMMEX]), "Última oportunidad")
    assert "Por confirmar como inhábil: 31 de agosto de 2021 (Suspensión de plazos" in ultima["DESCRIPTION"]
    assert "la fecha sería el lunes 27 de septiembre de 2021" in ultima["DESCRIPTION"]


def test_the_days_of_one_suspension_are_one_doubt():
    event = titled(reporte(2020, [Programa.IMMEX], presentacion=date(2021, 8, 11)), CORRECCION)
    assert event["DTSTART"].dt == date(2021, 8, 18)
    assert event["DESCRIPTION"].count("Por confirmar como inhábil") == 1
    assert "conviene tomar el miércoles 18 de agosto de 2021" in event["DESCRIPTION"]


def test_what_happens_after_the_limit_is_said_for_each_programme():
    texto = titled(reporte(2023, Programa), "Fecha límite")["DESCRIPTION"]
    assert "IMMEX: si no se presenta, el programa se suspende. La última oportunidad es el 30 de agosto" in texto
    assert "PROSEC: si no se presenta, el programa se suspende. La última oportunidad es el 28 de junio" in texto
    assert "ECEX: si no se presenta, el programa se cancela el 1 de junio de 2024, sin otra oportunidad" in texto


reportes = st.builds(
    lambda ejercicio, programas, rfc: (ejercicio, sorted(programas), {"rfc": rfc}),
    st.sampled_from(EJERCICIOS),
    st.sets(st.sampled_from(list(Programa)), min_size=1),
    st.sampled_from(["", RFC, "EKU9003173C9"]),
)


def uids(report, captura=None, ahora=AHORA):
    return {(e["SUMMARY"], e["UID"]) for e in events(report, captura, ahora)}


@given(reportes)
def test_uids_are_unique_and_stay_from_one_export_to_the_next(given_report):
    ejercicio, programas, solicitante = given_report
    abril = date(ejercicio + 1, 4, 1)
    once = uids(reporte(ejercicio, programas, solicitante=solicitante, presentacion=abril), abril)
    later = reporte(ejercicio, programas, solicitante=solicitante, presentacion=abril + timedelta(days=9))
    assert once == uids(later, abril + timedelta(days=3), AHORA + timedelta(days=40))
    assert len(once) == len({uid for _, uid in once})


def test_uids_tell_companies_and_years_apart_and_name_nobody():
    one, other = ({"rfc": rfc} for rfc in (RFC, "EKU9003173C9"))
    sets = [
        {uid for _, uid in uids(reporte(ejercicio, Programa, solicitante=who))}
        for ejercicio, who in ((2023, one), (2023, other), (2024, one), (2023, {}))
    ]
    assert sum(map(len, sets)) == len(set().union(*sets))
    assert RFC not in make(reporte(2023, Programa, solicitante=one), None, AHORA).decode()


def test_the_uids_of_what_is_published_never_change():
    limite = titled(reporte(2023, [Programa.IMMEX], solicitante={"rfc": RFC}), "Fecha límite")
    assert limite["UID"] == "6990244f-8d81-5ea1-a8a5-366f2c4914a8"


@given(reportes)
def test_lines_are_cut_by_octets_and_end_as_the_norm_says(given_report):
    ejercicio, programas, solicitante = given_report
    semana = [date(ejercicio + 1, 4, dia) for dia in (3, 4, 5)]  # one of them at least is no weekend
    agregados = tuple(DiaInhabil(dia, "Ñandú " * 12, Fuente("dof", "DOF Ñ"), AGREGADO) for dia in semana)
    report = reporte(
        ejercicio,
        programas,
        solicitante=solicitante,
        presentacion=date(ejercicio + 1, 4, 1),
        calendario=Calendario(agregados),
    )
    content = make(report, date(ejercicio + 1, 4, 1), AHORA)
    assert content.endswith(b"END:VCALENDAR\r\n")
    lines = content.removesuffix(b"\r\n").split(b"\r\n")
    assert b"\n" not in b"".join(lines) and b"\r" not in b"".join(lines)
    assert max(map(len, lines)) <= 75
    for line in lines:
        line.decode()  # no letter is cut in two
    assert ("Ñandú " * 12).strip() in content.replace(b"\r\n ", b"").decode()


def test_the_calendar_says_what_it_is():
    calendar = Calendar.from_ical(make(reporte(2023, Programa), None, AHORA))
    assert (calendar["VERSION"], calendar["METHOD"], calendar["CALSCALE"]) == ("2.0", "PUBLISH", "GREGORIAN")
    assert calendar["PRODID"] == "-//RAOCE//Recordatorios//ES"
    assert calendar["X-WR-CALNAME"] == "RAOCE, ejercicio 2023"
    assert not calendar.walk("VTIMEZONE")


def test_the_same_export_gives_the_same_bytes():
    report = reporte(2023, Programa, presentacion=date(2024, 4, 30))
    assert make(report, None, AHORA) == make(report, None, AHORA)
