"""The fields for files of the page, and the files that are given to each: a good one, the hostile ones, damaged ones.

What makes the files up is of the tests: whoever imports this has them on the path.
"""

import random
from dataclasses import dataclass

import alteraciones
import cfdi
import data_stage
import hostiles
import xls
from aduana import Rarezas
from aduana_azar import make_libro
from azar import damaged
from borradores import presented
from documentos.hojas.hojas import write
from efirmas import make_efirma
from facturas import RarezasCfdi, make_cartera
from libreoffice import ods
from raoce.bienes import COLUMNAS, Fila

Archivo = tuple[str, bytes]


@dataclass(frozen=True)
class Campo:
    """A field: its screen and its id, what is pressed before the next file so that nothing of this one is left, and
    the files. Of ``spoilt`` each round gets some damaged in another manner."""

    nombre: str
    pantalla: str
    id: str
    good: Archivo
    hostile: tuple[Archivo, ...]
    spoilt: tuple[Archivo, ...]
    suelta: str = ""
    # Of a field that is read when «Firmar» is pressed.
    firma: bool = False

    def files(self, chance: random.Random, count: int) -> list[Archivo]:
        """Those of one round, in another order each time."""
        some = [self._damaged(chance, *chance.choice(self.spoilt)) for _ in range(count)]
        return chance.sample([*self.hostile, *some], len(self.hostile) + count)

    def _damaged(self, chance: random.Random, name: str, body: bytes) -> Archivo:
        if name.endswith(".json") and self.id != "archivo-firmado":
            # A letter changed in one that is not signed makes another good one.
            return f"damaged {name}", body[: chance.randrange(len(body))]
        return f"damaged {name}", damaged(chance, body)


def campos() -> tuple[Campo, ...]:
    efirma = make_efirma()
    draft = ("borrador.json", presented().encode())
    signed = ("firmado.json", alteraciones.good(True))
    json_ = tuple((f"{name}.json", text.encode()) for name, text in hostiles.JSON.items())
    der = tuple(hostiles.DER.items())
    cer, key = ("empresa.cer", efirma.cer), ("empresa.key", efirma.key)
    rows = [Fila("I", "85011001", "Motor", "06", "5", "2", "4")] * 20
    tables = (
        ("bienes.xlsx", write(rows)),
        ("bienes.xls", xls.table(COLUMNAS, *rows)),
        ("bienes.ods", ods(COLUMNAS, *rows)),
        ("bienes.csv", "\n".join(map(";".join, (COLUMNAS, *rows))).encode()),
    )
    sheets = {name: make for name, (make, _) in hostiles.HOJAS.items()} | hostiles.HOJAS_LEGIBLES
    libro = make_libro(1, hostiles.RFC, 2023, 30, Rarezas())
    cartera = make_cartera(1, hostiles.RFC, 2023, 20, RarezasCfdi(por_zip=20))
    asc, bills = tuple(data_stage.files(libro)), tuple(cfdi.files(cartera))
    bomb = hostiles.asc_bomb()
    return (
        Campo("last year", "datos", "abrir-anterior", signed, json_, (draft, signed)),
        Campo("presented", "corregir", "archivo-presentado", draft, json_, (draft, signed)),
        Campo("draft", "plazos", "abrir-borrador", draft, json_, (draft,)),
        Campo("drafts", "empresas", "restaurar", draft, json_, (draft,), suelta="Cerrar sin restaurar"),
        Campo(
            *("signed", "verificar", "archivo-firmado", signed),
            *(json_, (signed,)),
            suelta="Verificar otro archivo",
        ),
        Campo("authority", "verificar", "autoridad", cer, der, (cer, ("autoridad.cer", efirma.autoridad))),
        Campo(
            *("sheet", "bienes", "importar-bienes", tables[0]),
            *(tuple((name, make()) for name, make in sheets.items()), tables),
            suelta="No importar nada",
        ),
        Campo("certificate", "firmar", "certificado", cer, der, (cer,)),
        Campo("key", "firmar", "llave", key, (*der, ("costly", hostiles.costly_key())), (key,), firma=True),
        Campo(
            *("Data Stage", "archivos", "data-stage", asc[0]),
            (
                ("bomb.zip", bomb),
                ("nested.zip", hostiles.nested(5, bomb)),
                ("many.zip", hostiles.many_asc()),
                ("one line_551.asc", hostiles.asc_headings("551").encode() + b"\n" + b"x" * 50_000_000),
            ),
            asc,
            suelta="Quitar los archivos",
        ),
        Campo(
            *("CFDI", "archivos", "facturas", bills[0]),
            (
                *((f"{name}.xml", text.encode()) for name, text in hostiles.DOCTYPES.items()),
                *((f"bomb {megas}.zip", hostiles.cfdi_bomb(megas)) for megas in (10, 120)),
                ("attributes.xml", hostiles.many_attributes()),
                ("nested.zip", hostiles.nested(9, hostiles.good_cfdi())),
            ),
            bills,
            suelta="Quitar los archivos",
        ),
    )
