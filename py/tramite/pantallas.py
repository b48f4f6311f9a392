"""The screens there are, by name."""

# Where somebody begins who has no draft and followed no link.
INICIO = "inicio"
# The steps of the form, in their order; «bienes» is one only with PROSEC alone (``pasos.py``).
PANTALLAS = ("plazos", "programas", "solicitante", "datos", "bienes", "revisar", "firmar")
PRACTICA = "practica"
# The screens beside them.
HERRAMIENTAS = ("captura", "corregir", "verificar", "empresas", PRACTICA, "incrustar")
# The sheet of the cases of practice for the teacher, reached from «Practicar».
HOJA = "solucionario"
# The figures from the company's own files, reached from «Datos de reporte anual».
ARCHIVOS = "archivos"
TODAS = (INICIO, *PANTALLAS, *HERRAMIENTAS, HOJA, ARCHIVOS)
# Addresses that people have kept, of screens that have another name now.
ANTES = {"borradores": "empresas"}
