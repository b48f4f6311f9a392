"""What is kept of the files: a place for each pedimento, in columns of numbers, and nothing of their rows.

A pedimento is known by patente, number, sección and year of FechaPagoReal, since numbers come again ten years later.
Whatever is read first, of 501, 551 or 701, gives it its place; 501 makes it present.
"""

import re
from array import array
from collections import defaultdict
from collections.abc import Callable, Sequence
from decimal import Decimal, localcontext
from itertools import compress, count, repeat
from operator import itemgetter, ne
from typing import Any, NamedTuple

from raoce.aduana.registros import Dia, Fechas, good_rows, number, numbers, units
from raoce.aduana.tablas import Bloque
from raoce.base.texto import whole

ESCALA = 5  # decimals of a quantity kept as a whole number
TOPE = 10**17
CRECE = 4096
LARGO = 20
MAXIMO_BITS = 300
BITS = {str(n): 1 << n for n in range(1, MAXIMO_BITS + 1)}
ANCHOS = [{4}, {7}, {3}]  # of patente, number and sección
MAXIMO_SECUENCIA = 9_999_999
SIN_CLAVE = "S/C"
_NOT_OF_A_KEY = re.compile(r"[\W_]")
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


def clave_documento(texto: str) -> str:
    """A clave de documento as it is kept: short, and of letters and digits, for it is written among others in what is
    signed. A pedimento without one has ``SIN_CLAVE``.

    >>> clave_documento(" v1 "), clave_documento("A,1"), clave_documento("")
    ('V1', 'A?1', 'S/C')
    """
    return _NOT_OF_A_KEY.sub("?", texto.strip().upper()[:10]) or SIN_CLAVE


def _plausible(*parts: str) -> bool:
    return all(0 < len(p) <= LARGO for p in parts)


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
        self.secuencias: list[int] = []  # a bit for each number that came
        self.altas: set[tuple[int, int]] = set()  # place and number of those beyond the bits
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
            found = self.lugares[llave] = len(self.lugares)
            self._grow()
        return found

    def places(self, llaves: list[str]) -> list[int]:
        found = list(map(self.lugares.get, llaves))
        return found if None not in found else list(map(self.place, llaves))

    def add(self, llaves: list[str]) -> slice | None:
        """The places of pedimentos none of which came before, all at once; nothing where one did, or comes twice."""
        if not llaves or len({*llaves}) < len(llaves) or not self.lugares.keys().isdisjoint(llaves):
            return None
        first = len(self.lugares)
        self.lugares.update(zip(llaves, count(first), strict=False))
        self._grow()
        return slice(first, len(self.lugares))

    def _grow(self) -> None:
        """The columns may be longer than the pedimentos that there are."""
        while len(self.fecha) < len(self.lugares):
            for column in (self.fecha, self.veces, self.tipo, self.clave, self.rfc, self.tipo_pedimento):
                column.frombytes(bytes(CRECE * column.itemsize))
            for column in (self.partidas, self.ceros):
                column.frombytes(bytes(CRECE * column.itemsize))
            for values in (self.comercial, self.agregado, self.secuencias):
                values += [0] * CRECE


def _each(values: Sequence, read: Callable[[Any], Any]) -> list:
    """``read`` of each; few are different, and each of those is read once."""
    return list(map({v: read(v) for v in dict.fromkeys(values)}.__getitem__, values))


def _numbered(first: int = 0) -> defaultdict:
    return defaultdict(count(first).__next__)


class Anotador:
    """Adds the rows of a file to an ``Acopio``."""

    def __init__(self, acopio: Acopio, fechas: Fechas):
        self.acopio, self.fechas = acopio, fechas
        self.meses: set[tuple[str, int, int]] = set()  # RFC, year and month of the rows of 501
        self.previas: dict[int, bool] = {}  # had it partidas before this file? Where this file does not number them

    def llave(self, row: Sequence[str], linea: int, problema: Problema) -> str:
        """That of a pedimento by its four fields, or nothing, and then it is told."""
        patente, pedimento, seccion, pago = row
        usual = len(patente) == 4 and len(pedimento) == 7 and len(seccion) == 3
        if not usual and not _plausible(patente, pedimento, seccion):
            problema(linea, "aduana-llave", valor=" ".join(t[:20] for t in row[:3]))
            return ""
        if not (dia := self.fechas.known.get(pago[:10]) or self.fechas.read(pago)):
            problema(linea, "aduana-fecha", columna="FechaPagoReal", valor=pago)
            return ""
        if usual and f"{patente}{pedimento}{seccion}".isdigit():
            return f"{patente} {pedimento} {seccion} {dia.anio}"
        return f"{numero(patente, pedimento, seccion)} {dia.anio}"

    def llaves(self, columnas: Sequence[list[str]]) -> list[str] | None:
        """Those of a column of pedimentos at once, where every field is as wide as it should be and each day is known.

        By columns, what is done a million times is done by Python's own code: in the browser a statement of ours takes
        as long as reading ten fields.
        """
        patente, pedimento, seccion, pago = columnas
        dias = self._dias(pago)
        if None in dias or [set(map(len, c)) for c in columnas[:3]] != ANCHOS:
            return None
        if not "".join(map("".join, columnas[:3])).isdigit():
            return None
        anios = map(str, map(itemgetter(0), dias))
        return list(map(" ".join, zip(patente, pedimento, seccion, anios, strict=True)))

    def _dias(self, textos: list[str]) -> list[Dia | None]:
        days = list(map(itemgetter(slice(10)), textos))
        found = list(map(self.fechas.known.get, days))
        return found if None not in found else list(map(self.fechas.read, textos))

    def add_501(self, bloque: Bloque, problema: Problema) -> None:
        a = self.acopio
        columnas = bloque.columnas
        llaves = self.llaves(columnas[:4])
        if llaves is None or not {"1", "2"}.issuperset(columnas[4]):
            columnas = self._good_501(bloque, problema)
            llaves = [self.llave(row, 0, problema) for row in zip(*columnas[:4], strict=True)]
        _, _, _, pagos, tipos, claves, rfcs, kinds, nombres = columnas
        dias = self._dias(pagos)
        rfcs = _each(rfcs, lambda t: t.strip().upper()[:20])
        written = (
            (a.fecha, _each(dias, lambda d: d.anio * 10_000 + d.mes * 100 + d.dia)),
            (a.tipo, list(map(int, tipos))),
            (a.clave, _each(claves, lambda t: a.textos[clave_documento(t)])),
            (a.rfc, _each(rfcs, a.textos.__getitem__)),
            (a.tipo_pedimento, _each(kinds, lambda t: a.textos[t.strip()[:10]])),
        )
        new: Sequence[int] = range(len(llaves))
        if places := a.add(llaves):
            a.veces[places] = array("i", [1]) * len(llaves)
            for column, values in written:
                column[places] = array("i", values)
        else:
            new = []
            for n, place in enumerate(map(a.place, llaves)):
                a.veces[place] += 1
                if a.veces[place] == 1:
                    new.append(n)
                    for column, values in written:
                        column[place] = values[n]
        # Of each RFC and day, the first row.
        first = {(rfcs[n], dias[n]): n for n in reversed(new)}
        for (rfc, dia), n in sorted(first.items(), key=itemgetter(1)):
            if rfc not in a.nombres and len(a.nombres) < 200:
                a.nombres[rfc] = nombres[n].strip()[:200]
            self.meses.add((rfc, dia.anio, dia.mes))

    def _good_501(self, bloque: Bloque, problema: Problema) -> list[list[str]]:
        """The columns of the rows that can be read; the others are told."""
        good = []
        tipos = [t.strip() for t in bloque.columnas[4]]
        for n, (linea, row) in enumerate(zip(bloque.lineas, zip(*bloque.columnas[:4], strict=True), strict=True)):
            if not self.llave(row, linea, problema):
                continue
            if tipos[n] in ("1", "2"):
                good.append(n)
            else:
                problema(linea, "aduana-operacion", valor=tipos[n])
        columnas = [*bloque.columnas[:4], tipos, *bloque.columnas[5:]]
        return [[c[n] for n in good] for c in columnas]

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
            said = clave_documento(documento) if documento.strip() else ""
            a.anteriores.setdefault(a.place(key), Anterior(anterior, first, said))

    def add_551(self, bloque: Bloque, problema: Problema) -> None:
        *llave, fracciones, comercial, cantidad, unidades, agregado, secuencia = bloque.columnas
        a, lineas = self.acopio, bloque.lineas
        amounts, added = numbers(comercial), numbers(agregado)
        whole_units = units(cantidad, ESCALA)
        quantities = whole_units or numbers(cantidad)
        if amounts is None or added is None or quantities is None:
            names = ("ValorComercial", "ValorAgregado", "CantidadUMTarifa")
            good = good_rows((comercial, agregado, cantidad), names, lineas, problema)
            whole_units = None
            amounts, added, quantities = ([number(c[n]) for n in good] for c in (comercial, agregado, cantidad))
            lineas = [lineas[n] for n in good]
            llave = [[c[n] for n in good] for c in llave]
            fracciones, unidades, secuencia = ([c[n] for n in good] for c in (fracciones, unidades, secuencia))
        sequence = self._sequence(secuencia)
        plain = min(sequence, default=0) > 0
        ids = list(map(a.unidades.get, zip(fracciones, unidades, strict=True)))
        if None in ids:
            ids = [a.unidades[f[:LARGO], u[:LARGO]] for f, u in zip(fracciones, unidades, strict=True)]
        # The rows of one pedimento come together.
        rows = list(zip(*llave, strict=True))
        starts = [0, *compress(count(1), map(ne, rows, rows[1:]))] if rows else []
        ends = [*starts[1:], len(rows)] if rows else []
        places = self._places([rows[n] for n in starts], starts, ends, lineas, problema)
        stretches = list(map(slice, starts, ends))
        known, comerciales, agregados, ceros, partidas = a.secuencias, a.comercial, a.agregado, a.ceros, a.partidas
        new_de: list[int] = []
        left_out: set[int] = set()
        with localcontext(prec=100):
            for place, start, end, bits, valor, sin_valor, agregado in zip(
                places,
                starts,
                ends,
                map(sum, map(sequence.__getitem__, stretches)),
                map(sum, map(amounts.__getitem__, stretches)),
                map(list.count, map(added.__getitem__, stretches), repeat(0)),
                map(sum, map(added.__getitem__, stretches)),
                strict=True,
            ):
                size = end - start
                if plain and place >= 0 and bits.bit_count() == size and not bits & known[place]:
                    known[place] |= bits
                    comerciales[place] += valor
                    agregados[place] += agregado
                    ceros[place] += sin_valor
                else:
                    # Some of them came before, or are not numbered.
                    kept = self._new_rows(place, range(start, end), sequence, amounts) if place >= 0 else []
                    left_out |= {*range(start, end)} - {*kept}
                    size = len(kept)
                    for n in kept:
                        comerciales[place] += amounts[n]
                        agregados[place] += added[n]
                        ceros[place] += not added[n]
                if size:
                    partidas[place] += size
                    new_de += [place] * size
        if left_out:
            ids = [x for n, x in enumerate(ids) if n not in left_out]
            quantities = [x for n, x in enumerate(quantities) if n not in left_out]
        a.cantidad.extend(quantities if whole_units else scaled(quantities, len(a.de), a.exactas))
        a.de.extend(new_de)
        a.unidad.extend(ids)

    def _sequence(self, textos: list[str]) -> list[int]:
        """A bit for each number up to ``MAXIMO_BITS``; beyond, the number as a negative; 0 where there is none."""
        bits = list(map(BITS.get, textos))
        if None not in bits:
            return bits
        found = [whole(t.strip(), MAXIMO_SECUENCIA) or 0 for t in textos]
        return [1 << n if 0 < n <= MAXIMO_BITS else -n for n in found]

    def _places(
        self, keys: list, starts: list[int], ends: list[int], lineas: Sequence[int], problema: Problema
    ) -> list[int]:
        """The place of each pedimento, or -1, and then each of its lines is told."""
        if keys and (llaves := self.llaves(list(map(list, zip(*keys, strict=True))))):
            return self.acopio.places(llaves)
        return [
            self._placed(key, lineas[start:end], problema) for key, start, end in zip(keys, starts, ends, strict=True)
        ]

    def _placed(self, key: Sequence[str], lineas: Sequence[int], problema: Problema) -> int:
        if llave := self.llave(key, lineas[0], problema):
            return self.acopio.place(llave)
        for linea in lineas[1:]:
            self.llave(key, linea, problema)
        return -1

    def _new_rows(self, place: int, rows: Sequence[int], sequence: list[int], amounts: list) -> list[int]:
        """Those of a pedimento that had not come before."""
        a, new = self.acopio, []
        for n in rows:
            bit = sequence[n]
            if bit > 0:
                known = bit & a.secuencias[place]
                a.secuencias[place] |= bit
            elif bit < 0:
                known = (place, bit) in a.altas
                a.altas.add((place, bit))
            else:
                # Without a number, those of one file are taken to be different, and those of another the same again.
                known = self.previas.setdefault(place, a.partidas[place] > 0)
            if known:
                again = a.repetidas.setdefault(place, [0, 0])
                again[0] += 1
                again[1] += amounts[n]
            else:
                new.append(n)
        return new


def scaled(cantidades: list[int] | list[Decimal], first: int, exactas: dict[int, int | Decimal]) -> list[int]:
    """Quantities in units of ``10 ** -ESCALA``; those that are no whole number of them go to ``exactas``, by place."""
    found = []
    with localcontext(prec=100):
        for n, value in enumerate(cantidades, first):
            exact = value.scaleb(ESCALA) if isinstance(value, Decimal) else value * 10**ESCALA
            whole_units = int(exact)
            if whole_units != exact or whole_units >= TOPE:
                exactas[n] = value
                whole_units = 0
            found.append(whole_units)
    return found
