"""A QR code as the path of an SVG, to print beside a signed report."""

from dataclasses import dataclass

import segno

QUIET = 4


@dataclass(frozen=True, slots=True)
class Qr:
    """``lado``: modules a side, the quiet zone included; ``trazo``: the dark ones, as an SVG path."""

    lado: int
    trazo: str


def make(texto: str) -> Qr:
    """A code of error level M, so that a printed one with a fold still reads."""
    rows = segno.make_qr(texto, error="m", boost_error=False).matrix
    dark = (f"M{x + QUIET} {y + QUIET}h1v1h-1z" for y, row in enumerate(rows) for x, bit in enumerate(row) if bit)
    return Qr(len(rows) + 2 * QUIET, "".join(dark))
