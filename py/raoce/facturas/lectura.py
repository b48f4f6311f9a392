"""Reads what is dropped, invoices and metadata, loose or in zips, and keeps of each invoice what its sum needs."""

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import NamedTuple

from raoce.base import DatoInvalido
from raoce.base.archivos import LARGO, Archivo, Avance, Problema, Problemas
from raoce.facturas import cfdi, metadatos
from raoce.facturas.cfdi import Cfdi
from raoce.facturas.metadatos import Estatus
from raoce.facturas.paquetes import ZIP, Paquete

# Between two of them the page may answer: some 50 ms each.
DOCUMENTOS, BYTES, RENGLONES = 100, 2_000_000, 5_000
# Invoices, substitutions and lines of metadata kept, all together.
MAXIMO = 2_000_000
MAXIMO_IGNORADOS = 500
# What the metadata say of an invoice. ESPERADO: in force, the company's own, of the ejercicio and of type I or E.
CANCELADO, VIGENTE, ESPERADO = 0, 1, 2


class Factura(NamedTuple):
    """An invoice as kept. ``pesos``: without tax, less the discount; 0 where the sum never needs it."""

    uuid: str  # in capitals
    archivo: str  # the dropped file
    fecha: date
    version: str
    tipo: str
    pesos: Decimal
    exporta: bool
    propia: bool  # the issuer is the company


class Facturas(NamedTuple):
    """What was read of the company ``rfc`` for an ``ejercicio``. ``problemas``: the first of ``cuantos_problemas``."""

    rfc: str
    ejercicio: int
    presentes: Mapping[str, Factura]  # by UUID
    repetidas: int  # copies after the first
    sustituciones: Mapping[str, str]  # UUID substituted → the one that stands for it
    estatus: Mapping[str, int]  # of the metadata, by UUID: CANCELADO, VIGENTE or ESPERADO
    archivos: tuple[Archivo, ...]
    problemas: tuple[Problema, ...]
    cuantos_problemas: int
    ignorados: tuple[str, ...]  # the first of the names of files inside zips that were left alone


_CERO = Decimal(0)


class LecturaCfdi:
    """Reads the files of one company and one ejercicio, in any order."""

    def __init__(self, rfc: str, ejercicio: int) -> None:
        self.rfc, self.ejercicio = rfc.strip().upper(), ejercicio
        self._presentes: dict[str, Factura] = {}
        self._sustituciones: dict[str, str] = {}
        self._estatus: dict[str, int] = {}
        self._repetidas = 0
        self._archivos: list[Archivo] = []
        self._problemas = Problemas()
        self._ignorados: dict[str, None] = {}
        self._read = 0
        self._lent = False

    @property
    def problemas(self) -> Problemas:
        """Those found so far; they grow as it reads on."""
        return self._problemas

    def facturas(self) -> Facturas:
        """What has been read so far. It stays as it is when more is read."""
        self._lent = True
        return Facturas(
            self.rfc,
            self.ejercicio,
            MappingProxyType(self._presentes),
            self._repetidas,
            MappingProxyType(self._sustituciones),
            MappingProxyType(self._estatus),
            tuple(self._archivos),
            tuple(self._problemas.lista),
            self._problemas.cuantos,
            tuple(self._ignorados),
        )

    def leer(self, nombre: str, contenido: bytes) -> Iterator[Avance]:
        """One dropped file, told by its bytes. Stops every so often; whoever asks no more leaves it half read.

        Never raises for what the bytes are: what cannot be read is in ``facturas().problemas``.
        """
        sha256 = hashlib.sha256(contenido).hexdigest()
        counts: Counter[str] = Counter()
        before = self._read
        try:
            if contenido.startswith(ZIP):
                yield from self._zip(nombre, contenido, counts)
            elif _looks_like_xml(contenido):
                self._xml(nombre, nombre, contenido, counts)
            elif metadatos.looks_like(contenido):
                yield from self._metadatos(nombre, contenido, counts)
            elif not contenido.strip():
                raise DatoInvalido("archivo-vacio")
            else:
                raise DatoInvalido("archivo-ajeno")
        except DatoInvalido as problem:
            self._tell(nombre, problem)
        finally:
            self._archivos.append(Archivo(nombre, sha256, dict(counts), self._read - before))
        yield Avance(nombre, self._read)

    def _zip(self, nombre: str, contenido: bytes, counts: Counter[str]) -> Iterator[Avance]:
        documents = size = 0
        for path, body in Paquete(_limit, self._problemas, self._ignored).walk(nombre, contenido):
            if path.lower().endswith(".xml"):
                self._xml(nombre, path, body, counts)
            elif metadatos.looks_like(body):
                yield from self._metadatos(path, body, counts)
            else:
                self._ignored(path)
            documents, size = documents + 1, size + len(body)
            if documents >= DOCUMENTOS or size >= BYTES:
                documents = size = 0
                yield Avance(path, self._read)

    def _room(self) -> None:
        """Before anything is kept. What was handed over does not change."""
        if self._lent:
            self._presentes, self._sustituciones = self._presentes.copy(), self._sustituciones.copy()
            self._estatus, self._lent = self._estatus.copy(), False
        if len(self._presentes) + len(self._sustituciones) + len(self._estatus) >= MAXIMO:
            raise DatoInvalido("facturas-muchas", maximo=MAXIMO)

    def _ignored(self, path: str) -> None:
        if len(self._ignorados) < MAXIMO_IGNORADOS:
            self._ignorados[path[-LARGO:]] = None

    def _tell(self, path: str, problem: DatoInvalido, linea: int = 0) -> None:
        self._problemas.add(path, linea, problem.codigo, **problem.datos)

    def _xml(self, archivo: str, path: str, body: bytes, counts: Counter[str]) -> None:
        self._room()
        counts["xml"] += 1
        self._read += 1
        try:
            self._add(archivo, path, cfdi.read(body))
        except DatoInvalido as problem:
            self._tell(path, problem)

    def _add(self, archivo: str, path: str, read: Cfdi) -> None:
        propia = read.emisor == self.rfc
        # Of what is left out anyway, an odd amount is nobody's trouble.
        needed = propia and read.fecha.year == self.ejercicio and read.tipo in ("I", "E")
        factura = Factura(
            read.uuid,
            archivo,
            read.fecha,
            read.version,
            read.tipo,
            read.neto() if needed else _CERO,
            read.exporta,
            propia,
        )
        before = self._presentes.setdefault(read.uuid, factura)
        if before is not factura:
            self._repetidas += 1
            if before[2:] != factura[2:]:
                self._problemas.add(path, 0, "cfdi-contradice", uuid=read.uuid)
            return
        if propia:
            for other in read.sustituye:
                self._sustituciones[other] = read.uuid

    def _metadatos(self, path: str, body: bytes, counts: Counter[str]) -> Iterator[Avance]:
        try:
            for linea, line in metadatos.read(body):
                if isinstance(line, DatoInvalido):
                    self._tell(path, line, linea)
                else:
                    self._room()
                    self._mark(line)
                counts["metadatos"] += 1
                self._read += 1
                if counts["metadatos"] % RENGLONES == 0:
                    yield Avance(path, self._read)
        except DatoInvalido as problem:
            if problem.codigo == "facturas-muchas":
                raise
            self._tell(path, problem)

    def _mark(self, line: Estatus) -> None:
        """What is cancelled once is never in force again, whichever file is older."""
        ours = line.emisor == self.rfc and line.anio == self.ejercicio and line.tipo in ("I", "E")
        status = CANCELADO if line.cancelado else ESPERADO if ours else VIGENTE
        self._estatus[line.uuid] = min(status, self._estatus.get(line.uuid, status))


def _limit(name: str) -> int | None:
    """Bytes that a member of a zip may have, by its name; ``None``: it is left alone."""
    return {".xml": cfdi.MAXIMO, ".txt": metadatos.MAXIMO, ".csv": metadatos.MAXIMO}.get(name[-4:].lower())


def _looks_like_xml(contenido: bytes) -> bool:
    """
    >>> _looks_like_xml("\\ufeff<a/>".encode("utf-16-le")), _looks_like_xml(b" <a/>"), _looks_like_xml(b"a")
    (True, True, False)
    """
    return contenido[:64].lstrip(b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n").startswith(b"<")
