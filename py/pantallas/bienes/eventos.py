"""What happens in «Relación de bienes producidos»."""

from pantallas.bienes import anotar, importar
from raoce.base.texto import plain
from raoce.bienes.preguntas import PREGUNTAS
from tramite import efectos
from tramite.eventos import Event, OnDemand, Pantalla, Result
from tramite.formulario.autorizados import AUTORIZADAS, authorised
from tramite.state import State

HOJAS = OnDemand(("python-calamine", "xlsxwriter"), ("documentos.hojas.hojas",), {"name": "bienes.hoja-fallo"})


def complete(before: State, state: State, event: Event) -> Result:
    """After a field of the row was left: what the authorised list says of the rest. After a question: its answer."""
    if not event.get("valores", {}).keys().isdisjoint(PREGUNTAS):
        return importar.answer(state)
    left = event.get("valores", {}) if event["name"] == "cambio" else ()
    for clave in left:
        state = _complete(state, clave)
    return state, ()


def _complete(state: State, clave: str) -> State:
    """After the tariff item or the description was chosen from the list: what it says of the rest, where empty."""
    columna = clave.removeprefix("bien_")
    if columna not in ("fraccion", "descripcion") or not state.borrador.get(clave):
        return state
    same = [f for f in authorised(state.borrador) if plain(getattr(f, columna)) == plain(state.borrador[clave])]
    if len(same) != 1:
        return state
    known = {f"bien_{k}": getattr(same[0], k) for k in AUTORIZADAS}
    return state.with_borrador({**state.borrador, **{k: v for k, v in known.items() if not state.borrador.get(k)}})


def reach(state: State, campo: str) -> Result:
    """To a field; «bienes» is the table: its first row with errors, or else the row to be typed."""
    if campo == "bienes" and state.evaluacion.relacion.con_errores:
        return anotar.edit_bad_row(state)
    return state, (efectos.focus("bien_sector" if campo == "bienes" else campo),)


PANTALLA = Pantalla(
    eventos={
        "agregar": anotar.add,
        "editar": anotar.edit,
        "descartar": anotar.discard,
        "duplicar": anotar.duplicate,
        "eliminar": anotar.remove,
        "vaciar": anotar.clear,
        "deshacer": anotar.undo,
        "autorizar": anotar.authorise,
        "autorizar-relacion": anotar.authorise_table,
        "desautorizar": anotar.unauthorise,
        "usar-autorizado": anotar.use,
        "importar": importar.open_file,
        "pegar": importar.paste,
        "importar-seguir": importar.go_on,
        "cancelar-importacion": importar.cancel,
        "aceptar-importacion": importar.accept,
        "exportar": importar.export,
        "hoja-fallo": importar.fail,
    },
    pide={"importar": HOJAS, "pegar": HOJAS, "exportar": HOJAS},
    despues=complete,
    llegar=reach,
)
