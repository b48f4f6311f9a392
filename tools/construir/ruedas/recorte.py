"""Cut a pack, or a module of it, down: what the rules of `podar.py` are made of.

A cut that finds nothing to cut stops the build: the package has changed, and its rule must be read again.
"""

import ast
from fnmatch import fnmatch

from construir.ruedas.paquete import Pack

_STEPS = (ast.FunctionDef, ast.Expr)


def keep(pack: Pack, *patterns: str) -> Pack:
    """`pack` with only what one of `patterns` names; each must name something."""
    kept = {path: body for path, body in pack.items() if any(_matches(path, pattern) for pattern in patterns)}
    if lost := [pattern for pattern in patterns if not any(_matches(path, pattern) for path in kept)]:
        raise ValueError(f"the wheel no longer has {', '.join(lost)}, which the build keeps")
    return kept


def drop(pack: Pack, *patterns: str) -> Pack:
    """`pack` without what any of `patterns` names. Here a star crosses slashes."""
    return {path: body for path, body in pack.items() if not any(fnmatch(path, pattern) for pattern in patterns)}


def _matches(path: str, pattern: str) -> bool:
    """As a shell would: a star does not cross a slash."""
    return path.count("/") == pattern.count("/") and fnmatch(path, pattern)


def replace(source: bytes, old: str, new: str) -> bytes:
    """`source` with `new` wherever it says `old`."""
    if source.decode().count(old) < 1:
        raise ValueError(f"the wheel no longer says {old.strip()!r}, which the build replaces")
    return source.decode().replace(old, new).encode()


def without_lost_imports(source: bytes, pack: Pack) -> bytes:
    """`source` with only those `from a.b import c` whose module is still in `pack`."""
    tree = ast.parse(source)
    tree.body = [
        node
        for node in tree.body
        if not isinstance(node, ast.ImportFrom) or node.module.replace(".", "/") + ".py" in pack
    ]
    return ast.unparse(tree).encode()


def without_users_of(source: bytes, modules: set[str]) -> bytes:
    """`source` without the imports of `modules` and the functions and calls, outside classes, that need them."""
    tree = ast.parse(source)
    froms = [node for node in tree.body if isinstance(node, ast.ImportFrom) and node.module in modules]
    lost = modules | {alias.asname or alias.name for node in froms for alias in node.names}

    def needs(node: ast.AST) -> bool:
        names = {inner.id for inner in ast.walk(node) if isinstance(inner, ast.Name)}
        imports = {alias.name for alias in node.names} if isinstance(node, ast.Import) else set()
        return node in froms or bool(modules & imports) or (isinstance(node, _STEPS) and bool(lost & names))

    tree.body = [node for node in tree.body if not needs(node)]
    return ast.unparse(tree).encode()
