"""«Calcular con mis archivos»: the figures of the report from the company's own pedimentos and invoices."""
