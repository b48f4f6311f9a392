"""Signed files that are not what was signed: one change each, made systematically from a good one.

`SIN_FIRMAR` are changes by whoever has the file; `FIRMADAS` by whoever has the private key too, so that the signature
is right and only what the file says is not. `every()` names each one.
"""

import base64
import copy
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache, partial
from typing import Any

import pydantic_core

from efirmas import Efirma, make_efirma
from raoce.bienes import Bien
from raoce.cifras import Balanza
from raoce.empresa import Programa, Registro
from raoce.firma.certificado import Certificado
from raoce.firma.jws import assemble, prepare
from raoce.plazos import Calendario
from raoce.plazos.calendario import AGREGADO, DiaInhabil
from raoce.reglas import Fuente
from raoce.solicitud import Reporte
from raoce.solicitud.emision import build
from raoce.solicitud.solicitud import to_json

GENERADO = datetime(2024, 5, 20, 18, 0, tzinfo=UTC)
SOLICITANTE = {
    "rfc": "EKU9003173C9",
    "razon_social": "Ensambles Ñandú & Kuautli, S.A. de C.V.",
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


def make_reporte(**changes: Any) -> Reporte:
    """All four programmes, presented late, with days of the SE changed by the user, a commitment and consignment."""
    agregado = DiaInhabil(
        date(2024, 5, 31), "Día inhábil de la SE", Fuente("usuario", "DOF 02-05-2024"), AGREGADO, True
    )
    fields = {
        "ejercicio": 2023,
        "registros": (
            Registro(Programa.IMMEX, "83-2019", "industrial"),
            Registro(Programa.PROSEC, "2019-8664", "productor-directo", date(2019, 3, 1)),
            Registro(Programa.ALTEX, "1234", "exportador-directo"),
            Registro(Programa.ECEX, "77", "consolidadora", compromiso_dolares=250_000),
        ),
        "consulta": date(2024, 6, 3),
        "presentacion": date(2024, 6, 3),
        "balanza": Balanza(2023, 30_000, 9_500, 0),
        "tipo_cambio": Decimal("17.50"),
        "consignacion": True,
        "calendario": Calendario((agregado,), frozenset({date(2021, 8, 31)})),
        "solicitante": SOLICITANTE,
    }
    return Reporte(**fields | changes)


def make_reporte_con_bienes() -> Reporte:
    """PROSEC alone: the imports are captured, and there is a table of goods."""
    cafe = Bien("XXII", "09011201", "Café sin tostar", "01", Decimal("30000.50"), Decimal("1000"), Decimal("2500.250"))
    arnes = Bien("XIXa", "85443003", "Arneses", "06", Decimal(10), Decimal(8), Decimal(7))
    return make_reporte(
        registros=(Registro(Programa.PROSEC, "2019-8664", "productor-directo"),),
        balanza=Balanza(2023, 30_000, 9_500, 700),
        tipo_cambio=Decimal("17.73383705"),
        bienes=(cafe, arnes),
    )


def encode(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def decode(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def write(payload: Any) -> bytes:
    """As `to_json` does."""
    return pydantic_core.to_json(payload, indent=2)


_certificado = cache(Certificado.from_der)


def sign(payload: bytes, efirma: Efirma | None = None, momento: datetime = GENERADO) -> bytes:
    """A file signed as the page does."""
    efirma = efirma or make_efirma()
    certificado = _certificado(efirma.cer)
    por_firmar = prepare(payload, certificado, momento)
    return assemble(por_firmar, efirma.sign(por_firmar.signing_input), certificado).encode()


def _signed(payload: Any) -> bytes:
    return sign(write(payload))


def sign_raw(cabecera: bytes, payload: bytes, efirma: Efirma | None = None) -> bytes:
    """A file whose header nobody has looked at, with a right signature."""
    protected, body = encode(cabecera), encode(payload)
    firma = (efirma or make_efirma()).sign(f"{protected}.{body}".encode())
    return envelope(protected=protected, payload=body, signature=encode(firma))


def envelope(**members: Any) -> bytes:
    return json.dumps(members, indent=2).encode()


@cache
def payload_of(con_bienes: bool = False) -> bytes:
    return to_json(build(make_reporte_con_bienes() if con_bienes else make_reporte(), GENERADO))


@cache
def good(con_bienes: bool = False) -> bytes:
    return sign(payload_of(con_bienes))


@dataclass(frozen=True)
class Alteracion:
    """`make` writes and signs the file, where that is left for who wants more than its name."""

    nombre: str
    make: bytes | Callable[[], bytes]

    @property
    def archivo(self) -> bytes:
        return self.make if isinstance(self.make, bytes) else self.make()


def leaves(value: Any, path: tuple = ()) -> Iterator[tuple]:
    """The path of every value that is no list and no object."""
    if isinstance(value, dict | list) and value:
        for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from leaves(inner, (*path, key))
    else:
        yield path


def changed(payload: Any, path: tuple, change: Callable[[Any], Any]) -> Any:
    """What does not lead there is not copied: thousands are made of one report."""
    if not path:
        return change(payload)
    copied = copy.copy(payload)
    copied[path[0]] = changed(payload[path[0]], path[1:], change)
    return copied


def another(value: Any) -> Any:
    """Another value of the same kind, and so like it as can be."""
    match value:
        case bool():
            return not value
        case int() | float():
            return value + 1
        case None:
            return "2024-01-02"
        case list():
            return [{}]
        case str() if value[:4].isdecimal() and value[4:5] == "-" and len(value) >= 10:
            return value[:9] + ("1" if value[9] != "1" else "2") + value[10:]
        case str() if value[-1:].isdecimal():
            return value[:-1] + ("1" if value[-1] != "1" else "2")
        case _:
            return value + "X"


def name(path: tuple) -> str:
    return "$" + "".join(f"[{key}]" if isinstance(key, int) else f".{key}" for key in path)


# What the filer typed and nothing else in the report repeats: who has the key may sign another value, and it is
# another good report. So are the day of presentation where there is one programme, and saying «consignación» or not.
LIBRES = (
    "version",
    "solicitante",
)
LIBRES_FINALES = {"numero", "sector", "fraccion", "referencia"}


def is_free(payload: Any, path: tuple) -> bool:
    one_programme = len(payload["programas"]) == 1 and path[-1] == "fechaPresentacion"
    good_named = path[0] == "bienes" and path[-1] == "descripcion"
    return path[0] in LIBRES or path[-1] in LIBRES_FINALES or good_named or one_programme


def of_the_payload() -> Iterator[Alteracion]:
    """Each value of the request changed, in the file as it was signed."""
    members = json.loads(good())
    payload = json.loads(payload_of())
    for path in leaves(payload):
        text = encode(write(changed(payload, path, another)))
        yield Alteracion(f"payload {name(path)}", envelope(**members | {"payload": text}))


def signed_falsely() -> Iterator[Alteracion]:
    """Each value that follows from others changed, each explanation left out, and signed with the right key."""
    for con_bienes in (False, True):
        payload, which = json.loads(payload_of(con_bienes)), "con bienes" if con_bienes else "sin bienes"
        for path in leaves(payload):
            if not is_free(payload, path):
                yield Alteracion(f"firmada {which} {name(path)}", partial(_signed, changed(payload, path, another)))
        for n, explicacion in enumerate(payload["explicaciones"]):
            if explicacion["figura"] != "datos.totalExportaciones":
                less = payload | {"explicaciones": payload["explicaciones"][:n] + payload["explicaciones"][n + 1 :]}
                yield Alteracion(f"firmada {which} sin {explicacion['figura']}", partial(_signed, less))


def of_the_bits() -> Iterator[Alteracion]:
    """One bit of each part, at places spread over it."""
    members = json.loads(good())
    for part, text in members.items():
        data = decode(text)
        for n in range(24):
            at, bit = (n * len(data)) // 24, n % 8
            flipped = data[:at] + bytes([data[at] ^ (1 << bit)]) + data[at + 1 :]
            yield Alteracion(f"bit {bit} del byte {at} de {part}", envelope(**members | {part: encode(flipped)}))
        for what, wrong in {
            "un carácter menos": text[:-1],
            "un carácter más": text + "A",
            "relleno": text + "=",
            "espacio": text[:9] + " " + text[9:],
            "vacía": "",
            "nula": None,
            "lista": [text],
            "otro alfabeto": text[:8] + "+" + text[9:],
        }.items():
            yield Alteracion(f"{part}: {what}", envelope(**members | {part: wrong}))


def of_the_envelope() -> Iterator[Alteracion]:
    text, members = good().decode(), json.loads(good())
    other = json.loads(good(con_bienes=True))
    twice = f'{{"payload": "{other["payload"]}",' + text[1:]
    whole = {
        "bytes al final": text.encode() + b"\0",
        "otro objeto al final": text.encode() + b"{}",
        "marca de orden": b"\xef\xbb\xbf" + text.encode(),
        "no UTF-8": text.encode() + b"\xff",
        "cortado": text.encode()[:-3],
        "en una lista": b"[" + text.encode() + b"]",
        "UTF-16": text.encode("utf-16"),
        "payload repetido antes": twice.encode(),
        "payload repetido después": text.rstrip()[:-1].encode() + b',"payload":"e30"}',
        "protected repetido": text.rstrip()[:-1].encode() + b',"protected":"e30"}',
        "compacto": ".".join((members["protected"], members["payload"], members["signature"])).encode(),
        "JWS general": envelope(payload=members["payload"], signatures=[members]),
        "payload de otro reporte": envelope(**members | {"payload": other["payload"]}),
        "firma de otro reporte": envelope(**members | {"signature": other["signature"]}),
        "cabecera sin proteger": envelope(**members, header={"alg": "none"}),
        "cabecera sin proteger vacía": envelope(**members, header={}),
        "miembro de más": envelope(**members, nota="visto bueno"),
        "sin firma": envelope(payload=members["payload"], protected=members["protected"]),
        "sin cabecera protegida": envelope(
            payload=members["payload"], signature=members["signature"], header=json.loads(decode(members["protected"]))
        ),
    }
    for what, archivo in whole.items():
        yield Alteracion(what, archivo)


def _headers() -> Iterator[tuple[str, bytes]]:
    """Headers that are not ours, each with its name."""
    ours = json.loads(decode(json.loads(good())["protected"]))
    text = json.dumps(ours)
    x5c = ours["x5c"][0]
    ajeno = base64.b64encode(make_efirma(rfc="IIA040805DZ4").cer).decode()
    for alg in ("none", "None", "HS256", "HS512", "RS384", "RS512", "PS256", "ES256", "EdDSA", "rs256", "", None, 256):
        yield f"alg {alg!r}", json.dumps(ours | {"alg": alg}).encode()
    for extra, value in {
        "crit": ["b64"],
        "b64": False,
        "jku": "https://ejemplo.mx/llaves.json",
        "jwk": {"kty": "RSA"},
        "x5u": "https://ejemplo.mx/certificado.pem",
        "x5t": "AAAA",
        "x5t#S256": "AAAA",
        "kid": "1",
        "zip": "DEF",
        "enc": "A256GCM",
        "nonce": "1",
        "exp": 1,
    }.items():
        yield f"parámetro {extra}", json.dumps(ours | {extra: value}).encode()
    for missing in ours:
        yield f"sin {missing}", json.dumps({k: v for k, v in ours.items() if k != missing}).encode()
    for typ in ("JWT", "JOSE+JSON", "raoce+JSON", "application/raoce+json", None):
        yield f"typ {typ!r}", json.dumps(ours | {"typ": typ}).encode()
    for iat in (True, 1.5, -1, "1714543198", None, 10**12, 10**40):
        yield f"iat {iat!r}"[:30], json.dumps(ours | {"iat": iat}).encode()
    for what, value in {
        "vacío": [],
        "dos veces": [x5c, x5c],
        "otro antes": [ajeno, x5c],
        "otro después": [x5c, ajeno],
        "texto": x5c,
        "con salto": [x5c[:64] + "\n" + x5c[64:]],
        "base64url": [x5c.replace("+", "-").replace("/", "_") + "-"],
        "no es un certificado": [base64.b64encode(b"hola").decode()],
        "una llave": [base64.b64encode(make_efirma().key).decode()],
        "bytes al final": [base64.b64encode(make_efirma().cer + b"\0").decode()],
    }.items():
        yield f"x5c {what}", json.dumps(ours | {"x5c": value}).encode()
    yield "cty otro", json.dumps(ours | {"cty": "text/plain"}).encode()
    yield "alg repetido", text.replace('"alg"', '"alg": "none", "alg"', 1).encode()
    yield "iat repetido", (text[:-1] + ', "iat": 1}').encode()
    yield "cabecera en lista", f"[{text}]".encode()
    yield "cabecera con NaN", text.replace(str(ours["iat"]), "NaN").encode()
    yield "cabecera profunda", ('{"a":' * 40 + "1" + "}" * 40).encode()


def of_the_header() -> Iterator[Alteracion]:
    """The header changed, first alone and then with a new signature by the right key."""
    members = json.loads(good())
    ours = json.loads(decode(members["protected"]))
    for what, cabecera in _headers():
        yield Alteracion(f"cabecera: {what}", envelope(**members | {"protected": encode(cabecera)}))
        yield Alteracion(f"cabecera firmada: {what}", sign_raw(cabecera, payload_of()))
    for what, cabecera in {
        "espacios": json.dumps(ours, indent=1),
        "otro orden": json.dumps(dict(reversed(ours.items())), separators=(",", ":")),
        "un segundo más": json.dumps(ours | {"iat": ours["iat"] + 1}, separators=(",", ":")),
        "certificado de otra empresa": json.dumps(
            ours | {"x5c": [base64.b64encode(make_efirma(rfc="IIA040805DZ4").cer).decode()]}, separators=(",", ":")
        ),
        "certificado renovado": json.dumps(
            ours | {"x5c": [base64.b64encode(make_efirma(llave="renovada").cer).decode()]}, separators=(",", ":")
        ),
    }.items():
        yield Alteracion(f"cabecera: {what}", envelope(**members | {"protected": encode(cabecera.encode())}))


def of_the_writing() -> Iterator[Alteracion]:
    """The same request written otherwise, or with more in it: changed alone, and signed where that too is a lie."""
    members, text = json.loads(good()), payload_of().decode()
    payload = json.loads(text)
    otherwise = {
        "sin espacios": json.dumps(payload, ensure_ascii=False, separators=(",", ":")),
        "sin acentos literales": json.dumps(payload, indent=2),
        "otro orden": json.dumps(dict(reversed(payload.items())), ensure_ascii=False, indent=2),
        "salto al final": text + "\n",
        "saltos de Windows": text.replace("\n", "\r\n"),
        "Unicode descompuesto": text.replace("ñ", "n\u0303"),
    }
    for what, written in otherwise.items():
        yield Alteracion(f"reescrito: {what}", envelope(**members | {"payload": encode(written.encode())}))
    lies = {
        "clave repetida": text.replace('"ejercicio": 2023', '"ejercicio": 2022, "ejercicio": 2023'),
        "clave repetida dentro": text.replace('"saldo": 9500', '"saldo": 9500, "saldo": 9500'),
        "miembro de más": text.replace('"ejercicio"', '"nota": 1, "ejercicio"', 1),
        "miembro de más dentro": text.replace('"saldo"', '"nota": 1, "saldo"', 1),
        "NaN": text.replace('"saldo": 9500', '"saldo": NaN'),
        "infinito": text.replace('"saldo": 9500', '"saldo": -Infinity'),
        "número enorme": text.replace('"saldo": 9500', '"saldo": 1e400'),
        "cifra como texto": text.replace('"saldo": 9500', '"saldo": "9500"'),
        "cifra como decimal": text.replace('"saldo": 9500', '"saldo": 9500.5'),
        "año como texto": text.replace('"ejercicio": 2023', '"ejercicio": "2023"'),
        "sí como texto": text.replace('"presenta": true', '"presenta": "yes"', 1),
        "sí como 1": text.replace('"presenta": true', '"presenta": 1', 1),
        "medio par sustituto": text.replace("Centro", "\\ud800"),
        "profundo": text.replace('"Centro"', "[" * 60 + "]" * 60),
        "coma de más": text.rstrip()[:-1] + ",}",
        "comentario": text + "// visto",
        "otro formato": text.replace("raoce/1", "raoce/2"),
        "formato ajeno": text.replace("raoce/1", "cfdi/4"),
        "sin formato": text.replace('"formato": "raoce/1",', ""),
        "otra versión de las reglas": text.replace('"version": "', '"version": "0'),
        "sin plazos": json.dumps(payload | {"plazos": []}),
        "sin explicaciones": json.dumps(payload | {"explicaciones": []}),
        "plazos en otro orden": json.dumps(payload | {"plazos": payload["plazos"][::-1]}),
        "programa repetido": json.dumps(payload | {"programas": payload["programas"][:1] * 2}),
        "un programa menos": json.dumps(payload | {"programas": payload["programas"][:-1]}),
        "exportaciones mayores que ventas": json.dumps(payload | {"datos": payload["datos"] | {"ventasTotales": 1}}),
        "importaciones con IMMEX": json.dumps(
            payload | {"datos": payload["datos"] | {"totalImportaciones": 500, "saldo": 9000}}
        ),
        "bienes sin ser PROSEC solo": json.dumps(payload | {"bienes": json.loads(payload_of(True))["bienes"]}),
        "no es un objeto": json.dumps([payload]),
        "vacío": "",
    }
    for what, written in lies.items():
        data = written.encode("utf-8")
        yield Alteracion(f"contenido: {what}", envelope(**members | {"payload": encode(data)}))
        if len(encode(data)):
            yield Alteracion(f"contenido firmado: {what}", sign(data))


def of_the_signer() -> Iterator[Alteracion]:
    """Rightly signed, but not by the company's e.firma in force."""
    antes, despues = datetime(2015, 1, 1, tzinfo=UTC), datetime(2024, 5, 20, 17, 59, 59, tzinfo=UTC)
    signers = {
        "un CSD": make_efirma(tipo="csd"),
        "otra empresa": make_efirma(rfc="IIA040805DZ4"),
        "la e.firma personal de quien la representa": make_efirma(rfc="XIQB891116QE4", nombre="BERENICE XIMO QUEZADA"),
        "un RFC que se le parece": make_efirma(rfc="EKU9003173C8", llave="EKU9003173C9"),
        "una e.firma vencida": make_efirma(desde=antes, hasta=despues),
        "una e.firma que aún no era válida": make_efirma(desde=datetime(2024, 5, 20, 18, 0, 1, tzinfo=UTC)),
    }
    for who, efirma in signers.items():
        yield Alteracion(f"firmado por {who}", sign(payload_of(), efirma))
    yield Alteracion("firmado antes de hacerse", sign(payload_of(), momento=datetime(2024, 5, 19, tzinfo=UTC)))
    futuro = datetime(2030, 1, 1, tzinfo=UTC)
    yield Alteracion("firmado después de hacerse", sign(payload_of(), momento=datetime(2024, 5, 21, tzinfo=UTC)))
    yield Alteracion("hecho y firmado en el futuro", sign(to_json(build(make_reporte(), futuro)), momento=futuro))


GRUPOS: dict[str, Callable[[], Iterator[Alteracion]]] = {
    "a value of the report changed": of_the_payload,
    "a figure or a reason changed, and signed with the right key": signed_falsely,
    "bits and letters of each part": of_the_bits,
    "the envelope": of_the_envelope,
    "the header, alone and signed": of_the_header,
    "how the report is written, alone and signed": of_the_writing,
    "the signer": of_the_signer,
}


def every() -> Iterator[Alteracion]:
    for make in GRUPOS.values():
        yield from make()
