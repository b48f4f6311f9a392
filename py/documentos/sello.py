"""The mark of what was made in practice, before a text. There is none on a real document."""


def with_sello(sello: str, texto: str, separador: str = " · ") -> str:
    """
    >>> with_sello("SIN VALIDEZ", "Carta"), with_sello("", "Carta")
    ('SIN VALIDEZ · Carta', 'Carta')
    """
    return f"{sello}{separador}{texto}" if sello else texto
