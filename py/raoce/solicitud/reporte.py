"""One report as known so far: from what was captured to every deadline, figure and commitment.

Nothing here is stored twice: all that can be derived is derived, each result with its explanation.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Any

from raoce.base import Explicacion
from raoce.base.explicacion import Resultado
from raoce.bienes import Bien
from raoce.bienes.bienes import explain_inventario
from raoce.cifras import Balanza
from raoce.cifras.balanza import captures_importaciones
from raoce.cifras.compromisos import Compromiso, compromiso
from raoce.cifras.divisas import exportaciones_en_dolares
from raoce.empresa import Programa, Registro
from raoce.empresa.programas import Obligacion, obligacion, programas_que_presentan
from raoce.plazos import Calendario, Estado, Plazo, plazo
from raoce.plazos.calendario import OFICIAL
from raoce.plazos.plazos import Situacion, situacion
from raoce.reglas import regla_de_presentacion
from raoce.reglas.frase import Frase

if TYPE_CHECKING:
    from raoce.solicitud.procedencia import Procedencia

VALOR_AGREGADO = "balanza.valor-agregado"


@dataclass(frozen=True)
class PlazoDeRegistro:
    """A programme held, whether it must file, its dates and its state on the day of consultation."""

    registro: Registro
    obligacion: Obligacion
    plazo: Plazo | None
    situacion: Situacion


@dataclass(frozen=True)
class Reporte:
    """``balanza`` and ``tipo_cambio`` may be incomplete; results then say what is missing. ``bienes``: PROSEC alone.

    ``procedencias``: the files that amounts were added up from; they tell nothing of an amount that is another by now.
    """

    ejercicio: int
    registros: tuple[Registro, ...]
    consulta: date
    presentacion: date | None = None
    balanza: Balanza | None = None
    tipo_cambio: Decimal | None = None
    consignacion: bool = False
    bienes: tuple[Bien, ...] = ()
    calendario: Calendario = OFICIAL
    solicitante: dict[str, str] = field(default_factory=dict)
    procedencias: "tuple[Procedencia, ...]" = ()

    @cached_property
    def presentan(self) -> frozenset[Programa]:
        return programas_que_presentan(self.registros, self.ejercicio)

    @cached_property
    def plazos(self) -> tuple[PlazoDeRegistro, ...]:
        return tuple(self._plazo(r) for r in self.registros)

    def _plazo(self, registro: Registro) -> PlazoDeRegistro:
        deber = obligacion(registro, self.ejercicio)
        if not deber.presenta:
            return PlazoDeRegistro(registro, deber, None, Situacion(Estado.NO_OBLIGADO))
        fechas = plazo(registro.programa, self.presentan, self.ejercicio, self.calendario)
        now = situacion(fechas, self.consulta, self.presentacion, self.calendario)
        return PlazoDeRegistro(registro, deber, fechas, now)

    @property
    def captures_importaciones(self) -> bool:
        return captures_importaciones(self.presentan)

    @cached_property
    def dolares(self) -> Resultado[Decimal]:
        exportaciones = self.balanza.total_exportaciones if self.balanza else None
        return exportaciones_en_dolares(self.ejercicio, exportaciones, self.tipo_cambio)

    @cached_property
    def compromisos(self) -> tuple[Compromiso, ...]:
        """One for each programme that must file."""
        balanza = self.balanza or Balanza(self.ejercicio)
        return tuple(
            compromiso(p.registro, p.obligacion, balanza, self.tipo_cambio)
            for p in self.plazos
            if p.obligacion.presenta
        )

    def _captured(self) -> tuple[Explicacion, ...]:
        """What decided the captured figures, where something other than the filer's books did."""
        found = [p.explicacion for p in self.procedencias if self._comes_from(p)]
        if self.consignacion:
            regla = regla_de_presentacion(VALOR_AGREGADO, self.ejercicio)
            of_exports = next((n for n, e in enumerate(found) if e.figura == "datos.totalExportaciones"), None)
            if of_exports is None:
                operacion = Frase("{regla}.", regla=regla.titulo)
                found.append(Explicacion("datos.totalExportaciones", (), (regla,), operacion))
            else:
                e = found[of_exports]
                operacion = Frase("{regla}. {operacion}", regla=regla.titulo, operacion=e.operacion)
                found[of_exports] = replace(e, reglas=(regla, *e.reglas), operacion=operacion)
        if not self.captures_importaciones:
            regla = regla_de_presentacion("balanza.importaciones-con-immex", self.ejercicio)
            operacion = Frase("{regla}: {texto}.", regla=regla.titulo, texto=regla.texto)
            found.append(Explicacion("datos.totalImportaciones", (), (regla,), operacion))
        return tuple(found)

    def _comes_from(self, p: "Procedencia") -> bool:
        """Is the amount still what the files add up to, by the value that the report asks for?"""
        b = self.balanza
        match p.figura:
            case "datos.ventasTotales":
                amount = b.ventas_totales
            case "datos.totalExportaciones":
                amount = b.total_exportaciones if p.agregado == self.consignacion else None
            case _:
                amount = b.total_importaciones if self.captures_importaciones else None
        return amount == p.miles

    @property
    def explicaciones(self) -> tuple[Explicacion, ...]:
        """The reasons of every figure of a report with its balanza, in the order in which a reader meets them."""
        figures = (self.balanza.saldo, self.balanza.porcentaje_exportacion, self.dolares)
        return (
            *self._captured(),
            *(f.explicacion for f in figures),
            *(c.explicacion for c in self.compromisos),
            *(p.obligacion.explicacion for p in self.plazos),
            *(p.plazo.explicacion for p in self.plazos if p.plazo),
            *((explain_inventario(self.bienes),) if self.bienes else ()),
        )


def is_consigned(explicaciones: Iterable[Any]) -> bool:
    """Do these explanations, ours or those of a signed request, say that exports are valor agregado alone?"""
    exports = (e for e in explicaciones if e.figura == "datos.totalExportaciones")
    return any(r.id == VALOR_AGREGADO for e in exports for r in e.reglas)
