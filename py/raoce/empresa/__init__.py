"""The company and what it holds: programmes, ejercicio, RFC, address. Source: decretos IMMEX, PROSEC, ALTEX y ECEX."""

from raoce.empresa.ejercicio import EJERCICIOS, PRIMERO, ULTIMO, anio_de_presentacion
from raoce.empresa.programas import Programa, Registro
