"""The page: the source `index.html` with its screens drawn in it and its downloads announced."""

import re
from html import escape

APP = re.compile(r'(<div\b[^>]*\bid="app"[^>]*>)\s*(</div>)')


def draw(source: str, screens: dict[str, str], announced: str) -> str:
    """`source` with the first of `screens` inside `<div id="app">`, and `announced` at the end of its head.

    Drawn by the build, the form can be read and typed in before Python is there. Every screen is there as a
    `<template>` too, for who opens the page on another one or moves on at once.
    """
    if len(APP.findall(source)) != 1:
        raise ValueError('index.html must have exactly one empty <div id="app"></div>')
    if source.count("</head>") != 1:
        raise ValueError("index.html must have one </head>")
    first = next(iter(screens.values()))
    drawn = "".join(f'\n<template id="pantalla-{name}">{html}</template>' for name, html in screens.items())
    page = APP.sub(lambda match: f"{match[1]}{first}{match[2]}{drawn}", source)
    return page.replace("</head>", f"{announced}</head>")


def say_version(page: str, version: str, reglas: str) -> str:
    """`page` with the version of the program and that of its rules, where index.html has a place for them.

    >>> say_version('<p id="version"></p>', "0.2.0", "2026.1")
    '<p id="version">Versión 0.2.0, reglas 2026.1</p>'
    """
    place = '<p id="version"></p>'
    if page.count(place) != 1:
        raise ValueError(f"index.html must have one {place}")
    return page.replace(place, f'<p id="version">Versión {escape(version)}, reglas {escape(reglas)}</p>')


def announce(modules: list[str]) -> str:
    """Links that start at once the downloads of scripts that import each other."""
    return "".join(f'<link rel="modulepreload" href="{escape(url)}">\n' for url in modules)
