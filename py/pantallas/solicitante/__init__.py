"""«Solicitante»: the company and its address."""
