"""Cut Python's standard library in two: what every start needs, and the rest as a package that can be loaded.

Pyodide unpacks nothing of its standard library: it imports from the zip. So what counts is the download, and
two thirds of the library are never asked for. `stdlib_inicial.txt` says what stays in the zip; everything
else becomes `stdlib-complemento` in our lock, so that nothing becomes impossible: one
`await pyodide_js.loadPackage("stdlib-complemento")` and all of it can be imported. What writes e-mail is a package
of its own, `stdlib-correo`, that the complement asks for.
"""

from fnmatch import fnmatchcase
from pathlib import Path, PurePosixPath

from construir.ruedas.paquete import Pack

LIST = Path(__file__).with_name("stdlib_inicial.txt")
LATER = Path(__file__).with_name("stdlib_despues.txt")
NO_COLORS = Path(__file__).with_name("sin_colores.py")
SITE_PACKAGES = "/lib/python3.14/site-packages"


def patterns(listed: Path = LIST) -> list[str]:
    """The names of `stdlib_inicial.txt`, as dotted modules; a star stands for any module of that package."""
    lines = (line.partition("#")[0] for line in listed.read_text(encoding="utf-8").splitlines())
    return [name for line in lines for name in line.split()]


def split(source: Pack) -> tuple[Pack, Pack]:
    """The standard library's zip, as sources, cut into (start, complement).

    A package that is cut through the middle is told, at the end of its `__init__`, where its other half will
    be: a submodule imported after loading the complement is then found as if it had never been away.
    """
    wanted, later = patterns(), patterns(LATER)
    start = {path: body for path, body in source.items() if _is_wanted(path, wanted) and not _is_wanted(path, later)}
    start["_colorize.py"] = NO_COLORS.read_bytes()
    rest = {
        path: body
        for path, body in source.items()
        if path not in start and path.endswith(".py") and not path.startswith("site-packages/")
    }
    for package in sorted({parent.as_posix() for path in rest for parent in PurePosixPath(path).parents}):
        init = f"{package}/__init__.py"
        if init in start:
            start[init] += f"\n__path__.append({f'{SITE_PACKAGES}/{package}'!r})\n".encode()
    if unknown := [name for name in wanted if not any(_is_wanted(path, [name]) for path in source)]:
        raise ValueError(f"{LIST.name} names modules that Python no longer has: {', '.join(unknown)}")
    return start, rest


def take_later(rest: Pack) -> tuple[Pack, Pack]:
    """The complement without what `stdlib_despues.txt` names, and that."""
    wanted, names = patterns(), patterns(LATER)
    later = {path: body for path, body in rest.items() if _is_wanted(path, names) and _is_wanted(path, wanted)}
    return {path: body for path, body in rest.items() if path not in later}, later


def take_mail(rest: Pack) -> tuple[Pack, Pack]:
    """The complement without the half of `email` that writes messages, and that half: a draft needs no more of it."""
    mail = {path: body for path, body in rest.items() if path.startswith("email/")}
    return {path: body for path, body in rest.items() if path not in mail}, mail


def _is_wanted(path: str, wanted: list[str]) -> bool:
    module = path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
    return path.endswith(".py") and any(fnmatchcase(module, name) for name in wanted)
