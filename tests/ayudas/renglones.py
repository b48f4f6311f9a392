"""Goods as the cases write them: a line a good, its seven columns between bars."""

from collections.abc import Iterable

from raoce.bienes import Bien, Fila
from raoce.bienes.bienes import read


def goods(lines: Iterable[str]) -> list[Bien]:
    found = [read(Fila(*(cell.strip() for cell in line.split("|")))) for line in lines]
    assert not any(lectura.errores for lectura in found)
    return [lectura.bien for lectura in found]
