"""The law as data: ``*.toml``, each value with the day it applies from, its source and how sure we are.

Source: that of each value (``fuentes.toml``). ``vigencia`` looks the values up.
"""

from raoce.reglas.meses import nombre_mes
from raoce.reglas.vigencia import (
    FIRME,
    POR_CONFIRMAR,
    Fuente,
    OtraLectura,
    Regla,
    ReglaInexistente,
    fuente,
    novedades,
    regla,
    regla_de_presentacion,
    regla_vigente,
    table,
    version,
)
