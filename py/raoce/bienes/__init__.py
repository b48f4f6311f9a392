"""The goods produced under PROSEC: the row, its catalogues, its volumes.

Source: format of the yearly report of PROSEC (DOF 06-07-2007) and VUCEM.
"""

from raoce.bienes.bienes import COLUMNAS, MAXIMO_FILAS, VOLUMENES, Bien, Fila
