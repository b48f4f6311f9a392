"""The months by name, as the law writes them."""

_MESES = (
    "enero", "febrero", "marzo", "abril", "mayo", "junio",
    "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre",
)  # fmt: skip


def nombre_mes(mes: int) -> str:
    return _MESES[mes - 1]
