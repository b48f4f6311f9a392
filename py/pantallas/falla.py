"""What is told of an exception that nobody foresaw: where it was raised, and nothing of what the user wrote."""

import traceback
from typing import Any

# A message may quote a datum; the kind of exception and the lines of our code do not.
_OURS = ("pantallas", "tramite", "documentos", "raoce", "worker")


def describe(evento: str, error: BaseException) -> dict[str, Any]:
    """``{"evento", "tipo", "lugares"}``: the event, the class of the exception, and the lines that led to it.

    >>> try: raise ValueError("RFC EKU9003173C9")
    ... except ValueError as error: print(describe("entrada", error)["tipo"], describe("entrada", error)["lugares"])
    ValueError ['<doctest pantallas.falla.describe[0]>:1 <module>']
    """
    frames = traceback.extract_tb(error.__traceback__)
    places = [f"{_short(f.filename)}:{f.lineno} {f.name}" for f in frames][-12:]
    return {"evento": evento, "tipo": type(error).__name__, "lugares": places}


def _short(path: str) -> str:
    """The path from our code on: where it lies on a device is nobody else's business."""
    parts = path.replace("\\", "/").split("/")
    ours = [n for n, part in enumerate(parts) if part in _OURS]
    return "/".join(parts[ours[0] :]) if ours else parts[-1]
