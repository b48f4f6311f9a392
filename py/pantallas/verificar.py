"""«Verificar un archivo»: the verdict, each check, the report, and what nobody can check."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from pantallas import textos
from raoce.cadena_original import cadena_original
from raoce.comprobacion import NUNCA
from raoce.formato import decimal, fecha_larga, miles, porcentaje
from tramite.listas import part
from tramite.state import State
from tramite.verificador import COMPLETOS, Revisado, compare_both

if TYPE_CHECKING:
    from raoce.solicitud import Solicitud

_PALABRAS = {"bien": "Bien", "mal": "Mal", "no-comprobado": "No comprobado"}


def _textos() -> Mapping[str, Any]:
    return textos.catalogo()["verificacion"]


def _moment(value: datetime) -> str:
    """An instant as a reader in central Mexico says it."""
    local = value.astimezone(textos.CENTRO)
    return f"{fecha_larga(local.date())}, {local:%H:%M} (hora del centro)"


def _sentence(codigo: str, datos: Mapping[str, Any]) -> str:
    """The sentence of a finding. Of the limits of a validity the day is enough."""
    shown = {k: _moment(v) if k == "momento" else textos.shown(v) for k, v in datos.items()}
    return _textos()["frases"][codigo].format(**shown)


def _checks(r: Revisado) -> list[dict[str, str]]:
    return [
        {
            "clave": c.clave,
            "titulo": _textos()["titulos"][c.clave],
            "resultado": c.resultado.value,
            "palabra": _PALABRAS[c.resultado],
            "texto": _sentence(c.codigo, c.datos),
        }
        for c in r.verificacion.comprobaciones
    ]


def _verdict(r: Revisado) -> dict[str, str]:
    v = r.verificacion
    return {
        "clave": v.veredicto.value,
        "titulo": _textos()["palabras"][v.veredicto],
        "texto": _textos()["veredictos"][v.veredicto].format(rfc=v.certificado.rfc if v.certificado else ""),
    }


def _fields(rows: Mapping[str, Any]) -> list[tuple[str, str]]:
    return [(textos.campo(k, "etiqueta"), str(v)) for k, v in rows.items() if v not in ("", None)]


def _report(s: Solicitud) -> dict[str, Any]:
    """The report, to be read. Labels are those of the form."""
    company = s.solicitante.model_dump()
    address = company.pop("domicilio")
    return {
        "ejercicio": s.ejercicio,
        "solicitante": _fields({**company, **address}),
        "programas": s.programas,
        "cantidades": _fields(
            {
                "ventas": miles(s.datos.ventas_totales),
                "exportaciones": miles(s.datos.total_exportaciones),
                "importaciones": miles(s.datos.total_importaciones),
            }
        ),
        "saldo": miles(s.datos.saldo),
        "porcentaje": porcentaje(s.datos.porcentaje_exportacion),
        "dolares": decimal(s.dolares.exportaciones),
        "tipo_cambio": s.dolares.tipo_cambio,
        "compromisos": [(c, textos.catalogo()["resultados"][c.resultado]) for c in s.compromisos],
        "plazos": [(p, textos.catalogo()["estados"][p.estado]) for p in s.plazos],
        "bienes": s.bienes,
        "dias_inhabiles": s.dias_inhabiles,
        "explicaciones": s.explicaciones,
        "generado": _moment(s.generado),
        "reglas": s.reglas.version,
    }


def _whole(r: Revisado) -> dict[str, Any]:
    v = r.verificacion
    line = cadena_original(v.solicitud, v.certificado.numero, v.firma) if v.solicitud and v.certificado else ""
    return {
        "archivo": r.archivo,
        "veredicto": _verdict(r),
        "comprobaciones": _checks(r),
        "certificado": v.certificado,
        "momento": _moment(v.momento) if v.momento else "",
        "sha256": v.sha256,
        "autoridades": v.autoridades,
        "diferencias": v.diferencias,
        "reporte": _report(v.solicitud) if v.solicitud else None,
        "cadena_original": line,
        "sello": line.rstrip("|").rpartition("|")[2],
    }


def _first_problem(r: Revisado) -> str:
    """What failed first, or else what could not be checked."""
    checks = [c for c in _checks(r) if c["clave"] not in NUNCA]
    order = ("mal", "no-comprobado")
    return next((c["texto"] for kind in order for c in checks if c["resultado"] == kind), "")


def _rows(state: State) -> list[dict[str, str]]:
    """The files of a long list, a line each."""
    return [
        {
            "archivo": r.archivo,
            "veredicto": _verdict(r),
            "rfc": r.verificacion.solicitud.solicitante.rfc if r.verificacion.solicitud else "",
            "ejercicio": str(r.verificacion.solicitud.ejercicio) if r.verificacion.solicitud else "",
            "problema": _first_problem(r),
        }
        for r in state.verificador.revisados
    ]


def _summary(state: State) -> dict[str, str]:
    """The heading: the verdict of one file, or how a list of them came out."""
    v = state.verificador
    if v.total == 1:
        return _verdict(v.revisados[0])
    verdicts = [r.verificacion.veredicto for r in v.revisados]
    worst = next(x for x in ("no-es-reporte", "alterado", "no-comprobable", "valido") if x in verdicts)
    counts = ", ".join(f"{verdicts.count(x)} {w}" for x, w in _textos()["plurales"].items() if x in verdicts)
    return {"clave": worst, "titulo": _textos()["lote"].format(cuantos=v.total), "texto": f"{counts}."}


def context(state: State) -> dict[str, Any]:
    v = state.verificador
    found: dict[str, Any] = {
        "ejercicio": None,
        "verificador": v,
        "propias": len(v.propias),
        "incluidas": [a.nombre for a in v.incluidas or ()],
        "resumen": None,
    }
    if not v.terminado:
        return found
    summary = _summary(state)
    found |= {"resumen": summary, "titulo": summary["titulo"], "veredicto": summary["clave"]}
    if v.total > COMPLETOS:
        return found | {"lote": part(state, "lote", _rows(state)), "completos": []}
    differences = compare_both(v)
    return found | {
        "lote": None,
        "completos": [_whole(r) for r in v.revisados],
        "comparados": differences is not None,
        "distintos": part(state, "distintos", [d for d in differences or () if not d.ruta.startswith("explicaciones")]),
    }
