"""Which rows there are, which are seen, and which are meant by what is done with many."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from pantallas.empresas.estado import Cuenta, Empresas
from tramite.empresas.filtros import Filtros, count, find
from tramite.empresas.renglon import Lectura, Renglon
from tramite.state import State

# Rows of which what is missing is read in one go; more of them wait for their turn, so that no key does.
PASO = 50
# A row with many goods counts for several.
_LETRAS = 4000

_LECTURA = Lectura()


def rows(state: State) -> tuple[Renglon, ...]:
    """All rows, by danger."""
    ev = state.evaluacion
    return _LECTURA.rows(state.archivero, ev.consulta, ev.hoy)


def filtros(state: State) -> Filtros:
    """The filters pressed, and the text searched."""
    return replace(state.of(Empresas).filtros, texto=state.vista.get("filtro_empresas", ""))


def seen(state: State) -> tuple[Renglon, ...]:
    """The rows that the search and the filters leave, on whichever part of the list."""
    return find(rows(state), filtros(state))


def chosen(state: State) -> tuple[Renglon, ...]:
    """The rows that something is done with: those ticked, or all that are seen where none is."""
    marcadas = state.of(Empresas).marcadas
    return tuple(row for row in rows(state) if row.clave in marcadas) if marcadas else seen(state)


class _Totales:
    """How many rows each value has, with nothing filtered: these values are offered."""

    def __init__(self) -> None:
        self._of: tuple[Renglon, ...] | None = None
        self._found: Mapping[str, Mapping[str, int]] = {}

    def of(self, todas: tuple[Renglon, ...]) -> Mapping[str, Mapping[str, int]]:
        if self._of is not todas:
            self._of, self._found = todas, count(todas, Filtros(), con_datos=False)
        return self._found


_TOTALES = _Totales()


def totals(state: State) -> Mapping[str, Mapping[str, int]]:
    return _TOTALES.of(rows(state))


def is_counted(state: State) -> bool:
    """Is it known of every row whether something is missing?"""
    total = state.archivero.cuantos
    return total <= PASO or (_cuenta(state).hechos >= total)


def progress(state: State) -> int:
    """Of how many rows it is known."""
    return _cuenta(state).hechos


def just_counted(state: State) -> tuple[Renglon, ...]:
    """The rows of which it was found out last, while others wait for their turn."""
    cuenta = _cuenta(state)
    return rows(state)[max(0, cuenta.hechos - PASO) : cuenta.hechos] if cuenta.en_curso else ()


def is_to_begin(state: State) -> bool:
    """Must it be found out, and has nobody begun?"""
    return state.archivero.cuantos > PASO and not _is_current(state)


def begin(state: State) -> State:
    ev = state.evaluacion
    return _counting(state, Cuenta((state.archivero, ev.consulta, ev.hoy), 0, en_curso=True))


def go_on(state: State) -> State:
    """A few rows more."""
    todas, cuenta = rows(state), _cuenta(state)
    left, hechos = PASO, cuenta.hechos
    while hechos < len(todas) and left > 0:
        row = todas[hechos]
        if "faltan" not in vars(row):
            left -= 1 + len(row.campos.get("bienes", "")) // _LETRAS
        row.lugar_con_datos, row.buscable  # noqa: B018  reading them is the work
        hechos += 1
    return _counting(state, replace(cuenta, hechos=hechos, en_curso=hechos < len(todas)))


def stop(state: State) -> State:
    return _counting(state, Cuenta())


def _is_current(state: State) -> bool:
    ev = state.evaluacion
    return state.of(Empresas).cuenta.is_of(state.archivero, ev.consulta, ev.hoy)


def _cuenta(state: State) -> Cuenta:
    return state.of(Empresas).cuenta if _is_current(state) else Cuenta()


def _counting(state: State, cuenta: Cuenta) -> State:
    return state.having(replace(state.of(Empresas), cuenta=cuenta))
