"""X.509 as the SAT writes it, over asn1crypto (loaded only when a certificate is read).

Three things differ from the standard: 2.5.4.45 (x500UniqueIdentifier) holds text instead of a BIT
STRING; UTF-8 and Latin-1 are found inside every string type; and some text was encoded in UTF-8
twice (the name of the authority AC6).
"""

from datetime import datetime

# What asn1crypto raises on bytes that are not what they should be; it parses on access.
MALFORMED = (ValueError, TypeError, LookupError, AttributeError)

CN, SERIAL_NUMBER, O, OU, NAME, UNIQUE_ID = ATRIBUTOS = (  # noqa: E741  (X.520's own abbreviations)
    "2.5.4.3",
    "2.5.4.5",
    "2.5.4.10",
    "2.5.4.11",
    "2.5.4.41",
    "2.5.4.45",
)


def load(der: bytes):
    """An asn1crypto Certificate; raises one of MALFORMED, now or on access."""
    from asn1crypto import x509

    x509.NameTypeAndValue._oid_specs["unique_identifier"] = x509.DirectoryString
    return x509.Certificate.load(der, strict=True)


def read_validity(tbs) -> dict[str, datetime]:
    """`desde` and `hasta`, both aware. Raises `ValueError` for a time without its zone, which X.509 forbids."""
    times = {"desde": tbs["validity"]["not_before"].native, "hasta": tbs["validity"]["not_after"].native}
    if any(time.tzinfo is None for time in times.values()):
        raise ValueError("a time without its zone")
    return times


def read_name(name) -> dict[str, str]:
    """The attributes of a distinguished name that matter here (ATRIBUTOS), by OID."""
    return {
        oid: _decode(attribute["value"])
        for rdn in name.chosen
        for attribute in rdn
        if (oid := attribute["type"].dotted) in ATRIBUTOS
    }


def _decode(value) -> str:
    """The text of an attribute, read from its bytes and not from the declared type."""
    if value.name == "bmp_string":
        return value.native
    contents = value.chosen.contents
    try:
        text = contents.decode("utf-8")
    except UnicodeDecodeError:
        return contents.decode("latin-1")
    for once in ("latin-1", "cp1252"):
        try:
            return text.encode(once).decode("utf-8")
        except UnicodeError:
            continue
    return text


def identify(der: bytes) -> str:
    """What the bytes are, when they are no certificate: `llave`, `requerimiento`, `pfx` or `desconocido`."""
    from asn1crypto import csr, keys, pkcs12

    kinds = {
        "llave": (keys.EncryptedPrivateKeyInfo, keys.PrivateKeyInfo, keys.RSAPrivateKey),
        "requerimiento": (csr.CertificationRequest,),
        "pfx": (pkcs12.Pfx,),
    }
    for kind, structures in kinds.items():
        for structure in structures:
            try:
                structure.load(der, strict=True).native  # noqa: B018  (parses on access)
            except MALFORMED:
                continue
            return kind
    return "desconocido"
