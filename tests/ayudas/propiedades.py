"""Hypothesis for every property test: `from propiedades import given, st`."""

from hypothesis import given, settings
from hypothesis import strategies as st

# Machines pause: an example is never wrong for being slow.
settings.register_profile("raoce", deadline=None)
settings.load_profile("raoce")

__all__ = ["given", "settings", "st"]
