"""Write docs/estados.md: the state of every combination through the year, for a reader with the guide at hand.

Made from the code, so that what is checked against the guide is what the page computes. A test keeps it true.
"""

from datetime import date, timedelta
from itertools import combinations
from pathlib import Path

from pantallas.comunes.situacion.motivos import motivo
from pantallas.comunes.textos import catalogo
from raoce.empresa import Programa, Registro
from raoce.solicitud import Reporte

TARGET = Path(__file__).resolve().parent.parent / "docs" / "estados.md"
EJERCICIOS = (2022, 2023, 2024)

HEAD = """# States of each programme

Made by `tools/estados.py` from the code: what the page shows on each day of the year of filing when nothing has
been presented. In Spanish, as on the screen.
"""


def rows(ejercicio: int, held: tuple[Programa, ...]) -> list[str]:
    """One line for each stretch of the year in which a programme stays in one state."""
    lines = []
    registros = tuple(Registro(p) for p in held)
    names = catalogo()["estados"]
    for n, programa in enumerate(held):
        dia = date(ejercicio + 1, 1, 1)
        while dia.year == ejercicio + 1:
            found = Reporte(ejercicio, registros, dia).plazos[n]
            until = found.situacion.cambia
            last = until - timedelta(1) if until else date(dia.year, 12, 31)
            sentence, rule = motivo(found)
            doubt = "" if not found.plazo.por_confirmar else " (por confirmar)"
            group = " + ".join(held)
            lines.append(
                f"| {group} | {programa} | {dia:%d-%m} | {last:%d-%m} | {names[found.situacion.estado]}{doubt} "
                f"| {sentence} | {rule.fuente.titulo} |"
            )
            dia = last + timedelta(1)
    return lines


def document() -> str:
    groups = [g for size in range(1, 5) for g in combinations(Programa, size)]
    parts = [HEAD]
    for ejercicio in EJERCICIOS:
        parts.append(f"## Ejercicio {ejercicio}, presentado en {ejercicio + 1}\n")
        parts.append("| programas | programa | del | al | estado | motivo | fuente |\n|---|---|---|---|---|---|---|")
        parts += [line for group in groups for line in rows(ejercicio, group)]
        parts.append("")
    return "\n".join(parts)


if __name__ == "__main__":
    TARGET.write_text(document(), encoding="utf-8")
    print(f"{TARGET} is written.")
