"""What a filer should look at before she takes the totals. The sentences are in ``pantallas/*/textos.toml``."""

from collections.abc import Iterator, Mapping, Sequence

from raoce.aduana.eleccion import Eleccion
from raoce.aduana.pedimentos import Pedimentos
from raoce.base.archivos import Duda
from raoce.reglas import nombre_mes


def doubts(
    p: Pedimentos,
    eleccion: Eleccion,
    motivos: Sequence[str | None],
    excluidos: Mapping[str, int],
    huerfanas: int,
    circulares: int,
) -> Iterator[Duda]:
    """What is missing, then what came twice, then what a choice makes doubtful.

    ``motivos``: by place, why it does not count, ``None`` where there is no 501. The codes:

    ``duda-sin-501``, ``duda-sin-551``, ``duda-sin-701``: no such file came; ``duda-meses`` (faltan: their
    names; meses: their numbers);
    ``duda-sin-partidas`` (pedimentos); ``duda-partidas-sueltas`` (pedimentos, partidas): partidas of pedimentos that no
    501 has; ``duda-repetidos`` (pedimentos); ``duda-partidas-distintas`` (pedimentos): what came again is not the same;
    ``duda-huerfanas`` (cuantas); ``duda-circulares`` (cuantas); ``duda-complementarios`` (pedimentos);
    ``duda-valor-agregado-cero`` (ceros, partidas); ``duda-valor-agregado`` (partidas, of exports, that have it while
    valor comercial is being added up); ``duda-problemas`` (cuantos).
    """
    a = p.acopio
    rows = {r for archivo in p.archivos for r in archivo.registros}
    for registro in ("501", "551", "701"):
        if registro not in rows:
            yield Duda(f"duda-sin-{registro}", {})
    if p.faltan_meses and "501" in rows:
        yield Duda("duda-meses", {"faltan": ", ".join(map(nombre_mes, p.faltan_meses)), "meses": p.faltan_meses})
    counted = [place for place, motivo in enumerate(motivos) if motivo == ""]
    if "551" in rows and (n := sum(not a.partidas[place] for place in counted)):
        yield Duda("duda-sin-partidas", {"pedimentos": n})
    loose = [a.partidas[place] for place, motivo in enumerate(motivos) if motivo is None and a.partidas[place]]
    if loose:
        yield Duda("duda-partidas-sueltas", {"pedimentos": len(loose), "partidas": sum(loose)})
    if n := excluidos["repetido"]:
        yield Duda("duda-repetidos", {"pedimentos": n})
    different = sum(
        again * a.comercial[place] != valor * a.partidas[place] for place, (again, valor) in a.repetidas.items()
    )
    if different:
        yield Duda("duda-partidas-distintas", {"pedimentos": different})
    if huerfanas:
        yield Duda("duda-huerfanas", {"cuantas": huerfanas})
    if circulares:
        yield Duda("duda-circulares", {"cuantas": circulares})
    complementary = a.textos.get("CT", -1)
    if n := sum(a.clave[place] == complementary for place in counted):
        yield Duda("duda-complementarios", {"pedimentos": n})
    exports = [place for place in counted if a.tipo[place] == 2]
    ceros, partidas = sum(a.ceros[x] for x in exports), sum(a.partidas[x] for x in exports)
    if eleccion.consignacion and ceros * 2 > partidas:
        yield Duda("duda-valor-agregado-cero", {"ceros": ceros, "partidas": partidas})
    if not eleccion.consignacion and partidas and ceros * 2 < partidas:
        yield Duda("duda-valor-agregado", {"partidas": partidas - ceros})
    if p.cuantos_problemas:
        yield Duda("duda-problemas", {"cuantos": p.cuantos_problemas})
