"""Settings of the whole suite."""

from hypothesis import settings

# These machines pause: an example is never wrong for being slow.
settings.register_profile("raoce", deadline=None)
settings.load_profile("raoce")
