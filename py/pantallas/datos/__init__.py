"""«Datos de reporte anual»: the figures, beside those of last year."""
