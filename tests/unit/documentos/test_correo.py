"""The e-mail draft, read back with the standard library."""

from datetime import UTC, datetime
from email import message_from_bytes, policy

import pytest

from documentos.correo import MEGA, Adjunto, make
from raoce.base import DatoInvalido

PARA = ("uno@economia.example", "dos@economia.example")
ASUNTO = "Corrección al Reporte Anual 2024 — «Ñandú & Cía.»"
CUERPO = "Buenos días:\n\nAnexo el escrito libre de “Ñandú”.\n" + "x" * 1200 + "\n"
ADJUNTOS = (
    Adjunto("Aclaración año 2024.pdf", "application/pdf", bytes(range(256)) * 40),
    Adjunto("datos.json", "application/json", b'{"a":\r\n1}\n\n'),
    Adjunto("nota.txt", "text/plain", "Ñ\r\n.\r\n".encode()),
)


def read(data):
    return message_from_bytes(data, policy=policy.default)


def test_a_draft_says_who_what_and_that_it_was_not_sent():
    message = read(make(PARA, ASUNTO, CUERPO, ADJUNTOS, de="Ana Núñez <ana@example.com>"))
    assert message["X-Unsent"] == "1"
    assert [address.addr_spec for address in message["To"].addresses] == list(PARA)
    [sender] = message["From"].addresses
    assert (sender.display_name, sender.addr_spec) == ("Ana Núñez", "ana@example.com")
    assert message["Subject"] == ASUNTO
    assert message["Date"] is None
    assert message.get_body().get_content().replace("\r\n", "\n") == CUERPO
    assert message.get_body().get_content_charset() == "utf-8"
    assert not message.defects


def test_attachments_arrive_byte_for_byte_under_their_names():
    message = read(make(PARA, ASUNTO, CUERPO, ADJUNTOS))
    parts = list(message.iter_attachments())
    assert [part.get_filename() for part in parts] == [adjunto.nombre for adjunto in ADJUNTOS]
    assert [part.get_content_type() for part in parts] == [adjunto.mime for adjunto in ADJUNTOS]
    assert [part.get_payload(decode=True) for part in parts] == [adjunto.datos for adjunto in ADJUNTOS]


def test_a_draft_travels_as_plain_mail_and_is_the_same_every_time():
    data = make(PARA, ASUNTO, CUERPO, ADJUNTOS)
    assert data == make(PARA, ASUNTO, CUERPO, ADJUNTOS)
    assert data.isascii()
    lines = data.split(b"\r\n")
    assert max(map(len, lines)) <= 998
    assert not any(b"\n" in line or b"\r" in line for line in lines)


def test_without_sender_or_files_there_is_only_the_text():
    message = read(make(PARA, ASUNTO, CUERPO))
    assert message["From"] is None
    assert message.get_content_type() == "text/plain"


def test_a_date_when_there_is_one():
    day = datetime(2025, 6, 3, 16, 30, tzinfo=UTC)
    assert read(make(PARA, "a", "b", fecha=day))["Date"].datetime == day


def test_a_line_break_in_a_header_does_not_become_another_header():
    message = read(make(PARA, "uno\r\nBcc: alguien@example.com", "b", (Adjunto("a\nb.pdf", "application/pdf", b""),)))
    assert message["Bcc"] is None
    assert message["Subject"] == "uno Bcc: alguien@example.com"
    assert next(message.iter_attachments()).get_filename() == "a b.pdf"


def test_too_much_for_a_mailbox_is_refused():
    half = Adjunto("a.pdf", "application/pdf", bytes(10 * MEGA))
    make(PARA, "a", "b", (half, half))
    with pytest.raises(DatoInvalido) as refusal:
        make(PARA, "a", "b", (half, half, ADJUNTOS[0]))
    assert (refusal.value.codigo, refusal.value.datos) == ("correo-grande", {"maximo": 20})
