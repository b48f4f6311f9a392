"""A table as CSV, for Excel: UTF-8 with its mark, and no text that a spreadsheet would take for a formula."""

# What `csv` gives, without it: in the browser that module comes with two megabytes of others.
from _csv import QUOTE_MINIMAL, writer
from collections.abc import Iterable
from io import StringIO


def write(columnas: Iterable[str], filas: Iterable[Iterable[str]]) -> bytes:
    """
    >>> print(write(("a", "b"), [("1", "=1+1"), ("x,y", "")]).decode("utf-8-sig").replace("\\r\\n", ";"))
    a,b;1,'=1+1;"x,y",;
    """
    target = StringIO()
    out = writer(target, delimiter=",", lineterminator="\r\n", quoting=QUOTE_MINIMAL)
    out.writerow(list(columnas))
    out.writerows([_plain(texto) for texto in fila] for fila in filas)
    return target.getvalue().encode("utf-8-sig")


def _plain(texto: str) -> str:
    return f"'{texto}" if texto.startswith(("=", "+", "-", "@", "\t", "\r")) else texto
