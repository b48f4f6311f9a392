"""What a link can fill in: ``?pantalla=datos&ejercicio=2023&programas=IMMEX,PROSEC&ventas=1000``.

No parameter carries personal data. A bad one is reported and ignored; the others still count.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl

from raoce.errores import DatoInvalido
from raoce.programas import Programa
from tramite.campos import CAMPOS, MARCADO, TODAS, parse_consulta, tidy
from tramite.evaluacion import Aviso

# Parameter → field, besides modalidad-X and autorizacion-X, which are named alike.
PARAMETROS: Mapping[str, str] = {
    "ejercicio": "ejercicio",
    "presentacion": "presentacion",
    "ventas": "ventas",
    "exportaciones": "exportaciones",
    "importaciones": "importaciones",
    "tipo-cambio": "tipo_cambio",
    "consignacion": "consignacion",
    **{f"{nombre}-{p}": f"{nombre}-{p}" for p in Programa for nombre in ("modalidad", "autorizacion")},
}


@dataclass(frozen=True, slots=True)
class Enlace:
    """``campos`` to put into the draft, the screen and the day to show, and what was wrong."""

    pantalla: str | None
    fecha: str | None
    campos: Mapping[str, str]
    avisos: tuple[Aviso, ...]


def _programas(texto: str) -> dict[str, str]:
    names = {name.strip().upper() for name in texto.split(",") if name.strip()}
    if not names <= {p.value for p in Programa}:
        raise DatoInvalido("programas-desconocidos")
    return {f"programa-{p}": MARCADO if p.value in names else "" for p in Programa}


def parse(busqueda: str) -> Enlace:
    """Reads a query string. Never raises: what it cannot take becomes an ``Aviso``."""
    pantalla, fecha, campos, avisos = None, None, {}, []
    for nombre, texto in parse_qsl(busqueda.removeprefix("?"), keep_blank_values=True):
        try:
            if nombre == "pantalla":
                if texto not in TODAS:
                    raise DatoInvalido("pantalla-desconocida", pantallas=", ".join(TODAS))
                pantalla = texto
            elif nombre == "fecha":
                parse_consulta(texto)
                fecha = texto
            elif nombre == "programas":
                campos |= _programas(texto)
            elif nombre in PARAMETROS:
                clave = PARAMETROS[nombre]
                CAMPOS[clave].parse(texto)
                campos[clave] = tidy(clave, texto)
            else:
                avisos.append(Aviso("parametro-desconocido", {"parametro": nombre}))
        except DatoInvalido as error:
            avisos.append(Aviso("parametro-malo", {"parametro": nombre, "valor": texto, "motivo": error}))
    return Enlace(pantalla, fecha, campos, tuple(avisos))
