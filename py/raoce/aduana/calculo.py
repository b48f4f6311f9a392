"""What counts under what the filer decided."""

from collections import defaultdict
from decimal import Decimal

from raoce.aduana.cadenas import DESISTIDO
from raoce.aduana.clases import Clase
from raoce.aduana.dudas import Cuenta, doubts
from raoce.aduana.eleccion import Eleccion
from raoce.aduana.pedimentos import Pedimentos
from raoce.aduana.registros import exact
from raoce.aduana.totales import EXPORTACION, IMPORTACION, MOTIVOS, Totales


def calcular(pedimentos: Pedimentos, eleccion: Eleccion) -> Totales:
    """Adds up in pesos and rounds nothing."""
    a, clases = pedimentos.acopio, pedimentos.clases(eleccion.fecha)
    own, given_up = a.textos.get(pedimentos.rfc, -1), a.textos.get(DESISTIDO, -1)
    excluidos = dict.fromkeys(MOTIVOS, 0) | {"repetido": clases.repetidos}
    por_clave: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    por_mes: dict[tuple[str, int], Decimal] = defaultdict(Decimal)
    contados = {EXPORTACION: 0, IMPORTACION: 0}
    motivos: list[str | None] = []
    cuenta = Cuenta()
    with exact():
        for clase, suma in zip(clases.clases, clases.sumas, strict=True):
            motivo = _motivo(clase, pedimentos.ejercicio, own, given_up, eleccion)
            motivos.append(motivo)
            cuenta.add(clase, suma, motivo)
            if motivo:
                excluidos[motivo] += suma.pedimentos
            elif motivo == "":
                tipo = _tipo(clase)
                contados[tipo] += suma.pedimentos
                valor = suma.agregado if eleccion.consignacion and tipo == EXPORTACION else suma.comercial
                por_clave[tipo, clase.clave] += valor
                por_mes[tipo, clase.mes % 100] += valor
    huerfanas = sum(a.rfc[p] == own for p in pedimentos.cadenas.huerfanas)
    circulares = len(pedimentos.cadenas.circulares)
    dudas = tuple(doubts(pedimentos, eleccion, cuenta, clases, huerfanas, circulares))
    return Totales(
        pedimentos,
        eleccion,
        dict(por_clave),
        dict(por_mes),
        contados,
        excluidos,
        huerfanas,
        circulares,
        dudas,
        motivos,
    )


def _tipo(clase: Clase) -> str:
    return EXPORTACION if clase.tipo == 2 else IMPORTACION


def _motivo(c: Clase, ejercicio: int, own: int, given_up: int, eleccion: Eleccion) -> str | None:
    """The first reason that applies; ``""`` for what counts, ``None`` where there is no 501."""
    if not c.mes:
        return None
    if c.rfc != own:
        return "otro-rfc"
    if c.mes // 100 != ejercicio:
        return "otro-anio"
    if c.tipo_pedimento == given_up:
        return "desistido"
    if c.rectificado:
        return "rectificado"
    claves = eleccion.exportacion if _tipo(c) == EXPORTACION else eleccion.importacion
    return "clave" if claves is not None and c.clave not in claves else ""
