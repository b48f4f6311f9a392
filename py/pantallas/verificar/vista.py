"""«Verificar un archivo»: the verdict, each check, the report or the letter, and what nobody can check."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

import idiomas
from idiomas import N_, _, fechas
from pantallas.comunes import textos
from pantallas.verificar.verificador import COMPLETOS, Revisado, Verificador, compare_both, own_authorities
from raoce.base.formato import decimal, miles, porcentaje
from raoce.firma import Documento
from raoce.solicitud.cadena_original import cadena_original
from raoce.verificacion.comprobacion import NUNCA
from tramite.listas import part
from tramite.state import State

if TYPE_CHECKING:
    from raoce.carta.carta_firmada import CartaFirmada
    from raoce.solicitud.solicitud import Solicitud

_PALABRAS = {"bien": N_("Bien"), "mal": N_("Mal"), "no-comprobado": N_("No comprobado")}
# What a finding calls the part of the file that it is about, and what was done with a non-business day.
_PARTES = {"archivo": N_("archivo"), "cabecera": N_("cabecera"), "contenido": N_("contenido")}
_ACCIONES = (N_("agregado"), N_("no tomado en cuenta"))


def _textos() -> Mapping[str, Any]:
    return textos.of("verificar")


def _moment(value: datetime) -> str:
    """An instant as a reader in central Mexico says it."""
    try:
        local = value.astimezone(textos.CENTRO)
    except OverflowError:  # at the ends of the calendar, as only the hostile write
        return value.isoformat(" ")
    return _("{dia}, {hora} (hora del centro)").format(dia=fechas.larga(local.date()), hora=f"{local:%H:%M}")


def _say(tabla: str, clave: str, documento: Documento) -> str:
    """A text of the screen, as it is said of this kind of document."""
    general = _textos()[tabla]
    return _textos().get(documento, {}).get(tabla, general).get(clave) or general[clave]


def _sentence(codigo: str, datos: Mapping[str, Any], documento: Documento) -> str:
    """The sentence of a finding. Of the limits of a validity the day is enough."""
    shown = {k: _moment(v) if k == "momento" else textos.shown(v) for k, v in datos.items()}
    if (parte := shown.get("parte")) in _PARTES:
        shown["parte"] = _(_PARTES[parte])
    return _say("frases", codigo, documento).format(**shown)


def _checks(r: Revisado) -> list[dict[str, str]]:
    documento = r.verificacion.documento
    return [
        {
            "clave": c.clave,
            "titulo": _say("titulos", c.clave, documento),
            "resultado": c.resultado.value,
            "palabra": _(_PALABRAS[c.resultado]),
            "texto": _sentence(c.codigo, c.datos, documento),
        }
        for c in r.verificacion.comprobaciones
        if r.verificacion.veredicto != "no-es-reporte" or c.codigo != "sin-base"
    ]


def _verdict(r: Revisado) -> dict[str, Any]:
    """``grave``: a check failed, so that the amber of «no se puede comprobar» would say too little."""
    v = r.verificacion
    sentence = _say("veredictos", v.veredicto, v.documento).format(rfc=v.certificado.rfc if v.certificado else "")
    # What is missing or wrong comes with the verdict, not sixteen lines below.
    problem = _first_problem(r) if v.veredicto != "valido" else ""
    return {
        "clave": v.veredicto.value,
        "grave": any(c.resultado == "mal" for c in v.comprobaciones),
        "titulo": _say("palabras", v.veredicto, v.documento),
        "texto": " ".join(filter(None, (sentence, problem))),
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
        "version": s.version,
    }


def _letter(c: CartaFirmada) -> dict[str, Any]:
    """The letter, to be read, and the files that were signed with it."""
    presented = c.presentacion and fechas.larga(c.presentacion)
    data = {"RFC": c.rfc, _("Folio"): c.folio, _("Fecha de presentación"): presented}
    return {
        "ejercicio": c.ejercicio,
        "datos": [(k, v) for k, v in data.items() if v],
        "texto": c.carta,
        "archivos": [(a.nombre, miles(a.bytes), a.sha256) for a in c.archivos],
        "generado": _moment(c.generado),
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
        "carta": _letter(v.carta) if v.carta else None,
        "cadena_original": line,
        "sello": line.rstrip("|").rpartition("|")[2],
    }


def _first_problem(r: Revisado) -> str:
    """What failed first, or else what could not be checked."""
    checks = [c for c in _checks(r) if c["clave"] not in NUNCA]
    order = ("mal", "no-comprobado")
    return next((c["texto"] for kind in order for c in checks if c["resultado"] == kind), "")


def _kind(r: Revisado) -> str:
    """What it is, once it could be read."""
    v = r.verificacion
    return _textos()["documentos"][v.documento] if v.carta or v.solicitud else ""


def _rows(state: State) -> list[dict[str, str]]:
    """The files of a long list, a line each."""
    return [
        {
            "archivo": r.archivo,
            "veredicto": _verdict(r),
            "documento": _kind(r),
            "rfc": r.verificacion.rfc,
            "ejercicio": str(r.verificacion.ejercicio or ""),
            "problema": _first_problem(r),
        }
        for r in state.of(Verificador).revisados
    ]


def _summary(state: State) -> dict[str, str]:
    """The heading: the verdict of one file, or how a list of them came out."""
    v = state.of(Verificador)
    if v.total == 1:
        return _verdict(v.revisados[0])
    verdicts = [r.verificacion.veredicto for r in v.revisados]
    worst = next(x for x in ("no-es-reporte", "alterado", "no-comprobable", "valido") if x in verdicts)
    counts = ", ".join(_how_many(x, verdicts.count(x)) for x in _textos()["plurales"] if x in verdicts)
    return {"clave": worst, "titulo": _textos()["lote"].format(cuantos=v.total), "texto": f"{counts}."}


def _how_many(veredicto: str, cuantos: int) -> str:
    return f"{cuantos} {_textos()['singulares' if cuantos == 1 else 'plurales'][veredicto]}"


# The fields of the signed file by the form's own.
_CLAVES = {
    "ventasTotales": "ventas",
    "totalExportaciones": "exportaciones",
    "totalImportaciones": "importaciones",
    "volumenTotal": "bien_total",
    "volumenNacional": "bien_nacional",
    "volumenExportaciones": "bien_exportacion",
    "razonSocial": "razon_social",
    "actividadEconomica": "actividad_economica",
    "codigoPostal": "codigo_postal",
    "numeroExterior": "numero_exterior",
    "numeroInterior": "numero_interior",
    "tipoCambio": "tipo_cambio",
} | {k: k for k in ("rfc", "correo", "estado", "municipio", "localidad", "colonia", "calle", "lada", "telefono")}


def label_of(ruta: str) -> str:
    """The form's name for a path of the signed file; empty where it has none."""
    clave = _CLAVES.get(ruta.rpartition(".")[2])
    return textos.campo(clave, "etiqueta") if clave and not ruta.startswith(("plazos", "$.plazos")) else ""


def context(state: State) -> dict[str, Any]:
    v = state.of(Verificador)
    found: dict[str, Any] = {
        "ejercicio": None,
        "lengua": idiomas.current(),
        "etiqueta_de": label_of,
        "verificador": v,
        "propias": len(own_authorities(state)),
        "incluidas": [a.nombre for a in v.incluidas or ()],
        "resumen": None,
    }
    if not v.terminado:
        return found
    summary = _summary(state)
    found |= {"resumen": summary, "titulo": summary["titulo"], "veredicto": summary["clave"]}
    if v.total > COMPLETOS:
        return found | {"lote": part(state, "lote", _rows(state)), "completos": []}
    same_kind = len({r.verificacion.documento for r in v.revisados if r.verificacion.contenido}) < COMPLETOS
    differences = compare_both(v) if same_kind else None
    return found | {
        "lote": None,
        "completos": [_whole(r) for r in v.revisados],
        "comparados": differences is not None,
        "misma_clase": same_kind,
        "distintos": part(state, "distintos", [d for d in differences or () if not d.ruta.startswith("explicaciones")]),
    }
