"""Reads what is dropped, invoices and metadata, loose or in zips, and keeps of each invoice what its sum needs."""

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import NamedTuple

from raoce.base import DatoInvalido
from raoce.facturas import cfdi, metadatos
from raoce.facturas.cfdi import Cfdi
from raoce.facturas.entrega import Archivo, Avance, Problema, Problemas
from raoce.facturas.metadatos import Estatus
from raoce.facturas.paquetes import ZIP, Paquete

# Between two of them the page may answer: some 50 ms each.
DOCUMENTOS, BYTES, RENGLONES = 100, 2_000_000, 5_000
# Invoices, substitutions and lines of metadata kept, all together.
MAXIMO = 2_000_000
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
    """What was read. The mappings are the reader's own: they grow if it reads on, and cannot be changed otherwise."""

    rfc: str
    ejercicio: int
    presentes: Mapping[str, Factura]  # by UUID
    repetidas: int  # copies after the first
    sustituciones: Mapping[str, str]  # UUID substituted → the one that stands for it
    estatus: Mapping[
        str, int
    ]  # of the metadata: CANCELADO, VIGENTE; ESPERADO: in force, and of type I or E and the year
    archivos: tuple[Archivo, ...]
    problemas: tuple[Problema, ...]  # the first of them
    cuantos_problemas: Mapping[str, int]  # all, by code
    ignorados: Mapping[str, int]  # files of zips left alone, by extension


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
        self._ignorados: Counter[str] = Counter()

    def facturas(self) -> Facturas:
        return Facturas(
            self.rfc,
            self.ejercicio,
            MappingProxyType(self._presentes),
            self._repetidas,
            MappingProxyType(self._sustituciones),
            MappingProxyType(self._estatus),
            tuple(self._archivos),
            tuple(self._problemas),
            MappingProxyType(self._problemas.cuantos),
            MappingProxyType(self._ignorados),
        )

    def leer(self, nombre: str, contenido: bytes) -> Iterator[Avance]:
        """One dropped file, told by its bytes. Stops every so often; whoever asks no more leaves it half read.

        Never raises for what the bytes are: what cannot be read is in ``facturas().problemas``.
        """
        counts: Counter[str] = Counter()
        try:
            if contenido.startswith(ZIP):
                yield from self._zip(nombre, contenido, counts)
            elif _looks_like_xml(contenido):
                self._xml(nombre, nombre, contenido)
                counts["xml"] += 1
            elif metadatos.looks_like(contenido):
                yield from self._metadatos(nombre, nombre, contenido, counts)
            elif not contenido.strip():
                raise DatoInvalido("archivo-vacio")
            else:
                raise DatoInvalido("archivo-ajeno")
        except DatoInvalido as problem:
            self._problemas.add(nombre, problem)
        sha256 = hashlib.sha256(contenido).hexdigest()
        read = sum(counts.values())
        self._archivos.append(Archivo(nombre, sha256, MappingProxyType(dict(counts)), read))
        yield Avance(nombre, read)

    def _zip(self, nombre: str, contenido: bytes, counts: Counter[str]) -> Iterator[Avance]:
        package = Paquete(_limit, self._problemas)
        documents = size = 0
        try:
            for path, body in package.walk(nombre, contenido):
                if path.lower().endswith(".xml"):
                    self._xml(nombre, path, body)
                    counts["xml"] += 1
                elif metadatos.looks_like(body):
                    yield from self._metadatos(nombre, path, body, counts)
                else:
                    self._ignorados["txt"] += 1
                documents, size = documents + 1, size + len(body)
                if documents >= DOCUMENTOS or size >= BYTES:
                    documents = size = 0
                    yield Avance(path, sum(counts.values()))
        finally:
            self._ignorados.update(package.ignorados)

    def _room(self) -> None:
        if len(self._presentes) + len(self._sustituciones) + len(self._estatus) >= MAXIMO:
            raise DatoInvalido("facturas-muchas", maximo=MAXIMO)

    def _xml(self, archivo: str, path: str, body: bytes) -> None:
        self._room()
        try:
            self._add(archivo, path, cfdi.read(body))
        except DatoInvalido as problem:
            self._problemas.add(path, problem)

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
                self._problemas.add(path, DatoInvalido("cfdi-contradice", uuid=read.uuid))
            return
        if propia:
            for other in read.sustituye:
                self._sustituciones[other] = read.uuid

    def _metadatos(self, archivo: str, path: str, body: bytes, counts: Counter[str]) -> Iterator[Avance]:
        try:
            for linea, line in metadatos.read(body):
                if isinstance(line, DatoInvalido):
                    self._problemas.add(path, line, linea)
                else:
                    self._room()
                    self._tell(line)
                counts["metadatos"] += 1
                if counts["metadatos"] % RENGLONES == 0:
                    yield Avance(path, sum(counts.values()))
        except DatoInvalido as problem:
            if problem.codigo == "facturas-muchas":
                raise
            self._problemas.add(path, problem)

    def _tell(self, line: Estatus) -> None:
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
