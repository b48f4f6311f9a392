"""Which files a captured amount was added up from («Calcular con mis archivos»), as its explanation tells it.

The explanation is the only place where it is written: the draft and the signed request keep its inputs, and are read
back from them. Of the customers there is nothing: files of invoices are known by their SHA-256 alone, since their
names may be those of a customer.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from raoce.base import DatoInvalido, Explicacion, json_estricto
from raoce.base.archivos import Archivo
from raoce.base.explicacion import Entrada
from raoce.base.formato import in_thousands, miles
from raoce.reglas.frase import Frase

if TYPE_CHECKING:
    from raoce.aduana import Totales
    from raoce.facturas import Ventas
    from raoce.reglas import Regla

PEDIMENTOS, FACTURAS = Frase("pedimentos"), Frase("facturas")
VENTAS, EXPORTACIONES, IMPORTACIONES = "datos.ventasTotales", "datos.totalExportaciones", "datos.totalImportaciones"
FIGURAS = (VENTAS, EXPORTACIONES, IMPORTACIONES)
# Of more files than these, the request tells only how many they were and one SHA-256 of all.
MAXIMO_ARCHIVOS = 60
MAXIMO_NOMBRE = 120
_PROPIA = Frase("la propia de cada pedimento")
# Credit notes may be more than what was invoiced.
_PESOS = re.compile(r"-?[0-9]{1,40}(\.[0-9]{1,60})?")
_SHA256 = re.compile(r"[0-9a-f]{64}")
# As ``raoce.aduana`` keeps them, with marks for what it could not keep.
_CLAVES = re.compile(r"[\w?/]{1,10}(, [\w?/]{1,10})*")
_MOTIVO = re.compile(r"[a-z-]{1,30}")
_CONTADOS = MappingProxyType({PEDIMENTOS: Frase("Pedimentos que cuentan"), FACTURAS: Frase("Facturas que cuentan")})
_TOTAL = MappingProxyType({PEDIMENTOS: Frase("Total según pedimentos"), FACTURAS: Frase("Total según facturas")})


@dataclass(frozen=True, slots=True)
class ArchivoUsado:
    """``archivos``: how many it stands for; where they are several, ``sha256`` is that of their own, sorted, each in
    hexadecimal on its line. ``renglones``: rows of tables, or documents."""

    sha256: str
    renglones: int
    nombre: str = ""
    archivos: int = 1


@dataclass(frozen=True, slots=True)
class Procedencia:
    """The sum that an amount came from. ``fuente``: ``PEDIMENTOS`` or ``FACTURAS``; ``pesos``: not rounded.

    ``contados``: pedimentos or invoices that count, ``fuera`` those left out, by reason, exports and imports together.
    Of pedimentos: ``claves`` that count, whether the value is ``agregado``, whether their date is their ``propia``.
    """

    figura: str
    fuente: str
    pesos: Decimal
    contados: int
    fuera: tuple[tuple[str, int], ...]
    archivos: tuple[ArchivoUsado, ...]
    claves: tuple[str, ...] = ()
    agregado: bool = False
    propia: bool = False

    @property
    def miles(self) -> int:
        """The amount in thousands of pesos."""
        return in_thousands(self.pesos)

    @property
    def reglas(self) -> "tuple[Regla, ...]":
        """Those that decided what counts."""
        if self.fuente == FACTURAS:
            from raoce.facturas.ventas import rules

            return rules()
        from raoce.aduana import Eleccion

        fecha = "propia" if self.propia else "original"
        return Eleccion(frozenset(), consignacion=self.agregado, fecha=fecha).reglas

    @property
    def explicacion(self) -> Explicacion:
        pesos = f"{self.pesos:,f}"
        said = (
            Frase("{pesos} pesos según los pedimentos", pesos=pesos)
            if self.fuente == PEDIMENTOS
            else Frase("{pesos} pesos según las facturas", pesos=pesos)
        )
        operacion = Frase("{pesos} ÷ 1,000 = {miles} miles de pesos.", pesos=said, miles=miles(self.miles))
        return Explicacion(self.figura, tuple(self._entradas()), self.reglas, operacion)

    def _entradas(self) -> Iterator[Entrada]:
        """As ``parse_entradas`` reads them."""
        yield Entrada(_TOTAL[self.fuente], f"{self.pesos:f}", "pesos")
        yield Entrada(_CONTADOS[self.fuente], self.contados, self.fuente)
        if self.claves:
            yield Entrada("Claves de documento que cuentan", ", ".join(self.claves), "")
        if self.agregado:
            yield Entrada("Valor que cuenta", Frase("valor agregado"), "")
        if self.propia:
            yield Entrada("Fecha que cuenta", _PROPIA, "")
        for motivo, cuantos in self.fuera:
            yield Entrada(Frase("No cuentan: {motivo}", motivo=motivo), cuantos, self.fuente)
        for n, a in enumerate(self.archivos, 1):
            yield Entrada(Frase("Archivo {n}", n=n), a.sha256, "SHA-256")
            if a.nombre:
                yield Entrada(Frase("Archivo {n}, nombre", n=n), a.nombre, "")
            if a.archivos > 1:
                yield Entrada(Frase("Archivo {n}, son varios", n=n), a.archivos, "archivos")
            yield Entrada(Frase("Archivo {n}, renglones", n=n), a.renglones, "renglones")


def of_pedimentos(totales: "Totales", figura: str) -> Procedencia:
    """Of «Exportaciones según pedimentos» or «Importaciones según pedimentos»."""
    exports, eleccion = figura == EXPORTACIONES, totales.eleccion
    tipo = "2" if exports else "1"
    return Procedencia(
        figura,
        PEDIMENTOS,
        totales.exportaciones if exports else totales.importaciones,
        totales.contados[tipo],
        tuple((motivo, n) for motivo, n in totales.excluidos.items() if n),
        tuple(_together([_used(a, a.nombre) for a in totales.pedimentos.archivos])),
        tuple(sorted({clave for t, clave in totales.por_clave if t == tipo and clave})),
        exports and eleccion.consignacion,
        eleccion.fecha == "propia",
    )


def of_facturas(ventas: "Ventas") -> Procedencia:
    """Of «Ventas según facturas»."""
    return Procedencia(
        VENTAS,
        FACTURAS,
        ventas.facturado,
        sum(ventas.contados.values()),
        tuple((motivo, n) for motivo, n in ventas.excluidos.items() if n),
        tuple(_together([_used(a) for a in ventas.facturas.archivos])),
    )


def _used(archivo: Archivo, nombre: str = "") -> ArchivoUsado:
    # A name may hold what turns the text around it over, or breaks the line.
    shown = "".join(c if c.isprintable() else "?" for c in nombre[-MAXIMO_NOMBRE:])
    return ArchivoUsado(archivo.sha256, archivo.renglones, shown)


def _together(archivos: list[ArchivoUsado]) -> list[ArchivoUsado]:
    if len(archivos) <= MAXIMO_ARCHIVOS:
        return archivos
    lines = "".join(f"{sha}\n" for sha in sorted(a.sha256 for a in archivos))
    whole = hashlib.sha256(lines.encode("ascii")).hexdigest()
    return [ArchivoUsado(whole, sum(a.renglones for a in archivos), "", len(archivos))]


def parse_entradas(figura: str, entradas: Iterable[Any]) -> Procedencia:
    """What the inputs (``nombre``, ``valor``, ``unidad``) of an explanation tell.

    Raises ``DatoInvalido`` (``procedencia-danada``) unless they are written as we write them.
    """
    given = [(x.nombre, x.valor, x.unidad) for x in entradas]
    try:
        found = _parse(figura, {nombre: valor for nombre, valor, _ in given})
    except (KeyError, ValueError, TypeError):
        raise DatoInvalido("procedencia-danada") from None
    if given != [(x.nombre, x.valor, x.unidad) for x in found._entradas()] or not _may_be_ours(found):
        raise DatoInvalido("procedencia-danada")
    return found


def _may_be_ours(p: Procedencia) -> bool:
    """Does it tell only what we tell of its figure? Nothing that names a customer's file, above all."""
    if p.figura not in FIGURAS or (p.agregado and p.figura != EXPORTACIONES):
        return False
    names = [a.nombre for a in p.archivos]
    if p.fuente == FACTURAS and (p.claves or p.propia or any(names)):
        return False
    return all(len(n) <= MAXIMO_NOMBRE and n.isprintable() for n in names)


def _parse(figura: str, by_name: Mapping[str, Any]) -> Procedencia:
    fuente = FACTURAS if figura == VENTAS else PEDIMENTOS
    archivos = []
    while (name := f"Archivo {len(archivos) + 1}") in by_name:
        archivos.append(
            ArchivoUsado(
                _text(by_name[name], _SHA256),
                _whole(by_name[f"{name}, renglones"]),
                str(by_name.get(f"{name}, nombre", "")),
                _whole(by_name.get(f"{name}, son varios", 1)),
            )
        )
    out = "No cuentan: "
    claves = by_name.get("Claves de documento que cuentan")
    return Procedencia(
        figura,
        fuente,
        Decimal(_text(by_name[_TOTAL[fuente]], _PESOS)),
        _whole(by_name[_CONTADOS[fuente]]),
        tuple((_text(k.removeprefix(out), _MOTIVO), _whole(n)) for k, n in by_name.items() if k.startswith(out)),
        tuple(archivos),
        tuple(_text(claves, _CLAVES).split(", ")) if claves else (),
        "Valor que cuenta" in by_name,
        "Fecha que cuenta" in by_name,
    )


def _text(valor: object, forma: re.Pattern[str]) -> str:
    if not (isinstance(valor, str) and forma.fullmatch(valor)):
        raise ValueError(valor)
    return valor


def _whole(valor: object) -> int:
    if type(valor) is not int or not 0 <= valor < 10**12:
        raise ValueError(valor)
    return valor


@dataclass(frozen=True, slots=True)
class Procedencias:
    """As a draft keeps them: they say nothing of another company or ejercicio."""

    rfc: str
    ejercicio: int
    lista: tuple[Procedencia, ...]

    def of(self, rfc: object, ejercicio: int) -> tuple[Procedencia, ...]:
        return self.lista if (self.rfc, self.ejercicio) == (rfc, ejercicio) else ()


def to_text(p: Procedencias) -> str:
    """JSON: the inputs of each explanation by its ``figura``."""
    figures = {x.figura: [[e.nombre, e.valor, e.unidad] for e in x._entradas()] for x in p.lista}
    return json.dumps({"rfc": p.rfc, "ejercicio": p.ejercicio, "cantidades": figures}, ensure_ascii=False)


def parse(texto: str) -> Procedencias:
    """What ``to_text`` wrote; raises ``DatoInvalido`` (``procedencia-danada``) for anything else."""
    try:
        content = json_estricto.load(texto)
        lista = tuple(
            parse_entradas(figura, [Entrada(*row) for row in content["cantidades"][figura]])
            for figura in FIGURAS
            if figura in content["cantidades"]
        )
        return Procedencias(str(content["rfc"]), _whole(content["ejercicio"]), lista)
    except (ValueError, TypeError, KeyError):
        raise DatoInvalido("procedencia-danada") from None
