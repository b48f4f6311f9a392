"""The company's own pedimentos, from the SAT's Data Stage to the totals of the report.

Source: dictionary of the Data Stage (SAT, April 2022), Anexo 22, Guía RAOCE 2024; rules in ``reglas/aduana.toml``.

The codes of what could not be read (``Problema``):

- of a file: ``aduana-grande`` (maximo, MB), ``aduana-danado``, ``aduana-cifrado``, ``aduana-inflado`` (maximo,
  MB), ``aduana-anidado`` (maximo), ``aduana-partes`` (maximo), ``aduana-sin-encabezados``, ``aduana-columnas``
  (faltan), ``aduana-ancho`` (maximo), ``aduana-nada``: no file of the Data Stage inside;
- of a line, which is left out: ``aduana-campos`` (hay, esperados), ``aduana-largo`` (maximo), ``aduana-nulos``,
  ``aduana-llave`` (valor), ``aduana-fecha`` and ``aduana-numero`` (columna, valor),
  ``aduana-operacion`` (valor). Only ``aduana-anterior`` (valor) leaves its line in.
"""

from raoce.aduana.calculo import calcular
from raoce.aduana.eleccion import CLAVES, Clave, Eleccion
from raoce.aduana.lectura import Lectura
from raoce.aduana.pedimentos import Pedimentos
from raoce.aduana.totales import EXPORTACION, IMPORTACION, MOTIVOS, Decision, Pedimento, Totales, rule_of
