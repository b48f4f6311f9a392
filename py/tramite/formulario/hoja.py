"""«Hoja de captura»: the values of the form in the order and under the labels of the VUCEM screens.

Those labels stay in Spanish, as VUCEM shows them, with the language spoken beside them; the notes are said in it.
"""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import idiomas
from raoce.base import DatoInvalido
from raoce.base.formato import miles, porcentaje
from raoce.bienes import COLUMNAS, VOLUMENES, Fila
from raoce.bienes.bienes import PARSERS
from raoce.bienes.catalogos import nombre_unidad
from raoce.bienes.volumenes import volumen_vucem
from raoce.empresa import Registro
from raoce.empresa.programas import nombre_modalidad
from raoce.reglas import regla_de_presentacion
from raoce.solicitud.captura import Bloque, Dato, HojaDeCaptura
from tramite.formulario.etiquetas import campo
from tramite.formulario.evaluacion import Evaluacion

# The fields of «Solicitante», which VUCEM reads from the SAT, in their order there; ``None`` stands for País.
_SOLICITANTE = (
    *("rfc", "razon_social", "actividad_economica", "correo", None, "codigo_postal", "estado", "municipio"),
    *("localidad", "colonia", "calle", "numero_exterior", "numero_interior", "lada", "telefono"),
)
# The columns of the goods, in VUCEM's order.
_BIENES = ("descripcion", "sector", "fraccion", "unidad", "total", "nacional", "exportacion")
assert sorted(_BIENES) == sorted(COLUMNAS)


def texts() -> dict[str, Any]:
    return idiomas.tables(Path(__file__).with_name("hoja.toml"))


def _both(label: Callable[[], str]) -> tuple[str, str]:
    """A label as VUCEM writes it, and in the language spoken when it is another."""
    with idiomas.using(idiomas.ES):
        written = label()
    spoken = label()
    return written, "" if spoken == written else spoken


def _block(pantalla: str, datos: tuple[Dato, ...] = (), *notas: str, **rest: Any) -> Bloque:
    titulo, traduccion = _both(lambda: texts()[pantalla]["titulo"])
    return Bloque(titulo, datos, notas=(*notas, *texts()[pantalla]["notas"]), traduccion=traduccion, **rest)


def _dato(label: Callable[[], str], valor: str, **rest: Any) -> Dato:
    etiqueta, traduccion = _both(label)
    return Dato(etiqueta, valor, traduccion=traduccion, **rest)


def _field(clave: str, valor: str, **rest: Any) -> Dato:
    return _dato(lambda: campo(clave, "etiqueta"), valor, **rest)


def build(ev: Evaluacion) -> HojaDeCaptura:
    """The capture sheet of a draft, whatever it still lacks."""
    plazo = idiomas.say(regla_de_presentacion("plazos.firma", ev.ejercicio).texto)
    blocks = (
        _solicitante(ev),
        _programas(ev),
        _datos(ev),
        *((_bienes(ev),) if ev.pide_bienes else ()),
        _block("firma"),
    )
    return HojaDeCaptura(
        ejercicio=ev.ejercicio,
        empresa=ev.valores.get("razon_social", ""),
        rfc=ev.valores.get("rfc", ""),
        bloques=blocks,
        avisos=tuple(texto.format(plazo=plazo) for texto in texts()["avisos"].values()),
    )


def filename(hoja: HojaDeCaptura) -> str:
    """Without its ending: ``RAOCE_captura_2023_EKU9003173C9``."""
    return "_".join(filter(None, ("RAOCE_captura", str(hoja.ejercicio), hoja.rfc)))


def _solicitante(ev: Evaluacion) -> Bloque:
    def one(clave: str | None) -> Dato:
        if clave is None:
            return _dato(lambda: texts()["solicitante"]["pais"], "México", automatico=True)
        return _field(clave, str(ev.valores.get(clave, "")), automatico=True)

    return _block("solicitante", tuple(map(one, _SOLICITANTE)))


def _programas(ev: Evaluacion) -> Bloque:
    def one(r: Registro) -> Dato:
        nota = ", ".join(filter(None, (r.programa, idiomas.say(nombre_modalidad(r.programa, r.modalidad)))))
        return _dato(lambda: texts()["programas"]["numero"].format(programa=r.programa), r.numero, nota=nota)

    held = [r for r in ev.registros if r.programa in ev.presentan]
    period = (
        _dato(lambda: texts()["programas"]["inicio"], f"01-{ev.ejercicio}", automatico=True),
        _dato(lambda: texts()["programas"]["fin"], f"12-{ev.ejercicio}", automatico=True),
    )
    linked = texts()["programas"]["ligados"].format(
        folio=",".join(r.numero for r in held), tipo="-".join(r.programa.value for r in held)
    )
    return _block("programas", (*period, *map(one, held)), *([linked] if len(held) > 1 else ()))


def _datos(ev: Evaluacion) -> Bloque:
    balanza = ev.reporte.balanza

    def amount(clave: str) -> Dato:
        value = ev.valores.get(clave)
        return _field(clave, "" if value is None else str(value), nota="" if value is None else miles(value))

    saldo = balanza.saldo.valor if balanza and balanza.saldo.completo else None
    percent = balanza.porcentaje_exportacion.valor if balanza and balanza.porcentaje_exportacion.completo else None
    importaciones = amount("importaciones")
    if not ev.captures_importaciones:
        importaciones = _field("importaciones", "0", automatico=True, nota=texts()["datos"]["con_immex"])
    computed = (
        _dato(lambda: texts()["datos"]["saldo"], "" if saldo is None else str(saldo), automatico=True),
        _dato(lambda: texts()["datos"]["porcentaje"], "" if percent is None else porcentaje(percent), automatico=True),
    )
    return _block("datos", (amount("ventas"), amount("exportaciones"), importaciones, *computed))


def _bienes(ev: Evaluacion) -> Bloque:
    """The rows as the table numbers them; what cannot be read yet is a dash, and its row is named."""

    def one(fila: Fila, errores: Mapping[str, DatoInvalido]) -> tuple[str, ...]:
        return tuple("—" if k in errores else _typed(k, getattr(fila, k)) for k in _BIENES)

    relation = ev.relacion
    rows = tuple(one(f, x.errores) for f, x in zip(relation.filas, relation.lecturas, strict=True))
    wrong = ", ".join(str(n + 1) for n in relation.con_errores[:20])
    notas = (texts()["bienes"]["incompletos"].format(renglones=wrong),) if wrong else ()
    headings = [_field(f"bien_{c}", "") for c in _BIENES]
    return _block(
        "bienes",
        (),
        *notas,
        columnas=tuple(h.etiqueta for h in headings),
        traducciones=tuple(filter(None, (h.traduccion for h in headings))),
        filas=rows,
    )


def _typed(columna: str, texto: str) -> str:
    """A text of a row as it is typed in VUCEM."""
    value = PARSERS[columna](texto)
    if columna == "unidad":
        return nombre_unidad(value)
    return volumen_vucem(value) if columna in VOLUMENES else value
