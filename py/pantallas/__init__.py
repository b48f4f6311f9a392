"""The screens, a folder each: what it shows, what happens on it, its template, its sentences, its part of the state.

Above them ``update`` (what happens) and ``view`` (what is shown) find a screen by its name; ``comunes`` has what
several of them share. No screen imports another.
"""
