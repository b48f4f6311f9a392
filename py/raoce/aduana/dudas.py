"""What a filer should look at before she takes the totals. The sentences are in ``pantallas/*/textos.toml``."""

from collections.abc import Iterator

from raoce.aduana.clases import Clase, Clases, Suma
from raoce.aduana.eleccion import Eleccion
from raoce.aduana.pedimentos import Pedimentos
from raoce.base.archivos import Duda
from raoce.reglas import nombre_mes


class Cuenta:
    """What the doubts need of the classes: of those that count, and of partidas that no 501 has."""

    def __init__(self) -> None:
        self.sin_partidas = self.sueltos = self.partidas_sueltas = 0
        self.complementarios = self.partidas = self.ceros = 0  # the last two: of exports

    def add(self, clase: Clase, suma: Suma, motivo: str | None) -> None:
        if motivo is None:
            self.sueltos += suma.pedimentos - suma.sin_partidas
            self.partidas_sueltas += suma.partidas
        elif motivo == "":
            self.sin_partidas += suma.sin_partidas
            self.complementarios += suma.pedimentos * clase.complementario
            if clase.tipo == 2:
                self.partidas += suma.partidas
                self.ceros += suma.ceros


def doubts(
    p: Pedimentos, eleccion: Eleccion, cuenta: Cuenta, clases: Clases, huerfanas: int, circulares: int
) -> Iterator[Duda]:
    """What is missing, then what came twice, then what a choice makes doubtful. The codes:

    ``duda-sin-501``, ``duda-sin-551``, ``duda-sin-701``: no such file came; ``duda-meses`` (faltan: their
    names; meses: their numbers);
    ``duda-sin-partidas`` (pedimentos); ``duda-partidas-sueltas`` (pedimentos, partidas): partidas of pedimentos that no
    501 has; ``duda-repetidos`` (pedimentos); ``duda-partidas-distintas`` (pedimentos): what came again is not the same;
    ``duda-huerfanas`` (cuantas); ``duda-circulares`` (cuantas); ``duda-complementarios`` (pedimentos);
    ``duda-valor-agregado-cero`` (ceros, partidas); ``duda-valor-agregado`` (partidas, of exports, that have it while
    valor comercial is being added up); ``duda-problemas`` (cuantos).
    """
    rows = {r for archivo in p.archivos for r in archivo.registros}
    for registro in ("501", "551", "701"):
        if registro not in rows:
            yield Duda(f"duda-sin-{registro}", {})
    if p.faltan_meses and "501" in rows:
        yield Duda("duda-meses", {"faltan": ", ".join(map(nombre_mes, p.faltan_meses)), "meses": p.faltan_meses})
    if "551" in rows and cuenta.sin_partidas:
        yield Duda("duda-sin-partidas", {"pedimentos": cuenta.sin_partidas})
    if cuenta.sueltos:
        yield Duda("duda-partidas-sueltas", {"pedimentos": cuenta.sueltos, "partidas": cuenta.partidas_sueltas})
    if clases.repetidos:
        yield Duda("duda-repetidos", {"pedimentos": clases.repetidos})
    if clases.distintos:
        yield Duda("duda-partidas-distintas", {"pedimentos": clases.distintos})
    if huerfanas:
        yield Duda("duda-huerfanas", {"cuantas": huerfanas})
    if circulares:
        yield Duda("duda-circulares", {"cuantas": circulares})
    if cuenta.complementarios:
        yield Duda("duda-complementarios", {"pedimentos": cuenta.complementarios})
    ceros, partidas = cuenta.ceros, cuenta.partidas
    if eleccion.consignacion and ceros * 2 > partidas:
        yield Duda("duda-valor-agregado-cero", {"ceros": ceros, "partidas": partidas})
    if not eleccion.consignacion and partidas and ceros * 2 < partidas:
        yield Duda("duda-valor-agregado", {"partidas": partidas - ceros})
    if p.cuantos_problemas:
        yield Duda("duda-problemas", {"cuantos": p.cuantos_problemas})
