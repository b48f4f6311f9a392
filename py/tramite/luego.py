"""What is imported when it is first called: the page starts without it."""

from collections.abc import Callable
from importlib import import_module
from typing import Any


def later(modulo: str, nombre: str) -> Callable[..., Any]:
    """The function ``nombre`` of a module that comes with its first call."""

    def call(*args: Any) -> Any:
        return getattr(import_module(modulo), nombre)(*args)

    return call
