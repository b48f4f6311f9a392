"""The preview of a list of companies: what is new, what changes from what to what, what is wrong and in which row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from idiomas import _, fechas, say
from pantallas.comunes import componentes, eleccion, textos
from pantallas.empresas import dichos
from raoce.base.texto import plain
from raoce.empresa import Programa
from raoce.empresa.programas import nombre_modalidad
from tramite.empresas.lectura import FECHAS, MES_PRIMERO, Problema
from tramite.empresas.lista import Cambio, Clase, Entrada, Propuesta
from tramite.formulario.campos import MARCADO
from tramite.listas import part
from tramite.state import State

# Headings, cells and rows told one by one; of more, how many.
_MUESTRA = 12
_LARGO = 120


def _says() -> Mapping[str, Any]:
    return dichos.said()["lista"]


def _name(campo: str) -> str:
    """A field by its label; one that no programme is told of, by its own."""
    return _says()["columnas"].get(campo) or textos.campo(campo, "etiqueta")


def _value(campo: str, texto: str) -> str:
    """A text of a field as a person reads it."""
    nombre, _, programa = campo.partition("-")
    if nombre == "programa" or campo == "presentado":
        return _says()["si" if texto == MARCADO else "no"]
    if not texto.strip():
        return "—"
    if nombre == "modalidad":
        return say(nombre_modalidad(Programa(programa), texto)) or texto
    if campo in FECHAS:
        try:
            return fechas.larga(date.fromisoformat(texto.strip()))
        except ValueError:
            return texto
    return _short(texto)


def _short(texto: str) -> str:
    return texto if len(texto) <= _LARGO else f"{texto[:_LARGO]}…"


def _change(entrada: Entrada, cambio: Cambio, marcas: Mapping[str, bool]) -> dict[str, Any]:
    return {
        "marca": entrada.marca_de(cambio),
        "marcada": entrada.is_field_ticked(cambio, marcas),
        "campo": _name(cambio.campo),
        "de": _value(cambio.campo, cambio.de),
        "a": _value(cambio.campo, cambio.a),
    }


def _problem(entrada: Entrada, p: Problema) -> str:
    """What is wrong in a cell, and what becomes of its text."""
    says = _says()
    texto = says["celda"] if p.texto else says["celda-vacia"]
    told = texto.format(renglon=p.renglon, campo=_name(p.campo), texto=_short(p.texto), error=textos.error(p.error))
    if not entrada.aplicable or not p.texto:
        return told
    kept = any(c.campo == p.campo and c.a == p.texto for c in entrada.cambios)
    return f"{told} {says['se-guarda' if kept else 'no-se-toma']}"


def _notes_of(entrada: Entrada) -> list[str]:
    says = _says()
    notes = []
    if len(entrada.renglones) > 1:
        notes.append(says["unidos"].format(renglones=_listed(entrada.renglones)))
    if entrada.borradores > 1:
        notes.append(says["varios"].format(cuantos=entrada.borradores))
    if not entrada.clave and entrada.ejercicios:
        notes.append(says["otro-ejercicio"].format(ejercicios=_listed(entrada.ejercicios)))
    return notes


def _listed(values: Sequence[object]) -> str:
    shown = [str(v) for v in values[:_MUESTRA]]
    if len(values) > _MUESTRA:
        shown.append("…")
        return ", ".join(shown)
    if len(shown) < 2:
        return "".join(shown)
    return _("{primeros} y {ultimo}").format(primeros=", ".join(shown[:-1]), ultimo=shown[-1])


def _entry(entrada: Entrada, marcas: Mapping[str, bool]) -> dict[str, Any]:
    return {
        "marca": entrada.marca,
        "marcada": entrada.is_ticked(marcas),
        "aplicable": entrada.aplicable and (bool(entrada.cambios) or not entrada.clave),
        "clase": entrada.clase.value,
        "rfc": _short(entrada.rfc) or _says()["sin-rfc"],
        "nombre": _short(entrada.nombre),
        "ejercicio": _short(entrada.ejercicio),
        "renglones": _listed(entrada.renglones),
        "nueva": not entrada.clave,
        "cambios": [_change(entrada, c, marcas) for c in entrada.cambios if c.campo not in ("rfc", "ejercicio")],
        "problemas": [_problem(entrada, p) for p in entrada.problemas],
        "notas": _notes_of(entrada),
    }


def _notes(propuesta: Propuesta) -> list[str]:
    """What is to be known of the list as a whole."""
    says, d = _says(), propuesta.directorio
    notes = []
    if d.ignoradas:
        named = [_("«{texto}»").format(texto=_short(t)) for t in d.ignoradas]
        notes.append(says["ignoradas"].format(columnas=_listed(named)))
    if any({"domicilio", "direccion", "address"} & set(plain(t).split()) for t in d.ignoradas):
        notes.append(says["domicilio"])
    repeated = [e.rfc for e in propuesta.entradas if len(e.renglones) > 1]
    if repeated:
        notes.append(says["repetidos"].format(cuantos=len(repeated), cuales=_listed(repeated)))
    below = [fila.numero for fila in d.filas if fila.del_de_arriba]
    if below:
        notes.append(says["del-de-arriba"].format(renglones=_listed(below)))
    if any(p.error.codigo == MES_PRIMERO for e in propuesta.entradas for p in e.problemas):
        notes.append(says["mes-primero"])
    if d.ejemplos:
        notes.append(says["ejemplo"])
    if d.oculta:
        notes.append(says["hoja-oculta"])
    if d.renglones_ocultos:
        notes.append(says["ocultos"].format(cuantos=d.renglones_ocultos))
    if d.columnas_ocultas:
        named = [_("{letra} («{titulo}»)").format(letra=k, titulo=t) for k, t in d.columnas_ocultas]
        notes.append(says["columnas-ocultas"].format(columnas=_listed(named)))
    return notes


def _year(state: State, propuesta: Propuesta) -> dict[str, Any] | None:
    """The ejercicio of the rows that do not say theirs, where there are such rows."""
    if all(fila.textos.get("ejercicio") for fila in propuesta.directorio.filas):
        return None
    campo = componentes.vista(state, "lista_ejercicio")
    return campo | {"valor": str(propuesta.ejercicio), "opciones": eleccion.ejercicios(), "regla": None}


def context(state: State, archivo: str, propuesta: Propuesta, marcas: Mapping[str, bool]) -> dict[str, Any]:
    """How far the list is read, and then what it would change."""
    found = {
        "archivo": archivo,
        "leidas": len(propuesta.entradas),
        "total": len(propuesta.grupos),
        "terminada": propuesta.terminada,
    }
    if not propuesta.terminada:
        return found
    grupos = []
    for clase in (Clase.ERRORES, Clase.CAMBIA, Clase.NUEVA, Clase.IGUAL):
        of_them = propuesta.por_clase[clase]
        if of_them:
            parte = part(state, f"lista_{clase}", of_them)
            grupos.append(
                {
                    "clase": clase.value,
                    "titulo": _says()["grupos"][clase],
                    "cuantas": len(of_them),
                    "parte": parte,
                    "entradas": [_entry(e, marcas) for e in parte.elementos],
                    "se_marcan": clase is not Clase.IGUAL and any(e.aplicable for e in of_them),
                }
            )
    return found | {
        "ejercicio": _year(state, propuesta),
        "notas": _notes(propuesta),
        "grupos": grupos,
        "marcadas": sum(e.is_ticked(marcas) for e in propuesta.entradas),
        "hay_que_aplicar": any(g["se_marcan"] for g in grupos),
    }
