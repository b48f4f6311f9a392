"""«Calcular con mis archivos»: files, what they add up to, what was left out and why, what it is compared with."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from idiomas import _, fechas, say
from pantallas.archivos import comparar, elegir, hallazgos, muestra, volumenes
from pantallas.archivos.estado import (
    EXPORTACION,
    IMPORTACION,
    Archivos,
    consignacion,
    is_current,
    rfc_of,
)
from pantallas.comunes import componentes, textos
from raoce.base.formato import decimal, in_thousands, miles, redondear
from tramite import listas
from tramite.formulario.campos import DECLARADAS, FIGURAS
from tramite.formulario.etiquetas import campo
from tramite.state import State

MAXIMO_NOMBRES = 20


def whole(pesos: Decimal) -> int:
    """Whole pesos, half up."""
    return int(redondear(pesos, 0))


def _exact(pesos: Decimal) -> str:
    """Pesos with the decimals they have, two at least and six at most.

    >>> _exact(Decimal("1234.5000")), _exact(Decimal(7)), _exact(Decimal("-0.1234567"))
    ('1,234.50', '7.00', '−0.123457')
    """
    decimals = f"{pesos:f}".partition(".")[2].rstrip("0")
    return decimal(pesos, max(2, min(6, len(decimals))))


def _total(id: str, etiqueta: str, pesos: Decimal) -> dict[str, Any]:
    thousands = in_thousands(pesos)
    return {
        "id": id,
        "etiqueta": etiqueta,
        "pesos": whole(pesos),
        "miles": miles(thousands),
        "cuenta": _("{pesos} pesos ÷ 1,000 = {exacto}; se redondea a {miles}.").format(
            pesos=_exact(pesos), exacto=_exact(pesos.scaleb(-3)), miles=miles(thousands)
        ),
    }


def _totals(a: Archivos) -> list[dict[str, Any]]:
    found = []
    if a.totales is not None:
        found += [
            _total("total-exportaciones", _("Exportaciones según pedimentos"), a.totales.exportaciones),
            _total("total-importaciones", _("Importaciones según pedimentos"), a.totales.importaciones),
        ]
    if a.ventas is not None:
        found += [
            _total("total-ventas", _("Ventas según facturas"), a.ventas.facturado),
            _total("total-exportado", _("Exportaciones según facturas"), a.ventas.exportado),
        ]
    return found


def _keys(a: Archivos) -> list[dict[str, Any]]:
    """The keys found, exports first: a checkbox each, with what the key is and adds up to."""
    from raoce.aduana import CLAVES
    from raoce.aduana.acopio import SIN_CLAVE

    unknown = hallazgos.said()["claves"]
    exported = {clave for tipo, clave in a.todo.por_clave if tipo == EXPORTACION}
    found = []
    for tipo, clave in sorted(a.todo.por_clave, key=lambda pair: (pair[0] != EXPORTACION, pair[1])):
        known = CLAVES.get(clave)
        active = a.totales.eleccion.exportacion if tipo == EXPORTACION else a.totales.eleccion.importacion
        found.append(
            {
                "clave": elegir.key_name(tipo, clave),
                # One name a checkbox: that of a key found on both sides is the export's.
                "etiqueta": clave
                if tipo == EXPORTACION or clave not in exported
                else _("{clave} (importación)").format(clave=clave),
                "tipo": tipo,
                "marcada": active is None or clave in active,
                "nombre": say(known.nombre) if known else "",
                "desconocida": "" if known else unknown["sin-clave" if clave == SIN_CLAVE else "otra"],
                "razon": say(known.razon) if known and tipo == EXPORTACION else "",
                "exporta": known.exporta if known else "",
                "fuente": say(known.fuente.titulo) if known else "",
                "por_confirmar": known is None or known.estado != "firme",
                "pesos": _pesos(a.todo.por_clave[tipo, clave]),
            }
        )
    return found


def _date(a: Archivos) -> dict[str, Any]:
    """The date that decides, with what comes of it."""
    said = hallazgos.said()["fecha"]
    meses, anios = a.pedimentos.movidas
    effects = [said["anio"].format(anios=f"{anios:,}")] if anios else []
    effects += [said["mes"].format(meses=f"{meses:,}")] if meses else []
    sums = {k: _pesos(getattr(a.totales, k)) for k in ("exportaciones", "importaciones")}
    return {
        "clave": elegir.FECHA,
        "etiqueta": said["etiqueta"],
        "ayuda": said["ayuda"],
        "opciones": [{"valor": f, "texto": said[f], "marcada": a.fecha == f} for f in elegir.FECHAS],
        "efecto": " ".join((*(effects or [said["iguales"]]), said["suma"].format(**sums))),
    }


def _pesos(pesos: Decimal | None) -> str:
    return "—" if pesos is None else miles(whole(pesos))


def _by_month(a: Archivos) -> list[dict[str, Any]]:
    def of(source: Mapping[Any, Decimal], key: Any) -> str:
        return _pesos(source.get(key, Decimal(0)))

    rows = []
    missing = a.pedimentos.faltan_meses if a.pedimentos is not None else ()
    for mes in range(1, 13):
        row: dict[str, Any] = {
            "mes": fechas.mes(mes),
            "falta": mes in missing,
        }
        if a.totales is not None:
            row["exportaciones"] = of(a.totales.por_mes, (EXPORTACION, mes))
            row["importaciones"] = of(a.totales.por_mes, (IMPORTACION, mes))
        if a.ventas is not None:
            row["ventas"] = of(a.ventas.por_mes, mes)
        rows.append(row)
    return rows


def _used(a: Archivos) -> list[dict[str, str]]:
    """What «Usar estas cantidades» changed."""
    return [
        {"etiqueta": campo(k, "etiqueta"), "ahora": a.puestas[k], "antes": a.antes[k] or _("vacío")}
        for k in FIGURAS
        if a.puestas and k in a.puestas
    ]


def _reading(a: Archivos) -> dict[str, Any] | None:
    if not a.leyendo:
        return None
    pending = sum(p.bytes for p in a.cola)
    return {
        "archivo": a.cola[0].nombre if not a.sumando else "",
        "numero": a.leidos + 1,
        "total": a.leidos + len(a.cola),
        "renglones": miles(a.renglones),
        "hecho": min(a.pasados + a.recibidos, a.pasados + pending),
        "bytes": max(1, a.pasados + pending),
    }


def _of_case(state: State) -> dict[str, Any] | None:
    """The files that come with the case of practice."""
    expediente = state.modo.expediente
    if expediente is None:
        return None
    return {
        "meses": len(expediente.meses),
        "pedimentos": len(expediente.pedimentos),
        "facturas": len(expediente.facturas),
    }


def context(state: State) -> dict[str, Any]:
    a, ev = state.of(Archivos), state.evaluacion
    found = {
        "rfc": rfc_of(state),
        "del_caso": _of_case(state),
        "leyendo": _reading(a),
        "haciendo_papel": None if a.papel is None else miles(a.papel),
        "puestas": _used(a),
        "puestas_viejas": elegir.is_stale(state),
        "hay": a.hay and not a.leyendo,
    }
    if not found["hay"]:
        # Nothing of the tables is drawn while files are read: the page answers keys meanwhile.
        found["copiados"] = volumenes.copied(state, a, ())
        return found | {"fallos": [{"archivo": f.archivo, "texto": textos.error(f.error)} for f in a.fallos]}
    keys = _keys(a) if a.totales is not None else []
    volumes = listas.part(state, "volumenes", volumenes.rows(state, a)) if ev.pide_bienes else None
    return found | {
        "vigente": is_current(state, a),
        "leido_de": {"rfc": a.rfc, "ejercicio": a.ejercicio},
        "totales": _totals(a),
        "con_pedimentos": a.totales is not None,
        "con_facturas": a.ventas is not None,
        "contados": {"exportacion": a.totales.contados[EXPORTACION], "importacion": a.totales.contados[IMPORTACION]}
        if a.totales is not None
        else {},
        "facturas_contadas": dict(a.ventas.contados) if a.ventas is not None else {},
        "nacional": _pesos(a.ventas.nacional) if a.ventas is not None else "",
        "consignacion": {
            "clave": "consignacion",
            "etiqueta": _("Mercancías en consignación (valor agregado)"),
            "marcada": consignacion(state),
        },
        "fecha_que_decide": _date(a) if a.totales is not None else None,
        "claves_exportacion": [k for k in keys if k["tipo"] == EXPORTACION],
        "claves_importacion": [k for k in keys if k["tipo"] == IMPORTACION],
        "excluidos_pedimentos": hallazgos.excluded("motivos", a.totales.excluidos) if a.totales is not None else [],
        "excluidas": hallazgos.excluded("motivos_facturas", a.ventas.excluidos) if a.ventas is not None else [],
        "otros": [{"rfc": r, "nombre": n, "cuantos": c} for r, n, c in a.pedimentos.otros[:MAXIMO_NOMBRES]]
        if a.pedimentos is not None
        else [],
        "dudas": hallazgos.doubts(a),
        "problemas": listas.part(state, "problemas_archivos", hallazgos.problems(a)),
        "sin_contar": hallazgos.untold(a),
        "muestras": [muestra.told(m) for m in a.muestras],
        "meses": _by_month(a),
        "ignorados": a.pedimentos.ignorados[:MAXIMO_NOMBRES] if a.pedimentos is not None else (),
        "cuantos_ignorados": len(a.pedimentos.ignorados) if a.pedimentos is not None else 0,
        "comparacion": comparar.tables(state, a, hallazgos.said()["razones"]),
        "declarado": [componentes.campo(state, k, inputmode="numeric", ancho="medio") for k in DECLARADAS],
        "puede_usar": bool(elegir.amounts(state)),
        "con_importaciones": ev.captures_importaciones,
        "volumenes": volumes,
        "copiados": volumenes.copied(state, a, volumes.elementos if volumes else ()),
        "reglas": a.totales.eleccion.reglas if a.totales is not None else (),
    }
