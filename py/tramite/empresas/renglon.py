"""One row of the desk: a company and ejercicio, where each programme stands, what comes next, what is missing.

Fifteen hundred of them are read each time the desk opens, so only what places a row among the others is read at once;
the rest (what is missing, what it is found by) when it is asked for. A draft does not change: while it is the same
one, on the same day, so is its row.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache

from raoce.base import DatoInvalido
from raoce.base.texto import plain
from raoce.empresa import Programa, Registro
from raoce.empresa.programas import programas_que_presentan
from raoce.plazos import Calendario, Estado
from raoce.plazos.calendario import OFICIAL
from raoce.plazos.plazos import default_ejercicio
from tramite.borradores.archivero import Archivero
from tramite.borradores.borrador import Guardado
from tramite.empresas.peligro import ORDEN, Peligro
from tramite.empresas.situaciones import Situacion, Trazo, situacion_of
from tramite.formulario.campos import CAMPOS
from tramite.formulario.evaluacion import Evaluacion, held, is_of_ejercicio
from tramite.formulario.firmado import is_signed
from tramite.formulario.inhabiles import build_calendario

# What «presentado» says where somebody answered «¿Ya presentaste el reporte?» with yes.
_SI = "si"
_SIN_DIAS = 10**6
_SIN_RFC = "\uffff"
_AUTORIZACION = {p: f"autorizacion-{p}" for p in Programa}
# The company's three years have the same name.
_plain = lru_cache(4096)(plain)


@dataclass(frozen=True, eq=False)
class Lugar:
    """Of all rows that are in the same one there is one of these. ``le_falta``: is something missing; ``None`` where
    nobody has asked."""

    trazo: Trazo
    ejercicio: str
    le_falta: bool | None = None


_lugar = lru_cache(4096)(Lugar)


@dataclass(frozen=True)
class Renglon:
    """A row, as of the day of consultation. ``presentacion``: when it was or will be presented, if it can be read."""

    clave: str
    guardado: Guardado
    consulta: date
    hoy: date
    ejercicio: int
    situacion: Situacion
    presentacion: date | None

    @property
    def campos(self) -> Mapping[str, str]:
        return self.guardado.campos

    @property
    def modificado(self) -> str:
        return self.guardado.modificado

    @cached_property
    def rfc(self) -> str:
        return self.campos.get("rfc", "").strip().upper()

    @property
    def nombre(self) -> str:
        return self.campos.get("razon_social", "").strip()

    @property
    def folio(self) -> str:
        return self.campos.get("folio", "").strip()

    @property
    def presentada(self) -> date | None:
        """The day of presentation, if it has come."""
        return self.presentacion if self.presentacion and self.presentacion <= self.consulta else None

    @property
    def programas(self) -> Mapping[Programa, Estado]:
        """The state of each programme held, in the order of VUCEM."""
        return self.situacion.programas

    @property
    def proxima(self) -> date | None:
        """The next last day, of those that are left to present."""
        return self.situacion.fechas[0] if self.situacion.fechas else None

    @property
    def dias(self) -> int | None:
        """Natural days to it."""
        return self.situacion.dias

    @property
    def peligro(self) -> Peligro:
        return self.situacion.peligro

    @cached_property
    def firmada(self) -> bool:
        return is_signed(self.campos)

    @cached_property
    def faltan(self) -> tuple[str, ...]:
        """The fields that are missing or wrong."""
        return Evaluacion(self.campos, self.consulta, self.hoy).bloquean

    @cached_property
    def lugar(self) -> Lugar:
        """What the filters ask of a row: many share it."""
        return _lugar(self.situacion.trazo, str(self.ejercicio))

    @cached_property
    def lugar_con_datos(self) -> Lugar:
        return _lugar(self.situacion.trazo, str(self.ejercicio), bool(self.faltan))

    @cached_property
    def buscable(self) -> str:
        return f"{_plain(self.rfc)} {_plain(self.nombre)} {self.ejercicio} {_plain(self.folio)}"

    @property
    def orden(self) -> tuple[int, int, str, int]:
        """By danger, then days, then RFC; the newest ejercicio of a company first."""
        dias = self.situacion.dias
        return (ORDEN[self.peligro], _SIN_DIAS if dias is None else dias, self.rfc or _SIN_RFC, -self.ejercicio)


def read(clave: str, guardado: Guardado, consulta: date, hoy: date) -> Renglon:
    """The row of a draft. Never raises, whatever was typed."""
    campos = guardado.campos
    ejercicio = _ejercicio(campos.get("ejercicio", ""), hoy)
    tenidos = held(campos)
    registros = tuple(Registro(p, autorizacion=_value(_AUTORIZACION[p], campos)) for p in tenidos)
    dia = _value("presentacion", campos)
    if dia and not is_of_ejercicio(dia, ejercicio):
        dia = None
    situacion = situacion_of(
        tenidos,
        programas_que_presentan(registros, ejercicio),
        ejercicio,
        _calendario(campos.get("inhabiles", ""), campos.get("inhabiles_quitados", "")),
        consulta,
        dia,
        campos.get("presentado") == _SI,
    )
    return Renglon(clave, guardado, consulta, hoy, ejercicio, situacion, dia)


class Lectura:
    """The rows of all drafts, in their order; those of drafts that are still the same are not read again."""

    def __init__(self) -> None:
        self._of: tuple[Archivero, date, date] | None = None
        self._rows: dict[str, Renglon] = {}
        self._sorted: tuple[Renglon, ...] = ()

    def rows(self, archivero: Archivero, consulta: date, hoy: date) -> tuple[Renglon, ...]:
        before = self._of
        if before and before[0] is archivero and before[1:] == (consulta, hoy):
            return self._sorted
        known = self._rows if before and before[1:] == (consulta, hoy) else {}
        self._rows = {k: _same(known.get(k), g) or read(k, g, consulta, hoy) for k, g in archivero.todos.items()}
        self._sorted = tuple(sorted(self._rows.values(), key=lambda row: row.orden))
        self._of = (archivero, consulta, hoy)
        return self._sorted


def _same(row: Renglon | None, guardado: Guardado) -> Renglon | None:
    return row if row is not None and row.guardado is guardado else None


def _value(clave: str, campos: Mapping[str, str]) -> object:
    """What a field says; ``None`` for what cannot be read, as for what is not there."""
    texto = campos.get(clave, "")
    if not texto.strip():
        return None
    try:
        return CAMPOS[clave].parse(texto)
    except DatoInvalido:
        return None


@lru_cache(64)
def _ejercicio(texto: str, hoy: date) -> int:
    return _value("ejercicio", {"ejercicio": texto}) or default_ejercicio(hoy)


@lru_cache(64)
def _calendario(inhabiles: str, quitados: str) -> Calendario:
    if not inhabiles and not quitados:
        return OFICIAL
    campos = {"inhabiles": inhabiles, "inhabiles_quitados": quitados}
    return build_calendario(_value("inhabiles", campos) or (), _value("inhabiles_quitados", campos) or frozenset())
