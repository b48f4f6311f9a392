"""The RAOCE itself, a room a subject of the law. Pure Python: no HTML, no browser, no clock.

Money is ``int`` in thousands of pesos; rates and percentages are ``Decimal``. Every number of the law lives in
``reglas/*.toml``. Who stands on whom: ``verificacion`` → ``carta`` → ``solicitud`` → ``plazos``, ``cifras`` →
``firma``, ``bienes``, ``empresa`` → ``base`` → ``reglas``.
"""

# What the foot of the page says and what is signed carries. Not the version of the rules (``reglas/version.toml``).
VERSION = "0.2.0"
