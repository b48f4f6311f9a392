"""«Verificar un archivo»: what a signed file is worth."""
