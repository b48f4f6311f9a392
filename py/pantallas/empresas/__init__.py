"""«Mis empresas»: every company and ejercicio that the device keeps, and what can be done with many at once."""
