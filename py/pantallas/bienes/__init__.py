"""«Relación de bienes producidos»: the goods of PROSEC, typed or from a spreadsheet."""
