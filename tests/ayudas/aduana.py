"""A Data Stage made up from a seed, and what its totals are.

The pedimentos stand in a `Libro` first. `files` writes them as the SAT delivers them; `esperado` adds the same book up and
reads no file, so that a reader is measured against something that shares nothing with it.

Layouts: the SAT's dictionary of April 2022 for 501, 551 and 701; for the rest, the headings as other programs write them.
"""

import io
import random
import zipfile
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal, localcontext
from functools import cached_property
from itertools import islice
from operator import itemgetter
from pathlib import Path
from typing import Literal, NamedTuple

IMPORTACION, EXPORTACION = "1", "2"
NORMAL, RECTIFICACION, DESISTIDO = "1", "2", "7"
CLAVES_DE_EXPORTACION = frozenset({"RT", "A1", "V1"})
MOTIVOS = ("repetido", "otro-rfc", "otro-anio", "desistido", "rectificado", "clave")

# Of a company with IMMEX: how often it makes an operation of each clave.
FRECUENCIA = {
    EXPORTACION: {"RT": 42, "V1": 20, "A1": 14, "H1": 6, "V5": 4, "BM": 4, "J3": 3, "CT": 2, "BA": 1, "H8": 2, "V9": 1},
    IMPORTACION: {"IN": 45, "A1": 14, "V1": 14, "AF": 7, "V5": 4, "H1": 5, "BA": 3, "BM": 3, "CT": 2, "F4": 2, "A3": 1},
}
PATENTES = ("3953", "1769", "0036", "1601", "3429", "0982")
SECCIONES = ("240", "480", "070", "160", "400", "010", "430")
UNIDADES = ("01", "06", "06", "06", "14", "08", "04", "12", "09", "11")
DESCRIPCIONES = (
    "PARTES PARA INTERRUPTOR",
    "CAÑERÍA DE COBRE",
    "ARNÉS ELÉCTRICO, 12 VÍAS; CON TERMINALES",
    "MOTOR MONOFASICO",
    "MUÑECA DE TRAPO",
    "CAFE TOSTADO EN GRANO",
)
CON_COMILLAS = (
    'TUBO DE ACERO 1/2" X 3"',
    '"TORNILLO',
    "CABLE 'A'",
    '"ARNÉS"',
    'TUERCA 5/8"',
    '""',
    'CAÑA "N° 2", LISA',
)


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
    documento_anterior: Literal["cadena", "original"] = (
        "original"  # whose clave the 701 of a second rectification gives
    )
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

    def _original(self, pedimento: Pedimento) -> Pedimento | None:
        """701 gives the original without a date: it is the last of that number that is not later than the rectification."""
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

    original: that of the oldest of its chain in the files, so that the year in which something is rectified moves nothing;
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


# A book from a seed.


class _Autor:
    """Makes up pedimentos; the same seed makes the same ones."""

    def __init__(self, semilla: int, rfc: str, ejercicio: int, rarezas: Rarezas, partidas: tuple[int, int]):
        self.chance = random.Random(f"libro {semilla}")
        self.rfc, self.ejercicio, self.rarezas, self.partidas = rfc, ejercicio, rarezas, partidas
        self.numeros: dict[tuple[str, int], int] = defaultdict(int)
        self.claves = {t: (list(f), list(f.values())) for t, f in FRECUENCIA.items()}
        self.meses = [m for m in range(1, 13) if m not in rarezas.meses_sin_operaciones] or [1]
        # The Tarifa gives each fracción one unit; the same fracción may have come with another by mistake.
        self.fracciones = [
            (f"{self.chance.randrange(25, 97):02}{self.chance.randrange(10**6):06}", self.chance.choice(UNIDADES))
            for _ in range(24)
        ]
        self.fracciones.append((self.fracciones[0][0], "99"))
        self.descripciones = DESCRIPCIONES + (CON_COMILLAS if rarezas.comillas else ())

    def fecha(self, anio: int, mes: int | None = None) -> datetime:
        chance = self.chance
        mes = mes or chance.choice(self.meses)
        return datetime(anio, mes, 1 + int(chance.random() * 28)) + timedelta(
            seconds=28800 + int(chance.random() * 36000)
        )

    def later(self, fecha: datetime) -> datetime:
        """Seldom the next year, else the same month or a later one."""
        if self.chance.random() < 0.15:
            return self.fecha(fecha.year + 1, self.chance.choice((1, 2, 3)))
        posteriores = [m for m in self.meses if m > fecha.month]
        if not posteriores or self.chance.random() < 0.4:
            return fecha + timedelta(seconds=int(self.chance.random() * 3600))
        return self.fecha(fecha.year, self.chance.choice(posteriores))

    def partida(self, exporta: bool) -> Partida:
        # One number for all of it: this is made a million times.
        bits = self.chance.getrandbits(72)
        fraccion, unidad = self.fracciones[bits % len(self.fracciones)]
        comercial: int | Decimal = (bits >> 8 & 0x3FFFF) + (0 if bits >> 26 & 63 else 50_000_000) + 1
        agregado = comercial * (bits >> 32 & 63) // 200 if exporta and bits >> 38 & 3 else 0
        if self.rarezas.decimales:
            cola = f"{bits >> 40 & 0xFFFFFFFF:012}"[: bits & 15]
            comercial = Decimal(f"{comercial}.{cola}")
            agregado = Decimal(f"{agregado}.{cola[::-1]}")
        cantidad = Decimal(f"{bits >> 40 & 0xFFFF}.{bits >> 56 & 1023:05}")
        return Partida(
            fraccion, unidad, comercial, agregado, cantidad, self.descripciones[(bits >> 66) % len(self.descripciones)]
        )

    def nuevo(self, fecha: datetime, tipo: str = "", clave: str = "", patente: str = "", **rest) -> Pedimento:
        chance = self.chance
        tipo = tipo or (EXPORTACION if chance.random() < 0.55 else IMPORTACION)
        clave = clave or chance.choices(*self.claves[tipo])[0]
        patente = patente or chance.choice(PATENTES)
        self.numeros[patente, fecha.year] += 1
        # The first digit is that of the year.
        numero = f"{fecha.year % 10}{self.numeros[patente, fecha.year]:06}"
        seccion = rest.pop("seccion", "") or chance.choice(SECCIONES)
        least, most = self.partidas
        exporta = tipo == EXPORTACION
        cuantas = least if least == most else chance.randint(least, most)
        partidas = tuple([self.partida(exporta) for _ in range(cuantas)])
        rfc = rest.pop("rfc", self.rfc)
        return Pedimento(patente, numero, seccion, tipo, clave, rfc, fecha, partidas, **rest)

    def rectificacion(self, cadena: list[Pedimento]) -> Pedimento:
        """An R1 of the last of the chain, mostly by the same agent and at the same customs."""
        original, anterior = cadena[0], cadena[-1]
        documento = original.clave if self.rarezas.documento_anterior == "original" else anterior.clave
        otro = self.chance.random() < 0.1
        return self.nuevo(
            self.later(anterior.fecha_pago),
            original.tipo_operacion,
            "R1",
            "" if otro else anterior.patente,
            seccion="" if otro else anterior.seccion,
            tipo_pedimento=RECTIFICACION,
            anterior=anterior.referencia._replace(documento=documento),
            original=original.referencia,
        )

    def cadena(self, primero: Pedimento) -> list[Pedimento]:
        cadena = [primero]
        for _ in range(self.chance.choice((1, 1, 1, 1, 2, 3))):
            cadena.append(self.rectificacion(cadena))
        return cadena

    def some(self) -> list[Pedimento]:
        """The next to be delivered: one, or a chain."""
        r, chance, ejercicio = self.rarezas, self.chance, self.ejercicio
        shares = (r.rectificados, r.huerfanas, r.desistidos, r.ajenos, r.otro_anio)
        at = chance.random()
        for cual, share in enumerate(shares):
            at -= share
            if at < 0:
                break
        else:
            return [self.nuevo(self.fecha(ejercicio))]
        match cual:
            case 0:
                # One in eight rectifies something of the year before.
                antes = chance.random() < 0.125
                return self.cadena(self.nuevo(self.fecha(ejercicio - antes, 12 if antes else None)))
            case 1:
                return self.cadena(self.nuevo(self.fecha(ejercicio - (chance.random() < 0.5))))[1:]
            case 2:
                return [self.nuevo(self.fecha(ejercicio), tipo_pedimento=DESISTIDO)]
            case 3:
                return [self.nuevo(self.fecha(ejercicio), rfc=OTRO_RFC)]
        bueno = self.nuevo(self.fecha(ejercicio))
        if chance.random() < 0.5:
            # The same number, ten years before.
            return [bueno, replace(self.nuevo(self.fecha(ejercicio - 10)), **_numero(bueno))]
        return [bueno, self.nuevo(self.fecha(ejercicio + chance.choice((-1, 1))))]


OTRO_RFC = "ÑAM010203AB1"


def _numero(pedimento: Pedimento) -> dict[str, str]:
    return {"patente": pedimento.patente, "pedimento": pedimento.pedimento, "seccion": pedimento.seccion}


def make_libro(
    semilla: int,
    rfc: str,
    ejercicio: int,
    pedimentos: int,
    rarezas: Rarezas | None = None,
    partidas: tuple[int, int] = (1, 9),
) -> Libro:
    """A book of that many different pedimentos, each with between `partidas` rows of 551.

    Without `rarezas` the seed chooses them. A missing month takes its pedimentos out of the deliveries.
    """
    rarezas = Rarezas.al_azar(semilla) if rarezas is None else rarezas
    autor = _Autor(semilla, rfc, ejercicio, rarezas, partidas)
    todos: list[Pedimento] = []
    while len(todos) < pedimentos:
        todos += autor.some()
    return Libro(rfc, ejercicio, _deliver(todos[:pedimentos], ejercicio, rarezas, autor.chance), rarezas, semilla)


def _deliver(todos: list[Pedimento], ejercicio: int, r: Rarezas, chance: random.Random) -> tuple[Entrega, ...]:
    meses = {f"{ejercicio}{mes:02}": [] for mes in range(1, 13)}
    for pedimento in todos:
        fecha = pedimento.fecha_pago
        anio = fecha.year if r.otro_anio_aparte else ejercicio
        suffix = "-otra" if r.zip_ajeno and pedimento.rfc == OTRO_RFC else ""
        meses.setdefault(f"{anio}{fecha.month:02}{suffix}", []).append(pedimento)
    for lista in meses.values():
        lista.sort(key=lambda p: p.fecha_pago)
    for _ in range(r.traslapados):
        mes = chance.randrange(1, 12)
        if de := meses[f"{ejercicio}{mes:02}"]:
            meses[f"{ejercicio}{mes + 1:02}"].append(chance.choice(de))
    faltantes = {f"{ejercicio}{mes:02}" for mes in r.meses_faltantes}
    entregas = [Entrega(nombre, tuple(lista)) for nombre, lista in meses.items() if nombre not in faltantes]
    repetidos = {f"{ejercicio}{mes:02}" for mes in r.meses_repetidos}
    entregas += [replace(e, nombre=f"{e.nombre}-bis") for e in entregas if e.nombre in repetidos]
    if r.desorden:
        chance.shuffle(entregas)
    return tuple(entregas)


# As the SAT writes it.

DICCIONARIO = {
    "501": "Patente|Pedimento|SeccionAduanera|TipoOperacion|ClaveDocumento|SeccionAduaneraEntrada|CurpContribuyente|Rfc|"
    "CurpAgenteA|TipoCambio|TotalFletes|TotalSeguros|TotalEmbalajes|TotalIncrementables|TotalDeducibles|"
    "PesoBrutoMercancia|MedioTransporteSalida|MedioTransporteArribo|MedioTransporteEntrada_Salida|DestinoMercancia|"
    "NombreContribuyente|CalleContribuyente|NumInteriorContribuyente|NumExteriorContribuyente|CPContribuyente|"
    "MunicipioContribuyente|EntidadFedContribuyente|PaisContribuyente|TipoPedimento|FechaRecepcionPedimento|FechaPagoReal",
    "502": "Patente|Pedimento|SeccionAduanera|RfcTransportista|CurpTransportista|NombreTransportista|PaisTransporte|"
    "IdentificadorTransporte|FechaPagoReal",
    "505": "Patente|Pedimento|SeccionAduanera|FechaFacturacion|NumeroFactura|TerminoFacturacion|MonedaFacturacion|"
    "ValorDolares|ValorMonedaExtranjera|PaisFacturacion|EntidadFedFacturacion|IndentFiscalProveedor|ProveedorMercancia|"
    "CalleProveedor|NumInteriorProveedor|NumExteriorProveedor|CpProveedor|MunicipioProveedor|FechaPagoReal",
    "510": "Patente|Pedimento|SeccionAduanera|ClaveContribucion|FormaPago|ImportePago|TipoPedimento|FechaPagoReal",
    "520": "Patente|Pedimento|SeccionAduanera|IndentFiscalDestinatario|NombreDestinatarioMercancia|CalleDestinatario|"
    "NumInteriorDestinatario|NumExteriorDestinatario|CpDestinatario|MunicpioDestinatario|PaisDestinatario|FechaPagoReal",
    "551": "Patente|Pedimento|SeccionAduanera|Fraccion|SecuenciaFraccion|SubdivisionFraccion|DescripcionMercancia|"
    "PrecioUnitario|ValorAduana|ValorComercial|ValorDolares|CantidadUMComercial|UnidadMedidaComercial|CantidadUMTarifa|"
    "UnidadMedidaTarifa|ValorAgregado|ClaveVinculacion|MetodoValorizacion|CodigoMercanciaProducto|MarcaMercanciaProducto|"
    "ModeloMercanciaProducto|PaisOrigenDestino|PaisCompradorVendedor|EntidadFedOrigen|EntidadFedDestino|"
    "EntidadFedComprador|EntidadFedVendedor|TipoOperacion|ClaveDocumento|FechaPagoReal",
    "701": "Patente|Pedimento|SeccionAduanera|ClaveDocumento|FechaPago|PedimentoAnterior|PatenteAnterior|"
    "SeccionAduaneraAnterior|DocumentoAnterior|FechaOperacionAnterior|PedimentoOriginal|PatenteAduanalOrig|"
    "SeccionAduaneraDespOrig|FechaPagoReal",
}
DICCIONARIO = {registro: columnas.split("|") for registro, columnas in DICCIONARIO.items()}
# What a delivery may lack without any total being in doubt.
PRESCINDIBLES = {
    "501": ("CurpAgenteA", "TotalSeguros", "CalleContribuyente", "DestinoMercancia", "FechaRecepcionPedimento"),
    "551": ("MarcaMercanciaProducto", "ModeloMercanciaProducto", "EntidadFedOrigen", "PrecioUnitario", "ValorAduana"),
}
# Of these a file does not hold every pedimento: nothing reads them.
SECUNDARIOS = ("502", "505", "510", "520")
COLUMNAS_NUEVAS = ("CampoNuevo", "Observación")
VALORES_NUEVOS = ("N", "")
CODIFICACIONES = ("utf-8", "latin-1", "utf-8-sig")
ROWS_AT_ONCE = 5000
WRITTEN = (2024, 1, 15, 12, 0, 0)  # in the zips: the same seed makes the same bytes


def _iso(fecha: datetime) -> str:
    return fecha.isoformat(" ", "seconds")


def _dia(fecha: datetime) -> str:
    return f"{fecha:%d/%m/%Y}"


def _rows(registro: str, pedimentos: Iterable[Pedimento], r: Rarezas) -> Iterator[tuple[str, ...]]:
    """The fields of each row, in the order of the dictionary."""
    fecha = _iso if r.fechas == "iso" else _dia
    for p in pedimentos:
        key, pago = (p.patente, p.pedimento, p.seccion), fecha(p.fecha_pago)
        match registro:
            case "501":
                recibido = fecha(p.fecha_pago - timedelta(minutes=9))
                nombre = "MUÑOZ E HIJOS, S.A. DE C.V." if p.rfc == OTRO_RFC else "COMPAÑÍA DEL CAÑÓN & CÍA."
                medios = ("7", "7", "7", "9")
                domicilio = ("CALLE PEÑA", "", "134", "20909", "JESÚS MARÍA", "AG", "MEX")
                montos = ("17.73380", "0", "0", "0", "0", "0", "287.000")
                yield (
                    *(*key, p.tipo_operacion, p.clave, p.seccion, "", p.rfc, "CAUR670725MTSRDS02"),
                    *(*montos, *medios, nombre, *domicilio, p.tipo_pedimento, recibido, pago),
                )
            case "551":
                pais = ("", "", "", "USA", "USA", " ", " ", " ", " ")
                for n, x in enumerate(p.partidas, 1):
                    comercial, cantidad = str(x.valor_comercial), str(x.cantidad_umt)
                    unidad = x.unidad.lstrip("0") if r.unidad_sin_cero else x.unidad
                    # The SAT writes no value added as nothing or as a zero.
                    agregado = str(x.valor_agregado) if x.valor_agregado or n % 2 else ""
                    yield (
                        *(*key, x.fraccion, str(n), "00", x.descripcion, "2962.75000", "0", comercial, "1976.88"),
                        *("12.000", "6", cantidad, unidad, agregado, "0", "0", *pais),
                        *(p.tipo_operacion, p.clave, pago),
                    )
            case "701":
                if p.anterior:
                    a, o = p.anterior, p.original or p.anterior
                    yield (
                        *(*key, p.clave, pago, a.pedimento, a.patente, a.seccion, a.documento, fecha(a.fecha)),
                        *(o.pedimento, o.patente, o.seccion, pago),
                    )
            case _:
                columnas = len(DICCIONARIO[registro])
                yield (*key, *("0",) * (columnas - 4), pago)


def _texts(registro: str, pedimentos: tuple[Pedimento, ...], r: Rarezas, chance: random.Random) -> Iterator[str]:
    """One file, a stretch at a time."""
    prescindibles = PRESCINDIBLES.get(registro, ())
    de_menos = chance.sample(prescindibles, min(r.columnas_de_menos, len(prescindibles)))
    columnas = [(n, c) for n, c in enumerate((*DICCIONARIO[registro], *COLUMNAS_NUEVAS)) if c not in de_menos]
    columnas = columnas[: len(columnas) - len(COLUMNAS_NUEVAS) + r.columnas_de_mas]
    if r.revueltas:
        chance.shuffle(columnas)
    chosen = itemgetter(*(n for n, _ in columnas))
    end = r.fin_de_linea
    row_end = end if r.pipe_final == "nunca" else f"|{end}"
    heading = "|".join(c for _, c in columnas) + (f"|{end}" if r.pipe_final == "siempre" else end)
    rows = _rows(registro, pedimentos if registro not in SECUNDARIOS else pedimentos[::20], r)
    first = True
    while some := list(islice(rows, ROWS_AT_ONCE)):
        lines = row_end.join(["|".join(chosen(row + VALORES_NUEVOS)) for row in some])
        yield f"{heading if first else ''}{lines}{row_end}"
        first = False
    if first and r.vacio == "encabezados":
        yield heading


def _members(libro: Libro, entrega: Entrega, solicitud: int) -> Iterator[tuple[str, Iterator[bytes]]]:
    """The files of one delivery, by name."""
    chance = random.Random(f"{libro.semilla} {entrega.nombre}")
    for registro in DICCIONARIO:
        r = libro.rarezas
        codificacion = chance.choice(CODIFICACIONES) if r.codificacion == "mezclada" else r.codificacion
        # The mark of UTF-8 goes before the first stretch alone.
        texts = _texts(registro, entrega.pedimentos, r, chance)
        first, rest = ("latin-1",) * 2 if codificacion == "latin-1" else (codificacion, "utf-8")
        body = (text.encode(rest if n else first) for n, text in enumerate(texts))
        yield f"{solicitud}_{registro}.{r.extension}", body


def files(libro: Libro, compresion: int = 1) -> Iterator[tuple[str, bytes]]:
    """What the filer drops on the page, by name: monthly zips, one zip of zips, or loose files."""
    if libro.rarezas.anidado and not libro.rarezas.sueltos:
        yield "DataStage.zip", _zip(((name, iter((body,))) for name, body in _monthly(libro, compresion)), 0)
    else:
        yield from _monthly(libro, compresion)


def _monthly(libro: Libro, compresion: int) -> Iterator[tuple[str, bytes]]:
    for n, entrega in enumerate(libro.entregas):
        members = _members(libro, entrega, 1_839_483 + n)
        if libro.rarezas.sueltos:
            yield from ((name, b"".join(body)) for name, body in members)
        else:
            yield f"{entrega.nombre}.zip", _zip(members, compresion)


def _zip(members: Iterable[tuple[str, Iterable[bytes]]], compresion: int) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compresslevel=compresion) as whole:
        for name, body in members:
            info = zipfile.ZipInfo(name, WRITTEN)
            info.compress_type = zipfile.ZIP_DEFLATED if compresion else zipfile.ZIP_STORED
            info._compresslevel = compresion
            with whole.open(info, "w") as member:
                for stretch in body:
                    member.write(stretch)
    return out.getvalue()


def write(libro: Libro, carpeta: Path) -> list[Path]:
    """`files` into a folder."""
    paths = []
    for name, body in files(libro):
        paths.append(carpeta / name)
        paths[-1].write_bytes(body)
    return paths
