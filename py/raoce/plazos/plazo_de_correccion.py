"""Until when the correction letter can be sent. Source: Guía RAOCE 2024; see ``reglas/plazos.toml``."""

from dataclasses import dataclass
from datetime import date

from raoce.base import Entrada, Explicacion
from raoce.plazos.calendario import (
    OFICIAL,
    Calendario,
    DiaInhabil,
    add_business_days,
    count_business_days,
    skipped_days,
)
from raoce.plazos.plazos import Duda
from raoce.reglas import Regla, regla_de_presentacion
from raoce.reglas.frase import Frase, unida


@dataclass(frozen=True, slots=True)
class PlazoDeCorreccion:
    """The term that begins the day after ``presentacion``.

    ``limite``: last day to send. ``inhabiles``: the days in between that do not count, with their reason; those
    *por confirmar* do count, and are in ``dudas`` with what the last day would be without them.
    """

    presentacion: date
    limite: date
    inhabiles: tuple[DiaInhabil, ...]
    dudas: tuple[Duda, ...]
    regla: Regla
    calendario: Calendario

    def is_late(self, dia: date) -> bool:
        return dia > self.limite

    def days_left(self, dia: date) -> int:
        """Business days after ``dia`` to send it in; 0 on the last day and once it is past."""
        return count_business_days(max(dia, self.presentacion), self.limite, self.calendario)

    @property
    def explicacion(self) -> Explicacion:
        operacion = Frase(
            "{presentacion} + {plazo} = {limite}",
            presentacion=self.presentacion,
            plazo=self.regla.texto,
            limite=self.limite,
        )
        if self.inhabiles:
            named = (Frase("{dia} ({motivo})", dia=d.dia, motivo=d.motivo) for d in self.inhabiles)
            operacion = unida((operacion, Frase("no cuentan por inhábiles: {dias}", dias=unida(named, ", "))))
        entrada = Entrada("Fecha de presentación", self.presentacion, "fecha")
        explained = Frase("{operacion}.", operacion=operacion)
        return Explicacion("plazos.correccion", (entrada,), (self.regla,), explained)


def plazo_de_correccion(presentacion: date, ejercicio: int, calendario: Calendario = OFICIAL) -> PlazoDeCorreccion:
    """The term to send the letter on a report of ``ejercicio`` presented on ``presentacion``.

    >>> plazo = plazo_de_correccion(date(2025, 4, 30), 2024)
    >>> plazo.limite, [d.motivo for d in plazo.inhabiles]
    (datetime.date(2025, 5, 9), ['Día del Trabajo', 'sábado', 'domingo', 'Batalla de Puebla'])
    >>> plazo.days_left(date(2025, 5, 7)), plazo.is_late(date(2025, 5, 10))
    (2, True)
    """
    regla = regla_de_presentacion("plazos.correccion", ejercicio)
    limite = add_business_days(presentacion, regla.valor, calendario)
    alterna = add_business_days(presentacion, regla.valor, calendario, con_dudosos=True)
    skipped = skipped_days(presentacion, limite, calendario)
    return PlazoDeCorreccion(
        presentacion=presentacion,
        limite=limite,
        inhabiles=tuple(d for d in skipped if d.firme),
        dudas=tuple(Duda(limite, alterna, d) for d in skipped if not d.firme),
        regla=regla,
        calendario=calendario,
    )
