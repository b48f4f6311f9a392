"""What is refused is said at the top of the page, and nothing else changes."""

from dataclasses import replace

from raoce.base import DatoInvalido
from tramite import efectos
from tramite.eventos import Result
from tramite.formulario.evaluacion import Aviso
from tramite.state import State


def refuse(state: State, error: DatoInvalido) -> Result:
    """The state with the sentence of ``error`` as its only notice, and the focus on it."""
    return replace(state, avisos=(Aviso(error.codigo, error.datos),)), (efectos.focus("avisos"),)
