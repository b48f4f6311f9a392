"""«Corregir un reporte»: what differs, the letter, its e-mail, its signature."""
