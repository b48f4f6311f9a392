"""What could not be read, by file and line. The sentences for a code are in ``pantallas/*/textos.toml``."""

from typing import Any, NamedTuple

# Of those beyond, only how many there were is kept.
MAXIMO_PROBLEMAS = 300
LARGO = 120


class Problema(NamedTuple):
    """``linea``: from 1, the headings being line 1; 0 where the problem is the file's.

    ``codigo`` and ``datos`` are those of a ``DatoInvalido``. The codes:

    - of a file: ``aduana-grande`` (maximo, MB), ``aduana-danado``, ``aduana-cifrado``, ``aduana-inflado`` (maximo,
      MB), ``aduana-anidado`` (maximo), ``aduana-partes`` (maximo), ``aduana-sin-encabezados``, ``aduana-columnas``
      (faltan), ``aduana-ancho`` (maximo), ``aduana-nada``: no file of the Data Stage inside;
    - of a line, which is left out: ``aduana-campos`` (hay, esperados), ``aduana-largo`` (maximo), ``aduana-nulos``,
      ``aduana-llave`` (valor), ``aduana-fecha`` and ``aduana-numero`` (columna, valor),
      ``aduana-operacion`` (valor). Only ``aduana-anterior`` (valor) leaves its line in.
    """

    archivo: str
    linea: int
    codigo: str
    datos: dict[str, Any]


class Problemas:
    """The first ``MAXIMO_PROBLEMAS``, and how many there were in all."""

    def __init__(self) -> None:
        self.lista: list[Problema] = []
        self.cuantos = 0

    def add(self, archivo: str, linea: int, codigo: str, **datos: Any) -> None:
        self.cuantos += 1
        if len(self.lista) < MAXIMO_PROBLEMAS:
            short = {k: v[:LARGO] if isinstance(v, str) else v for k, v in datos.items()}
            self.lista.append(Problema(archivo[-LARGO:], linea, codigo, short))

    def copy(self) -> "Problemas":
        other = Problemas()
        other.lista, other.cuantos = self.lista.copy(), self.cuantos
        return other
