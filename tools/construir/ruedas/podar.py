"""Prune wheels to what a filer's browser can ever run.

One function a package, from pack to pack, each with its reason. A package without one ships whole. The build
check imports every module that is left (`comprobar.py`), so that a rule that cuts too much stops the build.
"""

import re
from fnmatch import fnmatch

from construir.ruedas import podar_papel
from construir.ruedas.paquete import Pack
from construir.ruedas.recorte import drop, keep, replace, without_lost_imports, without_users_of

# Needed only by what is pruned here.
NOT_SHIPPED = {"defusedxml", "pillow", "six", "tzdata"}

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
    pack = keep(
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
        pack[path] = without_lost_imports(pack[path], pack)
    pack["holidays/registry.py"] = _mexico_only(pack["holidays/registry.py"])
    # Dates given as text are ISO here; the parser of every other shape weighs more than all of `holidays`.
    pack["holidays/holiday_base.py"] = replace(
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
    return drop(pack, "pydantic/v1/*", "pydantic/mypy.py", "pydantic/_internal/_git.py")


def _markupsafe(pack: Pack) -> Pack:
    """PyPI has no WebAssembly wheel: the compiled half is for another machine, the package runs without it."""
    return drop(pack, "*.so")


def _stdnum(pack: Pack) -> Pack:
    """Mexico's two numbers. What the rest of `stdnum.util` does needs `pydoc` and `ssl`."""
    pack = keep(
        pack,
        "stdnum/__init__.py",
        "stdnum/exceptions.py",
        "stdnum/util.py",
        "stdnum/mx/__init__.py",
        "stdnum/mx/rfc.py",
        "stdnum/mx/curp.py",
    )
    pack["stdnum/util.py"] = without_users_of(pack["stdnum/util.py"], {"pkgutil", "pydoc", "ssl"})
    return pack


def _dateutil(pack: Pack) -> Pack:
    """Easter, which is all that `holidays` asks of it."""
    return keep(pack, "dateutil/__init__.py", "dateutil/_version.py", "dateutil/easter.py")


def _jinja2(pack: Pack) -> Pack:
    """Templates arrive compiled: nothing is translated, sandboxed or inspected in the browser."""
    return drop(pack, "jinja2/constants.py", "jinja2/ext.py", "jinja2/meta.py", "jinja2/sandbox.py")


def _annotated_types(pack: Pack) -> Pack:
    """Without its tests."""
    return drop(pack, "annotated_types/test_cases.py")


def _icalendar(pack: Pack) -> Pack:
    """All-day events and instants in UTC, which is all that we write: with no other time zone.

    For those it would ask for most of `dateutil`, of which the first download has Easter only, and for `tzdata`.
    """
    pack = drop(pack, "icalendar/tests/*", "icalendar/cli.py")
    for name in ("equivalent_timezone_ids", "pytz"):
        del pack[f"icalendar/timezone/{name}.py"]
    # The names that each zone also goes by: a quarter of the package.
    pack["icalendar/timezone/equivalent_timezone_ids_result.py"] = b"lookup = {}\n"
    zones = {"dateutil.rrule", "dateutil.tz", "dateutil.tz.tz"}
    for path in ("icalendar/cal/timezone.py", "icalendar/timezone/zoneinfo.py"):
        pack[path] = without_users_of(pack[path], zones)
    pack["icalendar/timezone/zoneinfo.py"] = replace(
        replace(pack["icalendar/timezone/zoneinfo.py"], "import datetime, tzinfo", "import datetime, timezone, tzinfo"),
        "zoneinfo.ZoneInfo('UTC')",
        "timezone.utc",
    )
    pack["icalendar/timezone/tzid.py"] = replace(
        replace(pack["icalendar/timezone/tzid.py"], "from dateutil.tz import tz\n", ""), 'tz.gettz("UTC")', "None"
    )
    return pack


def _xlsxwriter(pack: Pack) -> Pack:
    """Without its command line, whose folder no program imports from."""
    return drop(pack, "*.data/scripts/*")


def _segno(pack: Pack) -> Pack:
    """QR codes as SVG, which is all that we draw: without its command line, and without compressing what it writes."""
    pack = drop(pack, "segno/cli.py", "segno/helpers.py")
    writers = replace(pack["segno/writers.py"], "import gzip\n", "")
    # The two names of the XML library that it uses, by the one for HTML, which the first download has.
    pack["segno/writers.py"] = replace(
        writers,
        "from xml.sax.saxutils import quoteattr, escape\n",
        "from html import escape\n\n\ndef quoteattr(text):\n    return f'\"{escape(text)}\"'\n\n\n",
    )
    return pack


RULES = {
    "annotated-types": _annotated_types,
    "font-source-sans-pro": podar_papel.font,
    "fonttools": podar_papel.fonttools,
    "fpdf2": podar_papel.fpdf2,
    "holidays": _holidays,
    "icalendar": _icalendar,
    "jinja2": _jinja2,
    "markupsafe": _markupsafe,
    "pydantic": _pydantic,
    "python-dateutil": _dateutil,
    "python-stdnum": _stdnum,
    "segno": _segno,
    "xlsxwriter": _xlsxwriter,
}
