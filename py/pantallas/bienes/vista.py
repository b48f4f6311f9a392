"""«Relación de bienes producidos»: the row being typed, the table, the authorised list, files in and out."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from idiomas import _, current, say
from pantallas.bienes.estado import Bienes, Importacion
from pantallas.bienes.preguntas import Pregunta
from pantallas.comunes import componentes, textos
from pantallas.comunes.entorno import environment
from raoce.base.texto import plain
from raoce.bienes import COLUMNAS, VOLUMENES, Bien, Fila
from raoce.bienes.bienes import may_be_thousands, read, tidy
from raoce.bienes.catalogos import Opcion, nombre_unidad, sectores, unidades
from raoce.bienes.escrituras import volume_as
from raoce.bienes.preguntas import ANSWERS, DECIMALES
from raoce.bienes.volumenes import volumen
from raoce.empresa import Programa
from tramite.formulario.anterior import change
from tramite.formulario.autorizados import AUTORIZADAS, authorised, authorised_list
from tramite.formulario.campos import MARCADO
from tramite.formulario.relacion import Relacion
from tramite.listas import part
from tramite.state import State

if TYPE_CHECKING:
    from documentos.hojas.hojas import Hoja

_FILAS_DE_MUESTRA = 5
_SUGERIDOS = 20


def _error(state: State, columna: str) -> str:
    """What is wrong with a field of the row: after leaving it, or after «Agregar» also what is missing."""
    clave = f"bien_{columna}"
    review = state.vista.get("renglon")
    if review == "revisado" or (review == "autorizar" and columna in AUTORIZADAS):
        found = read(state.evaluacion.renglon).errores.get(columna)
        return textos.error(found) if found else ""
    return componentes.shown_error(state, clave)


def _field(state: State, columna: str, **attributes: Any) -> dict[str, Any]:
    return componentes.campo(state, f"bien_{columna}", **attributes) | {"error": _error(state, columna)}


def _choice(state: State, columna: str, opciones: tuple[Opcion, ...], with_key: bool) -> dict[str, Any]:
    """A list to choose from. A text that came from a file and is not on it stays, to be seen and mended."""
    campo = _field(state, columna)
    options = [{"valor": "", "texto": _("Elige")}]
    names = {o.clave: say(o.nombre) for o in opciones}
    options += [{"valor": k, "texto": f"{k} · {name}" if with_key else name} for k, name in names.items()]
    if campo["valor"] and all(o["valor"] != campo["valor"] for o in options):
        texto = _("{valor} (no está en la lista)").format(valor=campo["valor"])
        options.append({"valor": campo["valor"], "texto": texto})
    return campo | {"opciones": options, "regla": None}


def _doubts(state: State, bien: Bien, relacion: Relacion | None = None) -> str:
    sentences = []
    if bien.inventario < 0:
        sentences.append(textos.of("bienes")["dudas"]["inventario-negativo"])
    if may_be_thousands(bien):
        sentences.append(textos.of("bienes")["dudas"]["posibles-miles"])
    known = authorised_list(state.borrador).fracciones
    if known and bien.fraccion not in known:
        sentences.append(textos.of("bienes")["dudas"]["no-autorizado"])
    if relacion and relacion.is_repeated(bien):
        sentences.append(textos.of("bienes")["dudas"]["repetido"])
    return " ".join(sentences)


def _row(state: State, n: int, fila: Fila) -> dict[str, Any]:
    relacion = state.evaluacion.relacion
    lectura = relacion.lecturas[n]
    bien = lectura.bien
    cells = dict(zip(COLUMNAS, fila, strict=True))
    if "unidad" not in lectura.errores:
        cells["unidad"] = say(nombre_unidad(cells["unidad"])) or cells["unidad"]
    return {
        "indice": n,
        "celdas": [
            {
                "columna": columna,
                "texto": cells[columna],
                "error": textos.error(lectura.errores[columna]) if columna in lectura.errores else "",
                "volumen": columna in VOLUMENES,
            }
            for columna in COLUMNAS
        ],
        "inventario": volumen(bien.inventario) if bien else "",
        "negativo": bool(bien and bien.inventario < 0),
        "duda": _doubts(state, bien, relacion) if bien else "",
        "antes": _before(state, bien) if bien else None,
        "editando": state.evaluacion.renglon_editado == n,
    }


def _before(state: State, bien: Bien) -> dict[str, Any] | None:
    """The total of the same good in the year before."""
    anterior = state.evaluacion.anterior
    former = anterior.bien(bien) if anterior else None
    if former is None:
        return None
    cambio = change(former.total, bien.total)
    return {"texto": volumen(former.total), "porcentaje": cambio.porcentaje, "salto": cambio.salto}


# What the rows say depends on these fields of the draft, and on which of them are shown.
_OF_THE_ROWS = ("bienes", "autorizados", "anterior", "ejercicio", *(f"programa-{p}" for p in Programa))


@dataclass(frozen=True, slots=True)
class _Shown:
    """The places of the rows shown, and of the one being changed. ``claves``: all that they depend on."""

    filas: tuple[int, ...]
    claves: tuple[object, ...]
    state: State = field(compare=False)


def _table(state: State, filas: tuple[int, ...]) -> Markup:
    claves = (current(), state.evaluacion.renglon_editado, *(state.borrador.get(k) for k in _OF_THE_ROWS))
    return _draw(_Shown(filas, claves, state))


@lru_cache(maxsize=2)
def _draw(shown: _Shown) -> Markup:
    """The rows as HTML. Kept: a keystroke in the form above them changes none."""
    ev = shown.state.evaluacion
    rows = [_row(shown.state, n, ev.relacion.filas[n]) for n in shown.filas]
    return Markup(environment().get_template("bienes/filas.html").render(filas=rows, anterior=ev.anterior))


def _matching(state: State) -> list[tuple[int, Fila]]:
    """The rows with their places, those that hold the text looked for."""
    filas = list(enumerate(state.evaluacion.relacion.filas))
    wanted = plain(state.vista.get("filtro_bienes", ""))
    return [(n, f) for n, f in filas if wanted in plain(" ".join(f))] if wanted else filas


def _question(state: State, i: Importacion, p: Pregunta) -> dict[str, Any]:
    """What is asked about a column, with what each answer would make of the first cell that asks it."""
    says = textos.of("bienes")["preguntas"]
    place = says["una" if p.celdas == 1 else "varias"].format(celdas=p.celdas, renglon=p.renglon)
    legend = {
        "columna": textos.campo(f"bien_{p.columna}", "etiqueta"),
        "ejemplo": p.ejemplos[0],
        "ejemplos": _(" o ").join(_("«{texto}»").format(texto=e) for e in p.ejemplos),
    }
    reviewed = state.vista.get("importacion") and p.clave in i.sin_responder
    return {
        "clave": p.clave,
        "etiqueta": says[p.sobre].format(**legend),
        "ayuda": place,
        "opciones": [
            {"valor": v, "texto": _answer(p, v), "marcada": i.respuestas[p.clave] == v} for v in ANSWERS[p.sobre]
        ],
        "error": says["sin-responder"] if reviewed else "",
    }


def _answer(p: Pregunta, valor: str) -> str:
    says = textos.of("bienes")["preguntas"]
    if p.sobre != DECIMALES:
        return says[valor]
    read_so = volume_as(p.ejemplos[0], valor)
    lectura = says["sin-lectura" if read_so is None else "lectura"]
    shown = "" if read_so is None else volumen(read_so)
    return says[valor].format(lectura=lectura.format(ejemplo=p.ejemplos[0], volumen=shown))


def _notes(hoja: Hoja) -> list[str]:
    """What was done to the rows of a file without asking, and what of it is hidden."""
    says = textos.of("bienes")["notas"]
    notes = []
    if with_nico := [f for f in hoja.filas if f.con_nico]:
        first = with_nico[0]
        datos = {"escrita": first.con_nico, "fraccion": tidy(first.fila).fraccion}
        name = "nico-uno" if len(with_nico) == 1 else "nico-varios"
        notes.append(says[name].format(cuantos=len(with_nico), **datos))
    if hoja.oculta:
        notes.append(says["hoja-oculta"])
    if hoja.renglones_ocultos:
        name = "renglon-oculto" if hoja.renglones_ocultos == 1 else "renglones-ocultos"
        notes.append(says[name].format(cuantos=hoja.renglones_ocultos))
    for columna in hoja.columnas_ocultas:
        name = textos.campo(f"bien_{columna}", "etiqueta")
        notes.append(says["columna-oculta"].format(letra=hoja.letras[columna], columna=name))
    return notes


def _from(i: Importacion) -> str:
    """Where the goods being read come from: a file, and the sheet of it where that has a name."""
    archivo = i.archivo or _("Lo pegado")
    return _("{archivo} (hoja «{hoja}»)").format(archivo=archivo, hoja=i.pagina) if i.pagina else archivo


def _importacion(state: State) -> dict[str, Any] | None:
    """The goods being read from a file: how far it has come, and then what it found."""
    i = state.of(Bienes).importacion
    if i is None:
        return None
    return {
        "archivo": _from(i),
        "leidos": i.leidas,
        "total": len(i.hoja.filas),
        "terminada": i.terminada,
        "a_la_vista": i.terminada or i.repaso,
        "preguntas": [_question(state, i, p) for p in i.preguntas],
        "notas": _notes(i.hoja),
        "buenos": i.buenas,
        "esperan": i.esperan,
        "malos": i.leidas - i.buenas - i.esperan,
        "muestra": i.taken(i.hoja.filas[:_FILAS_DE_MUESTRA]),
        "ya_hay": len(state.evaluacion.relacion.filas),
        "reemplazar": state.vista.get("reemplazar") == MARCADO,
        "problemas": part(state, "problemas", i.problemas),
        "textos": [
            {
                "renglon": p.renglon,
                "columna": textos.campo(f"bien_{p.columna}", "etiqueta"),
                "texto": p.texto,
                "error": textos.error(p.error),
            }
            for p in part(state, "problemas", i.problemas).elementos
        ],
        "ignoradas": i.hoja.ignoradas,
    }


def _suggested(state: State, known: tuple[Fila, ...]) -> list[Fila]:
    """What the lists of the fields offer: the authorised goods that hold what is typed."""
    typed = [plain(state.borrador.get(k, "")) for k in ("bien_fraccion", "bien_descripcion")]
    found = (f for f in known if all(w in plain(f"{f.fraccion} {f.descripcion}") for w in typed))
    return list(islice(found, _SUGERIDOS))


def context(state: State) -> dict[str, Any]:
    ev = state.evaluacion
    known = authorised(state.borrador)
    rows = part(state, "bienes", _matching(state))
    typed = read(ev.renglon).bien
    return {
        "pide_bienes": ev.pide_bienes,
        "sector": _choice(state, "sector", sectores(), with_key=True),
        "fraccion": _field(
            state, "fraccion", inputmode="numeric", ancho="medio", list="fracciones-autorizadas" if known else ""
        ),
        "descripcion": _field(state, "descripcion", list="bienes-autorizados" if known else ""),
        "unidad": _choice(state, "unidad", unidades(), with_key=False),
        "volumenes": [_field(state, k, inputmode="decimal", ancho="medio") for k in VOLUMENES],
        "duda": _doubts(state, typed) if typed else "",
        "inventario": volumen(typed.inventario) if typed else "—",
        "editando": ev.renglon_editado,
        "hay_renglon": ev.hay_renglon,
        "columnas": [textos.campo(f"bien_{k}", "etiqueta") for k in COLUMNAS],
        "tabla": _table(state, tuple(n for n, _ in rows.elementos)),
        "parte": rows,
        "total_filas": len(ev.relacion.filas),
        "con_errores": len(ev.relacion.con_errores),
        "filtro": componentes.vista(state, "filtro_bienes"),
        "pegado": componentes.vista(state, "pegado"),
        "deshacer": bool(state.of(Bienes).antes),
        "autorizados": part(state, "autorizados", list(enumerate(known))),
        "sugeridos": _suggested(state, known),
        "nombre_unidad": nombre_unidad,
        "importacion": _importacion(state),
        "anterior": ev.anterior,
    }
