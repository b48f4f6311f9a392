"""The files of a Data Stage, read one after another as they are dropped."""

import hashlib
import re
from collections import Counter
from collections.abc import Iterator
from functools import partial

from raoce.aduana.acopio import Acopio
from raoce.aduana.anotador import Anotador
from raoce.aduana.envases import Envase, Parte
from raoce.aduana.pedimentos import Pedimentos
from raoce.aduana.registros import COLUMNAS, OPCIONALES, Fechas, is_read, recognise, registro_of
from raoce.aduana.tablas import Encabezados, Texto, split
from raoce.base import DatoInvalido
from raoce.base.archivos import Archivo, Avance, Problemas

MAXIMO_IGNORADOS = 500


class Lectura:
    """Reads the Data Stage of a company, ``rfc``, for an ``ejercicio``. Nothing that a file holds raises."""

    def __init__(self, rfc: str, ejercicio: int):
        self.rfc, self.ejercicio = rfc.strip().upper(), ejercicio
        self.acopio, self.lent = Acopio(), False
        self.problemas = Problemas()
        self.archivos: list[Archivo] = []
        self.ignorados: dict[str, None] = {}
        self.meses_vacios: set[int] = set()
        self.meses: set[tuple[str, int, int]] = set()
        self.fechas = Fechas()
        self.renglones = 0

    def leer(self, nombre: str, contenido: bytes) -> Iterator[Avance]:
        """Reads a zip, a zip of zips or a loose text. Stopping half-way leaves what was read so far."""
        if self.lent:
            # What was handed over does not change.
            self.acopio, self.problemas, self.lent = self.acopio.copy(), self.problemas.copy(), False
        digest = hashlib.sha256(contenido).hexdigest()
        registros: Counter[str] = Counter()
        before = self.problemas.cuantos
        start = self.renglones
        envase = Envase(nombre, contenido, self._wanted, lambda n, c, **d: self.problemas.add(n, 0, c, **d))
        try:
            for parte in envase.parts():
                yield Avance(parte.nombre, self.renglones)
                for _ in self._part(parte, registros):
                    yield Avance(parte.nombre, self.renglones)
            # A loose file of another record is no mistake.
            if not registros and self.problemas.cuantos == before and registro_of(nombre) in ("", *COLUMNAS):
                self.problemas.add(nombre, 0, "aduana-nada")
        finally:
            self.archivos.append(Archivo(nombre, digest, dict(registros), self.renglones - start))

    def pedimentos(self) -> Pedimentos:
        """What has been read so far. It stays as it is when more is read."""
        self.lent = True
        return Pedimentos(
            self.rfc,
            self.ejercicio,
            tuple(self.archivos),
            tuple(self.problemas.lista),
            self.problemas.cuantos,
            tuple(self.ignorados),
            frozenset(m for rfc, a, m in self.meses if rfc == self.rfc and a == self.ejercicio) | self.meses_vacios,
            self.acopio,
        )

    def _wanted(self, nombre: str) -> bool:
        if is_read(nombre):
            return True
        if len(self.ignorados) < MAXIMO_IGNORADOS:
            self.ignorados[nombre[-120:]] = None
        return False

    def _part(self, parte: Parte, registros: Counter[str]) -> Iterator[None]:
        problem = partial(self.problemas.add, parte.nombre)
        text = Texto(parte.bloques, problem)
        try:
            yield from self._table(parte.nombre, text, registros, problem)
        except DatoInvalido as e:
            problem(text.linea, e.codigo, **e.datos)

    def _table(self, nombre: str, text: Texto, registros: Counter[str], problem) -> Iterator[None]:
        blocks = text.blocks()
        first = next(blocks, "")
        heading, _, rest = first.partition("\n")
        if not heading.strip():
            self._empty(nombre, registros, "")
            return
        if "\0" in heading:
            raise DatoInvalido("aduana-sin-encabezados")
        encabezados = Encabezados(heading)
        registro, missing = recognise(nombre, encabezados)
        if not registro or missing or encabezados.ancho < 2:
            if registro and encabezados.ancho > 1 and any(encabezados.place(c) is not None for c in COLUMNAS[registro]):
                raise DatoInvalido("aduana-columnas", faltan=", ".join(missing))
            raise DatoInvalido("aduana-sin-encabezados")
        registros.setdefault(registro, 0)
        places = [encabezados.place(c) for c in (*COLUMNAS[registro], *OPCIONALES[registro])]
        anotador = Anotador(self.acopio, self.fechas)
        add = {"501": anotador.add_501, "551": anotador.add_551, "701": anotador.add_701}[registro]
        asked = [p for p in places if p is not None]
        rows = 0
        linea = 2
        while True:
            if rest:
                block = split(rest, linea, encabezados.ancho, asked, problem)
                if len(asked) < len(places):
                    found = iter(block.columnas)
                    nothing = [""] * len(block.lineas)
                    columns = [next(found) if p is not None else nothing for p in places]
                    block = block._replace(columnas=columns)
                if block.lineas:
                    add(block, problem)
                rows += len(block.lineas)
                registros[registro] += len(block.lineas)
                self.renglones += len(block.lineas)
                self.meses |= anotador.meses
                yield
            rest = next(blocks, "")
            if not rest:
                break
            linea = text.linea
        if not rows:
            self._empty(nombre, registros, registro)

    def _empty(self, nombre: str, registros: Counter[str], registro: str) -> None:
        """A month without operations is not a missing one, where the name of its zip says which it is."""
        registro = registro or recognise(nombre, Encabezados(""))[0]
        if registro not in COLUMNAS:
            return
        registros.setdefault(registro, 0)
        found = re.search(r"(?:^|[^0-9])([0-9]{4})(0[1-9]|1[0-2])(?:[^0-9]|$)", nombre.rpartition("/")[0])
        if registro == "501" and found and int(found[1]) == self.ejercicio:
            self.meses_vacios.add(int(found[2]))
