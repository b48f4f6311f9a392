"""Sums without rounding, whatever decimals the amounts have."""

from decimal import localcontext

CIFRAS = 100  # the usual 28 are too few for amounts with twelve decimals


def exact():
    return localcontext(prec=CIFRAS)
