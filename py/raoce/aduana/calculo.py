"""What counts under what the filer decided."""

from collections import defaultdict
from decimal import Decimal

from raoce.aduana.cadenas import DESISTIDO
from raoce.aduana.dudas import doubts
from raoce.aduana.eleccion import Eleccion
from raoce.aduana.pedimentos import Pedimentos
from raoce.aduana.totales import EXPORTACION, IMPORTACION, MOTIVOS, Totales, clave_of, day_of, exact


def calcular(pedimentos: Pedimentos, eleccion: Eleccion) -> Totales:
    """Adds up in pesos and rounds nothing."""
    a, cadenas = pedimentos.acopio, pedimentos.cadenas
    textos = list(a.textos)
    own, given_up = a.textos.get(pedimentos.rfc, -1), a.textos.get(DESISTIDO, -1)
    excluidos = dict.fromkeys(MOTIVOS, 0)
    por_clave: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    por_mes: dict[tuple[str, int], Decimal] = defaultdict(Decimal)
    contados = {EXPORTACION: 0, IMPORTACION: 0}
    motivos: list[str | None] = []
    with exact():
        for place, fecha in enumerate(a.fecha):
            if not fecha:
                motivos.append(None)
                continue
            first = cadenas.first(place) if place in cadenas.anterior else place
            day = day_of(a, eleccion, place, first)
            tipo = EXPORTACION if a.tipo[place] == 2 else IMPORTACION
            excluidos["repetido"] += a.veces[place] - 1
            clave = clave_of(a, cadenas, textos, first)
            claves = eleccion.exportacion if tipo == EXPORTACION else eleccion.importacion
            if a.rfc[place] != own:
                motivo = "otro-rfc"
            elif day // 10_000 != pedimentos.ejercicio:
                motivo = "otro-anio"
            elif a.tipo_pedimento[place] == given_up:
                motivo = "desistido"
            elif place in cadenas.rectificados:
                motivo = "rectificado"
            elif claves is not None and clave not in claves:
                motivo = "clave"
            else:
                motivo = ""
            motivos.append(motivo)
            if motivo:
                excluidos[motivo] += 1
                continue
            contados[tipo] += 1
            agregado = eleccion.consignacion and tipo == EXPORTACION
            valor = (a.agregado if agregado else a.comercial)[place]
            por_clave[tipo, clave] += valor
            por_mes[tipo, day // 100 % 100] += valor
    huerfanas = sum(a.rfc[p] == own for p in cadenas.huerfanas)
    circulares = len(cadenas.circulares)
    with exact():
        dudas = tuple(doubts(pedimentos, eleccion, motivos, excluidos, huerfanas, circulares))
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
