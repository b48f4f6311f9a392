"""Rows of 501, 551 and 701 written into an ``Acopio``, a block at a time.

By columns: what is done a million times is done by Python's own code, since in the browser a statement of ours takes as
long as finding ten fields. There a function of Python's own that takes one argument, such as ``len``, is slow too.
"""

import re
from array import array
from collections.abc import Callable, Sequence
from decimal import localcontext
from itertools import compress, count
from operator import itemgetter, ne, sub
from typing import Any

from raoce.aduana.acopio import LARGO, Acopio, Anterior, Cantidades, clave_documento, numero, plausible
from raoce.aduana.registros import Dia, Fechas, are_numbers, good_rows, number, numbers
from raoce.aduana.tablas import Bloque
from raoce.base.texto import whole

MAXIMO_BITS = 300
BITS = {str(n): 1 << n for n in range(1, MAXIMO_BITS + 1)}
ANCHOS = (4, 7, 3)  # of patente, number and sección
MAXIMO_SECUENCIA = 9_999_999
Problema = Callable[..., None]


def _each(values: Sequence, read: Callable[[Any], Any]) -> list:
    """``read`` of each; few are different, and each of those is read once."""
    return list(map({v: read(v) for v in dict.fromkeys(values)}.__getitem__, values))


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
        if not usual and not plausible(patente, pedimento, seccion):
            problema(linea, "aduana-llave", valor=" ".join(t[:20] for t in row[:3]))
            return ""
        if not (dia := self.fechas.known.get(pago[:10]) or self.fechas.read(pago)):
            problema(linea, "aduana-fecha", columna="FechaPagoReal", valor=pago)
            return ""
        if usual and f"{patente}{pedimento}{seccion}".isdigit():
            return f"{patente} {pedimento} {seccion} {dia.anio}"
        return f"{numero(patente, pedimento, seccion)} {dia.anio}"

    def llaves(self, columnas: Sequence[list[str]]) -> list[str] | None:
        """Those of a column of pedimentos at once, where every field is as wide as it should be and each day known."""
        *numeros, pago = columnas
        days = list(map(itemgetter(slice(10)), pago))
        anios = {day: str(dia.anio) for day in {*days} if (dia := self.fechas.read(day))}
        if not anios.keys() >= {*days} or not all(map(_are_wide, numeros, ANCHOS)):
            return None
        return list(map(" ".join, zip(*numeros, [anios[day] for day in days], strict=True)))

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
            if not plausible(patente.strip(), pedimento.strip(), seccion.strip()):
                problema(linea, "aduana-llave", valor=" ".join(t[:20] for t in row[4:7]))
                continue
            anterior = numero(patente, pedimento, seccion)
            if dia := self.fechas.read(fecha):
                anterior = f"{anterior} {dia.anio}"
            elif fecha.strip():
                problema(linea, "aduana-anterior", valor=fecha)
            first = numero(*original) if plausible(*(t.strip() for t in original)) else ""
            said = clave_documento(documento) if documento.strip() else ""
            a.anteriores.setdefault(a.place(key), Anterior(anterior, first, said))

    def add_551(self, bloque: Bloque, problema: Problema) -> None:
        *llave, fracciones, comercial, cantidad, unidades, agregado, secuencia = bloque.columnas
        a, lineas = self.acopio, bloque.lineas
        amounts, added = numbers(comercial), numbers(agregado)
        if amounts is None or added is None or not are_numbers(cantidad):
            names = ("ValorComercial", "ValorAgregado", "CantidadUMTarifa")
            good = good_rows((comercial, agregado, cantidad), names, lineas, problema)
            if not good:
                return
            amounts, added = ([number(c[n]) for n in good] for c in (comercial, agregado))
            cantidad = [cantidad[n].strip() for n in good]
            lineas = [lineas[n] for n in good]
            llave = [[c[n] for n in good] for c in llave]
            fracciones, unidades, secuencia = ([c[n] for n in good] for c in (fracciones, unidades, secuencia))
        sequence = self._sequence(secuencia)
        ids = list(map(a.unidades.get, zip(fracciones, unidades, strict=True)))
        if None in ids:
            ids = [a.unidades[f[:LARGO], u[:LARGO]] for f, u in zip(fracciones, unidades, strict=True)]
        bounds = _bounds(llave)
        places = self._places([[c[n] for n in bounds[:-1]] for c in llave], bounds, lineas, problema)
        sizes, left_out = self._add_partidas(places, bounds, sequence, amounts, added)
        if left_out:
            ids = [x for n, x in enumerate(ids) if n not in left_out]
            cantidad = [x for n, x in enumerate(cantidad) if n not in left_out]
        if ids:
            a.cantidades.append(Cantidades(array("i", places), array("i", sizes), array("i", ids), "|".join(cantidad)))

    def _add_partidas(
        self, places: list[int], bounds: list[int], sequence: list[int], amounts: list, added: list
    ) -> tuple[list[int], set[int]]:
        """Adds what is new to each pedimento; how many rows of each are, and which rows are not."""
        a, plain = self.acopio, min(sequence) > 0
        known, comerciales, agregados, ceros, partidas = a.secuencias, a.comercial, a.agregado, a.ceros, a.partidas
        stretches = list(map(slice, bounds, bounds[1:]))
        sizes = list(map(sub, bounds[1:], bounds))
        added_of = [added[s] for s in stretches]
        left_out: set[int] = set()
        with localcontext(prec=100):
            for n, (place, size, bits, valor, agregado, sin_valor) in enumerate(
                zip(
                    places,
                    sizes,
                    map(sum, [sequence[s] for s in stretches]),
                    map(sum, [amounts[s] for s in stretches]),
                    map(sum, added_of),
                    [values.count(0) for values in added_of],
                    strict=True,
                )
            ):
                # All different: most often they are 1, 2, 3…
                different = bits + 2 == 2 << size or bits.bit_count() == size
                if plain and place >= 0 and different and not bits & known[place]:
                    known[place] |= bits
                    comerciales[place] += valor
                    agregados[place] += agregado
                    ceros[place] += sin_valor
                    partidas[place] += size
                    continue
                # Some of them came before, or are not numbered.
                rows = range(bounds[n], bounds[n + 1])
                kept = self._new_rows(place, rows, sequence, amounts) if place >= 0 else []
                left_out |= {*rows} - {*kept}
                sizes[n] = len(kept)
                if kept:
                    comerciales[place] += sum(amounts[row] for row in kept)
                    agregados[place] += sum(added[row] for row in kept)
                    ceros[place] += sum(not added[row] for row in kept)
                    partidas[place] += len(kept)
        return sizes, left_out

    def _sequence(self, textos: list[str]) -> list[int]:
        """A bit for each number up to ``MAXIMO_BITS``; beyond, the number as a negative; 0 where there is none."""
        bits = list(map(BITS.get, textos))
        if None not in bits:
            return bits
        found = [whole(t.strip(), MAXIMO_SECUENCIA) or 0 for t in textos]
        return [1 << n if 0 < n <= MAXIMO_BITS else -n for n in found]

    def _places(
        self, llave: list[list[str]], bounds: list[int], lineas: Sequence[int], problema: Problema
    ) -> list[int]:
        """The place of each pedimento, or -1, and then each of its lines is told."""
        if llaves := self.llaves(llave):
            return self.acopio.places(llaves)
        return [
            self._placed(key, lineas[start:end], problema)
            for key, start, end in zip(zip(*llave, strict=True), bounds, bounds[1:], strict=False)
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


def _are_wide(textos: list[str], ancho: int) -> bool:
    """Are they all of so many digits?

    >>> _are_wide(["0036", "3953"], 4), _are_wide(["003", "36953"], 4), _are_wide(["0036", "395A"], 4)
    (True, False, False)
    """
    return bool(re.fullmatch(rf"(?:[0-9]{{{ancho}}}\|)*+", f"{'|'.join(textos)}|"))


def _bounds(llave: Sequence[list[str]]) -> list[int]:
    """Where each pedimento begins in a column of rows, and where the last ends: the rows of one come together.

    >>> _bounds([["1", "1", "2"], ["7", "7", "7"]]), _bounds([["1", "1"], ["7", "8"]])
    ([0, 2, 3], [0, 1, 2])
    """
    numeros = llave[1]
    bounds = [0, *compress(count(1), map(ne, numeros, numeros[1:])), len(numeros)]
    # What else makes a pedimento mostly changes with its number: then as many texts of each are the whole column.
    sizes = list(map(sub, bounds[1:], bounds))
    if all(
        "".join([f"{c[n]}|" * size for n, size in zip(bounds, sizes, strict=False)]) == f"{'|'.join(c)}|" for c in llave
    ):
        return bounds
    rows = list(zip(*llave, strict=True))
    return [0, *compress(count(1), map(ne, rows, rows[1:])), len(rows)]
