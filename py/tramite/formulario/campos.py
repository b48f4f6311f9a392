"""Every field of the form: on which screen it is, whether it must be filled, how it is read.

A draft is a plain mapping of these keys to the text typed, so that nothing typed can be lost, however
wrong it is. Labels, hints and messages are in ``campos.toml`` and ``pantallas/*/textos.toml``.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial

from raoce.base import DatoInvalido
from raoce.base.formato import miles
from raoce.bienes import COLUMNAS
from raoce.bienes.bienes import PARSERS, tidy_columna
from raoce.bienes.preguntas import PREGUNTAS
from raoce.carta import PARRAFOS
from raoce.cifras.divisas import parse_tipo_cambio
from raoce.cifras.montos import parse_miles
from raoce.empresa import ULTIMO as ULTIMO_EJERCICIO
from raoce.empresa import Programa, anio_de_presentacion
from raoce.empresa.ejercicio import parse_ejercicio
from raoce.empresa.programas import modalidades
from raoce.empresa.solicitante import (
    parse_codigo_postal,
    parse_correo,
    parse_lada,
    parse_rfc,
    parse_telefono,
    parse_texto,
)
from tramite.formulario import relacion
from tramite.formulario.inhabiles import PRIMERO, ULTIMO, parse_periodos, parse_quitados
from tramite.luego import later

FIGURAS = ("ventas", "exportaciones", "importaciones")

# The same figures as presented and as they must be, in a correction.
CORREGIDAS = tuple(f"{lado}_{k}" for lado in ("dice", "debe") for k in FIGURAS)

# What the annual return to the SAT says, to be compared.
DECLARADAS = ("declarado_ventas", "declarado_exportaciones")

MARCADO = "si"

# What the page sends for a date half typed or impossible, which has no text of its own.
FECHA_INCOMPLETA = "?"


@dataclass(frozen=True, slots=True)
class Campo:
    """A field. ``parse`` turns its text into a value or raises ``DatoInvalido``."""

    clave: str
    pantalla: str
    parse: Callable[[str], object]
    obligatorio: bool = True


def parse_fecha(texto: str, desde: date, hasta: date) -> date:
    """ISO date within a range; raises ``DatoInvalido`` (``fecha-inexistente``, ``fecha-fuera``)."""
    try:
        dia = date.fromisoformat(texto.strip())
    except ValueError:
        raise DatoInvalido("fecha-inexistente") from None
    if not desde <= dia <= hasta:
        raise DatoInvalido("fecha-fuera", desde=desde, hasta=hasta)
    return dia


def parse_parrafo(texto: str, maximo: int) -> str:
    """A text of several lines; raises ``DatoInvalido`` beyond ``maximo`` characters."""
    if len(texto) > maximo:
        raise DatoInvalido("texto-largo", maximo=maximo, longitud=len(texto))
    return texto.strip()


def _parse_marca(texto: str) -> bool:
    return texto == MARCADO


def _parse_modalidad(programa: Programa, texto: str) -> str:
    if texto not in {m.clave for m in modalidades(programa)}:
        raise DatoInvalido("modalidad-desconocida")
    return texto


def _parse_compromiso(texto: str) -> int:
    """Dollars committed; a registration without an amount is a field left empty, not 0."""
    dolares = parse_miles(texto)
    if dolares == 0:
        raise DatoInvalido("compromiso-cero")
    return dolares


_FIN_DEL_ULTIMO = date(anio_de_presentacion(ULTIMO_EJERCICIO), 12, 31)

# The decrees behind the programmes are of 1985 and later.
_parse_autorizacion = partial(parse_fecha, desde=date(1985, 1, 1), hasta=_FIN_DEL_ULTIMO)
_parse_inhabil = partial(parse_fecha, desde=PRIMERO, hasta=ULTIMO)
parse_consulta = partial(parse_fecha, desde=PRIMERO, hasta=ULTIMO)
_parse_presentacion = partial(parse_fecha, desde=date(2017, 4, 1), hasta=_FIN_DEL_ULTIMO)


def _line(maximo: int) -> Callable[[str], object]:
    return partial(parse_texto, maximo=maximo)


def _of_programa(programa: Programa) -> tuple[Campo, ...]:
    fields = (
        Campo(f"numero-{programa}", "programas", _line(40)),
        Campo(f"modalidad-{programa}", "programas", partial(_parse_modalidad, programa)),
        Campo(f"autorizacion-{programa}", "programas", _parse_autorizacion, obligatorio=False),
    )
    if programa is Programa.ECEX:
        fields += (Campo("compromiso-ECEX", "programas", _parse_compromiso, obligatorio=False),)
    return fields


# Answers of «¿Debo presentar?» and the years of «Qué cambió».
CONSULTAS = ("deber_programa", "deber_vigente", "deber_autorizado", "anio_a", "anio_b")

CAMPOS: Mapping[str, Campo] = {
    campo.clave: campo
    for campo in (
        Campo("presentacion", "plazos", _parse_presentacion, obligatorio=False),
        Campo("presentado", "plazos", _line(10), obligatorio=False),
        Campo("inhabiles", "plazos", parse_periodos, obligatorio=False),
        Campo("inhabiles_quitados", "plazos", parse_quitados, obligatorio=False),
        Campo("inhabil_desde", "plazos", _parse_inhabil, obligatorio=False),
        Campo("inhabil_hasta", "plazos", _parse_inhabil, obligatorio=False),
        Campo("inhabil_referencia", "plazos", _line(200), obligatorio=False),
        Campo("captura", "plazos", _parse_presentacion, obligatorio=False),
        *(Campo(k, "plazos", _line(10), obligatorio=False) for k in CONSULTAS),
        Campo("ejercicio", "programas", parse_ejercicio),
        *(Campo(f"programa-{p}", "programas", _parse_marca, obligatorio=False) for p in Programa),
        *(campo for p in Programa for campo in _of_programa(p)),
        Campo("rfc", "solicitante", parse_rfc),
        Campo("razon_social", "solicitante", _line(250)),
        Campo("actividad_economica", "solicitante", _line(250)),
        Campo("correo", "solicitante", parse_correo),
        Campo("codigo_postal", "solicitante", parse_codigo_postal),
        Campo("estado", "solicitante", _line(60)),
        Campo("municipio", "solicitante", _line(100)),
        Campo("localidad", "solicitante", _line(100), obligatorio=False),
        Campo("colonia", "solicitante", _line(100)),
        Campo("calle", "solicitante", _line(150)),
        Campo("numero_exterior", "solicitante", _line(30)),
        Campo("numero_interior", "solicitante", _line(30), obligatorio=False),
        Campo("lada", "solicitante", parse_lada, obligatorio=False),
        Campo("telefono", "solicitante", parse_telefono),
        Campo("ventas", "datos", parse_miles),
        Campo("exportaciones", "datos", parse_miles),
        Campo("importaciones", "datos", parse_miles),
        Campo("tipo_cambio", "datos", parse_tipo_cambio),
        Campo("consignacion", "datos", _parse_marca, obligatorio=False),
        *(Campo(k, "archivos", parse_miles, obligatorio=False) for k in DECLARADAS),
        Campo("procedencia", "archivos", later("raoce.solicitud.procedencia", "parse"), obligatorio=False),
        Campo("bienes", "bienes", relacion.parse, obligatorio=False),
        *(Campo(f"bien_{k}", "bienes", PARSERS[k], obligatorio=False) for k in COLUMNAS),
        Campo("bien_indice", "bienes", _line(6), obligatorio=False),
        Campo("autorizados", "bienes", relacion.parse, obligatorio=False),
        Campo("anterior", "datos", later("tramite.formulario.anterior", "parse"), obligatorio=False),
        *(Campo(k, "corregir", parse_miles, obligatorio=False) for k in CORREGIDAS),
        Campo("dice_bienes", "corregir", relacion.parse, obligatorio=False),
        Campo("folio", "corregir", later("raoce.solicitud.folio", "parse_folio"), obligatorio=False),
        # Written by the program (firmado.py); it prevents nothing, so it is never wrong.
        Campo("firmado", "firmar", str, obligatorio=False),
        Campo("causa", "corregir", partial(parse_parrafo, maximo=2000), obligatorio=False),
        Campo("carta_lugar", "corregir", _line(120), obligatorio=False),
        Campo("carta_fecha", "corregir", _parse_presentacion, obligatorio=False),
        Campo("carta_representante", "corregir", _line(150), obligatorio=False),
        Campo("carta_cargo", "corregir", _line(120), obligatorio=False),
        *(
            Campo(k, "corregir", partial(parse_parrafo, maximo=4000), obligatorio=False)
            for k in ("carta_destinatario", "carta_anexos", *(f"parrafo_{k}" for k in PARRAFOS))
        ),
    )
}

# What only this look at the page knows: filters, the part shown of long lists, what is about to be pasted or imported.
VISTA = (
    *("filtro_bienes", "filtro_empresas", "lista_ejercicio", "pegado", "reemplazar", "incrustar_pantalla"),
    *("hoja_caso", "hoja_soluciones"),
    *("lote_ejercicio", "lote_fecha", "lote_folio", "lote_pegado"),
    *PREGUNTAS,
)


def tidy(clave: str, texto: str) -> str:
    """The usual form of what a field holds: separators in amounts, RFC in capitals. Wrong texts stay."""
    try:
        if clave in MONTOS:
            return miles(parse_miles(texto))
        if clave == "rfc":
            return parse_rfc(texto)
        if clave.startswith("bien_") and clave != "bien_indice":
            return tidy_columna(clave.removeprefix("bien_"), texto)
    except DatoInvalido:
        pass
    return texto


SOLICITANTE = tuple(c.clave for c in CAMPOS.values() if c.pantalla == "solicitante")
MONTOS = (*FIGURAS, "compromiso-ECEX", *CORREGIDAS, *DECLARADAS)
