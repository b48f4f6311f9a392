"""The invoices (CFDI) of the company: read from its files, and what they say that was sold.

Source: Anexo 20 (CFDI 3.3 and 4.0) and the rules ``facturas.*``. Nothing of the customers is kept.
"""

from raoce.base.archivos import Archivo, Avance, Duda, Problema
from raoce.facturas.lectura import Factura, Facturas, LecturaCfdi
from raoce.facturas.ventas import REGLAS, Ventas, calcular
