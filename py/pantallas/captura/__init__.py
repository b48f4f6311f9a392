"""«Hoja de captura»: what is typed in VUCEM."""
