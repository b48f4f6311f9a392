"""The pedimentos of a company as its Data Stage delivers them, and what their totals are.

They stand in a `Libro`: `aduana_azar.make_libro` makes one up from a seed, `data_stage.files` writes it as the SAT
does. `esperado` adds the same book up and reads no file, so that a reader is measured against something that shares
nothing with it.
"""

import random
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal, localcontext
from functools import cached_property
from typing import Literal, NamedTuple

IMPORTACION, EXPORTACION = "1", "2"
NORMAL, RECTIFICACION, DESISTIDO = "1", "2", "7"
CLAVES_DE_EXPORTACION = frozenset({"RT", "A1", "V1"})
MOTIVOS = ("repetido", "otro-rfc", "otro-anio", "desistido", "rectificado", "clave")

OTRO_RFC = "ÑAM010203AB1"  # the company whose pedimentos came by mistake


class Partida(NamedTuple):
    """One row of 551. Values in pesos; the quantity in the Tarifa's unit, whose code has two digits."""

    fraccion: str
    unidad: str
    valor_comercial: int | Decimal
    valor_agregado: int | Decimal = 0
    cantidad_umt: int | Decimal = 1
    descripcion: str = "MERCANCIA"


class Llave(NamedTuple):
    """What a pedimento is known by: its number comes again ten years later."""

    patente: str
    pedimento: str
    seccion: str
    anio: int


class Referencia(NamedTuple):
    """A pedimento as the 701 of another names it."""

    patente: str
    pedimento: str
    seccion: str
    documento: str
    fecha: datetime

    @property
    def llave(self) -> Llave:
        return Llave(self.patente, self.pedimento, self.seccion, self.fecha.year)


@dataclass(frozen=True, slots=True)
class Pedimento:
    """`anterior` is what it rectifies and `original` the first of that chain: with them it has a row of 701."""

    patente: str
    pedimento: str
    seccion: str
    tipo_operacion: str
    clave: str
    rfc: str
    fecha_pago: datetime
    partidas: tuple[Partida, ...]
    tipo_pedimento: str = NORMAL
    anterior: Referencia | None = None
    original: Referencia | None = None

    @property
    def llave(self) -> Llave:
        return Llave(self.patente, self.pedimento, self.seccion, self.fecha_pago.year)

    @property
    def referencia(self) -> Referencia:
        return Referencia(self.patente, self.pedimento, self.seccion, self.clave, self.fecha_pago)

    @property
    def rectifica(self) -> bool:
        """A rectification that was given up rectifies nothing."""
        return self.anterior is not None and self.tipo_pedimento != DESISTIDO


@dataclass(frozen=True)
class Rarezas:
    """What is odd in a delivery. By default nothing is. Shares are of the pedimentos, from 0 to 1."""

    # Of the layout: the totals are the same whatever these say.
    codificacion: Literal["utf-8", "utf-8-sig", "latin-1", "mezclada"] = "utf-8"
    revueltas: bool = False  # columns in another order
    columnas_de_mas: int = 0
    columnas_de_menos: int = 0  # of those that no total needs
    pipe_final: Literal["siempre", "nunca", "filas"] = "siempre"
    fechas: Literal["iso", "dia"] = "iso"  # AAAA-MM-DD HH:MM:SS or DD/MM/AAAA
    fin_de_linea: str = "\r\n"
    unidad_sin_cero: bool = False
    vacio: Literal["sin-bytes", "encabezados"] = "encabezados"  # a file without rows
    extension: str = "asc"
    anidado: bool = False  # one zip that holds the zips
    sueltos: bool = False  # no zip at all
    desorden: bool = False  # the months in any order
    # Of what is written in the rows.
    comillas: bool = False
    decimales: bool = False  # values with up to twelve decimals
    documento_anterior: Literal["cadena", "original"] = "original"  # the clave in the 701 of a second rectification
    # Of what is delivered.
    meses_repetidos: tuple[int, ...] = ()
    meses_faltantes: tuple[int, ...] = ()
    meses_sin_operaciones: tuple[int, ...] = ()
    traslapados: int = 0  # pedimentos that the next month's files bring again
    rectificados: float = 0
    huerfanas: float = 0
    desistidos: float = 0
    ajenos: float = 0
    zip_ajeno: bool = False  # those of the other company in a zip of their own
    otro_anio: float = 0
    otro_anio_aparte: bool = True  # in zips of their own, or strayed into those of the ejercicio

    @classmethod
    def al_azar(cls, semilla: int) -> "Rarezas":
        chance = random.Random(f"rarezas {semilla}")
        coin, pick = (lambda p=0.5: chance.random() < p), chance.choice
        meses = chance.sample(range(1, 13), 4)
        return cls(
            codificacion=pick(("utf-8", "utf-8-sig", "latin-1", "mezclada")),
            revueltas=coin(),
            columnas_de_mas=pick((0, 0, 1, 2)),
            columnas_de_menos=pick((0, 0, 1, 3)),
            pipe_final=pick(("siempre", "nunca", "filas")),
            fechas=pick(("iso", "iso", "dia")),
            fin_de_linea=pick(("\r\n", "\n")),
            unidad_sin_cero=coin(),
            vacio=pick(("sin-bytes", "encabezados")),
            extension=pick(("asc", "asc", "ASC", "txt", "csv")),
            anidado=coin(0.2),
            sueltos=coin(0.2),
            desorden=coin(),
            comillas=coin(),
            decimales=coin(0.3),
            documento_anterior=pick(("cadena", "original")),
            meses_repetidos=tuple(meses[: pick((0, 0, 1))]),
            meses_faltantes=tuple(meses[1 : 1 + pick((0, 0, 1))]),
            meses_sin_operaciones=tuple(meses[2 : 2 + pick((0, 0, 1))]),
            traslapados=pick((0, 0, 1, 5)),
            rectificados=pick((0, 0.05, 0.3)),
            huerfanas=pick((0, 0.02, 0.1)),
            desistidos=pick((0, 0.02, 0.1)),
            ajenos=pick((0, 0.02, 0.1)),
            zip_ajeno=coin(),
            otro_anio=pick((0, 0.02, 0.1)),
            otro_anio_aparte=coin(),
        )


@dataclass(frozen=True)
class Entrega:
    """What one zip holds; `nombre` is AAAAMM, with something after it where that month is already given."""

    nombre: str
    pedimentos: tuple[Pedimento, ...]


@dataclass(frozen=True)
class Libro:
    """The pedimentos of a company as they are delivered, some of them more than once."""

    rfc: str
    ejercicio: int
    entregas: tuple[Entrega, ...]
    rarezas: Rarezas = field(default_factory=Rarezas)
    semilla: int = 0

    @cached_property
    def filas(self) -> dict[str, int]:
        """How many rows each of the files that are read has, over all the zips."""
        todos = [p for e in self.entregas for p in e.pedimentos]
        partidas = sum(len(p.partidas) for p in todos)
        return {"501": len(todos), "551": partidas, "701": sum(p.anterior is not None for p in todos)}


# The right answer.


@dataclass(frozen=True)
class Esperado:
    """Money in pesos, not rounded. Keys: tipo de operación first, then clave, month (1 to 12), or fracción and unit."""

    por_clave: dict[tuple[str, str], Decimal]
    por_mes: dict[tuple[str, int], Decimal]
    volumenes: dict[tuple[str, str, str], Decimal]
    contados: dict[str, int]  # pedimentos by tipo de operación
    excluidos: dict[str, int]  # pedimentos by reason, exports and imports together
    huerfanas: int  # rectifications of the company whose chain has nothing else in the files
    decisiones: dict[Llave, str]  # "" for what counts; a repetition has no entry of its own

    @property
    def exportaciones(self) -> Decimal:
        return self._total(EXPORTACION)

    @property
    def importaciones(self) -> Decimal:
        return self._total(IMPORTACION)

    def _total(self, tipo: str) -> Decimal:
        with exact():
            return sum((v for (t, _), v in self.por_clave.items() if t == tipo), Decimal(0))


def exact():
    """A context in which no sum of these is rounded: the usual 28 digits are too few for twelve decimals."""
    return localcontext(prec=100)


def in_thousands(pesos: Decimal) -> int:
    """Divided once and rounded half up, as the report asks."""
    with exact():
        return int((pesos / 1000).quantize(Decimal(1), ROUND_HALF_UP))


class Cadenas:
    """Who rectifies whom among the pedimentos present."""

    def __init__(self, presentes: dict[Llave, Pedimento]):
        self.presentes = presentes
        self.anios: dict[tuple, list[int]] = defaultdict(list)
        for llave in presentes:
            self.anios[llave[:3]].append(llave.anio)
        self.rectificados: set[Llave] = set()
        for pedimento in presentes.values():
            if pedimento.rectifica:
                self.rectificados.add(pedimento.anterior.llave)
                if original := self._original(pedimento):
                    self.rectificados.add(original.llave)
        # Of those that rectify the same, the last one corrects the others too.
        ultima: dict[Llave, Pedimento] = {}
        for pedimento in sorted(presentes.values(), key=lambda p: (p.fecha_pago.date(), p.llave)):
            if pedimento.rectifica:
                corregido = before.llave if (before := self.before(pedimento)) else pedimento.anterior.llave
                if corregido in ultima:
                    self.rectificados.add(ultima[corregido].llave)
                ultima[corregido] = pedimento

    def _original(self, pedimento: Pedimento) -> Pedimento | None:
        """701 gives it without a date: it is the last of that number that is not later than the rectification."""
        if not pedimento.original or pedimento.original[:3] == pedimento.llave[:3]:
            return None
        numero = pedimento.original[:3]
        anios = [a for a in self.anios.get(numero, ()) if a <= pedimento.fecha_pago.year]
        return self.presentes[Llave(*numero, max(anios))] if anios else None

    def before(self, pedimento: Pedimento) -> Pedimento | None:
        """What it rectifies; where that is missing, the original of the chain; `None` where both are."""
        if not pedimento.rectifica:
            return None
        return self.presentes.get(pedimento.anterior.llave) or self._original(pedimento)

    def first(self, pedimento: Pedimento) -> Pedimento:
        """The oldest of its chain that is in the files."""
        while anterior := self.before(pedimento):
            pedimento = anterior
        return pedimento


def fecha_de_la_operacion(
    pedimento: Pedimento, primero: Pedimento, regla: Literal["original", "propia"] = "original"
) -> datetime:
    """The FechaPagoReal that puts an operation into a year and a month.

    original: that of the oldest of its chain in the files, so that rectifying moves nothing to another year;
    propia: always its own.
    """
    return primero.fecha_pago if regla == "original" else pedimento.fecha_pago


def clave_de_la_operacion(primero: Pedimento) -> str:
    """That of the original; where it is not in the files, the one that the 701 says it had."""
    return primero.anterior.documento if primero.rectifica else primero.clave


def esperado(
    libro: Libro,
    claves: Collection[str] = CLAVES_DE_EXPORTACION,
    claves_importacion: Collection[str] | None = None,
    consignacion: bool = False,
    fecha: Literal["original", "propia"] = "original",
    con_valor_agregado: Collection[str] = (EXPORTACION,),
) -> Esperado:
    """What a reader of `files(libro)` must find.

    `claves` are those of the exports that count; of the imports all do while `claves_importacion` is `None`. Under
    `consignacion` the operations in `con_valor_agregado` add up ValorAgregado. `fecha`: see `fecha_de_la_operacion`.
    """
    excluidos = dict.fromkeys(MOTIVOS, 0)
    presentes: dict[Llave, Pedimento] = {}
    for entrega in libro.entregas:
        for pedimento in entrega.pedimentos:
            llave = pedimento.llave
            if llave in presentes:
                excluidos["repetido"] += 1
            else:
                presentes[llave] = pedimento
    cadenas = Cadenas(presentes)
    por_clave, por_mes, volumenes = (defaultdict(Decimal) for _ in range(3))
    contados = {EXPORTACION: 0, IMPORTACION: 0}
    decisiones: dict[Llave, str] = {}
    huerfanas = 0
    with exact():
        for llave, pedimento in presentes.items():
            primero = cadenas.first(pedimento)
            dia = fecha_de_la_operacion(pedimento, primero, fecha)
            clave, tipo = clave_de_la_operacion(primero), pedimento.tipo_operacion
            activas = claves if tipo == EXPORTACION else claves_importacion
            huerfanas += pedimento.rfc == libro.rfc and pedimento.rectifica and primero is pedimento
            if pedimento.rfc != libro.rfc:
                motivo = "otro-rfc"
            elif dia.year != libro.ejercicio:
                motivo = "otro-anio"
            elif pedimento.tipo_pedimento == DESISTIDO:
                motivo = "desistido"
            elif llave in cadenas.rectificados:
                motivo = "rectificado"
            elif activas is not None and clave not in activas:
                motivo = "clave"
            else:
                motivo = ""
            decisiones[llave] = motivo
            if motivo:
                excluidos[motivo] += 1
                continue
            contados[tipo] += 1
            agregado = consignacion and tipo in con_valor_agregado
            valor = sum(p.valor_agregado if agregado else p.valor_comercial for p in pedimento.partidas)
            por_clave[tipo, clave] += valor
            por_mes[tipo, dia.month] += valor
            for partida in pedimento.partidas:
                volumenes[tipo, partida.fraccion, partida.unidad] += partida.cantidad_umt
    return Esperado(dict(por_clave), dict(por_mes), dict(volumenes), contados, excluidos, huerfanas, decisiones)
