"""How near a company is to losing a programme for not presenting its report."""

from collections.abc import Collection
from enum import StrEnum

from raoce.plazos import Estado

# Days left: at most so many, and it is high, or of some concern. Ours, not of the law.
POCOS, BASTANTES = 15, 60

# Past the limit, without a report.
PASADOS = frozenset({Estado.VENCIDO, Estado.SUSPENDIDO, Estado.CANCELADO})
_SIN_PENDIENTE = frozenset({Estado.PRESENTADO, Estado.NO_OBLIGADO})


class Peligro(StrEnum):
    """In the order in which they are worked through."""

    ALTO = "alto"
    MEDIO = "medio"
    BAJO = "bajo"
    NINGUNO = "ninguno"


ORDEN = {peligro: n for n, peligro in enumerate(Peligro)}


def peligro_of(estados: Collection[Estado], dias: int | None, se_presento: bool = False) -> Peligro:
    """The danger of a company with programmes in these states, and so many days left to the next limit.

    ``se_presento``: somebody said that it was presented, and not yet when; so nothing is lost for certain.

    >>> peligro_of([Estado.EN_PLAZO], 15), peligro_of([Estado.EN_PLAZO], 16), peligro_of([Estado.NO_INICIA], 61)
    (<Peligro.ALTO: 'alto'>, <Peligro.MEDIO: 'medio'>, <Peligro.BAJO: 'bajo'>)
    """
    pendientes = [estado for estado in estados if estado not in _SIN_PENDIENTE]
    if not pendientes:
        return Peligro.NINGUNO
    if not PASADOS.isdisjoint(pendientes):
        return Peligro.MEDIO if se_presento else Peligro.ALTO
    if dias is not None and dias <= POCOS:
        return Peligro.ALTO
    if Estado.EN_PLAZO in pendientes or (dias is not None and dias <= BASTANTES):
        return Peligro.MEDIO
    return Peligro.BAJO
