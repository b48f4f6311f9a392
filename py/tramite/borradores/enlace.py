"""What a link can fill in: ``?pantalla=datos&ejercicio=2023&programas=IMMEX,PROSEC&ventas=1000``.

No parameter carries personal data. A bad one is reported and ignored; the others still count.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

from idiomas import IDIOMAS
from raoce.base import DatoInvalido
from raoce.empresa import Programa
from tramite.formulario.campos import CAMPOS, MARCADO, parse_consulta, tidy
from tramite.formulario.evaluacion import Aviso
from tramite.pantallas import ANTES, TODAS

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

_DE_UN_BORRADOR = ("fecha", "programas")
_DE_UN_CASO = ("caso", "avance")


@dataclass(frozen=True, slots=True)
class Enlace:
    """``campos`` to put into the draft, the screen and the day to show, and what was wrong.

    ``modo``: another mode was asked for (practice), with ``caso`` and how far the learner had come in it.
    ``vacio``: it asks for nothing.
    """

    pantalla: str | None
    fecha: str | None
    incrustada: bool
    campos: Mapping[str, str]
    avisos: tuple[Aviso, ...]
    modo: str = ""
    caso: str = ""
    avance: str = ""
    vacio: bool = False


def _programas(texto: str) -> dict[str, str]:
    names = {name.strip().upper() for name in texto.split(",") if name.strip()}
    if not names <= {p.value for p in Programa}:
        raise DatoInvalido("programas-desconocidos")
    return {f"programa-{p}": MARCADO if p.value in names else "" for p in Programa}


def shorten(texto: str, largo: int = 60) -> str:
    """What a notice repeats of a link: whoever wrote it may have put anything there.

    >>> shorten("ventas"), shorten("abc" * 30, 6)
    ('ventas', 'abcabc…')
    """
    return texto if len(texto) <= largo else f"{texto[:largo]}…"


def parse(busqueda: str) -> Enlace:
    """Reads a query string. Never raises: what it cannot take, or has no place in it, becomes an ``Aviso``.

    Of a parameter that comes twice the first counts, as for the page's scripts.
    """
    pantalla, fecha, incrustada, campos, avisos = None, None, False, {}, []
    practice = {"modo": "", "caso": "", "avance": ""}
    parametros: dict[str, str] = {}
    for nombre, texto in parse_qsl(busqueda.removeprefix("?"), keep_blank_values=True):
        parametros.setdefault(nombre, texto)
    for nombre, texto in parametros.items():
        try:
            if nombre == "pantalla":
                texto = ANTES.get(texto, texto)
                if texto not in TODAS:
                    raise DatoInvalido("pantalla-desconocida", pantallas=", ".join(TODAS))
                pantalla = texto
            elif nombre == "fecha":
                parse_consulta(texto)
                fecha = texto
            elif nombre == "incrustado":
                incrustada = texto == "1"
            elif nombre == "modo":
                if texto != "practica":
                    raise DatoInvalido("modo-desconocido")
                practice["modo"] = texto
            elif nombre in practice:
                practice[nombre] = texto
            elif nombre == "lang":
                # Which it is has been seen to before anything was drawn: static/js/dibujada.js.
                if texto.partition("-")[0].lower() not in IDIOMAS:
                    raise DatoInvalido("idioma-desconocido")
            elif nombre == "programas":
                campos |= _programas(texto)
            elif nombre in PARAMETROS:
                clave = PARAMETROS[nombre]
                CAMPOS[clave].parse(texto)
                campos[clave] = tidy(clave, texto)
            else:
                avisos.append(Aviso("parametro-desconocido", {"parametro": shorten(nombre)}))
        except DatoInvalido as error:
            avisos.append(Aviso("parametro-malo", {"parametro": nombre, "valor": shorten(texto), "motivo": error}))
    # In practice the case fills the form; outside of it there is none.
    useless = (*_DE_UN_BORRADOR, *PARAMETROS) if practice["modo"] else _DE_UN_CASO
    avisos += [Aviso("parametro-sin-efecto", {"parametro": n}) for n in parametros if n in useless]
    vacio = not parametros.keys() - {"lang"}
    return Enlace(pantalla, fecha, incrustada, campos, tuple(avisos), **practice, vacio=vacio)


def write(borrador: Mapping[str, str], pantalla: str, fecha: str | None) -> str:
    """The query string of a link to what is on the screen: what a link can fill in, so nothing personal.

    >>> write({"ejercicio": "2023", "programa-IMMEX": "si", "ventas": "1,000", "rfc": "X"}, "datos", "2024-06-03")
    '?pantalla=datos&fecha=2024-06-03&programas=IMMEX&ejercicio=2023&ventas=1000'
    """
    held = ",".join(p.value for p in Programa if borrador.get(f"programa-{p}") == MARCADO)
    known = {"pantalla": pantalla, "fecha": fecha, "programas": held}
    known |= {nombre: borrador.get(clave, "").replace(",", "") for nombre, clave in PARAMETROS.items()}
    return "?" + urlencode({k: v for k, v in known.items() if v}, safe=",")
