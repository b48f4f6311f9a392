"""«Firmar»: the e.firma, and the signed file."""
