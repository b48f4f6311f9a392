"""Every figure of a request computed again, from the inputs that the request itself carries.

The report is rebuilt and ``emision.build`` is called as when it was signed: whatever a request holds that does not
come out the same is a difference. Of the inputs themselves (sales, exports, names) nothing can be said.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from raoce import reglas
from raoce.base import DatoInvalido
from raoce.base.formato import redondear_porcentaje
from raoce.bienes.catalogos import nombre_unidad
from raoce.bienes.volumenes import volumen_vucem
from raoce.cifras import Balanza
from raoce.cifras.balanza import captures_importaciones, compute_porcentaje, compute_saldo
from raoce.cifras.divisas import MAXIMO, MINIMO, parse_tipo_cambio
from raoce.empresa import Programa, Registro
from raoce.empresa.programas import modalidades, programas_que_presentan
from raoce.plazos import Calendario
from raoce.plazos.calendario import added_day, suspensiones
from raoce.solicitud import Reporte, is_consigned, procedencia
from raoce.verificacion.diferencias import Diferencia, compare_in_order, is_left_out

if TYPE_CHECKING:
    from pydantic import ValidationError

    from raoce.solicitud.solicitud import ExplicacionFirmada, ProgramaSolicitud, Solicitud

    # The explanations of a request by the figure that they explain.
    Porque = Mapping[str, ExplicacionFirmada]


# A figure as it is typed. Others are never made a Decimal: "1e999999999" is short until it is written out.
_CIFRA = re.compile(r"[0-9]{1,16}(\.[0-9]{1,8})?")


class ContenidoInvalido(DatoInvalido):
    """A request that no model of ours accepts: `contenido-invalido` (ruta)."""


class RecalculoImposible(DatoInvalido):
    """The inputs of the request contradict each other, so that no report comes of them: `recalculo-imposible`."""


@dataclass(frozen=True, slots=True)
class Recalculo:
    """``solicitud`` is ``None`` when the request contradicts itself. ``hecho``: our rules are those of the request.

    ``diferencias``: what the request says (a) and what comes out (b); without ``hecho``, only of how it is written.
    """

    solicitud: "Solicitud | None"
    version: str
    hecho: bool
    diferencias: tuple[Diferencia, ...]


def recompute(crudo: dict[str, Any]) -> Recalculo:
    """Compute a request again, as read by ``json_estricto.load``.

    Raises ContenidoInvalido and RecalculoImposible.
    """
    from pydantic import ValidationError

    from raoce.solicitud.emision import build
    from raoce.solicitud.solicitud import Solicitud, to_json

    mended = _mend(crudo)
    try:
        entradas = Solicitud.model_validate(mended)
    except ValidationError as error:
        raise ContenidoInvalido("contenido-invalido", ruta=path_of(error)) from None
    version = entradas.reglas.version
    hecho = version == reglas.version()
    try:
        again = build(rebuild(entradas), entradas.generado) if hecho else entradas
        again = again.model_copy(update={"version": entradas.version})
    except (ValueError, LookupError, ArithmeticError, AttributeError):
        raise RecalculoImposible("recalculo-imposible") from None
    result = json.loads(to_json(again), parse_float=Decimal)
    found = tuple(d for d in compare_in_order(crudo, result) if not is_left_out(d))
    return Recalculo(entradas if mended == crudo else None, version, hecho, found)


def path_of(error: "ValidationError") -> str:
    """Where in the content the first thing is that the model does not accept, as in JSONPath."""
    where = error.errors(include_input=False, include_context=False)[0]["loc"]
    ruta = "".join(f"[{p}]" if isinstance(p, int) else f".{p}" for p in where)
    return f"${ruta}"[:120]


def rebuild(s: "Solicitud") -> Reporte:
    """The report of which a request was made."""
    datos, porque = s.datos, {e.figura: e for e in s.explicaciones}
    registros = tuple(_registro(p, porque) for p in s.programas)
    presentan = programas_que_presentan(registros, s.ejercicio)
    captured = captures_importaciones(presentan)
    # VUCEM asks for the goods with PROSEC alone.
    bienes = s.bienes if presentan == {Programa.PROSEC} else ()
    return Reporte(
        ejercicio=s.ejercicio,
        registros=registros,
        consulta=s.plazos[0].fecha_consulta,
        presentacion=s.plazos[0].fecha_presentacion,
        balanza=Balanza(
            s.ejercicio,
            datos.ventas_totales,
            datos.total_exportaciones,
            datos.total_importaciones if captured else 0,
        ),
        tipo_cambio=_tipo_cambio(s.dolares.tipo_cambio, porque),
        consignacion=is_consigned(s.explicaciones),
        bienes=tuple(b.bien for b in bienes),
        calendario=_calendario(s),
        solicitante=s.solicitante.model_dump(exclude={"domicilio"}) | s.solicitante.domicilio.model_dump(),
        procedencias=tuple(
            procedencia.parse_entradas(figura, porque[figura].entradas)
            for figura in procedencia.FIGURAS
            if figura in porque and porque[figura].entradas
        ),
    )


def _mend(crudo: dict[str, Any]) -> dict[str, Any]:
    """The request with the figures that its model checks set right, so that a false one is found like any other."""
    try:
        datos = crudo["datos"]
        a, b, c = figures = [datos[name] for name in ("ventasTotales", "totalExportaciones", "totalImportaciones")]
        if not all(type(figure) is int for figure in figures):
            return crudo
        right = {"saldo": compute_saldo(b, c), "porcentajeExportacion": redondear_porcentaje(compute_porcentaje(a, b))}
        mended, rows = crudo | {"datos": datos | right}, []
        for row in crudo.get("bienes", ()):
            volumes = [row[f"volumen{name}"] for name in ("Total", "Nacional", "Exportaciones")]
            if not all(map(_CIFRA.fullmatch, volumes)):
                return crudo
            total, nacional, exportacion = map(Decimal, volumes)
            inventario = volumen_vucem(total - nacional - exportacion)
            rows.append(row | {"inventario": inventario, "nombreUnidad": nombre_unidad(row["unidad"])})
    except (LookupError, TypeError, AttributeError, ArithmeticError):
        return crudo
    return mended | {"bienes": rows} if rows else mended


def _valor(porque: "Porque", figura: str, nombre: str) -> str:
    """An input as the explanation of a figure gives it; empty when it does not."""
    entradas = porque[figura].entradas if figura in porque else ()
    return str(next((x.valor for x in entradas if x.nombre == nombre), ""))


def _spelled(value: Decimal, texto: str) -> Decimal:
    """The figure with the zeros with which it was typed, which the explanations keep: ``17.50`` for 17.5."""
    return Decimal(texto) if _CIFRA.fullmatch(texto) and Decimal(texto) == value else value


def _tipo_cambio(value: Decimal, porque: "Porque") -> Decimal:
    if not MINIMO <= value <= MAXIMO:
        raise DatoInvalido("tipo-cambio-fuera", minimo=MINIMO, maximo=MAXIMO)
    return parse_tipo_cambio(f"{_spelled(value, _valor(porque, 'dolares.exportaciones', 'Tipo de cambio')):f}")


def _registro(p: "ProgramaSolicitud", porque: "Porque") -> Registro:
    cancelacion = _valor(porque, f"obligacion.{p.programa}", "Fecha de cancelación")
    return Registro(
        programa=p.programa,
        numero=p.numero,
        modalidad=next((m.clave for m in modalidades(p.programa) if m.nombre == p.modalidad), ""),
        autorizacion=p.autorizacion,
        cancelacion=date.fromisoformat(cancelacion) if cancelacion else None,
        compromiso_dolares=p.compromiso_dolares,
    )


def _calendario(s: "Solicitud") -> Calendario:
    agregados = tuple(added_day(d.dia, d.referencia) for d in s.dias_inhabiles if d.accion == "agregado")
    removed = (d.dia for d in s.dias_inhabiles if d.accion != "agregado")
    return Calendario(agregados, frozenset(dia for dia in removed if dia in suspensiones(dia.year)))
