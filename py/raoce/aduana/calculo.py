"""What counts under what the filer decided."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from raoce.aduana.cadenas import DESISTIDO
from raoce.aduana.dudas import doubts
from raoce.aduana.eleccion import Eleccion
from raoce.aduana.pedimentos import Pedimentos
from raoce.aduana.totales import EXPORTACION, IMPORTACION, MOTIVOS, Totales, clave_of, day_of, exact


class _Clase(NamedTuple):
    """What decides whether a pedimento counts, and where: few are different, and each is decided once."""

    rfc: int
    tipo: int
    tipo_pedimento: int
    rectificado: int
    mes: int  # AAAAMM in which it counts; 0 without a 501
    clave: str


def calcular(pedimentos: Pedimentos, eleccion: Eleccion) -> Totales:
    """Adds up in pesos and rounds nothing."""
    a, cadenas = pedimentos.acopio, pedimentos.cadenas
    clases = list(_clases(pedimentos, eleccion))
    own, given_up = a.textos.get(pedimentos.rfc, -1), a.textos.get(DESISTIDO, -1)
    excluidos = dict.fromkeys(MOTIVOS, 0)
    excluidos["repetido"] = sum(a.veces) - len(a.veces) + a.veces.count(0)
    por_clave: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    por_mes: dict[tuple[str, int], Decimal] = defaultdict(Decimal)
    contados = {EXPORTACION: 0, IMPORTACION: 0}
    motivo_of: dict[tuple, str | None] = {}
    with exact():
        comercial = _sums(clases, a.comercial)
        agregado = _sums(clases, a.agregado) if eleccion.consignacion else {}
        for clase, cuantos in Counter(clases).items():
            c = _Clase(*clase)
            tipo = EXPORTACION if c.tipo == 2 else IMPORTACION
            claves = eleccion.exportacion if tipo == EXPORTACION else eleccion.importacion
            if not c.mes:
                motivo = None
            elif c.rfc != own:
                motivo = "otro-rfc"
            elif c.mes // 100 != pedimentos.ejercicio:
                motivo = "otro-anio"
            elif c.tipo_pedimento == given_up:
                motivo = "desistido"
            elif c.rectificado:
                motivo = "rectificado"
            elif claves is not None and c.clave not in claves:
                motivo = "clave"
            else:
                motivo = ""
            motivo_of[clase] = motivo
            if motivo:
                excluidos[motivo] += cuantos
            elif motivo == "":
                contados[tipo] += cuantos
                valor = (agregado if eleccion.consignacion and tipo == EXPORTACION else comercial)[clase]
                por_clave[tipo, c.clave] += valor
                por_mes[tipo, c.mes % 100] += valor
    motivos = list(map(motivo_of.__getitem__, clases))
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


def _clases(pedimentos: Pedimentos, eleccion: Eleccion) -> Iterator[tuple]:
    """The ``_Clase`` of each place."""
    a, cadenas = pedimentos.acopio, pedimentos.cadenas
    textos = list(a.textos) or [""]
    claves = list(map(textos.__getitem__, a.clave))
    meses = [fecha // 100 for fecha in a.fecha]
    for place in cadenas.rectifican:
        first = cadenas.first(place)
        claves[place] = clave_of(a, cadenas, textos, first)
        meses[place] = day_of(a, eleccion, place, first) // 100
    rectificado = bytearray(len(meses))
    for place in cadenas.rectificados:
        rectificado[place] = 1
    return zip(a.rfc, a.tipo, a.tipo_pedimento, rectificado, meses, claves, strict=True)


def _sums(clases: Sequence[tuple], valores: Sequence[int | Decimal]) -> dict[tuple, int | Decimal]:
    sums: dict[tuple, int | Decimal] = defaultdict(int)
    for clase, valor in zip(clases, valores, strict=True):
        sums[clase] += valor
    return sums
