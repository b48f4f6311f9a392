"""What was found in the files, said: what was left out and why, what to look at, what could not be read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import idiomas
from idiomas import fechas
from pantallas.archivos.estado import Archivos
from pantallas.comunes import textos


def said() -> dict[str, Any]:
    """What is said of files, by table."""
    return idiomas.tables(Path(__file__).with_name("hallazgos.toml"))


def excluded(tabla: str, counts: Mapping[str, int]) -> list[dict[str, Any]]:
    known = said()[tabla]
    return [{"motivo": k, "cuantos": n} | known.get(k, {"nombre": k, "porque": ""}) for k, n in counts.items()]


def _sentence(tabla: str, codigo: str, datos: Mapping[str, Any]) -> str:
    """What a code of a room says; of one not known here, its name."""
    sentence = said()[tabla].get(codigo, "")
    try:
        return sentence.format(**{k: textos.shown(v) for k, v in datos.items()}) if sentence else _unknown(codigo)
    except (KeyError, IndexError, ValueError):
        return _unknown(codigo)


def _unknown(codigo: str) -> str:
    return said()["errores"]["otro"].format(codigo=codigo)


def doubts(a: Archivos) -> list[str]:
    found = (*(a.totales.dudas if a.totales is not None else ()), *(a.ventas.dudas if a.ventas is not None else ()))
    same = [*_same_files(a.pedimentos), *_same_files(a.facturas)]
    if a.facturas is not None and not a.facturas.presentes:
        same.append(_sentence("dudas", "sin-facturas", {}))
    return [*same, *(_sentence("dudas", d.codigo, _months_named(d.datos)) for d in found)]


def _months_named(datos: Mapping[str, Any]) -> Mapping[str, Any]:
    """The rules know the names of the months in Spanish alone."""
    return {**datos, "faltan": ", ".join(map(fechas.mes, datos["meses"]))} if "meses" in datos else datos


def _same_files(read_files: Any) -> Iterator[str]:
    """Files that were dropped twice, under whatever names."""
    first: dict[str, str] = {}
    for archivo in read_files.archivos if read_files is not None else ():
        before = first.setdefault(archivo.sha256, archivo.nombre)
        if before is not archivo.nombre:
            yield _sentence("dudas", "archivo-doble", {"archivo": archivo.nombre, "antes": before})


def problems(a: Archivos) -> list[dict[str, Any]]:
    """By file and line, those of whole files first."""
    found = [{"archivo": f.archivo, "linea": 0, "texto": textos.error(f.error)} for f in a.fallos]
    for read_files in (a.pedimentos, a.facturas):
        if read_files is not None:
            found += [
                {"archivo": x.archivo, "linea": x.linea, "texto": _sentence("errores", x.codigo, x.datos)}
                for x in read_files.problemas
            ]
    return found


def untold(a: Archivos) -> int:
    """How many more problems there were than were kept."""
    more = 0
    if a.pedimentos is not None:
        more += a.pedimentos.cuantos_problemas - len(a.pedimentos.problemas)
    if a.facturas is not None:
        more += a.facturas.cuantos_problemas - len(a.facturas.problemas)
    return more
