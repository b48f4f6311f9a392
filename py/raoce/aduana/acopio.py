"""What is kept of the files: a place for each pedimento, in columns of numbers, and nothing of their rows.

A pedimento is known by patente, number, sección and year of FechaPagoReal, since numbers come again ten years later.
Whatever is read first, of 501, 551 or 701, gives it its place; 501 makes it present.
"""

from array import array
from collections import defaultdict
from collections.abc import Callable, Sequence
from decimal import Decimal, localcontext
from itertools import count
from typing import NamedTuple

from raoce.aduana.registros import Fechas, good_rows, number, numbers
from raoce.aduana.tablas import Bloque
from raoce.base.texto import whole

ESCALA = 5  # decimals of a quantity kept as a whole number
TOPE = 10**17
MAXIMO_SECUENCIA = 50_000
Problema = Callable[..., None]


class Anterior(NamedTuple):
    """What a 701 says. ``llave``: of what it rectifies, without its year where no date says it; ``original``: the first
    of the chain, of which 701 gives no date."""

    llave: str
    original: str
    documento: str


def numero(patente: str, pedimento: str, seccion: str) -> str:
    """
    >>> numero("36", "3000001", "70")
    '0036 3000001 070'
    """
    return f"{patente.strip():0>4} {pedimento.strip():0>7} {seccion.strip():0>3}"


def _plausible(*parts: str) -> bool:
    return all(0 < len(p) <= 20 for p in parts)


class Acopio:
    """Columns by the place of the pedimento, and three by the place of the partida."""

    def __init__(self) -> None:
        self.lugares: dict[str, int] = {}
        self.fecha = array("i")  # AAAAMMDD of the 501; 0 while there is none
        self.veces = array("i")
        # Texts that repeat are kept once: of each, its number.
        self.textos: defaultdict[str, int] = _numbered()
        self.tipo, self.clave, self.rfc, self.tipo_pedimento = (array("i") for _ in range(4))
        self.comercial: list[int | Decimal] = []
        self.agregado: list[int | Decimal] = []
        self.partidas = array("i")
        self.ceros = array("i")  # partidas without value added
        self.secuencias: list[int] = []  # a bit for each that came
        self.repetidas: dict[int, list] = {}  # of those that came again: how many, and their valor comercial
        self.anteriores: dict[int, Anterior] = {}
        self.nombres: dict[str, str] = {}  # by RFC
        # The partidas, for their volumes.
        self.unidades: defaultdict[tuple[str, str], int] = _numbered()
        self.de = array("i")
        self.unidad = array("i")
        self.cantidad = array("q")  # in units of 10 ** -ESCALA
        self.exactas: dict[int, int | Decimal] = {}  # the quantities that do not fit there

    def copy(self) -> "Acopio":
        other = Acopio()
        for name, value in vars(self).items():
            if name in ("textos", "unidades"):
                table = _numbered(len(value))
                table.update(value)
                setattr(other, name, table)
            elif name == "repetidas":
                other.repetidas = {k: v.copy() for k, v in value.items()}
            else:
                setattr(other, name, value[:] if isinstance(value, (array, list)) else value.copy())
        return other

    def place(self, llave: str) -> int:
        found = self.lugares.get(llave)
        if found is None:
            found = self.lugares[llave] = len(self.fecha)
            for column in (self.fecha, self.veces, self.tipo, self.clave, self.rfc, self.tipo_pedimento):
                column.append(0)
            for column in (self.comercial, self.agregado, self.partidas, self.ceros, self.secuencias):
                column.append(0)
        return found


def _numbered(first: int = 0) -> defaultdict:
    return defaultdict(count(first).__next__)


class Anotador:
    """Adds the rows of a file to an ``Acopio``."""

    def __init__(self, acopio: Acopio, fechas: Fechas):
        self.acopio, self.fechas = acopio, fechas
        self.meses: set[tuple[str, int, int]] = set()  # RFC, year and month of the rows of 501
        self.ajenas: set[int] = set()  # pedimentos that had partidas before this file, where it numbers none

    def llave(self, row: Sequence[str], linea: int, problema: Problema) -> str:
        """That of a pedimento by its four fields, or nothing, and then it is told."""
        patente, pedimento, seccion, pago = row
        if not _plausible(patente, pedimento, seccion):
            problema(linea, "aduana-llave", valor=" ".join(t[:20] for t in row[:3]))
            return ""
        if not (dia := self.fechas.read(pago)):
            problema(linea, "aduana-fecha", columna="FechaPagoReal", valor=pago)
            return ""
        return f"{numero(patente, pedimento, seccion)} {dia.anio}"

    def add_501(self, bloque: Bloque, problema: Problema) -> None:
        a = self.acopio
        *llave, tipos, claves, rfcs, kinds, nombres = bloque.columnas
        for linea, row, tipo, clave, rfc, kind, nombre in zip(
            bloque.lineas, zip(*llave, strict=True), tipos, claves, rfcs, kinds, nombres, strict=True
        ):
            key = self.llave(row, linea, problema)
            if not key:
                continue
            if tipo not in ("1", "2"):
                tipo = tipo.strip()
                if tipo not in ("1", "2"):
                    problema(linea, "aduana-operacion", valor=tipo)
                    continue
            place = a.place(key)
            a.veces[place] += 1
            if a.veces[place] > 1:
                continue
            dia = self.fechas.read(row[3])
            rfc = rfc.strip().upper()[:20]
            a.fecha[place] = dia.anio * 10_000 + dia.mes * 100 + dia.dia
            a.tipo[place] = int(tipo)
            a.clave[place] = a.textos[clave.strip().upper()[:10]]
            a.rfc[place] = a.textos[rfc]
            a.tipo_pedimento[place] = a.textos[kind.strip()[:10]]
            if rfc not in a.nombres and len(a.nombres) < 200:
                a.nombres[rfc] = nombre.strip()[:200]
            self.meses.add((rfc, dia.anio, dia.mes))

    def add_701(self, bloque: Bloque, problema: Problema) -> None:
        a = self.acopio
        for linea, row in zip(bloque.lineas, zip(*bloque.columnas, strict=True), strict=True):
            key = self.llave(row[:4], linea, problema)
            if not key:
                continue
            patente, pedimento, seccion, fecha, documento, *original = row[4:]
            if not _plausible(patente.strip(), pedimento.strip(), seccion.strip()):
                problema(linea, "aduana-llave", valor=" ".join(t[:20] for t in row[4:7]))
                continue
            anterior = numero(patente, pedimento, seccion)
            if dia := self.fechas.read(fecha):
                anterior = f"{anterior} {dia.anio}"
            elif fecha.strip():
                problema(linea, "aduana-anterior", valor=fecha)
            first = numero(*original) if _plausible(*(t.strip() for t in original)) else ""
            a.anteriores.setdefault(a.place(key), Anterior(anterior, first, documento.strip().upper()[:10]))

    def add_551(self, bloque: Bloque, problema: Problema) -> None:
        *llave, fracciones, comercial, cantidad, unidades, agregado, secuencia = bloque.columnas
        values = [numbers(c) for c in (comercial, agregado, cantidad)]
        lineas = bloque.lineas
        if None in values:
            names = ("ValorComercial", "ValorAgregado", "CantidadUMTarifa")
            good = good_rows((comercial, agregado, cantidad), names, lineas, problema)
            values = [[number(c[n]) for n in good] for c in (comercial, agregado, cantidad)]
            lineas = [lineas[n] for n in good]
            llave = [[c[n] for n in good] for c in llave]
            fracciones, unidades, secuencia = ([c[n] for n in good] for c in (fracciones, unidades, secuencia))
        with localcontext(prec=100):
            self._partidas(llave, fracciones, unidades, secuencia, values, lineas, problema)

    def _partidas(self, llave, fracciones, unidades, secuencia, values, lineas, problema) -> None:
        a = self.acopio
        comercial, agregado, cantidad = values
        if "".join(secuencia).isdecimal() and max(map(len, secuencia)) < 9:
            secuencia = [int(s) for s in secuencia]
        else:
            numbered = (whole(s.strip(), MAXIMO_SECUENCIA) for s in secuencia)
            secuencia = [-1 if n is None else n for n in numbered]
        last, place, bits = None, -1, 0
        add_de, add_unidad, add_cantidad = a.de.append, a.unidad.append, a.cantidad.append
        ids = map(a.unidades.__getitem__, zip(fracciones, unidades, strict=True))
        rows = zip(zip(*llave, strict=True), secuencia, comercial, agregado, cantidad, ids, lineas, strict=True)
        valor = suma = 0
        partidas = ceros = 0
        for key, n, vc, va, q, unidad, linea in rows:
            if key != last:
                if place >= 0:
                    a.comercial[place] += valor
                    a.agregado[place] += suma
                    a.partidas[place] += partidas
                    a.ceros[place] += ceros
                    a.secuencias[place] = bits
                valor = suma = partidas = ceros = 0
                last = key
                text = self.llave(key, linea, problema)
                place = a.place(text) if text else -1
                bits = a.secuencias[place] if text else 0
            elif place < 0:
                # The key is as bad as on the line before; it is told once for each line.
                self.llave(key, linea, problema)
            if place < 0:
                continue
            if 0 <= n < MAXIMO_SECUENCIA:
                bit = 1 << n
                if bits & bit:
                    again = a.repetidas.setdefault(place, [0, 0])
                    again[0] += 1
                    again[1] += vc
                    continue
                bits |= bit
            valor += vc
            suma += va
            partidas += 1
            if not va:
                ceros += 1
            add_de(place)
            add_unidad(unidad)
            scaled = q.scaleb(ESCALA) if isinstance(q, Decimal) else q * 10**ESCALA
            units = int(scaled)
            if units == scaled and units < TOPE:
                add_cantidad(units)
            else:
                a.exactas[len(a.cantidad)] = q
                add_cantidad(0)
        if place >= 0:
            a.comercial[place] += valor
            a.agregado[place] += suma
            a.partidas[place] += partidas
            a.ceros[place] += ceros
            a.secuencias[place] = bits
