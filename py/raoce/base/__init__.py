"""What every room stands on: an error with its data, the reasons of a figure, how dates and figures are written."""

from raoce.base.errores import DatoInvalido
from raoce.base.explicacion import Entrada, Explicacion
