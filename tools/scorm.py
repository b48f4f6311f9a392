"""Pack cases of practice for a learning management system (SCORM 1.2), from the built site."""

import argparse
import sys

from construir.base.rutas import BUILD, DIST, PY

# The languages are the page's own.
sys.path.insert(0, str(PY))

from construir.portatil import portatil
from construir.scorm import scorm

TARGET = BUILD / "scorm" / "raoce-scorm.zip"


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--casos", default="", help="ids of cases, with commas between them; without it, all")
    options.add_argument("--titulo", help="the title of the course")
    options.add_argument("--aprobar", type=int, default=scorm.MASTERY, help="points of 100 that pass a case")
    options.add_argument("--lang", default="es", choices=sorted(scorm.LANGUAGES), help="the language of the package")
    chosen = options.parse_args()
    title = None if chosen.titulo is None else chosen.titulo.strip()
    try:
        ids = [id.strip() for id in chosen.casos.split(",") if id.strip()]
        cases = scorm.choose(scorm.read_cases(idioma=chosen.lang), ids)
        pack = scorm.build((DIST / portatil.NAME).read_bytes(), cases, title, chosen.aprobar, chosen.lang)
        scorm.write(pack, TARGET)
    except (ValueError, OSError) as problem:
        sys.exit(f"The package could not be made.\n{problem}")
    print(f"{TARGET}: {len(cases)} cases, {TARGET.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
