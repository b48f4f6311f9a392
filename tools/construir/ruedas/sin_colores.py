"""Takes the place of Python's `_colorize` in the browser: the same names, and never a colour.

`traceback` imports it at every start, and the original makes some twenty dataclasses of terminal escapes,
a sixth of the interpreter's whole start. A worker has no terminal to colour.
"""


class _NoColors:
    """Any colour, any section of a theme: empty where text is expected."""

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return ""


class _Theme:
    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return ANSIColors


ANSIColors = NoColors = _NoColors()
ColorCodes = set()
COLORIZE = False
theme_no_color = default_theme = _Theme()


def can_colorize(*, file=None):
    return False


def get_colors(colorize=False, *, file=None):
    return NoColors


def get_theme(*, tty_file=None, force_color=False, force_no_color=False):
    return theme_no_color


def decolor(text):
    return text
