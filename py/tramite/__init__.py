"""Filling in the report: what every screen shares of the state, of what was typed and of what it means.

No screen, no browser, no clock.
"""
