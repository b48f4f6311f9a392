"""One report as known so far: from what was captured to every deadline, figure and commitment.

Nothing here is stored twice: all that can be derived is derived, each result with its explanation.
"""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property

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


@dataclass(frozen=True)
class PlazoDeRegistro:
    """A programme held, whether it must file, its dates and its state on the day of consultation."""

    registro: Registro
    obligacion: Obligacion
    plazo: Plazo | None
    situacion: Situacion


@dataclass(frozen=True)
class Reporte:
    """``balanza`` and ``tipo_cambio`` may be incomplete; results then say what is missing. ``bienes``: PROSEC alone."""

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
        found = []
        if self.consignacion:
            regla = regla_de_presentacion("balanza.valor-agregado", self.ejercicio)
            found.append(Explicacion("datos.totalExportaciones", (), (regla,), f"{regla.titulo}."))
        if not self.captures_importaciones:
            regla = regla_de_presentacion("balanza.importaciones-con-immex", self.ejercicio)
            found.append(Explicacion("datos.totalImportaciones", (), (regla,), f"{regla.titulo}: {regla.texto}."))
        return tuple(found)

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
