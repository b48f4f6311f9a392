"""A `Libro` of pedimentos made up from a seed."""

import random
from collections import defaultdict
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal

from aduana import (
    DESISTIDO,
    EXPORTACION,
    IMPORTACION,
    OTRO_RFC,
    RECTIFICACION,
    Entrega,
    Libro,
    Partida,
    Pedimento,
    Rarezas,
)

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
CON_COMILLAS = ('TUBO DE ACERO 1/2" X 3"', '"TORNILLO', "CABLE 'A'", '"ARNÉS"', 'TUERCA 5/8"', '""', 'CAÑA "N° 2"')


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
        kinds = ("rectificado", "huerfana", "desistido", "ajeno", "otro-anio", "bueno")
        match chance.choices(kinds, (*shares, max(0.0, 1 - sum(shares))))[0]:
            case "bueno":
                return [self.nuevo(self.fecha(ejercicio))]
            case "rectificado":
                # One in eight rectifies something of the year before.
                antes = chance.random() < 0.125
                return self.cadena(self.nuevo(self.fecha(ejercicio - antes, 12 if antes else None)))
            case "huerfana":
                return self.cadena(self.nuevo(self.fecha(ejercicio - (chance.random() < 0.5))))[1:]
            case "desistido":
                return [self.nuevo(self.fecha(ejercicio), tipo_pedimento=DESISTIDO)]
            case "ajeno":
                return [self.nuevo(self.fecha(ejercicio), rfc=OTRO_RFC)]
        bueno = self.nuevo(self.fecha(ejercicio))
        if chance.random() < 0.5:
            # The same number, ten years before.
            return [bueno, replace(self.nuevo(self.fecha(ejercicio - 10)), **_numero(bueno))]
        return [bueno, self.nuevo(self.fecha(ejercicio + chance.choice((-1, 1))))]


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
