"""The invoices (CFDI) of a company made up from a seed, and what its totals are.

The invoices stand in a `Cartera` first. `cfdi` writes them as XML and the SAT's metadata as text; `esperado` adds the
same invoices up and reads neither.
"""

import random
import uuid
from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from decimal import Decimal, localcontext
from typing import Literal, NamedTuple

INGRESO, EGRESO, NOMINA, PAGO, TRASLADO = "I", "E", "N", "P", "T"
SUSTITUCION, NOTA_DE_CREDITO, ANTICIPO = "04", "01", "07"
DE_EXPORTACION = frozenset({"02", "03", "04"})
MOTIVOS = ("repetido", "recibido", "otro-anio", "cancelado", "sustituido", "tipo")
OTRO_RFC = "ÑAM010203AB1"
EXTRANJERO, PUBLICO = "XEXX010101000", "XAXX010101000"
CLIENTES = (
    ("CEÑ850101AB1", 'COMERCIALIZADORA "EL NIÑO" & CÍA'),
    ("AAA010101AAA", "AUTOPARTES <DEL NORTE>"),
    ("&BC900101XY2", "B&C MAQUILADORES, S.A. DE C.V."),
    (PUBLICO, "PÚBLICO EN GENERAL"),
)
CLIENTES_FUERA = ((EXTRANJERO, "MÜLLER & SONS INC."), (EXTRANJERO, 'O\'BRIEN "TOOLS" LLC'))


class Relacion(NamedTuple):
    """One CfdiRelacionados: its TipoRelacion and the UUIDs that it names."""

    tipo: str
    uuids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Factura:
    """Amounts in its own currency; `tipo_cambio` in pesos, `None` where the attribute is left out."""

    uuid: str
    rfc_emisor: str
    fecha: datetime
    subtotal: Decimal
    descuento: Decimal = Decimal(0)
    impuestos: Decimal = Decimal(0)
    tipo: str = INGRESO
    version: Literal["3.3", "4.0"] = "4.0"
    moneda: str = "MXN"
    tipo_cambio: Decimal | None = None
    exportacion: str = "01"  # 4.0 alone writes it
    comercio_exterior: Literal["", "1.1", "2.0"] = ""
    relaciones: tuple[Relacion, ...] = ()
    rfc_receptor: str = "AAA010101AAA"
    nombre_receptor: str = "AUTOPARTES <DEL NORTE>"
    cancelada: date | None = None  # the metadata alone tell

    @property
    def total(self) -> Decimal:
        return self.subtotal - self.descuento + self.impuestos

    @property
    def exporta(self) -> bool:
        """By its own attribute or complement; a credit note too, whatever the invoice that it credits says."""
        return bool(self.comercio_exterior) or (self.version == "4.0" and self.exportacion in DE_EXPORTACION)


@dataclass(frozen=True)
class RarezasCfdi:
    """What is odd in these invoices. By default nothing is. Shares are of the invoices, from 0 to 1."""

    # Of the writing: the totals are the same whatever these say.
    sin_prefijo: bool = False  # xmlns="…/cfd/4" instead of cfdi:
    marca_de_orden: bool = False  # a BOM, as some programs write it
    sin_declaracion: bool = False  # no <?xml …?>
    addenda: bool = False  # with a Comprobante inside that is none
    uuid_minusculas: bool = False
    por_zip: int = 5000  # invoices in a zip; 0: loose files
    anidado: bool = False
    estatus_en_letra: bool = False  # in the metadata: Vigente and Cancelado for 1 and 0
    # Of what is invoiced.
    v33: float = 0.2
    dolares: float = 0.3
    exportacion: float = 0.4
    egresos: float = 0.05
    otros_tipos: float = 0.1
    # Of what is delivered.
    metadatos: bool = True
    repetidos: float = 0
    recibidos: float = 0
    otro_anio: float = 0
    cancelados: float = 0
    sustituidos: float = 0

    @classmethod
    def al_azar(cls, semilla: int) -> "RarezasCfdi":
        chance = random.Random(f"rarezas cfdi {semilla}")
        coin, pick = (lambda p=0.5: chance.random() < p), chance.choice
        return cls(
            sin_prefijo=coin(0.2),
            marca_de_orden=coin(0.2),
            sin_declaracion=coin(0.2),
            addenda=coin(),
            uuid_minusculas=coin(),
            por_zip=pick((0, 3, 50, 5000)),
            anidado=coin(0.2),
            estatus_en_letra=coin(0.3),
            v33=pick((0, 0.2, 1)),
            dolares=pick((0, 0.3)),
            exportacion=pick((0, 0.4, 0.9)),
            egresos=pick((0, 0.1, 0.4)),
            otros_tipos=pick((0, 0.1, 0.3)),
            metadatos=coin(0.7),
            repetidos=pick((0, 0.02, 0.1)),
            recibidos=pick((0, 0.02, 0.3)),
            otro_anio=pick((0, 0.02, 0.1)),
            cancelados=pick((0, 0.02, 0.1)),
            sustituidos=pick((0, 0.02, 0.1)),
        )


@dataclass(frozen=True)
class Cartera:
    """The invoices as they are delivered, some of them more than once."""

    rfc: str
    ejercicio: int
    facturas: tuple[Factura, ...]
    rarezas: RarezasCfdi = field(default_factory=RarezasCfdi)
    semilla: int = 0


@dataclass(frozen=True)
class VentasEsperadas:
    """Pesos without tax, not rounded: what type I says less what type E says. `por_mes` has months 1 to 12."""

    facturado: Decimal
    exportado: Decimal
    por_mes: dict[int, Decimal]
    contados: dict[str, int]  # invoices by type, I and E
    excluidos: dict[str, int]
    decisiones: dict[str, str]  # by UUID in capitals: "" for what counts

    @property
    def nacional(self) -> Decimal:
        with localcontext(prec=100):
            return self.facturado - self.exportado


def pesos(factura: Factura) -> Decimal:
    """Without tax, below zero for type E; at the exchange rate that the invoice itself says."""
    sign = -1 if factura.tipo == EGRESO else 1
    return sign * (factura.subtotal - factura.descuento) * (factura.tipo_cambio or 1)


def esperado(cartera: Cartera, con_metadatos: bool | None = None) -> VentasEsperadas:
    """What a reader must find, with the metadata or without them (by default as the `rarezas` deliver them).

    A substitution counts on its own date, and what it names is out, whatever became of it: of A, substituted by B, and
    that by C, only C counts.
    """
    sabe = cartera.rarezas.metadatos if con_metadatos is None else con_metadatos
    excluidos = dict.fromkeys(MOTIVOS, 0)
    presentes: dict[str, Factura] = {}
    for factura in cartera.facturas:
        if factura.uuid.upper() in presentes:
            excluidos["repetido"] += 1
        else:
            presentes[factura.uuid.upper()] = factura
    sustituidos = {
        u.upper()
        for f in presentes.values()
        if f.rfc_emisor == cartera.rfc
        for relacion in f.relaciones
        if relacion.tipo == SUSTITUCION
        for u in relacion.uuids
    }
    por_mes: dict[int, Decimal] = defaultdict(Decimal)
    facturado = exportado = Decimal(0)
    contados = {INGRESO: 0, EGRESO: 0}
    decisiones = {}
    with localcontext(prec=100):
        for clave, factura in presentes.items():
            if factura.rfc_emisor != cartera.rfc:
                motivo = "recibido"
            elif factura.fecha.year != cartera.ejercicio:
                motivo = "otro-anio"
            elif sabe and factura.cancelada:
                motivo = "cancelado"
            elif clave in sustituidos:
                motivo = "sustituido"
            elif factura.tipo not in contados:
                motivo = "tipo"
            else:
                motivo = ""
            decisiones[clave] = motivo
            if motivo:
                excluidos[motivo] += 1
                continue
            valor = pesos(factura)
            contados[factura.tipo] += 1
            facturado += valor
            exportado += valor if factura.exporta else 0
            por_mes[factura.fecha.month] += valor
    return VentasEsperadas(facturado, exportado, dict(por_mes), contados, excluidos, decisiones)


# Invoices from a seed.


class _Autor:
    """Makes up invoices; the same seed makes the same ones."""

    def __init__(self, semilla: int, rfc: str, ejercicio: int, rarezas: RarezasCfdi):
        self.chance = random.Random(f"cartera {semilla}")
        self.rfc, self.ejercicio, self.rarezas = rfc, ejercicio, rarezas

    def uuid(self) -> str:
        return str(uuid.UUID(int=self.chance.getrandbits(128), version=4)).upper()

    def fecha(self, anio: int) -> datetime:
        return datetime(anio, 1, 1) + timedelta(seconds=int(self.chance.random() * 365 * 86400))

    def amount(self, most: int) -> Decimal:
        """With cents, at least one."""
        return Decimal(self.chance.randrange(1, most)).scaleb(-2)

    def factura(self, fecha: datetime, tipo: str = INGRESO, **rest) -> Factura:
        r, chance = self.rarezas, self.chance
        version = "3.3" if chance.random() < r.v33 else "4.0"
        common = {"uuid": self.uuid(), "rfc_emisor": self.rfc, "fecha": fecha, "tipo": tipo, "version": version}
        if tipo in (PAGO, TRASLADO):
            return Factura(**common | {"subtotal": Decimal(0), "moneda": "XXX"} | rest)
        if tipo == NOMINA:
            return Factura(**common | {"subtotal": self.amount(5_000_000), "rfc_receptor": "XIQB891116QE4"} | rest)
        subtotal = self.amount(300_000_000 if tipo == INGRESO else 10_000_000)
        descuento = (subtotal * chance.choice((5, 10)) / 100).quantize(Decimal("0.01"), "ROUND_DOWN")
        descuento = descuento if chance.random() < 0.2 else Decimal(0)
        moneda, cambio = "MXN", Decimal(1) if chance.random() < 0.5 else None
        if chance.random() < r.dolares:
            # Four to six decimals, as the Banco de México publishes it or as a bank's contract says.
            moneda, units = chance.choice((("USD", 17), ("USD", 19), ("EUR", 20)))
            digits = chance.choice((4, 4, 6))
            cambio = units + Decimal(chance.randrange(10**digits)).scaleb(-digits)
        exportacion, complemento, cliente = "01", "", chance.choice(CLIENTES)
        if chance.random() < r.exportacion:
            exportacion = chance.choice(("02", "02", "02", "03", "04"))
            cliente = chance.choice(CLIENTES_FUERA)
            # Of 3.3 the complement alone tells an export; 4.0 asks for it with 02.
            if version == "3.3":
                complemento, exportacion = "1.1", "01"
            elif exportacion == "02":
                complemento = "2.0"
        nacional = exportacion == "01" and not complemento
        impuestos = ((subtotal - descuento) * 16 / 100).quantize(Decimal("0.01")) if nacional else Decimal(0)
        amounts = {"subtotal": subtotal, "descuento": descuento, "impuestos": impuestos}
        kind = {"exportacion": exportacion, "comercio_exterior": complemento}
        who = {"rfc_receptor": cliente[0], "nombre_receptor": cliente[1]}
        return Factura(**common | amounts | kind | who | {"moneda": moneda, "tipo_cambio": cambio} | rest)

    def some(self, done: list[Factura]) -> list[Factura]:
        """The next to be delivered: one, or one and what substitutes it."""
        r, chance = self.rarezas, self.chance
        shares = (r.recibidos, r.otro_anio, r.cancelados, r.sustituidos, r.egresos, r.otros_tipos)
        kinds = ("recibido", "otro-anio", "cancelado", "sustituido", "egreso", "otro-tipo", "bueno")
        fecha = self.fecha(self.ejercicio)
        match chance.choices(kinds, (*shares, max(0.0, 1 - sum(shares))))[0]:
            case "recibido":
                company = {"rfc_receptor": self.rfc, "nombre_receptor": "COMPAÑÍA DEL CAÑÓN & CÍA."}
                return [self.factura(fecha, rfc_emisor=OTRO_RFC, **company)]
            case "otro-anio":
                return [self.factura(self.fecha(self.ejercicio + chance.choice((-1, 1))))]
            case "cancelado":
                factura = self.factura(fecha, chance.choice((INGRESO, INGRESO, EGRESO, PAGO)))
                return [replace(factura, cancelada=self._after(fecha).date())]
            case "sustituido":
                return self._substituted(self.factura(fecha))
            case "egreso":
                return [self.factura(fecha, EGRESO, relaciones=self._related(done))]
            case "otro-tipo":
                return [self.factura(fecha, chance.choice((NOMINA, PAGO, TRASLADO)))]
        relaciones = self._related(done, ANTICIPO) if chance.random() < 0.05 else ()
        return [self.factura(fecha, relaciones=relaciones)]

    def _after(self, fecha: datetime) -> datetime:
        return fecha + timedelta(days=self.chance.randrange(1, 40))

    def _related(self, done: list[Factura], tipo: str = "") -> tuple[Relacion, ...]:
        """A credit note or an advance leaves what it names as it is."""
        if not done:
            return ()
        return (Relacion(tipo or self.chance.choice((NOTA_DE_CREDITO, ANTICIPO)), (self.chance.choice(done).uuid,)),)

    def _substituted(self, first: Factura) -> list[Factura]:
        """Once or twice; mostly the one substituted is cancelled too, as it should be."""
        chain = [first]
        for _ in range(self.chance.choice((1, 1, 1, 2))):
            last = chain[-1]
            later = self._after(last.fecha)
            if self.chance.random() < 0.7:
                chain[-1] = replace(last, cancelada=later.date())
            relaciones = [Relacion(SUSTITUCION, (last.uuid,))]
            new = replace(last, uuid=self.uuid(), fecha=later, subtotal=last.subtotal + 1, cancelada=None)
            # 4.0 alone may name relations of more than one kind.
            if new.version == "4.0" and self.chance.random() < 0.3:
                relaciones.insert(0, Relacion(ANTICIPO, (self.uuid(),)))
            chain.append(replace(new, relaciones=tuple(relaciones)))
        return chain


def make_cartera(semilla: int, rfc: str, ejercicio: int, facturas: int, rarezas: RarezasCfdi | None = None) -> Cartera:
    """That many different invoices, and some of them again. Without `rarezas` the seed chooses them."""
    rarezas = RarezasCfdi.al_azar(semilla) if rarezas is None else rarezas
    autor = _Autor(semilla, rfc, ejercicio, rarezas)
    done: list[Factura] = []
    while len(done) < facturas:
        done += autor.some(done)
    done = done[:facturas]
    done += [f for f in done if autor.chance.random() < rarezas.repetidos]
    autor.chance.shuffle(done)
    return Cartera(rfc, ejercicio, tuple(done), rarezas, semilla)
