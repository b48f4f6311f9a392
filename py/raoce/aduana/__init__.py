"""The company's own pedimentos, from the SAT's Data Stage to the totals of the report.

Source: dictionary of the Data Stage (SAT, April 2022), Anexo 22, Guía RAOCE 2024; rules in ``reglas/aduana.toml``.
"""

from raoce.aduana.calculo import calcular
from raoce.aduana.dudas import Duda
from raoce.aduana.eleccion import CLAVES, Clave, Eleccion
from raoce.aduana.lectura import Avance, Lectura
from raoce.aduana.pedimentos import Archivo, Pedimentos
from raoce.aduana.problemas import Problema
from raoce.aduana.totales import EXPORTACION, IMPORTACION, MOTIVOS, Decision, Pedimento, Totales, in_thousands
