"""Uses the program without sense or mercy: what can be pressed on the screen is pressed, and anything is typed.

Only what the page could send is sent: the fields, buttons and links of the HTML shown, the files of its file fields,
the address, what the page answers to an effect. What is written in them is real or hostile. A seed does the same again.
"""

import base64
import html
import json
import random
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import cfdi
import data_stage
from aduana_azar import make_libro
from borradores import company, draft_file, presented
from documentos.hojas.hojas import write
from efirmas import make_efirma
from facturas import make_cartera
from libreoffice import ods, row
from lugares import ROOT
from pantallas.update import update
from pantallas.view import view
from raoce.bienes import COLUMNAS, Fila
from tramite.formulario.campos import CAMPOS
from tramite.pantallas import TODAS
from tramite.state import initial_state
from tramites import holding

ELEMENT = re.compile(r"<(?:input|select|textarea|button|a|form|section|div|fieldset)\b([^>]*)>")
ATTRIBUTE = re.compile(r'([a-z-]+)(?:="([^"]*)")?')

HOSTILE = (
    *("", " ", "0", "-0", "-1", "1e9", "1E400", "0x10", "1_000", "12,5", "1.000,50", "NaN", "Infinity"),
    *("١٢٣", "１２３", "²", "½", "Ⅷ"),
    *("9" * 5000, "0" * 5000 + "1", "-" + "9" * 40, "0." + "0" * 3000 + "1", "1" * 19, "999999999999999999.999999"),
    *("\u0301" * 300, "e\u0301", "\u202eabc\u202c", "\u2066x", "\ufeff", "\u200b", "\u00a0", "\u2028"),
    *("ﬁ", "İ", "ß", "ŉ", "🧾" * 200),
    *("\ud800", "a\udfff", "\ud83d", "\udcff" * 40),
    *("{}", "{0}", "{nombre}", "{{ 7*7 }}", "{% raw %}", "%s%n", "${x}", "\\", "\\u0000"),
    *("<b>&amp;\"'", "</template>", "]]>", "<!--"),
    *(
        "=1+1",
        "+cmd|' /C calc'!A0",
        "@SUM(1)",
        "-2+3",
        "\t=1",
        "'; DROP TABLE",
        "../../etc/passwd",
        "javascript:alert(1)",
    ),
    *("".join(map(chr, range(32))), "\x00", "\x7f\x80\x9f", "\r\n\r\n", "a\tb\nc", "\x1b[31m"),
    *("2024-02-30", "0000-00-00", "9999-12-31", "0001-01-01", "10000-01-01", "2024-13-01", "?", "31/05/2024"),
    *("2024-W10-1", "20240531"),
    *("XAXX010101000", "ekü9003173c9", "EKU9003173C9", "&ÑÑ010101AAA", "a@b", "a@b.mx", "@"),
    *("8501.10.01", "85011001 01", "XXII", "café"),
    *("[]", '{"a":1}', "[" * 3000, "null", '"', '[["2024-05-01"]]'),
    '[{"desde":"2024-05-01","hasta":"2024-05-02","referencia":""}]',
    *("raoce", "si", "no", "todo", "IMMEX", "PROSEC,ALTEX", "2023", "2024", "2025", "1999", "366", "-366"),
    *("12345", "100000", "1"),
)
PLAIN = ("5000", "3500", "2019-8664", "industrial", "85011001", "Motor", "06", "10", "I", "2024-05-20", "si", "X")
FILE_NAMES = ("a.json", "b.xlsx", "b.ods", "c.csv", "d.cer", "e.key", "f.pfx", "", "\u202egnp.exe", "x" * 300, "sin")
DAYS = ("2024-05-20", "2024-06-03", "2025-04-01", "2026-11-26", "2027-02-28", "2024-12-31")
CASES = ("fecha-prosec", "reporte-completo", "programa-no-aparece", "no-hay")
QUERIES = ("IMMEX", "IMMEX,PROSEC", "practica", "fecha-prosec", "reporte-completo", "2023", "1", "%FF%00", "2024-06-03")
ROWS = "\n".join(f"I\t85011001\tMotor {n}\t06\t{n}\t1\t1" for n in range(120))
PROSEC = company() | {"programa-PROSEC": "si", "ejercicio": "2023", "ventas": "5000", "exportaciones": "3500"}
GOODS = holding(PROSEC | {"importaciones": "1", "bienes": ROWS})
REPORT = holding(json.loads(presented())["campos"])
# Once in a while: each costs as much as a thousand others.
HUGE = ("A" * 1_000_000, "9" * 1_000_000, "{" * 200_000, "I\t85011001\tMotor\t06\t1\t1\t1\n" * 3000)


@cache
def good_files() -> tuple[tuple[str, bytes], ...]:
    """One of each kind that the page reads, as it should be, beside a part of the name of the event that reads it."""
    efirma = make_efirma()
    good = Fila("I", "85011001", "Motor", "06", "5", "2", "4")
    bad = Fila("XXII", "09011201", "Café", "galón", "x", "", "=1")
    asked = (*COLUMNAS,), ("22", "0901.21.01 01", "Café", "kg", "1.000,50 kg", "—", "30.000"), row(good, hidden=True)
    return (
        ("importar", write([good, bad])),
        ("importar", ods(*asked)),
        ("importar", b"I\t85011001\tMotor\t06\t1\t1\t1\n"),
        ("importar", "Sector;Fracción;Bien\nI;8501.10.01;Año".encode("cp1252")),
        ("borrador", draft_file(**company()).encode()),
        ("abrir", presented().encode()),
        ("certificado", efirma.cer),
        ("llave", efirma.key),
        ("autoridad", efirma.autoridad),
        *(("data-stage", body) for _, body in data_stage.files(make_libro(1, "EKU9003173C9", 2023, 30))),
        *(("facturas", body) for _, body in cfdi.files(make_cartera(1, "EKU9003173C9", 2023, 10))),
    )


def damaged(chance: random.Random, body: bytes) -> bytes:
    """`body` with a few of its bytes gone, changed or added to."""
    whole = bytearray(body)
    for _ in range(chance.randrange(1, 5)):
        at = chance.randrange(len(whole) + 1)
        match chance.randrange(3):
            case 0:
                del whole[at : at + chance.randrange(1, 50)]
            case 1:
                whole[at:at] = chance.randbytes(chance.randrange(1, 20))
            case _:
                whole[at : at + 1] = chance.randbytes(1)
    return bytes(whole)


# What draws pages of a PDF takes as long as a hundred other events.
DRAWN = {"captura.descargar", "empresas.lote-hojas"}


@dataclass
class Azar:
    """One user. `done` are the events so far, to tell what led to a fault."""

    seed: int
    done: list[dict] = field(default_factory=list)
    signed: list[bytes] = field(default_factory=list)  # the files that it was given to keep

    def __post_init__(self):
        self.random = random.Random(self.seed)
        self.malice = self.random.random()
        self.state = initial_state()
        self.kept: dict = {}
        self.pending: list[dict] = []
        self.html = ""
        self.send(self._open())

    def step(self) -> None:
        """One more event: what an effect has asked for, or something of the screen."""
        if self.pending:
            self.send(self.pending.pop(self.random.randrange(len(self.pending))))
        else:
            self.send(self._something())

    def send(self, event: dict) -> None:
        event = event | {"hoy": self._day(), "ahora": f"{self._day()}T18:00:00+00:00"}
        self.done.append(event)
        # As it travels: what cannot be written as JSON, there or back, would never arrive.
        state, effects = update(self.state, json.loads(json.dumps(event)))
        page = view(state)
        json.dumps({"html": page, "effects": effects})
        self.state, self.html = state, page
        for effect in effects:
            self._carry_out(effect)

    def _something(self) -> dict:
        choices: list[Callable[[], dict | None]] = [
            *([self._type] * 6),
            *([self._press] * 9),
            *([self._choose_file] * 3),
            self._go,
            self._rarely,
        ]
        while not (event := self.random.choice(choices)()):
            pass
        return event

    def _rarely(self) -> dict:
        if self.random.random() < 0.5:
            return self._address()
        return {
            "name": self.random.choice(("otra-pestana", "sin-almacenamiento", "con-almacenamiento", "descarga-fallo"))
        }

    def _day(self) -> str:
        return self.random.choice(DAYS)

    def _text(self) -> str:
        if self.random.random() < 0.001:
            return self.random.choice(HUGE)
        if self.random.random() > self.malice:
            return self.random.choice(PLAIN)
        return self.random.choice(HOSTILE) if self.random.random() < 0.8 else self._mixed()

    def _mixed(self) -> str:
        return "".join(self.random.choice(HOSTILE)[:20] for _ in range(self.random.randrange(1, 6)))

    def _elements(self) -> list[dict[str, str]]:
        """The attributes of what can be used on the screen."""
        return [{k: html.unescape(v) for k, v in ATTRIBUTE.findall(rest)} for rest in ELEMENT.findall(self.html)]

    def _type(self) -> dict | None:
        fields = [a for a in self._elements() if "name" in a and a.get("type") != "file"]
        # A field of another screen too: what a link or a draft brings is there although it does not show.
        name = (
            self.random.choice(fields)["name"]
            if fields and self.random.random() < 0.8
            else self.random.choice([*CAMPOS])
        )
        kind = self.random.choice(("entrada", "cambio", "cambio"))
        choices = [a["value"] for a in fields if a["name"] == name and a.get("type") == "radio"]
        if choices and self.random.random() < 0.5:
            return {"name": kind, "valores": {name: self.random.choice(choices)}}
        if self.random.random() < 0.2:
            return {"name": "pausa", "campo": name}
        return {"name": kind, "valores": {name: self._text()}}

    def _press(self) -> dict | None:
        # Enter in a part of the page with a button of its own presses that one.
        elements = self._elements()
        there = [a | {"data-evento": a["data-intro"]} for a in elements if a.get("data-intro")]
        there += [a for a in elements if "data-evento" in a and a.get("type") != "file"]
        if not there:
            return None
        # By what happens, and not by how many links do the same.
        name = self.random.choice(sorted({a["data-evento"] for a in there}))
        if name in DRAWN and self.random.random() < 0.8:
            return None
        pressed = self.random.choice([a for a in there if a["data-evento"] == name])
        data = {k.removeprefix("data-"): v for k, v in pressed.items() if k.startswith("data-")}
        data = {k: v for k, v in data.items() if k not in ("evento", "intro")}
        return {"name": name, **{re.sub(r"-(.)", lambda m: m[1].upper(), k): v for k, v in data.items()}}

    def _choose_file(self) -> dict | None:
        inputs = [a for a in self._elements() if a.get("type") == "file" and "data-evento" in a]
        if not inputs:
            return None
        chosen = self.random.choice(inputs)
        name, body = self._file(chosen["data-evento"])
        if "multiple" in chosen:
            count = self.random.randrange(1, 4)
            return {
                "name": chosen["data-evento"],
                "cuantos": count,
                "archivos": [{"nombre": name, "bytes": len(body)}] * count,
                "primero": 0,
            }
        body = body[: int(chosen.get("data-maximo", 10**8)) + 1]
        if chosen.get("data-contenido") == "base64":
            return {"name": chosen["data-evento"], "nombre": name, "contenido": base64.b64encode(body).decode()}
        text = body.decode("utf-8", "replace")
        return {"name": chosen["data-evento"], "nombre": name, "texto": text, "varios": chosen.get("data-varios")}

    def _file(self, event: str) -> tuple[str, bytes]:
        name = self.random.choice(FILE_NAMES)
        expected = [body for part, body in good_files() if part in event]
        if expected and self.random.random() > self.malice:
            return name, self.random.choice(expected)
        files = (*(body for _, body in good_files()), *self.signed)
        match self.random.randrange(4):
            case 0:
                return name, self._text().encode("utf-8", "surrogatepass")
            case 1:
                draft = {self.random.choice([*CAMPOS]): self._text() for _ in range(self.random.randrange(1, 6))}
                return name, draft_file(**draft).encode("utf-8", "surrogatepass")
            case 2:
                return name, damaged(self.random, self.random.choice(files))
            case _:
                return name, self.random.choice(files)

    def _go(self) -> dict:
        return (
            {"name": "ir", "pantalla": self.random.choice([*TODAS])} if not self.state.modo.nombre else self._address()
        )

    def _address(self) -> dict:
        if self.random.random() < 0.3:
            return self._open()
        return {"name": "historial", "busqueda": self._query()}

    def _query(self) -> str:
        if self.random.random() < 0.15:
            return f"?modo=practica&caso={self.random.choice(CASES)}"
        names = (*CAMPOS, "pantalla", "programas", "fecha", "modo", "caso", "avance", "incrustado", "lang", "ejercicio")
        pairs = [f"{self.random.choice(names)}={self._value()}" for _ in range(self.random.randrange(6))]
        return "?" + "&".join(pairs)

    def _value(self) -> str:
        return self.random.choice((*TODAS, *QUERIES)) if self.random.random() < 0.6 else self._text()

    def _open(self) -> dict:
        """The page is loaded anew, with what the device keeps."""
        self.state = initial_state()
        self.pending = []
        return {
            "name": "inicio",
            "busqueda": self._query(),
            "registro": self.random.choice((self.kept, None, REPORT, GOODS)),
            "almacenamiento": self.random.random() < 0.9,
            "enmarcada": self.random.random() < 0.1,
            "sitio": "https://x.mx/",
        }

    def _carry_out(self, effect: dict) -> None:
        match effect["tipo"]:
            case "guardar":
                kept = self.kept | effect["cambios"]
                self.kept = {k: v for k, v in kept.items() if v is not None}
            case "borrar":
                self.kept = {}
            case "descargar" if '"payload"' in effect.get("texto", ""):
                self.signed.append(effect["texto"].encode())
            case "seguir":
                self.pending.append({"name": effect["evento"]})
            case "leer":
                name, body = self._file(effect["evento"])
                body = body[effect["desde"] : effect["desde"] + effect["maximo"]]
                read = {"mime": "", "contenido": base64.b64encode(body).decode()}
                came = read if self.random.random() < 0.9 else {"fallo": True}
                asked = {k: effect[k] for k in ("campo", "indice", "desde")}
                self.pending.append({"name": effect["evento"], **asked, "nombre": name, **came})
            case "traer":
                came = {"texto": self._site_file(effect["archivo"])} if self.random.random() < 0.8 else {"fallo": True}
                self.pending.append({"name": effect["evento"], "clave": effect["clave"], **came})
            case "firmar":
                self.pending.append(self._signature(effect))
            case "crear-llave":
                key = {"n": "AQAB", "e": "AQAB"}
                self.pending.append({"name": "firmar.llave-de-practica", "llave": key, "evento": effect["evento"]})
            case "firmar-en-practica":
                self.pending.append(self._signed_with(self.random.randbytes(256)))
            case "word":
                self.pending.append({"name": "descarga-fallo"})

    def _signature(self, effect: dict) -> dict:
        match self.random.randrange(3):
            case 0:
                code = self.random.choice(("llave-falta", "firma-fallo", "sin-conexion"))
                return {"name": "firmar.fallo", "codigo": code}
            case 1:
                return self._signed_with(self.random.randbytes(256))
            case _:
                return self._signed_with(make_efirma().sign(base64.b64decode(effect["entrada"])))

    def _signed_with(self, signature: bytes) -> dict:
        return {"name": "firmar.firmado", "firma": base64.b64encode(signature).decode()}

    def _site_file(self, path: str) -> str:
        if self.random.random() < 0.3:
            return self._text()
        file = Path(ROOT, "dist", path)
        return file.read_text(encoding="utf-8") if file.is_file() else "[]"
