"""One CFDI 3.3 or 4.0 out of its XML: the attributes that its amount and its place need, and nothing else.

Source: Anexo 20 of the Resolución Miscelánea Fiscal; TimbreFiscalDigital 1.1; Comercio Exterior 1.1 and 2.0. The
seals are not checked. A document type declaration is refused where it begins, so that no entity is ever declared, let
alone resolved; nothing is read after the ``Addenda`` begins.
"""

import re
from datetime import date
from decimal import Context, Decimal
from functools import cache

# What xml.parsers.expat hands on; the package xml is not among what the browser is given at first.
from pyexpat import ExpatError, ParserCreate
from typing import NamedTuple

from raoce.base import DatoInvalido
from raoce.reglas import regla_vigente

# Invoices with thousands of concepts have some megabytes.
MAXIMO = 20_000_000
PROFUNDIDAD = 64
TIPOS = frozenset("IENPT")
CFD = {"http://www.sat.gob.mx/cfd/4 Comprobante": "4.0", "http://www.sat.gob.mx/cfd/3 Comprobante": "3.3"}
TIMBRE = "http://www.sat.gob.mx/TimbreFiscalDigital TimbreFiscalDigital"
SUSTITUCION = "04"

# Sums of millions of amounts of 18 digits, by rates of 18, stay exact.
EXACTA = Context(prec=100)
UUID = re.compile(r"[0-9A-F]{8}-[0-9A-F]{4}-[0-9A-F]{4}-[0-9A-F]{4}-[0-9A-F]{12}")
_FECHA = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(T.*)?")
# Anexo 20: up to six decimals; some programs write more.
_IMPORTE = re.compile(r"[0-9]{1,18}(\.[0-9]{0,18})?")


class Cfdi(NamedTuple):
    """An invoice as its XML says it. Amounts in its own currency, as text; ``""`` where there is none."""

    uuid: str  # in capitals
    version: str
    tipo: str
    emisor: str
    fecha: date
    moneda: str
    tipo_cambio: str
    subtotal: str
    descuento: str
    exporta: bool
    sustituye: tuple[str, ...]  # the UUIDs that it stands for, in capitals

    def neto(self) -> Decimal:
        """Pesos without tax, less the discount, never below zero by its type.

        Raises ``DatoInvalido``: ``cfdi-importe``, ``cfdi-sin-cambio``.
        """
        subtotal = _importe("SubTotal", self.subtotal)
        net = EXACTA.subtract(subtotal, _importe("Descuento", self.descuento)) if self.descuento else subtotal
        # An invoice in pesos is in pesos, whatever rate it writes; XXX has no amount.
        if self.moneda in ("MXN", "XXX"):
            return net
        if not self.tipo_cambio:
            raise DatoInvalido("cfdi-sin-cambio", moneda=self.moneda[:3])
        cambio = _importe("TipoCambio", self.tipo_cambio)
        if not cambio:
            raise DatoInvalido("cfdi-importe", atributo="TipoCambio", texto=self.tipo_cambio[:30])
        return EXACTA.multiply(net, cambio)


def _importe(atributo: str, texto: str) -> Decimal:
    if not _IMPORTE.fullmatch(texto):
        raise DatoInvalido("cfdi-importe", atributo=atributo, texto=texto[:30])
    return Decimal(texto)


class _Enough(Exception):
    """What follows is not of the invoice."""


class _Lector:
    """What the parser calls. Only the children of the root, and theirs, are looked at."""

    def __init__(self) -> None:
        self.version = self.emisor = self.uuid = self.parent = ""
        self.root: dict[str, str] = {}
        self.depth = 0
        self.relacion = ""
        self.sustituye: list[str] = []
        self.exporta = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        depth = self.depth
        self.depth = depth + 1
        if depth == 1:
            self.parent = local = name.rpartition(" ")[2]
            if local == "Emisor":
                self.emisor = attributes.get("Rfc", "")
            elif local == "CfdiRelacionados":
                self.relacion = attributes.get("TipoRelacion", "").strip()
            elif local == "Addenda":
                raise _Enough
        elif depth == 2:
            if self.parent == "Complemento":
                if name == TIMBRE:
                    self.uuid = self.uuid or attributes.get("UUID", "")
                elif name in _complementos():
                    self.exporta = True
            elif self.parent == "CfdiRelacionados" and self.relacion == SUSTITUCION:
                self.sustituye.append(attributes.get("UUID", "").strip().upper())
        elif depth == 0:
            self._root(name, attributes)
        elif depth > PROFUNDIDAD:
            raise DatoInvalido("cfdi-profundo", maximo=PROFUNDIDAD)

    def _root(self, name: str, attributes: dict[str, str]) -> None:
        version = CFD.get(name)
        local = name.rpartition(" ")[2]
        if version is None and local != "Comprobante":
            raise DatoInvalido("cfdi-otro", raiz=local[:40])
        said = (attributes.get("Version") or attributes.get("version") or "").strip()
        if version is None or said != version:
            raise DatoInvalido("cfdi-version", version=said[:10])
        self.version, self.root = version, attributes

    def end(self, name: str) -> None:
        self.depth -= 1

    def doctype(self, *_: object) -> None:
        raise DatoInvalido("cfdi-doctype")


@cache
def _complementos() -> frozenset[str]:
    return frozenset(f"{namespace} ComercioExterior" for namespace in regla_vigente("facturas.complementos").valor)


def read(xml: bytes) -> Cfdi:
    """An invoice.

    Raises ``DatoInvalido``: ``archivo-grande``, ``cfdi-ilegible``, ``cfdi-doctype``, ``cfdi-profundo``, ``cfdi-otro``,
    ``cfdi-version``, ``cfdi-sin-timbre``, ``cfdi-emisor``, ``cfdi-fecha``, ``cfdi-tipo``.
    """
    if len(xml) > MAXIMO:
        raise DatoInvalido("archivo-grande", maximo=MAXIMO // 1_000_000)
    lector = _Lector()
    parser = ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = lector.start
    parser.EndElementHandler = lector.end
    parser.StartDoctypeDeclHandler = lector.doctype
    try:
        parser.Parse(xml, True)
    except _Enough:
        pass
    except DatoInvalido:
        raise
    # Encodings that Python does not know, or that are none, are LookupError and ValueError.
    except (ExpatError, LookupError, ValueError) as problem:
        raise DatoInvalido("cfdi-ilegible", linea=getattr(problem, "lineno", 1)) from None
    return _cfdi(lector)


def _cfdi(lector: _Lector) -> Cfdi:
    said = lector.root.get
    uuid, emisor = lector.uuid.strip().upper(), lector.emisor.strip().upper()
    fecha, tipo = said("Fecha", "").strip(), said("TipoDeComprobante", "").strip()
    if not UUID.fullmatch(uuid):
        raise DatoInvalido("cfdi-sin-timbre")
    if not emisor or len(emisor) > 13:
        raise DatoInvalido("cfdi-emisor")
    if tipo not in TIPOS:
        raise DatoInvalido("cfdi-tipo", tipo=tipo[:10])
    try:
        if not _FECHA.fullmatch(fecha):
            raise ValueError
        dia = date.fromisoformat(fecha[:10])
    except ValueError:
        raise DatoInvalido("cfdi-fecha", texto=fecha[:30]) from None
    exporta = lector.exporta or (
        lector.version == "4.0" and said("Exportacion", "").strip() in regla_vigente("facturas.exporta").valor
    )
    return Cfdi(
        uuid,
        lector.version,
        tipo,
        emisor,
        dia,
        said("Moneda", "").strip(),
        said("TipoCambio", "").strip(),
        said("SubTotal", "").strip(),
        said("Descuento", "").strip(),
        exporta,
        tuple(u for u in lector.sustituye if u != uuid and UUID.fullmatch(u)),
    )
