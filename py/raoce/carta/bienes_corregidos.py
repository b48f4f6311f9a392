"""The differences between two lists of goods produced (PROSEC), as rows of the correction letter."""

from collections.abc import Callable, Collection, Hashable, Iterator, Sequence
from decimal import Decimal

from raoce.base.texto import plain
from raoce.bienes import VOLUMENES, Bien
from raoce.bienes.bienes import identity
from raoce.bienes.catalogos import nombre_unidad
from raoce.bienes.volumenes import volumen
from raoce.carta.carta import Diferencia, texts

Pareja = tuple[Bien | None, Bien | None]
Clave = Callable[[Bien], Hashable]


def compare_bienes(dice: Sequence[Bien], debe_decir: Sequence[Bien]) -> tuple[Diferencia, ...]:
    """Rows changed (one line for each column that differs) and removed, as they were presented; then those added.

    >>> from dataclasses import replace
    >>> cafe = Bien("XXII", "09011201", "Café", "01", Decimal(30000), Decimal(0), Decimal(30000))
    >>> [row] = compare_bienes([cafe], [replace(cafe, exportacion=Decimal(20000))])
    >>> row.concepto, row.dice, row.debe_decir
    ('Café, fracción 09011201. Volumen de exportaciones (Kilogramo)', '30,000', '20,000')
    """
    return tuple(row for pair in match(dice, debe_decir) for row in _rows(*pair))


def match(dice: Sequence[Bien], debe_decir: Sequence[Bien]) -> tuple[Pareja, ...]:
    """Each presented good with the one that takes its place (or ``None``), then the new ones.

    A good is the same when tariff item and description are; else when its tariff item, or its description, is the
    only such one left on both sides. Equal rows go first, so that repeated goods do not hide each other.
    """
    pairs: dict[int, int] = {}
    for key, alone in ((_whole, False), (identity, False), (_fraccion, True), (_descripcion, True)):
        _pair_by(key, dice, debe_decir, pairs, alone)
    taken = set(pairs.values())
    presented = ((bien, debe_decir[pairs[i]] if i in pairs else None) for i, bien in enumerate(dice))
    return (*presented, *((None, bien) for i, bien in enumerate(debe_decir) if i not in taken))


def _pair_by(
    key: Callable[[Bien], Hashable],
    dice: Sequence[Bien],
    debe_decir: Sequence[Bien],
    pairs: dict[int, int],
    alone: bool,
) -> None:
    """Add to ``pairs`` the goods still without one that share ``key``; only those ``alone`` with it, if so asked."""
    taken = set(pairs.values())
    left = _by_key(key, dice, pairs.keys())
    right = _by_key(key, debe_decir, taken)
    for value, here in left.items():
        there = right.get(value, [])
        if not alone or len(here) == len(there) == 1:
            pairs.update(zip(here, there, strict=False))


def _by_key(key: Clave, bienes: Sequence[Bien], skip: Collection[int]) -> dict[Hashable, list[int]]:
    found: dict[Hashable, list[int]] = {}
    for i, bien in enumerate(bienes):
        if i not in skip:
            found.setdefault(key(bien), []).append(i)
    return found


def _whole(bien: Bien) -> Hashable:
    return bien


def _fraccion(bien: Bien) -> Hashable:
    return bien.fraccion


def _descripcion(bien: Bien) -> Hashable:
    return plain(bien.descripcion)


def _rows(dice: Bien | None, debe_decir: Bien | None) -> Iterator[Diferencia]:
    say = texts()["bienes"]
    if dice and debe_decir:
        yield from _changed(dice, debe_decir)
    elif dice:
        yield Diferencia(_concepto(dice, say["renglon"]), _in_full(dice), say["se_elimina"])
    elif debe_decir:
        yield Diferencia(_concepto(debe_decir, say["renglon"]), say["no_aparece"], _in_full(debe_decir))


def _changed(dice: Bien, debe_decir: Bien) -> Iterator[Diferencia]:
    """A line a column. Where the unit is another, each volume says its own, changed or not."""
    say = texts()["bienes"]
    for campo in ("fraccion", "descripcion", "sector"):
        a, b = getattr(dice, campo), getattr(debe_decir, campo)
        if a != b:
            yield Diferencia(_concepto(dice, say[campo]), a, b)
    same_unit = dice.unidad == debe_decir.unidad
    unidades = nombre_unidad(dice.unidad), nombre_unidad(debe_decir.unidad)
    if not same_unit:
        yield Diferencia(_concepto(dice, say["unidad"]), *unidades)
    for campo in VOLUMENES:
        a, b = getattr(dice, campo), getattr(debe_decir, campo)
        if same_unit and a != b:
            named = say["en_unidad"].format(campo=say[campo], unidad=unidades[0])
            yield Diferencia(_concepto(dice, named), volumen(a), volumen(b))
        elif not same_unit:
            yield Diferencia(_concepto(dice, say[campo]), _with_unit(a, unidades[0]), _with_unit(b, unidades[1]))


def _with_unit(valor: Decimal, unidad: str) -> str:
    return texts()["bienes"]["con_unidad"].format(volumen=volumen(valor), unidad=unidad)


def _concepto(bien: Bien, campo: str) -> str:
    return texts()["bienes"]["concepto"].format(descripcion=bien.descripcion, fraccion=bien.fraccion, campo=campo)


def _in_full(bien: Bien) -> str:
    volumes = {campo: volumen(getattr(bien, campo)) for campo in VOLUMENES}
    return texts()["bienes"]["entero"].format(sector=bien.sector, unidad=nombre_unidad(bien.unidad), **volumes)
