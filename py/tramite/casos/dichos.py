"""What a learner is told of a case's table; the rest are data, keys and codes, the same in every language.

Of use to who looks for the sentences of the cases, and to who writes the cases in another language.
"""

from collections.abc import Callable, Mapping
from typing import Any

Say = Callable[[str], str]

_TEXTOS = frozenset({"titulo", "columnas", "filas", "pregunta", "explicacion", "pistas", "unidad"})
_TABLAS = frozenset({"tabla", "preguntas", "trampas"})


def told(tabla: Mapping[str, Any], say: Say) -> dict[str, Any]:
    """The table of a case with each of its sentences as ``say`` says it, a paragraph at a time.

    >>> told({"titulo": "Uno", "nivel": "básico", "texto": "Es\\nlunes.\\n\\nHoy.", "fecha": 1}, str.upper)
    {'titulo': 'UNO', 'nivel': 'básico', 'texto': 'ES LUNES.\\n\\nHOY.', 'fecha': 1}
    >>> told({"preguntas": [{"clave": "a", "opciones": [["si", "Sí"]], "trampas": [{"respuesta": "no"}]}]}, str.upper)
    {'preguntas': [{'clave': 'a', 'opciones': [['si', 'SÍ']], 'trampas': [{'respuesta': 'no'}]}]}
    """
    return {clave: _told(clave, valor, say) for clave, valor in tabla.items()}


def _told(clave: str, valor: Any, say: Say) -> Any:
    if clave in _TEXTOS:
        return _each(valor, say)
    if clave in _TABLAS:
        return told(valor, say) if isinstance(valor, Mapping) else [told(row, say) for row in valor]
    if clave == "opciones":
        return [[opcion, say(texto)] for opcion, texto in valor]
    # Of a case, its paragraphs; of a trampa, what is said of it.
    return "\n\n".join(_paragraphs(valor, say)) if clave == "texto" else valor


def _each(valor: Any, say: Say) -> Any:
    return [_each(v, say) for v in valor] if isinstance(valor, list) else say(_one_line(valor))


def _paragraphs(texto: str, say: Say) -> list[str]:
    return [say(_one_line(p)) for p in texto.split("\n\n") if p.strip()]


def _one_line(texto: str) -> str:
    # Where the lines of a file end is of no matter, and would make another sentence of it.
    return " ".join(texto.split())
