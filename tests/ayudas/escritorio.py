"""The drafts of a desk: many companies, as they are in the middle of a year, and worse."""

import random

from azar import HOSTILE
from borradores import company
from raoce.empresa import Programa
from tramite.borradores.borrador import Guardado
from tramite.formulario.campos import CAMPOS


def random_drafts(cuantos, seed=18):
    """Drafts of a desk: some whole, some half done, some with anything at all in any field."""
    rnd = random.Random(seed)
    for _ in range(cuantos):
        campos = dict(company()) if rnd.random() < 0.7 else {}
        campos |= {f"programa-{p}": "si" for p in Programa if rnd.random() < 0.5}
        campos["ejercicio"] = rnd.choice(("2016", "2022", "2023", "2024", "2030", "1999", ""))
        if rnd.random() < 0.4:
            campos["presentacion"] = rnd.choice(("2023-04-20", "2024-05-30", "2024-06-20", "2025-12-31"))
        if rnd.random() < 0.3:
            campos |= {"presentado": rnd.choice(("si", "no", "no-se"))}
        if rnd.random() < 0.5:
            campos |= {"autorizacion-IMMEX": rnd.choice(("2019-01-01", "2023-05-05", "2024-02-02"))}
        for _ in range(rnd.randrange(6) if rnd.random() < 0.5 else 0):
            campos[rnd.choice([*CAMPOS])] = rnd.choice(HOSTILE)
        yield Guardado(campos, rnd.choice(("", "2024-05-20T18:00:00+00:00", *HOSTILE)))
