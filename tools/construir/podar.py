"""Prune wheels to what a filer's browser can ever run.

One function a package, from pack to pack, each with its reason. A package without one ships whole. The build
check imports every module that is left (`comprobar.py`), so that a rule that cuts too much stops the build.
"""

import ast
import re
from fnmatch import fnmatch

from construir.paquete import Pack

# Needed only by what is pruned here.
NOT_SHIPPED = {"six", "tzdata"}

# Types, sources of translations and C for readers of the wheel, not for Python.
NEVER_RUN = ("*.pyi", "*/py.typed", "*.po", "*.c")


def prune(name: str, pack: Pack) -> Pack:
    """`pack` of the package `name`, without what is never run. Its `.dist-info` goes too: see `ruedas.py`."""
    pruned = RULES[name](pack) if name in RULES else pack
    return {
        path: body
        for path, body in pruned.items()
        if ".dist-info/" not in path and not any(fnmatch(path, pattern) for pattern in NEVER_RUN)
    }


def _holidays(pack: Pack) -> Pack:
    """Mexico in Spanish. The whole wheel imports 250 countries at its first call: a second of every start.

    The same public names stay; any other country answers `NotImplementedError`.
    """
    version = next(path for path in pack if ".dist-info/" in path).split("-")[1].removesuffix(".dist")
    pack = _keep(
        pack,
        "holidays/*.py",
        "holidays/countries/__init__.py",
        "holidays/countries/mexico.py",
        "holidays/financial/__init__.py",
        "holidays/groups/__init__.py",
        "holidays/groups/christian.py",
        "holidays/groups/custom.py",
        "holidays/groups/eastern.py",
        "holidays/groups/international.py",
        "holidays/calendars/__init__.py",
        "holidays/calendars/custom.py",
        "holidays/calendars/ethiopian.py",
        "holidays/calendars/gregorian.py",
        "holidays/calendars/julian.py",
        "holidays/calendars/julian_revised.py",
        "holidays/deprecations/*",
        "holidays/locale/es/LC_MESSAGES/MX.mo",
    )
    del pack["holidays/generate_ics.py"]  # a command line
    # Its version comes from its metadata; reading that imports half of `email`.
    pack["holidays/version.py"] = f"__version__ = {version!r}\n".encode()
    for package in ("countries", "financial", "groups", "calendars"):
        path = f"holidays/{package}/__init__.py"
        pack[path] = _without_lost_imports(pack[path], pack)
    pack["holidays/registry.py"] = _mexico_only(pack["holidays/registry.py"])
    # Dates given as text are ISO here; the parser of every other shape weighs more than all of `holidays`.
    pack["holidays/holiday_base.py"] = _replace(
        pack["holidays/holiday_base.py"],
        "from dateutil.parser import parse\n",
        "from datetime import datetime\n\nparse = datetime.fromisoformat\n",
    )
    return pack


def _mexico_only(source: bytes) -> bytes:
    text = source.decode()
    mexico = re.search(r'^ *"mexico": .*$', text, re.M)[0]
    text, countries = re.subn(r"(COUNTRIES: RegistryDict = \{\n).*?\n\}", rf"\1{mexico}\n}}", text, flags=re.S)
    text, markets = re.subn(r"FINANCIAL: RegistryDict = \{\n.*?\n\}", "FINANCIAL: RegistryDict = {}", text, flags=re.S)
    if not (countries and markets):
        raise ValueError("holidays/registry.py no longer has the two tables that the build trims")
    return text.encode()


def _pydantic(pack: Pack) -> Pack:
    """Without version 1's whole copy, and the plugin for a type checker."""
    return _drop(pack, "pydantic/v1/*", "pydantic/mypy.py", "pydantic/_internal/_git.py")


def _markupsafe(pack: Pack) -> Pack:
    """PyPI has no WebAssembly wheel: the compiled half is for another machine, the package runs without it."""
    return _drop(pack, "*.so")


def _stdnum(pack: Pack) -> Pack:
    """Mexico's two numbers. What the rest of `stdnum.util` does needs `pydoc` and `ssl`."""
    pack = _keep(
        pack,
        "stdnum/__init__.py",
        "stdnum/exceptions.py",
        "stdnum/util.py",
        "stdnum/mx/__init__.py",
        "stdnum/mx/rfc.py",
        "stdnum/mx/curp.py",
    )
    pack["stdnum/util.py"] = _without_users_of(pack["stdnum/util.py"], {"pkgutil", "pydoc", "ssl"})
    return pack


def _dateutil(pack: Pack) -> Pack:
    """Easter, which is all that `holidays` asks of it."""
    return _keep(pack, "dateutil/__init__.py", "dateutil/_version.py", "dateutil/easter.py")


def _jinja2(pack: Pack) -> Pack:
    """Templates arrive compiled: nothing is translated, sandboxed or inspected in the browser."""
    return _drop(pack, "jinja2/constants.py", "jinja2/ext.py", "jinja2/meta.py", "jinja2/sandbox.py")


def _annotated_types(pack: Pack) -> Pack:
    """Without its tests."""
    return _drop(pack, "annotated_types/test_cases.py")


def _icalendar(pack: Pack) -> Pack:
    """All-day events and instants in UTC, which is all that we write: with no other time zone.

    For those it would ask for most of `dateutil`, of which the first download has Easter only, and for `tzdata`.
    """
    pack = _drop(pack, "icalendar/tests/*", "icalendar/cli.py")
    for name in ("equivalent_timezone_ids", "pytz"):
        del pack[f"icalendar/timezone/{name}.py"]
    # The names that each zone also goes by: a quarter of the package.
    pack["icalendar/timezone/equivalent_timezone_ids_result.py"] = b"lookup = {}\n"
    zones = {"dateutil.rrule", "dateutil.tz", "dateutil.tz.tz"}
    for path in ("icalendar/cal/timezone.py", "icalendar/timezone/zoneinfo.py"):
        pack[path] = _without_users_of(pack[path], zones)
    pack["icalendar/timezone/zoneinfo.py"] = _replace(
        _replace(
            pack["icalendar/timezone/zoneinfo.py"], "import datetime, tzinfo", "import datetime, timezone, tzinfo"
        ),
        "zoneinfo.ZoneInfo('UTC')",
        "timezone.utc",
    )
    pack["icalendar/timezone/tzid.py"] = _replace(
        _replace(pack["icalendar/timezone/tzid.py"], "from dateutil.tz import tz\n", ""), 'tz.gettz("UTC")', "None"
    )
    return pack


RULES = {
    "annotated-types": _annotated_types,
    "holidays": _holidays,
    "icalendar": _icalendar,
    "jinja2": _jinja2,
    "markupsafe": _markupsafe,
    "pydantic": _pydantic,
    "python-dateutil": _dateutil,
    "python-stdnum": _stdnum,
}


def _keep(pack: Pack, *patterns: str) -> Pack:
    kept = {path: body for path, body in pack.items() if any(_matches(path, pattern) for pattern in patterns)}
    if lost := [pattern for pattern in patterns if not any(_matches(path, pattern) for path in kept)]:
        raise ValueError(f"the wheel no longer has {', '.join(lost)}, which the build keeps")
    return kept


def _drop(pack: Pack, *patterns: str) -> Pack:
    return {path: body for path, body in pack.items() if not any(fnmatch(path, pattern) for pattern in patterns)}


def _matches(path: str, pattern: str) -> bool:
    """As a shell would: a star does not cross a slash."""
    return path.count("/") == pattern.count("/") and fnmatch(path, pattern)


def _replace(source: bytes, old: str, new: str) -> bytes:
    if source.decode().count(old) < 1:
        raise ValueError(f"the wheel no longer says {old.strip()!r}, which the build replaces")
    return source.decode().replace(old, new).encode()


def _without_lost_imports(source: bytes, pack: Pack) -> bytes:
    """`source` with only those `from a.b import c` whose module is still in `pack`."""
    tree = ast.parse(source)
    tree.body = [
        node
        for node in tree.body
        if not isinstance(node, ast.ImportFrom) or node.module.replace(".", "/") + ".py" in pack
    ]
    return ast.unparse(tree).encode()


def _without_users_of(source: bytes, modules: set[str]) -> bytes:
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


_STEPS = (ast.FunctionDef, ast.Expr)
