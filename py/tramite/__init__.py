"""Filling in the report: what was typed, what happens when something happens, what it all means.

``update(state, event) -> (state, effects)`` is pure: no screen, no browser, no clock.
"""
