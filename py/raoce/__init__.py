"""The RAOCE itself: programmes, deadlines, figures, commitments, the signed request.

Pure Python: no HTML, no browser, no clock. Money is ``int`` in thousands of pesos; rates and
percentages are ``Decimal``. Every number of the law lives in ``reglas/*.toml``.
"""
