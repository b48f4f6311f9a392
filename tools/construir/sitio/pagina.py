"""The page: `index.html` in one language, with its screens drawn in it and its downloads announced."""

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


def announce(modules: list[str]) -> str:
    """Links that start at once the downloads of scripts that import each other."""
    return "".join(f'<link rel="modulepreload" href="{escape(url)}">\n' for url in modules)


def without(mark: str, page: str) -> str:
    """`page` without the elements that have the attribute `mark`, which hold none of their own kind.

    >>> without("data-solo-sitio", "<p data-solo-sitio>de <b>un</b> sitio</p><p>de todos</p>")
    '<p>de todos</p>'
    """
    return re.sub(rf"[ ]*<(\w+)[^>]*\b{mark}\b.*?</\1>\n?", "", page, flags=re.DOTALL)
