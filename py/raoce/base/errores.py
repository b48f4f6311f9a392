"""What the reader of a figure, a date or a file raises when it cannot accept it."""


class DatoInvalido(ValueError):
    """Something typed that cannot be taken. It carries a code and its data, never a sentence.

    ``codigo`` names the reason (``monto-decimales``); ``datos`` are the pieces that the sentence
    shown to the user needs. The sentences are in ``pantallas/*/textos.toml``.

    >>> str(DatoInvalido("monto-largo", maximo=16))
    "monto-largo {'maximo': 16}"
    """

    def __init__(self, codigo: str, **datos: object) -> None:
        super().__init__(codigo, datos)
        self.codigo = codigo
        self.datos = datos

    def __str__(self) -> str:
        return f"{self.codigo} {self.datos}" if self.datos else self.codigo
